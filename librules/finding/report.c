/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "finding/finding.h"

const char *language_name(const char *lang)
{
    return lang && strcmp(lang, "en") == 0 ? "en" : "zh-CN";
}

bool language_known(const char *lang)
{
    return strcmp(lang, "en") == 0 || strcmp(lang, "zh-CN") == 0;
}

void report_init(struct rls_report *r, const struct mem *mem)
{
    *r = (struct rls_report){0};
    arena_init(&r->arena, mem);
}

void report_reset(struct rls_report *r, struct rls_set *set)
{
    arena_reset(&r->arena);
    if (r->set != set) {
        rls_set_unref(r->set);
        r->set = rls_set_ref(set);
    }
    r->complete = true;
    r->verdict = RLS_PASS;
    r->next_instant = INT64_MAX;
    r->document_id = NULL;
    r->truncated = r->n_findings = r->n_undecided = r->n_assumptions = r->n_notes = 0;
    r->n_milestones = 0;
    r->options = (struct report_options){0};
}

void report_clear(struct rls_report *r)
{
    const struct mem *mem = &r->arena.mem;

    mem_release(mem, r->findings, r->cap_findings * sizeof *r->findings);
    mem_release(mem, r->undecided, r->cap_undecided * sizeof *r->undecided);
    mem_release(mem, r->assumptions, r->cap_assumptions * sizeof *r->assumptions);
    mem_release(mem, r->notes, r->cap_notes * sizeof *r->notes);
    mem_release(mem, r->milestones, r->cap_milestones * sizeof *r->milestones);
    rls_set_unref(r->set);
    arena_clear(&r->arena);
}

size_t report_memory(const struct rls_report *r)
{
    return arena_memory(&r->arena) + r->cap_findings * sizeof *r->findings +
           r->cap_undecided * sizeof *r->undecided + r->cap_assumptions * sizeof *r->assumptions +
           r->cap_notes * sizeof *r->notes + r->cap_milestones * sizeof *r->milestones;
}

void report_expect(struct rls_report *r, int64_t instant)
{
    if (instant < r->next_instant)
        r->next_instant = instant;
}

bool report_add_finding(struct rls_report *r, const struct rls_finding *f)
{
    if (!mem_grow(&r->arena.mem, &r->findings, &r->cap_findings, r->n_findings + 1, sizeof *f))
        return false;
    r->findings[r->n_findings++] = *f;
    return true;
}

bool report_add_undecided(struct rls_report *r, const char *fact)
{
    for (size_t i = 0; i < r->n_undecided; i++) {
        if (strcmp(r->undecided[i].fact, fact) == 0) {
            r->undecided[i].rules++;
            return true;
        }
    }
    if (!mem_grow(&r->arena.mem, &r->undecided, &r->cap_undecided, r->n_undecided + 1,
                  sizeof *r->undecided))
        return false;
    r->undecided[r->n_undecided++] = (struct rls_undecided){sizeof *r->undecided, fact, 1};
    return true;
}

bool report_add_assumption(struct rls_report *r, const char *fact, const char *value)
{
    for (size_t i = 0; i < r->n_assumptions; i++)
        if (strcmp(r->assumptions[i].fact, fact) == 0)
            return true;
    if (!mem_grow(&r->arena.mem, &r->assumptions, &r->cap_assumptions, r->n_assumptions + 1,
                  sizeof *r->assumptions))
        return false;
    r->assumptions[r->n_assumptions++] =
        (struct rls_assumption){sizeof *r->assumptions, fact, value};
    return true;
}

bool report_add_note(struct rls_report *r, const struct rls_note *note)
{
    if (!mem_grow(&r->arena.mem, &r->notes, &r->cap_notes, r->n_notes + 1, sizeof *note))
        return false;
    r->notes[r->n_notes++] = *note;
    return true;
}

bool report_add_milestone(struct rls_report *r, const struct reported_milestone *m)
{
    if (!mem_grow(&r->arena.mem, &r->milestones, &r->cap_milestones, r->n_milestones + 1,
                  sizeof *m))
        return false;
    r->milestones[r->n_milestones++] = *m;
    return true;
}

uint32_t rls_report_verdict(const struct rls_report *r)
{
    return r->verdict;
}

bool rls_report_complete(const struct rls_report *r)
{
    return r->complete;
}

size_t rls_report_truncated(const struct rls_report *r)
{
    return r->truncated;
}

const char *rls_report_document_id(const struct rls_report *r)
{
    return r->document_id;
}

uint32_t rls_report_subject(const struct rls_report *r)
{
    return r->subject;
}

size_t rls_report_finding_count(const struct rls_report *r)
{
    return r->n_findings;
}

const struct rls_finding *rls_report_finding(const struct rls_report *r, size_t index)
{
    return index < r->n_findings ? &r->findings[index] : NULL;
}

size_t rls_report_undecided_count(const struct rls_report *r)
{
    return r->n_undecided;
}

const struct rls_undecided *rls_report_undecided(const struct rls_report *r, size_t index)
{
    return index < r->n_undecided ? &r->undecided[index] : NULL;
}

size_t rls_report_assumption_count(const struct rls_report *r)
{
    return r->n_assumptions;
}

const struct rls_assumption *rls_report_assumption(const struct rls_report *r, size_t index)
{
    return index < r->n_assumptions ? &r->assumptions[index] : NULL;
}

size_t rls_report_note_count(const struct rls_report *r)
{
    return r->n_notes;
}

const struct rls_note *rls_report_note(const struct rls_report *r, size_t index)
{
    return index < r->n_notes ? &r->notes[index] : NULL;
}

size_t rls_report_milestone_count(const struct rls_report *r)
{
    return r->n_milestones;
}

const struct rls_milestone *rls_report_milestone_at(const struct rls_report *r, size_t index)
{
    return index < r->n_milestones ? &r->milestones[index].view : NULL;
}

const char *rls_milestone_title(const struct rls_milestone *m, const char *lang)
{
    const char *title = words_in(((const struct reported_milestone *)m)->title, lang);

    return title ? title : m->id;
}

int64_t rls_report_now(const struct rls_report *r)
{
    return r->options.now;
}

bool rls_report_next_instant(const struct rls_report *r, int64_t *out)
{
    if (r->next_instant != INT64_MAX && out)
        *out = r->next_instant;
    return r->next_instant != INT64_MAX;
}

int64_t rls_report_as_of(const struct rls_report *r)
{
    return r->options.as_of;
}

struct rls_set *rls_report_set(const struct rls_report *r)
{
    return r->set;
}
