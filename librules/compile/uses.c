/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* Rule sets that refer to what others hold. */

static int by_ruleset(const void *left, const void *right)
{
    const struct part *const *a = left, *const *b = right;

    return strcmp((*a)->id, (*b)->id);
}

/* The parts in the order of their ids. */
static struct part **sort_parts(struct build *b)
{
    struct part **parts = need(b, arena_array(b->scratch, b->n_parts, sizeof(struct part *)));

    if (!parts)
        return NULL;
    for (uint32_t i = 0; i < b->n_parts; i++)
        parts[i] = &b->parts[i];
    qsort(parts, b->n_parts, sizeof *parts, by_ruleset);
    return parts;
}

/* As strcmp, of an id that is no string of its own. */
static int compare_id(const char *id, size_t len, const char *other)
{
    int order = strncmp(id, other, len);

    return order ? order : -(other[len] != '\0');
}

struct part *part_find(const struct build *b, const char *id, size_t len)
{
    uint32_t low = 0, high = b->n_parts;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = compare_id(id, len, b->by_ruleset[mid]->id);

        if (order == 0)
            return b->by_ruleset[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

static const char *nearest_part(struct build *b, const char *id)
{
    struct nearest n = {0};
    bool search = may_compare(b, b->n_parts);

    for (uint32_t i = 0; search && i < b->n_parts; i++)
        nearest_offer(&n, id, strlen(id), b->parts[i].id);
    return n.best;
}

static struct part *resolve_part(struct build *b, struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_RULESET);
    struct part *found;
    const char *best;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    found = part_find(b, a->value, a->length);
    if (found && found != part)
        return found;
    best = found ? NULL : nearest_part(b, a->value);
    complain(b->d, part->doc, e,
             &(struct complaint){.message = found ? MSG_USES_ITSELF : MSG_UNKNOWN_RULESET,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value},
                                 .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {best}});
    return NULL;
}

static void enter_part(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_USES); e && !b->failed;
         e = next_of(e))
        names_add(&part->prefixes, b, part, e);
    part->uses = need(b, arena_array(b->scratch, part->prefixes.ids.count, sizeof *part->uses));
    for (uint32_t id = 0; id < part->prefixes.ids.count && !b->failed; id++) {
        part->uses[id].element = part->prefixes.elements[id];
        part->uses[id].part = resolve_part(b, part, part->prefixes.elements[id]);
    }
}

void enter_uses(struct build *b)
{
    b->by_ruleset = sort_parts(b);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        enter_part(b, &b->parts[i]);
}
