/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "finding/finding.h"

static const char *copy_text(struct arena *a, const char *s, bool *ok)
{
    const char *copy;

    if (!s)
        return NULL;
    copy = arena_text(a, s, strlen(s));
    *ok = *ok && copy;
    return copy;
}

static const char *const *copy_texts(struct arena *a, const char *const *from, size_t n, bool *ok)
{
    const char **to = arena_array(a, n, sizeof *to);

    *ok = *ok && to;
    for (size_t i = 0; *ok && i < n; i++)
        to[i] = copy_text(a, from[i], ok);
    return to;
}

static struct rls_evidence *copy_evidence(struct arena *a, const struct rls_evidence *from,
                                          size_t n, bool *ok)
{
    struct rls_evidence *to = arena_array(a, n, sizeof *to);

    *ok = *ok && to;
    for (size_t i = 0; *ok && i < n; i++) {
        to[i] = from[i];
        to[i].field = copy_text(a, to[i].field, ok);
        to[i].record = copy_text(a, to[i].record, ok);
        to[i].excerpt = copy_text(a, to[i].excerpt, ok);
        to[i].matched = copy_text(a, to[i].matched, ok);
        to[i].folded = copy_text(a, to[i].folded, ok);
        /* term and guard lie in the set */
    }
    return to;
}

static bool copy_finding(struct rls_report *to, const struct rls_finding *from)
{
    struct arena *a = &to->arena;
    struct rls_finding f = *from;
    bool ok = true;

    f.evidence = copy_evidence(a, from->evidence, from->n_evidence, &ok);
    f.record = copy_text(a, from->record, &ok);
    f.record_id = copy_text(a, from->record_id, &ok);
    f.excused = copy_evidence(a, from->excused, from->n_excused, &ok);
    f.missing = copy_texts(a, from->missing, from->n_missing, &ok);
    f.candidates = copy_texts(a, from->candidates, from->n_candidates, &ok);
    return ok && report_add_finding(to, &f);
}

static bool copy_lists(struct rls_report *to, const struct rls_report *from)
{
    struct arena *a = &to->arena;
    bool ok = true;

    for (size_t i = 0; ok && i < from->n_findings; i++)
        ok = copy_finding(to, &from->findings[i]);
    for (size_t i = 0; ok && i < from->n_undecided; i++) {
        const char *fact = copy_text(a, from->undecided[i].fact, &ok);
        ok = ok && report_add_undecided(to, fact);
        if (ok)
            to->undecided[i].rules = from->undecided[i].rules;
    }
    for (size_t i = 0; ok && i < from->n_assumptions; i++) {
        const char *fact = copy_text(a, from->assumptions[i].fact, &ok);
        const char *value = copy_text(a, from->assumptions[i].value, &ok);
        ok = ok && report_add_assumption(to, fact, value);
    }
    for (size_t i = 0; ok && i < from->n_notes; i++) {
        struct rls_note note = from->notes[i];
        note.field = copy_text(a, note.field, &ok);
        note.message = copy_text(a, note.message, &ok);
        note.message_zh = copy_text(a, note.message_zh, &ok);
        ok = ok && report_add_note(to, &note);
    }
    for (size_t i = 0; ok && i < from->n_milestones; i++) {
        struct reported_milestone m = from->milestones[i];
        m.view.record = copy_text(a, m.view.record, &ok);
        ok = ok && report_add_milestone(to, &m);
    }
    return ok;
}

static bool copy_options(struct rls_report *to, const struct rls_report *from)
{
    struct report_options *o = &to->options;
    bool ok = true;

    *o = from->options;
    o->platform = copy_text(&to->arena, o->platform, &ok);
    o->channel = copy_text(&to->arena, o->channel, &ok);
    o->destinations = copy_texts(&to->arena, o->destinations, o->n_destinations, &ok);
    return ok;
}

int rls_report_copy(struct rls_report **out, const struct rls_report *r)
{
    struct rls_report *copy;
    bool ok = true;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    if (!r)
        return RLS_ERR_ARGUMENT;
    copy = mem_alloc(&r->arena.mem, sizeof *copy);
    if (!copy)
        return RLS_ERR_MEMORY;
    report_init(copy, &r->arena.mem);
    report_reset(copy, r->set);
    copy->complete = r->complete;
    copy->subject = r->subject;
    copy->verdict = r->verdict;
    copy->truncated = r->truncated;
    copy->next_instant = r->next_instant;
    copy->document_id = copy_text(&copy->arena, r->document_id, &ok);
    if (!ok || !copy_options(copy, r) || !copy_lists(copy, r)) {
        rls_report_free(copy);
        return RLS_ERR_MEMORY;
    }
    *out = copy;
    return RLS_OK;
}

void rls_report_free(struct rls_report *r)
{
    struct mem mem;

    if (!r || r->borrowed)
        return;
    mem = r->arena.mem;
    report_clear(r);
    mem_release(&mem, r, sizeof *r);
}
