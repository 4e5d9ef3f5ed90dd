/* SPDX-License-Identifier: Apache-2.0 */
#include "engines.h"

#if defined(BENCH_YARA)
#include <stdio.h>
#include <stdlib.h>
#include <yara.h>

struct yara {
    YR_RULES *rules;
    uint64_t found;
};

static int matched(YR_SCAN_CONTEXT *context, int message, void *data, void *user)
{
    (void)context, (void)data;
    if (message == CALLBACK_MSG_RULE_MATCHING)
        ++*(uint64_t *)user;
    return CALLBACK_CONTINUE;
}

static uint64_t scan(void *state, const char *text, size_t len)
{
    struct yara *y = state;

    y->found = 0;
    if (yr_rules_scan_mem(y->rules, (const uint8_t *)text, len,
                          SCAN_FLAGS_REPORT_RULES_MATCHING | SCAN_FLAGS_FAST_MODE, matched,
                          &y->found, 0) != ERROR_SUCCESS)
        fatal("a scan failed", "YARA");
    return y->found;
}

static void drop(void *state)
{
    struct yara *y = state;

    yr_rules_destroy(y->rules);
    yr_finalize();
    free(y);
}

/* Terms of inputs.py are letters and digits: nothing needs an escape. */
static char *source_of(const struct records *terms)
{
    const size_t room = terms->bytes + terms->n * 64;
    char *text = must_alloc(room), *at = text;

    for (size_t i = 0; i < terms->n; i++)
        at += snprintf(at, room - (size_t)(at - text),
                       "rule r%zu{strings:$a=\"%s\" condition:$a}\n", i, terms->text[i]);
    return text;
}

struct engine yara_rules(const struct records *terms)
{
    struct yara *y = must_alloc(sizeof *y);
    char *source = source_of(terms);
    YR_COMPILER *c;

    *y = (struct yara){.rules = NULL};
    if (yr_initialize() != ERROR_SUCCESS || yr_compiler_create(&c) != ERROR_SUCCESS)
        fatal("cannot begin", "YARA");
    if (yr_compiler_add_string(c, source, NULL) != 0 ||
        yr_compiler_get_rules(c, &y->rules) != ERROR_SUCCESS)
        fatal("cannot compile", "YARA");
    yr_compiler_destroy(c);
    free(source);
    return (struct engine){.name = "YARA " YR_VERSION, .run = scan, .drop = drop, .state = y};
}
#else
struct engine yara_rules(const struct records *terms)
{
    (void)terms;
    return (struct engine){.name = "YARA"};
}
#endif
