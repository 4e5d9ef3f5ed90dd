/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

/* Conditions as their author wrote them, for explanations: attributes of the tag, then of tags
 * within that are no conditions of their own. */

/* Writes when there is room; counts always. */
struct text_sink {
    char *at; /* NULL: only count */
    size_t len;
};

static void put(struct text_sink *t, const char *text, size_t len)
{
    if (t->at)
        memcpy(t->at + t->len, text, len);
    t->len += len;
}

static void put_text(struct text_sink *t, const char *text)
{
    put(t, text, strlen(text));
}

static void put_attributes(struct text_sink *t, const struct element *e, const char *between)
{
    for (uint32_t i = 0; i < e->n_attributes; i++) {
        const struct attribute *a = &e->attributes[i];

        put_text(t, i ? " " : between);
        put_text(t, a->name);
        put_text(t, "=\"");
        put(t, a->value, a->length);
        put_text(t, "\"");
    }
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void put_children(struct text_sink *t, const struct element *e)
{
    for (const struct element *c = e->first; c; c = c->next) {
        if (is_condition(c))
            continue;
        put_text(t, t->len ? " <" : "<");
        put_text(t, c->name);
        put_attributes(t, c, " ");
        put_children(t, c);
        put_text(t, "/>");
    }
}

const char *keep_written(struct build *b, const struct element *e)
{
    struct text_sink t = {NULL, 0};
    char *out;

    put_attributes(&t, e, "");
    put_children(&t, e);
    out = need(b, arena_alloc(&b->set->arena, t.len + 1));
    if (!out)
        return NULL;
    t = (struct text_sink){out, 0};
    put_attributes(&t, e, "");
    put_children(&t, e);
    out[t.len] = '\0';
    return out;
}
