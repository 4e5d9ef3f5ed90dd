/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librules/base.h>
#include <librules/set.h>

#include "base/limits.h"
#include "base/messages.h"
#include "facts/facts.h"
#include "test_mem.h"
#include "test_suite.h"

enum { MOST = 1000 };

static struct test_mem memory;
static struct arena arena;
static struct vocabulary v;
static struct facts f;

static void add_field(const char *name, uint8_t type)
{
    struct field field = {.name = name, .type = type, .subjects = 1u << RLS_LISTING};

    ck_assert_uint_ne(vocabulary_add(&v, &field), FIELD_UNKNOWN);
}

static void set_up(void)
{
    test_mem_init(&memory);
    arena_init(&arena, &mem_libc);
    ck_assert(vocabulary_init(&v, &arena));
    add_field("flag", TYPE_BOOLEAN);
    add_field("when", TYPE_INSTANT);
    facts_init(&f, test_mem_get(&memory), MOST);
    ck_assert_int_eq(facts_begin(&f, &v, RLS_LISTING), FACTS_OK);
}

static void tear_down(void)
{
    facts_clear(&f);
    ck_assert_uint_eq(memory.live_blocks, 0);
    vocabulary_clear(&v);
    arena_clear(&arena);
}

static void text(const char *path, const char *value)
{
    ck_assert_int_eq(facts_text(&f, path, strlen(path), value, strlen(value)), FACTS_OK);
}

static void member(const char *family, const char *key, const char *value)
{
    ck_assert_int_eq(facts_member(&f, family, key, strlen(key), value, strlen(value)), FACTS_OK);
}

static uint32_t id_of(const char *path)
{
    const char *key;
    size_t key_len;

    return vocabulary_find(&v, RLS_LISTING, path, strlen(path), &key, &key_len);
}

static const struct fact *first(const char *path)
{
    uint32_t item = facts_first(&f, id_of(path));

    ck_assert_msg(item, "%s", path);
    return &f.items[item];
}

static const struct fact *next(const struct fact *fact)
{
    ck_assert_uint_ne(fact->next, 0);
    return &f.items[fact->next];
}

static bool same(const char *data, size_t len, const char *expected)
{
    return len == strlen(expected) && memcmp(data, expected, len) == 0;
}

START_TEST(texts)
{
    text("title", "比特币矿机");
    text("attributes.材质", "棉");
    text("attributes.产地", "中国");
    text("attributes.材质", "麻");
    text("warehouse.shelf", "7");
    text("warehouse.shelf", "8");
    text("other", "9");

    ck_assert(same(first("title")->text, first("title")->text_len, "比特币矿机"));
    ck_assert_ptr_null(first("title")->key);
    ck_assert_uint_eq(first("title")->next, 0);
    ck_assert_uint_eq(facts_first(&f, id_of("brand")), 0);

    const struct fact *a = first("attributes.材质"), *b = next(a), *c = next(b);
    ck_assert(same(a->key, a->key_len, "材质") && a->index == 0);
    ck_assert(same(b->key, b->key_len, "产地") && b->index == 0);
    ck_assert(same(c->key, c->key_len, "材质") && c->index == 1 &&
              same(c->text, c->text_len, "麻"));
    ck_assert_uint_eq(c->next, 0);

    const struct fact *d = first("warehouse.shelf"), *e = next(d), *g = next(e);
    ck_assert_uint_eq(d->field, FIELD_UNKNOWN);
    ck_assert(same(d->key, d->key_len, "warehouse.shelf") && d->index == 0);
    ck_assert(e->index == 1 && same(g->key, g->key_len, "other") && g->index == 0);
    ck_assert_uint_eq(f.n_notes, 0);
}
END_TEST

START_TEST(absent)
{
    text("title", "");
    text("title", " \t\r\n");
    text("title", "\u3000\u00a0\u2003");
    ck_assert_int_eq(facts_text(&f, "title", 5, NULL, 0), FACTS_OK);
    member("attributes", "材质", "  ");
    ck_assert_int_eq(facts_member(&f, "attributes", "x", 1, NULL, 0), FACTS_OK);
    ck_assert_int_eq(facts_unknown(&f, "x", 1, "", 0), FACTS_OK);
    /* The name of an attribute is there without a value. */
    ck_assert_uint_eq(f.n_items, 3);
    ck_assert_uint_eq(f.items[2].field, id_of("attribute_names"));
    ck_assert_int_eq(facts_begin(&f, &v, RLS_LISTING), FACTS_OK);
    ck_assert_int_eq(facts_stray(&f, "price", 5, " ", 1), FACTS_OK);
    ck_assert_uint_eq(f.n_items, 1);
    /* Not blank: invisible characters and damaged ones. */
    text("title", "\u200b");
    text("title", "\xff");
    ck_assert_uint_eq(f.n_items, 3);
    ck_assert_uint_eq(f.items[2].index, 1);
}
END_TEST

START_TEST(text_is_kept_as_it_is)
{
    text("title", "  two  ");
    ck_assert(same(first("title")->text, first("title")->text_len, "  two  "));
}
END_TEST

START_TEST(paths_are_copied)
{
    char path[] = "attributes.材质", unknown[] = "shelf";

    text(path, "棉");
    text(unknown, "1");
    memset(path, 'x', sizeof path - 1);
    memset(unknown, 'x', sizeof unknown - 1);
    ck_assert(same(f.items[1].key, f.items[1].key_len, "材质"));
    ck_assert(same(f.items[3].key, f.items[3].key_len, "shelf"));
}
END_TEST

START_TEST(members)
{
    member("attributes", "材质", "棉");
    member("attributes", "", "无名");
    member("attributes", "a.b", "点");
    member("label", "保质期", "3");
    member("nothing", "key", "kept");

    const struct fact *a = first("attributes.x"), *b = next(a), *c = next(b);
    ck_assert(same(a->key, a->key_len, "材质"));
    ck_assert_ptr_nonnull(b->key);
    ck_assert_uint_eq(b->key_len, 0);
    ck_assert(same(c->key, c->key_len, "a.b"));
    ck_assert(same(first("label.x")->key, first("label.x")->key_len, "保质期"));
    ck_assert_uint_eq(facts_first(&f, id_of("label")), 0);
    ck_assert(same(first("unknown")->key, first("unknown")->key_len, "nothing.key"));
}
END_TEST

static void unparsed(const struct fact *fact, const char *written, const char *path)
{
    const struct fact_note *note = &f.notes[f.n_notes - 1];

    ck_assert_int_eq(fact->state, VALUE_UNPARSED);
    ck_assert(same(fact->text, fact->text_len, written));
    ck_assert_uint_eq(note->code, MSG_UNPARSED);
    ck_assert(same(note->field, note->field_len, path));
}

START_TEST(numbers)
{
    text("price", "849.00");
    ck_assert_int_eq(first("price")->state, VALUE_KNOWN);
    ck_assert_int_eq(first("price")->number.coefficient, 849);
    ck_assert(same(first("price")->text, first("price")->text_len, "849.00"));
    text("price", "见描述");
    unparsed(next(first("price")), "见描述", "price");
    text("price", "$12");
    text("price", "1,234.00");
    ck_assert_int_eq(f.items[3].state, VALUE_UNPARSED);
    ck_assert_int_eq(f.items[4].state, VALUE_KNOWN);
    ck_assert_int_eq(f.items[4].number.coefficient, 1234);
    ck_assert_uint_eq(f.items[4].index, 3);
}
END_TEST

START_TEST(booleans)
{
    static const char *const words[] = {"true", "false", "yes", "no", "是", "否", "1", "0", "TRUE"};
    const struct fact *fact;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text("flag", words[i]);
        ck_assert_int_eq(f.items[i + 1].state, VALUE_KNOWN);
        ck_assert(f.items[i + 1].boolean == (i % 2 == 0));
    }
    facts_begin(&f, &v, RLS_LISTING);
    text("flag", "maybe");
    fact = first("flag");
    unparsed(fact, "maybe", "flag");
}
END_TEST

START_TEST(instants)
{
    text("when", "2026-02-06");
    ck_assert_int_eq(f.items[1].instant, 1770307200000);
    text("when", "2026-02-06T00:00:00Z");
    ck_assert_int_eq(f.items[2].instant, 1770336000000);
    text("when", "1988-07-01");
    ck_assert_int_eq(f.items[3].instant, 583686000000);
    text("when", "3");
    unparsed(&f.items[4], "3", "when");
    text("when", "1739951291000");
    ck_assert_int_eq(f.items[5].state, VALUE_UNPARSED);
}
END_TEST

static enum facts_status number(const char *path, int64_t coefficient, uint8_t scale)
{
    return facts_number(&f, path, strlen(path), (struct decimal){coefficient, scale}, NULL, 0);
}

START_TEST(typed_values)
{
    ck_assert_int_eq(number("price", 125, 1), FACTS_OK);
    ck_assert(f.items[1].number.coefficient == 125 && !f.items[1].text);
    ck_assert_int_eq(number("title", -125, 1), FACTS_OK);
    ck_assert(same(f.items[2].text, f.items[2].text_len, "-12.5"));
    ck_assert_int_eq(number("flag", 1, 0), FACTS_OK);
    ck_assert(f.items[3].boolean && f.items[3].state == VALUE_KNOWN);
    ck_assert_int_eq(number("flag", 2, 0), FACTS_OK);
    unparsed(&f.items[4], "2", "flag");
    ck_assert_int_eq(number("when", 1739951291000, 0), FACTS_OK);
    ck_assert(f.items[5].instant == 1739951291000 && f.items[5].state == VALUE_KNOWN);
    ck_assert_int_eq(number("when", 1739951291, 0), FACTS_OK);
    unparsed(&f.items[6], "1739951291", "when");
    ck_assert_int_eq(number("when", 20180614, 0), FACTS_OK);
    unparsed(&f.items[7], "20180614", "when");
    ck_assert_int_eq(number("when", INT64_MAX, 0), FACTS_OK);
    unparsed(&f.items[8], "9223372036854775807", "when");
    ck_assert_int_eq(facts_boolean(&f, "flag", 4, true), FACTS_OK);
    ck_assert(f.items[9].boolean && !f.items[9].text);
    ck_assert_int_eq(facts_boolean(&f, "price", 5, true), FACTS_OK);
    unparsed(&f.items[10], "true", "price");
    ck_assert_int_eq(facts_boolean(&f, "shelf", 5, false), FACTS_OK);
    ck_assert(same(f.items[11].text, f.items[11].text_len, "false"));
    ck_assert_int_eq(facts_instant(&f, "when", 4, 5), FACTS_OK);
    ck_assert(f.items[12].instant == 5 && !f.items[12].text);
    ck_assert_int_eq(facts_instant(&f, "title", 5, 0), FACTS_OK);
    ck_assert(same(f.items[13].text, f.items[13].text_len, "1970-01-01T00:00:00Z"));
    ck_assert_int_eq(facts_instant(&f, "price", 5, 0), FACTS_OK);
    unparsed(&f.items[14], "1970-01-01T00:00:00Z", "price");
}
END_TEST

START_TEST(exact_digits)
{
    static const char digits[] = "3141592653589793238462643383279";

    ck_assert_int_eq(facts_number(&f, "id", 2, (struct decimal){7, 0}, digits, sizeof digits - 1),
                     FACTS_OK);
    ck_assert(same(first("id")->text, first("id")->text_len, digits));
}
END_TEST

START_TEST(document_id)
{
    ck_assert_ptr_null(f.document_id);
    text("id", "A-1");
    text("id", "A-2");
    ck_assert(same(f.document_id, f.document_id_len, "A-1"));
    ck_assert_int_eq(facts_begin(&f, &v, RLS_MERCHANT), FACTS_OK);
    ck_assert_ptr_null(f.document_id);
    ck_assert_int_eq(facts_text(&f, "id", 2, "\0a\0b", 4), FACTS_OK);
    ck_assert(same(f.document_id, f.document_id_len, "\ufffda\ufffdb"));
    ck_assert_uint_eq(first("id")->text_len, 4);
    ck_assert_int_eq(facts_begin(&f, &v, RLS_MERCHANT), FACTS_OK);
    text("id", "M");
    ck_assert(same(f.document_id, f.document_id_len, "M"));
}
END_TEST

static void complete(const char *part)
{
    ck_assert_int_eq(facts_complete(&f, part, strlen(part)), FACTS_OK);
}

START_TEST(completeness)
{
    ck_assert(!facts_is_complete(&f, id_of("label")));
    complete("label");
    complete("label");
    complete("skus.price");
    complete("");
    complete("tit");
    ck_assert_int_eq(facts_complete(&f, "brand\0x", 7), FACTS_OK);
    ck_assert_uint_eq(f.n_complete, 4);
    ck_assert(facts_is_complete(&f, id_of("label")));
    ck_assert(facts_is_complete(&f, id_of("label.保质期")));
    ck_assert(facts_is_complete(&f, id_of("skus.price")));
    ck_assert(!facts_is_complete(&f, id_of("skus.title")));
    ck_assert(!facts_is_complete(&f, id_of("title")));
    ck_assert(!facts_is_complete(&f, id_of("brand")));
    complete("skus");
    complete("category");
    ck_assert(facts_is_complete(&f, id_of("skus.title")));
    ck_assert(facts_is_complete(&f, id_of("category.id")));
    ck_assert(!facts_is_complete(&f, FIELD_UNKNOWN));
}
END_TEST

START_TEST(limits)
{
    char part[16];
    size_t i;

    for (i = 0; i < MOST; i++)
        text("title", "x");
    ck_assert_int_eq(facts_text(&f, "title", 5, "x", 1), FACTS_LIMIT);
    ck_assert_int_eq(facts_member(&f, "label", "k", 1, "x", 1), FACTS_LIMIT);
    ck_assert_uint_eq(f.items[MOST].index, MOST - 1);
    for (i = 0; i < LIMIT_NOTES + 5; i++)
        ck_assert_int_eq(facts_note(&f, MSG_UNPARSED, "x", 1), FACTS_OK);
    ck_assert_uint_eq(f.n_notes, LIMIT_NOTES);
    for (i = 0; i < LIMIT_COMPLETE_PARTS; i++) {
        snprintf(part, sizeof part, "%zu", i);
        ck_assert_int_eq(facts_complete(&f, arena_text(&arena, part, strlen(part)), strlen(part)),
                         FACTS_OK);
    }
    ck_assert_int_eq(facts_complete(&f, "one more", 8), FACTS_LIMIT);
    ck_assert_int_eq(facts_complete(&f, "0", 1), FACTS_OK);
}
END_TEST

/* A full document leaves room for what the check adds, and no more. */
START_TEST(closing)
{
    struct facts one;

    facts_init(&one, test_mem_get(&memory), 1);
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(facts_begin(&one, &v, RLS_LISTING), FACTS_OK);
        ck_assert_int_eq(facts_text(&one, "title", 5, "x", 1), FACTS_OK);
        ck_assert_int_eq(facts_text(&one, "title", 5, "x", 1), FACTS_LIMIT);
        facts_close(&one);
        facts_close(&one);
        for (int i = 0; i < LIMIT_SPARE_FACTS; i++)
            ck_assert_int_eq(facts_text(&one, "platform", 8, "x", 1), FACTS_OK);
        ck_assert_int_eq(facts_text(&one, "platform", 8, "x", 1), FACTS_LIMIT);
    }
    facts_clear(&one);
    ck_assert_int_eq(facts_error(FACTS_OK), RLS_OK);
    ck_assert_int_eq(facts_error(FACTS_LIMIT), RLS_ERR_LIMIT);
    ck_assert_int_eq(facts_error(FACTS_MEMORY), RLS_ERR_MEMORY);
}
END_TEST

START_TEST(parts_are_copied)
{
    char *part = strdup("label");

    ck_assert_ptr_nonnull(part);
    ck_assert_int_eq(facts_complete(&f, part, 5), FACTS_OK);
    memset(part, 'x', 5);
    free(part);
    ck_assert(facts_is_complete(&f, id_of("label")));
}
END_TEST

START_TEST(stray_values)
{
    ck_assert_int_eq(facts_stray(&f, "price", 5, "1", 1), FACTS_OK);
    unparsed(first("price"), "1", "price");
    ck_assert_int_eq(facts_stray(&f, "title", 5, "矿机", 6), FACTS_OK);
    ck_assert_int_eq(first("title")->state, VALUE_KNOWN);
    ck_assert_int_eq(facts_stray(&f, "attributes.", 11, "矿机", 6), FACTS_OK);
    ck_assert(first("attributes.")->key && first("attributes.")->key_len == 0);
}
END_TEST

START_TEST(attribute_names)
{
    member("attributes", "矿机", "是");
    member("attributes", "矿机", "否");
    member("attributes", "产地", "");
    member("attributes", "", "无名");
    member("attributes", " ", "blank");
    member("skus.attributes", "矿机", "是");
    text("skus.attributes.颜色", "红");
    ck_assert_int_eq(number("attributes.重量", 1, 0), FACTS_OK);
    member("label", "保质期", "3");

    const struct fact *a = first("attribute_names"), *b = next(a), *c = next(b), *d = next(c);
    ck_assert(same(a->text, a->text_len, "矿机") && a->index == 0 && !a->key);
    ck_assert(same(b->text, b->text_len, "产地") && b->index == 1);
    ck_assert(same(c->text, c->text_len, "颜色") && c->index == 2);
    ck_assert(same(d->text, d->text_len, "重量") && d->next == 0);
}
END_TEST

START_TEST(notes)
{
    char path[] = "title";

    ck_assert_int_eq(facts_note(&f, MSG_INVALID_UTF8, NULL, 0), FACTS_OK);
    ck_assert_int_eq(facts_note(&f, MSG_WRONG_SHAPE, path, 5), FACTS_OK);
    memset(path, 'x', 5);
    ck_assert_ptr_null(f.notes[0].field);
    ck_assert(same(f.notes[1].field, f.notes[1].field_len, "title"));
    ck_assert_int_eq(facts_begin(&f, &v, RLS_LISTING), FACTS_OK);
    ck_assert_uint_eq(f.n_notes, 0);
}
END_TEST

/* One of everything, with as many keys as make every table grow. */
static enum facts_status fill(struct facts *to)
{
    static char keys[100][8];
    enum facts_status status = facts_begin(to, &v, RLS_LISTING);

    for (int i = 0; i < 100 && status == FACTS_OK; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", i);
        status = facts_member(to, "attributes", keys[i], strlen(keys[i]), "棉", 3);
        if (status == FACTS_OK)
            status = facts_text(to, keys[i], strlen(keys[i]), "value", 5);
    }
    if (status == FACTS_OK)
        status = facts_text(to, "price", 5, "?", 1);
    if (status == FACTS_OK)
        status = facts_text(to, "attributes.材质", strlen("attributes.材质"), "棉", 3);
    if (status == FACTS_OK)
        status = facts_number(to, "title", 5, (struct decimal){1, 0}, NULL, 0);
    if (status == FACTS_OK)
        status = facts_boolean(to, "when", 4, true);
    if (status == FACTS_OK)
        status = facts_instant(to, "title", 5, 0);
    if (status == FACTS_OK)
        status = facts_text(to, "id", 2, "a\0b", 3);
    if (status == FACTS_OK)
        status = facts_stray(to, "price", 5, "1", 1);
    if (status == FACTS_OK)
        status = facts_complete(to, "label", 5);
    return status == FACTS_OK ? facts_note(to, MSG_WRONG_SHAPE, "x", 1) : status;
}

START_TEST(memory_kept)
{
    struct facts g;
    size_t kept;

    facts_init(&g, test_mem_get(&memory), MOST);
    ck_assert_uint_eq(facts_memory(&g), 0);
    ck_assert_int_eq(fill(&g), FACTS_OK);
    kept = facts_memory(&g);
    ck_assert_uint_gt(kept, 300 * sizeof(struct fact));
    ck_assert_int_eq(facts_begin(&g, &v, RLS_LISTING), FACTS_OK);
    ck_assert_uint_eq(facts_memory(&g), kept);
    facts_clear(&g);
    ck_assert_uint_eq(facts_memory(&g), 0);
}
END_TEST

START_TEST(no_allocation_once_grown)
{
    size_t calls;

    ck_assert_int_eq(fill(&f), FACTS_OK);
    ck_assert_int_eq(fill(&f), FACTS_OK);
    calls = memory.calls;
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(fill(&f), FACTS_OK);
    ck_assert_uint_eq(memory.calls, calls);
}
END_TEST

START_TEST(short_memory)
{
    bool done = false;

    for (size_t n = 0; !done; n++) {
        struct test_mem t;
        struct facts g;
        enum facts_status status;

        test_mem_init(&t);
        t.fail_at = n;
        facts_init(&g, test_mem_get(&t), MOST);
        status = fill(&g);
        done = t.calls <= n;
        ck_assert_int_eq(status, done ? FACTS_OK : FACTS_MEMORY);
        /* Usable again after the failure. */
        ck_assert_int_eq(fill(&g), FACTS_OK);
        ck_assert_uint_eq(g.n_items, 309);
        facts_clear(&g);
        facts_clear(&g);
        ck_assert_uint_eq(t.live_blocks, 0);
    }
}
END_TEST

/* After a failed value others can still be added. */
START_TEST(goes_on_after_failure)
{
    for (size_t n = 0; n < 30; n++) {
        struct test_mem t;
        struct facts g;
        char path[] = "attributes.key";

        test_mem_init(&t);
        facts_init(&g, test_mem_get(&t), MOST);
        ck_assert_int_eq(facts_begin(&g, &v, RLS_LISTING), FACTS_OK);
        t.fail_at = t.calls + n;
        for (int i = 0; i < 200; i++) {
            path[11] = (char)('A' + i % 50);
            path[12] = (char)('A' + i / 50);
            (void)!facts_text(&g, path, sizeof path - 1, "棉", 3);
            memset(path + 11, 'x', 3);
        }
        ck_assert_uint_ge(g.n_items, 200);
        facts_clear(&g);
        ck_assert_uint_eq(t.live_blocks, 0);
    }
}
END_TEST

START_TEST(many_keys)
{
    enum { KEYS = 100000 };
    char(*keys)[8] = malloc(sizeof *keys * KEYS);
    struct facts g;

    ck_assert_ptr_nonnull(keys);
    facts_init(&g, &mem_libc, KEYS + KEYS / 2);
    ck_assert_int_eq(facts_begin(&g, &v, RLS_LISTING), FACTS_OK);
    for (int i = 0; i < KEYS; i++) {
        snprintf(keys[i], sizeof keys[i], "%d", i % (KEYS / 2));
        ck_assert_int_eq(
            facts_member(&g, "attributes", keys[i], strlen(keys[i]), keys[i], strlen(keys[i])),
            FACTS_OK);
    }
    /* A value and its name in turn, then the second values. */
    ck_assert_uint_eq(g.n_items, KEYS + KEYS / 2 + 1);
    for (uint32_t i = 1; i <= KEYS; i++)
        ck_assert_uint_eq(g.items[i].index, i % 2 ? 0 : i / 2 - 1);
    for (uint32_t i = KEYS + 1; i < g.n_items; i++)
        ck_assert_uint_eq(g.items[i].index, 1);
    facts_clear(&g);
    free(keys);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("facts_facts");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, texts);
    tcase_add_test(t, absent);
    tcase_add_test(t, text_is_kept_as_it_is);
    tcase_add_test(t, paths_are_copied);
    tcase_add_test(t, members);
    tcase_add_test(t, numbers);
    tcase_add_test(t, booleans);
    tcase_add_test(t, instants);
    tcase_add_test(t, typed_values);
    tcase_add_test(t, exact_digits);
    tcase_add_test(t, document_id);
    tcase_add_test(t, completeness);
    tcase_add_test(t, limits);
    tcase_add_test(t, closing);
    tcase_add_test(t, parts_are_copied);
    tcase_add_test(t, stray_values);
    tcase_add_test(t, attribute_names);
    tcase_add_test(t, memory_kept);
    tcase_add_test(t, notes);
    tcase_add_test(t, no_allocation_once_grown);
    tcase_add_test(t, short_memory);
    tcase_add_test(t, goes_on_after_failure);
    tcase_add_test(t, many_keys);
    suite_add_tcase(s, t);
    return test_run(s);
}
