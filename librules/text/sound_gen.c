/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time generator of the sounds: sound_gen READINGS OUTPUT. The usual reading of a character
 * is what ICU's Han-Latin makes of it alone; READINGS lists the others.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "text/table_gen.h"
#include "text/variant_tables.h"

enum { ROOM = 64, SYLLABLE = 8, MAX_SOUNDS = 1 << SOUND_BITS, MAX_OTHERS = 20000 };

static UTransliterator *han_latin;
static const UNormalizer2 *nfd;
static char names[MAX_SOUNDS][SYLLABLE];
static size_t n_names;
static char usual[GEN_CODES][SYLLABLE];
static struct other {
    uint32_t code;
    char name[SYLLABLE];
} others[MAX_OTHERS];
static size_t n_others;

static void check(UErrorCode status, UChar32 c)
{
    if (U_FAILURE(status))
        gen_die(u_errorName(status), (uint32_t)c);
}

static void open_icu(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[16];

    nfd = unorm2_getNFDInstance(&status);
    u_uastrcpy(id, "Han-Latin");
    han_latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    check(status, 0);
}

/* Decomposed pinyin without its tone marks; ü as v. False for what is no syllable. */
static bool toneless(const UChar *text, int32_t len, char *name)
{
    int32_t n = 0;

    for (int32_t i = 0; i < len; i++) {
        if (text[i] == 0x308 && n && name[n - 1] == 'u')
            name[n - 1] = 'v';
        else if (text[i] >= 'a' && text[i] <= 'z' && n < SYLLABLE - 1)
            name[n++] = (char)text[i];
        else if (text[i] < 0x300 || text[i] > 0x36f)
            return false;
    }
    name[n] = '\0';
    return n > 0;
}

static bool read_usual(UChar32 c, char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[ROOM], plain[ROOM];
    int32_t len = 0, limit;

    U16_APPEND_UNSAFE(text, len, c);
    limit = len;
    utrans_transUChars(han_latin, text, &len, ROOM, 0, &limit, &status);
    len = unorm2_normalize(nfd, text, len, plain, ROOM, &status);
    check(status, c);
    return toneless(plain, len, name);
}

static void make_usual(void)
{
    for (UChar32 c = 0; c < GEN_CODES; c++) {
        UErrorCode status = U_ZERO_ERROR;

        if (uscript_getScript(c, &status) == USCRIPT_HAN && !read_usual(c, usual[c]))
            usual[c][0] = '\0';
    }
}

static void add_other(const uint32_t *codes, size_t n)
{
    const uint32_t *fields[16];
    size_t lens[16], count = gen_fields(codes, n, fields, lens, 16);

    if (lens[0] != 1)
        gen_die("readings begin with one character", codes[0]);
    for (size_t i = 1; i < count; i++) {
        struct other *o = &others[n_others];

        if (n_others == MAX_OTHERS || lens[i] >= SYLLABLE)
            gen_die("bad reading", codes[0]);
        o->code = codes[0];
        for (size_t j = 0; j < lens[i]; j++)
            o->name[j] = (char)fields[i][j];
        o->name[lens[i]] = '\0';
        if (strcmp(o->name, usual[o->code]) != 0)
            n_others++;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void add_name(const char *name)
{
    for (size_t i = 0; i < n_names; i++) {
        if (strcmp(names[i], name) == 0)
            return;
    }
    if (n_names == MAX_SOUNDS - 1)
        gen_die("too many sounds", 0);
    memcpy(names[n_names++], name, SYLLABLE);
}

static void make_names(void)
{
    for (size_t c = 0; c < GEN_CODES; c++) {
        if (usual[c][0])
            add_name(usual[c]);
    }
    for (size_t i = 0; i < n_others; i++)
        add_name(others[i].name);
    qsort(names, n_names, sizeof names[0], by_name);
}

static uint16_t number(const char *name)
{
    const char *at = bsearch(name, names, n_names, sizeof names[0], by_name);

    return (uint16_t)((size_t)(at - names[0]) / SYLLABLE + 1);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static void print_usual(FILE *f)
{
    static uint16_t values[GEN_CODES];

    for (size_t c = 0; c < GEN_CODES; c++)
        values[c] = usual[c][0] ? number(usual[c]) : 0;
    for (size_t i = 0; i < n_others; i++)
        values[others[i].code] |= SOUND_HAS_OTHERS;
    gen_paged(f, "sound_usual", values);
}

static void print_names(FILE *f)
{
    fputs("\nconst char *const sound_names[] = {\n    \"\",\n", f);
    for (size_t i = 0; i < n_names; i++)
        fprintf(f, "    \"%s\",\n", names[i]);
    fprintf(f, "};\n\nconst uint32_t sound_last = %u;\n", (unsigned)n_names);
}

/* zh ch sh are z c s, and n is l, at the beginning; the length left. */
static size_t near_initial(char *name, size_t len)
{
    if (len > 2 && name[1] == 'h' && strchr("zcs", name[0])) {
        memmove(name + 1, name + 2, len - 2);
        return len - 1;
    }
    if (name[0] == 'n' && len > 1)
        name[0] = 'l';
    return len;
}

/* ang eng ing are an en in at the end. */
static size_t near_final(const char *name, size_t len)
{
    return len > 3 && memcmp(name + len - 2, "ng", 2) == 0 && strchr("aei", name[len - 3]) ? len - 1
                                                                                           : len;
}

/* The number of a name, which may be none, cut to a length and with the initial that is near. */
static uint16_t find_near(const char *name, size_t len, bool initial)
{
    char other[SYLLABLE] = "";

    memcpy(other, name, len);
    other[initial ? near_initial(other, len) : len] = '\0';
    return bsearch(other, names, n_names, sizeof names[0], by_name) ? number(other) : 0;
}

static uint16_t near(const char *name)
{
    const size_t len = strlen(name), end = near_final(name, len);
    uint16_t found = find_near(name, end, true);

    if (!found)
        found = find_near(name, len, true);
    if (!found)
        found = find_near(name, end, false);
    return found ? found : number(name);
}

static void print_nears(FILE *f)
{
    static uint32_t nears[MAX_SOUNDS];

    for (size_t i = 0; i < n_names; i++)
        nears[i + 1] = near(names[i]);
    gen_numbers(f, "const uint16_t sound_nears[]", nears, n_names + 1);
}

static void print_others(FILE *f)
{
    static uint32_t keys[MAX_OTHERS];

    for (size_t i = 0; i < n_others; i++)
        keys[i] = others[i].code << SOUND_BITS | number(others[i].name);
    qsort(keys, n_others, sizeof keys[0], by_number);
    gen_numbers(f, "const uint32_t sound_others[]", keys, n_others);
    fprintf(f, "\nconst uint32_t sound_others_count = %u;\n", (unsigned)n_others);
}

int main(int argc, char **argv)
{
    FILE *f;

    if (argc != 3)
        gen_die("usage: sound_gen READINGS OUTPUT", 0);
    open_icu();
    make_usual();
    gen_read(argv[1], add_other);
    make_names();
    f = gen_open(argv[2]);
    fputs("/* SPDX-License-Identifier: Apache-2.0 AND Unicode-DFS-2016 */\n"
          "/* Generated by sound_gen; do not edit. */\n#include \"text/variant_tables.h\"\n",
          f);
    print_usual(f);
    print_names(f);
    print_nears(f);
    print_others(f);
    gen_close(f);
    utrans_close(han_latin);
    return 0;
}
