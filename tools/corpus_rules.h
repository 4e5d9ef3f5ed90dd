/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_CORPUS_RULES_H
#define TOOLS_CORPUS_RULES_H

#include "corpus.h"

/* ": 3 documents, such as a, b, c" and a line end. */
void corpus_use_text(const struct use *u, struct buffer *out);
/* The members "documents" and "examples", behind a comma. */
void corpus_use_json(const struct use *u, struct buffer *out);

/* Rules that fired or cannot be told, the words they fired on, and the fields that are missing. */
void corpus_rules_text(const struct corpus *c, struct buffer *out);
/* The members "rules" and "undecided". */
void corpus_rules_json(const struct corpus *c, struct buffer *out);

#endif
