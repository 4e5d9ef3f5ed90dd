/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_WHY_H
#define TOOLS_WHY_H

#include "buffer.h"

#include <librules/explanation.h>
#include <stdbool.h>

/* Writes why a rule did what it did in the evaluator's last check.
 * @return false after saying why not */
bool why_write_text(struct buffer *b, struct rls_evaluator *ev, const struct rls_report *r,
                    const struct rls_rule *rule);
bool why_write_json(struct buffer *b, struct rls_evaluator *ev, const struct rls_report *r,
                    const struct rls_rule *rule);

#endif
