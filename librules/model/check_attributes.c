/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "model/check.h"

const char *list_choices(const char *const *choices, char out[CHOICES_BYTES])
{
    size_t n = 0;

    for (; *choices; choices++) {
        size_t len = strlen(*choices);

        if (n + len + 2 > CHOICES_BYTES)
            break;
        if (n > 0)
            out[n++] = LIST_SEPARATOR;
        memcpy(out + n, *choices, len);
        n += len;
    }
    out[n] = '\0';
    return out;
}

static bool has_other(const struct element *e, enum attribute_kind kind)
{
    return attribute_of(e, kind) != NULL;
}

/* Attributes that the element may still take, as a list of names. */
static void list_free(const struct element *e, const char *names[32])
{
    size_t n = 0;

    for (const struct attribute_rule *r = grammar_element(e->kind)->attributes; r->kind; r++)
        if (!has_other(e, r->kind) && n < 31)
            names[n++] = r->name;
    names[n] = NULL;
}

static const char *nearest_attribute(const struct element *e, const char *name)
{
    struct nearest n = {0};
    const char *names[32];

    list_free(e, names);
    for (size_t i = 0; names[i]; i++) {
        const char *colon = strchr(names[i], ':');

        nearest_offer(&n, name, strlen(name), names[i]);
        if (!n.best && colon && strcmp(colon + 1, name) == 0)
            n.best = names[i];
    }
    return n.best;
}

static void unknown_attribute(struct checker *k, const struct element *e, struct attribute *a)
{
    bool hints = diagnostics_hints(k->d);
    const char *best = a->foreign || !hints ? NULL : nearest_attribute(e, a->name), *names[32];
    struct complaint c = {.message = MSG_UNKNOWN_ATTRIBUTE,
                          .place = name_place(k->doc, a, strlen(a->name)),
                          .args = {e->name, a->name}};
    char list[CHOICES_BYTES];

    if (best) {
        a->kind = (uint16_t)grammar_attribute(e->kind, best)->kind;
        c.hint = HINT_DID_YOU_MEAN;
        c.hint_args[0] = best;
    } else if (hints) {
        list_free(e, names);
        if (names[0]) {
            c.hint = HINT_ONE_OF;
            c.hint_args[0] = list_choices(names, list);
        }
    }
    complain(k->d, k->doc, e, &c);
}

static void wrong_value(struct checker *k, const struct element *e, const struct attribute *a,
                        const struct attribute_rule *rule, enum message_code message)
{
    complain(k->d, k->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(k->doc, a, 0, a->length),
                                 .args = {message == MSG_BAD_ID ? a->value : rule->name}});
}

static uint16_t check_choice(struct checker *k, const struct element *e, const struct attribute *a,
                             const struct attribute_rule *rule, const struct item *item)
{
    uint16_t choice = grammar_choice(rule, item->text, item->len);
    struct nearest n = {0};
    char word[64], list[CHOICES_BYTES];
    size_t len = item->len < sizeof word ? item->len : sizeof word - 1;
    struct complaint c = {.message = MSG_UNKNOWN_VALUE,
                          .place = value_place(k->doc, a, item->offset, item->len),
                          .args = {word, rule->name}};

    if (choice != CHOICE_NONE)
        return choice;
    memcpy(word, item->text, len);
    word[len] = '\0';
    if (diagnostics_hints(k->d)) {
        for (size_t i = 0; rule->choices[i]; i++)
            nearest_offer(&n, item->text, item->len, rule->choices[i]);
        c.hint = n.best ? HINT_DID_YOU_MEAN : HINT_ONE_OF;
        c.hint_args[0] = n.best ? n.best : list_choices(rule->choices, list);
    }
    complain(k->d, k->doc, e, &c);
    return n.best ? grammar_choice(rule, n.best, strlen(n.best)) : CHOICE_NONE;
}

/* Long lists are not searched for repetitions: the work grows with the square. */
enum { COMPARED_ITEMS = 64 };

static void check_repeated(struct checker *k, const struct element *e, const struct attribute *a)
{
    struct item items[COMPARED_ITEMS], item;
    size_t n = 0, at = 0;
    char word[64];

    while (n < COMPARED_ITEMS && next_item(a, &at, &item)) {
        size_t i = 0, len = item.len < sizeof word ? item.len : sizeof word - 1;

        while (i < n &&
               (items[i].len != item.len || memcmp(items[i].text, item.text, item.len) != 0))
            i++;
        items[n++] = item;
        if (i + 1 == n)
            continue;
        memcpy(word, item.text, len);
        word[len] = '\0';
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_LISTED_TWICE,
                                     .place = value_place(k->doc, a, item.offset, item.len),
                                     .args = {word}});
    }
}

static void check_choices(struct checker *k, const struct element *e, struct attribute *a,
                          const struct attribute_rule *rule)
{
    struct item item;
    size_t at = 0;

    a->choice = 0;
    while (next_item(a, &at, &item)) {
        uint16_t choice = check_choice(k, e, a, rule, &item);

        if (choice == CHOICE_NONE)
            continue;
        if (choice == TOLERATE_EXACT && a->choice != 0)
            complain(k->d, k->doc, e,
                     &(struct complaint){.message = MSG_EXACT_FIRST,
                                         .place = value_place(k->doc, a, item.offset, item.len)});
        a->choice = (uint16_t)(a->choice | 1u << choice);
    }
    check_repeated(k, e, a);
}

static bool is_id(const struct attribute *a)
{
    for (uint32_t i = 0; i < a->length; i++) {
        char c = a->value[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '.' || c == '-' || c == '_'))
            return false;
    }
    return true;
}

static void check_value(struct checker *k, const struct element *e, struct attribute *a,
                        const struct attribute_rule *rule)
{
    struct item first;
    size_t at = 0;

    if (!next_item(a, &at, &first)) {
        wrong_value(k, e, a, rule, MSG_EMPTY_ATTRIBUTE);
        a->choice = CHOICE_NONE;
        return;
    }
    switch (rule->value) {
    case VALUE_ID:
        if (!is_id(a))
            wrong_value(k, e, a, rule, MSG_BAD_ID);
        break;
    case VALUE_WORD:
        if (first.len != a->length)
            wrong_value(k, e, a, rule, MSG_BLANKS);
        break;
    case VALUE_CHOICE:
        a->choice = check_choice(k, e, a, rule, &(struct item){a->value, a->length, 0});
        break;
    case VALUE_CHOICES:
        check_choices(k, e, a, rule);
        break;
    case VALUE_LIST:
        check_repeated(k, e, a);
        break;
    case VALUE_TEXT:
        break;
    }
}

void check_attributes(struct checker *k, struct element *e)
{
    /* Names first: a misspelt one may only be taken for one that is not there. */
    for (uint32_t i = 0; i < e->n_attributes; i++) {
        struct attribute *a = &e->attributes[i];
        const struct attribute_rule *rule = a->foreign ? NULL : grammar_attribute(e->kind, a->name);

        a->kind = rule ? (uint16_t)rule->kind : ATTRIBUTE_UNKNOWN;
    }
    for (uint32_t i = 0; i < e->n_attributes; i++)
        if (!e->attributes[i].kind)
            unknown_attribute(k, e, &e->attributes[i]);
    for (const struct attribute_rule *r = grammar_element(e->kind)->attributes; r->kind; r++) {
        const struct attribute *found = attribute_of(e, r->kind);
        char list[CHOICES_BYTES];

        if (found)
            check_value(k, e, &e->attributes[found - e->attributes], r);
        else if (r->required)
            complain(k->d, k->doc, e,
                     &(struct complaint){
                         .message = MSG_MISSING_ATTRIBUTE,
                         .args = {e->name, r->name},
                         .hint = r->choices ? HINT_ONE_OF : HINT_NONE,
                         .hint_args = {r->choices ? list_choices(r->choices, list) : NULL}});
    }
}
