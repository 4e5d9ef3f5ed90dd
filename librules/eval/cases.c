/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/cases.h>

#include "eval/case_points.h"

static const struct set_case *find_case(const struct rls_set *set, const struct rls_case *c)
{
    for (uint32_t i = 0; i < set->n_cases; i++)
        if (&set->cases[i].view == c)
            return &set->cases[i];
    return NULL;
}

static enum facts_status add_fact(struct facts *f, const struct case_fact *c)
{
    size_t len = c->path ? strlen(c->path) : 0;

    switch (c->kind) {
    case CASE_BEGIN_RECORD:
        return facts_begin_record(f, facts_collection(f, c->path, len));
    case CASE_END_RECORD:
        facts_end_record(f);
        return FACTS_OK;
    case CASE_COMPLETE:
        return facts_complete(f, c->path, len);
    default:
        return facts_text(f, c->path, len, c->text, strlen(c->text));
    }
}

static int add_facts(struct facts *f, const struct set_case *c)
{
    enum facts_status st = FACTS_OK;

    for (uint32_t i = 0; st == FACTS_OK && i < c->n_facts; i++)
        st = add_fact(f, &c->facts[i]);
    return facts_error(st);
}

/* Checks under the profile and with the params of the case, and with those of the evaluator again
 * afterwards. */
static int check_case(struct rls_evaluator *ev, const struct set_case *c,
                      const struct rls_check_options *o, const struct rls_report **out)
{
    const struct rls_profile *own_profile = ev->profile;
    struct params own = ev->params, params;
    int st = RLS_OK;

    if (!c->n_params && !c->view.profile)
        return evaluator_check(ev, o, out);
    if (c->view.profile)
        ev->profile = rls_set_profile_find(ev->set, c->view.profile);
    st = evaluator_params(ev, ev->set, ev->profile, &params, NULL);
    if (st == RLS_OK) {
        ev->params = params;
        st = params_set(&ev->params, ev->set, c->params, c->n_params, NULL);
        if (st == RLS_OK)
            st = evaluator_check(ev, o, out);
        params_clear(&ev->params);
    }
    ev->params = own;
    ev->profile = own_profile;
    return st;
}

int rls_case_run(struct rls_evaluator *ev, const struct rls_case *c, uint32_t *actual,
                 const struct rls_report **out)
{
    struct rls_check_options o = {.size = sizeof o, .max_findings = UINT32_MAX};
    const struct rls_report *report = NULL;
    const struct set_case *found;
    int st;

    if (out)
        *out = NULL;
    if (!ev || !c || !actual)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    /* First: the case may belong to the set that the holder is about to replace. */
    evaluator_follow(ev);
    found = find_case(ev->set, c);
    st = found ? evaluator_start(ev, found->subject) : RLS_ERR_ARGUMENT;
    if (st == RLS_OK && found->has_as_of) {
        o.has = RLS_HAS_AS_OF;
        o.as_of = found->as_of;
    }
    if (st == RLS_OK && found->has_now) {
        o.has |= RLS_HAS_NOW;
        o.now = found->now;
    }
    if (st == RLS_OK)
        st = add_facts(&ev->facts, found);
    if (st == RLS_OK) {
        ev->probe.only = found->view.rule;
        st = check_case(ev, found, &o, &report);
        ev->probe.only = NULL;
    }
    if (st == RLS_OK)
        st = compare_case(ev, found, actual);
    evaluator_leave(ev);
    if (out && st == RLS_OK)
        *out = report;
    return st;
}
