/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/assumed.h"

#include <string.h>

#include "eval/options.h"

/* Whether some record of the collection has no value of its member. */
static bool some_lack(const struct facts *f, uint32_t collection, uint32_t field)
{
    uint32_t records = 0, having = 0, last = 0;

    for (uint32_t r = 1; r < f->n_records; r++)
        records += f->records[r].collection == collection;
    /* Values of a record stand together. */
    for (uint32_t i = facts_first(f, field); i; i = f->items[i].next) {
        having += f->items[i].record != 0 && f->items[i].record != last;
        last = f->items[i].record;
    }
    return having < records;
}

/* Whether a field that has an assumed value needs it. */
static bool lacks_value(const struct facts *f, uint32_t id)
{
    const struct field *field = &f->vocabulary->fields[id];

    if (!(field->subjects & 1u << f->subject))
        return false;
    return field->collection == COLLECTION_NONE ? !facts_first(f, id)
                                                : some_lack(f, field->collection, id);
}

int add_assumed_facts(struct rls_evaluator *ev)
{
    const struct vocabulary *v = &ev->set->vocabulary;

    ev->assumed_from = ev->facts.n_items;
    for (uint32_t i = 0; i < ev->set->n_assumed; i++) {
        const uint32_t id = ev->set->assumed[i];
        const struct field *f = &v->fields[id];
        enum facts_status st;

        if (f->collection != COLLECTION_NONE && budget_is_spent(&ev->budget))
            return RLS_OK;
        if (!lacks_value(&ev->facts, id))
            continue;
        st = facts_text(&ev->facts, f->name, strlen(f->name), f->assumed, strlen(f->assumed));
        if (st != FACTS_OK)
            return facts_error(st);
    }
    return RLS_OK;
}
