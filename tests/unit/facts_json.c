/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librules/set.h>

#include "base/limits.h"
#include "facts/json.h"
#include "facts/json_fault.h"
#include "test_mem.h"
#include "test_suite.h"

enum { ROOM = 8192, MOST = 1000, MIB = 1024 * 1024 };

static struct arena arena;
static struct vocabulary v;
static struct facts f;
static struct json_reader *reader;
static struct rls_json_error error;

static void set_up(void)
{
    struct field codes = {.name = "codes", .many = true, .subjects = 1u << RLS_LISTING};
    struct field deep = {.name = "depot.rack", .type = TYPE_NUMBER, .subjects = 1u << RLS_LISTING};

    arena_init(&arena, &mem_libc);
    ck_assert(vocabulary_init(&v, &arena));
    ck_assert_uint_ne(vocabulary_add(&v, &codes), FIELD_UNKNOWN);
    ck_assert_uint_ne(vocabulary_add(&v, &deep), FIELD_UNKNOWN);
    facts_init(&f, &mem_libc, MOST);
    reader = json_reader_new(&mem_libc);
    ck_assert_ptr_nonnull(reader);
}

static void tear_down(void)
{
    json_reader_free(reader);
    facts_clear(&f);
    vocabulary_clear(&v);
    arena_clear(&arena);
}

static int read_as(uint32_t subject, const char *json, size_t len)
{
    char *exact = malloc(len ? len : 1);
    int status;

    /* Nothing behind the text may be read, and nothing of it may be kept. */
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, json, len);
    error = (struct rls_json_error){.size = sizeof error};
    ck_assert_int_eq(facts_begin(&f, &v, subject), FACTS_OK);
    status = json_read(reader, exact, len, LIMIT_DOCUMENT_BYTES, &f, &error);
    memset(exact, 'x', len);
    free(exact);
    ck_assert_uint_eq(error.size, sizeof error);
    ck_assert_ptr_nonnull(error.reason);
    ck_assert_ptr_nonnull(error.reason_zh);
    ck_assert((status == RLS_ERR_INPUT || status == RLS_ERR_LIMIT) == (error.line != 0));
    ck_assert_uint_le(error.offset, len);
    return status;
}

static int read_listing(const char *json)
{
    return read_as(RLS_LISTING, json, strlen(json));
}

/* "field=text" of each fact by order but names of attributes; ?: unknown, ~: unparsed; then
 * "number path" of each note. */
static const char *dump(void)
{
    static char out[ROOM];
    size_t n = 0;

    out[0] = '\0';
    for (uint32_t i = 1; i < f.n_items; i++) {
        const struct fact *fact = &f.items[i];
        bool unknown = fact->field == FIELD_UNKNOWN;
        const char *name = unknown ? "?" : v.fields[fact->field].name;
        const char *boolean = fact->boolean ? "(true)" : "(false)";

        if (fact->field == v.attribute_names)
            continue;
        n += (size_t)snprintf(
            out + n, ROOM - n, "%s%s%s%.*s=%.*s\n", fact->state == VALUE_UNPARSED ? "~" : "", name,
            fact->key && !unknown ? "." : "", (int)fact->key_len, fact->key ? fact->key : "",
            fact->text ? (int)fact->text_len : (int)strlen(boolean),
            fact->text ? fact->text : boolean);
    }
    for (size_t i = 0; i < f.n_notes; i++)
        n += (size_t)snprintf(out + n, ROOM - n, "%u %.*s\n", f.notes[i].code,
                              (int)f.notes[i].field_len, f.notes[i].field ? f.notes[i].field : "");
    return out;
}

static void gives_as(uint32_t subject, const char *json, const char *expected)
{
    int status = read_as(subject, json, strlen(json));

    ck_assert_msg(status == RLS_OK, "%s: %d %s", json, status, error.reason);
    ck_assert_str_eq(dump(), expected);
}

static void gives(const char *json, const char *expected)
{
    gives_as(RLS_LISTING, json, expected);
}

START_TEST(plain_members)
{
    gives("{}", "");
    gives(" \t\r\n{ \"title\" : \"x\" } \n", "title=x\n");
    gives("\xef\xbb\xbf{\"title\":\"x\"}", "title=x\n");
    gives("{\"id\":\"A-1\",\"title\":\"新品\",\"description\":\"说明\",\"brand\":\"无\",\"origin\":"
          "\"中国\",\"currency\":\"CNY\",\"platform\":\"taobao\",\"channel\":\"domestic\"}",
          "id=A-1\ntitle=新品\ndescription=说明\nbrand=无\norigin=中国\ncurrency=CNY\n"
          "platform=taobao\nchannel=domestic\n");
    ck_assert(f.document_id_len == 3 && memcmp(f.document_id, "A-1", 3) == 0);
    gives("{\"title\":null,\"brand\":\"\",\"origin\":\" \",\"x\":[],\"y\":{},\"z\":[null]}", "");
    gives("{\"image_texts\":[\"a\",\"b\",null,\"c\"],\"destinations\":\"US\"}",
          "image_texts=a\nimage_texts=b\nimage_texts=c\ndestinations=US\n");
    gives("{\"title\":\"\\u4e2d\\ud83d\\ude00\\n\\\"\\\\\\/\"}", "title=中😀\n\"\\/\n");
    gives("{\"category.id\":\"7\",\"attributes.材质\":\"棉\"}",
          "category.id=7\nattributes.材质=棉\n");
}
END_TEST

START_TEST(numbers)
{
    gives("{\"price\":849.00}", "price=849.00\n");
    ck_assert_int_eq(f.items[1].number.coefficient, 849);
    gives("{\"price\":\"12.5\"}", "price=12.5\n");
    ck_assert(f.items[1].number.coefficient == 125 && f.items[1].number.scale == 1);
    gives("{\"price\":1e400}", "~price=1e400\n605 price\n");
    gives("{\"price\":\"面议\"}", "~price=面议\n605 price\n");
    gives("{\"price\":true}", "~price=true\n605 price\n");
    gives("{\"id\":3141592653589793238}", "id=3141592653589793238\n");
    gives("{\"id\":9007199254740993}", "id=9007199254740993\n");
    gives("{\"id\":123456789012345678901234567890}", "id=123456789012345678901234567890\n");
    gives("{\"title\":-0.0,\"x\":1.50,\"y\":true,\"z\":false}",
          "title=-0.0\n?x=1.50\n?y=true\n?z=false\n");
    gives("{\"depot\":{\"rack\":[7]}}", "~depot.rack=7\n606 depot.rack\n605 depot.rack\n");
    gives("{\"depot\":{\"rack\":7}}", "depot.rack=7\n");
}
END_TEST

START_TEST(category)
{
    gives("{\"category\":\"家电>厨房电器\"}", "category=家电>厨房电器\n");
    gives("{\"category\":{\"id\":122,\"name\":\"烟机\"}}", "category=烟机\ncategory.id=122\n");
    gives("{\"category\":{\"id\":\"1\",\"name\":\"烟机\",\"path\":\"家电>烟机\"}}",
          "category=家电>烟机\ncategory.id=1\n?category.name=烟机\n");
    gives("{\"category\":{\"path\":[\"家电\",null,\"厨房\",\" \",3]}}", "category=家电>厨房>3\n");
    gives("{\"category\":{\"path\":[],\"name\":\"烟机\"}}", "category=烟机\n");
    gives("{\"category\":{\"path\":[{\"name\":\"家电\"}],\"name\":\"烟机\"}}",
          "category=烟机\ncategory=家电\n606 category.path\n");
    gives("{\"category\":{\"level\":2}}", "category=2\n606 category\n");
    gives("{\"category\":{\"id\":1,\"level\":2}}", "category.id=1\n?category.level=2\n");
    gives("{\"category\":{\"name\":[\"矿机\"]}}", "category=矿机\n606 category.name\n");
    gives("{\"category\":{\"path\":{\"a\":[\"矿机\"]}}}", "category=矿机\n606 category.path\n");
    gives("{\"category\":[\"a\"]}", "category=a\n606 category\n");
    gives("{\"category\":7}", "category=7\n");
}
END_TEST

START_TEST(attributes)
{
    gives("{\"attributes\":[{\"name\":\"材质\",\"value\":\"棉\"},{\"name\":\"材质\",\"value\":["
          "\"麻\",3,true]},{\"value\":\"x\",\"name\":\"产地\"}]}",
          "attributes.材质=棉\nattributes.材质=麻\nattributes.材质=3\nattributes.材质=true\n"
          "attributes.产地=x\n");
    ck_assert_uint_eq(f.items[5].index, 3);
    gives("{\"attributes\":{\"材质\":\"棉\",\"a.b\":[\"1\",\"2\"]}}",
          "attributes.材质=棉\nattributes.a.b=1\nattributes.a.b=2\n");
    gives("{\"attributes\":[{\"value\":\"无名\"},{\"name\":null,\"value\":\"空\"}]}",
          "attributes.=无名\nattributes.=空\n");
    gives("{\"attributes\":[\"红色\",null]}", "attributes.=红色\n606 attributes\n");
    gives("{\"attributes\":[{\"name\":\"n\",\"value\":\"v\",\"unit\":\"kg\"}]}",
          "attributes.n=v\n?attributes.unit=kg\n");
    gives("{\"attributes\":[{\"name\":7,\"value\":\"v\"},{\"name\":\"n\"}]}", "attributes.7=v\n");
    gives("{\"attributes\":[{\"name\":\"n\",\"value\":{\"zh\":\"棉\"}}]}",
          "attributes.n=棉\n606 attributes.n\n");
    gives("{\"attributes\":[{\"材质\":\"棉\"}]}", "attributes.材质=棉\n606 attributes\n");
    gives("{\"attributes\":\"棉\"}", "attributes.=棉\n606 attributes\n");
    gives("{\"attributes\":[{\"name\":\"n\",\"name\":\"m\",\"value\":\"v\",\"value\":\"w\"}]}",
          "attributes.n=v\nattributes.n=w\n601 attributes.name\n"
          "601 attributes.value\n");
}
END_TEST

START_TEST(label_price_skus)
{
    gives("{\"label\":\"生产日期：2026\"}", "label=生产日期：2026\n");
    gives("{\"label\":{\"生产日期\":\"2026\",\"保质期\":[\"3\",\"年\"]}}",
          "label.生产日期=2026\nlabel.保质期=3\nlabel.保质期=年\n");
    gives("{\"label\":[\"x\"]}", "label=x\n606 label\n");
    gives("{\"price\":{\"amount\":\"9.9\",\"currency\":\"CNY\"}}", "price=9.9\ncurrency=CNY\n");
    gives("{\"price\":{\"amount\":9,\"unit\":\"件\"}}", "price=9\n?price.unit=件\n");
    gives("{\"price\":[1,2]}", "~price=1\n~price=2\n606 price\n605 price\n605 price\n");
    gives("{\"price\":{\"amount\":[1]}}", "~price=1\n606 price.amount\n605 price\n");
    gives("{\"skus\":[{\"id\":1,\"title\":\"红\",\"price\":{\"amount\":2},\"attributes\":{\"颜色\":"
          "\"红\"}},{\"id\":2,\"price\":3,\"stock\":9}]}",
          "skus.id=1\nskus.title=红\nskus.price=2\nskus.attributes.颜色=红\nskus.id=2\n"
          "skus.price=3\n?skus.stock=9\n");
    gives("{\"skus\":{\"id\":1}}", "skus.id=1\n606 skus\n");
    gives("{\"skus\":[\"x\"]}", "skus.title=x\n606 skus\n");
}
END_TEST

START_TEST(seller_and_complete)
{
    gives("{\"seller\":{\"name\":\"店\",\"qualifications\":[{\"kind\":\"a\"},{\"kind\":\"b\"}]}}",
          "seller.name=店\nseller.qualifications.kind=a\nseller.qualifications.kind=b\n");
    gives("{\"seller\":\"店\"}", "seller.=店\n606 seller\n");
    gives("{\"complete\":[\"label\",\"seller\",null]}", "");
    ck_assert_uint_eq(f.n_complete, 2);
    gives("{\"complete\":[\"lable\",\"qualification\",\"feed.scan\"]}", "604 lable\n");
    gives("{\"complete\":[\"price\\u0000AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]}", "");
    gives("{\"complete\":\"label\"}", "");
    ck_assert_uint_eq(f.n_complete, 1);
    gives("{\"complete\":[1]}", "?complete=1\n606 complete\n");
    gives("{\"complete\":{\"label\":true}}", "?complete.label=true\n606 complete\n");
}
END_TEST

START_TEST(other_members)
{
    gives("{\"source\":\"x\",\"shop\":{\"city\":{\"name\":\"杭州\"},\"tags\":[1,{\"a\":2},[3]]}}",
          "?source=x\n?shop.city.name=杭州\n?shop.tags=1\n?shop.tags.a=2\n?shop.tags=3\n");
    gives("{\"codes\":[1,2]}", "codes=1\ncodes=2\n");
    gives("{\"title\":[\"a\",\"b\"]}", "title=a\ntitle=b\n606 title\n");
    gives("{\"title\":{\"zh\":\"标题\"}}", "title=标题\n606 title\n");
    gives("{\"tilte\":\"x\"}", "?tilte=x\n604 tilte\n");
    gives("{\"Title\":\"x\"}", "?Title=x\n604 Title\n");
    gives("{\"atributes\":[{\"name\":\"a\",\"value\":\"b\"}]}",
          "?atributes.name=a\n?atributes.value=b\n604 atributes\n");
    gives("{\"titles\":{\"tilte\":1}}", "?titles.tilte=1\n604 titles\n");
    gives("{\"\":\"x\",\"a\":{\"\":\"y\"}}", "?=x\n?a.=y\n");
}
END_TEST

/* Text in a shape that is not the one of its member is judged all the same. */
START_TEST(wrong_shapes)
{
    gives("{\"title\":[\"矿机\"]}", "title=矿机\n606 title\n");
    gives("{\"title\":[[{\"a\":{\"b\":[1,true,null]}}]]}", "title=1\ntitle=true\n606 title\n");
    gives("{\"title\":[],\"brand\":{},\"origin\":[[],{}]}", "606 title\n606 brand\n606 origin\n");
    gives("{\"attributes\":\"矿机\"}", "attributes.=矿机\n606 attributes\n");
    gives("{\"attributes\":7,\"skus\":[{\"attributes\":\"矿机\"}]}",
          "attributes.=7\nskus.attributes.=矿机\n606 attributes\n606 skus.attributes\n");
    gives("{\"attributes\":[{\"key\":\"a\",\"val\":\"矿机\"}]}",
          "attributes.key=a\nattributes.val=矿机\n606 attributes\n");
    gives("{\"attributes\":[{\"name\":\"a\",\"val\":\"矿机\"}]}",
          "attributes.a=矿机\n606 attributes\n");
    gives("{\"attributes\":[{\"name\":\"a\",\"value\":{\"x\":\"矿机\"}}]}",
          "attributes.a=矿机\n606 attributes.a\n");
    gives("{\"attributes\":[{\"name\":[\"矿机\"],\"value\":1}]}",
          "attributes.=矿机\nattributes.=1\n606 attributes\n");
    gives("{\"attributes\":[[{\"x\":\"矿机\"}]]}", "attributes.=矿机\n606 attributes\n");
    gives("{\"attributes\":{\"a\":{\"x\":[\"矿机\"]}}}", "attributes.a=矿机\n606 attributes.a\n");
    gives("{\"label\":{\"a\":{\"x\":\"矿机\"}}}", "label.a=矿机\n606 label.a\n");
    gives("{\"skus\":{\"title\":\"矿机\"}}", "skus.title=矿机\n606 skus\n");
    gives("{\"skus\":{\"17\":{\"title\":\"矿机\",\"attributes\":{\"a\":\"b\"},\"x\":\"y\"}}}",
          "skus.title=矿机\nskus.attributes.a=b\nskus.title=y\n606 skus\n");
    gives("{\"skus\":\"矿机\"}", "skus.title=矿机\n606 skus\n");
    gives("{\"skus\":[[{\"price\":[{\"x\":1}]}],null]}",
          "~skus.price=1\n606 skus\n606 skus.price\n605 skus.price\n606 skus\n");
    gives("{\"image_texts\":[{\"text\":\"矿机\"}]}", "image_texts=矿机\n606 image_texts\n");
    gives("{\"image_texts\":{\"1\":[\"矿机\"]}}", "image_texts=矿机\n606 image_texts\n");
    gives("{\"price\":[1],\"complete\":[\"price\"]}", "~price=1\n606 price\n605 price\n");
    gives("{\"price\":{\"min\":1}}", "~price=1\n606 price.min\n605 price\n");
    gives("{\"price\":{\"amount\":1,\"currency\":[\"CNY\"],\"tiers\":[2]}}",
          "price=1\ncurrency=CNY\n?price.tiers=2\n606 price.currency\n606 price.tiers\n");
    gives("{\"seller\":[\"店\",null,[{\"name\":\"x\"}]]}",
          "seller.=店\nseller.name=x\n606 seller\n");
    gives("{\"id\":[\"A\"]}", "id=A\n606 id\n");
    ck_assert_uint_eq(f.document_id_len, 1);
    gives_as(RLS_MERCHANT, "{\"registered\":{\"on\":\"2020-01-01\"},\"qualifications\":\"x\"}",
             "~registered=2020-01-01\nqualifications.=x\n606 registered\n605 registered\n"
             "606 qualifications\n");
    gives_as(RLS_MESSAGE, "{\"text\":[{\"type\":\"text\",\"body\":\"加微信\"}]}",
             "text=text\ntext=加微信\n606 text\n");
}
END_TEST

START_TEST(empty_names)
{
    gives("{\"\":{\"title\":\"abc\"}}", "?.title=abc\n");
    gives("{\"\":{\"\":{\"title\":\"abc\"}}}", "?..title=abc\n");
    gives("{\"\":[{\"attributes\":{\"a\":1}}]}", "?.attributes.a=1\n");
    gives("{\"skus\":[{\"\":{\"title\":\"x\"}}],\"seller\":{\"\":{\"name\":\"y\"}}}",
          "?skus..title=x\nseller..name=y\n");
    gives("{\"\":{\"a\":1,\"a\":2}}", "?.a=1\n?.a=2\n601 .a\n");
}
END_TEST

/* What a seller writes as the name of an attribute is seen too. */
START_TEST(attribute_names)
{
    static const char *const documents[] = {
        "{\"attributes\":{\"矿机\":\"是\"}}",
        "{\"attributes\":{\"矿机\":[]}}",
        "{\"attributes\":{\"矿机\":null}}",
        "{\"attributes\":{\"矿机\":{\"x\":1}}}",
        "{\"attributes\":[{\"name\":\"矿机\",\"value\":\"是\"}]}",
        "{\"attributes\":[{\"name\":\"矿机\"}]}",
        "{\"attributes\":[{\"value\":\"\",\"name\":\"矿机\"}]}",
        "{\"attributes\":[{\"矿机\":\"是\"}]}",
        "{\"attributes.矿机\":\"是\"}",
        "{\"skus\":[{\"attributes\":{\"矿机\":1}}]}",
    };

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        uint32_t item;

        ck_assert_int_eq(read_listing(documents[i]), RLS_OK);
        item = facts_first(&f, v.attribute_names);
        ck_assert_msg(item, "%s", documents[i]);
        ck_assert_uint_eq(f.items[item].text_len, strlen("矿机"));
        ck_assert_mem_eq(f.items[item].text, "矿机", strlen("矿机"));
        ck_assert_uint_eq(f.items[item].next, 0);
        ck_assert_uint_eq(f.n_notes, i == 3 || i == 7);
    }
    gives("{\"attribute_names\":[\"x\"]}", "");
    ck_assert_uint_eq(f.n_items, 2);
}
END_TEST

START_TEST(duplicates)
{
    gives("{\"title\":\"a\",\"title\":\"b\"}", "title=a\ntitle=b\n601 title\n");
    gives("{\"a\":{\"b\":1,\"b\":1,\"b\":1}}", "?a.b=1\n?a.b=1\n?a.b=1\n601 a.b\n601 a.b\n");
    gives("{\"\\u0061\":1,\"a\":2}", "?a=1\n?a=2\n601 a\n");
    gives("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"j\":9,\"a\":10}",
          "?a=1\n?b=2\n?c=3\n?d=4\n?e=5\n?f=6\n?g=7\n?h=8\n?j=9\n?a=10\n601 a\n");
    gives("{\"x\":[{\"a\":1},{\"a\":2}]}", "?x.a=1\n?x.a=2\n");
}
END_TEST

START_TEST(other_subjects)
{
    gives_as(RLS_MERCHANT,
             "{\"id\":\"M\",\"name\":\"店\",\"registered\":\"2020-01-01\",\"country\":\"CN\","
             "\"qualifications\":[{\"kind\":\"食品\"}],\"title\":\"x\",\"label\":{\"a\":1}}",
             "id=M\nname=店\nregistered=2020-01-01\ncountry=CN\nqualifications.kind=食品\n"
             "?title=x\n?label.a=1\n");
    ck_assert_int_eq(f.items[3].instant, 1577808000000);
    gives_as(RLS_MERCHANT, "{\"registered\":1739951291000}", "registered=1739951291000\n");
    gives_as(RLS_MERCHANT, "{\"registered\":20200101}", "~registered=20200101\n605 registered\n");
    gives_as(RLS_MESSAGE, "{\"id\":1,\"text\":\"加微信\",\"sender\":\"buyer\",\"complete\":[]}",
             "id=1\ntext=加微信\nsender=buyer\n");
}
END_TEST

START_TEST(nul_characters)
{
    static const char value[] = "a\0b";

    ck_assert_int_eq(read_listing("{\"title\":\"a\\u0000b\",\"x\\u0000y\":\"1\"}"), RLS_OK);
    ck_assert_uint_eq(f.items[1].text_len, 3);
    ck_assert_mem_eq(f.items[1].text, value, 3);
    ck_assert_uint_eq(f.items[2].key_len, 3);
    ck_assert_int_eq(read_as(RLS_LISTING, "{\"title\":\"a\0b\"}", 15), RLS_ERR_INPUT);
}
END_TEST

START_TEST(damaged_text)
{
    gives("{\"title\":\"矿\xe6\x9c机\"}", "title=矿\ufffd机\n602 \n");
    gives("{\"title\":\"\xff\xfe\"}", "title=\ufffd\ufffd\n602 \n");
    gives("{\"title\":\"\xf0\x9f\x98\"}", "title=\ufffd\n602 \n");
    gives("{\"title\":\"\xc0\xaf\xed\xa0\x80\"}", "title=\ufffd\ufffd\ufffd\ufffd\ufffd\n602 \n");
    gives("{\"ti\xfftle\":\"x\"}", "?ti\ufffdtle=x\n602 \n604 ti\ufffdtle\n");
    gives("{\"title\":\"\\uD83D!\"}", "title=\ufffd!\n603 \n");
    gives("{\"title\":\"\\uDE00\\ud83d\\uD83D\\uDE00\"}", "title=\ufffd\ufffd😀\n603 \n");
    gives("{\"title\":\"\\ud83d\\u0041\"}", "title=\ufffdA\n603 \n");
    gives("{\"title\":\"\\\\ud83d\"}", "title=\\ud83d\n");
    gives("{\"title\":\"\\ud83d\xff\"}", "title=\ufffd\ufffd\n602 \n603 \n");
    gives("{\"title\":\"\\ufffd\\uffff\"}", "title=\ufffd\uffff\n");
}
END_TEST

static void refused(const char *json, int status, size_t offset, uint32_t line, uint32_t column)
{
    ck_assert_int_eq(read_listing(json), status);
    ck_assert_msg(error.offset == offset && error.line == line && error.column == column,
                  "%s: %s at %u, line %u, column %u", json, error.reason, (unsigned)error.offset,
                  error.line, error.column);
    ck_assert(*error.reason && *error.reason_zh);
}

START_TEST(positions)
{
    refused("", RLS_ERR_INPUT, 0, 1, 1);
    refused("  \n ", RLS_ERR_INPUT, 4, 2, 2);
    refused("[]", RLS_ERR_INPUT, 0, 1, 1);
    refused("\n\"x\"", RLS_ERR_INPUT, 1, 2, 1);
    refused("{\"a\" 1}", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":1 \"b\":2}", RLS_ERR_INPUT, 7, 1, 8);
    refused("{\"a\":1,}", RLS_ERR_INPUT, 7, 1, 8);
    refused("{a:1}", RLS_ERR_INPUT, 1, 1, 2);
    refused("{\"a\":}", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":[1,]}", RLS_ERR_INPUT, 8, 1, 9);
    refused("{\"a\":[1 2]}", RLS_ERR_INPUT, 8, 1, 9);
    refused("{\"a\":[1}", RLS_ERR_INPUT, 7, 1, 8);
    refused("{\"a\":1]", RLS_ERR_INPUT, 6, 1, 7);
    refused("{\"a\":01}", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":tru}", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":NaN}", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":'x'}", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":\"\\x\"}", RLS_ERR_INPUT, 6, 1, 7);
    refused("{\"a\":\"\\u12g4\"}", RLS_ERR_INPUT, 6, 1, 7);
    refused("{\"a\":\"x\ty\"}", RLS_ERR_INPUT, 7, 1, 8);
    refused("{\"a\":\"x", RLS_ERR_INPUT, 5, 1, 6);
    refused("{\"a\":1", RLS_ERR_INPUT, 6, 1, 7);
    refused("{\"a\":1}}", RLS_ERR_INPUT, 7, 1, 8);
    refused("{\"a\":1} {}", RLS_ERR_INPUT, 8, 1, 9);
    refused("{\"a\":1}\n\nx", RLS_ERR_INPUT, 9, 3, 1);
    refused("{\"标题\":\"矿机\" \"x\"}", RLS_ERR_INPUT, 19, 1, 12);
    refused("\xef\xbb\xbf{\"标\":x}", RLS_ERR_INPUT, 10, 1, 6);
    refused("{\r\n\"标题\": [\r\n  x]}", RLS_ERR_INPUT, 18, 3, 3);
    refused("{\"a\":\"\xff\xe6\x9c\",\n \"b\":x}", RLS_ERR_INPUT, 17, 2, 6);
    refused("\xff\xfe{", RLS_ERR_INPUT, 0, 1, 1);
    ck_assert_ptr_nonnull(strstr(error.reason, "UTF-16"));
}
END_TEST

/* "{" and depth - 1 arrays. */
static char *nested(size_t depth, size_t *len)
{
    char *json = malloc(2 * depth + 16);
    size_t n = (size_t)sprintf(json, "{\"a\":");

    memset(json + n, '[', depth - 1);
    memset(json + n + depth - 1, ']', depth - 1);
    *len = n + 2 * (depth - 1);
    json[(*len)++] = '}';
    return json;
}

START_TEST(depth)
{
    size_t len;
    char *json = nested(LIMIT_JSON_DEPTH, &len);

    ck_assert_int_eq(read_as(RLS_LISTING, json, len), RLS_OK);
    free(json);
    json = nested(LIMIT_JSON_DEPTH + 1, &len);
    ck_assert_int_eq(read_as(RLS_LISTING, json, len), RLS_ERR_LIMIT);
    ck_assert_uint_eq(error.offset, 5 + LIMIT_JSON_DEPTH - 1);
    free(json);
    json = nested(MIB, &len);
    ck_assert_int_eq(read_as(RLS_LISTING, json, len), RLS_ERR_LIMIT);
    ck_assert_int_eq(read_as(RLS_LISTING, json, len / 2), RLS_ERR_LIMIT);
    memset(json, '[', len);
    ck_assert_int_eq(read_as(RLS_LISTING, json, len), RLS_ERR_INPUT);
    ck_assert_uint_eq(error.offset, 0);
    free(json);
}
END_TEST

START_TEST(limits)
{
    char *json = malloc(MIB);
    size_t n;

    ck_assert_ptr_nonnull(json);
    ck_assert_int_eq(facts_begin(&f, &v, RLS_LISTING), FACTS_OK);
    ck_assert_int_eq(json_read(reader, "{\"title\":\"x\"}", 13, 13, &f, &error), RLS_OK);
    ck_assert_int_eq(facts_begin(&f, &v, RLS_LISTING), FACTS_OK);
    ck_assert_int_eq(json_read(reader, "{\"title\":\"x\"}", 13, 12, &f, &error), RLS_ERR_LIMIT);
    ck_assert(error.offset == 12 && error.line == 1 && error.column == 13);

    n = (size_t)sprintf(json, "{\"x\":[");
    for (int i = 0; i < MOST; i++)
        n += (size_t)sprintf(json + n, "%s1", i ? "," : "");
    memcpy(json + n, "]}", 2);
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + 2), RLS_OK);
    ck_assert_uint_eq(f.n_items, MOST + 1);
    memcpy(json + n, ",1]}", 4);
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + 4), RLS_ERR_LIMIT);
    ck_assert(error.offset == 0 && error.line == 1 && error.column == 1);
    ck_assert(*error.reason && *error.reason_zh);

    /* Parts, too. */
    n = (size_t)sprintf(json, "{\"complete\":[");
    for (int i = 0; i <= LIMIT_COMPLETE_PARTS; i++)
        n += (size_t)sprintf(json + n, "%s\"%d\"", i ? "," : "", i);
    memcpy(json + n, "]}", 2);
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + 2), RLS_ERR_LIMIT);
    ck_assert(error.line == 1 && error.column == 1 && *error.reason && *error.reason_zh);

    /* Values that give no fact are bounded too. */
    n = (size_t)sprintf(json, "{\"x\":[");
    for (int i = 0; i < 4 * MOST + 10; i++)
        n += (size_t)sprintf(json + n, "%snull", i ? "," : "");
    memcpy(json + n, "]}", 2);
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + 2), RLS_ERR_LIMIT);
    free(json);
}
END_TEST

START_TEST(long_names)
{
    enum { LEN = 3 * 1000 };
    char *json = malloc(LEN + 64);
    size_t n = (size_t)sprintf(json, "{\"a\":{\"");

    ck_assert_ptr_nonnull(json);
    for (int i = 0; i < LEN; i += 3)
        memcpy(json + n + i, "矿", 3);
    n += LEN;
    n += (size_t)sprintf(json + n, "\":[\"x\",\"y\",{\"b\":1}]}}");
    ck_assert_int_eq(read_as(RLS_LISTING, json, n), RLS_OK);
    /* Cut at a character, and the values are there. */
    ck_assert_uint_eq(f.n_items, 4);
    ck_assert_uint_eq(f.items[1].key_len, 512);
    ck_assert_mem_eq(f.items[1].key + 509, "矿", 3);
    ck_assert_uint_eq(f.items[3].index, 2);
    free(json);
}
END_TEST

/* What the parser and the slow check of faults say must agree. */
static void agree(const char *json, size_t len)
{
    size_t offset;
    int status = read_as(RLS_LISTING, json, len);
    enum json_fault fault = json_fault_find(json, len, &offset);

    ck_assert_msg((status == RLS_OK) == (fault == FAULT_NONE), "%.*s: %d %d", (int)len, json,
                  status, fault);
    if (fault != FAULT_NONE)
        ck_assert_int_eq(status, json_fault_status(fault));
}

static const char sample[] =
    "{\"id\":\"1\",\"title\":\"\\u77ff\\ud83d\\ude00机\",\"price\":{\"amount\":-1.5e+2,"
    "\"currency\":"
    "\"CNY\"},\"attributes\":[{\"name\":\"a\",\"value\":[true,false,null]}],\"skus\":[{}],\n\"x\":"
    "{\"y\":[]},\"brand\":[[\"b\"]],\"complete\":[\"label\"]}";

START_TEST(truncated)
{
    for (size_t len = 0; len < sizeof sample - 1; len++) {
        ck_assert_int_eq(read_as(RLS_LISTING, sample, len), RLS_ERR_INPUT);
        agree(sample, len);
    }
    ck_assert_int_eq(read_as(RLS_LISTING, sample, sizeof sample - 1), RLS_OK);
}
END_TEST

START_TEST(changed)
{
    static const char with[] = "{}[]:,\"\\ \n\t0-.eEtu\x00\x01\x7f\x80\xc3\xe6\xff";
    char json[sizeof sample];

    for (size_t at = 0; at < sizeof sample - 1; at++) {
        for (size_t i = 0; i < sizeof with - 1; i++) {
            memcpy(json, sample, sizeof json);
            json[at] = with[i];
            agree(json, sizeof sample - 1);
        }
        memcpy(json, sample, at);
        memcpy(json + at, sample + at + 1, sizeof sample - at - 1);
        agree(json, sizeof sample - 2);
    }
}
END_TEST

/* A file of tests/data with one byte more, which is zero. */
static char *load(const char *name, size_t *len)
{
    char path[1024];
    FILE *file;
    char *data = calloc(1, MIB);

    snprintf(path, sizeof path, "%s/tests/data/%s", TEST_SOURCE_ROOT, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL && data != NULL, "%s", path);
    *len = fread(data, 1, MIB - 1, file);
    fclose(file);
    return data;
}

static size_t unescape(char *text)
{
    char *out = text;

    for (const char *p = text; *p; out++) {
        if (*p == '%') {
            char hex[3] = {p[1], p[2], '\0'};

            *out = (char)strtoul(hex, NULL, 16);
            p += 3;
        } else {
            *out = *p++;
        }
    }
    return (size_t)(out - text);
}

static bool begins_object(const char *json, size_t len)
{
    size_t blanks = strspn(json, " \t\r\n");

    return blanks < len && json[blanks] == '{';
}

static void run_case(const char *name, const char *json, size_t len)
{
    char wrapped[2048];
    size_t n = (size_t)sprintf(wrapped, "{\"v\":");
    int status;

    ck_assert_uint_lt(len + 16, sizeof wrapped);
    memcpy(wrapped + n, json, len);
    wrapped[n + len] = '}';
    agree(json, len);
    agree(wrapped, n + len + 1);
    status = read_as(RLS_LISTING, wrapped, n + len + 1);
    if (strncmp(name, "y_", 2) == 0) {
        ck_assert_msg(status == RLS_OK, "%s: %s", name, error.reason);
        status = read_as(RLS_LISTING, json, len);
        ck_assert_msg(status == (begins_object(json, len) ? RLS_OK : RLS_ERR_INPUT), "%s", name);
    } else if (strncmp(name, "n_", 2) == 0) {
        ck_assert_msg(status != RLS_OK, "%s", name);
        ck_assert_msg(read_as(RLS_LISTING, json, len) != RLS_OK, "%s", name);
    }
}

START_TEST(public_cases)
{
    size_t len, n = 0;
    char *data = load("json-parsing/cases.tsv", &len), *line = data;

    while (*line) {
        char *tab = strchr(line, '\t'), *end = strchr(line, '\n');

        ck_assert(tab && end && tab < end);
        *tab = *end = '\0';
        run_case(line, tab + 1, unescape(tab + 1));
        line = end + 1;
        n++;
    }
    ck_assert_uint_eq(n, 338);
    free(data);
}
END_TEST

START_TEST(repeated_pieces)
{
    enum { TIMES = 50000 };
    static const char piece[] = "[{\"\":";
    char *json = malloc(TIMES * (sizeof piece - 1) + 1);
    size_t n = 1;

    ck_assert_ptr_nonnull(json);
    json[0] = '{';
    for (int i = 0; i < TIMES; i++, n += sizeof piece - 1)
        memcpy(json + n, piece, sizeof piece - 1);
    agree(json, n);
    agree(json + 1, n - 1);
    memcpy(json, "{\"x\":", 5);
    memset(json + 5, '[', 100000);
    agree(json, 100005);
    ck_assert_int_eq(read_as(RLS_LISTING, json, 100005), RLS_ERR_LIMIT);
    free(json);
}
END_TEST

static void read_naughty_strings(void)
{
    size_t len;
    char *list = load("naughty-strings/blns.json", &len);
    char *json = malloc(len + 64);
    size_t n = (size_t)sprintf(json, "{\"image_texts\":");

    memcpy(json + n, list, len);
    json[n + len] = '}';
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + len + 1), RLS_OK);
    free(json);
    free(list);
}

START_TEST(naughty_strings)
{
    read_naughty_strings();
    ck_assert_uint_gt(f.n_items, 400);
    ck_assert_uint_eq(f.n_notes, 0);
    for (uint32_t i = 1; i < f.n_items; i++)
        ck_assert_uint_eq(f.items[i].field, f.items[1].field);
}
END_TEST

START_TEST(huge_numbers)
{
    enum { DIGITS = 1000000 };
    char *json = malloc(DIGITS + 64);
    size_t n = (size_t)sprintf(json, "{\"price\":");

    ck_assert_ptr_nonnull(json);
    memset(json + n, '9', DIGITS);
    json[n + DIGITS] = '}';
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + DIGITS + 1), RLS_OK);
    ck_assert_int_eq(f.items[1].state, VALUE_UNPARSED);
    ck_assert_uint_eq(f.items[1].text_len, DIGITS);
    json[n + DIGITS / 2] = 'e';
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + DIGITS + 1), RLS_OK);
    json[n + DIGITS / 2 + 5] = '.';
    ck_assert_int_eq(read_as(RLS_LISTING, json, n + DIGITS + 1), RLS_ERR_INPUT);
    free(json);
}
END_TEST

/* Documents that are made to be slow: each must be done in far less than the timeout. */
START_TEST(slow_documents)
{
    size_t room = LIMIT_DOCUMENT_BYTES, n;
    char *json = malloc(room);
    struct facts big;

    ck_assert_ptr_nonnull(json);
    facts_init(&big, &mem_libc, LIMIT_FACTS);
    /* Members without end, all different and all repeated. */
    n = (size_t)sprintf(json, "{");
    for (int i = 0; i < 90000; i++)
        n += (size_t)sprintf(json + n, "\"tilte%d\":1,", i % 45000);
    json[n - 1] = '}';
    ck_assert_int_eq(facts_begin(&big, &v, RLS_LISTING), FACTS_OK);
    ck_assert_int_eq(json_read(reader, json, n, room, &big, &error), RLS_OK);
    ck_assert_uint_eq(big.n_notes, LIMIT_NOTES);

    /* A long path of many dots for each of many values. */
    n = (size_t)sprintf(json, "{\"");
    memset(json + n, '.', MIB);
    n += MIB;
    n += (size_t)sprintf(json + n, "\":[1");
    for (int i = 1; i < LIMIT_FACTS; i++)
        n += (size_t)sprintf(json + n, ",1");
    n += (size_t)sprintf(json + n, "]}");
    ck_assert_int_eq(facts_begin(&big, &v, RLS_LISTING), FACTS_OK);
    ck_assert_int_eq(json_read(reader, json, n, room, &big, &error), RLS_OK);
    facts_clear(&big);
    free(json);
}
END_TEST

START_TEST(texts_stay_until_the_next_read)
{
    ck_assert_int_eq(read_listing("{\"title\":\"a\\u0062\",\"attributes\":{\"k\\u0065y\":\"v\"}}"),
                     RLS_OK);
    ck_assert_str_eq(dump(), "title=ab\nattributes.key=v\n");
    /* A longer document moves every buffer. */
    read_naughty_strings();
    gives("{\"title\":\"x\"}", "title=x\n");
    ck_assert_uint_gt(json_reader_memory(reader), 1000);
}
END_TEST

static int read_with(struct json_reader *r, struct facts *g)
{
    if (facts_begin(g, &v, RLS_LISTING) != FACTS_OK)
        return RLS_ERR_MEMORY;
    return json_read(r, sample, sizeof sample - 1, LIMIT_DOCUMENT_BYTES, g, &error);
}

START_TEST(no_allocation_once_grown)
{
    struct test_mem t;
    struct json_reader *r;
    size_t calls;

    test_mem_init(&t);
    r = json_reader_new(test_mem_get(&t));
    ck_assert_ptr_nonnull(r);
    ck_assert_int_eq(read_with(r, &f), RLS_OK);
    calls = t.calls;
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(read_with(r, &f), RLS_OK);
    ck_assert_uint_eq(t.calls, calls);
    json_reader_free(r);
    ck_assert_uint_eq(t.live_blocks, 0);
}
END_TEST

START_TEST(short_memory)
{
    bool done = false;

    for (size_t n = 0; !done; n++) {
        struct test_mem t;
        struct json_reader *r;
        struct facts g;

        test_mem_init(&t);
        t.fail_at = n;
        facts_init(&g, test_mem_get(&t), MOST);
        r = json_reader_new(test_mem_get(&t));
        if (r) {
            int status = read_with(r, &g);

            done = t.calls <= n;
            ck_assert_int_eq(status, done ? RLS_OK : RLS_ERR_MEMORY);
            ck_assert_uint_eq(error.line, 0);
            ck_assert_int_eq(read_with(r, &g), RLS_OK);
        }
        json_reader_free(r);
        facts_clear(&g);
        ck_assert_uint_eq(t.live_blocks, 0);
    }
    json_reader_free(NULL);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("facts_json");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, plain_members);
    tcase_add_test(t, numbers);
    tcase_add_test(t, category);
    tcase_add_test(t, attributes);
    tcase_add_test(t, label_price_skus);
    tcase_add_test(t, seller_and_complete);
    tcase_add_test(t, other_members);
    tcase_add_test(t, wrong_shapes);
    tcase_add_test(t, empty_names);
    tcase_add_test(t, attribute_names);
    tcase_add_test(t, duplicates);
    tcase_add_test(t, other_subjects);
    tcase_add_test(t, nul_characters);
    tcase_add_test(t, damaged_text);
    tcase_add_test(t, positions);
    tcase_add_test(t, depth);
    tcase_add_test(t, limits);
    tcase_add_test(t, long_names);
    tcase_add_test(t, truncated);
    tcase_add_test(t, changed);
    tcase_add_test(t, public_cases);
    tcase_add_test(t, repeated_pieces);
    tcase_add_test(t, naughty_strings);
    tcase_add_test(t, huge_numbers);
    tcase_add_test(t, slow_documents);
    tcase_add_test(t, texts_stay_until_the_next_read);
    tcase_add_test(t, no_allocation_once_grown);
    tcase_add_test(t, short_memory);
    suite_add_tcase(s, t);
    return test_run(s);
}
