/* SPDX-License-Identifier: Apache-2.0 */
#include "text/table_gen.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/paged.h"

void gen_die(const char *what, uint32_t code)
{
    fprintf(stderr, "tables: %s (U+%04X)\n", what, (unsigned)code);
    exit(1);
}

static int blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A reader in a header would drag its errors along: the tables are UTF-8 or the build ends. */
static size_t decode_line(const char *line, uint32_t *codes)
{
    size_t n = 0, len = strcspn(line, "#");

    for (size_t at = 0; at < len;) {
        uint32_t used = utf8_decode((const unsigned char *)line + at, len - at, &codes[n]);

        if (!used)
            gen_die("bad UTF-8 in a listed table", 0);
        at += used;
        n++;
    }
    while (n && blank(codes[n - 1]))
        n--;
    return n;
}

void gen_read(const char *path, void (*each)(const uint32_t *codes, size_t n))
{
    FILE *f = fopen(path, "r");
    char line[GEN_LINE];
    uint32_t codes[GEN_LINE];

    if (!f)
        gen_die(path, 0);
    while (fgets(line, sizeof line, f)) {
        if (!strchr(line, '\n'))
            gen_die("a line of a listed table is too long", 0);
        size_t n = decode_line(line, codes);
        if (n)
            each(codes, n);
    }
    fclose(f);
}

size_t gen_fields(const uint32_t *codes, size_t n, const uint32_t **fields, size_t *lens,
                  size_t cap)
{
    size_t count = 0;

    for (size_t at = 0; at < n;) {
        size_t begin = at;

        while (at < n && !blank(codes[at]))
            at++;
        if (at > begin) {
            if (count == cap)
                gen_die("too many fields in a listed table", codes[0]);
            fields[count] = codes + begin;
            lens[count++] = at - begin;
        } else {
            at++;
        }
    }
    return count;
}

FILE *gen_open(const char *path)
{
    FILE *f = fopen(path, "w");

    if (!f)
        gen_die("cannot open the output", 0);
    return f;
}

void gen_close(FILE *f)
{
    if (ferror(f) || fclose(f))
        gen_die("cannot write the output", 0);
}

void gen_numbers(FILE *f, const char *declaration, const uint32_t *numbers, size_t n)
{
    fprintf(f, "\n%s = {", declaration);
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%s0x%xu,", i % 8 ? " " : "\n    ", (unsigned)numbers[i]);
    fputs("\n};\n", f);
}

void gen_paged(FILE *f, const char *name, const uint16_t *values)
{
    static uint32_t pages[PAGED_PAGES], unique[GEN_CODES];
    uint32_t n = 0;
    char declaration[128];

    for (size_t p = 0; p < PAGED_PAGES; p++) {
        const uint16_t *page = values + p * PAGED_SIZE;
        uint32_t found = 0;

        while (found < n) {
            size_t i = 0;
            while (i < PAGED_SIZE && unique[(size_t)found * PAGED_SIZE + i] == page[i])
                i++;
            if (i == PAGED_SIZE)
                break;
            found++;
        }
        if (found == n) {
            for (size_t i = 0; i < PAGED_SIZE; i++)
                unique[(size_t)n * PAGED_SIZE + i] = page[i];
            n++;
        }
        pages[p] = found;
    }
    snprintf(declaration, sizeof declaration, "static const uint16_t %s_pages[]", name);
    gen_numbers(f, declaration, pages, PAGED_PAGES);
    snprintf(declaration, sizeof declaration, "static const uint16_t %s_values[]", name);
    gen_numbers(f, declaration, unique, (size_t)n * PAGED_SIZE);
    fprintf(f, "\nconst struct paged %s = {%s_pages, %s_values};\n", name, name, name);
}
