/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "model/format.h"

/* Values come byte by byte: a character counts where it begins. */
void put_bytes(struct layout *l, const char *data, size_t len)
{
    if (l->failed || !mem_grow(l->mem, &l->data, &l->cap, l->len + len + 1, 1)) {
        l->failed = true;
        return;
    }
    if (len > 0)
        memcpy(l->data + l->len, data, len);
    l->len += len;
    for (size_t i = 0; i < len; i++)
        l->column = data[i] == '\n' ? 0 : l->column + !utf8_tail((unsigned char)data[i]);
}

void put_text(struct layout *l, const char *text)
{
    put_bytes(l, text, strlen(text));
}

void put_blanks(struct layout *l, size_t n)
{
    while (n-- > 0)
        put_text(l, " ");
}

void put_source(struct layout *l, size_t at, size_t end)
{
    while (at < end && !l->failed) {
        const char *from = l->source + at;
        const char *stop = memchr(from, '\r', end - at);
        size_t n = stop ? (size_t)(stop - from) : end - at;

        put_bytes(l, from, n);
        at += n;
        if (!stop)
            break;
        put_text(l, "\n");
        at += at + 1 < end && l->source[at + 1] == '\n' ? 2 : 1;
    }
}

struct mark layout_mark(const struct layout *l)
{
    return (struct mark){l->len, l->column};
}

void layout_return(struct layout *l, struct mark mark)
{
    l->len = mark.len;
    l->column = mark.column;
}

bool layout_fits(const struct layout *l, struct mark mark)
{
    if (l->failed || l->column > FORMAT_WIDTH)
        return l->failed;
    return !memchr(l->data + mark.len, '\n', l->len - mark.len);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* An attribute as written. The tree would not do: it lacks those of namespaces. */
struct written {
    struct raw_attribute raw;
    const struct attribute_rule *rule; /* NULL: the grammar does not know it */
    uint32_t rank;
};

/* Names of namespaces come first, then attributes in the order of the grammar, then others. */
static void rank(const struct layout *l, const struct element *e, struct written *w)
{
    const char *name = l->source + w->raw.name_at;
    size_t len = w->raw.name_length;
    uint32_t place = 1;

    w->rule = NULL;
    w->rank = len >= 5 && memcmp(name, "xmlns", 5) == 0 ? 0 : UINT32_MAX;
    for (const struct attribute_rule *r = grammar_element(e->kind)->attributes; r->kind;
         r++, place++) {
        if (strlen(r->name) == len && memcmp(r->name, name, len) == 0) {
            w->rule = r;
            w->rank = place;
        }
    }
}

/* Stable: attributes of the same rank stay as they are. */
static uint32_t sort(const struct layout *l, const struct element *e, const struct tag *tag,
                     struct written out[FORMAT_ATTRIBUTES])
{
    struct scan scan = {.text = l->source, .len = tag->end};
    struct written w;
    uint32_t n = 0;
    size_t at = 0;

    for (; n < FORMAT_ATTRIBUTES && scan_attribute(&scan, tag, &at, &w.raw); n++) {
        uint32_t i = n;

        rank(l, e, &w);
        for (; i > 0 && out[i - 1].rank > w.rank; i--)
            out[i] = out[i - 1];
        out[i] = w;
    }
    return n;
}

/* As written, between double quotes. Line ends and tabs are read as blanks, so they become some;
 * in a list several blanks are one. */
static void put_value(struct layout *l, const struct written *w)
{
    const char *raw = l->source + w->raw.value_at;
    bool list = w->rule && (w->rule->value == VALUE_LIST || w->rule->value == VALUE_CHOICES);
    size_t end = w->raw.value_length, i = 0;

    while (list && end > 0 && is_blank(raw[end - 1]))
        end--;
    while (list && i < end && is_blank(raw[i]))
        i++;
    for (; i < end; i++) {
        bool doubled =
            i + 1 < end && is_blank(raw[i + 1]) && (list || (raw[i] == '\r' && raw[i + 1] == '\n'));

        if (is_blank(raw[i]) && doubled)
            continue;
        if (raw[i] == '"')
            put_text(l, "&quot;");
        else
            put_bytes(l, is_blank(raw[i]) ? " " : &raw[i], 1);
    }
}

static void put_attribute(struct layout *l, const struct written *w)
{
    put_bytes(l, l->source + w->raw.name_at, w->raw.name_length);
    put_text(l, "=\"");
    put_value(l, w);
    put_text(l, "\"");
}

static void put_attributes(struct layout *l, const struct written *sorted, uint32_t n,
                           const char *close, bool wrap)
{
    size_t begin = l->column + 1;

    for (uint32_t i = 0; i < n && !l->failed; i++) {
        struct mark mark = layout_mark(l);

        put_text(l, " ");
        put_attribute(l, &sorted[i]);
        if (wrap && i > 0 && l->column + (i + 1 == n ? strlen(close) : 0) > FORMAT_WIDTH) {
            layout_return(l, mark);
            put_text(l, "\n");
            put_blanks(l, begin);
            put_attribute(l, &sorted[i]);
        }
    }
    put_text(l, close);
}

void put_tag(struct layout *l, const struct element *e, const struct tag *tag, bool empty)
{
    struct written sorted[FORMAT_ATTRIBUTES];
    uint32_t n = sort(l, e, tag, sorted);
    const char *close = empty ? "/>" : ">";
    struct mark mark;

    put_text(l, "<");
    put_text(l, e->name);
    mark = layout_mark(l);
    put_attributes(l, sorted, n, close, false);
    if (layout_fits(l, mark))
        return;
    layout_return(l, mark);
    put_attributes(l, sorted, n, close, true);
}

void put_end_tag(struct layout *l, const struct element *e)
{
    put_text(l, "</");
    put_text(l, e->name);
    put_text(l, ">");
}
