/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_token.h"

static bool ends_name(char c)
{
    return html_is_blank(c) || c == '/' || c == '>' || c == '=';
}

static void skip_blanks(struct html_attributes *a)
{
    while (a->at < a->len && html_is_blank(a->text[a->at]))
        a->at++;
}

static void read_unquoted(struct html_attributes *a, struct html_attribute *out)
{
    size_t begin = a->at;

    while (a->at < a->len && !html_is_blank(a->text[a->at]) && a->text[a->at] != '>')
        a->at++;
    out->value = a->text + begin;
    out->value_len = a->at - begin;
}

static void read_quoted(struct html_attributes *a, struct html_attribute *out)
{
    char quote = a->text[a->at++];
    size_t begin = a->at;

    while (a->at < a->len && a->text[a->at] != quote)
        a->at++;
    out->value = a->text + begin;
    out->value_len = a->at - begin;
    if (a->at < a->len)
        a->at++;
}

static void read_value(struct html_attributes *a, struct html_attribute *out)
{
    skip_blanks(a);
    if (a->at == a->len || a->text[a->at] == '>')
        return;
    if (a->text[a->at] == '"' || a->text[a->at] == '\'')
        read_quoted(a, out);
    else
        read_unquoted(a, out);
}

/* A solidus counts only right before the end of the tag. */
static bool skip_to_name(struct html_attributes *a)
{
    for (;;) {
        skip_blanks(a);
        if (a->at == a->len || a->text[a->at] == '>')
            return false;
        if (a->text[a->at] != '/')
            return true;
        a->at++;
        a->self_closing = a->at < a->len && a->text[a->at] == '>';
    }
}

bool html_next_attribute(struct html_attributes *a, struct html_attribute *out)
{
    size_t begin;

    if (!skip_to_name(a))
        return false;
    begin = a->at++; /* an equals sign begins a name */
    while (a->at < a->len && !ends_name(a->text[a->at]))
        a->at++;
    *out = (struct html_attribute){.name = a->text + begin, .name_len = a->at - begin};
    skip_blanks(a);
    if (a->at < a->len && a->text[a->at] == '=') {
        a->at++;
        read_value(a, out);
    }
    return true;
}
