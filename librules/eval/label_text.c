/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/label_text.h"

#include "base/utf8.h"
#include "text/fold.h"
#include "text/reader.h"

enum {
    LONGEST_REMARK = 16, /* characters of a remark in brackets behind a name */
    LONGEST_NAME = 8     /* characters of a name that nobody listed */
};

enum mark { NO_MARK, BLANK, LINE_END, COLON, OPENING, CLOSING, COMMA, STOP };

static enum mark mark_of(uint32_t code)
{
    switch (code) {
    case '\n':
    case '\r':
    case 0x0b:
    case 0x0c:
    case 0x85:
    case 0x2028:
    case 0x2029:
        return LINE_END;
    case ' ':
    case '\t':
    case 0xa0:
    case 0x202f:
    case 0x205f:
    case 0x3000:
        return BLANK;
    case ':':
    case 0x2236: /* ratio */
    case 0xfe30:
    case 0xfe55:
    case 0xff1a:
        return COLON;
    case '(':
    case '[':
    case 0xff08:
    case 0xff3b:
    case 0x3010: /* 【 */
    case 0x3014: /* 〔 */
        return OPENING;
    case ')':
    case ']':
    case 0xff09:
    case 0xff3d:
    case 0x3011:
    case 0x3015:
        return CLOSING;
    case ',':
    case '|':
    case 0x3001: /* 、 */
    case 0xff0c:
    case 0xff5c:
        return COMMA;
    case ';':
    case 0x3002: /* 。 */
    case 0xff1b:
        return STOP;
    default:
        return code >= 0x2000 && code <= 0x200a ? BLANK : NO_MARK;
    }
}

/* The bytes of the character at a place before end; its code. */
static size_t char_at(const char *text, size_t end, size_t at, uint32_t *code)
{
    size_t n = utf8_decode((const unsigned char *)text + at, end - at, code);

    if (n)
        return n;
    *code = 0xfffd;
    return 1;
}

/* At the end of the text it is as at that of a line. */
static enum mark mark_at(const struct label_walk *w, size_t at, size_t *next)
{
    uint32_t code;

    *next = at;
    if (at >= w->len)
        return LINE_END;
    *next = at + char_at(w->text, w->len, at, &code);
    return mark_of(code);
}

static size_t skip(const struct label_walk *w, size_t at, enum mark mark)
{
    size_t next;

    while (at < w->len && mark_at(w, at, &next) == mark)
        at = next;
    return at;
}

/* Whether no letter stands before a place. */
static bool is_free(const struct label_walk *w, size_t at)
{
    size_t begin = at;
    uint32_t code, class;

    if (at == 0)
        return true;
    do
        begin--;
    while (begin > 0 && at - begin < 4 && ((unsigned char)w->text[begin] & 0xc0) == 0x80);
    char_at(w->text, at, begin, &code);
    class = fold_class(fold_entry(code));
    return class == CHAR_SEPARATOR || class == CHAR_WALL;
}

/* Behind the colon that a remark in brackets may stand before, or 0. */
static size_t behind_colon(const struct label_walk *w, size_t at)
{
    size_t next;
    enum mark mark;

    at = skip(w, at, BLANK);
    mark = mark_at(w, at, &next);
    if (mark == COLON)
        return next;
    if (mark != OPENING)
        return 0;
    for (int i = 0; i < LONGEST_REMARK && mark != CLOSING && mark != LINE_END; i++)
        mark = mark_at(w, next, &next);
    if (mark != CLOSING)
        return 0;
    at = skip(w, next, BLANK);
    return mark_at(w, at, &next) == COLON ? next : 0;
}

/* Where the value of a name begins; 0 when the words are none. */
static size_t value_of(const struct label_walk *w, const struct hit *name)
{
    size_t at = behind_colon(w, name->end), next;

    if (at || !is_free(w, name->begin))
        return at;
    switch (mark_at(w, name->end, &next)) {
    case CLOSING:
        at = behind_colon(w, next);
        return at ? at : next;
    case BLANK:
    case OPENING:
    case LINE_END:
        return name->end;
    default:
        return 0;
    }
}

/* Goes to the next name from a hit on; names begin behind `from`. */
static void find_name(struct label_walk *w, size_t from)
{
    for (; w->at < w->n_hits; w->at++) {
        const struct hit *h = &w->hits[w->at];

        w->value = h->begin >= from ? value_of(w, h) : 0;
        if (w->value)
            return;
    }
}

void label_walk_begin(struct label_walk *w, const char *text, size_t len, const struct hit *hits,
                      size_t n_hits)
{
    *w = (struct label_walk){.text = text, .len = len, .hits = hits, .n_hits = n_hits};
    find_name(w, 0);
}

/* Letters that may make up a name; no digits, so that 12:00 is none. */
static bool is_letter(uint32_t code)
{
    return fold_class(fold_entry(code)) == CHAR_OTHER;
}

/*
 * Where the value ends that begins at a place: at a mark, or before a word that a colon follows,
 * which is a name that nobody listed; named: the value itself may begin with one.
 */
static size_t value_end(const struct label_walk *w, size_t at, size_t limit, bool named)
{
    size_t word = at, letters = 0, n;

    for (uint32_t code; at < limit; at += n) {
        n = char_at(w->text, limit, at, &code);
        switch (mark_of(code)) {
        case LINE_END:
        case STOP:
            return at;
        case COLON:
            if (named && letters > 1 && letters <= LONGEST_NAME)
                return word;
            letters = SIZE_MAX;
            break;
        case NO_MARK:
            letters = letters < LONGEST_NAME + 1 && is_letter(code) ? letters + 1 : SIZE_MAX;
            break;
        default:
            word = at + n;
            letters = 0;
            named = named || mark_of(code) != OPENING;
        }
    }
    return limit;
}

static bool is_edge(uint32_t code, bool front)
{
    switch (mark_of(code)) {
    case BLANK:
    case LINE_END:
    case COMMA:
    case COLON:
        return true;
    case OPENING:
        return !front;
    case CLOSING:
        return front;
    default:
        return code == '*' || code == 0xb7 || (code == '/' && !front);
    }
}

void label_trim(const char *text, size_t *begin, size_t *end)
{
    size_t last = *begin, n;
    uint32_t code;

    while (*begin < *end) {
        n = char_at(text, *end, *begin, &code);
        if (!is_edge(code, true))
            break;
        *begin += n;
    }
    for (size_t at = *begin; at < *end; at += n) {
        n = char_at(text, *end, at, &code);
        if (!is_edge(code, false))
            last = at + n;
    }
    *end = last > *begin ? last : *begin;
}

size_t label_before_remark(const char *text, size_t begin, size_t end)
{
    size_t found = end, n;
    uint32_t code;

    for (size_t at = begin; at < end; at += n) {
        enum mark mark;

        n = char_at(text, end, at, &code);
        mark = mark_of(code);
        if (found == end && at > begin && (mark == OPENING || mark == COMMA))
            found = at;
        if (found < end && code >= '0' && code <= '9')
            return end;
    }
    return found;
}

/* What stands alone in its line has its value in the next one: so cells of tables are shown. */
static bool find_value(const struct label_walk *w, size_t limit, struct label_part *out)
{
    size_t end;

    out->end = end = value_end(w, out->begin, limit, false);
    label_trim(w->text, &out->begin, &out->end);
    if (out->begin < out->end)
        return true;
    out->begin = skip(w, end, LINE_END);
    if (out->begin == end || out->begin >= limit)
        return false;
    out->end = value_end(w, out->begin, limit, true);
    /* Letters before another name may be a part of that. */
    if (out->end == limit && limit < w->len && !is_free(w, limit))
        return false;
    label_trim(w->text, &out->begin, &out->end);
    return out->begin < out->end;
}

bool label_walk_next(struct label_walk *w, struct label_part *out)
{
    while (w->at < w->n_hits) {
        const struct hit *name = &w->hits[w->at++];

        *out = (struct label_part){.term = name->term, .begin = w->value};
        find_name(w, w->value > name->end ? w->value : name->end);
        if (find_value(w, w->at < w->n_hits ? w->hits[w->at].begin : w->len, out))
            return true;
    }
    return false;
}
