/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "facts/blank.h"
#include "facts/facts.h"

static enum facts_status add_part(struct facts *f, const char *field, uint32_t origin,
                                  struct rls_text text, const struct html_map *map)
{
    uint32_t item = f->n_items;
    enum facts_status status = facts_text(f, field, strlen(field), text.data, text.len);

    if (status == FACTS_OK && f->n_items > item) {
        f->items[item].map = map;
        f->items[item].origin = origin;
    }
    return status;
}

enum facts_status facts_image(struct facts *f, uint32_t page, struct rls_text text,
                              const struct html_map *map)
{
    return add_part(f, "image_texts", page, text, map);
}

enum facts_status facts_read(struct facts *f, uint32_t field, uint32_t origin, struct rls_text text,
                             const struct html_map *map)
{
    uint32_t item = f->n_items;
    enum facts_status status = add_part(f, f->vocabulary->fields[field].name, origin, text, map);

    if (status == FACTS_OK && f->n_items > item)
        f->items[item].read = true;
    return status;
}

void facts_show(struct facts *f, uint32_t page, struct rls_text text, const struct html_map *map)
{
    struct fact *value = &f->items[page];

    if (is_blank_text(text.data, text.len))
        text = (struct rls_text){NULL, 0};
    value->text = text.data;
    value->text_len = text.len;
    value->map = map;
    value->origin = page;
}

void facts_drop_empty(struct facts *f, uint32_t field)
{
    uint32_t last = 0;

    for (uint32_t i = f->first[field], next; i; i = next) {
        next = f->items[i].next;
        if (f->items[i].text)
            last = i;
        else if (last)
            f->items[last].next = next;
        else
            f->first[field] = next;
    }
    f->last[field] = last;
}
