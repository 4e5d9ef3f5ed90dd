/* SPDX-License-Identifier: Apache-2.0 */
/* What a sketch rules out, the comparison of the names would not keep either. */
#include <string.h>

#include <check.h>

#include "base/nearest.h"
#include "test_suite.h"

enum { LONGEST = 100, PAIRS = 40000 };

static const char *const characters[] = {"a",    "b", "A",  "z",  "_", "9",
                                         "\xff", "é", "名", "称", "𠮷"};

static uint32_t random_below(uint32_t n)
{
    static uint32_t state = 1;

    state = state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)state * n >> 32);
}

static void append(char *name, const char *more)
{
    memcpy(name + strlen(name), more, strlen(more) + 1);
}

static void append_random(char *name)
{
    append(name, characters[random_below(sizeof characters / sizeof *characters)]);
}

static void random_name(char *name, uint32_t n)
{
    name[0] = '\0';
    while (n--)
        append_random(name);
}

/* The same but for a few bytes, which often end characters and begin others. */
static void misspell(char *to, const char *name)
{
    uint32_t slips = random_below(5);

    memcpy(to, name, strlen(name) + 1);
    while (slips--) {
        size_t n = strlen(to), at = random_below((uint32_t)n + 1);

        if (random_below(3) == 0)
            append_random(to);
        else if (n > 0 && random_below(2) == 0)
            memmove(to + at, to + at + (at < n), n + 1 - at - (at < n));
        else if (at < n)
            to[at] = name[random_below((uint32_t)strlen(name))];
    }
}

static bool is_near(const char *name, const char *candidate)
{
    struct nearest n = {0};

    nearest_offer(&n, name, strlen(name), candidate);
    return n.best;
}

static bool may_be_near(const char *name, const char *candidate)
{
    struct name_sketch a = name_sketch(name, strlen(name)),
                       b = name_sketch(candidate, strlen(candidate));

    return name_may_be_near(&a, &b);
}

START_TEST(nothing_near_is_ruled_out)
{
    char name[4 * LONGEST + 1], other[8 * LONGEST + 1];
    uint32_t near = 0, ruled_out = 0;

    for (int i = 0; i < PAIRS; i++) {
        random_name(name, random_below(i % 100 ? 12 : LONGEST - 20));
        if (i % 2)
            misspell(other, name);
        else
            random_name(other, random_below(12));
        if (is_near(name, other)) {
            near++;
            ck_assert(may_be_near(name, other));
        } else {
            ruled_out += !may_be_near(name, other);
        }
    }
    ck_assert_uint_gt(near, PAIRS / 10);
    ck_assert_uint_gt(ruled_out, PAIRS / 4);
}
END_TEST

START_TEST(other_names_are_ruled_out)
{
    ck_assert(may_be_near("images", "image"));
    ck_assert(may_be_near("IMAGES", "images"));
    ck_assert(!may_be_near("images", "origin"));
    ck_assert(!may_be_near("images", "image_texts"));
    ck_assert(!may_be_near("", "id"));
    ck_assert(!may_be_near("images", "a"));
    ck_assert(!may_be_near("a", "images"));
    ck_assert(!may_be_near("包内部结构", "产品名称"));
}
END_TEST

START_TEST(long_names_are_near_to_nothing)
{
    char name[LONGEST];
    struct name_sketch known;

    memset(name, 'a', sizeof name);
    known = name_sketch(name, 63);
    for (size_t n = 62; n < LONGEST; n++) {
        struct name_sketch s = name_sketch(name, n);

        ck_assert_int_eq(name_may_be_near(&s, &known), n <= 64);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("base_nearest");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, nothing_near_is_ruled_out);
    tcase_add_test(t, other_names_are_ruled_out);
    tcase_add_test(t, long_names_are_near_to_nothing);
    suite_add_tcase(s, t);
    return test_run(s);
}
