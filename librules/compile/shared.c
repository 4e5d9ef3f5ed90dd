/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "compile/build.h"

/* Conditions that have a name: lowered once, where they stand, and shared by all who use them. */

void count_conditions(struct build *b, uint64_t n)
{
    b->size = n > UINT64_MAX - b->size ? UINT64_MAX : b->size + n;
}

void enter_conditions(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_CONDITION); e && !b->failed;
         e = next_of(e))
        names_add(&part->conditions, b, part, e);
    part->shared =
        need(b, arena_array(b->scratch, part->conditions.ids.count, sizeof *part->shared));
}

static void lower_shared(struct build *b, struct part *part, uint32_t id)
{
    struct shared_condition *s = &part->shared[id];
    uint64_t size = b->size;
    uint32_t depth = b->depth;
    const struct binding *bound = b->bound;
    struct scope *scope = part->scope;

    b->size = b->depth = 0;
    b->bound = NULL;
    b->nested++;
    s->begun = true;
    /* Wherever it is used, it sees what its rule set sees. */
    part->scope = &part->values;
    s->lowered = lower_condition_in(b, part, part->conditions.elements[id]);
    part->scope = scope;
    s->done = true;
    s->size = b->size;
    s->depth = b->depth + 1;
    b->nested--;
    b->size = size;
    b->depth = depth;
    b->bound = bound;
}

static void refuse(struct build *b, const struct part *part, const struct element *e,
                   enum message_code message, const char *more)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_CONDITION);

    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, more}});
}

/* The condition that a <use> names; NULL when something about it was reported. */
static struct shared_condition *find_shared(struct build *b, struct part *part,
                                            const struct element *e, struct part **owner,
                                            uint32_t *id)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_CONDITION);
    struct item item;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    item = (struct item){a->value, a->length, 0};
    *owner = owner_of(b, part, e, a, &item);
    *id = *owner ? names_resolve(&(*owner)->conditions, b, part, e, a, &item, MSG_UNKNOWN_CONDITION)
                 : INTERN_NONE;
    return *id == INTERN_NONE ? NULL : &(*owner)->shared[*id];
}

static const struct shared_condition *resolve_use(struct build *b, struct part *part,
                                                  const struct element *e, const char **shared_in)
{
    struct part *owner;
    uint32_t id;
    struct shared_condition *s = find_shared(b, part, e, &owner, &id);
    char limit[NUMBER_BYTES];

    if (!s)
        return NULL;
    s->used = true;
    *shared_in = owner->source;
    if (owner->subject != part->subject) {
        refuse(b, part, e, MSG_OTHER_SUBJECT, subject_name(owner->subject));
        return NULL;
    }
    if (s->begun && !s->done) {
        refuse(b, part, e, MSG_CONDITION_CYCLE, NULL);
        return NULL;
    }
    if (!s->begun && b->nested < LIMIT_NESTED_USES)
        lower_shared(b, owner, id);
    if (!s->done || s->depth > LIMIT_NESTED_USES) {
        refuse(b, part, e, MSG_NESTED_USES, message_number(LIMIT_NESTED_USES, limit));
        return NULL;
    }
    return s;
}

void lower_use(struct build *b, struct part *part, const struct element *e, struct condition *out)
{
    const struct shared_condition *s = resolve_use(b, part, e, &out->shared_in);

    out->kind = CONDITION_USE;
    if (!s || !s->lowered)
        return;
    if (s->depth > b->depth)
        b->depth = s->depth;
    out->children = s->lowered;
    out->n_children = 1;
    count_conditions(b, s->size);
}

void finish_conditions(struct build *b, struct part *part)
{
    for (uint32_t id = 0; id < part->conditions.ids.count && !b->failed; id++)
        if (!part->shared[id].begun)
            lower_shared(b, part, id);
}
