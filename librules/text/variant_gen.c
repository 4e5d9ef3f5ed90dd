/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time generator of the listed variants: variant_gen PARTS SPLITS SHAPES COMPONENTS
 * LATIN EMOJI OUTPUT. The forms of the lists are described at their heads.
 */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "text/fold.h"
#include "text/table_gen.h"

enum { MAX_SPLITS = 60000, MAX_LISTS = 65536, ROOM = 64 };

static uint16_t parts[GEN_CODES], shapes[GEN_CODES], latin[GEN_CODES], emoji[GEN_CODES];
static uint16_t n_shapes;
static uint32_t pairs[MAX_SPLITS][3], triples[MAX_SPLITS][4];
static size_t n_pairs, n_triples;

/* Lists of codes in one array, each behind its length; the first is the empty one. */
struct lists {
    uint32_t codes[MAX_LISTS];
    size_t n;
};

static struct lists emoji_lists = {{0}, 1}, component_lists = {{0}, 1};
static uint16_t components[GEN_CODES];

static uint16_t add_list(struct lists *l, const uint32_t *codes, size_t n)
{
    size_t at = l->n;

    if (at + n + 1 > MAX_LISTS)
        gen_die("too many listed characters", codes[0]);
    l->codes[l->n++] = (uint32_t)n;
    memcpy(l->codes + l->n, codes, n * sizeof codes[0]);
    l->n += n;
    return (uint16_t)at;
}

static void set(uint16_t *table, uint32_t code, uint16_t value)
{
    if (table[code])
        gen_die("listed twice", code);
    table[code] = value;
}

/* Texts are folded before anything is looked up in them. */
static uint32_t folded(uint32_t code)
{
    uint32_t entry = fold_entry(code);

    return entry & FOLD_MANY || !(entry & FOLD_TARGET) ? code : entry & FOLD_TARGET;
}

/* All characters of a line are one class, named by the first. */
static void add_part(const uint32_t *codes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (codes[i] != ' ')
            set(parts, codes[i], (uint16_t)codes[0]);
    }
}

static void add_shape(const uint32_t *codes, size_t n)
{
    n_shapes++;
    for (size_t i = 0; i < n; i++) {
        if (folded(codes[i]) == codes[i])
            set(shapes, codes[i], n_shapes);
    }
}

static uint32_t part_of(uint32_t code)
{
    return parts[code] ? parts[code] : code;
}

static void add_split(const uint32_t *codes, size_t n)
{
    const uint32_t *fields[2];
    size_t lens[2], count = gen_fields(codes, n, fields, lens, 2);
    uint32_t *row;

    if (count != 2 || lens[0] != 1 || lens[1] < 2 || lens[1] > 3)
        gen_die("a split is a character and its two or three parts", codes[0]);
    if (n_pairs == MAX_SPLITS || n_triples == MAX_SPLITS)
        gen_die("too many splits", codes[0]);
    row = lens[1] == 2 ? pairs[n_pairs++] : triples[n_triples++];
    for (size_t i = 0; i < lens[1]; i++)
        row[i] = part_of(fields[1][i]);
    row[lens[1]] = folded(codes[0]);
}

static int compare(const uint32_t *a, const uint32_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

static int by_pair(const void *a, const void *b)
{
    return compare(a, b, 3);
}

static int by_triple(const void *a, const void *b)
{
    return compare(a, b, 4);
}

/* Sorts rows and drops the doubles; the same parts must not join to different characters. */
static size_t unique(uint32_t *rows, size_t n, size_t width)
{
    size_t kept = 0;

    qsort(rows, n, width * sizeof *rows, width == 3 ? by_pair : by_triple);
    for (size_t i = 0; i < n; i++) {
        const uint32_t *row = rows + i * width, *last = kept ? rows + (kept - 1) * width : NULL;

        if (last && compare(row, last, width - 1) == 0) {
            if (row[width - 1] != last[width - 1])
                gen_die("the same parts join to two characters", row[width - 1]);
            continue;
        }
        memmove(rows + kept++ * width, row, width * sizeof *rows);
    }
    return kept;
}

static void add_latin(const uint32_t *codes, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (codes[i] != ' ' && codes[i] != codes[0])
            set(latin, codes[i], (uint16_t)codes[0]);
    }
}

/* A listed letter names a class of listed classes: 0 looks like o, and what looks like 0, too. */
static void close_latin(void)
{
    for (uint32_t c = 0; c < GEN_CODES; c++) {
        if (latin[c] && latin[latin[c]])
            latin[c] = latin[latin[c]];
    }
}

/* Letters with marks are read as the letter; capitals lend their look to unlisted small ones. */
static void derive_latin(void)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);

    for (UChar32 c = 0x80; c < GEN_CODES; c++) {
        UChar text[ROOM];
        int32_t len = unorm2_getDecomposition(nfd, c, text, ROOM, &status);

        if (len > 1 && text[0] < 0x80 && u_isalpha(text[0]) && !latin[c])
            latin[c] = (uint16_t)u_tolower(text[0]);
    }
    for (UChar32 c = 0x80; c < GEN_CODES; c++) {
        UChar32 small = u_tolower(c);

        if (small >= 0x80 && small != c && latin[c] && !latin[small])
            latin[small] = latin[c];
        else if (small != c && !latin[c])
            latin[c] = latin[small];
    }
    if (U_FAILURE(status))
        gen_die(u_errorName(status), 0);
}

static void add_emoji(const uint32_t *codes, size_t n)
{
    const uint32_t *fields[2];
    size_t lens[2], count = gen_fields(codes, n, fields, lens, 2);

    if (count != 2 || lens[0] != 1)
        gen_die("an emoji is one character and what it stands for", codes[0]);
    set(emoji, codes[0], add_list(&emoji_lists, fields[1], lens[1]));
}

/* A head that is itself made of another component keeps the list of that one, and its own. */
static void add_to_list(uint32_t code, const uint32_t *more, size_t n)
{
    const uint32_t *had = component_lists.codes + components[code];
    uint32_t all[GEN_LINE * 2];

    if (had[0] + n > GEN_LINE * 2)
        gen_die("a component of too many characters", code);
    memcpy(all, had + 1, had[0] * sizeof all[0]);
    memcpy(all + had[0], more, n * sizeof all[0]);
    components[code] = add_list(&component_lists, all, had[0] + n);
}

static void add_component(const uint32_t *codes, size_t n)
{
    const uint32_t *fields[2];
    size_t lens[2], count = gen_fields(codes, n, fields, lens, 2), kept = 1;
    uint32_t all[GEN_LINE];
    uint16_t list;

    if (count != 2 || lens[0] != 1)
        gen_die("a component is one character and what is made of it", codes[0]);
    all[0] = codes[0];
    for (size_t i = 0; i < lens[1]; i++) {
        if (folded(fields[1][i]) == fields[1][i])
            all[kept++] = fields[1][i];
    }
    if (kept == 1 || folded(all[0]) != all[0])
        return;
    list = add_list(&component_lists, all, kept);
    for (size_t i = 0; i < kept; i++) {
        if (components[all[i]])
            add_to_list(all[i], all, kept);
        else
            components[all[i]] = list;
    }
}

static void print_rows(FILE *f, const char *name, const uint32_t *rows, size_t n, size_t width)
{
    fprintf(f, "\nconst uint32_t %s[][%zu] = {", name, width);
    for (size_t i = 0; i < n; i++) {
        fputs(i % 4 ? " {" : "\n    {", f);
        for (size_t j = 0; j < width; j++)
            fprintf(f, j ? ", 0x%x" : "0x%x", (unsigned)rows[i * width + j]);
        fputs("},", f);
    }
    fprintf(f, "\n};\n\nconst uint32_t %s_count = %zu;\n", name, n);
}

int main(int argc, char **argv)
{
    FILE *f;

    if (argc != 8)
        gen_die("usage: variant_gen PARTS SPLITS SHAPES COMPONENTS LATIN EMOJI OUTPUT", 0);
    gen_read(argv[1], add_part);
    gen_read(argv[2], add_split);
    gen_read(argv[3], add_shape);
    gen_read(argv[4], add_component);
    gen_read(argv[5], add_latin);
    gen_read(argv[6], add_emoji);
    n_pairs = unique(pairs[0], n_pairs, 3);
    n_triples = unique(triples[0], n_triples, 4);
    close_latin();
    derive_latin();
    close_latin();
    f = gen_open(argv[7]);
    fputs("/* SPDX-License-Identifier: Apache-2.0 */\n"
          "/* Generated by variant_gen; do not edit. */\n#include \"text/variant_tables.h\"\n",
          f);
    gen_paged(f, "part_classes", parts);
    gen_paged(f, "shape_classes", shapes);
    gen_paged(f, "latin_shapes", latin);
    gen_paged(f, "emoji_index", emoji);
    gen_paged(f, "component_index", components);
    gen_numbers(f, "const uint32_t emoji_lists[]", emoji_lists.codes, emoji_lists.n);
    gen_numbers(f, "const uint32_t component_lists[]", component_lists.codes, component_lists.n);
    print_rows(f, "split_pairs", pairs[0], n_pairs, 3);
    print_rows(f, "split_triples", triples[0], n_triples, 4);
    gen_close(f);
    return 0;
}
