/* SPDX-License-Identifier: Apache-2.0 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "engines.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pcre2 {
    pcre2_code **codes;
    size_t n;
    pcre2_match_data *match;
};

static uint64_t count(struct pcre2 *p, const pcre2_code *code, const char *text, size_t len)
{
    const size_t *ends = pcre2_get_ovector_pointer(p->match);
    uint64_t hits = 0;
    size_t at = 0;

    /* Straight to the machine code, which is the fastest way. No pattern matches the empty text. */
    while (pcre2_jit_match(code, (PCRE2_SPTR)text, len, at, 0, p->match, NULL) > 0) {
        hits++;
        at = ends[1];
    }
    return hits;
}

static uint64_t scan(void *state, const char *text, size_t len)
{
    struct pcre2 *p = state;
    uint64_t hits = 0;

    for (size_t i = 0; i < p->n; i++)
        hits += count(p, p->codes[i], text, len);
    return hits;
}

static void drop(void *state)
{
    struct pcre2 *p = state;

    for (size_t i = 0; i < p->n; i++)
        pcre2_code_free(p->codes[i]);
    pcre2_match_data_free(p->match);
    free(p->codes);
    free(p);
}

static const char *name(void)
{
    static char text[64];
    char version[32];

    pcre2_config(PCRE2_CONFIG_VERSION, version);
    /* The date comes behind a blank. */
    snprintf(text, sizeof text, "PCRE2 %.*s", (int)strcspn(version, " "), version);
    return text;
}

struct engine pcre2_patterns(const struct records *patterns, bool caseless)
{
    const uint32_t options = PCRE2_UTF | (caseless ? PCRE2_CASELESS : 0);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    struct pcre2 *p = must_alloc(sizeof *p);

    *p = (struct pcre2){.codes = must_alloc(patterns->n * sizeof(pcre2_code *)),
                        .match = pcre2_match_data_create(32, NULL)};
    if (!context || !p->match)
        fatal("no memory", "pcre2");
    /* Line ends as librules takes them. */
    pcre2_set_newline(context, PCRE2_NEWLINE_ANY);
    for (; p->n < patterns->n; p->n++) {
        size_t at;
        int error;
        pcre2_code *code = pcre2_compile((PCRE2_SPTR)patterns->text[p->n], patterns->len[p->n],
                                         options, &error, &at, context);

        if (!code || pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) != 0)
            fatal("is not compiled by PCRE2", patterns->text[p->n]);
        p->codes[p->n] = code;
    }
    pcre2_compile_context_free(context);
    return (struct engine){.name = name(), .run = scan, .drop = drop, .state = p};
}
