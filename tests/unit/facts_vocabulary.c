/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librules/set.h>

#include "facts/vocabulary.h"
#include "test_mem.h"
#include "test_suite.h"

static struct arena arena;
static struct vocabulary v;

static void set_up(void)
{
    arena_init(&arena, &mem_libc);
    ck_assert(vocabulary_init(&v, &arena));
}

static void tear_down(void)
{
    vocabulary_clear(&v);
    arena_clear(&arena);
}

/* "name", "name.*" for a family with "=key" behind, or "-" */
static const char *found(uint32_t subject, const char *path, char *out, size_t cap)
{
    const char *key;
    size_t key_len;
    uint32_t id = vocabulary_find(&v, subject, path, strlen(path), &key, &key_len);

    if (id == FIELD_UNKNOWN)
        snprintf(out, cap, "-");
    else if (key)
        snprintf(out, cap, "%s.*=%.*s", v.fields[id].name, (int)key_len, key);
    else
        snprintf(out, cap, "%s", v.fields[id].name);
    if (id != FIELD_UNKNOWN)
        ck_assert(v.fields[id].family == (key != NULL));
    return out;
}

START_TEST(lookup)
{
    static const struct {
        uint32_t subject;
        const char *path, *expected;
    } cases[] = {
        {RLS_LISTING, "title", "title"},
        {RLS_LISTING, "category", "category"},
        {RLS_LISTING, "category.id", "category.id"},
        {RLS_LISTING, "category.name", "-"},
        {RLS_LISTING, "attributes", "-"},
        {RLS_LISTING, "attributes.材质", "attributes.*=材质"},
        {RLS_LISTING, "attributes.a.b", "attributes.*=a.b"},
        {RLS_LISTING, "attributes.", "attributes.*="},
        {RLS_LISTING, "attributes.*", "attributes.*=*"},
        {RLS_LISTING, "attributesx", "-"},
        {RLS_LISTING, "label", "label"},
        {RLS_LISTING, "label.生产日期", "label.*=生产日期"},
        {RLS_LISTING, "skus.price", "skus.price"},
        {RLS_LISTING, "skus.attributes.颜色", "skus.attributes.*=颜色"},
        {RLS_LISTING, "skus", "-"},
        {RLS_LISTING, "skus.stock", "-"},
        {RLS_LISTING, "seller", "-"},
        {RLS_LISTING, "seller.qualifications.kind", "seller.qualifications.kind"},
        {RLS_LISTING, "text", "-"},
        {RLS_LISTING, "", "-"},
        {RLS_LISTING, ".", "-"},
        {RLS_LISTING, ".title", "-"},
        {RLS_LISTING, "title.", "-"},
        {RLS_MERCHANT, "title", "-"},
        {RLS_MERCHANT, "registered", "registered"},
        {RLS_MERCHANT, "qualifications.食品经营许可证", "qualifications.*=食品经营许可证"},
        {RLS_MERCHANT, "platform", "platform"},
        {RLS_MESSAGE, "text", "text"},
        {RLS_MESSAGE, "id", "id"},
        {RLS_SHIPMENT, "id", "-"},
        {RLS_RULE_CHANGE, "id", "id"},
        {RLS_RULE_CHANGE, "effective", "effective"},
        {RLS_RULE_CHANGE, "title", "title"},
        {RLS_RULE_CHANGE, "channel", "-"},
        {RLS_RULE_CHANGE, "price", "-"},
    };
    char out[128];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(found(cases[i].subject, cases[i].path, out, sizeof out),
                         cases[i].expected);
}
END_TEST

static const struct field *field(const char *path)
{
    const char *key;
    size_t key_len;
    uint32_t id = vocabulary_find(&v, RLS_LISTING, path, strlen(path), &key, &key_len);

    ck_assert_msg(id != FIELD_UNKNOWN, "%s", path);
    return &v.fields[id];
}

START_TEST(properties)
{
    static const char *const shown[] = {"title",
                                        "description",
                                        "category",
                                        "attributes.x",
                                        "label",
                                        "label.x",
                                        "brand",
                                        "origin",
                                        "image_texts",
                                        "skus.title",
                                        "skus.attributes.x",
                                        "attribute_names"};
    static const char *const hidden[] = {"id",           "category.id", "price",   "currency",
                                         "platform",     "channel",     "skus.id", "skus.price",
                                         "destinations", "seller.x"};
    static const char *const unknown[] = {"category",     "category.id", "label",  "label.x",
                                          "price",        "currency",    "origin", "skus.price",
                                          "destinations", "seller.x"};

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        ck_assert_msg(field(shown[i])->shown, "%s", shown[i]);
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        ck_assert_msg(!field(hidden[i])->shown, "%s", hidden[i]);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        ck_assert_msg(field(unknown[i])->absence == ABSENT_UNKNOWN, "%s", unknown[i]);
    ck_assert_int_eq(field("title")->absence, ABSENT_EMPTY);
    ck_assert_int_eq(field("attributes.x")->absence, ABSENT_EMPTY);
    ck_assert_int_eq(field("platform")->absence, ABSENT_ASSUMED);
    ck_assert_str_eq(field("platform")->assumed, "1688");
    ck_assert_str_eq(field("channel")->assumed, "domestic");
    ck_assert_int_eq(field("price")->type, TYPE_NUMBER);
    ck_assert_int_eq(field("skus.price")->type, TYPE_NUMBER);
    ck_assert_ptr_null(field("title")->assumed);
    ck_assert(field("image_texts")->many && !field("title")->many);
}
END_TEST

START_TEST(declared_fields)
{
    char name[] = "warehouse.temperature", assumed[] = "20";
    struct field f = {.name = name,
                      .type = TYPE_NUMBER,
                      .absence = ABSENT_ASSUMED,
                      .subjects = 1u << RLS_LISTING,
                      .assumed = assumed};
    struct field other = {.name = name, .type = TYPE_TEXT, .subjects = 1u << RLS_MESSAGE};
    const char *key;
    size_t key_len;
    uint32_t id = vocabulary_add(&v, &f), id_other;

    ck_assert_uint_ne(id, FIELD_UNKNOWN);
    id_other = vocabulary_add(&v, &other);
    memset(name, 'x', sizeof name - 1);
    memset(assumed, 'x', sizeof assumed - 1);
    ck_assert_uint_eq(vocabulary_find(&v, RLS_LISTING, "warehouse.temperature", 21, &key, &key_len),
                      id);
    ck_assert_uint_eq(vocabulary_find(&v, RLS_MESSAGE, "warehouse.temperature", 21, &key, &key_len),
                      id_other);
    ck_assert_uint_eq(
        vocabulary_find(&v, RLS_MERCHANT, "warehouse.temperature", 21, &key, &key_len),
        FIELD_UNKNOWN);
    ck_assert_str_eq(v.fields[id].assumed, "20");
}
END_TEST

START_TEST(declared_name_inside_a_family)
{
    struct field f = {.name = "seller.score", .type = TYPE_NUMBER, .subjects = 1u << RLS_LISTING};
    char out[64];

    ck_assert_uint_ne(vocabulary_add(&v, &f), FIELD_UNKNOWN);
    ck_assert_str_eq(found(RLS_LISTING, "seller.score", out, sizeof out), "seller.score");
    ck_assert_str_eq(found(RLS_LISTING, "seller.scores", out, sizeof out), "seller.*=scores");
}
END_TEST

START_TEST(many_fields)
{
    char name[32];

    for (int i = 0; i < 1000; i++) {
        struct field f = {.name = name, .subjects = 1u << RLS_LISTING};

        snprintf(name, sizeof name, "host.field-%d", i);
        ck_assert_uint_ne(vocabulary_add(&v, &f), FIELD_UNKNOWN);
    }
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "host.field-%d", i);
        ck_assert_str_eq(field(name)->name, name);
    }
}
END_TEST

static const char *near(uint32_t subject, const char *path)
{
    const char *name = vocabulary_nearest(&v, subject, path, strlen(path));

    return name ? name : "-";
}

START_TEST(nearest)
{
    ck_assert_str_eq(near(RLS_LISTING, "tilte"), "title");
    ck_assert_str_eq(near(RLS_LISTING, "descripton"), "description");
    ck_assert_str_eq(near(RLS_LISTING, "categroy.id"), "category.id");
    ck_assert_str_eq(near(RLS_LISTING, "attribute.材质"), "attributes");
    ck_assert_str_eq(near(RLS_LISTING, "sku.attributes.颜色"), "skus.attributes");
    ck_assert_str_eq(near(RLS_LISTING, "lable"), "label");
    ck_assert_str_eq(near(RLS_LISTING, "warehouse"), "-");
    ck_assert_str_eq(near(RLS_LISTING, "source"), "-");
    ck_assert_str_eq(near(RLS_LISTING, ""), "-");
    ck_assert_str_eq(near(RLS_MESSAGE, "tilte"), "-");
    ck_assert_str_eq(near(RLS_MERCHANT, "registred"), "registered");
}
END_TEST

static bool within(uint32_t subject, const char *name)
{
    return vocabulary_within(&v, subject, name, strlen(name));
}

START_TEST(what_names_lie_within)
{
    ck_assert(within(RLS_LISTING, "title"));
    ck_assert(within(RLS_LISTING, "skus"));
    ck_assert(within(RLS_LISTING, "seller.qualifications"));
    ck_assert(within(RLS_LISTING, "seller"));
    ck_assert(!within(RLS_LISTING, "sku"));
    ck_assert(!within(RLS_LISTING, "attributes.x"));
    ck_assert(!within(RLS_LISTING, ""));
    ck_assert(!within(RLS_MERCHANT, "skus"));
    ck_assert(!within(RLS_MESSAGE, "title"));
    ck_assert(within(RLS_MESSAGE, "counters"));
}
END_TEST

/* Hostile paths cost no more than their length. */
START_TEST(long_paths)
{
    enum { LEN = 1000000 };
    char *path = malloc(LEN);
    const char *key;
    size_t key_len;

    ck_assert_ptr_nonnull(path);
    memset(path, '.', LEN);
    for (int i = 0; i < 1000; i++)
        ck_assert_uint_eq(vocabulary_find(&v, RLS_LISTING, path, LEN, &key, &key_len),
                          FIELD_UNKNOWN);
    memcpy(path, "attributes", 10);
    ck_assert_uint_ne(vocabulary_find(&v, RLS_LISTING, path, LEN, &key, &key_len), FIELD_UNKNOWN);
    ck_assert_uint_eq(key_len, LEN - 11);
    ck_assert_ptr_null(vocabulary_nearest(&v, RLS_LISTING, path + 11, LEN - 11));
    free(path);
}
END_TEST

/* Every allocation fails once; what was there before stays. */
START_TEST(short_memory)
{
    struct test_mem t;
    struct field f = {.name = "host.field", .subjects = 1u << RLS_LISTING, .assumed = "x"};
    bool done = false;

    for (size_t n = 0; !done; n++) {
        struct arena a;
        struct vocabulary w;
        uint32_t id = FIELD_UNKNOWN;

        test_mem_init(&t);
        t.fail_at = n;
        arena_init(&a, test_mem_get(&t));
        if (vocabulary_init(&w, &a)) {
            id = vocabulary_add(&w, &f);
            if (id == FIELD_UNKNOWN)
                id = vocabulary_add(&w, &f);
            ck_assert_uint_ne(id, FIELD_UNKNOWN);
            done = t.calls <= n;
        }
        vocabulary_clear(&w);
        vocabulary_clear(&w);
        arena_clear(&a);
        ck_assert_uint_eq(t.live_blocks, 0);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("facts_vocabulary");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, lookup);
    tcase_add_test(t, properties);
    tcase_add_test(t, declared_fields);
    tcase_add_test(t, declared_name_inside_a_family);
    tcase_add_test(t, many_fields);
    tcase_add_test(t, nearest);
    tcase_add_test(t, what_names_lie_within);
    tcase_add_test(t, long_paths);
    tcase_add_test(t, short_memory);
    suite_add_tcase(s, t);
    return test_run(s);
}
