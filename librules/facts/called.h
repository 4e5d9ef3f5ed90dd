/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_CALLED_H
#define LIBRULES_FACTS_CALLED_H

#include "facts/vocabulary.h"

/* Longest word that may call a field, in bytes, folded. */
enum { LONGEST_CALL = 96 };

/*
 * What people call a field where a table of theirs names its columns: "标题", "Title*" and
 * "商品名称（必填）" are the title. A name that stands on labels or among the attributes of goods
 * is an attribute of that name.
 */
struct called {
    const char *path;           /* of the field; NULL: none is meant */
    bool attribute;             /* a member of the family at the path */
    char word[LONGEST_CALL];    /* of an attribute: its name, marks and remarks taken off */
    char nearest[LONGEST_CALL]; /* of no field: the word that was probably meant; or empty */
};

void called_find(const struct vocabulary *v, uint32_t subject, const char *word, size_t len,
                 struct called *out);

#endif
