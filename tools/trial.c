/* SPDX-License-Identifier: Apache-2.0 */
#include "trial.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

const char *expect_name(uint32_t expect)
{
    static const char *const names[] = {[RLS_EXPECT_FINDING] = "finding",
                                        [RLS_EXPECT_NONE] = "none",
                                        [RLS_EXPECT_INDETERMINATE] = "indeterminate",
                                        [RLS_EXPECT_UNDECIDED] = "undecided",
                                        [RLS_EXPECT_EXEMPT] = "exempt",
                                        [RLS_EXPECT_GRACE] = "grace",
                                        [RLS_EXPECT_AT_RISK] = "at-risk",
                                        [RLS_EXPECT_OVERDUE] = "overdue",
                                        [RLS_EXPECT_MET_LATE] = "met-late"};

    return expect >= RLS_EXPECT_FINDING && expect <= RLS_EXPECT_MET_LATE ? names[expect] : "?";
}

bool coverage_complete(const struct coverage *c)
{
    return c->fires && c->silent;
}

static void add_name(struct buffer *names, const char *name)
{
    if (names->len)
        buffer_say(names, TEXT_COMMA);
    buffer_plain(names, name);
}

/* Frees @p names. */
static void say_names(struct buffer *b, enum text_id id, struct buffer *names)
{
    if (names->len && buffer_put(names, "", 1) == 0)
        buffer_say(b, id, names->data);
    b->failed = b->failed || names->failed;
    buffer_free(names);
}

static void why_finding(struct buffer *b, const struct rls_finding *f)
{
    bool violated = rls_finding_outcome(f) == RLS_VIOLATED;
    struct buffer names = {0};

    for (size_t i = 0; i < rls_finding_missing_count(f); i++)
        add_name(&names, rls_finding_missing(f, i));
    say_names(b, violated ? TEXT_CASE_MAY_EXEMPT : TEXT_CASE_MISSING, &names);
}

static void why_silent(struct buffer *b, const struct rls_report *r, const struct rls_rule *rule)
{
    char instant[40];

    rls_rule_time(rule, rls_report_as_of(r), instant, sizeof instant);
    buffer_say(b, TEXT_CASE_SILENT, instant);
}

/* What a report tells about the rule of its case. */
static void write_why(struct trial *trial, const struct rls_report *r)
{
    struct buffer *b = &trial->why, facts = {0};
    const char *id = rls_rule_id(trial->c->rule);

    for (size_t i = 0; i < rls_report_finding_count(r); i++) {
        const struct rls_finding *f = rls_report_finding(r, i);
        if (strcmp(rls_rule_id(rls_finding_rule(f)), id) == 0)
            why_finding(b, f);
    }
    for (size_t i = 0; i < rls_report_undecided_count(r); i++)
        add_name(&facts, rls_report_undecided(r, i)->fact);
    say_names(b, TEXT_CASE_SCOPE, &facts);
    if (trial->actual == RLS_EXPECT_NONE)
        why_silent(b, r, trial->c->rule);
    for (size_t i = 0; i < rls_report_note_count(r); i++) {
        const struct rls_note *n = rls_report_note(r, i);
        bool english = strcmp(text_language(), "en") == 0;
        buffer_say(b, TEXT_CASE_DOCUMENT, n->code, english ? n->message : n->message_zh);
    }
}

/* In what the case came out otherwise; what it is about comes first, by itself. */
static void write_points(struct trial *trial, const struct rls_evaluator *ev)
{
    const struct rls_difference *d;

    for (size_t i = 0; (d = rls_case_difference(ev, i)); i++) {
        if (strcmp(d->point, "expect") != 0)
            buffer_say(&trial->points, TEXT_CASE_POINT, d->point, d->expected, d->actual);
        buffer_text(&trial->points_json, i ? ",{\"point\":" : "{\"point\":");
        buffer_json(&trial->points_json, d->point);
        buffer_text(&trial->points_json, ",\"expected\":");
        buffer_json(&trial->points_json, d->expected);
        buffer_text(&trial->points_json, ",\"actual\":");
        buffer_json(&trial->points_json, d->actual);
        buffer_text(&trial->points_json, "}");
    }
}

static void run_trial(struct trial *trial, struct rls_evaluator *ev, const struct rls_case *c,
                      bool with_report)
{
    const struct rls_report *report = NULL;

    trial->c = c;
    trial->status = rls_case_run(ev, c, &trial->actual, &report);
    trial->passed = trial->status == RLS_OK && rls_case_difference_count(ev) == 0;
    if (trial->passed || trial->status != RLS_OK)
        return;
    write_points(trial, ev);
    write_why(trial, report);
    if (!with_report)
        return;
    if (rls_report_write(report, RLS_FORMAT_TEXT, text_language(), buffer_put, &trial->report))
        trial->report.failed = true;
}

/* @p from is where to begin: cases come in the order of the rules, so it is mostly near. */
static struct coverage *coverage_of(struct trials *t, const struct rls_rule *rule, size_t from)
{
    for (size_t n = 0; n < t->n_rules; n++) {
        struct coverage *c = &t->rules[(from + n) % t->n_rules];
        if (strcmp(rls_rule_id(c->rule), rls_rule_id(rule)) == 0)
            return c;
    }
    return NULL;
}

/* Adds what a case shows. @return where its rule is */
static size_t cover(struct trials *t, const struct trial *trial, size_t at)
{
    struct coverage *c = coverage_of(t, trial->c->rule, at);

    if (!c)
        return at;
    c->fires = c->fires || (trial->passed && trial->actual == RLS_EXPECT_FINDING);
    c->silent = c->silent || (trial->passed && trial->actual == RLS_EXPECT_NONE);
    return (size_t)(c - t->rules);
}

static bool list_rules(struct trials *t, const struct rls_set *set)
{
    size_t n = rls_set_rule_count(set);

    t->rules = calloc(n + 1, sizeof *t->rules);
    for (size_t i = 0; t->rules && i < n; i++) {
        const struct rls_rule *rule = rls_set_rule_at(set, i);
        if (rls_rule_mode(rule) != RLS_MODE_OFF)
            t->rules[t->n_rules++].rule = rule;
    }
    return t->rules != NULL;
}

static bool run_all(struct trials *t, struct rls_evaluator *ev, const struct rls_set *set,
                    bool with_reports)
{
    size_t n = rls_set_case_count(set);

    t->trials = calloc(n + 1, sizeof *t->trials);
    if (!t->trials || !list_rules(t, set))
        return false;
    const struct rls_case *c;
    size_t at = 0;
    while (t->count < n && (c = rls_set_case_at(set, t->count))) {
        struct trial *trial = &t->trials[t->count++];
        run_trial(trial, ev, c, with_reports);
        t->failed += !trial->passed;
        at = cover(t, trial, at);
    }
    for (size_t i = 0; i < t->n_rules; i++)
        t->covered += coverage_complete(&t->rules[i]);
    return true;
}

bool trials_run(struct trials *t, struct rls_evaluator *ev, const struct rls_set *set,
                bool with_reports)
{
    *t = (struct trials){0};
    bool good = run_all(t, ev, set, with_reports);
    if (!good)
        complain(TEXT_NO_MEMORY);
    return good;
}

void trials_free(struct trials *t)
{
    for (size_t i = 0; i < t->count; i++) {
        buffer_free(&t->trials[i].points);
        buffer_free(&t->trials[i].points_json);
        buffer_free(&t->trials[i].why);
        buffer_free(&t->trials[i].report);
    }
    free(t->trials);
    free(t->rules);
    *t = (struct trials){0};
}
