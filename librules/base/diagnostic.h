/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_DIAGNOSTIC_H
#define LIBRULES_BASE_DIAGNOSTIC_H

#include <librules/diagnostic.h>

#include "base/arena.h"
#include "base/lines.h"
#include "base/messages.h"

/* Something with a name in which diagnostics have their places. */
struct source {
    const char *name;
    struct lines lines; /* without text: places are not resolved */
};

/* A stretch of a source. A NULL source is "about no place". */
struct place {
    struct source *source;
    size_t at;
    size_t length;
    bool whole; /* the source as a whole: name, but no line */
};

struct complaint {
    enum message_code message;
    struct place place;
    const char *rule; /* or NULL */
    const char *args[MESSAGE_ARGS];
    enum hint hint;
    const char *hint_args[MESSAGE_ARGS];
};

struct kept_diagnostic {
    const struct rls_diagnostic *d;
    size_t order; /* of finding */
};

/*
 * Collects diagnostics. Each is counted and given to the callback; the first `most` are kept, and
 * one note that says so when there are more. A failed allocation is remembered, not reported.
 */
struct diagnostics {
    struct mem mem;
    struct arena kept_arena;
    struct arena scratch;
    struct kept_diagnostic *kept;
    size_t cap_kept;
    size_t n_kept;
    size_t most;
    size_t count[RLS_ERROR + 1]; /* by level */
    rls_diagnostic_fn on_diagnostic;
    void *user;
    bool overflowed;
    bool failed; /* memory was short: something may be missing */
};

void diagnostics_init(struct diagnostics *d, const struct mem *mem, size_t most,
                      rls_diagnostic_fn on_diagnostic, void *user);
void diagnostics_clear(struct diagnostics *d);
/* Forgets all diagnostics and a failure; settings stay. */
void diagnostics_reset(struct diagnostics *d);
void diagnostics_add(struct diagnostics *d, const struct complaint *c);
size_t diagnostics_count(const struct diagnostics *d, uint32_t level);
/* Whether a hint is worth finding: what is only counted needs none. */
static inline bool diagnostics_hints(const struct diagnostics *d)
{
    return !d->overflowed && d->n_kept < d->most;
}
/* By source name, line, column and order of finding; those about no place come last. */
void diagnostics_sort(struct diagnostics *d);

#endif
