/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_RECORDS_H
#define TESTS_BENCH_RECORDS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Texts of a file of inputs.py, each with a NUL behind it. */
struct records {
    char *data;
    size_t bytes; /* of all, without the NULs */
    const char **text;
    size_t *len;
    size_t n;
};

/* Ends the program when the file cannot be read. */
struct records records_read(const char *folder, const char *name);
/* The first n of them, sharing their memory: not to be freed. */
struct records records_head(const struct records *all, size_t n);
void records_free(struct records *r);

/* Prints a line to stderr and ends the program with status 1. */
__attribute__((noreturn)) void fatal(const char *what, const char *which);
/* As malloc and realloc; without memory the program ends. */
void *must_alloc(size_t bytes);
void *must_resize(void *p, size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
