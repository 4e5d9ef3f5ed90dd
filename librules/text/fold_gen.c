/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time generator of the fold tables: fold_gen EXCEPTIONS OUTPUT. It is the only place that
 * opens ICU's transliterators, which cost too much to open at run time.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "text/fold.h"
#include "text/reader.h"
#include "text/table_gen.h"

enum { CODES = 0x110000, MAX_SEQUENCES = 20000, ROOM = 64 };

struct sequence {
    UChar32 codes[ROOM];
    int32_t count;
};

static const UNormalizer2 *nfkc, *nfkc_casefold;
static UTransliterator *simplify;
static UChar32 script_fold[CODES];
static uint32_t entries[CODES];
static uint32_t pages[CODES];
static uint16_t page_index[FOLD_PAGES];
static uint32_t n_pages;
static uint32_t sequences[MAX_SEQUENCES];
static uint32_t n_sequences = 1; /* index 0 would read as "itself" */

static _Noreturn void die(const char *what, UChar32 code)
{
    fprintf(stderr, "fold_gen: %s (U+%04X)\n", what, (unsigned)code);
    exit(1);
}

static void check(UErrorCode status, const char *what, UChar32 code)
{
    if (U_FAILURE(status))
        die(what, code);
}

static bool surrogate(UChar32 c)
{
    return (c & 0x1ff800) == 0xd800;
}

static void open_icu(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[32];

    nfkc = unorm2_getNFKCInstance(&status);
    nfkc_casefold = unorm2_getNFKCCasefoldInstance(&status);
    u_uastrcpy(id, "Traditional-Simplified");
    simplify = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    check(status, "cannot open ICU", 0);
}

static struct sequence normalise(const UNormalizer2 *n, UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar in[2], out[ROOM];
    int32_t len = 0, made;
    struct sequence s = {.count = 0};

    U16_APPEND_UNSAFE(in, len, c);
    made = unorm2_normalize(n, in, len, out, ROOM, &status);
    check(status, "cannot normalise", c);
    u_strToUTF32(s.codes, ROOM, &s.count, out, made, &status);
    check(status, "cannot normalise", c);
    return s;
}

static bool same(const struct sequence *a, const struct sequence *b)
{
    return a->count == b->count &&
           memcmp(a->codes, b->codes, (size_t)a->count * sizeof a->codes[0]) == 0;
}

static bool is_han(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;

    return uscript_getScript(c, &status) == USCRIPT_HAN && u_isUAlphabetic(c);
}

/* ICU's rules also turn corner brackets into quotation marks: only Han is a matter of script. */
static UChar32 simplified(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[ROOM];
    int32_t len = 0, limit, count = 0;
    UChar32 result[2] = {0};

    if (!is_han(c))
        return c;
    U16_APPEND_UNSAFE(text, len, c);
    limit = len;
    utrans_transUChars(simplify, text, &len, ROOM, 0, &limit, &status);
    check(status, "cannot simplify", c);
    u_strToUTF32(result, 2, &count, text, len, &status);
    check(status, "cannot simplify", c);
    if (count != 1)
        die("simplifies to more than one character", c);
    return result[0];
}

/* "U+4E7E", after blanks; where it ends goes to *end. */
static unsigned long exception_code(const char *text, char **end)
{
    unsigned long code;

    text += strspn(text, " \t");
    if (strncmp(text, "U+", 2) != 0)
        die("bad line in the exceptions", 0);
    code = strtoul(text + 2, end, 16);
    if (*end == text + 2 || code >= CODES)
        die("bad line in the exceptions", 0);
    return code;
}

static void read_exceptions(const char *path)
{
    FILE *f = fopen(path, "r");
    char line[512];

    if (!f)
        die("cannot open the exceptions", 0);
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        char *rest, *end;
        unsigned long from = exception_code(line, &rest);

        script_fold[from] = (UChar32)exception_code(rest, &end);
    }
    fclose(f);
}

static void make_script_fold(const char *exceptions)
{
    for (UChar32 c = 0; c < CODES; c++)
        script_fold[c] = surrogate(c) ? c : simplified(c);
    read_exceptions(exceptions);
    for (UChar32 c = 0; c < CODES; c++) {
        if (script_fold[script_fold[c]] != script_fold[c])
            die("script fold is not idempotent: needs an exception", c);
    }
}

static bool line_end(UChar32 c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/*
 * Besides what Unicode calls default-ignorable: interlinear annotation, noncharacters, the skin
 * tones, which only colour the emoji before them, and the control characters that no text needs.
 * Line ends and the tab keep their meaning.
 */
static bool extra_ignorable(UChar32 c)
{
    if ((c >= 0xfff9 && c <= 0xfffb) || U_IS_UNICODE_NONCHAR(c))
        return true;
    if (u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER))
        return true;
    return u_charType(c) == U_CONTROL_CHAR && c != '\t' && !line_end(c);
}

static bool wordless_script(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &status);
    int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

    return script == USCRIPT_HAN || script == USCRIPT_HANGUL || width == U_EA_WIDE ||
           u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

static enum char_class letter_class(UChar32 c)
{
    if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER)
        return CHAR_WORD;
    return wordless_script(c) ? CHAR_OTHER : CHAR_WORD;
}

/* Combining marks of no script of their own that stayed uncomposed are decoration. */
static enum char_class mark_class(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;

    if (uscript_getScript(c, &status) == USCRIPT_INHERITED)
        return CHAR_SEPARATOR;
    return letter_class(c);
}

static enum char_class symbol_class(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;

    /* Radicals and enclosed letters are written for letters. */
    if (uscript_getScript(c, &status) == USCRIPT_HAN || u_isUAlphabetic(c))
        return CHAR_OTHER;
    return CHAR_SEPARATOR;
}

static enum char_class punctuation_class(UChar32 c)
{
    if (c == '.')
        return CHAR_SEPARATOR;
    if (u_hasBinaryProperty(c, UCHAR_TERMINAL_PUNCTUATION))
        return CHAR_WALL;
    /* A percentage is content: 100% is not 100. */
    if (c == '%' || c == 0x2030 || c == 0x2031 || c == 0x66a)
        return CHAR_OTHER;
    return CHAR_SEPARATOR;
}

static enum char_class class_of(UChar32 c)
{
    if (line_end(c))
        return CHAR_WALL;
    switch (u_charType(c)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
        return letter_class(c);
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        return mark_class(c);
    case U_MATH_SYMBOL:
    case U_CURRENCY_SYMBOL:
    case U_MODIFIER_SYMBOL:
    case U_OTHER_SYMBOL:
        return symbol_class(c);
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
        return punctuation_class(c);
    case U_SPACE_SEPARATOR:
    case U_PRIVATE_USE_CHAR: /* icon fonts */
    case U_UNASSIGNED:       /* shown as nothing or a box, or an emoji of tomorrow */
        return CHAR_SEPARATOR;
    default:
        return CHAR_OTHER;
    }
}

static bool width_only(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar raw[ROOM];
    int32_t len = unorm2_getRawDecomposition(nfkc, c, raw, ROOM, &status);

    return len > 0 && unorm2_isNormalized(nfkc, raw, len, &status);
}

static uint32_t compat_forms(UChar32 c)
{
    int32_t type = u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE);

    if (type != U_DT_WIDE && type != U_DT_NARROW)
        return FORM_COMPAT;
    return width_only(c) ? FORM_WIDTH : FORM_WIDTH | FORM_COMPAT;
}

/* The blanks that Unicode leaves as they are; the others are compatible with U+0020. */
static bool odd_blank(UChar32 c)
{
    return c == '\t' || c == 0x1680;
}

static uint32_t add_sequence(const struct sequence *s)
{
    uint32_t at = n_sequences;

    if (s->count > FOLD_LONGEST || n_sequences + (uint32_t)s->count + 1 > MAX_SEQUENCES)
        die("sequence table is too small", s->codes[0]);
    sequences[n_sequences++] = (uint32_t)s->count;
    for (int32_t i = 0; i < s->count; i++)
        sequences[n_sequences++] = (uint32_t)s->codes[i];
    return at;
}

static uint32_t make_entry(UChar32 c)
{
    struct sequence written = {.codes = {c}, .count = 1};
    struct sequence compat = normalise(nfkc, c), folded = normalise(nfkc_casefold, c);
    uint32_t forms = 0, entry = 0;

    if (!folded.count || extra_ignorable(c))
        return (uint32_t)FORM_IGNORABLE << FOLD_FORMS_SHIFT | (uint32_t)CHAR_OTHER
                                                                  << FOLD_CLASS_SHIFT;
    if (!same(&compat, &written))
        forms |= compat_forms(c);
    if (!same(&folded, &compat))
        forms |= FORM_CASE;
    for (int32_t i = 0; i < folded.count; i++) {
        UChar32 simple = script_fold[folded.codes[i]];
        if (simple != folded.codes[i])
            forms |= FORM_SCRIPT;
        folded.codes[i] = simple;
    }
    if (odd_blank(c)) {
        forms |= FORM_COMPAT;
        folded.codes[0] = ' ';
    }
    if (folded.count > 1)
        entry = FOLD_MANY | add_sequence(&folded);
    else if (folded.codes[0] != c)
        entry = (uint32_t)folded.codes[0];
    if (!unorm2_hasBoundaryBefore(nfkc_casefold, c))
        entry |= FOLD_JOINS;
    return entry | forms << FOLD_FORMS_SHIFT |
           (uint32_t)class_of(folded.codes[0]) << FOLD_CLASS_SHIFT;
}

static void make_entries(void)
{
    for (UChar32 c = 0; c < CODES; c++)
        entries[c] = surrogate(c) ? 0 : make_entry(c);
}

/* Whatever a character folds to must itself be fully folded and never vanish. */
static void check_stable(UChar32 c)
{
    uint32_t single;
    size_t count;
    const uint32_t *s;

    if (fold_ignorable(entries[c]))
        return;
    if (entries[c] & FOLD_MANY) {
        s = sequences + (entries[c] & FOLD_TARGET);
        count = *s++;
    } else {
        single = entries[c] & FOLD_TARGET ? entries[c] & FOLD_TARGET : (uint32_t)c;
        s = &single;
        count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (fold_forms(entries[s[i]]) || entries[s[i]] & (FOLD_TARGET | FOLD_MANY))
            die("fold is not idempotent", c);
    }
}

static uint16_t find_page(const uint32_t *page)
{
    for (uint32_t i = 0; i < n_pages; i++) {
        if (memcmp(pages + (size_t)i * FOLD_PAGE_SIZE, page, FOLD_PAGE_SIZE * sizeof *page) == 0)
            return (uint16_t)i;
    }
    memcpy(pages + (size_t)n_pages * FOLD_PAGE_SIZE, page, FOLD_PAGE_SIZE * sizeof *page);
    return (uint16_t)n_pages++;
}

static void make_pages(void)
{
    for (size_t i = 0; i < FOLD_PAGES; i++)
        page_index[i] = find_page(entries + i * FOLD_PAGE_SIZE);
}

static void print_tables(FILE *f)
{
    uint32_t index[FOLD_PAGES];

    for (size_t i = 0; i < FOLD_PAGES; i++)
        index[i] = page_index[i];
    fputs("/* SPDX-License-Identifier: Apache-2.0 AND Unicode-DFS-2016 */\n", f);
    fputs("/* Generated by fold_gen; do not edit. */\n#include \"text/fold.h\"\n\n", f);
    fprintf(f, "const char fold_unicode_version[] = \"%s\";\n", U_UNICODE_VERSION);
    fprintf(f, "const uint32_t fold_unique_pages = %u;\n", (unsigned)n_pages);
    gen_numbers(f, "const uint16_t fold_pages[FOLD_PAGES]", index, FOLD_PAGES);
    gen_numbers(f, "const uint32_t fold_entries[]", pages, (size_t)n_pages * FOLD_PAGE_SIZE);
    gen_numbers(f, "const uint32_t fold_sequences[]", sequences, n_sequences);
}

int main(int argc, char **argv)
{
    FILE *f;

    if (argc != 3)
        die("usage: fold_gen EXCEPTIONS OUTPUT", 0);
    open_icu();
    make_script_fold(argv[1]);
    make_entries();
    for (UChar32 c = 0; c < CODES; c++)
        check_stable(c);
    make_pages();
    f = fopen(argv[2], "w");
    if (!f)
        die("cannot open the output", 0);
    print_tables(f);
    if (ferror(f) || fclose(f))
        die("cannot write the output", 0);
    utrans_close(simplify);
    return 0;
}
