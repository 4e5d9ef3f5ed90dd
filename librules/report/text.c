/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "report/names.h"
#include "report/writers.h"

/* What both languages put around the facts. */
struct phrases {
    const char *colon, *comma, *open, *close;
    const char *no_id, *basis, *remedy, *missing, *may_exempt, *grade, *versions, *requirement,
        *deadline, *then, *term, *disguise, *undecided, *rule, *rules, *assumed, *incomplete, *more,
        *points, *record, *guarded, *guard, *excused, *expired, *until, *milestone;
};

static const struct phrases zh = {
    .colon = "：",
    .comma = "、",
    .open = "（",
    .close = "）",
    .no_id = "（无编号）",
    .basis = "依据：",
    .remedy = "整改：",
    .missing = "无法判定，缺少：",
    .may_exempt = "或可豁免，缺少：",
    .grade = "轻重未定，缺少：",
    .versions = "适用哪个版本未定：",
    .requirement = "，要求 ",
    .deadline = "期限：",
    .then = "；",
    .term = "词条 ",
    .disguise = "伪装：",
    .undecided = "未能判定适用范围，缺少 ",
    .rules = " 条规则",
    .assumed = "假定 ",
    .incomplete = "检查不完整（见提示），结果不能视为通过。",
    .more = "另有未列出的结果：",
    .points = "扣分 ",
    .rule = " 条规则",
    .record = "，记录 ",
    .guarded = "未计入：",
    .guard = "排除词 ",
    .excused = "例外 ",
    .expired = "例外已到期 ",
    .until = "，有效至 ",
    .milestone = "时间点：",
};

static const struct phrases en = {
    .colon = ": ",
    .comma = ", ",
    .open = " (",
    .close = ")",
    .no_id = "(no id)",
    .basis = "basis: ",
    .remedy = "remedy: ",
    .missing = "cannot be told without: ",
    .may_exempt = "might be exempt, depending on: ",
    .grade = "might be graver, depending on: ",
    .versions = "versions that may apply differ: ",
    .requirement = ", requirement ",
    .deadline = "deadline: ",
    .then = "; ",
    .term = "term ",
    .disguise = "disguised by ",
    .undecided = "scope undecided, missing ",
    .rules = " rules",
    .assumed = "assumed ",
    .incomplete = "incomplete: not judged whole (see the notes), so this is no pass.",
    .more = "findings not listed: ",
    .points = "points ",
    .rule = " rule",
    .record = ", record ",
    .guarded = "not counted: ",
    .guard = "guard ",
    .excused = "excused by ",
    .expired = "an exception has expired: ",
    .until = ", until ",
    .milestone = "milestone: ",
};

/* Upper case is no disguise worth a word. */
static uint32_t telling_forms(const struct rls_evidence *e)
{
    return e->forms & ~(uint32_t)RLS_FORM_CASE;
}

static void write_forms(struct out *o, const struct phrases *p, uint32_t forms)
{
    bool first = true;

    for (unsigned i = 0; i < FORM_NAMES; i++) {
        if (forms & 1u << i) {
            out_text(o, first ? p->disguise : p->comma);
            out_text(o, form_word(i, p == &en));
            first = false;
        }
    }
}

static void write_field(struct out *o, const struct phrases *p, const char *path)
{
    const char *word = p == &zh ? field_word(path) : NULL;

    if (word) {
        out_text(o, word);
        out_text(o, p->open);
    }
    out_plain(o, path);
    if (word)
        out_text(o, p->close);
}

/* Where redacted words stand, in characters from 1. */
static void write_place(struct out *o, const struct rls_evidence *e)
{
    out_text(o, "[");
    out_number(o, (int64_t)e->point_begin + 1);
    out_text(o, "-");
    out_number(o, (int64_t)e->point_end);
    out_text(o, "]");
}

static void write_match(struct out *o, const struct phrases *p, const struct rls_evidence *e)
{
    out_text(o, "        ");
    if (*e->matched)
        out_plain(o, e->matched);
    else
        write_place(o, e);
    out_text(o, p->open);
    out_text(o, p->term);
    out_plain(o, e->term);
    if (telling_forms(e)) {
        out_text(o, p->then);
        write_forms(o, p, telling_forms(e));
    }
    out_text(o, p->close);
    out_text(o, "\n");
}

/* The field and its words stand once for all matches in them. */
static void write_evidence(struct out *o, const struct phrases *p, const struct rls_finding *f)
{
    const struct rls_evidence *last = NULL;

    for (size_t i = 0; i < f->n_evidence; i++) {
        const struct rls_evidence *e = &f->evidence[i];

        if (!last || last->index != e->index || strcmp(last->field, e->field) != 0 ||
            strcmp(last->excerpt, e->excerpt) != 0) {
            out_text(o, "      ");
            write_field(o, p, e->field);
            out_text(o, p->colon);
            out_plain(o, e->excerpt);
            out_text(o, "\n");
        }
        if (e->term)
            write_match(o, p, e);
        last = e;
    }
}

static void write_citation(struct out *o, const struct phrases *p, const struct rls_citation *c)
{
    out_text(o, "    ");
    out_text(o, p->basis);
    out_plain(o, c->title);
    if (c->number) {
        out_text(o, p->open);
        out_plain(o, c->number);
        out_text(o, p->close);
    }
    if (c->clause) {
        out_text(o, " ");
        out_plain(o, c->clause);
    }
    out_text(o, "\n");
}

static void write_names(struct out *o, const struct phrases *p, const char *lead,
                        const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out_text(o, i ? p->comma : "    ");
        out_text(o, i ? "" : lead);
        write_field(o, p, names[i]);
    }
    if (n)
        out_text(o, "\n");
}

static void write_missing(struct out *o, const struct phrases *p, const struct rls_finding *f)
{
    write_names(o, p, f->outcome == RLS_INDETERMINATE ? p->missing : p->may_exempt, f->missing,
                f->n_deciding);
    if (f->n_missing > f->n_deciding)
        write_names(o, p, p->grade, f->missing + f->n_deciding, f->n_missing - f->n_deciding);
}

static void write_candidates(struct out *o, const struct phrases *p, const struct rls_finding *f)
{
    for (size_t i = 0; i < f->n_candidates; i++) {
        out_text(o, i ? p->comma : "    ");
        out_text(o, i ? "" : p->versions);
        out_plain(o, *f->candidates[i] ? f->candidates[i] : "-");
    }
    if (f->n_candidates)
        out_text(o, "\n");
}

static void write_exception(struct out *o, const struct phrases *p, const struct rls_finding *f,
                            const char *lang)
{
    const struct rls_exception *x = rls_finding_exception(f);

    if (!x)
        return;
    out_text(o, "    ");
    out_text(o, f->outcome == RLS_EXEMPT ? p->excused : p->expired);
    out_plain(o, x->id);
    out_text(o, p->open);
    out_plain(o, x->owner);
    out_text(o, p->until);
    out_time(o, x->until - 1000, exception_offset(x, x->until - 1000)); /* its last second */
    out_text(o, p->close);
    out_text(o, p->colon);
    out_plain(o, rls_exception_reason(x, lang));
    out_text(o, "\n");
}

/* Words that a guard kept from counting. */
static void write_guarded(struct out *o, const struct phrases *p, const struct rls_finding *f)
{
    for (size_t i = 0; i < f->n_excused; i++) {
        const struct rls_evidence *e = &f->excused[i];

        out_text(o, "      ");
        out_text(o, p->guarded);
        write_field(o, p, e->field);
        out_text(o, p->colon);
        out_plain(o, e->matched);
        out_text(o, p->open);
        out_text(o, p->guard);
        out_plain(o, e->guard);
        out_text(o, p->close);
        out_text(o, "\n");
    }
}

static void write_finding(struct out *o, const struct phrases *p, const struct rls_finding *f,
                          const char *lang)
{
    const char *remedy = rls_finding_remedy(f, lang);

    out_text(o, "  [");
    out_text(o, f->outcome == RLS_VIOLATED ? verdict_word(f->verdict, p == &en)
                                           : outcome_word(f->outcome, p == &en));
    if (f->mode == RLS_MODE_SHADOW)
        out_text(o, p == &en ? ", shadow" : "，试运行");
    out_text(o, "] ");
    out_plain(o, rls_rule_title(f->rule, lang));
    out_text(o, p->open);
    out_plain(o, f->rule->id);
    if (f->requirement) {
        out_text(o, p->requirement);
        out_plain(o, f->requirement->id);
    }
    if (f->record) {
        out_text(o, p->record);
        out_plain(o, f->record);
    }
    out_text(o, p->close);
    out_text(o, "\n    ");
    out_plain(o, rls_finding_message(f, lang));
    out_text(o, "\n");
    write_evidence(o, p, f);
    write_guarded(o, p, f);
    write_missing(o, p, f);
    write_candidates(o, p, f);
    write_exception(o, p, f, lang);
    for (size_t i = 0; i < f->statement->n_citations; i++)
        write_citation(o, p, &f->statement->citations[i]);
    if (f->outcome == RLS_EXEMPT)
        return; /* nothing to mend */
    if (remedy) {
        out_text(o, "    ");
        out_text(o, p->remedy);
        out_plain(o, remedy);
        out_text(o, "\n");
    }
    if (f->has_deadline) {
        out_text(o, "    ");
        out_text(o, p->deadline);
        out_time(o, f->deadline, rule_offset(f->rule, f->deadline));
        out_text(o, "\n");
    }
    if (f->ruling.points) {
        out_text(o, "    ");
        out_text(o, p->points);
        out_thousandths(o, f->ruling.points);
        out_text(o, "\n");
    }
}

static void write_lists(struct out *o, const struct phrases *p, const struct rls_report *r)
{
    for (size_t i = 0; i < r->n_undecided; i++) {
        out_text(o, "  ");
        out_text(o, p->undecided);
        write_field(o, p, r->undecided[i].fact);
        out_text(o, p->colon);
        out_number(o, (int64_t)r->undecided[i].rules);
        out_text(o, r->undecided[i].rules == 1 ? p->rule : p->rules);
        out_text(o, "\n");
    }
    for (size_t i = 0; i < r->n_assumptions; i++) {
        out_text(o, "  ");
        out_text(o, p->assumed);
        write_field(o, p, r->assumptions[i].fact);
        out_text(o, " = ");
        out_plain(o, r->assumptions[i].value);
        out_text(o, "\n");
    }
    for (size_t i = 0; i < r->n_notes; i++) {
        out_text(o, "  RLS-");
        out_number(o, r->notes[i].code);
        out_text(o, " ");
        if (r->notes[i].field) {
            write_field(o, p, r->notes[i].field);
            out_text(o, p->colon);
        }
        out_plain(o, p == &en ? r->notes[i].message : r->notes[i].message_zh);
        out_text(o, "\n");
    }
}

static void write_milestones(struct out *o, const struct phrases *p, const struct rls_report *r,
                             const char *lang)
{
    for (size_t i = 0; i < r->n_milestones; i++) {
        const struct rls_milestone *m = &r->milestones[i].view;

        out_text(o, "  ");
        out_text(o, p->milestone);
        out_plain(o, rls_milestone_title(m, lang));
        out_text(o, p->open);
        out_plain(o, m->rule->id);
        if (m->record) {
            out_text(o, p->comma);
            out_plain(o, m->record);
        }
        out_text(o, p->close);
        out_text(o, p->colon);
        out_time(o, m->instant, rule_offset(m->rule, m->instant));
        out_text(o, "\n");
    }
}

void write_text(struct out *o, const struct rls_report *r, const char *lang)
{
    const struct phrases *p = lang[0] == 'e' ? &en : &zh;

    if (r->document_id)
        out_plain(o, r->document_id);
    else
        out_text(o, p->no_id);
    out_text(o, p->colon);
    out_text(o, verdict_word(r->verdict, p == &en));
    out_text(o, "\n");
    for (size_t i = 0; i < r->n_findings; i++)
        write_finding(o, p, &r->findings[i], lang);
    write_milestones(o, p, r, lang);
    if (r->truncated) {
        out_text(o, "  ");
        out_text(o, p->more);
        out_number(o, (int64_t)r->truncated);
        out_text(o, "\n");
    }
    if (!r->complete) {
        out_text(o, "  ");
        out_text(o, p->incomplete);
        out_text(o, "\n");
    }
    write_lists(o, p, r);
}
