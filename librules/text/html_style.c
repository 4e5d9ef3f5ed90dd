/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_style.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "text/html_token.h"

enum { LONGEST = 2048 };

struct view {
    const char *at;
    size_t len;
};

/* What the declarations so far say; an important one is not overruled by a later one that is not.
 */
struct cascade {
    struct html_style style;
    bool important_display, important_visibility, important_size;
};

static const struct html_style shown = {.shows = HIDE_VISIBILITY | HIDE_SIZE, .box = BOX_OTHER};

static struct view trim(const char *begin, const char *end)
{
    while (begin < end && html_is_blank(*begin))
        begin++;
    while (end > begin && html_is_blank(end[-1]))
        end--;
    return (struct view){begin, (size_t)(end - begin)};
}

static inline bool is(struct view v, const char *word)
{
    return html_is_named(v.at, v.len, word);
}

static bool is_one_of(struct view v, const char *const *words)
{
    while (*words && !is(v, *words))
        words++;
    return *words;
}

/* Takes "!important" off the end. */
static bool take_important(struct view *v)
{
    const char *mark = v->len ? memchr(v->at, '!', v->len) : NULL;

    if (!mark || !is(trim(mark + 1, v->at + v->len), "important"))
        return false;
    *v = trim(v->at, mark);
    return true;
}

static uint8_t box_of(struct view v)
{
    static const char *const in_line[] = {
        "inline", "inline-block", "inline-flex", "inline-grid", "inline-table", "contents", NULL};
    static const char *const block[] = {"block",     "flex",      "grid", "table",
                                        "list-item", "flow-root", NULL};

    if (is(v, "none"))
        return BOX_NONE;
    if (is_one_of(v, in_line))
        return BOX_INLINE;
    return is_one_of(v, block) ? BOX_BLOCK : BOX_OTHER;
}

/* Zero, of any unit. */
static bool is_nothing(struct view v)
{
    static const char *const units[] = {"",   "px", "em", "rem", "%",  "pt", "ex", "ch",
                                        "vw", "vh", "cm", "mm",  "in", "pc", NULL};
    size_t at = v.len && (*v.at == '+' || *v.at == '-') ? 1 : 0, digits = at;

    while (at < v.len && *(v.at + at) == '0')
        at++;
    if (at < v.len && v.at[at] == '.' && at + 1 < v.len && v.at[at + 1] == '0') {
        for (at++; at < v.len && v.at[at] == '0'; at++)
            ;
    }
    return at > digits && is_one_of((struct view){v.at + at, v.len - at}, units);
}

/* A size in terms of the one outside. */
static bool is_relative(struct view v)
{
    static const char *const words[] = {"inherit", "larger", "smaller", "unset", NULL};
    bool ems = v.len > 2 && is((struct view){v.at + v.len - 2, 2}, "em") &&
               (v.at[v.len - 3] | 0x20) != 'r';

    return is_one_of(v, words) || (v.len > 1 && v.at[v.len - 1] == '%') || ems;
}

static void set(struct cascade *c, uint8_t hide, bool hides, bool shows)
{
    c->style.hides = (uint8_t)((c->style.hides & ~hide) | (hides ? hide : 0));
    c->style.shows = (uint8_t)((c->style.shows & ~hide) | (shows ? hide : 0));
}

static void set_display(struct cascade *c, struct view v)
{
    c->style.box = box_of(v);
    set(c, HIDE_DISPLAY, c->style.box == BOX_NONE, false);
}

static void set_visibility(struct cascade *c, struct view v)
{
    bool hides = is(v, "hidden") || is(v, "collapse");

    set(c, HIDE_VISIBILITY, hides, !hides && !is(v, "inherit") && !is(v, "unset"));
}

static void set_size(struct cascade *c, struct view v)
{
    bool hides = is_nothing(v);

    set(c, HIDE_SIZE, hides, !hides && !is_relative(v));
}

/* Whether a declaration counts that comes after others of its property. */
static bool wins(bool *important_before, bool important)
{
    if (*important_before && !important)
        return false;
    *important_before = important;
    return true;
}

static bool concerns_us(struct view name)
{
    return is(name, "display") || is(name, "visibility") || is(name, "font-size") ||
           is(name, "font") || is(name, "all");
}

static void declare(struct cascade *c, struct view name, struct view value)
{
    bool important, all;

    if (!concerns_us(name))
        return;
    important = take_important(&value);
    all = is(name, "all");
    if (!value.len)
        return;
    if ((all || is(name, "display")) && wins(&c->important_display, important))
        set_display(c, value);
    if ((all || is(name, "visibility")) && wins(&c->important_visibility, important))
        set_visibility(c, value);
    if ((all || is(name, "font-size")) && wins(&c->important_size, important))
        set_size(c, value);
    if (is(name, "font") && wins(&c->important_size, important))
        set(c, HIDE_SIZE, false, true);
}

/* The value without references, or 0 when it is too long. */
static size_t decode(const char *value, size_t len, char *out)
{
    size_t n = 0;

    for (size_t at = 0; at < len;) {
        struct html_reference r = {.count = 0};
        size_t used = value[at] == '&' ? html_reference(value + at, len - at, true, &r) : 0;

        if (n + 2 * UTF8_LONGEST > LONGEST)
            return 0;
        for (uint32_t i = 0; i < r.count; i++)
            n += utf8_encode(r.codes[i], out + n);
        if (!used)
            out[n++] = value[at];
        at += used ? used : 1;
    }
    return n;
}

enum { ENDS = 1, ODD = 2 };

/* What may end a declaration, or be within one in a special way; what makes a style odd. */
static const uint8_t classes[256] = {
    ['\0'] = ODD,  ['\\'] = ODD, ['{'] = ODD,  ['}'] = ODD,  ['['] = ODD,
    [']'] = ODD,   ['@'] = ODD,  ['/'] = ODD,  [';'] = ENDS, ['"'] = ENDS,
    ['\''] = ENDS, ['('] = ENDS, [')'] = ENDS,
};

static bool is_of(char c, uint8_t class)
{
    return classes[(unsigned char)c] & class;
}

/* The quote that ends the string at p, or NULL: a line end would end it too, but as a mistake. */
static const char *find_quote(const char *p, const char *end)
{
    char quote = *p;

    while (++p < end && *p != quote) {
        if (*p == '\n' || *p == '\r' || *p == '\f')
            return NULL;
    }
    return p < end ? p : NULL;
}

/* Where the declaration at p ends, or NULL when it cannot be told for sure. */
static const char *find_end(const char *p, const char *end)
{
    size_t open = 0;

    for (; p < end; p++) {
        if (!is_of(*p, ENDS))
            continue;
        if (*p == ';' && !open)
            break;
        if (*p == '(')
            open++;
        else if (*p == ')' && !open--)
            return NULL;
        if (*p == '"' || *p == '\'')
            p = find_quote(p, end);
        if (!p)
            return NULL;
    }
    return open ? NULL : p;
}

/* A solidus is odd only where it begins a comment. */
static bool has_odd_part(const char *p, const char *end)
{
    for (; p < end; p++) {
        if (is_of(*p, ODD) && (*p != '/' || (p + 1 < end && p[1] == '*')))
            return true;
    }
    return false;
}

static struct html_style read_style(const char *p, const char *end)
{
    struct cascade c = {.style = {0}};
    const char *stop, *colon;

    if (has_odd_part(p, end))
        return shown;
    for (; p < end; p = stop + 1) {
        stop = find_end(p, end);
        if (!stop)
            return shown;
        colon = memchr(p, ':', (size_t)(stop - p));
        if (colon)
            declare(&c, trim(p, colon), trim(colon + 1, stop));
        if (stop == end)
            break;
    }
    return c.style;
}

static struct html_style read_decoded(const char *value, size_t len)
{
    char text[LONGEST];
    size_t n = decode(value, len, text);

    return n ? read_style(text, text + n) : shown;
}

struct html_style html_style(const char *value, size_t len)
{
    if (len > LONGEST - 2 * UTF8_LONGEST || (len && memchr(value, '&', len)))
        return read_decoded(value, len);
    return read_style(value, value + len);
}
