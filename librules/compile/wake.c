/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/wake.h"

/* Which rules must be looked at, and what wakes the others. */

/* Also by a profile. */
static bool is_ever_on(const struct rls_set *set, const struct rls_rule *rule)
{
    bool on = rule->mode != RLS_MODE_OFF;

    for (uint32_t i = 0; i < set->n_profiles && !on; i++)
        on = rls_profile_mode(&set->profiles[i], rule, NULL, NULL) != RLS_MODE_OFF;
    return on;
}

static void demand_all_rules(struct waking *x, struct demand *demands, const bool *on)
{
    size_t bytes = x->b->set->n_conditions * sizeof **x->known;

    x->n_demands = 0;
    memset(x->known[0], 0, bytes);
    memset(x->known[1], 0, bytes);
    for (uint32_t i = 0; i < x->b->set->n_rules && !x->b->failed; i++)
        if (on[i])
            demand_of_rule(x, &x->b->set->rules[i], &demands[i]);
}

static bool prepare(struct waking *x)
{
    struct build *b = x->b;

    intern_init(&x->clauses, b->scratch);
    x->whole = need(b, arena_array(b->scratch, b->set->vocabulary.count, sizeof *x->whole));
    for (int i = 0; i < 2; i++)
        x->known[i] = need(b, arena_array(b->scratch, b->set->n_conditions, sizeof *x->known[i]));
    return !b->failed;
}

bool build_wake(struct build *b)
{
    struct rls_set *set = b->set;
    struct waking x = {.b = b};
    struct demand *demands = need(b, arena_array(b->scratch, set->n_rules, sizeof *demands));
    bool *on = need(b, arena_array(b->scratch, set->n_rules, sizeof *on));
    struct wake_index *out = keep_array(b, 1, sizeof *out);

    if (demands && on && out && prepare(&x)) {
        for (uint32_t i = 0; i < set->n_rules; i++)
            on[i] = is_ever_on(set, &set->rules[i]);
        x.counting = true;
        demand_all_rules(&x, demands, on);
        order_scales(&x);
        x.counting = false;
        if (!b->failed)
            demand_all_rules(&x, demands, on);
        if (!b->failed)
            keep_cues(&x, out);
        if (!b->failed)
            keep_graph(&x, demands, on, out);
        set->wake = out;
    }
    waking_clear(&x);
    return !b->failed;
}
