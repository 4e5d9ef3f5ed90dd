/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/label.h"
#include "eval/select.h"
#include "match/pattern.h"

/* One value and what was captured beside it. */
static enum facts_status add(struct facts *f, const struct text_reading *r, uint32_t item,
                             const struct capture *groups, size_t n)
{
    enum facts_status status =
        label_add(f, r->field, item, groups[r->value].begin, groups[r->value].end);

    for (size_t i = 1; i < n && status == FACTS_OK; i++)
        if (r->captures[i] != FIELD_UNKNOWN && groups[i].begin < groups[i].end)
            status = label_add(f, r->captures[i], item, groups[i].begin, groups[i].end);
    return status;
}

/* Whether a text has the value. */
static bool read_text(struct rls_evaluator *ev, const struct text_reading *r, uint32_t item,
                      enum facts_status *status)
{
    const struct fact *f = &ev->facts.items[item];
    struct capture groups[LIMIT_PATTERN_CAPTURES + 1];
    size_t n = 0;

    if (!f->text || f->text_len > INT32_MAX)
        return false;
    switch (pattern_search(&ev->hits.scanner, r->pattern, f->text, f->text_len, 0, groups,
                           sizeof groups / sizeof *groups, &n)) {
    case SCAN_MEMORY:
        *status = FACTS_MEMORY;
        return false;
    case SCAN_LIMIT:
        ev->labels_cut = true;
        return false;
    default:
        break;
    }
    /* A group that took no part in the match begins where it ends. */
    if (n == 0 || groups[r->value].begin >= groups[r->value].end)
        return false;
    *status = add(&ev->facts, r, item, groups, n);
    return true;
}

static bool read_field(struct rls_evaluator *ev, const struct text_reading *r,
                       const struct selector *s, enum facts_status *status)
{
    if (s->field == FIELD_EVERY) {
        for (uint32_t i = 1, n = ev->facts.n_items; i < n && *status == FACTS_OK; i++)
            if (selects(ev, s, i) && read_text(ev, r, i, status))
                return true;
        return false;
    }
    for (uint32_t i = select_first(ev, s); i && *status == FACTS_OK; i = select_next(ev, s, i))
        if (read_text(ev, r, i, status))
            return true;
    return false;
}

int readings_apply(struct rls_evaluator *ev)
{
    enum facts_status status = FACTS_OK;

    /* Nothing is assumed yet. */
    ev->assumed_from = UINT32_MAX;
    for (uint32_t i = 0; i < ev->set->n_readings && status == FACTS_OK; i++) {
        const struct text_reading *r = &ev->set->readings[i];
        bool found = facts_first(&ev->facts, r->field) ||
                     !(ev->set->vocabulary.fields[r->field].subjects & 1u << ev->facts.subject);

        for (uint32_t j = 0; j < r->n_selectors && !found && status == FACTS_OK; j++)
            found = read_field(ev, r, &r->selectors[j], &status);
    }
    return facts_error(status);
}
