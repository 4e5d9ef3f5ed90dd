/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a term that may be disguised and a text: the term is found where it stands as it
 * is, and whatever is found can be read as the term with the disguises that the hit names. The
 * first two bytes say which are tolerated, the rest of the first line is the term, all other lines
 * are the text.
 */
#include <string.h>

#include "base/utf8.h"
#include "match/matcher.h"
#include "target.h"
#include "text/reader.h"
#include "text/reads.h"

enum { TERM_BYTES = 120, TEXT_BYTES = 4096, HITS = 10000 };

static const char wall[] = "\xe3\x80\x82"; /* ends every match */

/* Every hit lies in the text, tolerates no more than its term, and reads as it. */
static void check_hits(const struct scanner *s, const struct matcher *m, const char *text,
                       size_t len)
{
    for (size_t i = 0; i < s->n_hits; i++) {
        const struct hit *h = &s->hits[i];
        const struct term *t = matcher_term(m, h->term);

        REQUIRE(h->begin < h->end && h->end <= len);
        REQUIRE(!(h->forms & ~t->tolerate));
        REQUIRE(text_reads(text + h->begin, h->end - h->begin, t->text, t->length, h->forms));
    }
}

/* Blanks and ignorables at the edges of a term do not count, but its readings have them. */
static bool has_bare_edges(const char *text, size_t len)
{
    struct text_reader r;
    struct text_char c;
    bool first = false, last = false;
    size_t end = 0;

    text_reader_init(&r, text, len, FORM_DEFAULT);
    for (; text_read(&r, &c); end = c.end) {
        last = c.code != ' ' && !(c.forms & FORM_IGNORABLE);
        first = end ? first : last;
    }
    return first && last && end == len;
}

static void check_term(struct scanner *s, const struct matcher *m, const struct term *t)
{
    char text[TERM_BYTES + 2 * sizeof wall];
    size_t n = sizeof wall - 1;

    memcpy(text, wall, n);
    memcpy(text + n, t->text, t->length);
    n += t->length;
    memcpy(text + n, wall, sizeof wall - 1);
    n += sizeof wall - 1;
    REQUIRE(matcher_scan(s, m, text, n) == SCAN_OK);
    REQUIRE(s->n_hits > 0);
    check_hits(s, m, text, n);
}

static void search(const struct term *term, const char *text, size_t len)
{
    struct matcher_builder *builder;
    struct scanner s;
    struct arena arena;

    arena_init(&arena, &mem_libc);
    scanner_init(&s, &mem_libc, HITS);
    builder = matcher_builder_new(&arena);
    REQUIRE(builder);
    if (matcher_add_term(builder, term) == TERM_OK) {
        const struct matcher *m = matcher_build(builder);
        enum scan_status st;

        REQUIRE(m);
        check_term(&s, m, term);
        st = matcher_scan(&s, m, text, len);
        REQUIRE(st == SCAN_OK || st == SCAN_LIMIT);
        check_hits(&s, m, text, len);
    }
    scanner_clear(&s);
    matcher_builder_free(builder);
    arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const uint8_t *end = len ? memchr(data, '\n', len) : NULL;
    const size_t line = end ? (size_t)(end - data) : len, rest = end ? len - line - 1 : 0;
    char text[TERM_BYTES + 1];
    struct term term = {.text = text};

    if (line < 3 || line - 2 > TERM_BYTES)
        return 0;
    term.length = (uint32_t)line - 2;
    memcpy(text, data + 2, term.length);
    text[term.length] = '\0';
    /* Files of rules are UTF-8 without NUL. */
    if (utf8_valid(text, term.length) != term.length || strlen(text) != term.length)
        return 0;
    if (!has_bare_edges(text, term.length))
        return 0;
    term.tolerate = FORM_DEFAULT | ((uint32_t)data[0] << 5 & FORM_ALL);
    term.word = data[1] & 1;
    search(&term, (const char *)data + len - rest, rest < TEXT_BYTES ? rest : TEXT_BYTES);
    return 0;
}
