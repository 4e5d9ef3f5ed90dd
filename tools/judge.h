/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_JUDGE_H
#define TOOLS_JUDGE_H

#include "baseline.h"
#include "documents.h"
#include "table.h"
#include "tally.h"

#include <librules/evaluator.h>
#include <librules/report.h>

enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_JSONL };

/* How documents are judged and told. Shared by all workers, which only read it. */
struct judging {
    uint32_t subject;
    enum check_format format;
    bool all;         /* text: documents without findings too */
    bool quiet;       /* no reports */
    bool colored;     /* text */
    bool converted;   /* inputs are in another encoding */
    unsigned fail_on; /* enum rls_verdict, or FAIL_NEVER */
    struct rls_check_options options;
    const struct baseline *baseline;   /* findings that do not count; or NULL */
    bool record;                       /* all findings are recorded, and do not count */
    const struct rls_listing *listing; /* --text: what the entries stand for; else NULL */
};

enum { FAIL_NEVER = RLS_REJECT + 1 };

/* A document in the bytes of its batch. */
struct entry {
    size_t offset;
    struct document document; /* its data is not set */
};

/* Documents that go through the queue together, and what came of them. */
struct batch {
    const char *input; /* its name */
    size_t input_number;
    const struct table *table; /* of an input that is one; else NULL */
    struct entry *entries;
    size_t n_entries;
    size_t cap_entries;
    struct buffer bytes;
    uint64_t consumed; /* bytes of the input since the last batch */

    struct buffer out;
    struct buffer refusals; /* a line for each document that has no report */
    struct buffer errors;
    struct buffer record; /* lines of a baseline */
    bool plain;           /* the input begins like no JSON, and was refused for it */
    struct tally tally;
};

bool batch_add(struct batch *b, const struct document *d);
/* Forgets the content, keeps the memory unless it is much. */
void batch_reset(struct batch *b);
void batch_free(struct batch *b);

/* In JSON every document is preceded by a comma and a line end, the first one too. */
void judge_batch(const struct judging *j, struct rls_evaluator *ev, struct batch *b);

#endif
