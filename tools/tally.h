/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TALLY_H
#define TOOLS_TALLY_H

#include "baseline.h"
#include "buffer.h"
#include "counts.h"
#include "exceptions.h"

#include <librules/report.h>
#include <stdint.h>

/* A fact whose absence left rules undecided. */
struct missing_fact {
    char *fact;
    uint64_t documents;
    size_t rules; /* the most that waited for it in one document */
};

/* Numbers of notes that are told of inputs rather than documents: RLS-602 and RLS-613. */
enum { NOTE_INVALID_UTF8 = 602, NOTE_STRANGE_VALUE = 613 };

/* A kind of note that reports have, other than NOTE_STRANGE_VALUE. */
struct noted {
    uint32_t code;
    char *message; /* in the chosen language */
    uint64_t documents;
    uint64_t last; /* number of the last document that was counted */
};

/* What became of some documents. All zero is none. */
struct tally {
    uint64_t checked;
    uint64_t malformed;
    uint64_t failed;
    uint64_t unreadable; /* inputs, not documents */
    uint64_t verdicts[RLS_REJECT + 1];
    uint64_t incomplete;
    uint64_t unsettled; /* passed, but rules could not be told to hold */
    uint64_t known;     /* findings of the baseline */
    uint64_t nameless;  /* documents without an id that have some */
    bool reached;       /* a finding at or above --fail-on */
    bool short_of_memory;
    struct missing_fact *missing;
    size_t n_missing;
    struct noted *notes;
    size_t n_notes;
    struct counts values;         /* messages of NOTE_STRANGE_VALUE */
    struct counts unread;         /* members of documents that no rule can look at */
    struct exceptions exceptions; /* of the whole run */
};

void tally_report(struct tally *t, const struct rls_report *r);
/* Whether there was no document at all. */
bool tally_is_empty(const struct tally *t);
/* Whether something could not be judged. */
bool tally_has_troubles(const struct tally *t);
/* @return how many documents have a note of this number */
uint64_t tally_noted(const struct tally *t, uint32_t code);
/* Adds @p more and forgets it. */
void tally_merge(struct tally *t, struct tally *more);
void tally_free(struct tally *t);

struct tally_time {
    double seconds;
    size_t rules;
    const struct rls_set *set;
    uint32_t subject;
    const struct baseline *baseline; /* or NULL */
};

void tally_write_text(struct tally *t, const struct tally_time *time, struct buffer *b);
/* An object without a line end. */
void tally_write_json(struct tally *t, const struct tally_time *time, struct buffer *b);

#endif
