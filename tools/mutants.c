/* SPDX-License-Identifier: Apache-2.0 */
#include "mutants.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

/* A term that stands in the document of a case. */
struct meeting {
    size_t term;
    uint32_t at; /* index of the case */
};

struct run {
    struct mutants *m;
    struct rls_evaluator *ev;
    const struct rls_set *set;
    bool *passes; /* by case: without any mutation */
    struct meeting *meetings;
    size_t n, cap;
};

static bool add_meeting(struct run *r, size_t term, size_t at)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 1024;
        struct meeting *more = realloc(r->meetings, cap * sizeof *more);
        if (!more)
            return false;
        r->meetings = more;
        r->cap = cap;
    }
    r->meetings[r->n++] = (struct meeting){term, (uint32_t)at};
    return true;
}

static int by_term(const void *x, const void *y)
{
    const struct meeting *a = x, *b = y;

    if (a->term != b->term)
        return a->term < b->term ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* @return RLS_OK; *passed tells whether everything is as the case expects */
static int run_case(struct run *r, size_t at, bool *passed)
{
    uint32_t actual;
    int status = rls_case_run(r->ev, rls_set_case_at(r->set, at), &actual, NULL);

    *passed = status == RLS_OK && rls_case_difference_count(r->ev) == 0;
    return status == RLS_ERR_MEMORY ? status : RLS_OK;
}

/* Learns which cases pass and which terms they meet. */
static int run_baseline(struct run *r)
{
    size_t n = rls_set_case_count(r->set);
    int status = RLS_OK;

    r->passes = calloc(n + 1, sizeof *r->passes);
    if (!r->passes)
        return RLS_ERR_MEMORY;
    for (size_t i = 0; status == RLS_OK && i < n; i++) {
        status = run_case(r, i, &r->passes[i]);
        for (size_t h = 0; r->passes[i] && h < rls_evaluator_hit_count(r->ev); h++)
            if (!add_meeting(r, rls_evaluator_hit_term(r->ev, h), i))
                return RLS_ERR_MEMORY;
    }
    if (r->n)
        qsort(r->meetings, r->n, sizeof *r->meetings, by_term);
    return status;
}

/* --- one mutation --------------------------------------------------------------------------- */

static size_t first_meeting(const struct run *r, size_t term)
{
    size_t low = 0, high = r->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (r->meetings[mid].term < term)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* A term makes a difference where it stands only. */
static int try_meetings(struct run *r, size_t term, bool *noticed)
{
    int status = RLS_OK;

    for (size_t i = first_meeting(r, term);
         status == RLS_OK && !*noticed && i < r->n && r->meetings[i].term == term; i++) {
        bool passed = true, again = i > 0 && r->meetings[i - 1].term == term &&
                                    r->meetings[i - 1].at == r->meetings[i].at;
        if (!again)
            status = run_case(r, r->meetings[i].at, &passed);
        *noticed = !passed;
    }
    return status;
}

/* Anything else makes a difference to the rules that it stands in. */
static int try_rules(struct run *r, size_t mutation, bool *noticed)
{
    const struct rls_rule *rule = NULL;
    bool affected = false;
    int status = RLS_OK;

    for (size_t i = 0; status == RLS_OK && !*noticed && i < rls_set_case_count(r->set); i++) {
        const struct rls_case *c = rls_set_case_at(r->set, i);
        bool passed = true;
        if (c->rule != rule)
            affected = rls_mutation_affects(r->m->list, mutation, c->rule);
        rule = c->rule;
        if (affected && r->passes[i])
            status = run_case(r, i, &passed);
        *noticed = !passed;
    }
    return status;
}

static int try_mutation(struct run *r, size_t at)
{
    const struct rls_mutation *m = rls_mutation_at(r->m->list, at);
    bool *noticed = &r->m->noticed[at];
    int status = rls_evaluator_mutate(r->ev, r->m->list, at);

    if (status != RLS_OK)
        return status;
    return m->kind == RLS_MUTATION_TERM ? try_meetings(r, m->term, noticed)
                                        : try_rules(r, at, noticed);
}

/* --- scores --------------------------------------------------------------------------------- */

static struct score *score_of(struct mutants *m, const char *id)
{
    const char *slash = strchr(id, '/');
    size_t length = slash ? (size_t)(slash - id) : strlen(id);

    for (size_t i = m->n_scores; i-- > 0;)
        if (m->scores[i].length == length && memcmp(m->scores[i].ruleset, id, length) == 0)
            return &m->scores[i];
    struct score *more = realloc(m->scores, (m->n_scores + 1) * sizeof *more);
    if (!more)
        return NULL;
    m->scores = more;
    more[m->n_scores] = (struct score){.ruleset = id, .length = length};
    return &more[m->n_scores++];
}

/* Words of a list stand together. */
static void add_word(struct score *s, const struct rls_mutation *one,
                     const struct rls_mutation *before, bool noticed, bool *met)
{
    if (!before || before->rule || strcmp(before->owner, one->owner) != 0) {
        s->lists++;
        *met = false;
    }
    s->lists_met += noticed && !*met;
    *met = *met || noticed;
}

static bool add_scores(struct mutants *m)
{
    const struct rls_mutation *before = NULL;
    bool met = false;

    for (size_t i = 0; i < rls_mutation_count(m->list); i++) {
        const struct rls_mutation *one = rls_mutation_at(m->list, i);
        struct score *s = score_of(m, one->rule ? rls_rule_id(one->rule) : one->owner);
        if (!s)
            return false;
        s->made[0]++;
        s->made[one->kind]++;
        s->noticed[0] += m->noticed[i];
        s->noticed[one->kind] += m->noticed[i];
        if (!one->rule)
            add_word(s, one, before, m->noticed[i], &met);
        before = one;
    }
    return true;
}

static int run_all(struct run *r)
{
    struct mutants *m = r->m;
    int status = rls_mutations_new(&m->list, NULL, (struct rls_set *)r->set);

    if (status != RLS_OK)
        return status;
    m->noticed = calloc(rls_mutation_count(m->list) + 1, sizeof *m->noticed);
    status = m->noticed ? run_baseline(r) : RLS_ERR_MEMORY;
    for (size_t i = 0; status == RLS_OK && i < rls_mutation_count(m->list); i++)
        status = try_mutation(r, i);
    if (status == RLS_OK)
        status = rls_evaluator_mutate(r->ev, NULL, 0);
    if (status == RLS_OK && !add_scores(m))
        status = RLS_ERR_MEMORY;
    return status;
}

bool mutants_run(struct mutants *m, struct rls_evaluator *ev, const struct rls_set *set)
{
    struct run r = {.m = m, .ev = ev, .set = set};
    int status = run_all(&r);

    free(r.passes);
    free(r.meetings);
    if (status != RLS_OK)
        complain(TEXT_LIBRARY_FAILED, "rls_evaluator_mutate", rls_status_name(status));
    return status == RLS_OK;
}

void mutants_free(struct mutants *m)
{
    free(m->noticed);
    free(m->scores);
    rls_mutations_free(m->list);
    *m = (struct mutants){0};
}
