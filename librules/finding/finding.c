/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

const struct rls_rule *rls_finding_rule(const struct rls_finding *f)
{
    return f->rule;
}

const char *rls_finding_id(const struct rls_finding *f)
{
    return f->id;
}

const char *rls_finding_version(const struct rls_finding *f)
{
    return f->version->name;
}

const char *rls_finding_requirement(const struct rls_finding *f)
{
    return f->requirement ? f->requirement->id : NULL;
}

const char *rls_finding_severity(const struct rls_finding *f)
{
    return f->ruling.severity;
}

size_t rls_finding_candidate_count(const struct rls_finding *f)
{
    return f->n_candidates;
}

const char *rls_finding_candidate(const struct rls_finding *f, size_t index)
{
    return index < f->n_candidates ? f->candidates[index] : NULL;
}

uint32_t rls_finding_outcome(const struct rls_finding *f)
{
    return f->outcome;
}

uint32_t rls_finding_verdict(const struct rls_finding *f)
{
    return f->verdict;
}

uint32_t rls_finding_mode(const struct rls_finding *f)
{
    return f->mode;
}

const struct rls_exception *rls_finding_exception(const struct rls_finding *f)
{
    return f->exception ? &f->exception->view : NULL;
}

const char *rls_finding_action(const struct rls_finding *f)
{
    return f->ruling.action;
}

int64_t rls_finding_points(const struct rls_finding *f)
{
    return f->ruling.points;
}

const char *rls_finding_message(const struct rls_finding *f, const char *lang)
{
    const char *text = words_in(&f->statement->message, lang ? lang : f->language);

    return text ? text : "";
}

const char *rls_finding_remedy(const struct rls_finding *f, const char *lang)
{
    return words_in(&f->statement->remedy, lang ? lang : f->language);
}

size_t rls_finding_evidence_count(const struct rls_finding *f)
{
    return f->n_evidence;
}

const char *rls_finding_record(const struct rls_finding *f)
{
    return f->record;
}

const char *rls_finding_record_id(const struct rls_finding *f)
{
    return f->record_id;
}

size_t rls_finding_excused_count(const struct rls_finding *f)
{
    return f->n_excused;
}

const struct rls_evidence *rls_finding_excused(const struct rls_finding *f, size_t index)
{
    return index < f->n_excused ? &f->excused[index] : NULL;
}

const struct rls_evidence *rls_finding_evidence(const struct rls_finding *f, size_t index)
{
    return index < f->n_evidence ? &f->evidence[index] : NULL;
}

size_t rls_finding_citation_count(const struct rls_finding *f)
{
    return f->statement->n_citations;
}

const struct rls_citation *rls_finding_citation(const struct rls_finding *f, size_t index)
{
    return index < f->statement->n_citations ? &f->statement->citations[index] : NULL;
}

bool rls_finding_deadline(const struct rls_finding *f, int64_t *out)
{
    if (f->has_deadline && out)
        *out = f->deadline;
    return f->has_deadline;
}

size_t rls_finding_missing_count(const struct rls_finding *f)
{
    return f->n_missing;
}

const char *rls_finding_missing(const struct rls_finding *f, size_t index)
{
    return index < f->n_missing ? f->missing[index] : NULL;
}
