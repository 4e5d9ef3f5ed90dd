/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/measure.h"

#include <string.h>

#include "text/reader.h"
#include "text/trim.h"

bool measure_begin(struct measure *m, const char *text, size_t len)
{
    size_t folded = text_fold(text, len, FORM_DEFAULT, m->text, sizeof m->text);
    const char *begin = m->text;

    if (folded >= sizeof m->text)
        return false;
    text_trim(&begin, &folded);
    m->at = begin;
    m->end = begin + folded;
    return folded > 0;
}

static void skip_blanks(struct measure *m)
{
    while (m->at < m->end && *m->at == ' ')
        m->at++;
}

bool measure_skip(struct measure *m, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(m->end - m->at) < len || memcmp(m->at, word, len) != 0)
        return false;
    m->at += len;
    skip_blanks(m);
    return true;
}

bool measure_number(struct measure *m, struct decimal *out)
{
    const char *end = m->at;
    bool point = false;

    while (end < m->end && ((*end >= '0' && *end <= '9') || (*end == '.' && !point))) {
        point = point || *end == '.';
        end++;
    }
    if (!decimal_parse(m->at, (size_t)(end - m->at), out))
        return false;
    m->at = end;
    skip_blanks(m);
    return true;
}

bool measure_ended(const struct measure *m)
{
    return m->at == m->end;
}
