/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "test_suite.h"

enum { ROOM = 4096, ROUNDS = 4000 };

/* What the wide loops must come to, one character after the other. */
static struct utf8_units counted(const char *text, size_t len, size_t *valid)
{
    struct utf8_units u = {0, 0};
    bool well = true;

    *valid = 0;
    for (size_t at = 0; at < len; u.points++) {
        uint32_t code, n = utf8_decode((const unsigned char *)text + at, len - at, &code);

        well = well && n;
        u.utf16 += n == UTF8_LONGEST ? 2 : 1;
        at += n ? n : 1;
        if (well)
            *valid = at;
    }
    return u;
}

static void same(const char *text, size_t len)
{
    size_t valid;
    const struct utf8_units want = counted(text, len, &valid), all = utf8_units(text, len),
                            head = utf8_units_valid(text, valid),
                            want_head = counted(text, valid, &valid);

    ck_assert_uint_eq(utf8_valid(text, len), valid);
    ck_assert_uint_eq(all.points, want.points);
    ck_assert_uint_eq(all.utf16, want.utf16);
    ck_assert_uint_eq(head.points, want_head.points);
    ck_assert_uint_eq(head.utf16, want_head.utf16);
    ck_assert_uint_eq(utf8_count(text, len), want.points);
}

static uint32_t next(uint32_t *state)
{
    return (*state = *state * 1103515245u + 12345u) >> 16;
}

/* Long texts, most of them well-formed up to one odd piece, at every distance from a block's end.
 */
START_TEST(long_texts)
{
    static const char *const plain[] = {"a",  "abcdefgh",     "比",   "比比",         "é",
                                        "～", "\xe0\xa4\x85", "🪙", "\xed\x9f\xbf", "\x7f"};
    static const char *const odd[] = {
        "\x80",         "\xff",     "\xe6\xaf",         "\xed\xa0\x80", "\xc0\x80",
        "\xe0\x9f\xbf", "\xf0\x9f", "\xf4\x90\x80\x80", "\xf5",         "\xf0\x8f\x80\x80"};
    static char text[ROOM + 16];
    uint32_t state = 1;

    for (int round = 0; round < ROUNDS; round++) {
        const size_t most = round % 8 ? next(&state) % 300 : next(&state) % ROOM;
        size_t n = 0;

        while (n < most) {
            const bool wrong = next(&state) % (1 + most) == 0;
            const char *part = wrong ? odd[next(&state) % 10] : plain[next(&state) % 10];

            memcpy(text + n, part, strlen(part));
            n += strlen(part);
        }
        same(text, n);
        same(text, n ? n - 1 : 0); /* perhaps cut inside a character */
    }
}
END_TEST

/* Every three bytes of those that differ to a decoder, at every place of a register. */
START_TEST(three_bytes)
{
    static const unsigned char bytes[] = {'a',  0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
                                          0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
                                          0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff};
    enum { N = sizeof bytes, BEFORE = 20 };
    char text[BEFORE + 8];

    for (unsigned i = 0; i < N * N * N; i++) {
        for (size_t before = i % 3; before < BEFORE; before += 3) {
            memset(text, 'a', before);
            text[before] = (char)bytes[i / N / N];
            text[before + 1] = (char)bytes[i / N % N];
            text[before + 2] = (char)bytes[i % N];
            memcpy(text + before + 3, "\x80\x80 bc", 5);
            same(text, before + 8);
            same(text, before + 2);
        }
    }
}
END_TEST

START_TEST(units_by_hand)
{
    struct utf8_units u = utf8_units("a比🪙\x80z", 10);

    ck_assert_uint_eq(u.points, 5);
    ck_assert_uint_eq(u.utf16, 6);
    u = utf8_units("", 0);
    ck_assert_uint_eq(u.points, 0);
    ck_assert_uint_eq(u.utf16, 0);
    u = utf8_units("🪙", 3); /* cut inside a character */
    ck_assert_uint_eq(u.points, 3);
    ck_assert_uint_eq(u.utf16, 3);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("base_utf8");
    TCase *t = tcase_create("utf8");

    tcase_add_test(t, units_by_hand);
    tcase_add_test(t, long_texts);
    tcase_add_test(t, three_bytes);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
