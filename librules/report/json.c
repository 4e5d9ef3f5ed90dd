/* SPDX-License-Identifier: Apache-2.0 */
#include "report/names.h"
#include "report/writers.h"
#include "set/digest.h"

/* A JSON document being written. */
struct json {
    struct out *o;
    bool one_line;
    int depth;
    bool begun; /* the innermost object or array has a member already */
};

static void line(struct json *j)
{
    if (j->one_line)
        return;
    out_bytes(j->o, "\n", 1);
    for (int i = 0; i < j->depth; i++)
        out_bytes(j->o, "  ", 2);
}

static void next(struct json *j)
{
    if (j->begun)
        out_bytes(j->o, ",", 1);
    line(j);
    j->begun = true;
}

/* Names of members need no escapes. */
static void key(struct json *j, const char *name)
{
    next(j);
    out_bytes(j->o, "\"", 1);
    out_text(j->o, name);
    out_text(j->o, j->one_line ? "\":" : "\": ");
}

static void open(struct json *j, const char *bracket)
{
    out_bytes(j->o, bracket, 1);
    j->depth++;
    j->begun = false;
}

static void close(struct json *j, const char *bracket)
{
    j->depth--;
    if (j->begun)
        line(j);
    out_bytes(j->o, bracket, 1);
    j->begun = true;
}

static void string(struct json *j, const char *name, const char *value)
{
    if (!value)
        return;
    key(j, name);
    out_json_string(j->o, value);
}

static void number(struct json *j, const char *name, uint64_t value)
{
    key(j, name);
    out_number(j->o, (int64_t)value);
}

static void truth(struct json *j, const char *name, bool value)
{
    key(j, name);
    out_text(j->o, value ? "true" : "false");
}

static void instant(struct json *j, const char *name, int64_t value)
{
    key(j, name);
    out_bytes(j->o, "\"", 1);
    out_instant(j->o, value);
    out_bytes(j->o, "\"", 1);
}

static void range(struct json *j, const char *name, uint64_t begin, uint64_t end)
{
    key(j, name);
    out_bytes(j->o, "[", 1);
    out_number(j->o, (int64_t)begin);
    out_text(j->o, j->one_line ? "," : ", ");
    out_number(j->o, (int64_t)end);
    out_bytes(j->o, "]", 1);
}

static void code(struct json *j, const char *name, uint32_t value)
{
    key(j, name);
    out_text(j->o, "\"RLS-");
    out_number(j->o, value);
    out_bytes(j->o, "\"", 1);
}

static void evidence(struct json *j, const struct rls_evidence *e)
{
    next(j);
    open(j, "{");
    string(j, "field", e->field);
    number(j, "index", e->index);
    if (e->record)
        string(j, "record", e->record);
    range(j, "bytes", e->begin, e->end);
    range(j, "utf16", e->utf16_begin, e->utf16_end);
    range(j, "code_points", e->point_begin, e->point_end);
    string(j, "matched", e->matched);
    string(j, "folded", e->folded);
    string(j, "term", e->term);
    key(j, "disguises");
    open(j, "[");
    for (unsigned i = 0; i < FORM_NAMES; i++) {
        if (e->forms & 1u << i) {
            next(j);
            out_json_string(j->o, form_token(i));
        }
    }
    close(j, "]");
    string(j, "excerpt", e->excerpt);
    if (e->guard)
        string(j, "guard", e->guard);
    close(j, "}");
}

static void citation(struct json *j, const struct rls_citation *c)
{
    next(j);
    open(j, "{");
    string(j, "source", c->source);
    string(j, "title", c->title);
    string(j, "number", c->number);
    string(j, "issuer", c->issuer);
    string(j, "clause", c->clause);
    string(j, "published", c->published);
    string(j, "from", c->from);
    string(j, "until", c->until);
    string(j, "url", c->url);
    string(j, "standing", c->standing);
    string(j, "text", c->text);
    close(j, "}");
}

static void texts(struct json *j, const char *name, const char *const *list, size_t n)
{
    key(j, name);
    open(j, "[");
    for (size_t i = 0; i < n; i++) {
        next(j);
        out_json_string(j->o, list[i]);
    }
    close(j, "]");
}

static void exception(struct json *j, const struct rls_exception *x, const char *lang)
{
    if (!x)
        return;
    key(j, "exception");
    open(j, "{");
    string(j, "id", x->id);
    string(j, "owner", x->owner);
    string(j, "reason", rls_exception_reason(x, lang));
    instant(j, "until", x->until);
    close(j, "}");
}

static void finding_lists(struct json *j, const struct rls_finding *f)
{
    const struct statement *s = f->statement;

    key(j, "evidence");
    open(j, "[");
    for (size_t i = 0; i < f->n_evidence; i++)
        evidence(j, &f->evidence[i]);
    close(j, "]");
    if (f->n_excused) {
        key(j, "excused");
        open(j, "[");
        for (size_t i = 0; i < f->n_excused; i++)
            evidence(j, &f->excused[i]);
        close(j, "]");
    }
    key(j, "citations");
    open(j, "[");
    for (size_t i = 0; i < s->n_citations; i++)
        citation(j, &s->citations[i]);
    close(j, "]");
    texts(j, "missing", f->missing, f->n_missing);
    if (f->n_candidates)
        texts(j, "candidates", f->candidates, f->n_candidates);
}

static void finding(struct json *j, const struct rls_finding *f, const char *lang)
{
    const struct ruling *o = &f->ruling;

    next(j);
    open(j, "{");
    string(j, "id", f->id);
    string(j, "rule", f->rule->id);
    string(j, "requirement", rls_finding_requirement(f));
    if (f->record)
        string(j, "record", f->record);
    if (f->record_id)
        string(j, "record_id", f->record_id);
    string(j, "version", f->version->name);
    string(j, "outcome", outcome_token(f->outcome));
    string(j, "verdict", verdict_token(f->verdict));
    string(j, "severity", o->severity);
    string(j, "mode", mode_token(f->mode));
    string(j, "standing", f->version->standing);
    string(j, "title", rls_rule_title(f->rule, lang));
    string(j, "message", rls_finding_message(f, lang));
    string(j, "remedy", rls_finding_remedy(f, lang));
    string(j, "action", o->action);
    if (o->points) {
        key(j, "points");
        out_thousandths(j->o, o->points);
    }
    exception(j, rls_finding_exception(f), lang);
    if (f->has_deadline)
        instant(j, "deadline", f->deadline);
    finding_lists(j, f);
    close(j, "}");
}

static void undecided(struct json *j, const struct rls_report *r)
{
    key(j, "undecided");
    open(j, "[");
    for (size_t i = 0; i < r->n_undecided; i++) {
        next(j);
        open(j, "{");
        string(j, "fact", r->undecided[i].fact);
        number(j, "rules", r->undecided[i].rules);
        close(j, "}");
    }
    close(j, "]");
}

static void assumptions(struct json *j, const struct rls_report *r)
{
    key(j, "assumptions");
    open(j, "[");
    for (size_t i = 0; i < r->n_assumptions; i++) {
        next(j);
        open(j, "{");
        string(j, "fact", r->assumptions[i].fact);
        string(j, "value", r->assumptions[i].value);
        close(j, "}");
    }
    close(j, "]");
}

static void notes(struct json *j, const struct rls_report *r, bool en)
{
    key(j, "notes");
    open(j, "[");
    for (size_t i = 0; i < r->n_notes; i++) {
        next(j);
        open(j, "{");
        code(j, "code", r->notes[i].code);
        string(j, "field", r->notes[i].field);
        string(j, "message", en ? r->notes[i].message : r->notes[i].message_zh);
        close(j, "}");
    }
    close(j, "]");
}

static void milestones(struct json *j, const struct rls_report *r, const char *lang)
{
    if (!r->n_milestones)
        return;
    key(j, "milestones");
    open(j, "[");
    for (size_t i = 0; i < r->n_milestones; i++) {
        const struct rls_milestone *m = &r->milestones[i].view;

        next(j);
        open(j, "{");
        string(j, "rule", m->rule->id);
        string(j, "id", m->id);
        string(j, "record", m->record);
        string(j, "title", rls_milestone_title(m, lang));
        instant(j, "instant", m->instant);
        close(j, "}");
    }
    close(j, "]");
}

/* Enough to reproduce the report years later. */
static void provenance(struct json *j, const struct rls_report *r)
{
    uint8_t digest[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    rls_report_digest(r, digest);
    digest_hex(digest, hex);
    string(j, "digest", hex);
    key(j, "engine");
    open(j, "{");
    string(j, "version", rls_version_string());
    string(j, "unicode", rls_unicode_version());
    string(j, "tables", rls_tables_digest());
    digest_hex(r->set->digest, hex);
    string(j, "set", hex);
    number(j, "rules", r->set->n_rules);
    close(j, "}");
}

void write_json(struct out *o, const struct rls_report *r, const char *lang, bool one_line)
{
    struct json j = {.o = o, .one_line = one_line};
    bool en = lang[0] == 'e';

    open(&j, "{");
    string(&j, "format", "librules-report-1");
    string(&j, "id", r->document_id);
    string(&j, "subject", subject_token(r->subject));
    string(&j, "verdict", verdict_token(r->verdict));
    truth(&j, "complete", r->complete);
    number(&j, "truncated", r->truncated);
    instant(&j, "now", r->options.now);
    instant(&j, "as_of", r->options.as_of);
    string(&j, "profile", r->options.profile);
    if (r->next_instant != INT64_MAX)
        instant(&j, "next_instant", r->next_instant);
    key(&j, "findings");
    open(&j, "[");
    for (size_t i = 0; i < r->n_findings; i++)
        finding(&j, &r->findings[i], lang);
    close(&j, "]");
    milestones(&j, r, lang);
    undecided(&j, r);
    assumptions(&j, r);
    notes(&j, r, en);
    provenance(&j, r);
    close(&j, "}");
    out_bytes(o, "\n", 1);
}
