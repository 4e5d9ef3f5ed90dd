/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "model/check.h"

static const char *const language_names[] = {"zh-CN", "en"};

/* Words of one kind stand once a language; people need them in both where it is said. */
static void check_languages(struct checker *k, const struct element *e, enum element_kind kind,
                            bool both)
{
    bool seen[2] = {false, false};
    const struct element *first = child_of(e, kind);

    for (const struct element *w = first; w; w = next_of(w)) {
        uint32_t language = language_of(w);

        if (seen[language])
            complain(k->d, k->doc, w,
                     &(struct complaint){.message = MSG_LANGUAGE_TWICE,
                                         .args = {w->name, language_names[language]}});
        seen[language] = true;
    }
    if (!first || !both || !e->complete || seen[0] == seen[1])
        return;
    complain(k->d, k->doc, first,
             &(struct complaint){.message = MSG_MISSING_LANGUAGE,
                                 .args = {first->name, language_names[seen[0]]}});
}

static void check_exclusive(struct checker *k, const struct element *e)
{
    const struct attribute *until = attribute_of(e, ATTRIBUTE_UNTIL);
    const struct attribute *through = attribute_of(e, ATTRIBUTE_THROUGH);

    if (until && through)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_EXCLUSIVE,
                                     .place = name_place(k->doc, through, strlen(through->name)),
                                     .args = {"until", "through"},
                                     .hint = HINT_REMOVE,
                                     .hint_args = {"through"}});
}

/* A raw pattern is matched as it stands. */
static void check_pattern(struct checker *k, const struct element *e)
{
    const struct attribute *tolerate = attribute_of(e, ATTRIBUTE_TOLERATE);

    if (tolerate && choice_of(e, ATTRIBUTE_FORM, FORM_FOLDED) == FORM_RAW)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_EXCLUSIVE,
                                     .place = name_place(k->doc, tolerate, strlen(tolerate->name)),
                                     .args = {"form", "tolerate"},
                                     .hint = HINT_REMOVE,
                                     .hint_args = {"tolerate"}});
}

/* Terms, patterns or both. */
static void check_list(struct checker *k, const struct element *e)
{
    if (e->complete && !child_of(e, ELEMENT_TERM) && !child_of(e, ELEMENT_PATTERN))
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_MISSING_ELEMENT,
                                     .args = {e->name, grammar_element(ELEMENT_TERM)->name}});
}

static bool is_test(enum attribute_kind kind)
{
    switch (kind) {
    case ATTRIBUTE_PRESENT:
    case ATTRIBUTE_IS:
    case ATTRIBUTE_IS_NOT:
    case ATTRIBUTE_IN:
    case ATTRIBUTE_NOT_IN:
    case ATTRIBUTE_UNDER:
    case ATTRIBUTE_NOT_UNDER:
    case ATTRIBUTE_LT:
    case ATTRIBUTE_LE:
    case ATTRIBUTE_GT:
    case ATTRIBUTE_GE:
        return true;
    default:
        return false;
    }
}

/* The tests that the element may have. */
static const char *list_tests(const struct element *e, char out[CHOICES_BYTES])
{
    const char *names[32];
    size_t n = 0;

    for (const struct attribute_rule *r = grammar_element(e->kind)->attributes; r->kind; r++)
        if (is_test(r->kind) && n < 31)
            names[n++] = r->name;
    names[n] = NULL;
    return list_choices(names, out);
}

static void check_one_test(struct checker *k, const struct element *e)
{
    const struct attribute *last = NULL;
    char list[CHOICES_BYTES];
    uint32_t n = 0;

    for (uint32_t i = 0; i < e->n_attributes; i++) {
        const struct attribute *a = &e->attributes[i];

        if (!is_test(a->kind) || (a->kind == ATTRIBUTE_IN && e->kind == ELEMENT_COUNT))
            continue;
        n++;
        if (!last || a->name_at > last->name_at)
            last = a;
    }
    if (n != 1)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_ONE_TEST,
                                     .place = last ? name_place(k->doc, last, strlen(last->name))
                                                   : element_place(k->doc, e),
                                     .args = {e->name},
                                     .hint = last ? HINT_NONE : HINT_ONE_OF,
                                     .hint_args = {list_tests(e, list)}});
}

/* What says where a value comes from. */
static void check_one_source(struct checker *k, const struct element *e)
{
    const void *const sources[] = {attribute_of(e, ATTRIBUTE_FIELD), attribute_of(e, ATTRIBUTE_IS),
                                   attribute_of(e, ATTRIBUTE_TABLE), child_of(e, ELEMENT_FIRST)};
    uint32_t n = 0;

    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        n += sources[i] != NULL;

    if (n != 1 && e->complete)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_ONE_SOURCE, .args = {e->name}});
}

/* A key is looked up in a table. */
static void check_lookup(struct checker *k, const struct element *e)
{
    if (!attribute_of(e, ATTRIBUTE_TABLE) != !attribute_of(e, ATTRIBUTE_KEY))
        complain(k->d, k->doc, e, &(struct complaint){.message = MSG_TABLE_KEY});
}

/* One key, or none: everything else. */
static void check_row(struct checker *k, const struct element *e)
{
    static const enum attribute_kind keys[] = {ATTRIBUTE_IN, ATTRIBUTE_IS, ATTRIBUTE_BELOW,
                                               ATTRIBUTE_THROUGH};
    uint32_t n = 0;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        n += attribute_of(e, keys[i]) != NULL;
    if (n > 1)
        complain(k->d, k->doc, e, &(struct complaint){.message = MSG_ROW_KEY});
}

static void check_relation(struct checker *k, const struct element *e)
{
    if (e->complete && !child_of(e, ELEMENT_GROUP) && !child_of(e, ELEMENT_PAIR))
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_MISSING_ELEMENT,
                                     .args = {e->name, grammar_element(ELEMENT_GROUP)->name}});
}

/* A distance from other words, or a place inside a value. */
static void check_guard(struct checker *k, const struct element *e)
{
    bool near = attribute_of(e, ATTRIBUTE_BEFORE) || attribute_of(e, ATTRIBUTE_AFTER);
    bool terms = attribute_of(e, ATTRIBUTE_TERMS), inside = attribute_of(e, ATTRIBUTE_INSIDE);

    if (near != terms || near == inside || (inside && attribute_of(e, ATTRIBUTE_ACROSS)))
        complain(k->d, k->doc, e, &(struct complaint){.message = MSG_GUARD_FORM});
}

static void check_near(struct checker *k, const struct element *e)
{
    uint32_t n = 0;
    char most[NUMBER_BYTES];

    for (const struct element *part = child_of(e, ELEMENT_NEAR_TEXT); part; part = next_of(part))
        n++;
    if ((n == 1 && e->complete) || n > LIMIT_NEAR_PARTS)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_NEAR_PARTS,
                                     .args = {message_number(LIMIT_NEAR_PARTS, most)}});
}

static void check_absent(struct checker *k, const struct element *e)
{
    static const char *const choices[] = {"empty", "unknown", "assume:VALUE", NULL};
    const struct attribute *a = attribute_of(e, ATTRIBUTE_ABSENT);
    const char *colon;
    struct nearest n = {0};
    char list[CHOICES_BYTES];

    if (!a || strcmp(a->value, "empty") == 0 || strcmp(a->value, "unknown") == 0 ||
        (strncmp(a->value, "assume:", 7) == 0 && a->length > 7))
        return;
    colon = strchr(a->value, ':');
    for (size_t i = 0; i < 2; i++)
        nearest_offer(&n, a->value, a->length, choices[i]);
    if (colon)
        nearest_offer(&n, a->value, (size_t)(colon - a->value), "assume");
    complain(k->d, k->doc, e,
             &(struct complaint){.message = MSG_UNKNOWN_VALUE,
                                 .place = value_place(k->doc, a, 0, a->length),
                                 .args = {a->value, a->name},
                                 .hint = n.best ? HINT_DID_YOU_MEAN : HINT_ONE_OF,
                                 .hint_args = {n.best ? n.best : list_choices(choices, list)}});
}

/* The document of a case is that of the rule set's subject. */
static void check_case(struct checker *k, const struct element *e)
{
    static const enum element_kind kinds[] = {ELEMENT_LISTING, ELEMENT_MERCHANT, ELEMENT_CHAT,
                                              ELEMENT_RULE_CHANGE};
    uint32_t subject = choice_of(k->doc->root, ATTRIBUTE_SUBJECT, CHOICE_NONE);
    const struct element *wrong = NULL;
    uint32_t n = 0;

    if (subject == CHOICE_NONE)
        return;
    for (const struct element *child = e->first; child; child = child->next) {
        if (child->kind == ELEMENT_GIVES || child->kind == ELEMENT_CASE_PARAM)
            continue;
        if (child->kind != kinds[subject] || ++n > 1)
            wrong = wrong ? wrong : child;
    }
    if (wrong && !wrong->kind)
        return;
    if (wrong || (n == 0 && e->complete))
        complain(k->d, k->doc, wrong ? wrong : e,
                 &(struct complaint){.message = MSG_CASE_DOCUMENT,
                                     .args = {grammar_element(kinds[subject])->name}});
}

/* An instant, or a duration and what it is counted from. */
static void check_grace(struct checker *k, const struct element *e)
{
    bool until = attribute_of(e, ATTRIBUTE_UNTIL), lasts = attribute_of(e, ATTRIBUTE_FOR);

    if (until == lasts || lasts != (attribute_of(e, ATTRIBUTE_FROM) != NULL))
        complain(k->d, k->doc, e, &(struct complaint){.message = MSG_GRACE_FORM});
}

static void check_due(struct checker *k, const struct element *e)
{
    bool at = attribute_of(e, ATTRIBUTE_AT), after = attribute_of(e, ATTRIBUTE_AFTER);

    if (at == after)
        complain(k->d, k->doc, e, &(struct complaint){.message = MSG_DUE_FORM});
}

static void check_gives(struct checker *k, const struct element *e)
{
    static const char *const names[] = {"evidence", "disguise", "cite", "deadline", NULL};
    char list[CHOICES_BYTES];

    if (e->n_attributes == 0)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_GIVES_NOTHING,
                                     .hint = HINT_ONE_OF,
                                     .hint_args = {list_choices(names, list)}});
}

void check_special(struct checker *k, const struct element *e)
{
    switch ((enum element_kind)e->kind) {
    case ELEMENT_CALENDAR:
    case ELEMENT_MILESTONE:
    case ELEMENT_PARAM:
        check_languages(k, e, ELEMENT_TITLE, false);
        break;
    case ELEMENT_RULESET:
    case ELEMENT_RULE:
    case ELEMENT_PROFILE:
        check_languages(k, e, ELEMENT_TITLE, false);
        check_languages(k, e, ELEMENT_DESCRIPTION, false);
        break;
    case ELEMENT_OUTCOME:
    case ELEMENT_REQUIRE:
    case ELEMENT_GRACE:
        check_languages(k, e, ELEMENT_MESSAGE, true);
        check_languages(k, e, ELEMENT_REMEDY, true);
        if (e->kind == ELEMENT_GRACE)
            check_grace(k, e);
        break;
    case ELEMENT_DUE:
        check_due(k, e);
        break;
    case ELEMENT_EXCEPTION:
        check_languages(k, e, ELEMENT_REASON, false);
        check_exclusive(k, e);
        break;
    case ELEMENT_ITEM:
    case ELEMENT_SOURCE:
    case ELEMENT_SECTION:
    case ELEMENT_VERSION:
        check_exclusive(k, e);
        break;
    case ELEMENT_DECLARATION:
    case ELEMENT_MEMBER:
        check_absent(k, e);
        break;
    case ELEMENT_TERMS:
        check_list(k, e);
        break;
    case ELEMENT_PATTERN:
        check_pattern(k, e);
        break;
    case ELEMENT_FIELD:
    case ELEMENT_COUNT:
    case ELEMENT_COUNTER:
    case ELEMENT_COMPARE:
        check_one_test(k, e);
        break;
    case ELEMENT_LET:
        check_lookup(k, e);
        check_one_source(k, e);
        break;
    case ELEMENT_SOURCE_VALUE:
        check_one_source(k, e);
        break;
    case ELEMENT_ROW:
        check_row(k, e);
        break;
    case ELEMENT_RELATION:
        check_relation(k, e);
        break;
    case ELEMENT_GUARD:
        check_guard(k, e);
        break;
    case ELEMENT_NEAR:
        check_near(k, e);
        break;
    case ELEMENT_CASE:
        check_case(k, e);
        break;
    case ELEMENT_GIVES:
        check_gives(k, e);
        break;
    default:
        break;
    }
}
