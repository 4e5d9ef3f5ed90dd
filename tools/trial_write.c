/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"
#include "trial.h"

static const char *actual_name(const struct trial *t)
{
    return t->status == RLS_OK ? expect_name(t->actual) : rls_status_name(t->status);
}

static void write_failure(const struct trial *t, struct buffer *b)
{
    buffer_format(b, "%s:%u: ", t->c->source, t->c->line);
    buffer_say(b, TEXT_CASE_FAILED, rls_rule_id(t->c->rule), expect_name(t->c->expect),
               actual_name(t));
    if (t->c->requirement)
        buffer_say(b, TEXT_CASE_REQUIREMENT, t->c->requirement);
    buffer_put(b, t->points.data, t->points.len);
    if (t->c->note)
        buffer_say(b, TEXT_CASE_NOTE, t->c->note);
    buffer_put(b, t->why.data, t->why.len);
    buffer_put(b, t->report.data, t->report.len);
    b->failed = b->failed || t->points.failed || t->why.failed || t->report.failed;
}

static enum text_id lack(const struct coverage *c)
{
    if (!c->fires && !c->silent)
        return TEXT_LACKS_BOTH;
    return c->fires ? TEXT_LACKS_SILENT : TEXT_LACKS_FIRING;
}

static void write_lacking(const struct coverage *c, struct buffer *b)
{
    uint32_t line = 0;
    const char *source = rls_rule_source(c->rule, &line);

    buffer_format(b, "%s:%u: ", source, line);
    buffer_say(b, lack(c), rls_rule_id(c->rule));
}

void trials_write_text(const struct trials *t, struct buffer *b)
{
    for (size_t i = 0; i < t->count; i++)
        if (!t->trials[i].passed)
            write_failure(&t->trials[i], b);
    for (size_t i = 0; i < t->n_rules; i++)
        if (!coverage_complete(&t->rules[i]))
            write_lacking(&t->rules[i], b);
}

void trials_write_summary(const struct trials *t, struct buffer *b)
{
    buffer_count(b, TEXT_ONE_CASE, t->count);
    buffer_say(b, TEXT_TESTED, t->count - t->failed, t->failed, t->covered, t->n_rules);
}

static void trial_json(const struct trial *t, struct buffer *b)
{
    buffer_text(b, "{\"rule\":");
    buffer_json(b, rls_rule_id(t->c->rule));
    buffer_text(b, ",\"source\":");
    buffer_json(b, t->c->source);
    buffer_format(b, ",\"line\":%u,\"passed\":%s,\"expected\":\"%s\",\"actual\":\"%s\"", t->c->line,
                  t->passed ? "true" : "false", expect_name(t->c->expect), actual_name(t));
    buffer_text(b, ",\"note\":");
    buffer_json(b, t->c->note);
    if (t->points_json.len) {
        buffer_text(b, ",\"differences\":[");
        buffer_put(b, t->points_json.data, t->points_json.len);
        buffer_text(b, "]");
        b->failed = b->failed || t->points_json.failed;
    }
    buffer_text(b, "}");
}

static void lacking_json(const struct coverage *c, struct buffer *b)
{
    uint32_t line = 0;
    const char *source = rls_rule_source(c->rule, &line);

    buffer_text(b, "{\"rule\":");
    buffer_json(b, rls_rule_id(c->rule));
    buffer_text(b, ",\"source\":");
    buffer_json(b, source);
    buffer_format(b, ",\"line\":%u,\"fires\":%s,\"silent\":%s}", line, c->fires ? "true" : "false",
                  c->silent ? "true" : "false");
}

void trials_write_json(const struct trials *t, struct buffer *b)
{
    size_t lacking = 0;

    buffer_text(b, "\"cases\":[");
    for (size_t i = 0; i < t->count; i++) {
        buffer_text(b, i ? ",\n" : "\n");
        trial_json(&t->trials[i], b);
    }
    buffer_text(b, "\n],\"lacking\":[");
    for (size_t i = 0; i < t->n_rules; i++) {
        if (coverage_complete(&t->rules[i]))
            continue;
        buffer_text(b, lacking++ ? ",\n" : "\n");
        lacking_json(&t->rules[i], b);
    }
    buffer_format(b, "\n],\"summary\":{\"cases\":%zu,\"passed\":%zu,\"failed\":%zu", t->count,
                  t->count - t->failed, t->failed);
    buffer_format(b, ",\"rules\":%zu,\"covered\":%zu}", t->n_rules, t->covered);
}

/* TAP ends a description at '#', and a line at its end. */
static void tap_text(struct buffer *b, const char *s)
{
    for (; *s; s++) {
        if (*s == '#' || *s == '\\')
            buffer_put(b, "\\", 1);
        buffer_put(b, *s == '\n' || *s == '\r' ? " " : s, 1);
    }
}

static void tap_failure(const struct trial *t, struct buffer *b)
{
    buffer_format(b, "  ---\n  expected: %s\n  actual: %s\n", expect_name(t->c->expect),
                  actual_name(t));
    if (t->points_json.len) {
        buffer_text(b, "  differences: [");
        buffer_put(b, t->points_json.data, t->points_json.len);
        buffer_text(b, "]\n");
        b->failed = b->failed || t->points_json.failed;
    }
    buffer_text(b, "  ...\n");
}

void trials_write_tap(const struct trials *t, struct buffer *b)
{
    buffer_format(b, "TAP version 14\n1..%zu\n", t->count);
    for (size_t i = 0; i < t->count; i++) {
        const struct trial *trial = &t->trials[i];
        buffer_format(b, "%sok %zu - ", trial->passed ? "" : "not ", i + 1);
        tap_text(b, rls_rule_id(trial->c->rule));
        buffer_text(b, " ");
        tap_text(b, trial->c->source);
        buffer_format(b, ":%u\n", trial->c->line);
        if (!trial->passed)
            tap_failure(trial, b);
    }
    buffer_format(b, "# %zu of %zu rules have a firing and a silent case\n", t->covered,
                  t->n_rules);
}
