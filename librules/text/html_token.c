/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_token.h"

#include <string.h>

/* Tokens between two glances at the clock. */
enum { TOKENS_BETWEEN = 64 };

void html_tokenizer_init(struct html_tokenizer *t, const char *text, size_t len,
                         struct html_stop stop)
{
    *t = (struct html_tokenizer){.stop = stop, .text = text, .len = len};
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

enum {
    BLANK = HTML_ENDS_TAG_NAME | HTML_ENDS_NAME | HTML_ENDS_UNQUOTED,
    END = HTML_ENDS_TAG_NAME | HTML_ENDS_NAME | HTML_ENDS_UNQUOTED,
    SOLIDUS = HTML_ENDS_TAG_NAME | HTML_ENDS_NAME,
};

const uint8_t html_classes[256] = {
    [' '] = BLANK,  ['\t'] = BLANK, ['\n'] = BLANK,  ['\f'] = BLANK,
    ['\r'] = BLANK, ['>'] = END,    ['/'] = SOLIDUS, ['='] = HTML_ENDS_NAME,
};

bool html_is_spelt(const char *name, const char *word, size_t len)
{
    size_t i = 0;

    while (i < len && lower(name[i]) == word[i])
        i++;
    return i == len;
}

/* Whether the text at an offset is the word, which is in lower case. */
static bool stands_at(const struct html_tokenizer *t, size_t at, const char *word)
{
    size_t n = strlen(word);

    return at <= t->len && t->len - at >= n && html_is_named(t->text + at, n, word);
}

/* The offset of the next c, or the length. */
static size_t find(const struct html_tokenizer *t, size_t at, char c)
{
    const char *p = at < t->len ? memchr(t->text + at, c, t->len - at) : NULL;

    return p ? (size_t)(p - t->text) : t->len;
}

static bool ends_tag_name(char c)
{
    return html_is_of_class(c, HTML_ENDS_TAG_NAME);
}

static void end_token(struct html_tokenizer *t, struct html_token *out, uint8_t kind, size_t end)
{
    out->kind = kind;
    out->end = t->at = end;
}

/* A tag whose name begins at an offset; false when the text ends in it. */
static bool read_tag(struct html_tokenizer *t, struct html_token *out, uint8_t kind, size_t name)
{
    struct html_attributes a = {t->text, t->len, name, false};
    struct html_attribute ignored;

    while (a.at < a.len && !ends_tag_name(a.text[a.at]))
        a.at++;
    out->name = t->text + name;
    out->name_len = a.at - name;
    out->inner = a.at;
    while (html_next_attribute(&a, &ignored))
        ;
    out->self_closing = a.self_closing;
    end_token(t, out, kind, a.at < a.len ? a.at + 1 : a.len);
    if (kind == HTML_START) {
        t->raw_name = out->name;
        t->raw_name_len = out->name_len;
    }
    return a.at < a.len;
}

/* Whether the comment whose words begin at begin ends with the '>' at an offset. */
static bool ends_comment(const struct html_tokenizer *t, size_t begin, size_t at)
{
    const char *text = t->text;
    size_t n = at - begin;

    if (n == 0 || (n == 1 && text[begin] == '-'))
        return true;
    if (n >= 2 && text[at - 1] == '-' && text[at - 2] == '-')
        return true;
    return n >= 3 && text[at - 1] == '!' && text[at - 2] == '-' && text[at - 3] == '-';
}

static void read_comment(struct html_tokenizer *t, struct html_token *out, size_t begin)
{
    size_t at = find(t, begin, '>');

    while (at < t->len && !ends_comment(t, begin, at))
        at = find(t, at + 1, '>');
    out->inner = begin;
    out->proper = at < t->len;
    end_token(t, out, HTML_COMMENT, at < t->len ? at + 1 : at);
}

static void read_bogus(struct html_tokenizer *t, struct html_token *out, uint8_t kind, size_t begin)
{
    size_t at = find(t, begin, '>');

    out->inner = begin;
    end_token(t, out, kind, at < t->len ? at + 1 : at);
}

enum found { NOTHING, FOUND, DROPPED };

static enum found read_declaration(struct html_tokenizer *t, struct html_token *out, size_t at)
{
    if (stands_at(t, at, "--")) {
        read_comment(t, out, at + 2);
    } else if (stands_at(t, at, "doctype")) {
        read_bogus(t, out, HTML_DOCTYPE, at + 7);
    } else if (t->foreign && t->len - at >= 7 && memcmp(t->text + at, "[CDATA[", 7) == 0) {
        t->in_cdata = true;
        t->at = at + 7;
        return DROPPED;
    } else {
        read_bogus(t, out, HTML_COMMENT, at);
    }
    return FOUND;
}

/* What a '<' in DATA begins. */
static enum found read_markup(struct html_tokenizer *t, struct html_token *out)
{
    size_t at = t->at + 1;
    char c = at < t->len ? t->text[at] : ' ';

    if (is_letter(c))
        return read_tag(t, out, HTML_START, at) ? FOUND : DROPPED;
    if (c == '!')
        return read_declaration(t, out, at + 1);
    if (c == '?') {
        read_bogus(t, out, HTML_COMMENT, at);
        return FOUND;
    }
    if (c != '/' || ++at == t->len)
        return NOTHING;
    if (is_letter(t->text[at]))
        return read_tag(t, out, HTML_END, at) ? FOUND : DROPPED;
    if (t->text[at] == '>') {
        t->at = at + 1;
        return DROPPED;
    }
    read_bogus(t, out, HTML_COMMENT, at);
    return FOUND;
}

/* Whether the end tag of the raw element stands at a '<'. */
static bool is_own_end(const struct html_tokenizer *t, size_t at)
{
    size_t end = at + 2 + t->raw_name_len;

    if (!t->raw_name_len || end >= t->len || t->text[at + 1] != '/' || !ends_tag_name(t->text[end]))
        return false;
    for (size_t i = 0; i < t->raw_name_len; i++) {
        if (lower(t->text[at + 2 + i]) != lower(t->raw_name[i]))
            return false;
    }
    return true;
}

/* Whether the name, whose tag's '<' or "</" stands before at, is script and ends there. */
static bool is_script(const struct html_tokenizer *t, size_t at)
{
    return stands_at(t, at, "script") && at + 6 < t->len && ends_tag_name(t->text[at + 6]);
}

/*
 * Where the end tag of a script begins: not within "<!--" ... "-->" behind another "<script". The
 * dashes that begin such a comment may end it too.
 */
static size_t find_script_end(const struct html_tokenizer *t)
{
    bool escaped = false, doubly = false;
    size_t dashes = 0;

    for (size_t at = t->at; at < t->len; at++) {
        char c = t->text[at];

        if (c == '>' && dashes >= 2)
            escaped = doubly = false;
        dashes = c == '-' && escaped ? dashes + 1 : 0;
        if (c != '<')
            continue;
        if (!doubly && is_own_end(t, at))
            return at;
        if (!escaped && stands_at(t, at + 1, "!--")) {
            escaped = true;
            dashes = 2;
            at += 3;
        } else if (doubly && t->text[at + 1 < t->len ? at + 1 : at] == '/' &&
                   is_script(t, at + 2)) {
            doubly = false;
        } else if (escaped && !doubly && is_script(t, at + 1)) {
            doubly = true;
        }
    }
    return t->len;
}

static size_t find_own_end(const struct html_tokenizer *t, size_t at)
{
    at = find(t, at, '<');
    while (at < t->len && !is_own_end(t, at))
        at = find(t, at + 1, '<');
    return at;
}

/* Where the characters at the cursor end that no markup can begin in. */
static size_t find_special(struct html_tokenizer *t, size_t at)
{
    /* Looked for anew only once it is passed: a page is walked twice, however many there are. */
    if (t->next_tag < at)
        t->next_tag = find(t, at, '<');
    if (t->next_reference < at)
        t->next_reference = find(t, at, '&');
    return t->next_tag < t->next_reference ? t->next_tag : t->next_reference;
}

static bool read_raw(struct html_tokenizer *t, struct html_token *out, size_t end)
{
    out->raw = true;
    end_token(t, out, HTML_TEXT, end);
    return out->end > out->begin;
}

static bool read_reference(struct html_tokenizer *t, struct html_token *out)
{
    size_t n;

    if (t->text[t->at] != '&')
        return false;
    n = html_reference(t->text + t->at, t->len - t->at, false, &out->reference);
    if (n)
        end_token(t, out, HTML_REFERENCE, t->at + n);
    return n != 0;
}

/* The end tag that ends RCDATA, RAWTEXT or SCRIPT. */
static bool read_own_end(struct html_tokenizer *t, struct html_token *out)
{
    t->content = HTML_DATA;
    out->raw = false;
    return read_tag(t, out, HTML_END, t->at + 2);
}

static bool next_raw(struct html_tokenizer *t, struct html_token *out)
{
    size_t end = t->content == HTML_SCRIPT ? find_script_end(t) : find_own_end(t, t->at);

    return read_raw(t, out, end) || (end < t->len && read_own_end(t, out));
}

static bool next_rcdata(struct html_tokenizer *t, struct html_token *out)
{
    if (t->text[t->at] == '<' && is_own_end(t, t->at))
        return read_own_end(t, out);
    if (read_reference(t, out))
        return true;
    out->raw = true;
    end_token(t, out, HTML_TEXT, find_special(t, t->at + 1));
    return true;
}

static bool next_cdata(struct html_tokenizer *t, struct html_token *out)
{
    size_t at = find(t, t->at, ']');

    while (at < t->len && !stands_at(t, at, "]]>"))
        at = find(t, at + 1, ']');
    t->in_cdata = false;
    end_token(t, out, HTML_CDATA, at);
    if (at < t->len)
        t->at += 3;
    return out->end > out->begin;
}

/* False when what was read is no token. */
static bool next_data(struct html_tokenizer *t, struct html_token *out)
{
    if (t->text[t->at] == '<') {
        enum found found = read_markup(t, out);

        if (found != NOTHING)
            return found == FOUND;
    }
    if (!read_reference(t, out))
        end_token(t, out, HTML_TEXT, find_special(t, t->at + 1));
    return true;
}

static bool next_of_content(struct html_tokenizer *t, struct html_token *out)
{
    switch (t->content) {
    case HTML_DATA:
        return next_data(t, out);
    case HTML_RCDATA:
        return next_rcdata(t, out);
    case HTML_PLAINTEXT:
        return read_raw(t, out, t->len);
    default:
        return next_raw(t, out);
    }
}

static bool is_stopped(struct html_tokenizer *t)
{
    if (t->stop.ask && !t->stopped && ++t->unwatched == TOKENS_BETWEEN) {
        t->unwatched = 0;
        t->stopped = t->stop.ask(t->stop.user);
    }
    return t->stopped;
}

bool html_next(struct html_tokenizer *t, struct html_token *out)
{
    while (t->at < t->len && !is_stopped(t)) {
        *out = (struct html_token){.begin = t->at};
        if (t->in_cdata ? next_cdata(t, out) : next_of_content(t, out))
            return true;
    }
    return false;
}
