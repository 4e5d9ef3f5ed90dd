/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/label.h"

#include <string.h>

#include "eval/label_text.h"
#include "eval/options.h"
#include "eval/shown.h"
#include "facts/convert.h"

static bool is_scanned(struct rls_evaluator *ev, const char *text, size_t len)
{
    struct scanner *s = &ev->hits.scanner;

    s->max_hits = LIMIT_LABEL_NAMES;
    switch (scan_text(s, ev->set->labels->names, text, len)) {
    case SCAN_MEMORY:
        ev->out_of_memory = true;
        return false;
    case SCAN_STOPPED:
        return false;
    case SCAN_LIMIT:
        ev->labels_cut = true;
        break;
    case SCAN_OK:
        break;
    }
    return true;
}

static void find(struct rls_evaluator *ev, uint32_t term, struct label_value value)
{
    const struct label_name *name = &ev->set->labels->by_term[term];

    if (name->field == FIELD_UNKNOWN)
        return;
    if (ev->n_label_values == LIMIT_LABEL_VALUES) {
        ev->labels_cut = true;
        return;
    }
    if (!mem_grow(&ev->mem, &ev->label_values, &ev->cap_label_values, ev->n_label_values + 1,
                  sizeof *ev->label_values)) {
        ev->out_of_memory = true;
        return;
    }
    value.field = name->field;
    value.rank += name->weak;
    ev->label_values[ev->n_label_values++] = value;
}

/* Whether a key is one of the names. */
static bool is_named(struct rls_evaluator *ev, uint32_t item)
{
    const struct fact *f = &ev->facts.items[item];
    size_t begin = 0, end = f->key_len;

    label_trim(f->key, &begin, &end);
    if (begin == end || !is_scanned(ev, f->key + begin, end - begin))
        return false;
    for (size_t i = 0; i < ev->hits.scanner.n_hits; i++) {
        const struct hit *h = &ev->hits.scanner.hits[i];

        if (h->begin == 0 && h->end == end - begin) {
            find(ev, h->term, (struct label_value){.item = item, .end = (uint32_t)f->text_len});
            return true;
        }
    }
    return false;
}

static void read_text(struct rls_evaluator *ev, uint32_t item)
{
    const struct fact *f = &ev->facts.items[item];
    struct label_walk walk;
    struct label_part part;

    if (!is_scanned(ev, f->text, f->text_len))
        return;
    label_walk_begin(&walk, f->text, f->text_len, ev->hits.scanner.hits, ev->hits.scanner.n_hits);
    while (label_walk_next(&walk, &part) && !ev->out_of_memory)
        find(ev, part.term,
             (struct label_value){.item = item,
                                  .begin = (uint32_t)part.begin,
                                  .end = (uint32_t)part.end,
                                  .rank = LABEL_READ});
}

static void look_at(struct rls_evaluator *ev, uint32_t item)
{
    const struct label_names *names = ev->set->labels;
    const struct fact *f = &ev->facts.items[item];

    if (f->field == FIELD_UNKNOWN || !f->text || f->text_len > INT32_MAX)
        return;
    if (f->field == names->attributes)
        is_named(ev, item);
    else if (f->field == names->members ? !is_named(ev, item) : names->texts[f->field])
        read_text(ev, item);
}

static bool is_readable(const struct rls_text *text, uint32_t type)
{
    struct fact value = {.text = text->data, .text_len = text->len};

    return convert_text(&value, type) == FACTS_OK && value.state == VALUE_KNOWN;
}

/* Leaves a remark away where that makes the value readable; whether it is now. */
static bool narrow(const char *text, size_t begin, size_t *end, uint32_t type)
{
    struct rls_text whole = {text + begin, *end - begin}, part = whole;

    if (is_readable(&whole, type))
        return true;
    part.len = label_before_remark(text, begin, *end) - begin;
    if (part.len == whole.len || !is_readable(&part, type))
        return false;
    *end = begin + part.len;
    return true;
}

static const struct html_map *map_of(struct facts *f, uint32_t item, size_t begin, size_t end)
{
    const struct html_map *of = f->items[item].map;
    const struct html_run whole = {0, 0, 0}, *runs = &whole;
    struct html_map *map = arena_alloc(&f->copies, sizeof *map);
    struct html_run *kept;
    size_t n = 1;

    if (of)
        runs = html_runs(of, begin, end, &n);
    kept = arena_copy(&f->copies, runs, n * sizeof *runs);
    if (!map || !kept)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t before = kept[i].text < begin ? begin - kept[i].text : 0;

        /* Of the run that the value begins within, the rest. */
        if (!kept[i].end)
            kept[i].source += (uint32_t)before;
        kept[i].text = before ? 0 : kept[i].text - (uint32_t)begin;
    }
    *map = of ? (struct html_map){of->source, of->source_len, kept, n}
              : (struct html_map){f->items[item].text, f->items[item].text_len, kept, n};
    return map;
}

enum facts_status label_add(struct facts *f, uint32_t field, uint32_t item, size_t begin,
                            size_t end)
{
    const struct html_map *map = map_of(f, item, begin, end);
    struct rls_text text = {f->items[item].text + begin, end - begin};

    return map ? facts_read(f, field, shown_origin(f, item), text, map) : FACTS_MEMORY;
}

/* Whether the field has the value already. */
static bool is_there(const struct facts *f, uint32_t field, struct rls_text text)
{
    for (uint32_t i = facts_first(f, field); i; i = f->items[i].next)
        if (f->items[i].text_len == text.len && f->items[i].text &&
            memcmp(f->items[i].text, text.data, text.len) == 0)
            return true;
    return false;
}

static enum facts_status add_value(struct facts *f, const struct label_value *v)
{
    uint32_t type = f->vocabulary->fields[v->field].type;
    const char *text = f->items[v->item].text;
    size_t begin = v->begin, end = v->end;
    struct rls_text value;
    bool readable;

    label_trim(text, &begin, &end);
    readable = narrow(text, begin, &end, type);
    value = (struct rls_text){text + begin, end - begin};
    if (begin == end || (!readable && v->rank & LABEL_WEAK) || is_there(f, v->field, value))
        return FACTS_OK;
    return label_add(f, v->field, v->item, begin, end);
}

/* Values of one rank, of fields that have none of those before. */
static enum facts_status add_rank(struct rls_evaluator *ev, uint32_t rank)
{
    struct facts *f = &ev->facts;
    uint32_t before = f->n_items;
    enum facts_status status = FACTS_OK;

    for (size_t i = 0; i < ev->n_label_values && status == FACTS_OK; i++) {
        const struct label_value *v = &ev->label_values[i];
        uint32_t first = facts_first(f, v->field);

        if (v->rank != rank || (first && first < before))
            continue;
        if (budget_is_spent(&ev->budget))
            return FACTS_OK;
        status = add_value(f, v);
    }
    return status;
}

int label_read(struct rls_evaluator *ev)
{
    enum facts_status status = FACTS_OK;

    ev->out_of_memory = false;
    ev->n_label_values = 0;
    if (!ev->set->labels || ev->facts.subject != RLS_LISTING)
        return RLS_OK;
    for (uint32_t i = 1, n = ev->facts.n_items; i < n && !ev->out_of_memory; i++) {
        if (budget_is_spent(&ev->budget))
            return RLS_OK;
        look_at(ev, i);
    }
    if (ev->out_of_memory)
        return RLS_ERR_MEMORY;
    for (uint32_t rank = 0; rank < LABEL_RANKS && status == FACTS_OK; rank++)
        status = add_rank(ev, rank);
    return facts_error(status);
}
