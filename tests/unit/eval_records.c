/* SPDX-License-Identifier: Apache-2.0 */
/* Records: some, every and count, rules for each, cases, the builder, counters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

#define DECLARED                                                                                   \
    "<collection name='violations'><field name='kind'/><field name='at' type='instant'/>"          \
    "</collection><collection name='parcels' absent='empty'><field name='id'/>"                    \
    "<field name='note' absent='empty'/></collection>"                                             \
    "<collection name='parcels.scans'><field name='place'/></collection>"

enum { SILENT = 0, UNDECIDED = 9 };

static struct rls_set *set_of(const char *rule)
{
    char all[8192];
    int n = snprintf(all, sizeof all, DECLARED "%s", rule);

    ck_assert(n > 0 && (size_t)n < sizeof all);
    return test_set(NULL, all);
}

static uint32_t outcome(const struct rls_report *r)
{
    if (rls_report_finding_count(r))
        return rls_finding_outcome(rls_report_finding(r, 0));
    return rls_report_undecided_count(r) ? UNDECIDED : SILENT;
}

static uint32_t outcome_of(const char *condition, const char *members)
{
    char rule[4096], json[4096];
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_NOW | RLS_HAS_AS_OF};
    struct rls_set *set;
    struct rls_evaluator *ev;
    uint32_t result;

    snprintf(rule, sizeof rule,
             "<rule id='r' severity='violation'>" TITLE "<when>%s</when>" REJECT "</rule>",
             condition);
    snprintf(json, sizeof json, "{\"title\":\"x\"%s%s}", *members ? "," : "", members);
    o.now = o.as_of = test_instant("2026-06-10T12:00:00");
    set = set_of(rule);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    result = outcome(test_json(ev, json, &o));
    rls_evaluator_free(ev);
    rls_set_unref(set);
    return result;
}

struct example {
    const char *condition;
    const char *members;
    uint32_t outcome;
};

static void check_examples(const struct example *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t got = outcome_of(e[i].condition, e[i].members);

        ck_assert_msg(got == e[i].outcome, "%s over %s: %u", e[i].condition, e[i].members, got);
    }
}

#define IN(kind, more, inner) "<" kind " in='violations' as='v' " more ">" inner "</" kind ">"
#define A "<field name='$v.kind' is='a'/>"
#define LIST(entries) "\"violations\":[" entries "]"
#define KIND(k) "{\"kind\":\"" k "\"}"

START_TEST(quantifiers)
{
    static const struct example examples[] = {
        {IN("some", "", A), LIST(KIND("b") "," KIND("a")), RLS_VIOLATED},
        {IN("some", "", A), LIST(KIND("b")), SILENT},
        {IN("some", "", A), LIST(KIND("b") ",{}"), RLS_INDETERMINATE},
        {IN("some", "", A), LIST("7"), RLS_INDETERMINATE},
        {IN("some", "", A), LIST("null"), RLS_INDETERMINATE},
        {IN("some", "", A), LIST(""), SILENT},
        {IN("some", "", A), "", RLS_INDETERMINATE},
        {IN("some", "", A), "\"complete\":\"violations\"", SILENT},
        {IN("some", "", A), "\"violations\":" KIND("a"), RLS_VIOLATED},
        {IN("every", "", A), LIST(KIND("a") "," KIND("a")), RLS_VIOLATED},
        {IN("every", "", A), LIST(KIND("a") "," KIND("b")), SILENT},
        {IN("every", "", A), LIST(KIND("a") ",{}"), RLS_INDETERMINATE},
        {IN("every", "", A), LIST(""), RLS_VIOLATED},
        {IN("count", "ge='2'", A), LIST(KIND("a") "," KIND("a")), RLS_VIOLATED},
        {IN("count", "ge='2'", A), LIST(KIND("a") ",{}"), RLS_INDETERMINATE},
        {IN("count", "ge='2'", A), LIST("{}"), SILENT},
        {IN("count", "gt='1'", A), LIST(KIND("a")), SILENT},
        {IN("count", "is='1'", A), LIST(KIND("a") "," KIND("b")), RLS_VIOLATED},
        {IN("count", "is='1'", A), LIST(KIND("a") ",{}"), RLS_INDETERMINATE},
        {IN("count", "is='1'", A), LIST("{},{},{}"), RLS_INDETERMINATE},
        {IN("count", "le='1'", A), LIST(""), RLS_VIOLATED},
        {IN("count", "lt='1'", A), LIST(KIND("a")), SILENT},
        /* Kind and date of one and the same record. */
        {IN("some", "", "<all>" A "<field name='$v.at' ge='2026-01-01'/></all>"),
         LIST("{\"kind\":\"a\",\"at\":\"2025-05-05\"},{\"kind\":\"b\",\"at\":\"2026-05-05\"}"),
         SILENT},
        {"<all><field name='violations.kind' is='a'/><field name='violations.at' ge='2026-01-01'/>"
         "</all>",
         LIST("{\"kind\":\"a\",\"at\":\"2025-05-05\"},{\"kind\":\"b\",\"at\":\"2026-05-05\"}"),
         RLS_VIOLATED},
        {IN("some", "", "<text in='$v.kind' terms='w' if-absent='empty'/>"),
         LIST(KIND("b") "," KIND("矿机")), RLS_VIOLATED},
        {IN("some", "", "<all>" A "<text in='$v.kind' terms='w'/></all>"),
         LIST(KIND("a") "," KIND("矿机")), SILENT},
        {"<some in='skus' as='s'><all><text in='$s.title' terms='w'/><field name='$s.price' "
         "gt='9'/>"
         "</all></some>",
         "\"skus\":[{\"title\":\"矿机\",\"price\":1},{\"title\":\"x\",\"price\":10}]", SILENT},
        {"<some in='skus' as='s'><all><text in='$s.attributes.*' terms='w'/>"
         "<field name='$s.price' gt='9'/></all></some>",
         "\"skus\":[{\"title\":\"a\"},{\"attributes\":{\"k\":\"矿机\"},\"price\":10}]",
         RLS_VIOLATED},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

#define SCANS(inner) "<some in='parcels' as='p'>" inner "</some>"

START_TEST(nested)
{
    static const char every[] =
        SCANS("<every in='$p.scans' as='s'><field name='$s.place' is='x'/></every>");
    static const char same[] = SCANS("<some in='$p.scans' as='s'><all><field name='$p.id' is='1'/>"
                                     "<field name='$s.place' is='x'/></all></some>");
    static const struct example examples[] = {
        {every, "\"parcels\":[{\"scans\":[{\"place\":\"x\"},{\"place\":\"y\"}]}]", SILENT},
        {every, "\"parcels\":[{\"scans\":[{\"place\":\"y\"}]},{\"scans\":[{\"place\":\"x\"}]}]",
         RLS_VIOLATED},
        {every, "\"parcels\":[{\"id\":1}]", RLS_INDETERMINATE},
        {every, "", SILENT},
        {same, "\"parcels\":[{\"id\":1,\"scans\":[{\"place\":\"x\"}]}]", RLS_VIOLATED},
        {same, "\"parcels\":[{\"id\":1,\"scans\":[]},{\"scans\":[{\"place\":\"x\"}],\"id\":2}]",
         SILENT},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

#define EACH                                                                                       \
    "<rule id='r' severity='violation' for-each='violations' as='v'>" TITLE "<when>" A             \
    "</when>" REJECT "</rule>"

START_TEST(for_each)
{
    struct rls_set *set = set_of(EACH);
    struct rls_evaluator *ev;
    const struct rls_report *r;
    struct rls_report *copy, *moved;
    char *json;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_uint_eq(outcome(test_json(ev, "{\"title\":\"x\"}", NULL)), UNDECIDED);
    ck_assert_uint_eq(outcome(test_json(ev, "{\"title\":\"x\",\"violations\":[]}", NULL)), SILENT);
    r = test_json(
        ev,
        "{\"title\":\"x\",\"violations\":[{\"kind\":\"a\",\"id\":\"k1\"},{\"kind\":\"b\"},"
        "{\"kind\":\"a\"}]}",
        NULL);
    ck_assert_uint_eq(rls_report_finding_count(r), 2);
    ck_assert_int_eq(rls_report_copy(&copy, r), RLS_OK);
    ck_assert_str_eq(rls_finding_record(rls_report_finding(copy, 0)), "violations[0]");
    ck_assert_str_eq(rls_finding_record_id(rls_report_finding(copy, 0)), "k1");
    ck_assert_str_eq(rls_finding_record(rls_report_finding(copy, 1)), "violations[2]");
    ck_assert_ptr_null(rls_finding_record_id(rls_report_finding(copy, 1)));
    ck_assert_str_eq(rls_finding_evidence(rls_report_finding(copy, 1), 0)->record, "violations[2]");
    json = test_written(copy, RLS_FORMAT_JSON, NULL);
    ck_assert_ptr_nonnull(strstr(json, "\"record_id\""));
    free(json);
    /* A record that has an id keeps its finding's name wherever it stands. */
    r = test_json(
        ev, "{\"title\":\"x\",\"violations\":[{\"kind\":\"b\"},{\"id\":\"k1\",\"kind\":\"a\"}]}",
        NULL);
    ck_assert_int_eq(rls_report_copy(&moved, r), RLS_OK);
    ck_assert_str_eq(rls_finding_id(rls_report_finding(moved, 0)),
                     rls_finding_id(rls_report_finding(copy, 0)));
    ck_assert_str_ne(rls_finding_id(rls_report_finding(copy, 1)),
                     rls_finding_id(rls_report_finding(copy, 0)));
    rls_report_free(moved);
    rls_report_free(copy);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(builder)
{
    struct rls_set *set = set_of(EACH);
    struct rls_evaluator *ev;
    struct rls_builder *b;
    const struct rls_report *r;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_begin_record(b, "no-such"), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_builder_begin_record(b, "parcels.scans"), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_builder_end_record(b), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_builder_text(b, "title", test_text("x")), RLS_OK);
    ck_assert_int_eq(rls_builder_begin_record(b, "parcels"), RLS_OK);
    ck_assert_int_eq(rls_builder_begin_record(b, "scans"), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "place", test_text("y")), RLS_OK);
    ck_assert_int_eq(rls_builder_end_record(b), RLS_OK);
    ck_assert_int_eq(rls_builder_end_record(b), RLS_OK);
    ck_assert_int_eq(rls_builder_begin_record(b, "violations"), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "kind", test_text("a")), RLS_OK);
    ck_assert_int_eq(rls_builder_integer(b, "id", 5), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, NULL, &r), RLS_OK);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_str_eq(rls_finding_record(rls_report_finding(r, 0)), "violations[0]");
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(structs)
{
    struct rls_set *set = set_of("<rule id='r' severity='violation' for-each='skus' as='s'>" TITLE
                                 "<when><field name='$s.price' gt='5'/></when>" REJECT "</rule>");
    struct rls_sku skus[2] = {
        {.size = sizeof *skus, .price = test_text("1")},
        {.size = sizeof *skus, .price = test_text("9"), .id = test_text("i")}};
    struct rls_listing l = {.size = sizeof l, .title = test_text("x"), .skus = skus, .n_skus = 2};
    struct rls_evaluator *ev;
    const struct rls_report *r;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_check_listing(ev, &l, NULL, &r), RLS_OK);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_str_eq(rls_finding_record(rls_report_finding(r, 0)), "skus[1]");
    ck_assert_str_eq(rls_finding_record_id(rls_report_finding(r, 0)), "i");
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

#define LATE(test) "<counter name='late' window='30nd' " test "/>"
#define COUNTERS(members) "\"counters\":[{\"name\":\"late\",\"window\":\"30nd\"," members "}]"

START_TEST(counters)
{
    static const struct example examples[] = {
        {LATE("gt='0.03%'"), COUNTERS("\"numerator\":3,\"denominator\":9999"), RLS_VIOLATED},
        {LATE("gt='0.03%'"), COUNTERS("\"numerator\":3,\"denominator\":10000"), SILENT},
        {LATE("ge='0.03%'"), COUNTERS("\"numerator\":3,\"denominator\":10000"), RLS_VIOLATED},
        {LATE("is='0.03%'"), COUNTERS("\"numerator\":3,\"denominator\":10000"), RLS_VIOLATED},
        {LATE("gt='0.03%'"), COUNTERS("\"numerator\":3,\"denominator\":0"), RLS_INDETERMINATE},
        {LATE("gt='0.03%'"), COUNTERS("\"numerator\":3"), RLS_INDETERMINATE},
        {LATE("ge='3'"), COUNTERS("\"value\":3"), RLS_VIOLATED},
        {LATE("lt='3'"), COUNTERS("\"value\":\"x\""), RLS_INDETERMINATE},
        {"<counter name='late' window='7nd' ge='3'/>", COUNTERS("\"value\":3"), RLS_INDETERMINATE},
        {LATE("ge='3'"), "", RLS_INDETERMINATE},
        {LATE("ge='3'"),
         "\"counters\":[{\"name\":\"late\",\"window\":\"30nd\",\"value\":3},"
         "{\"name\":\"late\",\"window\":\"30nd\",\"value\":2}]",
         RLS_INDETERMINATE},
        {LATE("ge='3' max-age='2nd'"), COUNTERS("\"value\":3,\"up_to\":\"2026-06-08\""),
         RLS_VIOLATED},
        {LATE("ge='3' max-age='2nd'"), COUNTERS("\"value\":3,\"up_to\":\"2026-06-07T23:59:59\""),
         RLS_INDETERMINATE},
        {LATE("ge='3' max-age='2h'"), COUNTERS("\"value\":3,\"up_to\":\"2026-06-10T10:00:00\""),
         RLS_VIOLATED},
        {LATE("ge='3' max-age='2h'"), COUNTERS("\"value\":3,\"up_to\":\"2026-06-10T09:59:59\""),
         RLS_INDETERMINATE},
        {LATE("ge='3' max-age='90min'"), COUNTERS("\"value\":3"), RLS_INDETERMINATE},
        {LATE("gt='9223372036854775807'"),
         COUNTERS("\"numerator\":9223372036854775807,\"denominator\":1"), SILENT},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

/* Two collections crossed make too many pairs: what is not looked at is unknown. */
START_TEST(looks_are_bounded)
{
    enum { RECORDS = 1100 };
    size_t room = 200 + RECORDS * 48;
    char *json = malloc(room), *at = json;
    struct rls_set *set = set_of("<rule id='r' severity='violation'>" TITLE "<when>" IN(
        "some", "",
        "<some in='parcels' as='p'><field name='$p.id' is-not='1'/></some>") "</when>" REJECT
                                                                             "</rule>");
    struct rls_evaluator *ev;
    const struct rls_report *r;

    ck_assert(json);
    at += sprintf(at, "{\"title\":\"x\",\"violations\":[{}");
    for (int i = 0; i < RECORDS; i++)
        at += sprintf(at, ",{}");
    at += sprintf(at, "],\"parcels\":[{\"id\":1}");
    for (int i = 0; i < RECORDS; i++)
        at += sprintf(at, ",{\"id\":1}");
    sprintf(at, "]}");
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, json, NULL);
    ck_assert_uint_eq(outcome(r), RLS_INDETERMINATE);
    ck_assert(!rls_report_complete(r));
    free(json);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

#define BESIDE(inner)                                                                              \
    "<some in='violations' as='v'><all><text in='title' terms='w'><guard "                         \
    "inside='$v.kind'/></text>" inner "</all></some>"
#define AT_ONCE "<field name='$v.at' ge='2026-01-01'/>"
#define TITLED "\"title\":\"二手矿机箱\","
#define KIND_AT(k) "{\"kind\":\"" k "\",\"at\":\"2026-05-05\"}"

/* A guard that names a bound record asks each of them anew, whichever comes first. */
START_TEST(guards_of_records)
{
    static const struct example examples[] = {
        {BESIDE(""), "\"brand\":\"矿机箱\"," TITLED LIST(KIND("矿机箱")), SILENT},
        {BESIDE(""), TITLED LIST(KIND("矿机箱") "," KIND("水杯")), RLS_VIOLATED},
        {BESIDE(""), TITLED LIST(KIND("水杯") "," KIND("矿机箱")), RLS_VIOLATED},
        {BESIDE(AT_ONCE), TITLED LIST(KIND("水杯") "," KIND_AT("矿机箱")), RLS_INDETERMINATE},
        {BESIDE(AT_ONCE), TITLED LIST(KIND("矿机箱") "," KIND_AT("水杯")), RLS_VIOLATED},
        {IN("every", "", "<text in='title' terms='w'><guard inside='$v.kind'/></text>"),
         TITLED LIST(KIND("水杯") "," KIND("矿机箱")), SILENT},
        {"<some in='parcels' as='p'><some in='$p.scans' as='s'><text in='title' terms='w'>"
         "<guard inside='$p.id brand $s.place'/></text></some></some>",
         TITLED "\"parcels\":[{\"id\":\"x\",\"scans\":[{\"place\":\"矿机箱\"}]},"
                "{\"id\":\"矿机箱\",\"scans\":[{\"place\":\"x\"},{\"place\":\"y\"}]}]",
         SILENT},
        {"<some in='parcels' as='p'><some in='$p.scans' as='s'><text in='title' terms='w'>"
         "<guard inside='$p.id brand $s.place'/></text></some></some>",
         TITLED "\"parcels\":[{\"id\":\"x\",\"scans\":[{\"place\":\"矿机箱\"},"
                "{\"place\":\"x\"}]},{\"id\":\"矿机箱\",\"scans\":[{\"place\":\"x\"}]}]",
         RLS_VIOLATED},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

/* A long text is not looked through for each of many records. */
START_TEST(guards_are_bounded)
{
    enum { RECORDS = 3000, LENGTH = 40000 };
    char *json = malloc(100 + LENGTH + RECORDS * 48), *at = json;
    struct rls_set *set =
        set_of("<rule id='r' severity='violation' for-each='violations' as='v'>" TITLE
               "<when><text in='title' terms='w'><guard inside='$v.kind'/></text>"
               "</when>" REJECT "</rule>");
    struct rls_evaluator *ev;
    const struct rls_report *r;

    ck_assert(json);
    at += sprintf(at, "{\"title\":\"矿机箱 ");
    memset(at, '-', LENGTH);
    at += LENGTH;
    at += sprintf(at, "\",\"violations\":[{}");
    for (int i = 0; i < RECORDS; i++)
        at += sprintf(at, ",{\"kind\":\"矿机箱\"}");
    sprintf(at, "]}");
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, json, NULL);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_gt(rls_report_finding_count(r), 1);
    free(json);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

#define EMPTY(kind, more, inner) "<" kind " in='parcels' as='p' " more ">" inner "</" kind ">"
#define ID "<field name='$p.id' is='a'/>"
#define ODD "\"parcels\":7"

/* What stands in the place of a collection says nothing of its records, whatever it is. */
START_TEST(no_collection)
{
    static const char *const odd[] = {"7", "\"x\"", "\"\"", "null", "true"};
    static const struct example examples[] = {
        {EMPTY("some", "", ID), "", SILENT},
        {EMPTY("every", "", ID), "", RLS_VIOLATED},
        {EMPTY("some", "", ID), ODD, RLS_INDETERMINATE},
        {EMPTY("every", "", ID), ODD, RLS_INDETERMINATE},
        {EMPTY("count", "ge='1'", ID), ODD, RLS_INDETERMINATE},
        {EMPTY("count", "lt='1'", ID), ODD, RLS_INDETERMINATE},
        {EMPTY("count", "is='0'", ID), ODD, RLS_INDETERMINATE},
        {EMPTY("some", "", ID), ODD ",\"complete\":\"parcels\"", RLS_INDETERMINATE},
        /* What is known of some of them may be enough. */
        {EMPTY("some", "", ID), ODD ",\"parcels\":[{\"id\":\"a\"}]", RLS_VIOLATED},
        {EMPTY("some", "", ID), ODD ",\"parcels\":[{\"id\":\"b\"}]", RLS_INDETERMINATE},
        {EMPTY("every", "", ID), ODD ",\"parcels\":[{\"id\":\"b\"}]", SILENT},
        {EMPTY("count", "ge='1'", ID), ODD ",\"parcels\":[{\"id\":\"a\"}]", RLS_VIOLATED},
        {EMPTY("count", "lt='1'", ID), ODD ",\"parcels\":[{\"id\":\"a\"}]", SILENT},
        {EMPTY("count", "is='1'", ID), ODD ",\"parcels\":[{\"id\":\"a\"}]", RLS_INDETERMINATE},
        {EMPTY("some", "", ID), "\"parcels\":[null]", RLS_INDETERMINATE},
        {EMPTY("some", "", ID), "\"parcels\":[[{\"id\":\"a\"}]]", RLS_VIOLATED},
        /* One inside of a record says nothing of those in others. */
        {EMPTY("some", "", "<some in='$p.scans' as='s'><field name='$s.place' is='a'/></some>"),
         "\"parcels\":[{\"scans\":null},{\"scans\":[]}]", RLS_INDETERMINATE},
        {EMPTY("every", "", "<every in='$p.scans' as='s'><field name='$s.place' is='a'/></every>"),
         "\"parcels\":[{\"scans\":1},{\"scans\":[{\"place\":\"b\"}]}]", SILENT},
        /* All members without a record, known or not. */
        {"<field name='parcels.note' is='a'/>", "", SILENT},
        {"<field name='parcels.note' is='a'/>", ODD, RLS_INDETERMINATE},
        {"<field name='parcels.note' is-not='a' values='all'/>", ODD, RLS_INDETERMINATE},
        {"<text in='parcels.note' terms='w'/>", ODD, RLS_INDETERMINATE},
        {"<some in='skus' as='s'><field name='$s.price' gt='1'/></some>", "\"skus\":[]", SILENT},
        {"<some in='skus' as='s'><field name='$s.price' gt='1'/></some>", "\"skus\":null",
         RLS_INDETERMINATE},
        {"<some in='skus' as='s'><field name='$s.price' gt='1'/></some>", "\"skus\":[\"红色\"]",
         RLS_INDETERMINATE},
        {"<some in='skus' as='s'><text in='$s.title' terms='w'/></some>", "\"skus\":[\"矿机\"]",
         RLS_VIOLATED},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char member[64];

        snprintf(member, sizeof member, "\"parcels\":%s", odd[i]);
        ck_assert_msg(outcome_of(EMPTY("some", "", ID), member) == RLS_INDETERMINATE, "%s", odd[i]);
    }
}
END_TEST

/* The rule is judged for the records that are known, and undecided for the others. */
START_TEST(no_collection_for_each)
{
    struct rls_set *set =
        set_of("<rule id='r' severity='violation' for-each='parcels' as='p'>" TITLE "<when>" ID
               "</when>" REJECT "</rule>");
    struct rls_evaluator *ev;
    const struct rls_report *r;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, "{\"title\":\"x\",\"parcels\":\"none\"}", NULL);
    ck_assert_uint_eq(outcome(r), UNDECIDED);
    ck_assert_uint_eq(rls_report_note_count(r), 1);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 606);
    ck_assert_str_eq(rls_report_note(r, 0)->field, "parcels");
    ck_assert_str_eq(rls_report_note(r, 0)->message,
                     "text stands where an array of objects belongs");
    ck_assert_str_eq(rls_report_note(r, 0)->message_zh, "此处是文本，应为由对象组成的数组");
    r = test_json(ev, "{\"title\":\"x\",\"parcels\":[{\"id\":\"a\"}],\"parcels\":null}", NULL);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_uint_eq(rls_report_undecided_count(r), 1);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

#define ASSUMED_MEMBER                                                                             \
    "<collection name='shops'><field name='kind' absent='assume:plain'/><field name='n'/>"         \
    "<field name='note' absent='assume:矿机' shown='yes'/></collection>"

static uint32_t assumed(const char *condition, const char *members, size_t *assumptions)
{
    char rule[2048], json[1024];
    struct rls_set *set;
    struct rls_evaluator *ev;
    const struct rls_report *r;
    uint32_t result;

    snprintf(rule, sizeof rule,
             ASSUMED_MEMBER "<rule id='r' severity='violation'>" TITLE "<when>%s</when>" REJECT
                            "</rule>",
             condition);
    snprintf(json, sizeof json, "{\"title\":\"x\"%s}", members);
    set = set_of(rule);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, json, NULL);
    result = outcome(r);
    *assumptions = rls_report_assumption_count(r);
    rls_evaluator_free(ev);
    rls_set_unref(set);
    return result;
}

/* Each record without a value has the one that is assumed. */
START_TEST(assumed_of_each_record)
{
#define SHOPS(entries) ",\"shops\":[" entries "]"
#define SOME(test) "<some in='shops' as='s'><all><field name='$s.n' is='1'/>" test "</all></some>"
#define PLAIN "<field name='$s.kind' is='plain'/>"
    static const struct {
        const char *condition, *members;
        uint32_t outcome;
        size_t assumptions;
    } table[] = {
        {SOME(PLAIN), SHOPS("{\"n\":1},{\"n\":2,\"kind\":\"fine\"}"), RLS_VIOLATED, 1},
        {SOME(PLAIN), SHOPS("{\"n\":2,\"kind\":\"fine\"},{\"n\":1}"), RLS_VIOLATED, 1},
        {SOME(PLAIN), SHOPS("{\"n\":1,\"kind\":\"fine\"},{\"n\":2}"), SILENT, 0},
        {SOME(PLAIN), SHOPS("{\"n\":1,\"kind\":\"\"}"), RLS_VIOLATED, 1},
        {SOME(PLAIN), SHOPS(""), SILENT, 0},
        {SOME(PLAIN), "", RLS_INDETERMINATE, 0},
        {SOME("<field name='$s.kind' is='plain' if-absent='unknown'/>"), SHOPS("{\"n\":1}"),
         RLS_INDETERMINATE, 0},
        {SOME("<field name='$s.kind' present='yes'/>"), SHOPS("{\"n\":1}"), SILENT, 0},
        {SOME("<compare left='$s.kind' is='plain'/>"), SHOPS("{\"n\":1}"), RLS_VIOLATED, 1},
        {SOME("<text in='$s.note' terms='w'/>"), SHOPS("{\"n\":1},{\"n\":2,\"note\":\"x\"}"),
         RLS_VIOLATED, 1},
        {SOME("<text in='$s.note' terms='w'/>"), SHOPS("{\"n\":2},{\"n\":1,\"note\":\"x\"}"),
         SILENT, 0},
        {"<count in='shops' as='s' is='2'>" PLAIN "</count>",
         SHOPS("{\"n\":1},{\"kind\":\"fine\"},{\"n\":3}"), RLS_VIOLATED, 1},
        {"<every in='shops' as='s'>" PLAIN "</every>", SHOPS("{},{\"kind\":\"plain\"},{}"),
         RLS_VIOLATED, 1},
        /* Of all records together it is a value among the others. */
        {"<field name='shops.kind' is='plain'/>", SHOPS("{\"kind\":\"fine\"},{}"), RLS_VIOLATED, 1},
        {"<field name='shops.kind' is='plain'/>", SHOPS("{\"kind\":\"fine\"}"), SILENT, 0},
        {"<field name='shops.kind' is='plain'/>", SHOPS(""), SILENT, 0},
        {"<field name='shops.kind' is='plain'/>", "", RLS_INDETERMINATE, 0},
        {"<field name='shops.kind' is='plain'/>", ",\"shops\":3", RLS_INDETERMINATE, 0},
        {"<field name='shops.kind' is='plain'/>", ",\"complete\":\"shops\"", SILENT, 0},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n;
        uint32_t got = assumed(table[i].condition, table[i].members, &n);

        ck_assert_msg(got == table[i].outcome && n == table[i].assumptions,
                      "%s over %s: %u, %zu assumptions", table[i].condition, table[i].members, got,
                      n);
    }
}
END_TEST

/* Thousands of records with a hit each: each looks at its own. */
START_TEST(many_texts)
{
    enum { RECORDS = 9000 };
    char *json = malloc(100 + RECORDS * 48), *at = json;
    struct rls_set *set =
        set_of("<rule id='r' severity='violation'>" TITLE "<when><some in='violations' as='v'><all>"
               "<text in='$v.kind' terms='w'/><field name='$v.at' present='yes'/></all></some>"
               "</when>" REJECT "</rule>");
    struct rls_evaluator *ev;

    ck_assert(json);
    at += sprintf(at, "{\"complete\":\"violations\",\"title\":\"x\",\"violations\":[{}");
    for (int i = 0; i < RECORDS; i++)
        at += sprintf(at, ",{\"kind\":\"矿机\"}");
    sprintf(at, "]}");
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_uint_eq(outcome(test_json(ev, json, NULL)), SILENT);
    free(json);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

/* The time of a check of one parcel with so many scans, each held against the parcel. */
static double cost_of(struct rls_evaluator *ev, size_t scans)
{
    static const char scan[] = "{\"place\":\"b\"},";
    size_t len = scans * (sizeof scan - 1);
    char *json = malloc(len + 100), *to = json;
    const struct rls_report *r;
    struct timespec begin, end;

    ck_assert_ptr_nonnull(json);
    to += sprintf(to, "{\"title\":\"a\",\"parcels\":[{\"scans\":[");
    for (size_t i = 0; i < scans; i++)
        to += sprintf(to, "%s", scan);
    sprintf(to - 1, "],\"id\":\"a\"}]}");
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    r = test_json(ev, json, NULL);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    ck_assert_uint_eq(outcome(r), SILENT);
    ck_assert(rls_report_complete(r));
    free(json);
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

/* What belongs to a parcel is found behind its scans without a walk through them for each. */
START_TEST(members_are_found_at_once)
{
    struct rls_set *set =
        set_of("<rule id='r' severity='violation'>" TITLE "<when><some in='parcels' as='p'>"
               "<some in='$p.scans' as='s'><compare left='$s.place' is='$p.id'/></some>"
               "</some></when>" REJECT "</rule>");
    struct rls_evaluator *ev;
    double few, many;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    cost_of(ev, 40000);
    few = cost_of(ev, 10000);
    many = cost_of(ev, 40000);
    /* 4 where it is linear, 16 where it is not; a thousandth of a second is noise. */
    ck_assert_msg(many < 10 * few + 0.001, "%g s, %g s", few, many);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_records");
    TCase *t = tcase_create("records");

    tcase_add_test(t, quantifiers);
    tcase_add_test(t, nested);
    tcase_add_test(t, for_each);
    tcase_add_test(t, builder);
    tcase_add_test(t, structs);
    tcase_add_test(t, counters);
    tcase_add_test(t, looks_are_bounded);
    tcase_add_test(t, no_collection);
    tcase_add_test(t, no_collection_for_each);
    tcase_add_test(t, assumed_of_each_record);
    tcase_add_test(t, guards_of_records);
    tcase_add_test(t, guards_are_bounded);
    tcase_add_test(t, many_texts);
    tcase_add_test(t, members_are_found_at_once);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
