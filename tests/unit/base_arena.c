/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "base/arena.h"
#include "test_suite.h"

enum { BLOCK = 32 * 1024, SMALL = 32, MIDDLE = 5000, LARGE = 100000 };

/* Sets of few rules hold tables of a hundred kilobytes beside what is small. */
START_TEST(leaves_little_unused)
{
    struct arena a;
    size_t asked = 0;

    arena_init(&a, &mem_libc);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_ptr_nonnull(arena_alloc(&a, LARGE));
        ck_assert_ptr_nonnull(arena_alloc(&a, SMALL));
        asked += LARGE + SMALL;
    }
    ck_assert_uint_le(a.total, asked + BLOCK);
    for (size_t i = 0; i < 200; i++) {
        ck_assert_ptr_nonnull(arena_alloc(&a, MIDDLE));
        asked += MIDDLE;
    }
    ck_assert_uint_le(a.total, asked + asked / 4 + BLOCK);
    arena_clear(&a);
}
END_TEST

START_TEST(keeps_the_block_in_use_beside_a_large_one)
{
    struct arena a;
    char *first, *second;

    arena_init(&a, &mem_libc);
    first = arena_alloc(&a, SMALL);
    ck_assert_ptr_nonnull(arena_alloc(&a, LARGE));
    second = arena_alloc(&a, SMALL);
    ck_assert_ptr_eq(second, first + SMALL);
    arena_clear(&a);
}
END_TEST

START_TEST(owns_one_block_after_a_reset)
{
    struct arena a;
    size_t total;

    arena_init(&a, &mem_libc);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_ptr_nonnull(arena_alloc(&a, 1 + i));
    total = a.total;
    arena_reset(&a);
    ck_assert_uint_eq(a.total, total);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_ptr_nonnull(arena_alloc(&a, 1 + i));
    ck_assert_uint_eq(a.total, total);
    arena_clear(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("arena");
    TCase *t = tcase_create("blocks");

    tcase_add_test(t, leaves_little_unused);
    tcase_add_test(t, keeps_the_block_in_use_beside_a_large_one);
    tcase_add_test(t, owns_one_block_after_a_reset);
    suite_add_tcase(s, t);
    return test_run(s);
}
