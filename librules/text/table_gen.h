/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_TABLE_GEN_H
#define LIBRULES_TEXT_TABLE_GEN_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What the generators of tables share: reading listed tables, printing constant ones. */

#ifdef __cplusplus
extern "C" {
#endif

enum { GEN_CODES = 0x110000, GEN_LINE = 2048 };

/* Ends the build. */
__attribute__((noreturn)) void gen_die(const char *what, uint32_t code);

/*
 * Calls each(codes, n) for every line of a listed table: its code points up to "#" without the
 * blanks around them, then zeros. Empty lines are passed over.
 */
void gen_read(const char *path, void (*each)(const uint32_t *codes, size_t n));
/* Splits codes at blanks; returns how many fields there are, at most cap. */
size_t gen_fields(const uint32_t *codes, size_t n, const uint32_t **fields, size_t *lens,
                  size_t cap);

FILE *gen_open(const char *path);
void gen_close(FILE *f);
void gen_numbers(FILE *f, const char *declaration, const uint32_t *numbers, size_t n);
/* GEN_CODES values below 65536 as struct paged (text/paged.h) called name. */
void gen_paged(FILE *f, const char *name, const uint16_t *values);

#ifdef __cplusplus
}
#endif

#endif
