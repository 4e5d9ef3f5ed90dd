/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* Rules by name: "id" in the same rule set, "rule set/id", "rule set/" and a star, or a star. */

static struct rule_range all_of(const struct part *part)
{
    return (struct rule_range){part->first_rule, part->n_rules};
}

static const char *nearest_rule(struct build *b, const struct item *item)
{
    struct nearest n = {0};
    bool search = may_compare(b, b->set->n_rules);
    bool full = memchr(item->text, '/', item->len) != NULL;

    for (uint32_t i = 0; search && i < b->set->n_rules; i++) {
        const char *id = b->set->rules[i].id, *slash = strchr(id, '/');

        nearest_offer(&n, item->text, item->len, full || !slash ? id : slash + 1);
    }
    return n.best;
}

static struct rule_range unknown(struct build *b, const struct part *part, const struct element *e,
                                 const struct attribute *a, const struct item *item)
{
    const char *best;
    char word[WORD_BYTES];

    if (part->doc->broken)
        return (struct rule_range){0, 0};
    best = nearest_rule(b, item);
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_UNKNOWN_RULE,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)},
                                 .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {best}});
    return (struct rule_range){0, 0};
}

struct rule_range resolve_rules(struct build *b, struct part *part, const struct element *e,
                                const struct attribute *a, const struct item *item, bool many)
{
    const char *slash = memchr(item->text, '/', item->len);
    const char *name = slash ? slash + 1 : item->text;
    size_t len = item->len - (size_t)(name - item->text);
    bool star = many && len == 1 && *name == '*';
    const struct part *owner = part;
    uint32_t id;

    if (star && !slash)
        return (struct rule_range){0, b->set->n_rules};
    if (slash) {
        owner = part_find(b, item->text, (size_t)(slash - item->text));
        if (!owner)
            return unknown(b, part, e, a, item);
    }
    if (star)
        return all_of(owner);
    id = intern_find(&owner->rules.ids, name, len);
    if (id == INTERN_NONE)
        return unknown(b, part, e, a, item);
    /* With ids that repeat no set is made, so that the order of ids is that of rules. */
    return (struct rule_range){owner->first_rule + id, 1};
}
