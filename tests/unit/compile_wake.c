/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiler finds that documents must show for a rule to speak. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "set/program.h"
#include "set/wake.h"
#include "test_rules.h"
#include "test_suite.h"

/* --- an index in words ------------------------------------------------------------------------ */

enum { NAME_BYTES = 64, LINE_BYTES = 512 };

struct names {
    char (*cues)[NAME_BYTES];
};

static void name(struct names *n, uint32_t cue, const char *of, const char *text, size_t len)
{
    if (cue != CUE_NONE)
        snprintf(n->cues[cue], NAME_BYTES, "%s%.*s", of, (int)len, text);
}

static void name_path(struct names *n, const struct rls_set *set, const struct wake_path *p)
{
    char of[NAME_BYTES / 2];

    snprintf(of, sizeof of, "%s%s%.*s", set->vocabulary.fields[p->field].name, p->key ? "." : "",
             (int)p->key_len, p->key ? p->key : "");
    name(n, p->present, of, "+", 1);
    name(n, p->absent, of, "-", 1);
    name(n, p->several, of, "*", 1);
    name(n, p->doubt[ABSENT_EMPTY], of, "?", 1);
    name(n, p->doubt[ABSENT_UNKNOWN], of, "??", 2);
    name(n, p->doubt[ABSENT_ASSUMED], of, "?!", 2);
    for (uint32_t i = 0; p->scale.n_bounds && i < 2 * p->scale.width; i++)
        name(n, p->scale.cues[i], of, "#", 1);
}

static void name_value(struct names *n, const struct rls_set *set, const struct wake_entry *e)
{
    const struct wake_path *p = &set->wake->paths[e->of];
    char of[NAME_BYTES / 2];
    bool text = set->vocabulary.fields[p->field].type == TYPE_TEXT;

    snprintf(of, sizeof of, "%s%c", set->vocabulary.fields[p->field].name,
             e->kind == WAKE_STEP ? '>' : '=');
    name(n, e->number, of, text ? e->text : "", text ? e->len : 0);
}

static void name_cues(struct names *n, const struct rls_set *set)
{
    const struct wake_index *w = set->wake;

    n->cues = calloc(w->n_cues ? w->n_cues : 1, NAME_BYTES);
    ck_assert_ptr_nonnull(n->cues);
    for (uint32_t i = 0; i < w->n_paths; i++)
        name_path(n, set, &w->paths[i]);
    for (uint32_t i = 0; i < w->table.n_entries; i++)
        if (w->table.entries[i].kind != WAKE_PATH)
            name_value(n, set, &w->table.entries[i]);
    for (uint32_t i = 0; i < set->n_term_sets; i++)
        name(n, w->lists[i], strchr(set->term_sets[i].id, '/') + 1, "", 0);
    for (uint32_t i = 0; i < w->n_lacks; i++)
        name(n, w->lacks[i].cue, set->vocabulary.fields[w->paths[w->lacks[i].path].field].name,
             "??", 2);
    for (uint32_t i = 0; i < w->n_collections; i++) {
        const char *of = set->vocabulary.collections[w->collections[i].collection].name;

        name(n, w->collections[i].filled, of, "+", 1);
        name(n, w->collections[i].doubt, of, "??", 2);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* What stands for hits that are not all known is in every clause of a text, and not named. */
static void put_clause(const struct names *n, const struct wake_index *w, uint32_t clause,
                       char out[LINE_BYTES])
{
    char words[16][NAME_BYTES];
    size_t count = 0;

    for (uint32_t i = w->clause_begin[clause]; i < w->clause_begin[clause + 1]; i++)
        if (*n->cues[w->cues[i]])
            memcpy(words[count++], n->cues[w->cues[i]], NAME_BYTES);
    ck_assert(count <= sizeof words / sizeof *words);
    qsort(words, count, sizeof *words, by_text);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(words[i], words[i - 1]) != 0) {
            strcat(out, i ? "|" : "");
            strcat(out, words[i]);
        }
}

/* What a rule demands; "always": nothing; "never": it is off. */
static const char *demands(const struct names *n, const struct rls_set *set, const char *id,
                           char out[LINE_BYTES])
{
    const struct wake_index *w = set->wake;
    const struct rls_rule *rule = rls_set_rule_find(set, id);

    ck_assert_ptr_nonnull(rule);
    for (uint32_t i = 0; i < w->always_begin[WAKE_SUBJECTS]; i++)
        if (w->always[i] == rule->index)
            return strcpy(out, "always");
    *out = '\0';
    for (uint32_t i = w->demands[rule->index]; i < w->demands[rule->index + 1]; i++) {
        strcat(out, *out ? " & " : "");
        put_clause(n, w, w->clauses[i], out);
    }
    return *out ? out : "never";
}

/* --- rules ------------------------------------------------------------------------------------ */

static const char declared[] =
    "<field name='x.n' type='number'/><field name='x.t' absent='empty'/>"
    "<field name='x.a' absent='assume:foo'/><field name='x.q' type='quantity' absent='empty'/>"
    "<field name='x.b' type='boolean' absent='empty'/>"
    "<collection name='v' absent='empty'><field name='kind'/></collection>"
    "<collection name='c'><field name='kind' absent='empty'/></collection>"
    "<set id='s' type='text'><item>a</item><item from='2030-01-01'>b</item></set>"
    "<param id='p' type='number' default='5'><title>数</title><title xml:lang='en'>n</title>"
    "</param>"
    "<terms id='a'><term>甲甲</term><term>甲乙</term></terms>"
    "<terms id='b'><term>乙乙</term></terms><terms id='c'><term>丙丙</term></terms>"
    "<condition id='toy'><field name='category' under='toy'/></condition>";

#define TEXT(in, terms) "<text in='" in "' terms='" terms "'/>"
#define FIELD(name, test) "<field name='" name "' " test "/>"
#define BRAND FIELD("brand", "is='x'")
#define WHEN(condition) "<when>" condition "</when>"
#define NOT(condition) "<not>" condition "</not>"
#define VERSIONS(one, other)                                                                       \
    "<version until='2026-01-01'>" WHEN(one) "</version><version from='2026-01-01'>" WHEN(         \
        other) "</version>"

static const struct {
    const char *demands;
    const char *rule;
} table[] = {
    {"a", WHEN(TEXT("title", "a"))},
    {"a|b", WHEN(TEXT("title attributes.*", "a b"))},
    {"a", WHEN(TEXT("*", "a"))},
    {"a|x.a?!", WHEN(TEXT("x.a", "a"))},
    {"a|category??", WHEN(TEXT("title category", "a"))},
    {"a & b", WHEN("<near in='title' within='5'><text terms='a'/><text terms='b'/></near>")},
    {"always", WHEN("<none>" TEXT("title", "a") "</none>")},
    {"brand=x", WHEN(BRAND)},
    {"brand=x|brand=yy", WHEN(FIELD("brand", "in='X yy'"))},
    {"brand=a|brand=b|brand=x", WHEN(FIELD("brand", "in='x $s'"))},
    {"always", WHEN(FIELD("brand", "is-not='x'"))},
    {"brand=x", WHEN(NOT(FIELD("brand", "is-not='x'")))},
    {"always", WHEN(NOT(BRAND))},
    {"brand+", WHEN(FIELD("brand", "present='yes'"))},
    {"brand-", WHEN(FIELD("brand", "present='no'"))},
    {"brand-", WHEN(NOT(FIELD("brand", "present='yes'")))},
    {"category>x|category??", WHEN(FIELD("category", "under='x'"))},
    {"category>x", WHEN("<field name='category' under='x' if-absent='empty'/>")},
    {"x.a=foo|x.a?!", WHEN(FIELD("x.a", "is='foo'"))},
    {"x.n=|x.n??", WHEN(FIELD("x.n", "is='5'"))},
    {"x.n#|x.n??", WHEN(FIELD("x.n", "ge='5'"))},
    {"x.n+|x.n??", WHEN(FIELD("x.n", "ge='$p'"))},
    {"x.b=|x.b?", WHEN(FIELD("x.b", "is='yes'"))},
    {"x.q+|x.q?", WHEN(FIELD("x.q", "lt='5kg'"))},
    {"x.n#|x.n? & x.n#|x.n*|x.n? & x.n#|x.n?",
     WHEN("<all><field name='x.n' ge='5' if-absent='empty'/>"
          "<field name='x.n' lt='9' if-absent='empty'/></all>")},
    {"a & brand=x & b", WHEN("<all>" TEXT("title", "a") BRAND TEXT("title", "b") "</all>")},
    {"always", WHEN("<all>" NOT(BRAND) NOT(TEXT("title", "a")) "</all>")},
    {"a|brand=x", WHEN("<any>" TEXT("title", "a") BRAND TEXT("title", "a") "</any>")},
    {"always", WHEN("<any>" BRAND NOT(BRAND) "</any>")},
    {"brand=x", WHEN("<none>" FIELD("brand", "not-in='x'") NOT(BRAND) "</none>")},
    {"brand=x & a|c", WHEN("<any><all>" BRAND TEXT("title", "a") "</all><all>" TEXT("title", "c")
                               BRAND "</all></any>")},
    {"category>toy|category??", WHEN("<use condition='toy'/>")},
    {"v+ & v.kind=x|v.kind??", WHEN("<some in='v' as='r'><field name='$r.kind' is='x'/></some>")},
    {"c.kind=x|c?? & c+|c??",
     WHEN("<count in='c' as='r' ge='1'><field name='$r.kind' is='x'/></count>")},
    {"always", WHEN("<count in='c' as='r' lt='1'><field name='$r.kind' is='x'/></count>")},
    {"always", WHEN("<every in='v' as='r'><field name='$r.kind' is='x'/></every>")},
    {"v+", WHEN(NOT("<every in='v' as='r'><field name='$r.kind' is='x'/></every>"))},
    {"always", WHEN("<counter name='n' gt='1'/>")},
    {"a|b", VERSIONS(TEXT("title", "a"), TEXT("title", "b"))},
    {"always", VERSIONS(TEXT("title", "a"), NOT(BRAND))},
    {"brand=x & a", "<applies>" BRAND "</applies>" WHEN(TEXT("title", "a"))},
    {"brand=x & origin-",
     "<applies>" BRAND "</applies><require id='o'>" FIELD("origin", "present='yes'") "</require>"},
    {"brand=x", "<milestone id='m' at='x.i'><title>日</title><title xml:lang='en'>day</title>"
                "</milestone><applies>" BRAND "</applies>" WHEN(TEXT("title", "a"))},
    {"never", "OFF"},
    {"c.kind=x|c?? & c+|c??", "EACH"},
};

/* Clauses in any order. */
static bool same_clauses(const char *got, const char *want)
{
    char a[8][LINE_BYTES] = {{0}}, b[8][LINE_BYTES] = {{0}};

    for (int side = 0; side < 2; side++) {
        const char *at = side ? want : got, *end;
        size_t n = 0;

        for (; at; at = end ? end + 3 : NULL) {
            end = strstr(at, " & ");
            ck_assert_uint_lt(n, 8);
            memcpy((side ? b : a)[n++], at, end ? (size_t)(end - at) : strlen(at));
        }
        qsort(side ? b : a, 8, LINE_BYTES, by_text);
    }
    return memcmp(a, b, sizeof a) == 0;
}

static void add_rule(char *xml, size_t i)
{
    const char *body = table[i].rule;
    bool off = strcmp(body, "OFF") == 0, each = strcmp(body, "EACH") == 0;
    char head[256];

    snprintf(head, sizeof head, "<rule id='r%zu' severity='risk'%s>" TITLE, i,
             off    ? " mode='off'"
             : each ? " for-each='c' as='r'"
                    : "");
    strcat(xml, head);
    if (strstr(body, "<version"))
        strcat(xml, REJECT);
    strcat(xml, off ? WHEN(BRAND) : each ? WHEN("<field name='$r.kind' is='x'/>") : body);
    if (!strstr(body, "<version"))
        strcat(xml, REJECT);
    strcat(xml, "</rule>");
}

START_TEST(what_rules_demand)
{
    static char xml[1 << 16];
    char id[32], got[LINE_BYTES];
    struct names names;
    struct rls_set *set;

    snprintf(xml, sizeof xml, "%s<field name='x.i' type='instant'/>", declared);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        add_rule(xml, i);
    set = test_set(NULL, xml);
    name_cues(&names, set);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        snprintf(id, sizeof id, "t/r%zu", i);
        ck_assert_msg(same_clauses(demands(&names, set, id, got), table[i].demands),
                      "%s: %s, not %s", table[i].rule, got, table[i].demands);
    }
    free(names.cues);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("compile_wake");
    TCase *c = tcase_create("demands");

    tcase_add_test(c, what_rules_demand);
    suite_add_tcase(s, c);
    return test_run(s);
}
