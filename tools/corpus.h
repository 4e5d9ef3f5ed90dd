/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_CORPUS_H
#define TOOLS_CORPUS_H

#include "counts.h"
#include "encoding.h"
#include "rules.h"
#include "tally.h"

#include <stdint.h>

enum { CORPUS_EXAMPLES = 3 };

/* In how many ordinary documents a term stands, or any term of a list, or a rule fires or not
 * surely does not. */
struct use {
    uint64_t documents;
    uint64_t last; /* number of the last document that was counted */
    char *examples[CORPUS_EXAMPLES];
    size_t n_examples;
};

struct list_use {
    const char *id;
    struct use use;
};

/* What ordinary documents make of a rule. */
struct rule_use {
    struct use fired;
    struct use unsure;     /* it cannot be told whether it fires */
    struct counts words;   /* of documents where it fires, each with its term */
    struct counts missing; /* fields that would tell */
};

/* Ordinary documents, which rules should not hit. All zero is empty. */
struct corpus {
    enum encoding encoding; /* of the files */
    const struct rls_set *set;
    struct use *terms; /* and patterns, by number */
    size_t *list_of;   /* the list that each stands in */
    size_t n_terms;
    struct list_use *lists;
    size_t n_lists;
    struct rule_use *rules; /* by position in the set */
    size_t n_rules;
    struct tally tally; /* of all reports: the fields without which scopes are not known */
    uint64_t documents;
    uint64_t refused;
    uint64_t common; /* documents from which on a term is told; 0: one in a thousand */
    uint64_t top;    /* words that are told of a rule; 0: all */
};

/* Looks for the terms of a set in listings: JSON as for `check`, tables, or a title in each line.
 * @return false after saying why: also of a file that holds none, or is in another encoding */
bool corpus_read(struct corpus *c, const struct rls_set *set, const struct paths *files);
/* Terms that are common, the lists they stand in, and rules that fired or cannot be told.
 * @return how many terms are common */
size_t corpus_write_text(const struct corpus *c, struct buffer *out);
/* An object with all terms that were hit and these rules. @return how many terms are common */
size_t corpus_write_json(const struct corpus *c, struct buffer *out);
void corpus_free(struct corpus *c);

#endif
