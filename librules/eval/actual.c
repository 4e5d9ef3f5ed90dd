/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/actual.h"

#include <string.h>

#include "base/utf8.h"
#include "eval/condition.h"
#include "eval/evidence.h"
#include "eval/guard.h"
#include "eval/select.h"

/* Values and hits that are quoted, and bytes of each. */
enum { MOST_QUOTED = 4, MOST_BYTES = 80 };

/* A line that grows in the evaluator's buffer. */
struct line {
    struct rls_evaluator *ev;
    size_t len;
    unsigned n;
};

static void put(struct line *l, const char *text, size_t len)
{
    struct rls_evaluator *ev = l->ev;

    if (!buffer_reserve(&ev->mem, &ev->fold, l->len + len)) {
        ev->out_of_memory = true;
        return;
    }
    memcpy(ev->fold.data + l->len, text, len);
    l->len += len;
}

static void put_text(struct line *l, const char *text)
{
    put(l, text, strlen(text));
}

/* Text of the document: cut at a character. */
static void put_excerpt(struct line *l, const char *text, size_t len)
{
    size_t cut = len > MOST_BYTES ? utf8_cut(text, len, MOST_BYTES) : len;

    put(l, text, cut);
    if (cut < len)
        put_text(l, "…");
}

/* False when enough is quoted. */
static bool another(struct line *l)
{
    if (l->n == MOST_QUOTED)
        put_text(l, "; …");
    else if (l->n > 0)
        put_text(l, "; ");
    return l->n++ < MOST_QUOTED;
}

static const char *keep(struct line *l)
{
    const char *copy;

    if (l->n == 0 || l->ev->out_of_memory)
        return NULL;
    copy = arena_text(&l->ev->report.arena, l->ev->fold.data, l->len);
    if (!copy)
        l->ev->out_of_memory = true;
    return copy;
}

static void put_value(struct line *l, uint32_t fact)
{
    const struct fact *value = &l->ev->facts.items[fact];

    if (value->text)
        put_excerpt(l, value->text, value->text_len);
    else
        put_text(l, value->boolean ? "yes" : "no");
    if (value->state == VALUE_UNPARSED)
        put_text(l, " (unparsed)");
    if (fact >= l->ev->assumed_from)
        put_text(l, " (assumed)");
}

static void put_hit(struct line *l, const struct fact_hit *h)
{
    const struct fact *value = &l->ev->facts.items[h->fact];
    const char *path = evidence_path(l->ev, value);

    if (!path) {
        l->ev->out_of_memory = true;
        return;
    }
    put_text(l, path);
    put_text(l, ": ");
    put_excerpt(l, value->text + h->hit.begin, h->hit.end - h->hit.begin);
}

static const char *values_of(struct rls_evaluator *ev, const struct selector *s)
{
    struct line l = {.ev = ev};

    for (uint32_t i = select_first(ev, s); i && another(&l); i = select_next(ev, s, i))
        put_value(&l, i);
    return keep(&l);
}

static bool looks_at(const struct rls_evaluator *ev, const struct text_test *t, uint32_t fact)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (selects(ev, &t->selectors[i], fact))
            return true;
    return false;
}

/* Adds a hit that counts for the test, or one that does not, and why. False when enough is there.
 */
static bool add_hit(struct line *l, const struct text_test *t, uint32_t h, bool counting)
{
    const struct fact_hit *hit = &l->ev->hits.items[h];
    const char *guard = NULL;
    bool counts = looks_at(l->ev, t, hit->fact) && guard_hit(l->ev, t, h, &guard) != HIT_EXCUSED;

    if (counts != counting)
        return true;
    if (!another(l))
        return false;
    put_hit(l, hit);
    if (guard && !counts) {
        put_text(l, " (guard: ");
        put_text(l, guard);
        put_text(l, ")");
    }
    return true;
}

static void add_hits(struct line *l, const struct text_test *t, bool counting)
{
    const struct hit_index *hits = &l->ev->hits;

    for (uint32_t i = 0; i < t->n_term_sets; i++)
        for (uint32_t h = hits->head[t->term_sets[i]]; h != HIT_NONE; h = hits->items[h].next)
            if (!add_hit(l, t, h, counting))
                return;
}

static const char *hits_of(struct rls_evaluator *ev, const struct condition *c, bool counting)
{
    struct line l = {.ev = ev};

    if (c->kind == CONDITION_TEXT)
        add_hits(&l, c->text, counting);
    for (uint32_t i = 0; c->kind == CONDITION_NEAR && i < c->near->n_parts; i++)
        add_hits(&l, &c->near->parts[i], counting);
    return keep(&l);
}

/* The values of the document that a comparison rests on, each with its path. */
static const char *quotes_of(struct rls_evaluator *ev, const struct condition *c)
{
    struct line l = {.ev = ev};

    ev->n_quotes = 0;
    condition_quote(ev, c);
    for (size_t i = 0; i < ev->n_quotes && another(&l); i++) {
        uint32_t fact = ev->quotes[i].fact;
        const char *path = evidence_path(ev, &ev->facts.items[fact]);

        if (!path) {
            ev->out_of_memory = true;
            return NULL;
        }
        put_text(&l, path);
        put_text(&l, ": ");
        put_value(&l, fact);
    }
    return keep(&l);
}

const char *actual_of(struct rls_evaluator *ev, const struct condition *c)
{
    switch (c->kind) {
    case CONDITION_TEXT:
    case CONDITION_NEAR:
        return hits_of(ev, c, true);
    case CONDITION_FIELD:
        return values_of(ev, c->field->selector);
    case CONDITION_COMPARE:
    case CONDITION_COUNTER:
    case CONDITION_MISSED:
    case CONDITION_OPEN:
    case CONDITION_MET_LATE:
        return quotes_of(ev, c);
    default:
        return NULL;
    }
}

const char *near_miss_of(struct rls_evaluator *ev, const struct condition *c)
{
    return hits_of(ev, c, false);
}
