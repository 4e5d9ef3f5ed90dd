/* SPDX-License-Identifier: Apache-2.0 */
#include "exceptions.h"

#include "text.h"

#include <stdlib.h>

enum { TIME_TEXT = 40 };

bool exceptions_collect(struct exceptions *x, const struct rls_set *set,
                        struct rls_evaluator *const *evaluators, unsigned n, int64_t instant)
{
    const struct rls_exception *e;

    x->items = calloc(rls_set_exception_count(set) + 1, sizeof *x->items);
    if (!x->items)
        return false;
    for (; (e = rls_set_exception_at(set, x->count)); x->count++) {
        struct exception_tally *t = &x->items[x->count];

        t->exception = e;
        t->expired = e->until <= instant;
        t->begun = e->from <= instant;
        for (unsigned i = 0; i < n; i++) {
            t->uses += rls_evaluator_exception_uses(evaluators[i], x->count);
            t->lapses += rls_evaluator_exception_lapses(evaluators[i], x->count);
        }
    }
    return true;
}

void exceptions_free(struct exceptions *x)
{
    free(x->items);
    *x = (struct exceptions){0};
}

static void write_expired(const struct exception_tally *t, struct buffer *b)
{
    const struct rls_exception *e = t->exception;
    char until[TIME_TEXT];

    rls_exception_time(e, e->until - 1000, until, sizeof until); /* its last second */
    buffer_say(b, TEXT_EXCEPTION_EXPIRED, e->source, e->line, e->id, e->owner, until);
    if (t->lapses) {
        buffer_say(b, TEXT_EXCEPTION_LAPSES);
        buffer_count(b, TEXT_ONE_FINDING, t->lapses);
    }
    buffer_text(b, "\n");
}

void exceptions_write_text(const struct exceptions *x, struct buffer *b)
{
    unsigned used = 0;

    for (size_t i = 0; i < x->count; i++) {
        const struct exception_tally *t = &x->items[i];
        const struct rls_exception *e = t->exception;

        if (t->expired)
            write_expired(t, b);
        else if (t->begun && t->uses == 0)
            buffer_say(b, TEXT_EXCEPTION_UNUSED, e->source, e->line, e->id, e->owner);
    }
    for (size_t i = 0; i < x->count; i++) {
        if (x->items[i].uses == 0)
            continue;
        buffer_text(b, text(used++ ? TEXT_COMMA : TEXT_EXCEPTIONS_USED));
        buffer_say(b, TEXT_EXCEPTION_USES, x->items[i].exception->id);
        buffer_count(b, TEXT_ONE_FINDING, x->items[i].uses);
    }
    buffer_text(b, used ? "\n" : "");
}

void exceptions_write_json(const struct exceptions *x, struct buffer *b)
{
    buffer_text(b, "[");
    for (size_t i = 0; i < x->count; i++) {
        const struct exception_tally *t = &x->items[i];

        buffer_text(b, i ? ",{\"id\":" : "{\"id\":");
        buffer_json(b, t->exception->id);
        buffer_text(b, ",\"owner\":");
        buffer_json(b, t->exception->owner);
        buffer_text(b, ",\"source\":");
        buffer_json(b, t->exception->source);
        buffer_format(b, ",\"line\":%u,\"expired\":%s,\"uses\":%llu,\"lapses\":%llu}",
                      t->exception->line, t->expired ? "true" : "false",
                      (unsigned long long)t->uses, (unsigned long long)t->lapses);
    }
    buffer_text(b, "]");
}
