/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/near.h"

#include "base/limits.h"
#include "eval/guard.h"
#include "eval/text_test.h"
#include "match/sort.h"

#define NO_SPAN UINT32_MAX

/* The spans of the parts lie one part after the other, each by where they begin. */
struct parts {
    const struct near_test *test;
    uint32_t begin[LIMIT_NEAR_PARTS + 1];
};

static bool add_span(struct rls_evaluator *ev, uint32_t hit)
{
    if (!mem_grow(&ev->mem, &ev->spans, &ev->cap_spans, ev->n_spans + 1, sizeof *ev->spans))
        return false;
    ev->spans[ev->n_spans++] = (struct near_span){hit, NO_SPAN};
    return true;
}

static int by_hit(const void *a, const void *b, const void *context)
{
    const struct near_span *x = a, *y = b;

    (void)context;
    return x->hit < y->hit ? -1 : x->hit > y->hit;
}

/* Hits are numbered by fact and where they begin. */
static bool collect_part(struct rls_evaluator *ev, const struct text_test *t)
{
    size_t first = ev->n_spans;
    const char *by;

    for (uint32_t i = 0; i < t->n_term_sets; i++)
        for (uint32_t h = text_test_first(ev, t, t->term_sets[i]); h != HIT_NONE;
             h = text_test_look(ev, t, ev->hits.items[h].next))
            if (guard_hit(ev, t, h, &by) == HIT_STANDS && !add_span(ev, h))
                return false;
    sort_items(ev->spans + first, ev->n_spans - first, sizeof *ev->spans, by_hit, NULL);
    return true;
}

/* False when a part has no hit or memory is short. */
static bool collect(struct rls_evaluator *ev, const struct near_test *t, struct parts *p)
{
    *p = (struct parts){.test = t};
    ev->n_spans = 0;
    for (uint32_t i = 0; i < t->n_parts; i++) {
        if (!collect_part(ev, &t->parts[i])) {
            ev->out_of_memory = true;
            return false;
        }
        p->begin[i + 1] = (uint32_t)ev->n_spans;
        if (p->begin[i + 1] == p->begin[i])
            return false;
    }
    return true;
}

static const struct fact_hit *hit_of(const struct rls_evaluator *ev, uint32_t span)
{
    return &ev->hits.items[ev->spans[span].hit];
}

static bool joins(struct rls_evaluator *ev, const struct near_test *t, uint32_t left,
                  uint32_t right)
{
    const struct hit_marks *marks = spacing_marks(&ev->spacing, &ev->facts, ev->spans[left].hit);
    struct text_mark end;

    if (marks) {
        end = marks->end;
        marks = spacing_marks(&ev->spacing, &ev->facts, ev->spans[right].hit);
    }
    if (!marks)
        ev->out_of_memory = true;
    return marks && spacing_joins(&end, &marks->begin, t->within, t->across);
}

static int by_end(const void *a, const void *b, const void *context)
{
    const struct rls_evaluator *ev = context;
    const struct fact_hit *x = hit_of(ev, *(const uint32_t *)a);
    const struct fact_hit *y = hit_of(ev, *(const uint32_t *)b);

    if (x->fact != y->fact)
        return x->fact < y->fact ? -1 : 1;
    return x->hit.end < y->hit.end ? -1 : x->hit.end > y->hit.end;
}

/* The spans of a part that were reached, by where they end. Returns how many. */
static uint32_t list_ends(struct rls_evaluator *ev, const struct parts *p, uint32_t part,
                          bool first)
{
    uint32_t n = 0;

    if (!mem_grow(&ev->mem, &ev->span_ends, &ev->cap_span_ends, ev->n_spans,
                  sizeof *ev->span_ends)) {
        ev->out_of_memory = true;
        return 0;
    }
    for (uint32_t i = p->begin[part]; i < p->begin[part + 1]; i++)
        if (first || ev->spans[i].before != NO_SPAN)
            ev->span_ends[n++] = i;
    sort_items(ev->span_ends, n, sizeof *ev->span_ends, by_end, ev);
    return n;
}

/*
 * Which spans of a part follow a reached one of the part before it closely. The one that ends
 * nearest will do: no other is closer or crosses less. Both lists are walked once.
 */
static void reach_part(struct rls_evaluator *ev, const struct parts *p, uint32_t before,
                       uint32_t part, bool first)
{
    uint32_t n = list_ends(ev, p, before, first), at = 0;

    for (uint32_t i = p->begin[part]; i < p->begin[part + 1]; i++) {
        const struct fact_hit *hit = hit_of(ev, i);

        ev->spans[i].before = NO_SPAN;
        while (at < n && (hit_of(ev, ev->span_ends[at])->fact < hit->fact ||
                          (hit_of(ev, ev->span_ends[at])->fact == hit->fact &&
                           hit_of(ev, ev->span_ends[at])->hit.end <= hit->hit.begin)))
            at++;
        if (at && hit_of(ev, ev->span_ends[at - 1])->fact == hit->fact &&
            joins(ev, p->test, ev->span_ends[at - 1], i))
            ev->spans[i].before = ev->span_ends[at - 1];
    }
}

/* Orders of two parts and of three; of the first alone when they count as written. */
static const uint8_t orders[][LIMIT_NEAR_PARTS] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1},
                                                   {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

static uint32_t count_orders(const struct near_test *t)
{
    return t->as_written ? 1 : t->n_parts == 2 ? 2 : 6;
}

/* Whether hits stand together in one order; the last part's spans then know those before. */
static bool reach(struct rls_evaluator *ev, const struct parts *p, const uint8_t *order)
{
    uint32_t last = order[0];

    for (uint32_t i = 1; i < p->test->n_parts; i++)
        reach_part(ev, p, order[i - 1], last = order[i], i == 1);
    for (uint32_t i = p->begin[last]; i < p->begin[last + 1]; i++)
        if (ev->spans[i].before != NO_SPAN)
            return true;
    return false;
}

enum rls_truth near_value(struct rls_evaluator *ev, const struct condition *c)
{
    struct parts p;

    if (collect(ev, c->near, &p))
        for (uint32_t i = 0; i < count_orders(c->near); i++)
            if (reach(ev, &p, orders[i]))
                return RLS_TRUE;
    return text_test_without_hit(ev, c->near->parts);
}

static void quote_order(struct rls_evaluator *ev, const struct parts *p, const uint8_t *order)
{
    uint32_t n = p->test->n_parts, last = order[n - 1], quoted = 0;

    for (uint32_t i = p->begin[last]; i < p->begin[last + 1] && quoted < LIMIT_EVIDENCE; i++) {
        if (ev->spans[i].before == NO_SPAN)
            continue;
        quoted++;
        for (uint32_t span = i, k = 0; k < n; k++, span = ev->spans[span].before)
            text_test_quote_hit(ev, ev->spans[span].hit);
    }
}

void near_quote(struct rls_evaluator *ev, const struct condition *c)
{
    struct parts p;

    if (collect(ev, c->near, &p))
        for (uint32_t i = 0; i < count_orders(c->near); i++)
            if (reach(ev, &p, orders[i]))
                quote_order(ev, &p, orders[i]);
    for (uint32_t i = 0; i < c->near->n_parts; i++)
        text_test_quote_excused(ev, &c->near->parts[i]);
}

/* Of two neighbouring parts: what stands between the closest of their hits. */
struct gap {
    uint32_t distance;
    bool crosses;
};

/* Hits of a part that are compared for people. */
enum { MOST_COMPARED = 200 };

static bool measure_gap(struct rls_evaluator *ev, const struct near_test *t, uint32_t left,
                        uint32_t right, struct gap *out)
{
    const struct hit_marks *marks = spacing_marks(&ev->spacing, &ev->facts, ev->spans[left].hit);
    struct text_mark end;

    if (marks) {
        end = marks->end;
        marks = spacing_marks(&ev->spacing, &ev->facts, ev->spans[right].hit);
    }
    if (!marks) {
        ev->out_of_memory = true;
        return false;
    }
    out->distance = marks->begin.symbols - end.symbols;
    out->crosses = !spacing_joins(&end, &marks->begin, UINT32_MAX, t->across);
    return true;
}

static uint32_t end_of_part(const struct parts *p, uint32_t part)
{
    uint32_t begin = p->begin[part], end = p->begin[part + 1];

    return end - begin > MOST_COMPARED ? begin + MOST_COMPARED : end;
}

/* Words that a clause parts are further away than any in it. */
static bool is_closer(const struct gap *a, const struct gap *b)
{
    if (a->crosses != b->crosses)
        return b->crosses;
    return a->distance < b->distance;
}

static struct gap gap_between(struct rls_evaluator *ev, const struct parts *p, uint32_t before,
                              uint32_t part)
{
    struct gap best = {RLS_NO_DISTANCE, true}, gap;

    for (uint32_t i = p->begin[before]; i < end_of_part(p, before); i++)
        for (uint32_t j = p->begin[part]; j < end_of_part(p, part); j++) {
            const struct fact_hit *left = hit_of(ev, i), *right = hit_of(ev, j);

            if (left->fact == right->fact && left->hit.end <= right->hit.begin &&
                measure_gap(ev, p->test, i, j, &gap) && is_closer(&gap, &best))
                best = gap;
        }
    return best;
}

static struct gap widest_gap(struct rls_evaluator *ev, const struct parts *p, const uint8_t *order)
{
    struct gap widest = gap_between(ev, p, order[0], order[1]);

    for (uint32_t i = 2; i < p->test->n_parts; i++) {
        struct gap gap = gap_between(ev, p, order[i - 1], order[i]);

        if (is_closer(&widest, &gap))
            widest = gap;
    }
    return widest;
}

uint32_t near_distance(struct rls_evaluator *ev, const struct condition *c, bool *crosses)
{
    struct gap best = {RLS_NO_DISTANCE, true};
    struct parts p;

    if (collect(ev, c->near, &p))
        for (uint32_t i = 0; i < count_orders(c->near); i++) {
            struct gap gap = widest_gap(ev, &p, orders[i]);

            if (is_closer(&gap, &best))
                best = gap;
        }
    *crosses = best.distance != RLS_NO_DISTANCE && best.crosses;
    return best.distance;
}

void near_missing(struct rls_evaluator *ev, const struct condition *c)
{
    text_test_name_missing(ev, c->near->parts);
}
