/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_LABEL_TEXT_H
#define LIBRULES_EVAL_LABEL_TEXT_H

#include "match/scan.h"

/*
 * Takes the text of a label apart, which may run together: "产品名称：饼干净含量：500克产地：浙江".
 * A name counts when a colon follows, or when it begins a line or stands behind punctuation and a
 * blank, a bracket or the line's end follows. Its value goes to the next name, the end of the
 * line, or "。" "；" ";".
 */
struct label_walk {
    const char *text;
    size_t len;
    const struct hit *hits; /* names, by begin, longer first */
    size_t n_hits, at;      /* at: the hit that is the next name, or n_hits */
    size_t value;           /* where the value of that name begins */
};

/* A name and its value, in bytes of the text. */
struct label_part {
    uint32_t term; /* of the name */
    size_t begin, end;
};

void label_walk_begin(struct label_walk *w, const char *text, size_t len, const struct hit *hits,
                      size_t n_hits);
/* The next name that has a value; false at the end. All calls together are linear in the text. */
bool label_walk_next(struct label_walk *w, struct label_part *out);
/* Takes blanks and punctuation that does not belong to it off both ends of a value. */
void label_trim(const char *text, size_t *begin, size_t *end);
/* Where a value ends that a remark without digits follows: "12个月（未开封）"; else end. */
size_t label_before_remark(const char *text, size_t begin, size_t end);

#endif
