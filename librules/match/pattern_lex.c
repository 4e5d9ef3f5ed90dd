/* SPDX-License-Identifier: Apache-2.0 */
#include "match/pattern_lex.h"

#include <string.h>

#include "base/utf8.h"

enum { LAST_CODE = 0x10ffff };

void *fail(struct parser *p, enum message_code message, size_t at, size_t length, const char *arg,
           enum hint hint)
{
    struct pattern_fault *f = p->fault;

    if (p->failed)
        return NULL;
    p->failed = true;
    *f = (struct pattern_fault){.message = message, .hint = hint, .at = at, .length = length};
    if (arg)
        memcpy(f->arg, arg, strlen(arg) + 1);
    return NULL;
}

/* The same, and the argument is the stretch itself. */
void *fail_here(struct parser *p, enum message_code message, size_t at, size_t end, enum hint hint)
{
    char word[FAULT_BYTES];
    size_t most = end - at < FAULT_BYTES - 1 ? end - at : FAULT_BYTES - 1;

    most = utf8_cut(p->text + at, p->len - at, most);
    memcpy(word, p->text + at, most);
    word[most] = '\0';
    return fail(p, message, at, end - at, word, hint);
}

void *fail_number(struct parser *p, enum message_code message, size_t at, size_t end,
                  uint64_t limit)
{
    char number[NUMBER_BYTES];

    return fail(p, message, at, end - at, message_number(limit, number), HINT_NONE);
}

void *short_of_memory(struct parser *p)
{
    return fail(p, MSG_NONE, 0, 0, NULL, HINT_NONE);
}

bool looking_at(const struct parser *p, const char *s)
{
    size_t n = strlen(s);

    return p->len - p->at >= n && memcmp(p->text + p->at, s, n) == 0;
}

bool take(struct parser *p, const char *s)
{
    if (!looking_at(p, s))
        return false;
    p->at += strlen(s);
    return true;
}

size_t char_end(const struct parser *p, size_t at)
{
    uint32_t code, n = utf8_decode((const unsigned char *)p->text + at, p->len - at, &code);

    return at + (n ? n : 1);
}

struct node *new_node(struct parser *p, enum node_kind kind)
{
    struct node *n = arena_zero(p->tree->arena, sizeof *n);

    if (!n)
        return short_of_memory(p);
    n->kind = kind;
    return n;
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Behind \x: two digits, or any number in braces. */
static bool read_hex(struct parser *p, size_t begin, uint32_t *code)
{
    const bool braces = take(p, "{");
    uint32_t digits = 0;

    for (*code = 0; hex_value(peek(p)) >= 0 && (braces || digits < 2); p->at++, digits++) {
        if (*code <= LAST_CODE)
            *code = *code * 16 + (uint32_t)hex_value(peek(p));
    }
    if (digits < (braces ? 1 : 2) || (braces && !take(p, "}")) || !*code || *code > LAST_CODE ||
        (*code & 0x1ff800) == 0xd800) {
        fail_here(p, MSG_PATTERN_ESCAPE, begin, p->at, HINT_NONE);
        return false;
    }
    return true;
}

/* Behind \p or \P. */
static bool read_property(struct parser *p, size_t begin, struct escape *e)
{
    size_t name = p->at + 1, end = name;

    if (peek(p) != '{') {
        fail_here(p, MSG_PATTERN_ESCAPE, begin, p->at, HINT_PATTERN_PROPERTY);
        return false;
    }
    while (end < p->len && is_letter(p->text[end]))
        end++;
    e->property = property_find(p->text + name, end - name);
    if (end == p->len || p->text[end] != '}' || e->property == PROPERTY_NONE) {
        fail_here(p, MSG_PATTERN_ESCAPE, begin, end < p->len ? char_end(p, end) : end,
                  HINT_PATTERN_PROPERTY);
        return false;
    }
    p->at = end + 1;
    e->letter = 'p';
    return true;
}

static bool read_control(char c, uint32_t *code)
{
    static const char letters[] = "tnrf", codes[] = "\t\n\r\f";
    const char *found = c ? strchr(letters, c) : NULL;

    if (found)
        *code = (uint32_t)codes[found - letters];
    return found != NULL;
}

/* What stands in the language of others and is left out of this one. */
static bool is_foreign_escape(char c)
{
    return is_digit(c) || (c && strchr("kgRXKGQEAZzCNhHvVo", c));
}

bool read_escape(struct parser *p, struct escape *e)
{
    const size_t begin = p->at++;
    const char c = peek(p);

    *e = (struct escape){.literal = false};
    if (p->at == p->len) {
        fail_here(p, MSG_PATTERN_ESCAPE, begin, p->at, HINT_NONE);
        return false;
    }
    if (c == 'x') {
        p->at++;
        e->literal = true;
        return read_hex(p, begin, &e->code);
    }
    if (c == 'p' || c == 'P') {
        p->at++;
        e->inverse = c == 'P';
        return read_property(p, begin, e);
    }
    if (c && strchr("dwsbDWSB", c)) {
        p->at++;
        e->inverse = c < 'a';
        e->letter = (char)(c | 0x20);
        return true;
    }
    if (read_control(c, &e->code) || (c > ' ' && c < 0x7f && !is_letter(c) && !is_digit(c))) {
        e->literal = true;
        e->code = e->code ? e->code : (uint32_t)c;
        p->at++;
        return true;
    }
    fail_here(p, is_foreign_escape(c) ? MSG_PATTERN_NOT_SUPPORTED : MSG_PATTERN_ESCAPE, begin,
              char_end(p, p->at),
              is_digit(c) || c == 'k' || c == 'g' ? HINT_PATTERN_BACK : HINT_NONE);
    return false;
}

uint32_t read_plain(struct parser *p)
{
    uint32_t code = 0,
             n = utf8_decode((const unsigned char *)p->text + p->at, p->len - p->at, &code);

    if (!n)
        fail(p, MSG_PATTERN_ESCAPE, p->at, 1, "", HINT_NONE);
    p->at += n;
    return code;
}
