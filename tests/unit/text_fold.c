/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/utf8.h"
#include "test_suite.h"
#include "text/fold.h"
#include "text/reader.h"

enum { ROOM = 1024 };

static void fold_to(const char *text, uint32_t forms, const char *expected)
{
    char out[ROOM];
    size_t n = text_fold(text, strlen(text), forms, out, sizeof out);

    ck_assert_str_eq(out, expected);
    ck_assert_uint_eq(n, strlen(expected));
}

START_TEST(golden_folds)
{
    static const char *const pairs[][2] = {
        {"ＢＴＣ", "btc"},
        {"ⒷⓉⒸ", "btc"},
        {"㎏", "kg"},
        {"⼈⼯", "人工"},
        {"比特幣", "比特币"},
        {"比\u200b特\ufe0f币", "比特币"},
        {"e\u0301", "é"},
        {"E\u0301", "é"},
        {"\u1112\u1161\u11ab", "한"},
        {"ﾊﾞ", "バ"},
        {"ﾊ\u200bﾞ", "バ"},
        {"乾隆", "干隆"},
        {"裏面 裡面", "里面 里面"},
        {"苎苧薴", "苎苎苎"},
        {"妳", "你"},
        {"Straße", "strasse"},
        {"ﬁ", "fi"},
        {"①②③", "123"},
        {"\u00adsoft\u00ad", "soft"},
        {"⾺", "马"},
        {"！，", "!,"},
        {"「书」", "「书」"},
        {"a\x01\x02"
         "b",
         "ab"},
        {"a\tb", "a b"},
        {"a \t\u00a0\u1680\u2003\u3000b  ", "a b "},
        {"👍🏽\ufdd0\uffff", "👍"},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        fold_to(pairs[i][0], FORM_DEFAULT, pairs[i][1]);
}
END_TEST

START_TEST(restricted_forms)
{
    fold_to("ＢＴＣ", 0, "ＢＴＣ");
    fold_to("ＢＴＣ", FORM_WIDTH, "ＢＴＣ"); /* needs case, too */
    fold_to("ＢＴＣ", FORM_WIDTH | FORM_CASE, "btc");
    fold_to("１２", FORM_WIDTH, "12");
    fold_to("BTC", FORM_CASE, "btc");
    fold_to("幣", FORM_CASE, "幣");
    fold_to("幣", FORM_SCRIPT, "币");
    fold_to("a\tb  c\u00a0d\u3000e", 0, "a\tb  c\u00a0d\u3000e");
    fold_to("a\tb  c\u00a0 d\u3000 e", FORM_COMPAT, "a b c d\u3000 e");
    fold_to("a\tb  c\u3000 d", FORM_WIDTH, "a\tb  c  d");
    fold_to("a \u200b b", FORM_COMPAT, "a \u200b b");
    fold_to("a \u200b b", FORM_COMPAT | FORM_IGNORABLE, "a b");
    fold_to("E\u0301", FORM_COMPAT, "E\u0301");
    fold_to("E\u0301", FORM_CASE, "e\u0301");
    fold_to("E\u0301", FORM_CASE | FORM_COMPAT, "é");
    fold_to("a\u200bb", FORM_DEFAULT & ~FORM_IGNORABLE, "a\u200bb");
    fold_to("e\u200b\u0301", FORM_COMPAT, "e\u200b\u0301");
    fold_to("比-特 币", FORM_SQUEEZED, "比特币");
    fold_to("比🪙特，币", FORM_PLAIN, "比特,币");
}
END_TEST

START_TEST(cut_output)
{
    char out[8];

    ck_assert_uint_eq(text_fold("比特币", 9, FORM_DEFAULT, out, 8), 9);
    ck_assert_str_eq(out, "比特");
    ck_assert_uint_eq(text_fold("币ab", 5, FORM_DEFAULT, out, 3), 5);
    ck_assert_str_eq(out, ""); /* nothing follows the first character that did not fit */
    ck_assert_uint_eq(text_fold("abc", 3, FORM_DEFAULT, NULL, 0), 3);
}
END_TEST

START_TEST(versions)
{
    UVersionInfo linked;
    char text[U_MAX_VERSION_STRING_LENGTH];
    unsigned major, minor;

    u_getUnicodeVersion(linked);
    u_versionToString(linked, text);
    ck_assert_int_eq(sscanf(text_unicode_version(), "%u.%u", &major, &minor), 2);
    ck_assert_uint_eq(major, linked[0]);
    ck_assert_uint_eq(minor, linked[1]);
    ck_assert_uint_eq(strlen(text_tables_digest()), 16);
    ck_assert_uint_eq(strspn(text_tables_digest(), "0123456789abcdef"), 16);
}
END_TEST

/* The expectation, from the ICU that is linked at run time. */

static UTransliterator *simplify;

static const UChar32 exceptions[][2] = {
    {0x537d, 0x5373}, {0x56cc, 0x82cf}, {0x59b3, 0x4f60}, {0x5cef, 0x5cf0}, {0x5dbd, 0x5cb3},
    {0x63f9, 0x80cc}, {0x654d, 0x53d9}, {0x65e3, 0x65e2}, {0x67fa, 0x62d0}, {0x68ca, 0x68cb},
    {0x69a6, 0x5e72}, {0x6c37, 0x51b0}, {0x6ed9, 0x6c47}, {0x7260, 0x5b83}, {0x7881, 0x68cb},
    {0x7947, 0x53ea}, {0x7cc9, 0x7cbd}, {0x7ced, 0x7cbd}, {0x8218, 0x9986}, {0x82ce, 0x82ce},
    {0x85b4, 0x82ce}, {0x8879, 0x53ea}, {0x8aee, 0x54a8}, {0x8c18, 0x54a8}, {0x9061, 0x6eaf},
    {0x9205, 0x94a5}, {0x9221, 0x949f}, {0x9246, 0x94bb}, {0x934a, 0x94fe}, {0x937c, 0x9488},
    {0x938c, 0x9570}, {0x945b, 0x77ff}, {0x946a, 0x7089}, {0x9599, 0x95f9}, {0x97c6, 0x5343},
    {0x9927, 0x5582}, {0x9b2a, 0x6597}, {0x9d70, 0x96d5}, {0x9df0, 0x71d5}, {0x9e7b, 0x78b1},
    {0x9eaa, 0x9762}, {0x9eb4, 0x66f2},
};

static void open_icu(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[32];

    u_uastrcpy(id, "Traditional-Simplified");
    simplify = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    ck_assert(U_SUCCESS(status));
}

static void close_icu(void)
{
    utrans_close(simplify);
}

static UChar32 icu_simplified(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[64];
    UChar32 out[4];
    int32_t len = 0, limit, count = 0;

    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        if (exceptions[i][0] == c)
            return exceptions[i][1];
    }
    if (uscript_getScript(c, &status) != USCRIPT_HAN)
        return c;
    u_strFromUTF32(text, 64, &len, &c, 1, &status);
    limit = len;
    utrans_transUChars(simplify, text, &len, 64, 0, &limit, &status);
    u_strToUTF32(out, 4, &count, text, len, &status);
    if (U_FAILURE(status) || count != 1)
        ck_abort_msg("U+%04X does not simplify", (unsigned)c);
    return out[0];
}

static bool extra_ignorable(UChar32 c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0) ||
           (c >= 0xfff9 && c <= 0xfffb) || U_IS_UNICODE_NONCHAR(c) ||
           (c >= 0x1f3fb && c <= 0x1f3ff);
}

/* Unlike Unicode, the library takes the tab and the Ogham space for a blank. */
static bool odd_blank(UChar32 c)
{
    return c == '\t' || c == 0x1680;
}

/* Writes c to out + len unless it is a blank behind a blank: they look like one. */
static size_t put_code(UChar32 c, char *out, size_t len)
{
    c = odd_blank(c) ? ' ' : c;
    if (c == ' ' && len && out[len - 1] == ' ')
        return len;
    return len + utf8_encode((uint32_t)c, out + len);
}

/* Casefolded, composed and simplified, in UTF-8. */
static void icu_fold(const UChar32 *codes, size_t n, char *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&status);
    UChar raw[ROOM], folded[ROOM];
    UChar32 kept[ROOM / 4];
    int32_t count = 0, len = 0;
    size_t written = 0;

    for (size_t i = 0; i < n; i++) {
        if (!extra_ignorable(codes[i]))
            kept[count++] = codes[i];
    }
    u_strFromUTF32(raw, ROOM, &len, kept, count, &status);
    len = unorm2_normalize(casefold, raw, len, folded, ROOM, &status);
    u_strToUTF32(kept, ROOM / 4, &count, folded, len, &status);
    if (U_FAILURE(status))
        ck_abort_msg("%s", u_errorName(status));
    for (int32_t i = 0; i < count; i++)
        written = put_code(icu_simplified(kept[i]), out, written);
    out[written] = '\0';
}

static size_t encode(const UChar32 *codes, size_t n, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++)
        len += utf8_encode((uint32_t)codes[i], out + len);
    return len;
}

/* Check reports every assertion to its parent: over a million of them, only failures may. */
static void same_as_icu(const UChar32 *codes, size_t n)
{
    char text[ROOM], expected[ROOM], got[ROOM], again[ROOM];
    size_t len = encode(codes, n, text);

    icu_fold(codes, n, expected);
    len = text_fold(text, len, FORM_DEFAULT, got, sizeof got);
    text_fold(got, len, FORM_DEFAULT, again, sizeof again);
    if (strcmp(got, expected) == 0 && strcmp(again, got) == 0)
        return;
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, " U+%04X", (unsigned)codes[i]);
    ck_abort_msg("expected %s, got %s, again %s", expected, got, again);
}

static bool surrogate(UChar32 c)
{
    return c >= 0xd800 && c < 0xe000;
}

START_TEST(tables_equal_icu)
{
    for (UChar32 c = 0; c < 0x110000; c++) {
        if (!surrogate(c))
            same_as_icu(&c, 1);
    }
}
END_TEST

static bool exact_forms(const UNormalizer2 *nfkc, UChar32 c)
{
    uint32_t entry = fold_entry((uint32_t)c), forms = fold_forms(entry), single;
    UErrorCode status = U_ZERO_ERROR;
    const uint32_t *s;
    UChar raw[2];
    int32_t len = 0;
    bool compatible, itself;
    size_t n;

    if (fold_ignorable(entry))
        return forms == FORM_IGNORABLE;
    s = fold_sequence((uint32_t)c, entry, &single, &n);
    itself = n == 1 && s[0] == (uint32_t)c;
    u_strFromUTF32(raw, 2, &len, &c, 1, &status);
    compatible = unorm2_isNormalized(nfkc, raw, len, &status);
    compatible = compatible && !odd_blank(c);
    return itself == !forms && compatible == !(forms & (FORM_WIDTH | FORM_COMPAT));
}

/* An entry's forms are what changed: a character that is itself undoes nothing. */
START_TEST(forms_are_exact)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);

    for (UChar32 c = 0; c < 0x110000; c++) {
        if (!surrogate(c) && !exact_forms(nfkc, c))
            ck_abort_msg("U+%04X", (unsigned)c);
    }
}
END_TEST

/* Characters that compose, decompose, reorder or vanish, in random order. */
static UChar32 random_code(void)
{
    static const UChar32 some[] = {
        'a',    'E',     0xe9,    0x301,   0x308,   0x323,  0x327,  0x338,   0x345,  0x1112, 0x1161,
        0x11ab, 0xac00,  0x11a8,  0x30cf,  0xff8a,  0xff9e, 0xff9f, 0x3099,  0x309a, 0x200d, 0xfe0f,
        0xad,   0x34f,   0x1100,  0x9c7,   0x9be,   0x9d7,  0xdd9,  0xdca,   0xdcf,  0x338f, 0xfdfa,
        ' ',    '\t',    0xa0,    0x3000,  0xa8,    0x1680, 0xfdd0, 0x1f3fb, 0x5e63, 0x6bd4, 0x212b,
        0x2126, 0x3a9,   0x3c,    0x3d,    0x1e9b,  0x344,  0xf43,  0x71,    0xff41, 0x24b7, 0x1,
        0xfff9, 0x1d15e, 0x1d165, 0x110a5, 0x110ba, 0x1b06, 0x1b35};

    if (rand() % 8 == 0) {
        UChar32 c = rand() % 0x20000;
        return surrogate(c) ? 'x' : c;
    }
    return some[(size_t)rand() % (sizeof some / sizeof some[0])];
}

START_TEST(strings_equal_icu)
{
    srand(20260206);
    for (int i = 0; i < 40000; i++) {
        UChar32 codes[24];
        size_t n = (size_t)rand() % 24;
        for (size_t k = 0; k < n; k++)
            codes[k] = random_code();
        same_as_icu(codes, n);
    }
}
END_TEST

static Suite *fold_suite(void)
{
    Suite *s = suite_create("text_fold");
    TCase *plain = tcase_create("folds"), *icu = tcase_create("icu");

    tcase_add_test(plain, golden_folds);
    tcase_add_test(plain, restricted_forms);
    tcase_add_test(plain, cut_output);
    tcase_add_test(plain, versions);
    tcase_add_test(plain, forms_are_exact);
    suite_add_tcase(s, plain);
    tcase_add_unchecked_fixture(icu, open_icu, close_icu);
    tcase_add_test(icu, tables_equal_icu);
    tcase_add_test(icu, strings_equal_icu);
    tcase_set_timeout(icu, 60);
    suite_add_tcase(s, icu);
    return s;
}

int main(void)
{
    return test_run(fold_suite());
}
