/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/guard.h"
#include "match/matcher.h"

/* Whether two hits that do not overlap stand as close as the guard wants. */
static bool joins(struct rls_evaluator *ev, const struct guard *g, uint32_t first, uint32_t second,
                  uint32_t within)
{
    const struct hit_marks *marks = spacing_marks(&ev->spacing, &ev->facts, first);
    struct text_mark end;

    if (marks) {
        end = marks->end;
        marks = spacing_marks(&ev->spacing, &ev->facts, second);
    }
    if (!marks) {
        ev->out_of_memory = true;
        return false;
    }
    return spacing_joins(&end, &marks->begin, within, g->across);
}

/* The nearest hit of a list is the one that most likely joins: no other crosses less. */
static bool list_holds(struct rls_evaluator *ev, const struct guard *g, uint32_t set, uint32_t hit,
                       uint32_t *by)
{
    const struct fact_hit *item = &ev->hits.items[hit];
    bool ok = true;

    if (g->before != NO_DISTANCE) {
        *by = spacing_before(&ev->spacing, set, item->fact, item->hit.begin, &ok);
        if (*by != HIT_NONE && joins(ev, g, *by, hit, g->before))
            return true;
    }
    if (ok && g->after != NO_DISTANCE) {
        *by = spacing_after(&ev->spacing, set, item->fact, item->hit.end, &ok);
        if (*by != HIT_NONE && joins(ev, g, hit, *by, g->after))
            return true;
    }
    ev->out_of_memory = ev->out_of_memory || !ok;
    return false;
}

static bool guard_holds(struct rls_evaluator *ev, const struct guard *g, uint32_t hit,
                        const char **by)
{
    uint32_t word;

    for (uint32_t i = 0; i < g->n_term_sets; i++) {
        if (list_holds(ev, g, g->term_sets[i], hit, &word)) {
            *by = matcher_term(ev->set->matcher, ev->hits.items[word].hit.term)->text;
            return true;
        }
    }
    if (!g->n_inside || !inside_holds(ev, g, hit))
        return false;
    *by = g->inside->name;
    return true;
}

/* Facts are cut in their order. */
static bool is_cut(const struct rls_evaluator *ev, uint32_t fact)
{
    size_t low = 0, high = ev->hits.n_cut;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (ev->hits.cut[mid] < fact)
            low = mid + 1;
        else
            high = mid;
    }
    return low < ev->hits.n_cut && ev->hits.cut[low] == fact;
}

enum guarded guard_hit(struct rls_evaluator *ev, const struct text_test *t, uint32_t hit,
                       const char **by)
{
    bool behind = false;

    for (uint32_t i = 0; i < t->n_guards; i++) {
        if (guard_holds(ev, &t->guards[i], hit, by))
            return HIT_EXCUSED;
        behind = behind || t->guards[i].after != NO_DISTANCE;
    }
    return behind && is_cut(ev, ev->hits.items[hit].fact) ? HIT_UNSURE : HIT_STANDS;
}
