/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_XML_ELEMENT_H
#define LIBRULES_XML_ELEMENT_H

#include "base/diagnostic.h"

/* Offsets count bytes of the source: a source is shorter than UINT32_MAX. */

struct attribute {
    const char *name;  /* as written, prefix included: "xml:lang" */
    const char *value; /* NUL-terminated; entities replaced, line ends and tabs are blanks */
    uint32_t length;
    uint32_t name_at;
    uint32_t value_at;   /* behind the quote */
    uint32_t raw_length; /* of the value as written: equals length unless it holds entities */
    uint16_t kind;       /* given by the grammar; 0: not known */
    uint16_t choice;     /* the same: which choice the value is; of a list a bit for each */
    bool foreign;        /* in a namespace other than none and that of xml: */
};

/* An element as written. Everything lies in the arena of the document. */
struct element {
    const char *name; /* as written, prefix included */
    struct element *parent;
    struct element *first;
    struct element *last;
    struct element *next;
    struct attribute *attributes;
    const char *text; /* NUL-terminated; of an element with children always "" */
    uint32_t n_attributes;
    uint32_t text_length;
    uint32_t at;      /* '<' of the start tag */
    uint32_t length;  /* of the start tag */
    uint32_t text_at; /* first character of text that is no blank; 0: none */
    uint16_t kind;    /* given by the grammar; 0: not known */
    bool foreign;     /* not in the namespace of rule sets */
    bool complete;    /* its end tag was read */
};

struct document {
    struct source *source;
    struct element *root; /* NULL: none was read */
    bool broken;          /* reading stopped at an error, which was reported */
};

static inline struct place element_place(const struct document *doc, const struct element *e)
{
    return (struct place){doc->source, e->at, e->length, false};
}

static inline struct place name_place(const struct document *doc, const struct attribute *a,
                                      size_t length)
{
    return (struct place){doc->source, a->name_at, length, false};
}

static inline struct place text_place(const struct document *doc, const struct element *e)
{
    if (!e->text_at)
        return element_place(doc, e);
    return (struct place){doc->source, e->text_at, 1, false};
}

/* A part of what was read as an attribute's value or an element's text. */
struct place value_place(const struct document *doc, const struct attribute *a, size_t offset,
                         size_t length);
struct place text_part_place(const struct document *doc, const struct element *e, size_t offset,
                             size_t length);

#endif
