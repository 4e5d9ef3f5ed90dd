/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/sized.h"
#include "eval/evaluator.h"

static void add_text(struct facts *f, enum facts_status *st, const char *path, struct rls_text t)
{
    if (*st == FACTS_OK)
        *st = facts_text(f, path, strlen(path), t.data, t.len);
}

static void add_texts(struct facts *f, enum facts_status *st, const char *path,
                      const struct rls_text *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_text(f, st, path, list[i]);
}

static void add_members(struct facts *f, enum facts_status *st, const char *family,
                        const struct rls_attribute *list, size_t n)
{
    for (size_t i = 0; *st == FACTS_OK && i < n; i++) {
        const struct rls_attribute *a = &list[i];

        *st = facts_member(f, family, a->name.data ? a->name.data : "",
                           a->name.data ? a->name.len : 0, a->value.data, a->value.len);
    }
}

static int add_skus(struct facts *f, enum facts_status *st, const struct rls_listing *l)
{
    /* The caller may know a shorter or longer struct: its own size is the stride. */
    size_t stride = l->n_skus ? l->skus[0].size : 0;
    uint32_t collection = facts_collection(f, "skus", 4);

    for (size_t i = 0; i < l->n_skus; i++) {
        struct rls_sku sku;

        if (sized_read(&sku, sizeof sku, sizeof sku.size, (const char *)l->skus + i * stride) !=
                RLS_OK ||
            sku.size != stride)
            return RLS_ERR_ABI;
        if (sku.n_attributes && !sku.attributes)
            return RLS_ERR_ARGUMENT;
        if (*st == FACTS_OK)
            *st = facts_begin_record(f, collection);
        if (*st != FACTS_OK)
            return RLS_OK;
        add_text(f, st, "skus.id", sku.id);
        add_text(f, st, "skus.title", sku.title);
        add_text(f, st, "skus.price", sku.price);
        add_members(f, st, "skus.attributes", sku.attributes, sku.n_attributes);
        facts_end_record(f);
    }
    return RLS_OK;
}

static int read_listing(struct rls_listing *l, const struct rls_listing *given)
{
    int st = given ? sized_read(l, sizeof *l, sizeof l->size, given) : RLS_ERR_ARGUMENT;

    if (st == RLS_OK &&
        ((l->n_attributes && !l->attributes) || (l->n_image_texts && !l->image_texts) ||
         (l->n_destinations && !l->destinations) || (l->n_skus && !l->skus)))
        return RLS_ERR_ARGUMENT;
    return st;
}

static int add_listing(struct facts *f, const struct rls_listing *l)
{
    enum facts_status st = FACTS_OK;
    int status;

    add_text(f, &st, "id", l->id);
    add_text(f, &st, "title", l->title);
    add_text(f, &st, "description", l->description);
    add_text(f, &st, "description_type", l->description_type);
    add_text(f, &st, "category", l->category);
    add_text(f, &st, "category.id", l->category_id);
    add_text(f, &st, "brand", l->brand);
    add_text(f, &st, "origin", l->origin);
    add_text(f, &st, "label", l->label);
    add_text(f, &st, "price", l->price);
    add_text(f, &st, "currency", l->currency);
    add_text(f, &st, "platform", l->platform);
    add_text(f, &st, "channel", l->channel);
    add_members(f, &st, "attributes", l->attributes, l->n_attributes);
    add_texts(f, &st, "image_texts", l->image_texts, l->n_image_texts);
    add_texts(f, &st, "destinations", l->destinations, l->n_destinations);
    status = add_skus(f, &st, l);
    if (status != RLS_OK)
        return status;
    return facts_error(st);
}

int rls_check_listing(struct rls_evaluator *ev, const struct rls_listing *listing,
                      const struct rls_check_options *options, const struct rls_report **out)
{
    struct rls_listing l;
    int st;

    if (out)
        *out = NULL;
    if (!ev)
        return RLS_ERR_ARGUMENT;
    st = read_listing(&l, listing);
    if (st != RLS_OK)
        return st;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    st = evaluator_begin(ev, RLS_LISTING);
    if (st == RLS_OK)
        st = add_listing(&ev->facts, &l);
    if (st == RLS_OK)
        st = evaluator_check(ev, options, out);
    evaluator_leave(ev);
    return st;
}
