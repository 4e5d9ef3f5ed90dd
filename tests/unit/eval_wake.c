/* SPDX-License-Identifier: Apache-2.0 */
/* What rules sleep through: random rules and documents are judged with the index of the set and
 * with every rule awake, and come to the same report, byte for byte. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "eval/evaluator.h"
#include "test_rules.h"
#include "test_suite.h"

enum { SETS = 60, RULES = 40, DOCUMENTS = 40, TEXT_BYTES = 1 << 20, MOST_DEPTH = 3 };
/* Every so many sets are so much larger: what wakes their rules is divided further. */
enum { LARGE_EACH = 10, LARGE = 10 };

/* --- what is random --------------------------------------------------------------------------- */

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % n;
}

#define PICK(list) ((list)[below(sizeof(list) / sizeof *(list))])

static char text[TEXT_BYTES];
static size_t length;

__attribute__((format(printf, 1, 2))) static void put(const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text + length, sizeof text - length, format, args);
    va_end(args);
    ck_assert(n >= 0 && (size_t)n < sizeof text - length);
    length += (size_t)n;
}

/* --- rules ------------------------------------------------------------------------------------ */

static const char declared[] =
    "<field name='u.t'/><field name='u.e' absent='empty'/><field name='u.a' absent='assume:甲'/>"
    "<field name='u.n' type='number' absent='empty' many='yes'/><field name='u.m' type='number'/>"
    "<field name='u.x' type='number' absent='assume:5'/><field name='u.b' type='boolean'/>"
    "<field name='u.i' type='instant'/><field name='u.q' type='quantity' absent='empty'/>"
    "<field name='u.y' many='yes'/><field name='u.z' many='yes' absent='empty'/>"
    "<collection name='v' absent='empty'><field name='kind'/>"
    "<field name='n' type='number' absent='empty'/><field name='a' absent='assume:甲'/>"
    "</collection>"
    "<collection name='c'><field name='kind' absent='empty'/><field name='n' type='number'/>"
    "<field name='a' absent='assume:乙'/></collection><collection name='c.d'><field "
    "name='kind'/><field name='n' type='number'/>"
    "</collection>"
    "<set id='s' type='text'><item>甲</item><item from='2026-03-01'>乙</item></set>"
    "<set id='e' type='number'><item until='2026-03-01'>5</item><item>7.50</item></set>"
    "<param id='p' type='number' default='5'><title>数</title><title xml:lang='en'>n</title>"
    "</param><let id='l' field='u.m'/>"
    "<terms id='a'><term>甲甲</term><term>甲乙</term></terms><terms id='b'><term>乙乙</term>"
    "</terms><terms id='g'><term>丙</term></terms>";

static const char *const texts[] = {"甲", "乙", "丙", "ab", "ＡＢ", "甲甲"};
static const char *const numbers[] = {"1",  "5",  "5.0", "7.5", "10",  "2",   "3",
                                      "4",  "6",  "8",   "9",   "11",  "12",  "15",
                                      "20", "30", "50",  "70",  "100", "500", "1000"};
static const char *const text_fields[] = {"title", "category", "brand", "platform",
                                          "u.t",   "u.e",      "u.a"};
static const char *const many_texts[] = {"attributes.色", "attributes.料", "label.品牌",
                                         "u.y",           "u.z",           "v.kind",
                                         "destinations",  "v.a",           "c.a"};
static const char *const number_fields[] = {"price", "u.m", "u.x"};
static const char *const orders[] = {"lt", "le", "gt", "ge"};
static const char *const absences[] = {"", "", "", " if-absent='empty'", " if-absent='unknown'"};

static void put_text_test(const char *name, bool many)
{
    static const char *const tests[] = {"is='%s'",     "is-not='%s'", "in='%s $s'",
                                        "not-in='%s'", "under='%s'",  "not-under='%s'"};

    put("<field name='%s' ", name);
    put(PICK(tests), PICK(texts)); /* NOLINT: formats of one text each */
    put("%s%s/>", many ? below(2) ? " values='any'" : " values='all'" : "", PICK(absences));
}

static void put_number_test(const char *name, bool many)
{
    uint32_t kind = below(6);

    put("<field name='%s' ", name);
    if (kind == 0)
        put("in='%s $e'", PICK(numbers));
    else if (kind == 1)
        put("is-not='%s'", PICK(numbers));
    else if (kind == 2)
        put("%s='$p'", PICK(orders));
    else if (kind == 3)
        put("%s='$l'", PICK(orders));
    else
        put("%s='%s'", PICK(orders), PICK(numbers));
    put("%s%s/>", many ? below(2) ? " values='any'" : " values='all'" : "", PICK(absences));
}

static void put_range(const char *name)
{
    put("<all><field name='%s' ge='%s'/><field name='%s' lt='%s'/></all>", name, PICK(numbers),
        name, PICK(numbers));
}

static void put_presence(const char *name)
{
    put("<field name='%s' present='%s'%s/>", name, below(2) ? "yes" : "no", PICK(absences));
}

static uint32_t bound; /* names of records so far */

/* What is said of a record of the collection `in`. */
static void put_member(uint32_t name, const char *in)
{
    char member[32];
    bool number = below(2), assumed = !number && below(3) == 0 && strcmp(in, "c.d") != 0;

    snprintf(member, sizeof member, "$r%u.%s", name, number ? "n" : assumed ? "a" : "kind");
    if (below(5) == 0)
        put_presence(member);
    else if (number)
        put_number_test(member, false);
    else if (below(4) || strcmp(in, "v") != 0)
        put_text_test(member, false);
    else
        put("<text in='$r%u.%s' terms='a'/>", name, below(2) ? "kind" : "a");
}

static void put_leaf(void)
{
    static const char *const places[] = {"c.a", "v.a",          "title",   "u.t u.e", "category",
                                         "*",   "attributes.*", "label.*", "u.a",     "v.kind"};
    static const char *const lists[] = {"a", "b", "a b"};

    switch (below(12)) {
    case 0:
    case 1:
    case 2:
        put_text_test(PICK(text_fields), false);
        break;
    case 3:
        put_text_test(PICK(many_texts), true);
        break;
    case 4:
        put_number_test(PICK(number_fields), false);
        break;
    case 5:
        put_number_test("u.n", true);
        break;
    case 6:
        put_range(below(2) ? PICK(number_fields) : "u.n");
        break;
    case 7:
        put_presence(below(2)   ? PICK(text_fields)
                     : below(2) ? PICK(number_fields)
                                : PICK(many_texts));
        break;
    case 8:
        put("<field name='u.b' %s='%s'/>", below(2) ? "is" : "is-not", below(2) ? "yes" : "no");
        break;
    case 9:
        put("<text in='%s' terms='%s'>%s</text>", PICK(places), PICK(lists),
            below(2) ? "<guard after='2' terms='g'/>" : "");
        break;
    case 10:
        put("<near in='%s' within='5'><text terms='a'/><text terms='b'/></near>", PICK(places));
        break;
    default:
        if (below(2))
            put("<field name='u.q' ge='5kg'/>");
        else
            put("<compare left='u.m' %s='%s'/>", PICK(orders), below(2) ? "$p" : "5");
    }
}

static void put_condition(uint32_t depth, bool shared);

static void put_group(const char *name, uint32_t n, uint32_t depth, bool shared)
{
    put("<%s>", name);
    for (uint32_t i = 0; i < n; i++)
        put_condition(depth + 1, shared);
    put("</%s>", name);
}

static void put_records(uint32_t depth, bool shared)
{
    static const char *const tests[] = {"ge='1'", "is='0'", "gt='1'", "lt='2'", "is='2'"};
    const char *in = below(2) ? "v" : "c";
    uint32_t kind = below(3), record = bound++;
    const char *name = kind == 0 ? "some" : kind == 1 ? "every" : "count";

    put("<%s in='%s' as='r%u' %s>", name, in, record, kind == 2 ? PICK(tests) : "");
    if (below(3) == 0) {
        put("<all>");
        put_member(record, in);
        put_condition(depth + 1, shared);
        put("</all>");
    } else if (below(3) == 0 && strcmp(in, "c") == 0) {
        put("<some in='$r%u.d' as='r%u'>", record, bound);
        put_member(bound++, "c.d");
        put("</some>");
    } else {
        put_member(record, in);
    }
    put("</%s>", name);
}

static void put_condition(uint32_t depth, bool shared)
{
    static const char *const groups[] = {"all", "all", "any", "none"};

    if (depth == MOST_DEPTH || below(3) == 0)
        put_leaf();
    else if (below(6) == 0)
        put_records(depth, shared);
    else if (below(6) == 0)
        put_group("not", 1, depth, shared);
    else if (below(6) == 0 && shared)
        put("<use condition='s%u'/>", below(3));
    else
        put_group(PICK(groups), 2 + below(2), depth, shared);
}

static void put_part(const char *name, const char *more)
{
    put("<%s%s>", name, more);
    put_condition(below(2), true);
    put("</%s>", name);
}

static void put_body(void)
{
    if (below(3) == 0)
        put_part("applies", "");
    if (below(4))
        put_part("when", "");
    else
        put_part("require", " id='one'");
    if (below(4) == 0)
        put_part("require", " id='two'");
    if (below(4) == 0)
        put_part("unless", below(2) ? "" : " if-unknown='review'");
}

static void put_versions(void)
{
    static const char *const early[] = {"", " also-from='2026-02-01'"};

    put(REJECT "<version until='2026-03-01'>");
    put_body();
    put("</version><version from='2026-03-01'%s>", PICK(early));
    put_body();
    put("</version>");
}

static void put_rule(uint32_t number)
{
    static const char *const eaches[] = {" for-each='v' as='r%u'", " for-each='c' as='r%u'"};
    uint32_t kind = below(8), record = bound++;

    put("<rule id='r%u' severity='risk'%s", number, below(8) == 0 ? " version-by='u.i'" : "");
    if (kind < 2)
        put(eaches[kind], record); /* NOLINT: formats of one number each */
    put(">" TITLE);
    if (below(10) == 0)
        put("<milestone id='m' at='u.i'><title>日</title><title xml:lang='en'>day</title>"
            "</milestone>");
    if (kind < 2) {
        put("<when><any>");
        put_member(record, kind == 0 ? "v" : "c");
        put("<all>");
        put_member(record, kind == 0 ? "v" : "c");
        put_condition(MOST_DEPTH - 1, true);
        put("</all></any></when>" REJECT);
    } else if (below(3) == 0) {
        put_versions();
    } else {
        put_body();
        put(REJECT);
    }
    put("</rule>");
}

static struct rls_set *random_set(uint32_t rules)
{
    length = bound = 0;
    put("%s", declared);
    for (uint32_t i = 0; i < 3; i++) {
        put("<condition id='s%u'>", i);
        put_condition(0, false);
        put("</condition>");
    }
    for (uint32_t i = 0; i < rules; i++)
        put_rule(i);
    return test_set(NULL, text);
}

/* --- documents -------------------------------------------------------------------------------- */

static const char *const values[] = {
    "\"甲\"",    "\"乙\"", "\"丙\"",          "\" AB \"", "\"甲甲\"",         "\"丁>乙 > 甲\"",
    "\"甲/乙\"", "\"\"",   "[\"甲\",\"乙\"]", "\"戊\"",   "\"甲乙，乙乙丙\"", "null"};
static const char *const figures[] = {"1",     "5",      "5.00", "\"7.5\"",   "\"无\"",
                                      "[5,1]", "\"10\"", "6",    "\"¥10.0\"", "null",
                                      "50",    "7",      "99",   "2000",      "[8,300]"};

static void put_fact(const char *name, const char *value)
{
    put(",\"%s\":%s", name, value);
}

static void put_objects(const char *name, bool inner)
{
    uint32_t n = below(3);

    put(",\"%s\":[", name);
    for (uint32_t i = 0; i < n; i++) {
        put("%s{\"x\":1", i ? "," : "");
        if (below(3))
            put_fact("kind", PICK(values));
        if (below(3))
            put_fact("n", PICK(figures));
        if (strchr("vc", *name) && below(2))
            put_fact("a", PICK(values));
        if (inner && below(2))
            put_objects("d", false);
        put("}");
    }
    put("%s]", below(16) == 0 ? n ? ",3" : "3" : "");
}

static const char *random_document(void)
{
    static const char *const plain[] = {"category", "brand", "platform", "destinations"};
    static const char *const own[] = {"t", "e", "a", "y", "z"};
    static const char *const own_numbers[] = {"n", "m", "x"};
    static const char *const parts[] = {"u", "u.t", "price", "c", "label", "v"};

    length = 0;
    put("{\"title\":%s", below(2) ? "\"甲甲 乙乙\"" : "\"戊 甲甲丙\"");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (below(2))
            put_fact(plain[i], PICK(values));
    if (below(2))
        put_fact("price", PICK(figures));
    put(",\"attributes\":{\"空\":\"\"");
    if (below(2))
        put_fact("色", PICK(values));
    if (below(2))
        put_fact("料", PICK(values));
    put("},\"u\":{\"w\":1");
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (below(2))
            put_fact(own[i], PICK(values));
    for (size_t i = 0; i < sizeof own_numbers / sizeof *own_numbers; i++)
        if (below(2))
            put_fact(own_numbers[i], PICK(figures));
    if (below(2))
        put_fact("b", below(3) == 0 ? "\"或\"" : below(2) ? "true" : "\"否\"");
    if (below(2))
        put_fact("i", below(3) == 0 ? "\"昨\"" : below(2) ? "\"2026-02-10\"" : "\"2026-04-01\"");
    if (below(2))
        put_fact("q", below(2) ? "\"6kg\"" : "\"几斤\"");
    put("}");
    if (below(2))
        put_fact("label", "\"品牌：甲 产地：乙\"");
    if (below(2))
        put_objects("v", false);
    if (below(2))
        put_objects("c", true);
    if (below(3) == 0)
        put(",\"complete\":[\"%s\"]", PICK(parts));
    put("}");
    return text;
}

/* --- the same report ------------------------------------------------------------------------- */

/* What a report tells of rules that are silent anyhow: the index may leave some of it out. */
struct aside {
    int64_t next;
    size_t n_assumptions;
    const char *assumed[16];
};

static struct aside put_aside(const struct rls_report *given)
{
    struct rls_report *r = (struct rls_report *)(void *)(uintptr_t)given;
    struct aside a = {r->next_instant, r->n_assumptions, {NULL}};

    ck_assert(a.n_assumptions < sizeof a.assumed / sizeof *a.assumed);
    for (size_t i = 0; i < a.n_assumptions; i++)
        a.assumed[i] = r->assumptions[i].fact;
    r->next_instant = INT64_MAX;
    r->n_assumptions = 0;
    return a;
}

static bool knows(const struct aside *a, const char *fact)
{
    for (size_t i = 0; i < a->n_assumptions; i++)
        if (strcmp(a->assumed[i], fact) == 0)
            return true;
    return false;
}

static const struct condition nothing;

static char *judge(struct rls_evaluator *ev, const char *json, int64_t as_of, bool all,
                   struct aside *aside)
{
    struct rls_check_options o = {
        .size = sizeof o, .has = RLS_HAS_AS_OF | RLS_HAS_NOW, .as_of = as_of, .now = as_of};
    const struct rls_report *r;

    /* What is replaced may be what wakes a rule: see eval/probe.h. */
    ev->probe.replaced = all ? &nothing : NULL;
    ev->probe.on = all;
    r = test_json(ev, json, &o);
    *aside = put_aside(r);
    return test_written(r, RLS_FORMAT_JSON, "en");
}

struct tally {
    size_t judged, listed;
};

static void compare(struct rls_evaluator *ev, const char *json, int64_t as_of, struct tally *t)
{
    struct aside here, there;
    char *with = judge(ev, json, as_of, false, &here), *without;

    t->listed += ev->n_candidates;
    without = judge(ev, json, as_of, true, &there);
    t->judged += ev->n_candidates;
    if (strcmp(with, without) != 0)
        fprintf(stderr, "%s\n--- asleep:\n%s\n--- awake:\n%s", json, with, without);
    ck_assert(strcmp(with, without) == 0);
    ck_assert(here.next >= there.next);
    for (size_t i = 0; i < here.n_assumptions; i++)
        ck_assert(knows(&there, here.assumed[i]));
    free(with);
    free(without);
}

START_TEST(asleep_or_awake)
{
    static const char *const days[] = {"2026-01-15T00:00:00Z", "2026-02-15T00:00:00Z",
                                       "2026-06-01T00:00:00Z"};
    struct rls_evaluator_options o = {.size = sizeof o};
    struct rls_evaluator *ev;
    struct tally tally = {0, 0};
    struct rls_set *set;

    state = (uint64_t)_i * 7919 + 1;
    set = random_set(_i % LARGE_EACH ? RULES : RULES * LARGE);
    o.max_hits = _i % 2 ? 2 : 0; /* most texts have more */
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, &o), RLS_OK);
    for (size_t i = 0; i < DOCUMENTS; i++)
        compare(ev, random_document(), test_instant(PICK(days)), &tally);
    /* Else nothing is tested. */
    ck_assert_msg(tally.listed < tally.judged * 9 / 10, "%zu of %zu", tally.listed, tally.judged);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_wake");
    TCase *c = tcase_create("property");

    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, asleep_or_awake, 0, SETS);
    suite_add_tcase(s, c);
    return test_run(s);
}
