/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/case_points.h"

#include <string.h>

#include "base/instant.h"
#include "base/utf8.h"

/* What is shown of what came. */
enum { SHOWN_BYTES = 512 };

static const char *const expect_names[] = {
    [RLS_EXPECT_FINDING] = "finding",
    [RLS_EXPECT_NONE] = "none",
    [RLS_EXPECT_INDETERMINATE] = "indeterminate",
    [RLS_EXPECT_UNDECIDED] = "undecided",
    [RLS_EXPECT_EXEMPT] = "exempt",
    [RLS_EXPECT_GRACE] = "grace",
    [RLS_EXPECT_AT_RISK] = "at-risk",
    [RLS_EXPECT_OVERDUE] = "overdue",
    [RLS_EXPECT_MET_LATE] = "met-late",
};

static uint32_t expectation(uint32_t outcome)
{
    switch (outcome) {
    case RLS_VIOLATED:
        return RLS_EXPECT_FINDING;
    case RLS_INDETERMINATE:
        return RLS_EXPECT_INDETERMINATE;
    case RLS_GRACE:
        return RLS_EXPECT_GRACE;
    case RLS_AT_RISK:
        return RLS_EXPECT_AT_RISK;
    case RLS_OVERDUE:
        return RLS_EXPECT_OVERDUE;
    case RLS_MET_LATE:
        return RLS_EXPECT_MET_LATE;
    default:
        return RLS_EXPECT_EXEMPT;
    }
}

/* A text that grows by items with commas between, cut when too long. */
struct shown {
    char text[SHOWN_BYTES];
    size_t n;
};

static void show(struct shown *s, const char *item)
{
    size_t room = sizeof s->text - 1 - s->n, comma = s->n ? 2 : 0, len = strlen(item);

    if (room <= comma)
        return;
    memcpy(s->text + s->n, ", ", comma);
    len = utf8_cut(item, len, room - comma);
    memcpy(s->text + s->n + comma, item, len);
    s->n += comma + len;
}

static bool differ(struct rls_evaluator *ev, const char *point, const char *expected,
                   const struct shown *actual)
{
    const char *text = actual->n ? actual->text : "-";
    const char *copy = arena_text(&ev->report.arena, text, strlen(text));

    if (!copy || !mem_grow(&ev->mem, &ev->differences, &ev->cap_differences, ev->n_differences + 1,
                           sizeof *ev->differences))
        return false;
    ev->differences[ev->n_differences++] =
        (struct rls_difference){sizeof *ev->differences, point, expected, copy};
    return true;
}

static bool compare_text(struct rls_evaluator *ev, const char *point, const char *expected,
                         const char *actual)
{
    struct shown s = {.n = 0};

    if (!expected || (actual && strcmp(expected, actual) == 0))
        return true;
    if (actual)
        show(&s, actual);
    return differ(ev, point, expected, &s);
}

static bool quotes(const struct rls_evidence *e, const char *words)
{
    return strcmp(e->matched, words) == 0 || strcmp(e->folded, words) == 0 ||
           (e->term && strcmp(e->term, words) == 0);
}

static bool has_evidence(const struct rls_finding *f, const struct given *g)
{
    for (size_t i = 0; i < f->n_evidence; i++) {
        const struct rls_evidence *e = &f->evidence[i];

        if ((!g->evidence || quotes(e, g->evidence)) && (!g->form || e->forms & g->form))
            return true;
    }
    return !g->evidence && !g->form;
}

static bool compare_evidence(struct rls_evaluator *ev, const struct rls_finding *f,
                             const struct given *g)
{
    /* The bits of enum rls_form, as the rule language calls them. */
    static const char *const forms[] = {"width",  "case",      "compat",
                                        "script", "ignorable", "squeezed"};
    struct shown words = {.n = 0}, disguises = {.n = 0};

    if (has_evidence(f, g))
        return true;
    for (size_t i = 0; i < f->n_evidence; i++) {
        show(&words, f->evidence[i].matched);
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
            if (f->evidence[i].forms & 1u << k)
                show(&disguises, forms[k]);
    }
    return (!g->evidence || differ(ev, "evidence", g->evidence, &words)) &&
           (!g->disguise || differ(ev, "disguise", g->disguise, &disguises));
}

static bool compare_cite(struct rls_evaluator *ev, const struct rls_finding *f,
                         const struct given *g)
{
    struct shown s = {.n = 0};

    for (size_t i = 0; g->cite && i < f->statement->n_citations; i++) {
        if (strcmp(f->statement->citations[i].source, g->cite) == 0)
            return true;
        show(&s, f->statement->citations[i].source);
    }
    return !g->cite || differ(ev, "cite", g->cite, &s);
}

static bool compare_deadline(struct rls_evaluator *ev, const struct rls_finding *f,
                             const struct given *g)
{
    struct shown s = {.n = 0};
    char text[INSTANT_TEXT];
    int64_t at;
    bool has = rls_finding_deadline(f, &at);

    if (!g->deadline || (has && at >= g->from && at < g->until))
        return true;
    if (has) {
        (void)instant_text_at(at, rule_offset(f->rule, at), text);
        show(&s, text);
    }
    return differ(ev, "deadline", g->deadline, &s);
}

static bool compare_finding(struct rls_evaluator *ev, const struct set_case *c,
                            const struct rls_finding *f)
{
    static const char *const verdicts[] = {"pass", "advise", "review", "reject"};
    const struct rls_case *want = &c->view;
    bool ok = compare_text(ev, "expect", expect_names[want->expect],
                           expect_names[expectation(f->outcome)]) &&
              compare_text(ev, "verdict", want->verdict, verdicts[f->asks]) &&
              compare_text(ev, "severity", want->severity, f->ruling.severity) &&
              compare_text(ev, "version", want->version, f->version->name);

    for (uint32_t i = 0; ok && i < c->n_gives; i++)
        ok = compare_evidence(ev, f, &c->gives[i]) && compare_cite(ev, f, &c->gives[i]) &&
             compare_deadline(ev, f, &c->gives[i]);
    return ok;
}

static bool is_meant(const struct set_case *c, const struct rls_finding *f)
{
    const char *id = c->view.requirement;

    return f->rule == c->view.rule &&
           (!id || (f->requirement && strcmp(f->requirement->id, id) == 0));
}

static uint32_t without_finding(const struct rls_evaluator *ev, const struct rls_rule *rule)
{
    for (size_t i = 0; i < ev->n_undecided; i++)
        if (ev->undecided[i] == rule)
            return RLS_EXPECT_UNDECIDED;
    return RLS_EXPECT_NONE;
}

/* Of the findings that may be meant the one with the fewest differences counts; its differences
 * are the first ones kept. */
static bool compare_findings(struct rls_evaluator *ev, const struct set_case *c,
                             const struct rls_finding **nearest)
{
    const struct rls_report *r = &ev->report;
    size_t fewest = 0;

    for (size_t i = 0; i < r->n_findings; i++) {
        size_t n;

        if (!is_meant(c, &r->findings[i]))
            continue;
        if (!compare_finding(ev, c, &r->findings[i]))
            return false;
        n = ev->n_differences - fewest;
        if (*nearest && n >= fewest) {
            ev->n_differences = fewest;
            continue;
        }
        if (n)
            memmove(ev->differences, ev->differences + fewest, n * sizeof *ev->differences);
        ev->n_differences = fewest = n;
        *nearest = &r->findings[i];
    }
    return true;
}

int compare_case(struct rls_evaluator *ev, const struct set_case *c, uint32_t *actual)
{
    const struct rls_finding *nearest = NULL;

    ev->n_differences = 0;
    if (!compare_findings(ev, c, &nearest))
        return RLS_ERR_MEMORY;
    *actual = nearest ? expectation(nearest->outcome) : without_finding(ev, c->view.rule);
    if (!nearest &&
        !compare_text(ev, "expect", expect_names[c->view.expect], expect_names[*actual]))
        return RLS_ERR_MEMORY;
    return RLS_OK;
}

size_t rls_case_difference_count(const struct rls_evaluator *ev)
{
    return ev ? ev->n_differences : 0;
}

const struct rls_difference *rls_case_difference(const struct rls_evaluator *ev, size_t index)
{
    return ev && index < ev->n_differences ? &ev->differences[index] : NULL;
}
