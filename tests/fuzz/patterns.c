/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a pattern and a text: what an author may write is found where PCRE2, told the same
 * and shown the whole folded text, finds it place by place. The first byte says how the pattern is
 * meant, the rest of the first line is the pattern, all other lines are the text.
 */
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/utf8.h"
#include "match/matcher.h"
#include "match/pattern_tree.h"
#include "target.h"
#include "text/reader.h"

enum { WORD = 1, RAW = 2, ONLY_CASE = 4 };
/* A character of three bytes folds to eighteen at most (U+FDFA). */
enum { PATTERN_BYTES = 200, TEXT_BYTES = 2048, FOLDED = TEXT_BYTES * 32, SPANS = TEXT_BYTES };
enum { ORACLE_STEPS = 1000000 };

struct span {
    uint32_t begin, end;
};

struct found {
    struct span spans[SPANS];
    size_t n;
    bool whole; /* nothing was given up */
};

/* The text with the forms of the pattern undone, and where each byte came from. */
struct folded {
    char bytes[FOLDED];
    uint32_t begin[FOLDED], end[FOLDED];
    size_t n;
};

static void fold_all(struct folded *f, const char *text, size_t len, uint32_t forms)
{
    struct text_reader r;
    struct text_char c;

    f->n = 0;
    text_reader_init(&r, text, len, forms);
    while (text_read(&r, &c)) {
        char s[UTF8_LONGEST];
        uint32_t n = utf8_encode(c.code, s);

        REQUIRE(f->n + n <= FOLDED);
        for (uint32_t i = 0; i < n; i++) {
            f->bytes[f->n] = s[i];
            f->begin[f->n] = c.begin;
            f->end[f->n++] = c.end;
        }
    }
}

/* The pattern in the words of PCRE2; NULL when an author is told that it is wrong. */
static pcre2_code *compile_plainly(const struct pattern_source *source)
{
    struct pattern_fault fault;
    struct arena arena;
    struct tree tree = {.arena = &arena, .forms = source->forms};
    pcre2_code *code = NULL;
    const char *written;
    int error;
    size_t at;

    arena_init(&arena, &mem_libc);
    if (pattern_parse(source, &tree, &fault)) {
        written = pattern_write(&tree, source->word);
        REQUIRE(written);
        code = pcre2_compile((PCRE2_SPTR)written, PCRE2_ZERO_TERMINATED,
                             PCRE2_UTF | PCRE2_DOLLAR_ENDONLY |
                                 (tree_caseless(&tree) ? PCRE2_CASELESS : 0),
                             &error, &at, NULL);
    }
    arena_clear(&arena);
    return code;
}

static void search_plainly(pcre2_code *code, const struct folded *f, struct found *out)
{
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    size_t from = 0;

    REQUIRE(data && limits);
    pcre2_set_match_limit(limits, ORACLE_STEPS);
    *out = (struct found){.whole = true};
    while (from < f->n && out->n < SPANS) {
        size_t *ends = pcre2_get_ovector_pointer(data);
        uint32_t end;
        int rc = pcre2_match(code, (PCRE2_SPTR)f->bytes, f->n, from, PCRE2_NOTEMPTY, data, limits);

        if (rc < 0) {
            out->whole = rc == PCRE2_ERROR_NOMATCH;
            break;
        }
        end = f->end[ends[1] - 1];
        out->spans[out->n++] = (struct span){f->begin[ends[0]], end};
        /* The next one begins behind the last character of this one. */
        for (from = ends[1]; from < f->n && f->begin[from] < end;)
            from++;
    }
    pcre2_match_context_free(limits);
    pcre2_match_data_free(data);
}

/* Whether the library takes the pattern; what it finds, then. */
static bool search(const struct pattern_source *source, const char *text, size_t len,
                   struct found *out)
{
    const struct set_pattern p = {.source = *source, .line = 1};
    struct pattern_fault fault;
    struct matcher_builder *builder;
    struct scanner s;
    struct arena arena;
    bool taken;

    *out = (struct found){.whole = true};
    arena_init(&arena, &mem_libc);
    scanner_init(&s, &mem_libc, SPANS);
    builder = matcher_builder_new(&arena);
    REQUIRE(builder);
    taken = matcher_add_pattern(builder, &p, &fault) == PATTERN_ADDED;
    if (!taken) {
        REQUIRE(fault.message && fault.at <= source->length);
    } else {
        const struct matcher *m = matcher_build(builder);
        enum scan_status st;

        REQUIRE(m);
        st = matcher_scan(&s, m, text, len);
        REQUIRE(st == SCAN_OK || st == SCAN_LIMIT);
        out->whole = st == SCAN_OK;
        for (size_t i = 0; i < s.n_hits; i++)
            out->spans[out->n++] = (struct span){s.hits[i].begin, s.hits[i].end};
    }
    scanner_clear(&s);
    matcher_builder_free(builder);
    arena_clear(&arena);
    return taken;
}

static void compare(struct pattern_source *source, const char *text, size_t len)
{
    static const uint32_t ways[] = {0, PATTERN_NO_FACTORS, PATTERN_NO_JIT};
    static struct folded folded;
    static struct found expected, got;
    pcre2_code *code = compile_plainly(source);

    if (code) {
        fold_all(&folded, text, len, source->forms);
        search_plainly(code, &folded, &expected);
        pcre2_code_free(code);
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        source->flags = ways[i];
        if (!search(source, text, len, &got)) {
            REQUIRE(!code);
            return;
        }
        REQUIRE(code);
        if (!expected.whole || !got.whole)
            continue;
        REQUIRE(got.n == expected.n);
        REQUIRE(memcmp(got.spans, expected.spans, got.n * sizeof *got.spans) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const uint8_t *end = len ? memchr(data, '\n', len) : NULL;
    const size_t line = end ? (size_t)(end - data) : len;
    struct pattern_source source = {.text = (const char *)data + 1};
    size_t rest;

    if (line < 2 || line > PATTERN_BYTES)
        return 0;
    source.length = line - 1;
    /* Files of rules are UTF-8. */
    if (utf8_valid(source.text, source.length) != source.length)
        return 0;
    source.word = data[0] & WORD;
    source.forms = data[0] & RAW ? 0 : data[0] & ONLY_CASE ? FORM_CASE : FORM_DEFAULT;
    rest = end ? len - line - 1 : 0;
    compare(&source, (const char *)data + len - rest, rest < TEXT_BYTES ? rest : TEXT_BYTES);
    return 0;
}
