/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "facts/called.h"
#include "set/compared.h"
#include "set/program.h"
#include "text/reader.h"
#include "text/trim.h"

static bool is_subject(uint32_t subject)
{
    return subject >= RLS_LISTING && subject <= RLS_RULE_CHANGE;
}

bool rls_set_field_known(const struct rls_set *set, uint32_t subject, const char *path,
                         const char **nearest)
{
    const char *key;
    size_t key_len, len = path ? strlen(path) : 0;
    bool askable = set && path && is_subject(subject);
    bool known = askable && vocabulary_find(&set->vocabulary, subject, path, len, &key, &key_len) !=
                                FIELD_UNKNOWN;

    if (nearest)
        *nearest =
            askable && !known ? vocabulary_nearest(&set->vocabulary, subject, path, len) : NULL;
    return known;
}

bool rls_set_field_called(const struct rls_set *set, uint32_t subject, const char *word, char *path,
                          size_t size)
{
    struct called c = {0};

    if (set && word && is_subject(subject))
        called_find(&set->vocabulary, subject, word, strlen(word), &c);
    if (path && size)
        snprintf(path, size, "%s%s%s", c.path ? c.path : c.nearest, c.attribute ? "." : "", c.word);
    return c.path != NULL;
}

enum { LONGEST_VALUE = 256 };

/* A value that conditions are asked about. */
struct question {
    uint32_t field;
    char folded[LONGEST_VALUE];
    const char *value; /* in folded */
    size_t len;
    struct nearest nearest;
    bool compared; /* some condition lists values of the field */
    bool known;    /* one of them is this */
};

static void offer(struct rls_text value, void *question)
{
    struct question *q = question;

    q->compared = true;
    q->known = q->known || (value.len == q->len && memcmp(value.data, q->value, value.len) == 0);
    nearest_offer(&q->nearest, q->value, q->len, value.data);
}

/* False for a value too long to be told. */
static bool fold_value(struct question *q, const char *value)
{
    size_t len = text_fold(value, strlen(value), FORM_DEFAULT, q->folded, sizeof q->folded);

    if (len >= sizeof q->folded)
        return false;
    q->value = q->folded;
    q->len = len;
    text_trim(&q->value, &q->len);
    return true;
}

bool rls_set_value_known(const struct rls_set *set, uint32_t subject, const char *field,
                         const char *value, const char **nearest)
{
    struct question q = {.field = FIELD_UNKNOWN};
    const char *key;
    size_t key_len;

    if (nearest)
        *nearest = NULL;
    if (!set || !field || !value || !is_subject(subject))
        return true;
    q.field = vocabulary_find(&set->vocabulary, subject, field, strlen(field), &key, &key_len);
    if (q.field == FIELD_UNKNOWN || key || !fold_value(&q, value))
        return true;
    if (!compared_values(set, q.field, offer, &q) || !q.compared)
        return true;
    if (!q.known && nearest)
        *nearest = q.nearest.best;
    return q.known;
}
