/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_SINGLE_H
#define TOOLS_SINGLE_H

#include "documents.h"
#include "table.h"

#include <librules/evaluator.h>
#include <librules/report.h>

/* One document of an input that is looked at closely. */
struct single {
    const char *path; /* "-" is standard input */
    uint64_t ordinal; /* which one, from 1 */
    enum document_input input;
    enum encoding encoding;

    int fd;
    struct documents documents;
    struct table *table; /* or NULL */
    struct buffer row;   /* of a table: its cells are taken apart in it */
};

/* Judges it. The explanation of a rule looks at the document, so it is kept.
 * @return false after saying why not */
bool single_judge(struct single *s, struct rls_evaluator *ev, uint32_t subject,
                  const struct rls_check_options *options, const struct rls_report **report);
void single_end(struct single *s);

#endif
