/* SPDX-License-Identifier: Apache-2.0 */
#include "why.h"

#include "text.h"
#include "why_hits.h"
#include "words.h"

#include <librules/evaluator.h>
#include <librules/profile.h>
#include <string.h>

static const char *const truths[] = {"false", "unknown", "true"};

static enum text_id outcome_text(uint32_t outcome)
{
    switch (outcome) {
    case RLS_VIOLATED:
        return TEXT_WHY_VIOLATED;
    case RLS_INDETERMINATE:
        return TEXT_WHY_INDETERMINATE;
    case RLS_EXEMPT:
        return TEXT_WHY_EXEMPT;
    default:
        return TEXT_WHY_OTHER;
    }
}

static const struct rls_finding *finding_of(const struct rls_report *r, const struct rls_rule *rule)
{
    const struct rls_finding *f;

    for (size_t i = 0; (f = rls_report_finding(r, i)); i++)
        if (rls_finding_rule(f) == rule)
            return f;
    return NULL;
}

static bool is_in_force(const struct rls_report *r, const struct rls_rule *rule)
{
    const struct rls_rule_version *v;

    for (size_t i = 0; (v = rls_rule_version_at(rule, i)); i++)
        if (rls_report_as_of(r) >= v->from && rls_report_as_of(r) < v->until)
            return true;
    return false;
}

static uint32_t mode_in(const struct rls_evaluator *ev, const struct rls_rule *rule)
{
    return rls_profile_mode(rls_evaluator_profile(ev), rule, NULL, NULL);
}

/* What is unknown, if anything: the scope of a silent rule. */
static bool scope_is_unknown(const struct rls_explanation *e)
{
    const struct rls_explained *x = rls_explanation_at(e, 0);

    return x && strcmp(x->part, "applies") == 0 && x->truth == RLS_UNKNOWN;
}

static enum text_id result_text(const struct rls_evaluator *ev, const struct rls_report *r,
                                const struct rls_rule *rule, const struct rls_explanation *e)
{
    const struct rls_finding *f = finding_of(r, rule);

    if (f)
        return outcome_text(rls_finding_outcome(f));
    if (mode_in(ev, rule) == RLS_MODE_OFF)
        return TEXT_WHY_OFF;
    if (rls_explanation_count(e) == 0 && !is_in_force(r, rule))
        return TEXT_WHY_NOT_IN_FORCE;
    return scope_is_unknown(e) ? TEXT_WHY_UNDECIDED : TEXT_WHY_SILENT;
}

static bool begins_part(const struct rls_explained *last, const struct rls_explained *x)
{
    return !last || x->depth == 0 || strcmp(last->part, x->part) != 0;
}

static void write_part(struct buffer *b, const struct rls_explained *x)
{
    buffer_format(b, "  %s", word_part(x->part));
    if (x->owner)
        buffer_format(b, " %s", x->owner);
    if (x->record)
        buffer_format(b, " %s", x->record);
    if (*x->version)
        buffer_format(b, " (%s)", x->version);
    buffer_text(b, "\n");
}

static void write_indented(struct buffer *b, const struct rls_explained *x, enum text_id lead,
                           const char *words)
{
    if (!words)
        return;
    buffer_format(b, "%*s", (int)(14 + 2 * x->depth), "");
    buffer_say(b, lead);
    buffer_plain(b, words);
    buffer_text(b, "\n");
}

static void write_condition(struct buffer *b, const struct rls_explained *x)
{
    buffer_format(b, "%*s%s %s%s%s  :%u", (int)(4 + 2 * x->depth), "", word_truth(x->truth),
                  x->operation, *x->operand ? " " : "", x->operand, x->line);
    buffer_format(b, "%s%s\n", x->record ? "  " : "", x->record ? x->record : "");
    if (x->n_hits == 0)
        write_indented(b, x, TEXT_WHY_ACTUAL, x->actual);
    why_hits_text(b, x, (int)(14 + 2 * x->depth));
}

static void write_missing(struct buffer *b, const struct rls_finding *f)
{
    size_t n = f ? rls_finding_missing_count(f) : 0;

    if (n == 0)
        return;
    buffer_text(b, "  ");
    buffer_say(b, TEXT_WHY_MISSING);
    for (size_t i = 0; i < n; i++) {
        buffer_text(b, i ? ", " : "");
        buffer_plain(b, rls_finding_missing(f, i));
    }
    buffer_text(b, "\n");
}

static const struct rls_explanation *explain(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    const struct rls_explanation *e;
    int status = rls_explain(ev, rls_rule_id(rule), &e);

    if (status == RLS_OK)
        return e;
    complain(TEXT_LIBRARY_FAILED, "rls_explain", rls_status_name(status));
    return NULL;
}

/* Rows [first, end) of one version and record: whether it fires is up to its scope and condition.
 */
struct judgement {
    size_t first, end;
};

static bool is_same_judgement(const struct rls_explained *a, const struct rls_explained *b)
{
    bool records = a->record && b->record && strcmp(a->record, b->record) != 0;

    /* Conditions about records below the first one name records of their own. */
    return strcmp(a->version, b->version) == 0 &&
           !(records && b->depth == 0 && strcmp(b->part, "applies") == 0);
}

static struct judgement next_judgement(const struct rls_explanation *e, size_t first)
{
    struct judgement j = {first, first + 1};
    const struct rls_explained *begin = rls_explanation_at(e, first), *x;

    while ((x = rls_explanation_at(e, j.end)) && is_same_judgement(begin, x))
        j.end++;
    return j;
}

static bool is_part(const struct rls_explained *x, const char *part)
{
    return strcmp(x->part, part) == 0;
}

static bool blocks(const struct rls_explained *x)
{
    return x->depth == 0 && (is_part(x, "applies") || is_part(x, "when")) && x->truth != RLS_TRUE;
}

/* The only part that keeps the rule from firing; NULL: there is none, or more than one. */
static const char *only_block(const struct rls_explanation *e, struct judgement j)
{
    const char *only = NULL;
    unsigned n = 0;

    for (size_t i = j.first; i < j.end; i++) {
        const struct rls_explained *x = rls_explanation_at(e, i);
        if (!blocks(x))
            continue;
        only = x->part;
        n++;
    }
    return n == 1 ? only : NULL;
}

static bool is_leaf(const struct rls_explanation *e, size_t i)
{
    const struct rls_explained *x = rls_explanation_at(e, i), *next = rls_explanation_at(e, i + 1);

    return !next || next->depth <= x->depth || !is_part(next, x->part);
}

/* Conditions of which one alone kept the rule from firing. @return how many */
static unsigned write_closest(struct buffer *b, const struct rls_explanation *e, struct judgement j)
{
    const char *part = only_block(e, j);
    unsigned n = 0;

    for (size_t i = j.first; part && i < j.end; i++) {
        const struct rls_explained *x = rls_explanation_at(e, i);
        if (!x->decides || !is_part(x, part) || !is_leaf(e, i))
            continue;
        if (n++ == 0)
            buffer_say(b, TEXT_WHY_CLOSEST);
        buffer_format(b, "    :%u  %s%s%s  (%.*s)\n", x->line, x->operation, *x->operand ? " " : "",
                      x->operand, (int)strcspn(word_truth(x->truth), " "), word_truth(x->truth));
    }
    return n;
}

/* Of a rule that stays silent: what single condition kept it from firing. */
static void write_near_misses(struct buffer *b, const struct rls_explanation *e)
{
    struct judgement j;
    unsigned n = 0;

    for (size_t at = 0; at < rls_explanation_count(e); at = j.end) {
        j = next_judgement(e, at);
        n += write_closest(b, e, j);
    }
    if (n == 0 && rls_explanation_count(e) > 0)
        buffer_say(b, TEXT_WHY_FAR);
}

bool why_write_text(struct buffer *b, struct rls_evaluator *ev, const struct rls_report *r,
                    const struct rls_rule *rule)
{
    const struct rls_explanation *e = explain(ev, rule);
    const struct rls_explained *x, *last = NULL;
    uint32_t line;
    const char *source = rls_rule_source(rule, &line);

    if (!e)
        return false;
    buffer_format(b, "%s: %s", rls_rule_id(rule), text(result_text(ev, r, rule, e)));
    buffer_format(b, "  (%s:%u)\n", source, line);
    write_missing(b, finding_of(r, rule));
    if (result_text(ev, r, rule, e) == TEXT_WHY_SILENT)
        write_near_misses(b, e);
    for (size_t i = 0; (x = rls_explanation_at(e, i)); last = x, i++) {
        if (begins_part(last, x))
            write_part(b, x);
        write_condition(b, x);
    }
    return true;
}

static void member(struct buffer *b, const char *name, const char *value)
{
    if (!value)
        return;
    buffer_format(b, ",\"%s\":", name);
    buffer_json(b, value);
}

static void write_condition_json(struct buffer *b, const struct rls_explained *x)
{
    buffer_format(b, "{\"truth\":\"%s\",\"depth\":%u,\"line\":%u,\"condition\":%u",
                  truths[x->truth], x->depth, x->line, x->number);
    member(b, "part", x->part);
    member(b, "owner", x->owner);
    member(b, "record", x->record);
    member(b, "version", x->version);
    member(b, "operation", x->operation);
    member(b, "operand", x->operand);
    member(b, "actual", x->actual);
    member(b, "elsewhere", x->near_miss);
    buffer_format(b, ",\"decides\":%s", x->decides ? "true" : "false");
    why_hits_json(b, x);
    buffer_text(b, "}");
}

static const char *result_token(enum text_id result)
{
    switch (result) {
    case TEXT_WHY_VIOLATED:
        return "violated";
    case TEXT_WHY_INDETERMINATE:
        return "indeterminate";
    case TEXT_WHY_EXEMPT:
        return "exempt";
    case TEXT_WHY_OFF:
        return "off";
    case TEXT_WHY_NOT_IN_FORCE:
        return "not-in-force";
    case TEXT_WHY_UNDECIDED:
        return "undecided";
    case TEXT_WHY_SILENT:
        return "silent";
    default:
        return "other";
    }
}

bool why_write_json(struct buffer *b, struct rls_evaluator *ev, const struct rls_report *r,
                    const struct rls_rule *rule)
{
    const struct rls_explanation *e = explain(ev, rule);
    const struct rls_explained *x;

    if (!e)
        return false;
    buffer_text(b, "{\"rule\":");
    buffer_json(b, rls_rule_id(rule));
    member(b, "document", rls_report_document_id(r));
    member(b, "result", result_token(result_text(ev, r, rule, e)));
    buffer_text(b, ",\"conditions\":[");
    for (size_t i = 0; (x = rls_explanation_at(e, i)); i++) {
        buffer_text(b, i ? ",\n" : "\n");
        write_condition_json(b, x);
    }
    buffer_text(b, "\n]}\n");
    return true;
}
