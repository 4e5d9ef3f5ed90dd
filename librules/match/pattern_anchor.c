/* SPDX-License-Identifier: Apache-2.0 */
#include "match/pattern_tree.h"
#include "text/fold.h"
#include "text/reader.h"

/*
 * A pattern without a text that it must contain may have a class of characters that it must
 * contain: an @, eleven digits in a row.
 */

enum {
    CODES_MOST = 64,
    RUN_MOST = 32,
    COST_BITS = 16,
    COST_USELESS = (1 << COST_BITS) / 8, /* more characters of a text than this are no help */
    BLANK_BITS = 5,
    ASCII_BITS = 7,
    HAN_BITS = 9
};

struct found {
    uint32_t codes[CODES_MOST];
    uint32_t n, run;
    uint32_t item; /* its place */
    uint32_t skip; /* characters of the item before it */
    uint32_t cost;
};

/* What no other characters compose to. */
static bool stands_alone(uint32_t code)
{
    return code < 0x80 || (code >= 0x3400 && code < 0xa000);
}

static bool add(struct found *f, uint32_t code)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->codes[i] == code)
            return true;
    if (f->n == CODES_MOST || !stands_alone(code))
        return false;
    f->codes[f->n++] = code;
    return true;
}

static bool add_cases(struct found *f, uint32_t code, bool caseless)
{
    const uint32_t small = code | 0x20;

    if (!caseless || small < 'a' || small > 'z' || code >= 0x80)
        return add(f, code);
    return add(f, small) && add(f, small - 'a' + 'A');
}

static bool add_set(struct found *f, const struct char_set *s, bool caseless)
{
    if (s->negated || s->has || s->lacks)
        return false;
    for (uint32_t i = 0; i < s->n_ranges; i++)
        for (uint32_t c = s->ranges[i].from; c <= s->ranges[i].to; c++)
            if (!add_cases(f, c, caseless))
                return false;
    return f->n > 0;
}

static uint32_t cost_of(const struct found *f)
{
    uint32_t cost = 0;

    for (uint32_t i = 0; i < f->n; i++)
        cost += 1u << (COST_BITS - (f->codes[i] == ' '   ? BLANK_BITS
                                    : f->codes[i] < 0x80 ? ASCII_BITS
                                                         : HAN_BITS));
    for (uint32_t i = 1; i < f->run && cost; i++)
        cost /= 2;
    return cost;
}

static void prefer(struct found *best, struct found *f)
{
    f->cost = cost_of(f);
    if (f->cost < best->cost)
        *best = *f;
}

static void look_at_text(struct found *best, const struct node *n, uint32_t item, bool caseless)
{
    for (uint32_t i = 0; i < n->n_codes; i++) {
        struct found f = {.run = 1, .item = item, .skip = i};

        if (add_cases(&f, n->codes[i], caseless))
            prefer(best, &f);
    }
}

static void look_at(struct found *best, const struct node *n, uint32_t item, bool caseless)
{
    const bool repeats = n->kind == NODE_REPEAT && n->first->kind == NODE_CLASS && n->least > 0;
    struct found f = {.run = 1, .item = item};

    if (n->kind == NODE_TEXT)
        look_at_text(best, n, item, caseless);
    if (repeats)
        f.run = n->least < RUN_MOST ? n->least : RUN_MOST;
    if ((repeats || n->kind == NODE_CLASS) &&
        add_set(&f, repeats ? &n->first->set : &n->set, caseless))
        prefer(best, &f);
}

bool pattern_anchor(const struct tree *tree, const struct items *items, struct arena *arena,
                    struct factors *out)
{
    struct found best = {.cost = COST_USELESS};

    for (uint32_t i = 0; i < items->n; i++)
        look_at(&best, items->list[i], i, tree_caseless(tree));
    if (!best.n)
        return true;
    out->anchor = (struct anchor){arena_copy(arena, best.codes, best.n * sizeof best.codes[0]),
                                  best.n, best.run};
    if (items->list[best.item]->kind != NODE_TEXT)
        pattern_bytes_next(
            tree, items->list[best.item]->kind == NODE_REPEAT ? items->list[best.item] : NULL,
            items, best.item + 1, &out->next);
    for (uint32_t i = 0; i < best.item + (best.skip > 0); i++)
        pattern_bytes(tree, items->list[i], &out->lead);
    if (!best.skip)
        pattern_bytes_previous(tree, items, best.item, &out->previous);
    for (uint32_t i = 0; i < best.item; i++) {
        const struct width w = tree_width(items->list[i]);

        out->before.min = add_width(out->before.min, w.min);
        out->before.max = add_width(out->before.max, w.max);
    }
    out->before.min = add_width(out->before.min, best.skip);
    out->before.max = add_width(out->before.max, best.skip);
    return out->anchor.codes != NULL;
}
