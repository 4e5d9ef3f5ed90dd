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
#include "sets.h"

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

/* Counted work: one that is never done is broken, as what it wraps has another name now. */
static void print(const char *id, const char *what, const char *unit, uint64_t count, double per)
{
    if (count == 0)
        fatal("counts nothing any more", id);
    printf("{\"id\": \"%s\", \"what\": \"%s\", \"unit\": \"%s\", \"counter\": true, "
           "\"value\": %.6g}\n",
           id, what, unit, (double)count / per);
}

struct shape {
    const char *terms;
    size_t n;
    const char *candidates, *bytes; /* ids */
};

static const struct shape shapes[] = {
    {"terms-real", 1000, NULL, "table bytes, 1k"},
    {"terms-real", 10000, NULL, "table bytes, 10k"},
    {"terms-real", 60000, "candidates, 60k", "table bytes, 60k"},
    {"terms-dense", 60000, "candidates, 60k dense", "table bytes, 60k dense"},
};

static void count_terms(const char *inputs, const struct shape *s, const struct records *texts)
{
    struct records all = records_read(inputs, s->terms);
    const struct records terms = records_head(&all, s->n);
    size_t bytes;
    const struct calls c = work(&(struct ours_input){.terms = &terms}, texts, &bytes);

    if (s->candidates)
        print(s->candidates, "places where a term is compared with the text, by character",
              "a character", c.verify, (double)characters(texts));
    print(s->bytes, "tables, by term", "bytes a term", bytes, (double)terms.n);
    records_free(&all);
}

static void count_patterns(const char *inputs, const struct records *texts)
{
    struct records patterns = records_read(inputs, "patterns");
    size_t bytes;
    const struct calls c = work(&(struct ours_input){.patterns = &patterns}, texts, &bytes);

    print("PCRE2 runs, 1k patterns", "runs of PCRE2, by listing", "a listing", c.pcre2,
          (double)texts->n);
    records_free(&patterns);
}

/* Rules that are judged, because something woke them: what the index of rules is for. */
static void count_rules(const char *inputs, const char *file, const char *documents, const char *id)
{
    struct records texts = records_read(inputs, documents);
    struct sources sources = {.n = 0};
    char path[4096];
    struct engine e;

    snprintf(path, sizeof path, "%s/%s", inputs, file);
    sources_add(&sources, path);
    e = ours_check(set_compile(&sources), ASK_JSON);
    if (rls_evaluator_measure(check_evaluator(&e), true) != RLS_OK)
        fatal("cannot be counted", file);
    for (size_t i = 0; i < texts.n; i++)
        e.run(e.state, texts.text[i], texts.len[i]);
    print(id, "rules that are judged, by check", "a check",
          rls_costs_stage(rls_evaluator_costs(check_evaluator(&e)), RLS_STAGE_JUDGE)->times,
          (double)texts.n);
    engine_drop(&e);
    records_free(&texts);
}

int main(int argc, char **argv)
{
    struct records texts;

    if (argc != 3 || strcmp(argv[1], "--inputs") != 0)
        fatal("DIR is missing", "--inputs");
    texts = records_read(argv[2], "listings");
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        count_terms(argv[2], &shapes[i], &texts);
    count_patterns(argv[2], &texts);
    count_rules(argv[2], "structured.xml", "structured-json", "rules judged, structured 10k");
    count_rules(argv[2], "scale-10000.xml", "listings-json", "rules judged, 10k rules");
    records_free(&texts);
    return 0;
}
