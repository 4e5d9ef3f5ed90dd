/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "text/html.h"
#include "text/html_token.h"

/* Names that may stand in a tag without a value. In "a<b and c>d" there is none of them. */
static bool has_only_real_attributes(const char *text, const struct html_token *t)
{
    static const char *const bare[] = {"hidden", "open",     "disabled", "checked", "controls",
                                       "loop",   "autoplay", "nowrap",   "alt",     "noshade"};
    struct html_attributes list = {text, t->end, t->inner, false};
    struct html_attribute a;

    while (html_next_attribute(&list, &a)) {
        bool known = a.value != NULL;

        for (size_t i = 0; !known && i < sizeof bare / sizeof *bare; i++)
            known = html_is_named(a.name, a.name_len, bare[i]);
        if (!known)
            return false;
    }
    return true;
}

static bool is_sure(const char *text, const struct html_token *t)
{
    switch (t->kind) {
    case HTML_REFERENCE:
        return text[t->end - 1] == ';';
    case HTML_START:
    case HTML_END:
        return html_element(t->name, t->name_len) && has_only_real_attributes(text, t);
    case HTML_COMMENT:
        return t->proper;
    case HTML_DOCTYPE:
        return true;
    default:
        return false;
    }
}

bool html_is_likely(const char *text, size_t len, struct html_stop stop)
{
    struct html_tokenizer tokens;
    struct html_token t;

    if (!memchr(text, '<', len) && !memchr(text, '&', len))
        return false;
    html_tokenizer_init(&tokens, text, len, stop);
    while (html_next(&tokens, &t)) {
        if (is_sure(text, &t))
            return true;
    }
    return false;
}
