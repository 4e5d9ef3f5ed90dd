/* SPDX-License-Identifier: Apache-2.0 */
/* What a check accepts, what its report says, and how limits and misuse show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "eval/evaluator.h"
#include "test_rules.h"
#include "test_suite.h"

#define MINER_RULE(id, attributes, verdict)                                                        \
    "<rule id=\"" id "\" severity=\"prohibited\"" attributes ">" TITLE                             \
    "<when><text in=\"*\" terms=\"w\"/></when><outcome verdict=\"" verdict                         \
    "\" action=\"delist\" points=\"12.5\">" WORDS "</outcome></rule>"

static struct rls_set *set;
static struct rls_evaluator *ev;

static void begin(const char *rules)
{
    set = test_set(NULL, rules);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
}

static void end(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

START_TEST(evidence_and_words)
{
    const struct rls_report *r;
    const struct rls_finding *f;
    const struct rls_evidence *e;
    const struct rls_citation *c;

    begin(MINER_RULE("a", "", "reject"));
    r = test_json(ev, "{\"id\":\"7\",\"title\":\"😀全新 ＡntMiner 和矿\\u200b-機\"}", NULL);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    ck_assert(rls_report_complete(r));
    ck_assert_str_eq(rls_report_document_id(r), "7");
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    f = rls_report_finding(r, 0);
    ck_assert_str_eq(rls_rule_id(rls_finding_rule(f)), "t/a");
    ck_assert_str_eq(rls_finding_action(f), "delist");
    ck_assert_int_eq(rls_finding_points(f), 12500);
    ck_assert_str_eq(rls_finding_message(f, NULL), "不行");
    ck_assert_str_eq(rls_finding_message(f, "en"), "no");
    ck_assert_str_eq(rls_finding_remedy(f, "en"), "mend");
    ck_assert_uint_eq(rls_finding_evidence_count(f), 2);
    e = rls_finding_evidence(f, 0);
    ck_assert_str_eq(e->field, "title");
    ck_assert_str_eq(e->term, "antminer");
    ck_assert_str_eq(e->matched, "ＡntMiner");
    ck_assert_str_eq(e->folded, "antminer");
    ck_assert_uint_eq(e->begin, 11);
    ck_assert_uint_eq(e->end, 21);
    ck_assert_uint_eq(e->utf16_begin, 5);
    ck_assert_uint_eq(e->utf16_end, 13);
    ck_assert_uint_eq(e->point_begin, 4);
    ck_assert_uint_eq(e->point_end, 12);
    ck_assert_uint_eq(e->forms, RLS_FORM_WIDTH | RLS_FORM_CASE);
    e = rls_finding_evidence(f, 1);
    ck_assert_str_eq(e->folded, "矿机");
    ck_assert_uint_eq(e->forms, RLS_FORM_SCRIPT | RLS_FORM_IGNORABLE | RLS_FORM_SQUEEZED);
    ck_assert_ptr_null(rls_finding_evidence(f, 2));
    c = rls_finding_citation(f, 0);
    ck_assert_str_eq(c->source, "law");
    ck_assert_str_eq(c->number, "1号");
    ck_assert_str_eq(c->from, "2020-01-01");
    end();
}
END_TEST

START_TEST(struct_and_json_agree)
{
    static const char json[] =
        "{\"id\":\"x1\",\"title\":\"矿机\",\"description\":\"antminer 整机\","
        "\"category\":\"电脑>显卡\",\"brand\":\"b\",\"origin\":\"中国\",\"price\":\"12.30\","
        "\"currency\":\"CNY\",\"platform\":\"taobao\",\"channel\":\"domestic\","
        "\"label\":\"矿機\",\"image_texts\":[\"一\",\"矿 机\"],\"destinations\":[\"CN\"],"
        "\"attributes\":[{\"name\":\"型号\",\"value\":\"Antminer S9\"}],"
        "\"skus\":[{\"id\":\"s\",\"title\":\"矿机 95T\",\"price\":\"1\","
        "\"attributes\":[{\"name\":\"颜色\",\"value\":\"矿机灰\"}]}]}";
    const struct rls_text images[] = {test_text("一"), test_text("矿 机")};
    const struct rls_text destinations[] = {test_text("CN")};
    const struct rls_attribute attributes[] = {{test_text("型号"), test_text("Antminer S9")}};
    const struct rls_attribute sku_attributes[] = {{test_text("颜色"), test_text("矿机灰")}};
    const struct rls_sku skus[] = {{.size = sizeof skus[0],
                                    .id = test_text("s"),
                                    .title = test_text("矿机 95T"),
                                    .price = test_text("1"),
                                    .attributes = sku_attributes,
                                    .n_attributes = 1}};
    const struct rls_listing listing = {.size = sizeof listing,
                                        .id = test_text("x1"),
                                        .title = test_text("矿机"),
                                        .description = test_text("antminer 整机"),
                                        .category = test_text("电脑>显卡"),
                                        .brand = test_text("b"),
                                        .origin = test_text("中国"),
                                        .label = test_text("矿機"),
                                        .price = test_text("12.30"),
                                        .currency = test_text("CNY"),
                                        .platform = test_text("taobao"),
                                        .channel = test_text("domestic"),
                                        .attributes = attributes,
                                        .n_attributes = 1,
                                        .image_texts = images,
                                        .n_image_texts = 2,
                                        .destinations = destinations,
                                        .n_destinations = 1,
                                        .skus = skus,
                                        .n_skus = 1};
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_NOW, .now = 1};
    const struct rls_report *r;
    char *from_json, *from_struct;

    begin(MINER_RULE(
        "a", "",
        "reject") "<rule id=\"b\" severity=\"risk\">" TITLE "<when><all>"
                  "<field name=\"price\" is=\"12.3\"/><field name=\"destinations\" is=\"CN\"/>"
                  "<field name=\"platform\" is=\"taobao\"/><field name=\"category\" "
                  "under=\"显卡\"/>"
                  "</all></when>" REJECT "</rule>");
    r = test_json(ev, json, &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 2);
    ck_assert_uint_eq(rls_finding_evidence_count(rls_report_finding(r, 0)), 7);
    from_json = test_written(r, RLS_FORMAT_JSON, NULL);
    ck_assert_int_eq(rls_check_listing(ev, &listing, &o, &r), RLS_OK);
    from_struct = test_written(r, RLS_FORMAT_JSON, NULL);
    ck_assert_ptr_nonnull(strstr(from_json, "skus.attributes.颜色"));
    /* The order of facts is the documents' own; the evidence itself is the same. */
    ck_assert_uint_eq(strlen(from_json), strlen(from_struct));
    free(from_json);
    free(from_struct);
    end();
}
END_TEST

START_TEST(shadow_off_and_exempt_never_count)
{
    const struct rls_report *r;

    begin(MINER_RULE("a", " mode=\"shadow\"", "reject") MINER_RULE("b", " mode=\"off\"", "reject")
              MINER_RULE("c", "", "advise"));
    r = test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_ADVISE);
    ck_assert_uint_eq(rls_report_finding_count(r), 2);
    ck_assert_uint_eq(rls_finding_verdict(rls_report_finding(r, 0)), RLS_PASS);
    ck_assert_uint_eq(rls_rule_mode(rls_finding_rule(rls_report_finding(r, 0))), RLS_MODE_SHADOW);
    end();
}
END_TEST

START_TEST(assumptions_and_options)
{
    static const char rule[] = "<rule id=\"r\" severity=\"risk\">" TITLE
                               "<applies><field name=\"platform\" is=\"taobao\"/></applies>"
                               "<when><text in=\"title\" terms=\"w\"/></when>" REJECT "</rule>";
    struct rls_check_options o = {.size = sizeof o};
    const struct rls_report *r;

    begin(rule);
    r = test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_PASS);
    ck_assert_uint_eq(rls_report_assumption_count(r), 1);
    ck_assert_str_eq(rls_report_assumption(r, 0)->fact, "platform");
    ck_assert_str_eq(rls_report_assumption(r, 0)->value, "1688");
    o.platform = "taobao";
    r = test_json(ev, "{\"title\":\"矿机\"}", &o);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    ck_assert_uint_eq(rls_report_assumption_count(r), 0);
    r = test_json(ev, "{\"title\":\"矿机\",\"platform\":\"jd\"}", &o);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_PASS);
    end();
}
END_TEST

START_TEST(undecided_is_listed_and_strict_counts_it)
{
#define SCOPED(id)                                                                                 \
    "<rule id=\"" id "\" severity=\"risk\">" TITLE                                                 \
    "<applies><field name=\"category\" under=\"电脑\"/></applies>"                               \
    "<when><text in=\"title\" terms=\"w\"/></when>" REJECT "</rule>"
    struct rls_check_options o = {.size = sizeof o, .flags = RLS_CHECK_STRICT};
    const struct rls_report *r;

    begin(SCOPED("a") SCOPED("b"));
    r = test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_PASS);
    ck_assert_uint_eq(rls_report_undecided_count(r), 1);
    ck_assert_str_eq(rls_report_undecided(r, 0)->fact, "category");
    ck_assert_uint_eq(rls_report_undecided(r, 0)->rules, 2);
    r = test_json(ev, "{\"title\":\"矿机\"}", &o);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    end();
}
END_TEST

START_TEST(redacted_words_appear_nowhere)
{
    struct rls_check_options o = {.size = sizeof o, .flags = RLS_CHECK_REDACT};
    const struct rls_report *r;
    char *text;

    begin(MINER_RULE("a", "", "reject"));
    r = test_json(ev, "{\"title\":\"秘密甲矿机秘密乙\"}", &o);
    ck_assert_uint_eq(rls_finding_evidence(rls_report_finding(r, 0), 0)->begin, 9);
    for (uint32_t format = RLS_FORMAT_JSON; format <= RLS_FORMAT_TEXT; format++) {
        text = test_written(r, format, NULL);
        ck_assert_ptr_null(strstr(text, "秘密"));
        free(text);
    }
    end();
}
END_TEST

START_TEST(excerpts_are_bounded_and_valid)
{
    char json[4096];
    struct rls_check_options o = {.size = sizeof o, .excerpt_bytes = 31};
    const struct rls_evidence *e;

    begin(MINER_RULE("a", "", "reject"));
    strcpy(json, "{\"title\":\"");
    for (int i = 0; i < 200; i++)
        strcat(json, "杯");
    strcat(json, "矿机");
    for (int i = 0; i < 200; i++)
        strcat(json, "碗");
    strcat(json, "\"}");
    e = rls_finding_evidence(rls_report_finding(test_json(ev, json, &o), 0), 0);
    ck_assert_uint_le(strlen(e->excerpt), 31);
    ck_assert_ptr_nonnull(strstr(e->excerpt, "杯矿机碗"));
    ck_assert_uint_eq(strlen(e->excerpt) % 3, 0);
    o.excerpt_bytes = 4;
    e = rls_finding_evidence(rls_report_finding(test_json(ev, json, &o), 0), 0);
    ck_assert_str_eq(e->excerpt, "矿");
    end();
}
END_TEST

/* A set without terms reads no text for them: nobody has seen whether all bytes are characters. */
START_TEST(patterns_alone_and_odd_bytes)
{
    static const char rules[] =
        "<ruleset xmlns=\"urn:librules:ruleset:1\" id=\"t\" version=\"1\" subject=\"listing\">"
        "<title>t</title><source id=\"law\" kind=\"law\" published=\"2020-01-01\" "
        "from=\"2020-01-01\">l</source><terms id=\"n\"><pattern>[0-9]{3}</pattern></terms>"
        "<rule id=\"a\" severity=\"risk\">" TITLE
        "<when><text in=\"title\" terms=\"n\"/></when>" REJECT "</rule></ruleset>";
    const struct rls_listing l = {.size = sizeof l, .title = {"\xff 123 \x80", 7}};
    const struct rls_evidence *e;
    const struct rls_report *r;
    struct rls_compiler *c;

    ck_assert_int_eq(rls_compiler_new(&c, NULL, NULL), RLS_OK);
    ck_assert_int_eq(rls_compiler_add_buffer(c, "t.xml", rules, strlen(rules)), RLS_OK);
    ck_assert_int_eq(rls_compiler_build(c, &set), RLS_OK);
    rls_compiler_free(c);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_check_listing(ev, &l, NULL, &r), RLS_OK);
    ck_assert(!ev->hits.items[0].valid);
    e = rls_finding_evidence(rls_report_finding(r, 0), 0);
    ck_assert_uint_eq(e->point_begin, 2);
    ck_assert_str_eq(e->matched, "123");
    ck_assert_str_eq(e->excerpt, "\xEF\xBF\xBD 123 \xEF\xBF\xBD");
    end();
}
END_TEST

/* Short texts are scanned as one: what stands at their ends makes no word with the next one. */
START_TEST(texts_are_apart)
{
    const struct rls_report *r;
    const struct rls_evidence *e;

    begin(MINER_RULE("a", "", "reject"));
    r = test_json(ev,
                  "{\"title\":\"卖矿\",\"category\":\"机床\",\"attributes\":[{\"name\":\"矿\","
                  "\"value\":\"机\"},{\"name\":\"b\",\"value\":\"矿 \"}],\"description\":\"机\"}",
                  NULL);
    ck_assert_uint_eq(rls_report_finding_count(r), 0);
    r = test_json(ev,
                  "{\"title\":\"矿\",\"category\":\"a矿机\",\"attributes\":[{\"name\":\"b\","
                  "\"value\":\"\xcc\x81矿机\"},{\"name\":\"c\",\"value\":\"机\"}],"
                  "\"description\":\"机矿机\"}",
                  NULL);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_uint_eq(rls_finding_evidence_count(rls_report_finding(r, 0)), 3);
    e = rls_finding_evidence(rls_report_finding(r, 0), 0);
    ck_assert_str_eq(e->field, "category");
    ck_assert_uint_eq(e->begin, 1);
    e = rls_finding_evidence(rls_report_finding(r, 0), 1);
    ck_assert_str_eq(e->field, "attributes.b");
    ck_assert_uint_eq(e->begin, 2);
    e = rls_finding_evidence(rls_report_finding(r, 0), 2);
    ck_assert_str_eq(e->field, "description");
    ck_assert_uint_eq(e->begin, 3);
    ck_assert_str_eq(e->excerpt, "机矿机");
    end();
}
END_TEST

/* What is cut, and what would end an excerpt early. */
START_TEST(excerpts_of_odd_bytes)
{
    static const struct {
        const char *title;
        uint32_t most;
        const char *excerpt;
    } cases[] = {{"a\xff矿机b", 240, "a\xEF\xBF\xBD矿机b"},
                 {"a\xff矿机b", 9, "\xEF\xBF\xBD矿机"},
                 {"矿机\xe6\x9c", 8, "矿机"},
                 {"矿机\x80\x80", 9, "矿机\xEF\xBF\xBD"},
                 {"矿机🪙🪙", 9, "矿机"},
                 {"矿机🪙🪙", 10, "矿机🪙"}};

    begin(MINER_RULE("a", "", "reject"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct rls_check_options o = {.size = sizeof o, .excerpt_bytes = cases[i].most};
        const struct rls_listing l = {.size = sizeof l,
                                      .title = {cases[i].title, strlen(cases[i].title)}};
        const struct rls_report *r;

        ck_assert_int_eq(rls_check_listing(ev, &l, &o, &r), RLS_OK);
        ck_assert_str_eq(rls_finding_evidence(rls_report_finding(r, 0), 0)->excerpt,
                         cases[i].excerpt);
    }
    ck_assert_str_eq(
        rls_finding_evidence(
            rls_report_finding(test_json(ev, "{\"title\":\"a\\u0000矿机\"}", NULL), 0), 0)
            ->excerpt,
        "a\xEF\xBF\xBD矿机");
    end();
}
END_TEST

START_TEST(too_many_findings_still_count)
{
    struct rls_check_options o = {.size = sizeof o, .max_findings = 1};
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "advise") MINER_RULE("b", "", "reject"));
    r = test_json(ev, "{\"title\":\"矿机\"}", &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_uint_eq(rls_report_truncated(r), 1);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    ck_assert_uint_eq(rls_report_note_count(r), 1);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 609);
    end();
}
END_TEST

START_TEST(too_many_hits_are_no_pass)
{
    static const char rules[] = "<terms id=\"x\"><term>毒</term></terms>"
                                "<rule id=\"x\" severity=\"prohibited\">" TITLE
                                "<when><text in=\"title\" terms=\"x\"/></when>" REJECT "</rule>";
    struct rls_evaluator_options eo = {.size = sizeof eo, .max_hits = 3};
    const struct rls_report *r;

    set = test_set(NULL, rules);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, &eo), RLS_OK);
    r = test_json(ev, "{\"title\":\"矿机矿机矿机矿机毒\"}", NULL);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_ge(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 607);
    ck_assert_uint_eq(rls_finding_outcome(rls_report_finding(r, 0)), RLS_INDETERMINATE);
    r = test_json(ev, "{\"title\":\"毒\"}", NULL);
    ck_assert(rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    end();
}
END_TEST

START_TEST(deadline_and_cancel)
{
    struct rls_cancel token = {0};
    struct rls_check_options o = {.size = sizeof o, .deadline_ns = 1};
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    r = test_json(ev, "{\"title\":\"矿机\"}", &o);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 608);
    o = (struct rls_check_options){.size = sizeof o, .cancel = &token};
    rls_cancel_request(&token);
    ck_assert_int_eq(
        rls_check_json(ev, RLS_LISTING, test_text("{\"title\":\"矿机\"}"), &o, &r, NULL),
        RLS_ERR_CANCELLED);
    ck_assert_ptr_null(r);
    rls_cancel_reset(&token);
    r = test_json(ev, "{\"title\":\"矿机\"}", &o);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    end();
}
END_TEST

START_TEST(misuse_is_refused)
{
    struct rls_builder *b;
    struct rls_check_options o = {.size = 3};
    struct rls_evaluator_options eo = {.size = sizeof eo, .profile = "p"};
    struct rls_evaluator *other;
    const struct rls_report *r;
    struct {
        struct rls_check_options known;
        char tail[8];
    } longer = {.known = {.size = sizeof longer}};

    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(rls_evaluator_new(&other, NULL, set, &eo), RLS_ERR_NOT_FOUND);
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_SHIPMENT, &b), RLS_ERR_UNSUPPORTED);
    ck_assert_int_eq(rls_evaluator_begin(ev, 77, &b), RLS_ERR_ARGUMENT);
    ck_assert_ptr_null(b);
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "title", test_text("矿机")), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, NULL, test_text("矿机")), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_builder_check(b, &o, &r), RLS_ERR_ABI);
    ck_assert_int_eq(rls_builder_check(b, NULL, &r), RLS_OK);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    ck_assert_int_eq(rls_builder_text(b, "title", test_text("x")), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "title", test_text("矿机")), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, &longer.known, &r), RLS_OK);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    longer.tail[7] = 1;
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, &longer.known, &r), RLS_ERR_ABI);
    /* Entered twice, as a second thread would. */
    ck_assert(evaluator_enter(ev));
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_ERR_BUSY);
    ck_assert_int_eq(rls_check_json(ev, RLS_LISTING, test_text("{}"), NULL, &r, NULL),
                     RLS_ERR_BUSY);
    ck_assert_int_eq(rls_evaluator_rebind(ev, set), RLS_ERR_BUSY);
    evaluator_leave(ev);
    test_json(ev, "{}", NULL);
    end();
}
END_TEST

START_TEST(the_builder_notes_damage)
{
    struct rls_builder *b;
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "description", test_text("矿机")), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "title", test_text("矿\xff机")), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, NULL, &r), RLS_OK);
    ck_assert_uint_eq(rls_report_note_count(r), 1);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 602);
    ck_assert_str_eq(rls_report_note(r, 0)->field, "title");
    end();
}
END_TEST

START_TEST(bad_json_is_positioned)
{
    struct rls_json_error e = {.size = sizeof e};
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(
        rls_check_json(ev, RLS_LISTING, test_text("{\"title\":\n \"矿\" x}"), NULL, &r, &e),
        RLS_ERR_INPUT);
    ck_assert_ptr_null(r);
    ck_assert_uint_eq(e.line, 2);
    ck_assert_uint_ge(e.column, 2);
    ck_assert_ptr_nonnull(e.reason);
    ck_assert_ptr_nonnull(e.reason_zh);
    r = test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    end();
}
END_TEST

START_TEST(copies_outlive_everything)
{
    struct rls_report *copy;
    char *before, *after;
    const struct rls_report *r;

    begin(MINER_RULE("a", "",
                     "reject") "<rule id=\"b\" severity=\"risk\">" TITLE
                               "<applies><field name=\"category\" under=\"电脑\"/></applies>"
                               "<when><field name=\"price\" gt=\"1\"/></when>" REJECT "</rule>"
                               "<rule id=\"c\" severity=\"risk\">" TITLE
                               "<applies><field name=\"platform\" is=\"1688\"/></applies>"
                               "<when><field name=\"price\" gt=\"1\"/></when>" REJECT "</rule>");
    r = test_json(ev, "{\"id\":\"7\",\"title\":\"矿机\",\"title\":\"antminer\"}", NULL);
    before = test_written(r, RLS_FORMAT_JSON, NULL);
    ck_assert_ptr_nonnull(strstr(before, "RLS-601"));
    ck_assert_ptr_nonnull(strstr(before, "\"undecided\""));
    ck_assert_int_eq(rls_report_copy(&copy, r), RLS_OK);
    rls_report_free((struct rls_report *)(uintptr_t)r); /* refused: it is the evaluator's */
    test_json(ev, "{\"title\":\"别的\"}", NULL);
    end();
    after = test_written(copy, RLS_FORMAT_JSON, NULL);
    ck_assert_str_eq(before, after);
    rls_report_free(copy);
    free(before);
    free(after);
}
END_TEST

static int count_change(void *user, uint32_t change, const struct rls_finding *f)
{
    int *counts = user;

    (void)f;
    counts[change]++;
    return 0;
}

START_TEST(diff_by_id)
{
    struct rls_report *old;
    const struct rls_report *r;
    int counts[4] = {0};

    begin(MINER_RULE("a", "", "reject") "<rule id=\"b\" severity=\"risk\">" TITLE
                                        "<when><field name=\"brand\" is=\"x\"/></when>" REJECT
                                        "</rule>");
    ck_assert_int_eq(
        rls_report_copy(&old, test_json(ev, "{\"title\":\"矿机\",\"brand\":\"x\"}", NULL)), RLS_OK);
    r = test_json(ev, "{\"title\":\"新矿机\"}", NULL);
    ck_assert_int_eq(rls_report_diff(old, r, count_change, counts), RLS_OK);
    ck_assert_int_eq(counts[RLS_AMENDED], 1);
    ck_assert_int_eq(counts[RLS_RETRACTED], 1);
    ck_assert_int_eq(counts[RLS_NEW], 0);
    ck_assert_int_eq(rls_report_diff(NULL, r, count_change, counts), RLS_OK);
    ck_assert_int_eq(counts[RLS_NEW], 1);
    rls_report_free(old);
    end();
}
END_TEST

static int refuse(void *user, const void *data, size_t len)
{
    (void)user;
    (void)data;
    (void)len;
    return 1;
}

START_TEST(a_refusing_writer_is_an_io_error)
{
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    r = test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_int_eq(rls_report_write(r, RLS_FORMAT_JSON, NULL, refuse, NULL), RLS_ERR_IO);
    ck_assert_int_eq(rls_report_write(r, 99, NULL, refuse, NULL), RLS_ERR_ARGUMENT);
    end();
}
END_TEST

START_TEST(cases_run)
{
    uint32_t actual;

    begin("<rule id=\"r\" severity=\"risk\">" TITLE
          "<version from=\"2026-02-06\"><when><text in=\"title\" terms=\"w\"/></when>" REJECT
          "</version>"
          "<case expect=\"finding\" as-of=\"2026-02-06\"><listing><title>矿机</title></listing>"
          "</case><case expect=\"none\" as-of=\"2026-02-05\"><listing><title>矿机</title>"
          "</listing></case></rule>");
    ck_assert_uint_eq(rls_set_case_count(set), 2);
    ck_assert_int_eq(rls_case_run(ev, rls_set_case_at(set, 0), &actual, NULL), RLS_OK);
    ck_assert_uint_eq(actual, RLS_EXPECT_FINDING);
    ck_assert_int_eq(rls_case_run(ev, rls_set_case_at(set, 1), &actual, NULL), RLS_OK);
    ck_assert_uint_eq(actual, RLS_EXPECT_NONE);
    ck_assert_uint_eq(rls_set_case_at(set, 1)->expect, RLS_EXPECT_NONE);
    end();
}
END_TEST

START_TEST(what_comes_later_says_so)
{
    struct rls_tracker *t;
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(rls_tracker_new(&t, NULL, test_text("o")), RLS_ERR_UNSUPPORTED);
    ck_assert_int_eq(rls_apply(ev, NULL, 0, NULL, 0, NULL, NULL, &r), RLS_ERR_UNSUPPORTED);
    end();
}
END_TEST

START_TEST(a_case_of_a_replaced_set_is_refused)
{
    struct rls_set *next = test_set(NULL, MINER_RULE("b", "", "reject"));
    const struct rls_case *c;
    struct rls_holder *holder;
    uint32_t actual;

    set = test_set(NULL, "<rule id=\"r\" severity=\"risk\">" TITLE
                         "<when><text in=\"title\" terms=\"w\"/></when>" REJECT
                         "<case expect=\"finding\"><listing><title>矿机</title></listing></case>"
                         "</rule>");
    ck_assert_int_eq(rls_holder_new(&holder, NULL, set), RLS_OK);
    ck_assert_int_eq(rls_evaluator_new_held(&ev, NULL, holder, NULL), RLS_OK);
    c = rls_set_case_at(set, 0);
    ck_assert_int_eq(rls_holder_publish(holder, next), RLS_OK);
    rls_set_unref(set);
    ck_assert_int_eq(rls_case_run(ev, c, &actual, NULL), RLS_ERR_ARGUMENT);
    rls_evaluator_free(ev);
    rls_holder_free(holder);
    rls_set_unref(next);
}
END_TEST

START_TEST(assumed_values_are_no_evidence)
{
    static const char rules[] =
        "<terms id=\"p\"><term>1688</term></terms>"
        "<rule id=\"a\" severity=\"risk\">" TITLE
        "<when><text in=\"platform\" terms=\"p\"/></when>" REJECT "</rule>"
        "<rule id=\"b\" severity=\"risk\">" TITLE
        "<when><field name=\"platform\" present=\"yes\"/></when>" REJECT "</rule>"
        "<rule id=\"c\" severity=\"risk\">" TITLE
        "<when><field name=\"channel\" present=\"no\"/></when>" REJECT "</rule>";
    const struct rls_report *r;

    begin(rules);
    r = test_json(ev, "{\"title\":\"杯\"}", NULL);
    ck_assert_uint_eq(rls_report_finding_count(r), 2);
    ck_assert_str_eq(rls_rule_id(rls_finding_rule(rls_report_finding(r, 0))), "t/a");
    ck_assert_uint_eq(rls_finding_evidence_count(rls_report_finding(r, 0)), 0);
    ck_assert_str_eq(rls_rule_id(rls_finding_rule(rls_report_finding(r, 1))), "t/c");
    ck_assert_uint_eq(rls_report_assumption_count(r), 1);
    end();
}
END_TEST

static void id_of(const char *json, char out[17])
{
    const struct rls_report *r = test_json(ev, json, NULL);

    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    strcpy(out, rls_finding_id(rls_report_finding(r, 0)));
}

START_TEST(ids_depend_on_terms_and_fields_only)
{
    char a[17], b[17], c[17], d[17], e[17];

    begin(MINER_RULE("a", "", "reject"));
    id_of("{\"id\":\"1\",\"title\":\"矿机\",\"brand\":\"antminer\"}", a);
    id_of("{\"id\":\"1\",\"brand\":\"x AntMiner\",\"title\":\"新 矿 機 矿机\"}", b);
    id_of("{\"id\":\"2\",\"title\":\"矿机\",\"brand\":\"antminer\"}", c);
    id_of("{\"id\":\"1\",\"title\":\"矿机\"}", d);
    id_of("{\"id\":\"1\",\"title\":\"antminer\",\"brand\":\"矿机\"}", e);
    ck_assert_str_eq(a, b);
    ck_assert_str_ne(a, c);
    ck_assert_str_ne(a, d);
    ck_assert_str_ne(a, e);
    end();
}
END_TEST

START_TEST(what_cannot_be_read_is_no_pass)
{
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    r = test_json(ev, "{\"name\":\"矿机\"}", NULL);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(rls_report_note(r, rls_report_note_count(r) - 1)->code, 610);
    r = test_json(ev, "{\"title\":\"\xBF\xF3\xBB\xFA\"}", NULL); /* GBK */
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 602);
    end();
}
END_TEST

START_TEST(merchants_need_no_text)
{
    static const char id[] = "{\"id\":\"7\"}", kind[] = "{\"kind\":\"company\"}";
    const struct rls_report *r = NULL;

    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(rls_check_json(ev, RLS_MERCHANT, test_text(id), NULL, &r, NULL), RLS_OK);
    ck_assert(!rls_report_complete(r));
    ck_assert_int_eq(rls_check_json(ev, RLS_MERCHANT, test_text(kind), NULL, &r, NULL), RLS_OK);
    ck_assert(rls_report_complete(r));
    ck_assert_uint_eq(rls_report_note_count(r), 0);
    end();
}
END_TEST

START_TEST(hits_are_bounded_over_all_fields)
{
    struct rls_evaluator_options eo = {.size = sizeof eo, .max_hits = 3};
    const struct rls_report *r;

    set = test_set(NULL, MINER_RULE("a", "", "advise"));
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, &eo), RLS_OK);
    r = test_json(ev, "{\"title\":\"矿机矿机\",\"brand\":\"矿机\"}", NULL);
    ck_assert(rls_report_complete(r));
    r = test_json(ev, "{\"title\":\"矿机矿机\",\"brand\":\"矿机矿机\",\"origin\":\"矿机\"}", NULL);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(ev->hits.n_items, 3);
    end();
}
END_TEST

START_TEST(every_place_is_measured)
{
    const struct rls_finding *f;

    begin(MINER_RULE("a", "", "reject"));
    f = rls_report_finding(test_json(ev, "{\"title\":\"😀矿机a矿機😀矿机\"}", NULL), 0);
    ck_assert_uint_eq(rls_finding_evidence_count(f), 3);
    ck_assert_uint_eq(rls_finding_evidence(f, 1)->utf16_begin, 5);
    ck_assert_uint_eq(rls_finding_evidence(f, 1)->point_begin, 4);
    ck_assert_uint_eq(rls_finding_evidence(f, 2)->utf16_begin, 9);
    ck_assert_uint_eq(rls_finding_evidence(f, 2)->utf16_end, 11);
    ck_assert_uint_eq(rls_finding_evidence(f, 2)->point_begin, 7);
    end();
}
END_TEST

START_TEST(a_deadline_cuts_one_long_text_short)
{
    enum { BYTES = 3 * 1024 * 1024 };
    struct rls_check_options o = {.size = sizeof o, .deadline_ns = 1000000};
    const struct rls_report *r;
    struct rls_builder *b;
    char *text = malloc(BYTES);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < BYTES; i += 3)
        memcpy(text + i, "矿", 3);
    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "title", (struct rls_text){text, BYTES}), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, &o, &r), RLS_OK);
    ck_assert(!rls_report_complete(r));
    o.deadline_ns = UINT64_MAX;
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "title", (struct rls_text){text, BYTES}), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, &o, &r), RLS_OK);
    ck_assert(rls_report_complete(r));
    free(text);
    end();
}
END_TEST

START_TEST(unknown_languages_are_refused)
{
    struct rls_check_options o = {.size = sizeof o, .language = "fr"};
    const struct rls_report *r;

    begin(MINER_RULE("a", "", "reject"));
    ck_assert_int_eq(rls_check_json(ev, RLS_LISTING, test_text("{}"), &o, &r, NULL),
                     RLS_ERR_ARGUMENT);
    o.language = "en";
    r = test_json(ev, "{\"title\":\"矿机\"}", &o);
    ck_assert_str_eq(rls_finding_message(rls_report_finding(r, 0), NULL), "no");
    ck_assert_int_eq(rls_report_write(r, RLS_FORMAT_TEXT, "english", refuse, NULL),
                     RLS_ERR_ARGUMENT);
    end();
}
END_TEST

START_TEST(terminal_text_cannot_be_spoofed)
{
    char *text;

    begin(MINER_RULE("a", "", "reject"));
    text = test_written(
        test_json(ev, "{\"id\":\"\\u202e\\u001b[2J\",\"title\":\"矿机\\u2066\\n\\u009b\"}", NULL),
        RLS_FORMAT_TEXT, NULL);
    ck_assert_ptr_null(strstr(text, "\xE2\x80\xAE"));
    ck_assert_ptr_null(strstr(text, "\xE2\x81\xA6"));
    ck_assert_ptr_null(strstr(text, "\x1B"));
    ck_assert_ptr_null(strstr(text, "\xC2\x9B"));
    ck_assert_ptr_nonnull(strstr(text, "标题（title）：矿机"));
    free(text);
    end();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_check");
    TCase *c = tcase_create("check");

    tcase_add_test(c, evidence_and_words);
    tcase_add_test(c, struct_and_json_agree);
    tcase_add_test(c, shadow_off_and_exempt_never_count);
    tcase_add_test(c, assumptions_and_options);
    tcase_add_test(c, undecided_is_listed_and_strict_counts_it);
    tcase_add_test(c, redacted_words_appear_nowhere);
    tcase_add_test(c, excerpts_are_bounded_and_valid);
    tcase_add_test(c, excerpts_of_odd_bytes);
    tcase_add_test(c, patterns_alone_and_odd_bytes);
    tcase_add_test(c, texts_are_apart);
    tcase_add_test(c, too_many_findings_still_count);
    tcase_add_test(c, too_many_hits_are_no_pass);
    tcase_add_test(c, deadline_and_cancel);
    tcase_add_test(c, misuse_is_refused);
    tcase_add_test(c, the_builder_notes_damage);
    tcase_add_test(c, bad_json_is_positioned);
    tcase_add_test(c, copies_outlive_everything);
    tcase_add_test(c, diff_by_id);
    tcase_add_test(c, a_refusing_writer_is_an_io_error);
    tcase_add_test(c, cases_run);
    tcase_add_test(c, what_comes_later_says_so);
    tcase_add_test(c, a_case_of_a_replaced_set_is_refused);
    tcase_add_test(c, assumed_values_are_no_evidence);
    tcase_add_test(c, ids_depend_on_terms_and_fields_only);
    tcase_add_test(c, what_cannot_be_read_is_no_pass);
    tcase_add_test(c, merchants_need_no_text);
    tcase_add_test(c, hits_are_bounded_over_all_fields);
    tcase_add_test(c, every_place_is_measured);
    tcase_add_test(c, a_deadline_cuts_one_long_text_short);
    tcase_add_test(c, unknown_languages_are_refused);
    tcase_add_test(c, terminal_text_cannot_be_spoofed);
    suite_add_tcase(s, c);
    return test_run(s);
}
