/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_RUN_H
#define TOOLS_RUN_H

#include "judge.h"
#include "output.h"
#include "params.h"
#include "progress.h"

#include <librules/costs.h>

/* What `check` was asked for. */
struct run_request {
    struct judging judging;
    struct rls_set *set;
    const char *profile; /* or NULL */
    struct params params;
    unsigned jobs;
    enum document_input input;
    enum encoding encoding;
    enum progress_when progress;
    const char *const *inputs; /* "-" is standard input; none are read for --text */
    size_t n_inputs;
    struct output *out;
    struct rls_costs *costs; /* gets what all checks cost; or NULL */
    struct buffer *record;   /* gets the lines of a baseline when judging.record is set */
};

/* Judges every document of every input and writes reports in the order of the documents.
 * @return false, after saying why unless writing failed, when it could not be done to the end */
bool run_inputs(const struct run_request *request, struct tally *total);

#endif
