/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MODEL_MODEL_H
#define LIBRULES_MODEL_MODEL_H

#include "model/grammar.h"
#include "xml/element.h"

/*
 * The document as written: the tree of xml/ whose elements and attributes the grammar has named.
 * Unknown ones are reported and, where a similar name is expected, named as if spelt right, so
 * that one slip gives one message.
 */

/* Checks a document against the grammar. False when it holds nothing that is like a rule set. */
bool model_check(const struct document *doc, struct diagnostics *d);

/* First child of a kind, and the next sibling of the same kind; NULL when there is none. */
const struct element *child_of(const struct element *e, enum element_kind kind);
const struct element *next_of(const struct element *e);

/* NULL when the element does not have it. */
const struct attribute *attribute_of(const struct element *e, enum attribute_kind kind);
/* Its value, NULL when the element does not have it. */
const char *value_of(const struct element *e, enum attribute_kind kind);
/* Which choice it is; `absent` when the element does not have it or its value is wrong. */
uint32_t choice_of(const struct element *e, enum attribute_kind kind, uint32_t absent);
/* The choice as written in the grammar, or NULL. */
const char *chosen_of(const struct element *e, enum attribute_kind kind);

/* The language of words: LANGUAGE_ZH or LANGUAGE_EN. */
uint32_t language_of(const struct element *e);

/* An item of a list of words with blanks between. */
struct item {
    const char *text; /* not NUL-terminated */
    size_t len;
    size_t offset; /* in the value */
};
/* The next item; *at begins as 0. */
bool next_item(const struct attribute *a, size_t *at, struct item *out);

/* Text without the blanks around it. */
struct item trimmed_text(const struct element *e);

/* Reports something about an element, naming the rule it stands in. */
void complain(struct diagnostics *d, const struct document *doc, const struct element *e,
              const struct complaint *c);

#endif
