/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/strange.h"

#include <string.h>

#include "base/messages.h"
#include "set/named.h"

static enum facts_status note_values(struct rls_evaluator *ev, const struct named_values *named)
{
    const char *path = ev->set->vocabulary.fields[named->field].name;
    enum facts_status st = FACTS_OK;

    for (uint32_t i = facts_first(&ev->facts, named->field); i && st == FACTS_OK;
         i = ev->facts.items[i].next) {
        struct fact_note note = {.code = MSG_STRANGE_VALUE,
                                 .field = path,
                                 .field_len = strlen(path),
                                 .value = {ev->facts.items[i].text, ev->facts.items[i].text_len}};

        if (note.value.data && !named_values_hold(named, note.value, &note.near))
            st = facts_tell(&ev->facts, &note);
    }
    return st;
}

int note_strange_values(struct rls_evaluator *ev)
{
    enum facts_status st = FACTS_OK;

    for (uint32_t i = 0; i < ev->set->n_named && st == FACTS_OK; i++)
        if (ev->set->vocabulary.fields[ev->set->named[i].field].subjects & 1u << ev->facts.subject)
            st = note_values(ev, &ev->set->named[i]);
    return facts_error(st);
}
