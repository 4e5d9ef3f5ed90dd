/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html.h"

#include <string.h>

#include "base/utf8.h"
#include "text/html_gap.h"
#include "text/html_token.h"

enum pending { NOTHING, BLANK, WALL };

struct reader {
    struct html_page *page;
    struct html_tokenizer tokens;
    bool skip_raw;   /* what is read in a special way is not shown */
    uint8_t pending; /* enum pending: what goes before the next character */
    size_t pending_begin, pending_end;
    bool failed;
};

void html_page_init(struct html_page *p, const struct mem *mem)
{
    *p = (struct html_page){.mem = *mem};
}

static void clear_stream(const struct mem *mem, struct html_stream *s)
{
    mem_release(mem, s->text, s->cap);
    mem_release(mem, s->runs, s->cap_runs * sizeof *s->runs);
    *s = (struct html_stream){0};
}

void html_page_clear(struct html_page *p)
{
    clear_stream(&p->mem, &p->shown);
    clear_stream(&p->mem, &p->images);
    mem_release(&p->mem, p->list, p->cap_list * sizeof *p->list);
    html_page_init(p, &p->mem);
}

size_t html_page_memory(const struct html_page *p)
{
    return p->shown.cap + p->images.cap + p->cap_list * sizeof *p->list +
           (p->shown.cap_runs + p->images.cap_runs) * sizeof *p->shown.runs;
}

static void append(struct reader *r, struct html_stream *s, const char *text, size_t n)
{
    if (!mem_grow(&r->page->mem, &s->text, &s->cap, s->len + n, 1)) {
        r->failed = true;
        return;
    }
    memcpy(s->text + s->len, text, n);
    s->len += n;
}

static void add_run(struct reader *r, struct html_stream *s, size_t source, size_t end)
{
    if (!mem_grow(&r->page->mem, &s->runs, &s->cap_runs, s->n_runs + 1, sizeof *s->runs)) {
        r->failed = true;
        return;
    }
    s->runs[s->n_runs++] = (struct html_run){(uint32_t)s->len, (uint32_t)source, (uint32_t)end};
}

/* Whether what stands at a place of the source follows upon the last run byte for byte. */
static bool goes_on(const struct html_stream *s, size_t source)
{
    const struct html_run *last;

    if (!s->n_runs)
        return false;
    last = &s->runs[s->n_runs - 1];
    return !last->end && last->source + (s->len - last->text) == source;
}

/* Bytes that stand in the source as they are; a blank may stand for another one. */
static void put_bytes(struct reader *r, struct html_stream *s, const char *text, size_t n,
                      size_t source)
{
    if (!goes_on(s, source))
        add_run(r, s, source, 0);
    if (!r->failed)
        append(r, s, text, n);
}

/* Text that stands for the source bytes [begin, end). */
static void put_piece(struct reader *r, struct html_stream *s, const char *text, size_t n,
                      size_t begin, size_t end)
{
    add_run(r, s, begin, end);
    if (!r->failed)
        append(r, s, text, n);
}

static void put_pending(struct reader *r)
{
    struct html_stream *s = &r->page->shown;

    if (r->pending == BLANK && r->pending_end == r->pending_begin + 1)
        put_bytes(r, s, " ", 1, r->pending_begin);
    else if (r->pending != NOTHING)
        put_piece(r, s, r->pending == BLANK ? " " : "\n", 1, r->pending_begin, r->pending_end);
    r->pending = NOTHING;
}

/* A blank or line end: only between characters, and of several the first; a line end wins. */
static void end_word(struct reader *r, uint8_t pending, size_t begin, size_t end)
{
    if (r->page->shown.len == 0 || r->pending >= pending)
        return;
    r->pending = pending;
    r->pending_begin = begin;
    r->pending_end = end;
}

static bool is_wall(char c, uint8_t state, bool raw)
{
    return (c == '\n' && state & IN_PRE) || (raw && (c == '<' || c == '&'));
}

static bool is_plain(char c, bool raw)
{
    return c && !html_is_blank(c) && !(raw && (c == '<' || c == '&'));
}

static size_t find_gap(const struct reader *r, size_t at, size_t end, bool raw)
{
    const char *text = r->tokens.text;

    while (at < end && is_plain(text[at], raw))
        at = raw ? at + 1 : html_skip_visible(text, at + 1, end, r->tokens.len);
    return at;
}

/* In text whose markup means nothing '<' and '&' end lines: elsewhere they would mean something. */
static void put_text(struct reader *r, size_t begin, size_t end, bool raw)
{
    const char *text = r->tokens.text;
    uint8_t state = html_open_state(&r->page->open);
    size_t at = begin, from;

    if (html_is_hidden(state))
        return;
    while (at < end && !r->failed) {
        from = at;
        at = find_gap(r, at, end, raw);
        if (at > from) {
            put_pending(r);
            put_bytes(r, &r->page->shown, text + from, at - from, from);
        }
        for (; at < end && !is_plain(text[at], raw); at++) {
            if (text[at])
                end_word(r, is_wall(text[at], state, raw) ? WALL : BLANK, at, at + 1);
        }
    }
}

static size_t encode(const struct html_reference *reference, char *out)
{
    size_t n = 0;

    for (uint32_t i = 0; i < reference->count; i++)
        n += utf8_encode(reference->codes[i], out + n);
    return n;
}

static void put_reference(struct reader *r, const struct html_token *t)
{
    uint32_t code = t->reference.codes[0];
    uint8_t state = html_open_state(&r->page->open);
    char text[2 * UTF8_LONGEST];
    size_t n = 1;

    if (html_is_hidden(state))
        return;
    if (code < 0x80 && html_is_blank((char)code)) {
        end_word(r, is_wall((char)code, state, false) ? WALL : BLANK, t->begin, t->end);
        return;
    }
    if (code == 0xa0)
        text[0] = ' ';
    else
        n = encode(&t->reference, text);
    put_pending(r);
    if (!r->failed)
        put_piece(r, &r->page->shown, text, n, t->begin, t->end);
}

/* Whether it stood in the place of characters where there is none outside of an attribute. */
static bool is_odd_reference(const char *text, size_t len)
{
    struct html_reference ignored;

    return html_reference(text, len, false, &ignored);
}

static void put_alt_byte(struct reader *r, struct html_stream *s, const char *c, size_t left)
{
    size_t source = (size_t)(c - r->tokens.text);
    bool wall = *c == '<' || (*c == '&' && is_odd_reference(c, left));

    put_bytes(r, s, wall ? "\n" : html_is_blank(*c) || !*c ? " " : c, 1, source);
}

static void put_alt(struct reader *r, const struct html_attribute *alt)
{
    struct html_stream *s = &r->page->images;

    for (size_t at = 0; at < alt->value_len && !r->failed;) {
        const char *c = alt->value + at;
        struct html_reference reference;
        size_t n = *c == '&' ? html_reference(c, alt->value_len - at, true, &reference) : 0;
        size_t source = (size_t)(c - r->tokens.text);
        char text[2 * UTF8_LONGEST];

        if (n)
            put_piece(r, s, text, encode(&reference, text), source, source + n);
        else
            put_alt_byte(r, s, c, alt->value_len - at);
        at += n ? n : 1;
    }
}

/* Keeps the text of an image, if there is one. */
static void put_image(struct reader *r, const struct html_attribute *alt)
{
    struct html_page *p = r->page;
    struct html_image image = {.text = (uint32_t)p->images.len, .run = (uint32_t)p->images.n_runs};

    if (!alt->value_len)
        return;
    if (!mem_grow(&p->mem, &p->list, &p->cap_list, p->n_list + 1, sizeof *p->list)) {
        r->failed = true;
        return;
    }
    put_alt(r, alt);
    image.text_end = (uint32_t)p->images.len;
    image.run_end = (uint32_t)p->images.n_runs;
    p->list[p->n_list++] = image;
}

struct tag {
    struct html_traits traits;
    struct html_attribute style, alt;
};

static void take_first(struct html_attribute *kept, const struct html_attribute *a)
{
    if (!kept->name)
        *kept = *a;
}

static void read_attribute(struct tag *tag, const struct html_attribute *a, bool font)
{
    if (html_is_named(a->name, a->name_len, "style"))
        take_first(&tag->style, a);
    else if (html_is_named(a->name, a->name_len, "alt"))
        take_first(&tag->alt, a);
    else if (html_is_named(a->name, a->name_len, "hidden"))
        tag->traits.hidden = true;
    else if (html_is_named(a->name, a->name_len, "open"))
        tag->traits.open = true;
    else if (font && html_is_named(a->name, a->name_len, "size"))
        tag->traits.font = tag->traits.sized = true;
    else if (font && (html_is_named(a->name, a->name_len, "color") ||
                      html_is_named(a->name, a->name_len, "face")))
        tag->traits.font = true;
}

static void read_attributes(const struct reader *r, const struct html_token *t, struct tag *tag)
{
    struct html_attributes list = {r->tokens.text, t->end, t->inner, false};
    bool font = html_is_named(t->name, t->name_len, "font");
    struct html_attribute a;

    *tag = (struct tag){.traits = {.self_closing = t->self_closing}};
    while (html_next_attribute(&list, &a))
        read_attribute(tag, &a, font);
    if (tag->style.value)
        tag->traits.style = html_style(tag->style.value, tag->style.value_len);
}

static bool is_image(const struct html_element *element)
{
    return element && element->flags & EL_IMAGE;
}

/* An image has no size of letters. */
static bool is_seen(const struct reader *r, const struct html_traits *t)
{
    uint8_t state = html_open_state(&r->page->open) & (uint8_t)~t->style.shows;
    bool boxless = t->style.box == BOX_UNSAID || t->style.box == BOX_NONE;

    return !((state | t->style.hides) & (HIDE_DISPLAY | HIDE_VISIBILITY)) &&
           !(t->hidden && boxless);
}

static void take_wall(struct reader *r, const struct html_token *t)
{
    if (r->page->open.wall)
        end_word(r, WALL, t->begin, t->end);
    r->page->open.wall = false;
}

static void start(struct reader *r, const struct html_token *t)
{
    const struct html_element *element = html_element(t->name, t->name_len);
    struct tag tag;
    bool special;

    read_attributes(r, t, &tag);
    special = html_open_start(&r->page->open, element, t->name, t->name_len, &tag.traits);
    take_wall(r, t);
    if (is_image(element) && is_seen(r, &tag.traits))
        put_image(r, &tag.alt);
    if (special && element && element->content != HTML_DATA) {
        r->tokens.content = element->content;
        r->skip_raw = html_is_unseen(element, &tag.traits);
    }
}

/* Mostly the element that was opened last. */
static const struct html_element *ended_by(const struct reader *r, const struct html_token *t)
{
    const struct html_entry *top = html_top(&r->page->open);

    if (top && top->element && html_is_named(t->name, t->name_len, top->element->name))
        return top->element;
    return html_element(t->name, t->name_len);
}

static void end(struct reader *r, const struct html_token *t)
{
    html_open_end(&r->page->open, ended_by(r, t), t->name, t->name_len);
    take_wall(r, t);
    r->skip_raw = false;
}

static void put_cdata(struct reader *r, const struct html_token *t)
{
    end_word(r, WALL, t->begin - (sizeof "<![CDATA[" - 1), t->begin);
    put_text(r, t->begin, t->end, true);
    if (r->tokens.at > t->end)
        end_word(r, WALL, t->end, r->tokens.at);
}

static void take_token(struct reader *r, const struct html_token *t)
{
    switch (t->kind) {
    case HTML_TEXT:
        if (!r->skip_raw)
            put_text(r, t->begin, t->end, t->raw);
        break;
    case HTML_REFERENCE:
        if (!r->skip_raw)
            put_reference(r, t);
        break;
    case HTML_CDATA:
        put_cdata(r, t);
        break;
    case HTML_START:
        start(r, t);
        break;
    case HTML_END:
        end(r, t);
        break;
    default:
        break;
    }
}

bool html_read(struct html_page *p, const char *text, size_t len)
{
    struct reader r = {.page = p};
    struct html_token t;

    p->shown.len = p->shown.n_runs = p->images.len = p->images.n_runs = p->n_list = 0;
    html_open_reset(&p->open);
    html_tokenizer_init(&r.tokens, text, len, p->stop);
    for (;;) {
        r.tokens.foreign = html_open_foreign(&p->open);
        if (r.failed || !html_next(&r.tokens, &t))
            break;
        take_token(&r, &t);
    }
    p->stopped = r.tokens.stopped;
    return !r.failed;
}
