/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/compiler.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/limits.h"
#include "base/sized.h"
#include "compile/build.h"
#include "compile/load.h"
#include "xml/reader.h"

struct rls_compiler {
    struct mem mem;
    struct log log;
    uint32_t flags;
    uint32_t max_rules;
    uint64_t max_source_bytes;
    struct arena arena; /* sources, trees and what a build needs */
    struct rule_source **sources;
    size_t cap_sources;
    uint32_t n_sources;
    struct diagnostics diagnostics;
    bool ended;           /* the diagnostics are those of the last build */
    bool short_of_memory; /* a source was lost: no set may be built without it */
};

enum { KNOWN_FLAGS = RLS_COMPILE_CASES | RLS_COMPILE_WARNINGS_AS_ERRORS };

/* Offsets in a source are 32 bits wide. */
#define MOST_BYTES ((uint64_t)UINT32_MAX - 1)

int rls_compiler_new(struct rls_compiler **out, struct rls_context *ctx,
                     const struct rls_compiler_options *options)
{
    const struct mem *mem = context_mem(ctx);
    struct rls_compiler_options o;
    struct rls_compiler *c;
    int st;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    st = sized_read(&o, sizeof o, sizeof o.size, options);
    if (st != RLS_OK)
        return st;
    if (o.flags & ~(uint32_t)KNOWN_FLAGS || o.reserved)
        return RLS_ERR_ARGUMENT;
    c = mem_zero(mem, sizeof *c);
    if (!c)
        return RLS_ERR_MEMORY;
    c->mem = *mem;
    c->log = context_log(ctx);
    c->flags = o.flags;
    c->max_rules = o.max_rules ? o.max_rules : LIMIT_RULES;
    c->max_source_bytes = o.max_source_bytes ? o.max_source_bytes : LIMIT_SOURCE_BYTES;
    if (c->max_source_bytes > MOST_BYTES)
        c->max_source_bytes = MOST_BYTES;
    arena_init(&c->arena, mem);
    diagnostics_init(&c->diagnostics, mem,
                     o.max_diagnostics ? o.max_diagnostics : LIMIT_DIAGNOSTICS, o.on_diagnostic,
                     o.diagnostic_user);
    *out = c;
    return RLS_OK;
}

static void drop_sources(struct rls_compiler *c)
{
    for (uint32_t i = 0; i < c->n_sources; i++)
        lines_clear(&c->sources[i]->source.lines, &c->mem);
    c->n_sources = 0;
    arena_clear(&c->arena);
    c->short_of_memory = false;
}

void rls_compiler_free(struct rls_compiler *c)
{
    struct mem mem;

    if (!c)
        return;
    mem = c->mem;
    drop_sources(c);
    diagnostics_clear(&c->diagnostics);
    mem_release(&mem, c->sources, c->cap_sources * sizeof(struct rule_source *));
    mem_release(&mem, c, sizeof *c);
}

/* --- adding ------------------------------------------------------------------------------- */

static void begin_collecting(struct rls_compiler *c)
{
    if (c->ended)
        diagnostics_reset(&c->diagnostics);
    c->ended = false;
}

static struct rule_source *new_source(struct rls_compiler *c, const char *name)
{
    struct rule_source *s = arena_zero(&c->arena, sizeof *s);

    if (!s || !mem_grow(&c->mem, &c->sources, &c->cap_sources, c->n_sources + (size_t)1,
                        sizeof(struct rule_source *)))
        return NULL;
    s->source.name = arena_text(&c->arena, name, strlen(name));
    if (!s->source.name)
        return NULL;
    c->sources[c->n_sources++] = s;
    return s;
}

static int read_source(struct rls_compiler *c, struct rule_source *s)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t skip = s->len >= 3 && memcmp(s->bytes, mark, 3) == 0 ? 3 : 0;
    size_t part = s->len / XML_CHUNKS, chunk = part > XML_CHUNK ? part : XML_CHUNK;

    if (!lines_init(&s->source.lines, &c->mem, s->bytes + skip, s->len - skip) ||
        !xml_read(&s->doc, &s->source, &c->arena, &c->diagnostics, chunk))
        return RLS_ERR_MEMORY;
    s->usable = model_check(&s->doc, &c->diagnostics);
    return c->diagnostics.failed ? RLS_ERR_MEMORY : RLS_OK;
}

static int finish_adding(struct rls_compiler *c, int status)
{
    if (status == RLS_ERR_MEMORY || c->diagnostics.failed) {
        c->short_of_memory = true;
        status = RLS_ERR_MEMORY;
    }
    diagnostics_sort(&c->diagnostics);
    return status;
}

int rls_compiler_add_buffer(struct rls_compiler *c, const char *name, const char *xml, size_t len)
{
    struct rule_source *s;

    if (!c || !name || (!xml && len > 0))
        return RLS_ERR_ARGUMENT;
    begin_collecting(c);
    s = new_source(c, name);
    if (!s)
        return finish_adding(c, RLS_ERR_MEMORY);
    if (len > c->max_source_bytes)
        return finish_adding(c, refuse_size(c->max_source_bytes, &c->diagnostics, &s->source));
    s->bytes = arena_text(&c->arena, xml, len);
    s->len = len;
    return finish_adding(c, s->bytes ? read_source(c, s) : RLS_ERR_MEMORY);
}

int rls_compiler_add_file(struct rls_compiler *c, const char *path)
{
    struct rule_source *s;
    int st;

    if (!c || !path)
        return RLS_ERR_ARGUMENT;
    begin_collecting(c);
    s = new_source(c, path);
    if (!s)
        return finish_adding(c, RLS_ERR_MEMORY);
    st = load_file(path, c->max_source_bytes, &c->arena, &c->diagnostics, &s->source, &s->bytes,
                   &s->len);
    return finish_adding(c, st == RLS_OK ? read_source(c, s) : st);
}

/* --- building ----------------------------------------------------------------------------- */

static int by_source_name(const void *left, const void *right)
{
    const struct rule_source *a = ((const struct part *)left)->from;
    const struct rule_source *b = ((const struct part *)right)->from;
    int names = strcmp(a->source.name, b->source.name);

    if (names)
        return names;
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    return memcmp(a->bytes, b->bytes, a->len);
}

static int by_calendar_name(const void *left, const void *right)
{
    struct part a = {.from = *(struct rule_source *const *)left};
    struct part b = {.from = *(struct rule_source *const *)right};

    return by_source_name(&a, &b);
}

static bool gather(struct rls_compiler *c, struct build *b)
{
    b->parts = arena_array(&c->arena, c->n_sources, sizeof *b->parts);
    b->calendars = arena_array(&c->arena, c->n_sources, sizeof(struct rule_source *));
    if (!b->parts || !b->calendars)
        return false;
    for (uint32_t i = 0; i < c->n_sources; i++) {
        if (!c->sources[i]->usable)
            continue;
        if (c->sources[i]->doc.root->kind == ELEMENT_CALENDAR)
            b->calendars[b->n_calendars++] = c->sources[i];
        else
            b->parts[b->n_parts++].from = c->sources[i];
    }
    qsort(b->parts, b->n_parts, sizeof *b->parts, by_source_name);
    qsort(b->calendars, b->n_calendars, sizeof(struct rule_source *), by_calendar_name);
    return true;
}

/* False when there are too many, at the first that is too many. */
static bool check_rule_count(struct rls_compiler *c, const struct build *b)
{
    char limit[NUMBER_BYTES];
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n_parts; i++) {
        const struct document *doc = &b->parts[i].from->doc;

        for (const struct element *e = child_of(doc->root, ELEMENT_RULE); e; e = next_of(e)) {
            if (++n <= c->max_rules)
                continue;
            complain(&c->diagnostics, doc, e,
                     &(struct complaint){.message = MSG_TOO_MANY_RULES,
                                         .args = {message_number(c->max_rules, limit)}});
            return false;
        }
    }
    return true;
}

static int judge(const struct rls_compiler *c, bool whole)
{
    const struct diagnostics *d = &c->diagnostics;

    if (!whole || d->failed || c->short_of_memory)
        return RLS_ERR_MEMORY;
    if (d->count[RLS_ERROR] > 0)
        return RLS_ERR_COMPILE;
    if (d->count[RLS_WARNING] > 0 && c->flags & RLS_COMPILE_WARNINGS_AS_ERRORS)
        return RLS_ERR_COMPILE;
    return RLS_OK;
}

static int compile_sources(struct rls_compiler *c, struct rls_set **out)
{
    struct build b = {.mem = c->mem,
                      .scratch = &c->arena,
                      .d = &c->diagnostics,
                      .keep_cases = (c->flags & RLS_COMPILE_CASES) != 0};
    int st;

    if (!gather(c, &b))
        return RLS_ERR_MEMORY;
    if (!check_rule_count(c, &b))
        return RLS_ERR_LIMIT;
    b.set = set_new(&c->mem);
    if (!b.set)
        return RLS_ERR_MEMORY;
    st = judge(c, build_set(&b));
    if (st == RLS_OK)
        *out = b.set;
    else
        rls_set_unref(b.set);
    return st;
}

static void log_result(const struct rls_compiler *c, const struct rls_set *set)
{
    char text[128];

    (void)snprintf(text, sizeof text,
                   "compiled %" PRIu32 " sources: %zu rules, %zu terms, %zu diagnostics",
                   c->n_sources, rls_set_rule_count(set), rls_set_term_count(set),
                   diagnostics_count(&c->diagnostics, 0));
    log_line(&c->log, RLS_LOG_INFO, 0, text);
}

int rls_compiler_build(struct rls_compiler *c, struct rls_set **out)
{
    int st;

    if (out)
        *out = NULL;
    if (!c || !out)
        return RLS_ERR_ARGUMENT;
    begin_collecting(c);
    if (c->n_sources == 0 && !c->short_of_memory) {
        diagnostics_add(&c->diagnostics, &(struct complaint){.message = MSG_NO_SOURCES});
        st = judge(c, true);
    } else {
        st = c->short_of_memory ? RLS_ERR_MEMORY : compile_sources(c, out);
    }
    diagnostics_sort(&c->diagnostics);
    if (st == RLS_OK)
        log_result(c, *out);
    drop_sources(c);
    c->ended = true;
    return st;
}

/* --- reading diagnostics ------------------------------------------------------------------ */

size_t rls_compiler_count(const struct rls_compiler *c, uint32_t level)
{
    return c ? diagnostics_count(&c->diagnostics, level) : 0;
}

const struct rls_diagnostic *rls_compiler_diagnostic(const struct rls_compiler *c, size_t index)
{
    return c && index < c->diagnostics.n_kept ? c->diagnostics.kept[index].d : NULL;
}
