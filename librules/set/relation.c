/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "set/program.h"

static bool is_same(const struct value *a, const struct value *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static bool share_group(const struct text_relation *r, const struct value *left,
                        const struct value *right)
{
    bool has_left = false, has_right = false;

    for (uint32_t i = 0; i < r->n_members; i++) {
        const struct relation_member *m = &r->members[i];

        if (i > 0 && m->group != m[-1].group)
            has_left = has_right = false;
        has_left = has_left || is_same(&m->text, left);
        has_right = has_right || is_same(&m->text, right);
        if (has_left && has_right)
            return true;
    }
    return false;
}

bool relation_holds(const struct text_relation *r, const struct value *left,
                    const struct value *right)
{
    for (uint32_t i = 0; i < r->n_pairs; i++) {
        const struct relation_pair *p = &r->pairs[i];

        if ((is_same(&p->left, left) && is_same(&p->right, right)) ||
            (r->symmetric && is_same(&p->left, right) && is_same(&p->right, left)))
            return true;
    }
    return share_group(r, left, right);
}

bool relation_knows(const struct text_relation *r, const struct value *text)
{
    for (uint32_t i = 0; i < r->n_pairs; i++)
        if (is_same(&r->pairs[i].left, text) || is_same(&r->pairs[i].right, text))
            return true;
    for (uint32_t i = 0; i < r->n_members; i++)
        if (is_same(&r->members[i].text, text))
            return true;
    return false;
}
