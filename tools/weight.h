/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_WEIGHT_H
#define TOOLS_WEIGHT_H

#include "judge.h"

/* What a report comes to without the findings that were known before. */
struct weight {
    uint32_t verdict; /* enum rls_verdict */
    size_t fresh;     /* findings that were not known */
    size_t known;
    struct buffer ids;   /* of known findings, as JSON between commas */
    struct buffer rules; /* their rules, for people */
};

/* Looks each finding up in the baseline, and records it when that is asked for. */
struct weight weigh(const struct judging *j, struct batch *b, const struct rls_report *r,
                    struct document_key document);
void weight_free(struct weight *w);

#endif
