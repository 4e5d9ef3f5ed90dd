/* SPDX-License-Identifier: Apache-2.0 */
#include "test_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/limits.h"

void bench_open(struct bench *b, const struct mem *building, const struct mem *scanning)
{
    b->builder = dictionary_builder_new(building);
    ck_assert_ptr_nonnull(b->builder);
    arena_init(&b->arena, building);
    b->d = NULL;
    scanner_init(&b->s, scanning, LIMIT_HITS);
}

void bench_close(struct bench *b)
{
    scanner_clear(&b->s);
    arena_clear(&b->arena);
    dictionary_builder_free(b->builder);
}

enum scan_status bench_scan(struct bench *b, const char *text, size_t len)
{
    if (!b->d)
        b->d = dictionary_build(b->builder, &b->arena);
    ck_assert_ptr_nonnull(b->d);
    return scan_text(&b->s, b->d, text, len);
}

void write_hits(const struct scanner *s, char *out, size_t cap)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < s->n_hits && n < cap; i++)
        n += (size_t)snprintf(out + n, cap - n, "%s%u:%u-%u/%x", i ? " " : "", s->hits[i].term,
                              s->hits[i].begin, s->hits[i].end, s->hits[i].forms);
}

void bench_expect(struct bench *b, const char *text, const char *expected)
{
    char got[1024];

    ck_assert_int_eq(bench_scan(b, text, strlen(text)), SCAN_OK);
    write_hits(&b->s, got, sizeof got);
    ck_assert_msg(strcmp(got, expected) == 0, "%s: %s, not %s", text, got, expected);
}

char *repeated(const char *unit, size_t n)
{
    size_t len = strlen(unit);
    char *text = malloc(n * len + 1);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * len, unit, len);
    text[n * len] = '\0';
    return text;
}
