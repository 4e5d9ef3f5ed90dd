/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "compile/wake.h"

/* Cues and clauses of them, each made once. */

void waking_clear(struct waking *x)
{
    const struct mem *mem = &x->b->mem;

    for (uint32_t i = 0; i < x->n_paths; i++)
        mem_release(mem, x->paths[i].bounds, x->paths[i].cap_bounds * sizeof *x->paths[i].bounds);
    mem_release(mem, x->paths, x->cap_paths * sizeof *x->paths);
    mem_release(mem, x->cues, x->cap_cues * sizeof *x->cues);
    mem_release(mem, x->table.entries, x->cap_entries * sizeof *x->table.entries);
    mem_release(mem, x->table.slots, x->table.n_slots * sizeof *x->table.slots);
    mem_release(mem, x->gathered, x->cap_gathered * sizeof *x->gathered);
    mem_release(mem, x->lacks, x->cap_lacks * sizeof *x->lacks);
    mem_release(mem, x->collections, x->cap_collections * sizeof *x->collections);
    mem_release(mem, x->demands, x->cap_demands * sizeof *x->demands);
    intern_clear(&x->clauses);
}

/* --- the table ------------------------------------------------------------------------------ */

static bool rehash(struct waking *x)
{
    struct wake_table *t = &x->table;
    size_t was = t->n_slots, want = was ? was * 2 : 256;
    uint32_t *slots = mem_zero(&x->b->mem, want * sizeof *slots), n = t->n_entries;

    if (!slots)
        return false;
    mem_release(&x->b->mem, t->slots, was * sizeof *t->slots);
    t->slots = slots;
    t->n_slots = want;
    t->n_entries = 0;
    for (uint32_t i = 0; i < n; i++)
        wake_enter(t, &t->entries[i]);
    return true;
}

static void enter(struct waking *x, const struct wake_entry *e)
{
    struct wake_table *t = &x->table;

    if (!mem_grow(&x->b->mem, &t->entries, &x->cap_entries, (size_t)t->n_entries + 1,
                  sizeof *t->entries) ||
        (((size_t)t->n_entries + 1) * 2 > t->n_slots && !rehash(x))) {
        x->b->failed = true;
        return;
    }
    wake_enter(t, e);
}

static uint32_t add_cue(struct waking *x, struct cue c)
{
    if (!mem_grow(&x->b->mem, &x->cues, &x->cap_cues, (size_t)x->n_cues + 1, sizeof *x->cues)) {
        x->b->failed = true;
        return CUE_NONE;
    }
    x->cues[x->n_cues] = c;
    return x->n_cues++;
}

static uint32_t enter_cue(struct waking *x, struct wake_entry *e, struct cue c)
{
    e->number = add_cue(x, c);
    if (e->number != CUE_NONE)
        enter(x, e);
    return e->number;
}

uint32_t value_cue(struct waking *x, uint32_t path, enum wake_key kind, const char *text,
                   size_t len)
{
    struct wake_entry e = {path, kind, 0, (uint32_t)len, text};
    uint32_t found = wake_find(&x->table, path, kind, text, len);

    if (found != CUE_NONE || x->b->failed)
        return found;
    if (kind == WAKE_STEP)
        x->paths[path].cues.steps = true;
    else
        x->paths[path].cues.values = true;
    e.text = need(x->b, arena_text(&x->b->set->arena, text, len));
    return e.text ? enter_cue(x, &e, (struct cue){.class = CUE_VALUE}) : CUE_NONE;
}

/* The cues that the structures of the program name: a tag, then what it is about. */
enum { OTHER_BYTES = 1 + sizeof(uint32_t) };

static uint32_t find_other(const struct waking *x, uint32_t of, char tag, uint32_t about,
                           char text[OTHER_BYTES])
{
    text[0] = tag;
    memcpy(text + 1, &about, sizeof about);
    return wake_find(&x->table, of, WAKE_OTHER, text, OTHER_BYTES);
}

static uint32_t other_cue(struct waking *x, uint32_t of, char tag, uint32_t about, struct cue c)
{
    char text[OTHER_BYTES];
    struct wake_entry e = {of, WAKE_OTHER, 0, sizeof text, text};
    uint32_t found = find_other(x, of, tag, about, text);

    if (found != CUE_NONE)
        return found;
    e.text = need(x->b, arena_copy(x->b->scratch, text, sizeof text));
    return e.text ? enter_cue(x, &e, c) : CUE_NONE;
}

/* --- paths ---------------------------------------------------------------------------------- */

static uint32_t add_path(struct waking *x, const struct selector *s)
{
    if (!mem_grow(&x->b->mem, &x->paths, &x->cap_paths, (size_t)x->n_paths + 1, sizeof *x->paths)) {
        x->b->failed = true;
        return CUE_NONE;
    }
    x->paths[x->n_paths] = (struct path){.cues = {.field = s->field,
                                                  .key = s->key,
                                                  .key_len = s->key_len,
                                                  .present = CUE_NONE,
                                                  .absent = CUE_NONE,
                                                  .several = CUE_NONE,
                                                  .doubt = {CUE_NONE, CUE_NONE, CUE_NONE}}};
    return x->n_paths++;
}

uint32_t path_of(struct waking *x, const struct selector *s)
{
    struct wake_entry e = {s->field, WAKE_PATH, 0, s->key_len, s->key};

    if (!s->key) {
        if (!x->whole[s->field])
            x->whole[s->field] = add_path(x, s) + 1;
        return x->whole[s->field] - 1;
    }
    e.number = wake_find(&x->table, e.of, WAKE_PATH, e.text, e.len);
    if (e.number != CUE_NONE)
        return e.number;
    e.number = add_path(x, s);
    if (e.number != CUE_NONE)
        enter(x, &e);
    return e.number;
}

/* A cue that has a place of its own, made when it is first asked for. */
static uint32_t own_cue(struct waking *x, uint32_t *cue, enum cue_class class)
{
    if (*cue == CUE_NONE)
        *cue = add_cue(x, (struct cue){.class = (uint8_t) class});
    return *cue;
}

uint32_t present_cue(struct waking *x, uint32_t path)
{
    return own_cue(x, &x->paths[path].cues.present, CUE_PRESENT);
}

uint32_t absent_cue(struct waking *x, uint32_t path)
{
    x->paths[path].watched = true;
    return own_cue(x, &x->paths[path].cues.absent, CUE_PRESENT);
}

uint32_t several_cue(struct waking *x, uint32_t path)
{
    return own_cue(x, &x->paths[path].cues.several, CUE_DOUBT);
}

uint32_t doubt_cue(struct waking *x, uint32_t path, uint8_t absence)
{
    x->paths[path].watched = x->paths[path].watched || absence != ABSENT_EMPTY;
    return own_cue(x, &x->paths[path].cues.doubt[absence], CUE_DOUBT);
}

uint32_t lack_cue(struct waking *x, uint32_t path, uint32_t collection)
{
    uint32_t n = x->n_cues;
    uint32_t cue = other_cue(x, path, 'l', collection, (struct cue){.class = CUE_DOUBT});

    if (cue == CUE_NONE || x->n_cues == n)
        return cue;
    if (!mem_grow(&x->b->mem, &x->lacks, &x->cap_lacks, (size_t)x->n_lacks + 1, sizeof *x->lacks)) {
        x->b->failed = true;
        return CUE_NONE;
    }
    x->lacks[x->n_lacks++] = (struct wake_lack){path, collection, cue};
    return cue;
}

uint32_t piece_cue(struct waking *x, uint32_t path, uint32_t subtree)
{
    struct cue c = {.class = CUE_PIECE};

    for (uint32_t i = subtree; i > 1; i /= 2)
        c.depth++;
    return other_cue(x, path, 'n', subtree, c);
}

/* --- records and hits ----------------------------------------------------------------------- */

static struct wake_collection *collection_of(struct waking *x, uint32_t collection, bool nested)
{
    for (uint32_t i = 0; i < x->n_collections; i++)
        if (x->collections[i].collection == collection && x->collections[i].nested == nested)
            return &x->collections[i];
    if (!mem_grow(&x->b->mem, &x->collections, &x->cap_collections, (size_t)x->n_collections + 1,
                  sizeof *x->collections)) {
        x->b->failed = true;
        return NULL;
    }
    x->collections[x->n_collections] =
        (struct wake_collection){collection, nested, CUE_NONE, CUE_NONE};
    return &x->collections[x->n_collections++];
}

uint32_t filled_cue(struct waking *x, const struct record_test *t)
{
    struct wake_collection *c = collection_of(x, t->collection, t->parent != 0);

    return c ? own_cue(x, &c->filled, CUE_PRESENT) : CUE_NONE;
}

uint32_t unknown_records_cue(struct waking *x, const struct record_test *t)
{
    struct wake_collection *c = collection_of(x, t->collection, t->parent != 0);

    return c ? own_cue(x, &c->doubt, CUE_DOUBT) : CUE_NONE;
}

uint32_t list_cue(struct waking *x, uint32_t list)
{
    return other_cue(x, list, 'h', 0,
                     (struct cue){.class = CUE_LIST, .measure = x->b->list_sizes[list]});
}

uint32_t cut_cue(struct waking *x)
{
    return other_cue(x, 0, 'c', 0, (struct cue){.class = CUE_DOUBT});
}

/* --- clauses -------------------------------------------------------------------------------- */

void gather(struct waking *x, uint32_t cue)
{
    if (!mem_grow(&x->b->mem, &x->gathered, &x->cap_gathered, x->n_gathered + 1,
                  sizeof *x->gathered) ||
        cue == CUE_NONE)
        x->b->failed = true;
    else
        x->gathered[x->n_gathered++] = cue;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

uint32_t clause_gathered(struct waking *x)
{
    size_t n = 0;
    uint32_t clause;

    /* Without any cue: nothing that a document shows makes it hold. */
    if (!x->n_gathered)
        gather(x, other_cue(x, 0, 'z', 0, (struct cue){.class = CUE_DOUBT}));
    if (x->b->failed)
        return INTERN_NONE;
    qsort(x->gathered, x->n_gathered, sizeof *x->gathered, by_number);
    for (size_t i = 0; i < x->n_gathered; i++)
        if (!n || x->gathered[n - 1] != x->gathered[i])
            x->gathered[n++] = x->gathered[i];
    for (size_t i = 0; x->counting && i < n; i++)
        x->cues[x->gathered[i]].uses++;
    clause = intern_add(&x->clauses, (const char *)x->gathered, n * sizeof *x->gathered);
    x->b->failed = x->b->failed || clause == INTERN_NONE;
    x->n_gathered = 0;
    return clause;
}

const uint32_t *clause_cues(const struct waking *x, uint32_t clause, uint32_t *n)
{
    *n = (uint32_t)(x->clauses.lengths[clause] / sizeof(uint32_t));
    return (const uint32_t *)(const void *)x->clauses.names[clause];
}

uint64_t cue_weight(const struct cue *c, uint64_t uses, uint64_t n)
{
    enum { ONE = 64, TERMS = 16 };
    uint64_t weight;

    switch ((enum cue_class)c->class) {
    case CUE_VALUE:
        weight = uses * ONE;
        break;
    case CUE_LIST: /* so many terms are about as likely as one value */
        weight = uses * ONE * (c->measure + TERMS - 1) / TERMS;
        break;
    case CUE_PIECE:
        weight = n * ONE >> c->depth;
        break;
    case CUE_PRESENT:
        weight = n * ONE / 2;
        break;
    default:
        weight = 0;
    }
    return weight < n * ONE ? weight : n * ONE;
}

/* --- what judging needs of them ------------------------------------------------------------- */

static int by_value(const void *left, const void *right)
{
    return decimal_compare(*(const struct decimal *)left, *(const struct decimal *)right);
}

void order_scales(struct waking *x)
{
    for (uint32_t i = 0; i < x->n_paths; i++) {
        struct path *p = &x->paths[i];
        struct wake_scale *scale = &p->cues.scale;
        uint32_t n = 0;

        if (!p->n_bounds)
            continue;
        qsort(p->bounds, p->n_bounds, sizeof *p->bounds, by_value);
        for (size_t k = 0; k < p->n_bounds; k++)
            if (!n || decimal_compare(p->bounds[n - 1], p->bounds[k]) != 0)
                p->bounds[n++] = p->bounds[k];
        scale->bounds = p->bounds;
        scale->n_bounds = n;
        for (scale->width = 1; scale->width < 2 * n + 1;)
            scale->width *= 2;
    }
}

static void keep_scale(struct waking *x, uint32_t path, struct wake_scale *scale)
{
    struct build *b = x->b;
    char text[OTHER_BYTES];
    uint32_t *cues;

    if (!scale->n_bounds)
        return;
    scale->bounds =
        need(b, arena_copy(&b->set->arena, scale->bounds, scale->n_bounds * sizeof *scale->bounds));
    cues = keep_array(b, 2 * (size_t)scale->width, sizeof *cues);
    scale->cues = cues;
    for (uint32_t i = 0; cues && i < 2 * scale->width; i++)
        cues[i] = find_other(x, path, 'n', i, text);
}

static void keep_table(struct waking *x, struct wake_table *out)
{
    struct build *b = x->b;
    uint32_t n = 0;

    for (uint32_t i = 0; i < x->table.n_entries; i++)
        n += x->table.entries[i].kind != WAKE_OTHER;
    for (out->n_slots = 1; out->n_slots < 2 * (size_t)n + 1;)
        out->n_slots *= 2;
    out->entries = keep_array(b, n, sizeof *out->entries);
    out->slots = keep_array(b, out->n_slots, sizeof *out->slots);
    for (uint32_t i = 0; !b->failed && i < x->table.n_entries; i++)
        if (x->table.entries[i].kind != WAKE_OTHER)
            wake_enter(out, &x->table.entries[i]);
}

static void keep_paths(struct waking *x, struct wake_index *out)
{
    struct wake_path *paths = keep_array(x->b, x->n_paths, sizeof *paths);

    for (uint32_t i = 0; paths && i < x->n_paths; i++) {
        paths[i] = x->paths[i].cues;
        keep_scale(x, i, &paths[i].scale);
    }
    out->paths = paths;
    out->n_paths = x->n_paths;
}

/* Fields in their order, each with the paths that are watched. */
static void keep_fields(struct waking *x, struct wake_index *out)
{
    struct build *b = x->b;
    uint32_t n_fields = b->set->vocabulary.count, n = 0;
    struct wake_field *fields = need(b, arena_array(b->scratch, n_fields, sizeof *fields));
    uint32_t *watched = keep_array(b, x->n_paths, sizeof *watched);

    if (!fields || !watched)
        return;
    for (uint32_t i = 0; i < x->n_paths; i++) {
        fields[x->paths[i].cues.field].n_watched += x->paths[i].watched;
        fields[x->paths[i].cues.field].keyed |= x->paths[i].cues.key != NULL;
    }
    for (uint32_t i = 0; i < n_fields; i++) {
        fields[i].field = i;
        fields[i].whole = x->whole[i] - 1;
        fields[i].first_watched = n;
        n += fields[i].n_watched;
        fields[i].n_watched = 0;
    }
    for (uint32_t i = 0; i < x->n_paths; i++) {
        struct wake_field *f = &fields[x->paths[i].cues.field];

        if (x->paths[i].watched)
            watched[f->first_watched + f->n_watched++] = i;
    }
    for (uint32_t i = 0; i < n_fields; i++)
        if (fields[i].keyed || fields[i].whole != CUE_NONE)
            fields[out->n_fields++] = fields[i];
    out->fields = need(b, arena_copy(&b->set->arena, fields, out->n_fields * sizeof *fields));
    out->watched = watched;
}

static void keep_lists(struct waking *x, struct wake_index *out)
{
    uint32_t n = x->b->set->n_term_sets;
    uint32_t *lists = keep_array(x->b, n, sizeof *lists);
    char text[OTHER_BYTES];

    for (uint32_t i = 0; lists && i < n; i++)
        lists[i] = find_other(x, i, 'h', 0, text);
    out->lists = lists;
    out->cut = find_other(x, 0, 'c', 0, text);
}

void keep_cues(struct waking *x, struct wake_index *out)
{
    struct arena *arena = &x->b->set->arena;

    out->n_cues = x->n_cues;
    keep_table(x, &out->table);
    keep_paths(x, out);
    keep_fields(x, out);
    keep_lists(x, out);
    out->lacks = need(x->b, arena_copy(arena, x->lacks, x->n_lacks * sizeof *x->lacks));
    out->n_lacks = x->n_lacks;
    out->collections =
        need(x->b, arena_copy(arena, x->collections, x->n_collections * sizeof *x->collections));
    out->n_collections = x->n_collections;
}
