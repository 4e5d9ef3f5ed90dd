/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "test_suite.h"
#include "text/variant.h"
#include "text/variant_tables.h"

enum { ROOM = 64 };

START_TEST(known_sounds)
{
    static const struct {
        uint32_t code;
        const char *name;
    } known[] = {{0x5e01, "bi"},   {0x67aa, "qiang"}, {0x5973, "nv"}, {0x7eff, "lv"},
                 {0x884c, "xing"}, {0x3400, "qiu"},   {0x6bd4, "bi"}, {0x4e00, "yi"}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        ck_assert_str_eq(sound_name(sound_of(known[i].code)), known[i].name);
    ck_assert_uint_eq(sound_of(0x6bd4), sound_of(0x5e01)); /* 比 币 */
    ck_assert_uint_eq(sound_of('a'), 0);
    ck_assert_uint_eq(sound_of(0x110000), 0);
    ck_assert_uint_eq(sound_of(UINT32_MAX), 0);
    ck_assert_str_eq(sound_name(0), "");
    ck_assert_str_eq(sound_name(UINT16_MAX), "");
}
END_TEST

START_TEST(other_readings)
{
    uint16_t sounds[8];
    size_t n = sound_all(0x957f, sounds, 8); /* 长 */

    ck_assert_uint_eq(n, 2);
    ck_assert_uint_eq(sounds[0], sound_of(0x957f));
    ck_assert(sound_may_be(0x957f, sound_parse("chang", 5)));
    ck_assert(sound_may_be(0x957f, sound_parse("zhang", 5)));
    ck_assert(!sound_may_be(0x957f, sound_parse("bi", 2)));
    ck_assert(sound_may_be(0x884c, sound_parse("hang", 4)));
    ck_assert(!sound_may_be(0x957f, 0));
    ck_assert(!sound_may_be('a', 0));
    ck_assert(!sound_may_be(UINT32_MAX, 1));
    ck_assert_uint_eq(sound_all('a', sounds, 8), 0);
    ck_assert_uint_eq(sound_all(0x957f, NULL, 0), 2);
}
END_TEST

START_TEST(parsed_syllables)
{
    for (uint16_t i = 1; i <= sound_count(); i++)
        ck_assert_uint_eq(sound_parse(sound_name(i), strlen(sound_name(i))), i);
    ck_assert_uint_ne(sound_parse("lv", 2), 0);
    ck_assert_uint_eq(sound_parse("l\xc3\xbc", 3), sound_parse("lv", 2));
    ck_assert_uint_eq(sound_parse("lu:", 3), sound_parse("lv", 2));
    ck_assert_uint_eq(sound_parse("lue", 3), sound_parse("lve", 3));
    ck_assert_uint_ne(sound_parse("lu", 2), sound_parse("lv", 2));
    ck_assert_uint_eq(sound_parse("bix", 3), 0);
    ck_assert_uint_eq(sound_parse("BI", 2), 0);
    ck_assert_uint_eq(sound_parse("", 0), 0);
    ck_assert_uint_eq(sound_parse("zhuangzhuangzhuang", 18), 0);
}
END_TEST

START_TEST(readings_sorted)
{
    for (uint32_t i = 1; i < sound_others_count; i++)
        ck_assert_uint_lt(sound_others[i - 1], sound_others[i]);
}
END_TEST

/* The expectation, from the ICU that is linked at run time. */
static void icu_sound(UTransliterator *han_latin, UChar32 c, char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[ROOM], plain[ROOM];
    int32_t len = 0, limit, n = 0;

    u_strFromUTF32(text, ROOM, &len, &c, 1, &status);
    limit = len;
    utrans_transUChars(han_latin, text, &len, ROOM, 0, &limit, &status);
    len = unorm2_normalize(unorm2_getNFDInstance(&status), text, len, plain, ROOM, &status);
    ck_assert(U_SUCCESS(status));
    for (int32_t i = 0; i < len; i++) {
        if (plain[i] == 0x308)
            name[n - 1] = 'v';
        else if (plain[i] < 0x80)
            name[n++] = (char)plain[i];
        else if (plain[i] < 0x300 || plain[i] > 0x36f)
            n = 0, i = len;
    }
    name[n] = '\0';
}

START_TEST(sounds_equal_icu)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[16];
    UTransliterator *han_latin;

    u_uastrcpy(id, "Han-Latin");
    han_latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    ck_assert(U_SUCCESS(status));
    for (UChar32 c = 0; c < 0x110000; c++) {
        char name[ROOM] = "";

        if (uscript_getScript(c, &status) == USCRIPT_HAN)
            icu_sound(han_latin, c, name);
        if (strcmp(sound_name(sound_of((uint32_t)c)), name) != 0)
            ck_abort_msg("U+%04X is %s, not %s", (unsigned)c, sound_name(sound_of((uint32_t)c)),
                         name);
    }
    utrans_close(han_latin);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sound");
    TCase *t = tcase_create("tables");

    tcase_add_test(t, known_sounds);
    tcase_add_test(t, other_readings);
    tcase_add_test(t, parsed_syllables);
    tcase_add_test(t, readings_sorted);
    tcase_add_test(t, sounds_equal_icu);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
