/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"
#include "text/reader.h"

/* Terms and allow-terms that hardly do what was meant. */

/* The terms of a list as they are compared, without disguises and separators. */
struct keys {
    struct build *b;
    struct intern terms;
    size_t longest;
    char *key;
    size_t cap, len;
};

static bool fold(struct keys *k, const struct element *e)
{
    struct item text = trimmed_text(e);

    k->len = text_fold(text.text, text.len, FORM_PLAIN, k->key, k->cap);
    if (k->len < k->cap)
        return true;
    if (!mem_grow(&k->b->mem, &k->key, &k->cap, k->len + 1, 1)) {
        k->b->failed = true;
        return false;
    }
    (void)text_fold(text.text, text.len, FORM_PLAIN, k->key, k->cap);
    return true;
}

/* Whether what the list finds is told by its terms alone: patterns match anything, and loose forms
 * make a term of other characters. */
static bool is_plain(const struct element *list)
{
    uint32_t usual = read_tolerance(list, FORM_DEFAULT);

    if (child_of(list, ELEMENT_PATTERN))
        return false;
    for (const struct element *e = child_of(list, ELEMENT_TERM); e; e = next_of(e))
        if (read_tolerance(e, usual) & FORM_LOOSE)
            return false;
    for (const struct element *e = child_of(list, ELEMENT_ALLOW); e; e = next_of(e))
        if (read_tolerance(e, usual) & FORM_LOOSE)
            return false;
    return true;
}

static void enter_terms(struct keys *k, const struct element *list)
{
    for (const struct element *e = child_of(list, ELEMENT_TERM); e && fold(k, e); e = next_of(e)) {
        if (k->len == 0)
            continue;
        if (intern_add(&k->terms, k->key, k->len) == INTERN_NONE) {
            k->b->failed = true;
            return;
        }
        k->longest = k->len > k->longest ? k->len : k->longest;
    }
}

static bool is_lead(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

static bool holds_term(const struct keys *k)
{
    for (size_t begin = 0; begin < k->len; begin++)
        for (size_t n = 1; is_lead(k->key[begin]) && n <= k->longest && n <= k->len - begin; n++)
            if ((begin + n == k->len || is_lead(k->key[begin + n])) &&
                intern_find(&k->terms, k->key + begin, n) != INTERN_NONE)
                return true;
    return false;
}

static void tell(struct build *b, const struct part *part, const struct element *e,
                 enum message_code message, enum hint hint)
{
    struct item text = trimmed_text(e);
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = text_place(part->doc, e),
                                 .args = {word_of(text.text, text.len, word)},
                                 .hint = hint,
                                 .hint_args = {"<pattern>"}});
}

void lint_allows(struct build *b, const struct part *part, const struct element *list)
{
    struct keys k = {.b = b};

    /* What a broken source lacks may stand behind the break. */
    if (!list->complete || !child_of(list, ELEMENT_ALLOW) || !is_plain(list))
        return;
    intern_init(&k.terms, b->scratch);
    enter_terms(&k, list);
    for (const struct element *e = child_of(list, ELEMENT_ALLOW); e && !b->failed && fold(&k, e);
         e = next_of(e))
        if (k.len > 0 && !holds_term(&k))
            tell(b, part, e, MSG_ALLOW_IDLE, HINT_NONE);
    intern_clear(&k.terms);
    mem_release(&b->mem, k.key, k.cap);
}

/* --- terms that look like patterns --------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "{2}", "{2,}" and "{2,5}". */
static bool is_bounds(const char *text, size_t len)
{
    size_t at = 1;

    while (at < len && (is_digit(text[at]) || (at > 1 && text[at] == ',')))
        at++;
    return at > 1 && at < len && text[at] == '}';
}

/* A class with a range or a quantifier: "[微笑]" and "加[微信]" are how people write. */
static bool is_class(const char *text, size_t len)
{
    const char *end = memchr(text, ']', len);
    const char *dash = end ? memchr(text, '-', (size_t)(end - text)) : NULL;

    if (!end || end == text + 1)
        return false;
    return (end + 1 < text + len && strchr("*+?{", end[1])) ||
           (dash && dash > text + 1 && dash + 1 < end);
}

static bool is_pattern_at(const char *text, size_t len, size_t at)
{
    const char *c = text + at;
    size_t left = len - at;

    switch (*c) {
    case '\\':
        return left > 1 && is_letter(c[1]);
    case '.':
        return left > 1 && (c[1] == '*' || c[1] == '+');
    case '|':
        return at > 0 && left > 1;
    case '(':
        return left > 2 && c[1] == '?' && (c[2] == ':' || c[2] == '=' || c[2] == '!');
    case '{':
        return at > 0 && is_bounds(c, left);
    case '[':
        return is_class(c, left);
    default:
        return false;
    }
}

void lint_term(struct build *b, const struct part *part, const struct element *e)
{
    struct item text = trimmed_text(e);

    for (size_t i = 0; i < text.len; i++) {
        if (is_pattern_at(text.text, text.len, i)) {
            tell(b, part, e, MSG_TERM_PATTERN, e->kind == ELEMENT_TERM ? HINT_WRITE : HINT_NONE);
            return;
        }
    }
}
