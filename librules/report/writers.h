/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_REPORT_WRITERS_H
#define LIBRULES_REPORT_WRITERS_H

#include "finding/finding.h"
#include "report/out.h"

/* lang is never NULL. */
void write_json(struct out *o, const struct rls_report *r, const char *lang, bool one_line);
void write_text(struct out *o, const struct rls_report *r, const char *lang);

#endif
