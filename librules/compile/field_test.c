/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"
#include "facts/convert.h"
#include "text/reader.h"
#include "text/trim.h"

/* --- which field ---------------------------------------------------------------------------- */

/* Behind the n-th dot of a path; len when it has fewer. */
static size_t behind_dot(const char *path, size_t len, size_t n)
{
    size_t at = 0;

    while (at < len && n > 0)
        n -= path[at++] == '.';
    return at;
}

/* The name a misspelt path probably meant, with its key; false when none is near. */
static bool suggest(const struct build *b, const struct part *part, const char *path, size_t len,
                    char out[2 * WORD_BYTES])
{
    const struct vocabulary *v = &b->set->vocabulary;
    const char *near = vocabulary_nearest(v, part->subject, path, len), *key;
    size_t n = near ? strlen(near) : 0, key_len, at, dots = 1;

    if (!near || n >= WORD_BYTES)
        return false;
    memcpy(out, near, n + 1);
    for (size_t i = 0; i < n; i++)
        dots += near[i] == '.';
    /* Of a family the key is kept: it stands behind one dot more than the name has. */
    at = behind_dot(path, len, dots);
    if (at == len)
        return vocabulary_find(v, part->subject, near, n, &key, &key_len) != FIELD_UNKNOWN;
    if (len - at >= WORD_BYTES - 1)
        return false;
    out[n] = '.';
    memcpy(out + n + 1, path + at, len - at);
    out[n + 1 + len - at] = '\0';
    return true;
}

/* "attributes" alone, where "attributes.KEY" is meant. */
static bool names_family(const struct build *b, const struct part *part, const char *path,
                         size_t len)
{
    char member[WORD_BYTES + 2];
    const char *key;
    size_t key_len;

    if (len >= WORD_BYTES)
        return false;
    memcpy(member, path, len);
    memcpy(member + len, ".*", 2);
    return vocabulary_find(&b->set->vocabulary, part->subject, member, len + 2, &key, &key_len) !=
               FIELD_UNKNOWN &&
           key_len == 1;
}

const char *subject_name(uint32_t subject)
{
    return subject == RLS_LISTING ? "listing" : subject == RLS_MERCHANT ? "merchant" : "message";
}

void unknown_field(struct build *b, struct part *part, const struct element *e, struct place place,
                   const char *path, size_t len)
{
    char word[WORD_BYTES], hint[2 * WORD_BYTES];
    struct complaint c = {.message = MSG_UNKNOWN_FIELD, .place = place};

    c.args[0] = subject_name(part->subject);
    c.args[1] = word_of(path, len, word);
    c.hint_args[0] = hint;
    if (names_family(b, part, path, len)) {
        size_t n = strlen(word);

        memcpy(hint, word, n);
        memcpy(hint + n, e->kind == ELEMENT_TEXT ? ".*" : ".KEY",
               e->kind == ELEMENT_TEXT ? sizeof ".*" : sizeof ".KEY");
        c.hint = HINT_WRITE;
    } else if (may_compare(b, b->set->vocabulary.count) && suggest(b, part, path, len, hint)) {
        c.hint = HINT_DID_YOU_MEAN;
    }
    complain(b->d, part->doc, e, &c);
}

bool lower_selector(struct build *b, struct part *part, const struct element *e,
                    const struct attribute *a, const struct item *item, struct selector *out)
{
    const char *name, *key;
    size_t key_len;

    name = need(b, arena_text(&b->set->arena, item->text, item->len));
    if (!name)
        return false;
    *out = (struct selector){.field = FIELD_EVERY, .name = name};
    if (strcmp(name, "*") == 0)
        return true;
    out->field =
        vocabulary_find(&b->set->vocabulary, part->subject, name, item->len, &key, &key_len);
    if (out->field == FIELD_UNKNOWN) {
        /* A broken source may declare it behind the break. */
        if (!part->doc->broken)
            unknown_field(b, part, e, value_place(part->doc, a, item->offset, item->len),
                          item->text, item->len);
        return false;
    }
    if (!key || (key_len == 1 && *key == '*'))
        return true;
    out->key = key;
    out->key_len = (uint32_t)key_len;
    return true;
}

/* --- which test ----------------------------------------------------------------------------- */

static const struct {
    enum attribute_kind attribute;
    enum field_test test;
} tests[] = {{ATTRIBUTE_PRESENT, TEST_PRESENT}, {ATTRIBUTE_IS, TEST_IS}, {ATTRIBUTE_IN, TEST_IS},
             {ATTRIBUTE_UNDER, TEST_UNDER},     {ATTRIBUTE_LT, TEST_LT}, {ATTRIBUTE_LE, TEST_LE},
             {ATTRIBUTE_GT, TEST_GT},           {ATTRIBUTE_GE, TEST_GE}};

static const struct attribute *find_test(const struct element *e, struct condition *out)
{
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const struct attribute *a = attribute_of(e, tests[i].attribute);

        if (!a || a->choice == CHOICE_NONE)
            continue;
        out->test = (uint8_t)tests[i].test;
        return a;
    }
    return NULL;
}

static bool fits_type(uint8_t test, uint8_t type)
{
    if (test == TEST_UNDER)
        return type == TYPE_TEXT;
    return test < TEST_LT || type == TYPE_NUMBER || type == TYPE_INSTANT;
}

/* The words that a document may write. */
static bool read_boolean(const char *text, size_t len, bool *out)
{
    struct fact value = {.text = text, .text_len = len};

    if (convert_text(&value, TYPE_BOOLEAN) != FACTS_OK || value.state != VALUE_KNOWN)
        return false;
    *out = value.boolean;
    return true;
}

enum message_code read_operand(struct build *b, const struct part *part, uint8_t type,
                               const char *text, size_t len, struct operand *out)
{
    *out = (struct operand){.length = (uint32_t)len};
    switch (type) {
    case TYPE_NUMBER:
        return decimal_parse(text, len, &out->number) ? MSG_NONE : MSG_BAD_OPERAND;
    case TYPE_BOOLEAN:
        return read_boolean(text, len, &out->boolean) ? MSG_NONE : MSG_BAD_OPERAND;
    case TYPE_INSTANT:
        return parse_instant(b, part, text, len, &out->instant);
    default:
        return MSG_NONE;
    }
}

/* Values are compared after the usual forms: an operand is folded once, here. */
static void keep_folded(struct build *b, const char *text, size_t len, struct operand *out)
{
    size_t length = text_fold(text, len, FORM_DEFAULT, NULL, 0);
    char *folded = need(b, arena_alloc(&b->set->arena, length + 1));

    if (!folded)
        return;
    (void)text_fold(text, len, FORM_DEFAULT, folded, length + 1);
    out->text = folded;
    text_trim(&out->text, &length);
    out->length = (uint32_t)length;
}

static void lower_operand(struct build *b, struct part *part, const struct element *e,
                          const struct attribute *a, const struct item *item, uint8_t type,
                          struct operand *out)
{
    enum message_code message = read_operand(b, part, type, item->text, item->len, out);
    char word[WORD_BYTES];

    keep_folded(b, item->text, item->len, out);
    if (message && !b->failed) {
        struct complaint c = {.message = message == MSG_NO_OFFSET ? message : MSG_BAD_OPERAND,
                              .place = value_place(part->doc, a, item->offset, item->len),
                              .args = {word_of(item->text, item->len, word), type_name(type)}};
        char words[2][DATE_HINT_BYTES];

        if (message == MSG_BAD_DATE)
            hint_date(item->text, item->len, &c, words);
        complain(b->d, part->doc, e, &c);
    }
}

static void lower_operands(struct build *b, struct part *part, const struct element *e,
                           const struct attribute *a, struct condition *out)
{
    struct item item = {a->value, a->length, 0};
    struct operand *operands;
    size_t at = 0;
    uint32_t n = 0;

    while (a->kind == ATTRIBUTE_IN && next_item(a, &at, &item))
        n++;
    operands = keep_array(b, n ? n : 1, sizeof *operands);
    out->operands = operands;
    if (!operands)
        return;
    if (out->test == TEST_PRESENT) {
        operands[out->n_operands++] =
            (struct operand){.text = "", .boolean = a->choice == YES_CHOICE};
        return;
    }
    if (a->kind != ATTRIBUTE_IN) {
        lower_operand(b, part, e, a, &item, out->type, &operands[out->n_operands++]);
        return;
    }
    for (at = 0; next_item(a, &at, &item) && !b->failed;)
        lower_operand(b, part, e, a, &item, out->type, &operands[out->n_operands++]);
}

static void report_many(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *name)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_MANY_FIELDS,
                                 .place = name_place(part->doc, name, strlen(name->name)),
                                 .args = {name->value}});
}

static void report_test(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *name, const struct attribute *test,
                        const struct field *f)
{
    struct complaint c = {.message = MSG_TEST_TYPE,
                          .place = name_place(part->doc, test, strlen(test->name)),
                          .args = {test->name, name->value, type_name(f->type)}};

    /* The keys of a family cannot have types of their own. */
    if (f->family && f->type == TYPE_TEXT) {
        c.hint = HINT_OWN_NUMBER;
        c.hint_args[0] = f->name;
    }
    complain(b->d, part->doc, e, &c);
}

void lower_field_test(struct build *b, struct part *part, const struct element *e,
                      struct condition *out)
{
    const struct attribute *name = attribute_of(e, ATTRIBUTE_NAME), *test = find_test(e, out);
    struct selector *selector = keep_array(b, 1, sizeof *selector);
    const struct field *f;

    out->kind = CONDITION_FIELD;
    if (!selector || !name || name->choice == CHOICE_NONE ||
        !lower_selector(b, part, e, name, &(struct item){name->value, name->length, 0}, selector))
        return;
    out->selectors = selector;
    out->n_selectors = 1;
    f = selector->field == FIELD_EVERY ? NULL : &b->set->vocabulary.fields[selector->field];
    if (!f || (f->family && !selector->key)) {
        report_many(b, part, e, name);
        return;
    }
    out->type = f->type;
    if (!test)
        return;
    if (fits_type(out->test, f->type))
        lower_operands(b, part, e, test, out);
    else
        report_test(b, part, e, name, test, f);
}
