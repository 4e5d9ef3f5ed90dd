/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/tracker.h>

#include "finding/finding.h"

static const struct rls_finding *find_id(const struct rls_report *r, const char *id)
{
    for (size_t i = 0; r && i < r->n_findings; i++)
        if (strcmp(r->findings[i].id, id) == 0)
            return &r->findings[i];
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_ruling(const struct ruling *a, const struct ruling *b)
{
    return a->points == b->points && same_text(a->severity, b->severity) &&
           same_text(a->action, b->action);
}

/* Whether two findings of one id say the same. */
static bool same(const struct rls_finding *a, const struct rls_finding *b)
{
    if (a->outcome != b->outcome || a->verdict != b->verdict || a->n_missing != b->n_missing ||
        a->has_deadline != b->has_deadline || (a->has_deadline && a->deadline != b->deadline) ||
        a->n_evidence != b->n_evidence || !same_ruling(&a->ruling, &b->ruling) ||
        strcmp(a->version->name, b->version->name) != 0)
        return false;
    for (size_t i = 0; i < a->n_evidence; i++)
        if (a->evidence[i].begin != b->evidence[i].begin ||
            a->evidence[i].end != b->evidence[i].end ||
            strcmp(a->evidence[i].field, b->evidence[i].field) != 0)
            return false;
    for (size_t i = 0; i < a->n_missing; i++)
        if (strcmp(a->missing[i], b->missing[i]) != 0)
            return false;
    return true;
}

int rls_report_diff(const struct rls_report *before, const struct rls_report *after,
                    rls_change_fn each, void *user)
{
    if (!each)
        return RLS_ERR_ARGUMENT;
    for (size_t i = 0; after && i < after->n_findings; i++) {
        const struct rls_finding *f = &after->findings[i], *old = find_id(before, f->id);

        if (old && same(old, f))
            continue;
        if (each(user, old ? RLS_AMENDED : RLS_NEW, f) != 0)
            return RLS_ERR_IO;
    }
    for (size_t i = 0; before && i < before->n_findings; i++) {
        const struct rls_finding *f = &before->findings[i];

        if (!find_id(after, f->id) && each(user, RLS_RETRACTED, f) != 0)
            return RLS_ERR_IO;
    }
    return RLS_OK;
}
