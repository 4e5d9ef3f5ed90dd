/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_TEST_BENCH_H
#define TESTS_SUPPORT_TEST_BENCH_H

#include "match/dictionary.h"
#include "match/scan.h"

/* A dictionary and a scanner over it, filled term by term. */
struct bench {
    struct dictionary_builder *builder;
    struct arena arena;
    struct dictionary *d; /* NULL until something is scanned */
    struct scanner s;
};

void bench_open(struct bench *b, const struct mem *building, const struct mem *scanning);
void bench_close(struct bench *b);
enum scan_status bench_scan(struct bench *b, const char *text, size_t len);

/* "term:begin-end/forms" of every hit, the forms in hexadecimal, with blanks between. */
void write_hits(const struct scanner *s, char *out, size_t cap);
/* The text holds these hits. */
void bench_expect(struct bench *b, const char *text, const char *expected);

/* To be freed. */
char *repeated(const char *unit, size_t n);

#endif
