/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Work counted, not timed: the same on every machine. The functions that do it are called through
 * the wrappers below (the linker's --wrap), so that the library needs no counters for it.
 *
 *     bench-counters --inputs DIR
 *
 * Prints an object of JSON a line, as bench --json writes them.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "engines.h"

#include <inttypes.h>
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

#include "match/verify.h"

static struct calls {
    uint64_t verify, pcre2;
} calls;

bool __real_verify_entry(struct verify *v, const struct entry *e, size_t index, struct hit *hit);
bool __wrap_verify_entry(struct verify *v, const struct entry *e, size_t index, struct hit *hit);
int __real_pcre2_match_8(const pcre2_code_8 *code, PCRE2_SPTR8 text, PCRE2_SIZE len, PCRE2_SIZE at,
                         uint32_t options, pcre2_match_data_8 *match,
                         pcre2_match_context_8 *context);
int __wrap_pcre2_match_8(const pcre2_code_8 *code, PCRE2_SPTR8 text, PCRE2_SIZE len, PCRE2_SIZE at,
                         uint32_t options, pcre2_match_data_8 *match,
                         pcre2_match_context_8 *context);

int __real_pcre2_jit_match_8(const pcre2_code_8 *code, PCRE2_SPTR8 text, PCRE2_SIZE len,
                             PCRE2_SIZE at, uint32_t options, pcre2_match_data_8 *match,
                             pcre2_match_context_8 *context);
int __wrap_pcre2_jit_match_8(const pcre2_code_8 *code, PCRE2_SPTR8 text, PCRE2_SIZE len,
                             PCRE2_SIZE at, uint32_t options, pcre2_match_data_8 *match,
                             pcre2_match_context_8 *context);

bool __wrap_verify_entry(struct verify *v, const struct entry *e, size_t index, struct hit *hit)
{
    calls.verify++;
    return __real_verify_entry(v, e, index, hit);
}

int __wrap_pcre2_match_8(const pcre2_code_8 *code, PCRE2_SPTR8 text, PCRE2_SIZE len, PCRE2_SIZE at,
                         uint32_t options, pcre2_match_data_8 *match,
                         pcre2_match_context_8 *context)
{
    calls.pcre2++;
    return __real_pcre2_match_8(code, text, len, at, options, match, context);
}

int __wrap_pcre2_jit_match_8(const pcre2_code_8 *code, PCRE2_SPTR8 text, PCRE2_SIZE len,
                             PCRE2_SIZE at, uint32_t options, pcre2_match_data_8 *match,
                             pcre2_match_context_8 *context)
{
    calls.pcre2++;
    return __real_pcre2_jit_match_8(code, text, len, at, options, match, context);
}

static struct calls work(const struct ours_input *in, const struct records *texts, size_t *bytes)
{
    struct engine e = ours_matcher(in);
    const struct calls before = calls;

    for (size_t i = 0; i < texts->n; i++)
        e.run(e.state, texts->text[i], texts->len[i]);
    *bytes = e.bytes;
    engine_drop(&e);
    return (struct calls){calls.verify - before.verify, calls.pcre2 - before.pcre2};
}

static uint64_t characters(const struct records *texts)
{
    uint64_t n = 0;

    for (size_t i = 0; i < texts->n; i++)
        for (size_t at = 0; at < texts->len[i]; at++)
            n += ((unsigned char)texts->text[i][at] & 0xc0) != 0x80;
    return n;
}

/* A counter that counts nothing is broken: what it wraps has another name now. */
static void print(const char *id, const char *what, const char *unit, uint64_t count, double per)
{
    if (count == 0)
        fatal("counts nothing any more", id);
    printf("{\"id\": \"%s\", \"what\": \"%s\", \"unit\": \"%s\", \"counter\": true, "
           "\"value\": %.6g}\n",
           id, what, unit, (double)count / per);
}

static void count_terms(const char *inputs, const char *name, const struct records *texts,
                        const char *ids[2])
{
    struct records terms = records_read(inputs, name);
    size_t bytes;
    const struct calls c = work(&(struct ours_input){.terms = &terms}, texts, &bytes);

    print(ids[0], "places where a term is compared with the text, by character", "a character",
          c.verify, (double)characters(texts));
    print(ids[1], "tables, by term", "bytes a term", bytes, (double)terms.n);
    records_free(&terms);
}

int main(int argc, char **argv)
{
    struct records texts, patterns;
    size_t bytes;
    struct calls c;

    if (argc != 3 || strcmp(argv[1], "--inputs") != 0)
        fatal("DIR is missing", "--inputs");
    texts = records_read(argv[2], "listings");
    patterns = records_read(argv[2], "patterns");
    count_terms(argv[2], "terms-real", &texts,
                (const char *[]){"candidates, 60k", "table bytes, 60k"});
    count_terms(argv[2], "terms-dense", &texts,
                (const char *[]){"candidates, 60k dense", "table bytes, 60k dense"});
    c = work(&(struct ours_input){.patterns = &patterns}, &texts, &bytes);
    print("PCRE2 runs, 1k patterns", "runs of PCRE2, by listing", "a listing", c.pcre2,
          (double)texts.n);
    print("table bytes, 1k patterns", "matcher of 1,000 patterns, with their machine code",
          "bytes a pattern", bytes, (double)patterns.n);
    records_free(&texts);
    records_free(&patterns);
    return 0;
}
