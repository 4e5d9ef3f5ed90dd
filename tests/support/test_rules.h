/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_TEST_RULES_H
#define TESTS_SUPPORT_TEST_RULES_H

#include <librules/librules.h>

/* What every outcome of a test rule holds beside its verdict. */
#define WORDS                                                                                      \
    "<message>不行</message><message xml:lang=\"en\">no</message>"                               \
    "<remedy>改</remedy><remedy xml:lang=\"en\">mend</remedy><cite source=\"law\"/>"
#define TITLE "<title>规则</title><title xml:lang=\"en\">rule</title>"
#define REJECT "<outcome verdict=\"reject\" action=\"delist\">" WORDS "</outcome>"

/*
 * Compiles what stands inside a rule set "t" of subject listing with a source "law" and a terms
 * list "w" (矿机, antminer; allowed: 选矿机). The test fails with the diagnostics when that is not
 * possible. ctx may be NULL.
 */
struct rls_set *test_set(struct rls_context *ctx, const char *inside);
/* The same, but hands back the status; *out is NULL on failure. */
int test_set_try(struct rls_context *ctx, const char *inside, struct rls_set **out);

/* A view of a literal or other NUL-terminated text. */
struct rls_text test_text(const char *s);

/* Checks a JSON listing; the test fails when the check does. */
const struct rls_report *test_json(struct rls_evaluator *ev, const char *json,
                                   const struct rls_check_options *options);

/* A report as text, to be freed. */
char *test_written(const struct rls_report *r, uint32_t format, const char *lang);

/* An instant from text in Asia/Shanghai; the test fails when it is none. */
int64_t test_instant(const char *text);

#endif
