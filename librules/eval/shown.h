/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_SHOWN_H
#define LIBRULES_EVAL_SHOWN_H

#include "eval/evaluator.h"

/*
 * What a reader sees of a value: the value itself, or what an HTML page shows. Rules work on that;
 * spans of a report are of the original.
 */
struct shown {
    const char *text; /* NULL: no text */
    size_t len;
    const struct html_map *map; /* NULL: the text is the original */
};

/* Reads the pages among the facts of a document. The facts are not closed yet. */
int shown_read(struct rls_evaluator *ev);

static inline struct shown shown_of(const struct fact *value)
{
    return (struct shown){value->text, value->text_len, value->map};
}

/* Where the original of the byte at a place of the text begins. */
static inline size_t shown_source_begin(const struct shown *s, size_t at)
{
    return s->map ? html_source_begin(s->map, at) : at;
}

/* Where the original of the text before a place ends. */
static inline size_t shown_source_end(const struct shown *s, size_t end)
{
    return s->map ? html_source_end(s->map, end) : end;
}

/* The original value; of the text of an image the page that the image stands in. */
static inline struct rls_text shown_original(const struct shown *s)
{
    return s->map ? (struct rls_text){s->map->source, s->map->source_len}
                  : (struct rls_text){s->text, s->len};
}

/* The fact that a report names: the page, for the text of an image. */
static inline uint32_t shown_origin(const struct facts *f, uint32_t fact)
{
    return f->items[fact].map ? f->items[fact].origin : fact;
}

#endif
