/* SPDX-License-Identifier: Apache-2.0 */
#include "values.h"

#include <string.h>

struct rls_text value_text(const char *value)
{
    return (struct rls_text){.data = value, .len = strlen(value)};
}

bool value_instant(const char *name, const char *value, uint32_t bit, struct rls_check_options *o)
{
    int64_t instant = 0;

    if (rls_instant_parse(value_text(value), NULL, &instant) != RLS_OK) {
        complain(TEXT_BAD_INSTANT, name, value);
        return false;
    }
    if (bit == RLS_HAS_NOW)
        o->now = instant;
    else
        o->as_of = instant;
    o->has |= bit;
    return true;
}

bool value_input(const char *value, enum document_input *input)
{
    static const char *const names[] = {"auto", "jsonl", "json", "csv", "tsv", NULL};
    unsigned choice = 0;

    if (!option_choice("input", value, names, &choice))
        return false;
    *input = (enum document_input)choice;
    return true;
}

bool value_encoding(const char *value, enum encoding *encoding)
{
    static const char *const names[] = {"utf-8", "gb18030", "gbk", "gb2312", NULL};
    unsigned choice = 0;

    if (!option_choice("encoding", value, names, &choice))
        return false;
    *encoding = choice ? ENCODING_GB18030 : ENCODING_UTF8;
    return true;
}
