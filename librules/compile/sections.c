/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* The clauses of sources. */

/* Finds or adds "source NUL clause", which no other pair of them equals. */
static uint32_t clause_id(struct build *b, const struct part *part, struct intern *add,
                          const struct attribute *source, const struct attribute *clause)
{
    size_t len = source->length + 1 + clause->length;
    char *key = need(b, arena_alloc(b->scratch, len));
    uint32_t id;

    if (!key)
        return INTERN_NONE;
    memcpy(key, source->value, source->length + 1);
    memcpy(key + source->length + 1, clause->value, clause->length);
    if (!add)
        return intern_find(&part->clauses, key, len);
    id = intern_add(add, key, len);
    if (id == INTERN_NONE)
        b->failed = true;
    return id;
}

static const struct attribute *usable(const struct element *e, enum attribute_kind kind)
{
    const struct attribute *a = attribute_of(e, kind);

    return a && a->choice != CHOICE_NONE ? a : NULL;
}

static void repeated(struct build *b, const struct part *part, const struct element *e,
                     const struct element *first)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_CLAUSE);
    char line[NUMBER_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_DUPLICATE_ID,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, message_number(line_of(part, first), line)}});
}

static void read_section(struct build *b, struct part *part, const struct element *e,
                         struct section *out)
{
    size_t errors = b->d->count[RLS_ERROR];
    struct civil civil;

    *out = (struct section){.element = e,
                            .text = keep_words(b, e),
                            .from = keep_text(b, value_of(e, ATTRIBUTE_FROM)),
                            .until = keep_until(b, e),
                            .begins = INT64_MIN,
                            .ends = INT64_MAX,
                            .standing = chosen_of(e, ATTRIBUTE_STANDING)};
    (void)read_day(b, part, e, ATTRIBUTE_FROM, &civil);
    (void)read_day(b, part, e, ATTRIBUTE_UNTIL, &civil);
    (void)read_day(b, part, e, ATTRIBUTE_THROUGH, &civil);
    /* A day that cannot be read was reported. */
    if (b->d->count[RLS_ERROR] == errors)
        read_period(b, part, e, &out->begins, &out->ends);
}

static void enter_section(struct build *b, struct part *part, const struct element *e)
{
    const struct attribute *source = usable(e, ATTRIBUTE_SOURCE);
    const struct attribute *clause = usable(e, ATTRIBUTE_CLAUSE);
    uint32_t known = part->clauses.count, id;

    if (!source || !clause)
        return;
    id = names_resolve(&part->sources, b, part, e, source,
                       &(struct item){source->value, source->length, 0}, MSG_UNKNOWN_SOURCE);
    if (id == INTERN_NONE)
        return;
    part->cited[id].divided = true;
    id = clause_id(b, part, &part->clauses, source, clause);
    if (b->failed)
        return;
    if (id < known)
        repeated(b, part, e, part->sections[id].element);
    else
        read_section(b, part, e, &part->sections[id]);
}

void enter_sections(struct build *b, struct part *part)
{
    uint32_t n = 0;

    for (const struct element *e = child_of(part->root, ELEMENT_SECTION); e; e = next_of(e))
        n++;
    part->sections = need(b, arena_array(b->scratch, n, sizeof *part->sections));
    for (const struct element *e = child_of(part->root, ELEMENT_SECTION); e && !b->failed;
         e = next_of(e))
        enter_section(b, part, e);
}

const struct section *find_section(struct build *b, const struct part *part,
                                   const struct element *cite)
{
    const struct attribute *source = usable(cite, ATTRIBUTE_SOURCE);
    const struct attribute *clause = usable(cite, ATTRIBUTE_CLAUSE);
    uint32_t id = source && clause ? clause_id(b, part, NULL, source, clause) : INTERN_NONE;

    return id == INTERN_NONE ? NULL : &part->sections[id];
}

/* The clause of the source that is most like the one cited. */
static const char *nearest_clause(struct build *b, const struct part *part, const char *source,
                                  const struct attribute *clause)
{
    struct nearest n = {0};
    bool search = part->sections && may_compare(b, part->clauses.count);

    for (uint32_t id = 0; search && id < part->clauses.count; id++) {
        const struct element *e = part->sections[id].element;

        if (strcmp(value_of(e, ATTRIBUTE_SOURCE), source) == 0)
            nearest_offer(&n, clause->value, clause->length, value_of(e, ATTRIBUTE_CLAUSE));
    }
    return n.best;
}

const struct section *resolve_section(struct build *b, struct part *part,
                                      const struct element *cite, const struct cited *source)
{
    const struct attribute *clause = usable(cite, ATTRIBUTE_CLAUSE);
    const struct section *found = find_section(b, part, cite);
    const char *best;

    if (found || !clause || !source->divided || part->doc->broken)
        return found;
    best = nearest_clause(b, part, source->citation.source, clause);
    complain(b->d, part->doc, cite,
             &(struct complaint){.message = MSG_UNKNOWN_SECTION,
                                 .place = value_place(part->doc, clause, 0, clause->length),
                                 .args = {source->citation.source, clause->value},
                                 .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {best}});
    return NULL;
}
