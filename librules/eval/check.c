/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "eval/assumed.h"
#include "eval/evaluator.h"
#include "eval/evidence.h"
#include "eval/judge.h"
#include "eval/label.h"
#include "eval/notes.h"
#include "eval/options.h"
#include "eval/shown.h"
#include "eval/strange.h"

static bool has_fact(const struct rls_evaluator *ev, const char *path)
{
    const char *key;
    size_t key_len;
    uint32_t field = vocabulary_find(&ev->set->vocabulary, ev->facts.subject, path, strlen(path),
                                     &key, &key_len);

    return field != FIELD_UNKNOWN && facts_first(&ev->facts, field);
}

/* Where a document says nothing, the call's options do. */
static int add_option_facts(struct rls_evaluator *ev, const struct report_options *o)
{
    int st = RLS_OK;

    if (o->platform && !has_fact(ev, "platform"))
        st = facts_error(facts_text(&ev->facts, "platform", 8, o->platform, strlen(o->platform)));
    if (st == RLS_OK && o->channel && !has_fact(ev, "channel"))
        st = facts_error(facts_text(&ev->facts, "channel", 7, o->channel, strlen(o->channel)));
    if (o->n_destinations && has_fact(ev, "destinations"))
        return st;
    for (size_t i = 0; st == RLS_OK && i < o->n_destinations; i++)
        st = facts_error(facts_text(&ev->facts, "destinations", 12, o->destinations[i],
                                    strlen(o->destinations[i])));
    return st;
}

static const char *keep(struct rls_evaluator *ev, const char *s, size_t len)
{
    const char *copy = arena_text(&ev->report.arena, s, len);

    if (!copy)
        ev->out_of_memory = true;
    return copy;
}

static int take_options(struct rls_evaluator *ev, const struct rls_check_options *given)
{
    struct report_options *o = &ev->report.options;
    const char **names = arena_array(&ev->report.arena, given->n_destinations, sizeof *names);

    *o = (struct report_options){.now = given->now,
                                 .as_of = given->as_of,
                                 .flags = given->flags,
                                 .max_findings = given->max_findings,
                                 .excerpt_bytes = given->excerpt_bytes,
                                 .language = language_name(given->language)};
    if (!names)
        return RLS_ERR_MEMORY;
    o->profile = ev->profile ? rls_profile_id(ev->profile) : NULL;
    memcpy(o->params, ev->params.digest, DIGEST_BYTES);
    o->clock = given->has & RLS_HAS_NOW ? given->now : given->as_of;
    if (given->platform)
        o->platform = keep(ev, given->platform, strlen(given->platform));
    if (given->channel)
        o->channel = keep(ev, given->channel, strlen(given->channel));
    for (size_t i = 0; i < given->n_destinations; i++)
        names[i] = keep(ev, given->destinations[i].data, given->destinations[i].len);
    o->destinations = names;
    o->n_destinations = given->n_destinations;
    ev->excerpt_bytes = given->excerpt_bytes;
    return ev->out_of_memory ? RLS_ERR_MEMORY : RLS_OK;
}

static void raise_to_review(struct rls_report *r)
{
    r->complete = false;
    if (r->verdict < RLS_REVIEW)
        r->verdict = RLS_REVIEW;
}

static int add_limit_notes(struct rls_evaluator *ev, bool late)
{
    for (size_t i = 0; i < ev->hits.n_cut; i++) {
        const char *path = evidence_path(ev, &ev->facts.items[ev->hits.cut[i]]);

        if (!path || !add_note(ev, MSG_LIMIT_HITS, path))
            return RLS_ERR_MEMORY;
    }
    if (ev->records_cut && !add_note(ev, MSG_LIMIT_RECORDS, NULL))
        return RLS_ERR_MEMORY;
    if (ev->labels_cut && !add_note(ev, MSG_LIMIT_LABELS, NULL))
        return RLS_ERR_MEMORY;
    if (late && !add_note(ev, MSG_LIMIT_DEADLINE, NULL))
        return RLS_ERR_MEMORY;
    if (ev->report.truncated && !add_note(ev, MSG_LIMIT_FINDINGS, NULL))
        return RLS_ERR_MEMORY;
    return RLS_OK;
}

static void scan_facts(struct rls_evaluator *ev)
{
    const struct facts *f = &ev->facts;

    hits_reset(&ev->hits);
    spacing_reset(&ev->spacing);
    ev->record_looks = 0;
    ev->records_cut = false;
    insides_reset(&ev->insides);
    for (uint32_t i = 1; i < f->n_items && !budget_is_spent(&ev->budget); i++) {
        const struct fact *value = &f->items[i];

        if (value->field == FIELD_UNKNOWN || !value->text || !ev->set->scanned[value->field])
            continue;
        if (hits_scan_soon(&ev->hits, ev->set, f, i) == SCAN_MEMORY) {
            ev->out_of_memory = true;
            return;
        }
    }
    if (hits_scan_rest(&ev->hits, ev->set, f) == SCAN_MEMORY)
        ev->out_of_memory = true;
}

static void judge_rules(struct rls_evaluator *ev)
{
    for (size_t i = 0; i < ev->n_candidates && !budget_is_spent(&ev->budget); i++) {
        if (!judge_rule(ev, &ev->set->rules[ev->candidates[i]])) {
            ev->out_of_memory = true;
            return;
        }
    }
}

/* Listings and messages are there to be read; what is known of the others need not be text. */
static bool tells_something(const struct rls_evaluator *ev, const struct fact *value)
{
    const struct field *field;

    if (value->field == FIELD_UNKNOWN)
        return false;
    field = &ev->set->vocabulary.fields[value->field];
    if (ev->facts.subject == RLS_MERCHANT || ev->facts.subject == RLS_RULE_CHANGE)
        return strcmp(field->name, "id") != 0;
    return value->text && field->shown;
}

/* A document that nothing can be read from, or not rightly, is not judged whole. */
static int look_at_document(struct rls_evaluator *ev)
{
    bool tells = false;

    for (uint32_t i = 1; !tells && i < ev->assumed_from; i++)
        tells = tells_something(ev, &ev->facts.items[i]);
    if (!tells) {
        raise_to_review(&ev->report);
        if (!add_note(ev, MSG_NO_TEXT, NULL))
            return RLS_ERR_MEMORY;
    }
    for (size_t i = 0; i < ev->facts.n_notes; i++)
        if (ev->facts.notes[i].code == MSG_INVALID_UTF8)
            raise_to_review(&ev->report);
    return RLS_OK;
}

static int judge(struct rls_evaluator *ev)
{
    costs_lap(ev->costs, RLS_STAGE_READ);
    scan_facts(ev);
    costs_lap(ev->costs, RLS_STAGE_SCAN);
    if (ev->budget.stop == GO_ON && !ev->out_of_memory) {
        if (!wake_rules(ev))
            return RLS_ERR_MEMORY;
        ev->n_undecided = 0;
        if (ev->costs)
            costs_before_rules(ev);
        judge_rules(ev);
    }
    if (ev->out_of_memory)
        return RLS_ERR_MEMORY;
    /* A deadline that passes behind the last rule cuts nothing short; a token set by now does. */
    if (ev->budget.stop == STOP_CANCELLED || cancel_requested(ev->budget.cancel))
        return RLS_ERR_CANCELLED;
    if (ev->budget.stop == STOP_DEADLINE || ev->hits.n_cut || ev->records_cut || ev->labels_cut)
        raise_to_review(&ev->report);
    return add_limit_notes(ev, ev->budget.stop == STOP_DEADLINE);
}

static int prepare(struct rls_evaluator *ev, const struct rls_check_options *o)
{
    int st;

    report_reset(&ev->report, ev->set);
    ev->report.subject = ev->facts.subject;
    ev->out_of_memory = false;
    st = take_options(ev, o);
    if (st == RLS_OK && ev->facts.document_id) {
        ev->report.document_id = keep(ev, ev->facts.document_id, ev->facts.document_id_len);
        st = ev->report.document_id ? RLS_OK : RLS_ERR_MEMORY;
    }
    /* Hosts ask about what they give as an option once: rls_set_value_known. */
    if (st == RLS_OK)
        st = note_strange_values(ev);
    if (st == RLS_OK)
        st = add_option_facts(ev, &ev->report.options);
    if (st == RLS_OK)
        st = add_assumed_facts(ev);
    if (st == RLS_OK)
        st = add_document_notes(ev);
    return st == RLS_OK ? look_at_document(ev) : st;
}

static uint64_t deadline_at(uint64_t ns)
{
    uint64_t now = monotonic_ns();

    return ns < UINT64_MAX - now ? now + ns : UINT64_MAX;
}

int evaluator_check(struct rls_evaluator *ev, const struct rls_check_options *options,
                    const struct rls_report **out)
{
    struct rls_check_options o;
    int st = options_read(&o, options);

    if (st != RLS_OK)
        return st;
    ev->collecting = ev->checked = ev->labels_cut = false;
    ev->budget = (struct budget){o.cancel, o.deadline_ns ? deadline_at(o.deadline_ns) : 0, GO_ON};
    if (ev->costs)
        costs_of_document(ev);
    st = shown_read(ev);
    /* A page that was not read to its end is judged by nothing. */
    if (st == RLS_OK && ev->budget.stop == GO_ON)
        st = label_read(ev);
    if (st == RLS_OK && ev->budget.stop == GO_ON)
        st = readings_apply(ev);
    facts_close(&ev->facts);
    if (st == RLS_OK)
        st = facts_error(facts_index(&ev->facts));
    if (st == RLS_OK)
        st = prepare(ev, &o);
    if (st == RLS_OK)
        st = judge(ev);
    costs_lap(ev->costs, RLS_STAGE_REPORT);
    ev->budget = (struct budget){NULL, 0, GO_ON};
    ev->checked = st == RLS_OK;
    ev->rest = 1;
    if (st != RLS_OK)
        report_reset(&ev->report, ev->set);
    else if (out)
        *out = &ev->report;
    return st;
}
