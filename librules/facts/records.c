/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/facts.h"

#include <string.h>

/* Which facts belong together: the objects of arrays. */

uint32_t facts_collection(const struct facts *f, const char *path, size_t len)
{
    uint32_t c = vocabulary_collection(f->vocabulary, f->subject, path, len);

    if (c == COLLECTION_NONE ||
        f->vocabulary->collections[c].parent != f->records[f->open].collection)
        return COLLECTION_NONE;
    return c;
}

static uint32_t find_list(const struct facts *f, uint32_t record, uint32_t collection)
{
    uint32_t at = f->records[record].lists;

    while (at && f->lists[at - 1].collection != collection)
        at = f->lists[at - 1].next;
    return at;
}

const struct record_list *facts_list(const struct facts *f, uint32_t record, uint32_t collection)
{
    uint32_t at = find_list(f, record, collection);

    return at ? &f->lists[at - 1] : NULL;
}

enum facts_status facts_begin_list(struct facts *f, uint32_t collection)
{
    struct record *in = &f->records[f->open];

    if (find_list(f, f->open, collection))
        return FACTS_OK;
    if (f->n_lists >= f->max_items)
        return FACTS_LIMIT;
    if (!mem_grow(&f->mem, &f->lists, &f->cap_lists, (size_t)f->n_lists + 1, sizeof *f->lists))
        return FACTS_MEMORY;
    f->lists[f->n_lists] = (struct record_list){.collection = collection, .next = in->lists};
    in->lists = ++f->n_lists;
    f->listed[collection] = true;
    return FACTS_OK;
}

enum facts_status facts_odd_list(struct facts *f, uint32_t collection, enum hint shape)
{
    const char *name = f->vocabulary->collections[collection].name;
    enum facts_status status = facts_begin_list(f, collection);

    if (status != FACTS_OK)
        return status;
    f->lists[find_list(f, f->open, collection) - 1].unclear = true;
    f->odd[collection] = f->any_odd = true;
    return facts_tell(f, &(struct fact_note){.code = MSG_WRONG_SHAPE,
                                             .field = name,
                                             .field_len = strlen(name),
                                             .words = {shape, HINT_SHAPE_RECORDS}});
}

enum facts_status facts_begin_record(struct facts *f, uint32_t collection)
{
    enum facts_status status = facts_begin_list(f, collection);
    uint32_t record = f->n_records;
    struct record_list *list;

    if (status != FACTS_OK)
        return status;
    if (record > f->max_items)
        return FACTS_LIMIT;
    if (!mem_grow(&f->mem, &f->records, &f->cap_records, (size_t)record + 1, sizeof *f->records))
        return FACTS_MEMORY;
    list = &f->lists[find_list(f, f->open, collection) - 1];
    f->records[record] = (struct record){.collection = collection,
                                         .parent = f->open,
                                         .index = list->last ? f->records[list->last].index + 1 : 0,
                                         .begin = f->n_items,
                                         .end = f->n_items};
    if (list->last)
        f->records[list->last].next = record;
    else
        list->first = record;
    list->last = record;
    f->n_records++;
    f->open = record;
    return FACTS_OK;
}

static uint32_t collection_of(const struct facts *f, uint32_t field)
{
    return field < f->vocabulary->count ? f->vocabulary->fields[field].collection : COLLECTION_NONE;
}

bool facts_records_odd(const struct facts *f, uint32_t field)
{
    uint32_t collection = collection_of(f, field);

    return collection != COLLECTION_NONE && f->odd[collection];
}

bool facts_records_unknown(const struct facts *f, uint32_t field)
{
    uint32_t collection = collection_of(f, field);
    const struct collection *c;

    if (collection == COLLECTION_NONE)
        return false;
    c = &f->vocabulary->collections[collection];
    return f->odd[collection] || (!f->listed[collection] && c->absence == ABSENT_UNKNOWN &&
                                  !facts_part_is_complete(f, c->name));
}

void facts_end_record(struct facts *f)
{
    struct record *r = &f->records[f->open];

    r->end = f->n_items;
    f->open = r->parent;
}

bool facts_member_path(struct facts *f, const char *name, struct rls_text *out)
{
    const char *in = f->vocabulary->collections[f->records[f->open].collection].name;
    size_t n = strlen(in), len = strlen(name);
    char *path = arena_alloc(&f->copies, n + len + 2);

    if (!path)
        return false;
    memcpy(path, in, n);
    path[n] = '.';
    memcpy(path + n + 1, name, len + 1);
    *out = (struct rls_text){path, n + 1 + len};
    return true;
}

enum facts_status facts_index(struct facts *f)
{
    uint32_t n_fields = f->vocabulary->count, n = 0;

    if (f->n_records == 1)
        return FACTS_OK;
    if (!mem_grow(&f->mem, &f->members, &f->cap_members, f->n_items, sizeof *f->members) ||
        !mem_grow(&f->mem, &f->members_begin, &f->cap_members_begin, (size_t)n_fields + 1,
                  sizeof *f->members_begin))
        return FACTS_MEMORY;
    for (uint32_t field = 0; field < n_fields; field++) {
        f->members_begin[field] = n;
        for (uint32_t i = f->first[field]; i; i = f->items[i].next)
            if (f->items[i].record)
                f->members[n++] = i;
    }
    f->members_begin[n_fields] = n;
    return FACTS_OK;
}

/* Of sorted items the first one that is not before an item. */
static const uint32_t *find_from(const uint32_t *at, const uint32_t *end, uint32_t item)
{
    while (at < end) {
        const uint32_t *middle = at + (end - at) / 2;

        if (*middle < item)
            at = middle + 1;
        else
            end = middle;
    }
    return at;
}

uint32_t facts_member_from(const struct facts *f, uint32_t field, uint32_t record, uint32_t item)
{
    const uint32_t *end = f->members + f->members_begin[field + 1];
    const uint32_t *at = find_from(f->members + f->members_begin[field], end, item);

    while (at < end && *at < f->records[record].end && f->items[*at].record != record)
        at++;
    return at < end && *at < f->records[record].end ? *at : 0;
}
