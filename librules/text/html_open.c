/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_open.h"

#include <string.h>

#include "text/html_token.h"

enum { HIDES = HIDE_DISPLAY | HIDE_VISIBILITY | HIDE_SIZE };

#define NONE UINT32_MAX

void html_open_reset(struct html_open *o)
{
    memset(o->by_hash, 0, sizeof o->by_hash);
    o->count = 0;
    o->full = o->wall = false;
}

static uint32_t hash_name(const char *name, size_t len)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)name[i];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c | 0x20u : c)) * 16777619u;
    }
    return h ^ h >> 15;
}

static uint32_t flags_of(const struct html_entry *e)
{
    return e->element ? e->element->flags : 0;
}

static uint32_t group_of(const struct html_entry *e)
{
    return e->element ? e->element->group : GROUP_NONE;
}

static const struct html_entry *top(const struct html_open *o)
{
    return o->count ? &o->entries[o->count - 1] : NULL;
}

/* The nearest element of a group that stands in none with one of the flags, or NONE. */
static uint32_t find_group(const struct html_open *o, uint32_t group, uint32_t bounds)
{
    for (uint32_t i = o->count; i-- > 0;) {
        if (group_of(&o->entries[i]) == group)
            return i;
        if (flags_of(&o->entries[i]) & bounds || group_of(&o->entries[i]) == GROUP_TEMPLATE ||
            (group == GROUP_P && group_of(&o->entries[i]) == GROUP_BUTTON))
            break;
    }
    return NONE;
}

static uint8_t state_outside(const struct html_open *o, uint32_t entry)
{
    return entry ? o->entries[entry - 1].state : 0;
}

uint8_t html_open_state(const struct html_open *o)
{
    const struct html_entry *e = top(o);
    uint8_t state;

    if (!e)
        return 0;
    state = flags_of(e) & EL_TABLE ? state_outside(o, find_group(o, GROUP_TABLE, 0)) : e->state;
    return o->full ? (uint8_t)(state & ~HIDES) : state;
}

bool html_open_foreign(const struct html_open *o)
{
    return top(o) && top(o)->state & IN_FOREIGN;
}

/* Line ends of an element that has a box. */
static void end_line(struct html_open *o, const struct html_entry *e)
{
    if (e->wall && !(e->state & HIDE_DISPLAY))
        o->wall = true;
}

static bool hides_text(const struct html_open *o)
{
    return html_is_hidden(html_open_state(o));
}

static void forget(struct html_open *o, const struct html_entry *e)
{
    o->by_hash[e->hash & 0xff]--;
    end_line(o, e);
}

/*
 * What hides text in the middle of a line must hide it in every part of the page that contains it,
 * so that a span reads alike wherever it stands: all but the closing of the very element that began
 * to hide ends the line.
 */
static void watch(struct html_open *o, bool hidden_before, bool clean)
{
    bool hidden = hides_text(o);

    if (hidden_before ? !clean : hidden)
        o->wall = true;
    if (hidden)
        o->hidden_from = NONE;
}

/* Closes an element and all in it. */
static void close_to(struct html_open *o, uint32_t entry)
{
    bool hidden = hides_text(o), clean = entry == o->hidden_from;
    bool inside = hidden && o->hidden_from != NONE && entry > o->hidden_from;

    while (o->count > entry)
        forget(o, &o->entries[--o->count]);
    if (!inside || !hides_text(o))
        watch(o, hidden, clean);
}

/* Takes an entry away and works out again what those behind it are in. */
static void take_out(struct html_open *o, uint32_t entry)
{
    forget(o, &o->entries[entry]);
    o->count--;
    for (uint32_t i = entry; i < o->count; i++) {
        struct html_entry *e = &o->entries[i];

        *e = o->entries[i + 1];
        e->state = (uint8_t)((state_outside(o, i) & ~e->clears) | e->sets);
    }
}

/*
 * Closes an inline element. Blocks in it stay open, and so do elements of its kind around those;
 * what else is in it is closed.
 */
static void close_format(struct html_open *o, uint32_t entry)
{
    bool hidden = hides_text(o), clean = entry == o->hidden_from;
    uint32_t last = o->count - 1;

    while (last > entry && !(flags_of(&o->entries[last]) & EL_SPECIAL))
        last--;
    if (last == entry) {
        close_to(o, entry);
        return;
    }
    close_to(o, last + 1);
    for (uint32_t i = last; i-- > entry;) {
        if (i == entry || !(flags_of(&o->entries[i]) & (EL_SPECIAL | EL_FORMAT)))
            take_out(o, i);
    }
    watch(o, hidden, clean);
}

static void close_group(struct html_open *o, uint32_t group, uint32_t bounds)
{
    uint32_t i = find_group(o, group, bounds);

    if (i != NONE)
        close_to(o, i);
}

/* Ends lists and terms as far as paragraphs and divisions allow: <li><p>... <li>. */
static void close_item(struct html_open *o, uint32_t group)
{
    for (uint32_t i = o->count; i-- > 0;) {
        const struct html_entry *e = &o->entries[i];

        if (group_of(e) == group) {
            close_to(o, i);
            return;
        }
        if (flags_of(e) & EL_SPECIAL && group_of(e) != GROUP_P &&
            strcmp(e->element->name, "div") != 0 && strcmp(e->element->name, "address") != 0)
            return;
    }
}

static void close_top(struct html_open *o, uint32_t group)
{
    if (top(o) && group_of(top(o)) == group)
        close_to(o, o->count - 1);
}

/* Closes what stands in the table down to an element that may contain the new part. */
static void clear_to(struct html_open *o, uint32_t table, uint32_t group)
{
    uint32_t keep = table + 1;

    for (uint32_t i = o->count; i-- > keep;) {
        if (group != GROUP_NONE && group_of(&o->entries[i]) == group)
            keep = i + 1;
    }
    if (o->count > keep) {
        close_to(o, keep);
        o->wall = true; /* without the table it would close nothing */
    }
}

/* False where no table is open: then its parts are nothing. */
static bool open_table_part(struct html_open *o, uint32_t group)
{
    uint32_t table = find_group(o, GROUP_TABLE, 0);

    if (table == NONE)
        return false;
    if (group == GROUP_CELL)
        clear_to(o, table, GROUP_ROW);
    else
        clear_to(o, table, group == GROUP_ROW ? GROUP_SECTION : GROUP_NONE);
    return true;
}

/* A table or form does not always close a paragraph: not where that would hide what follows. */
static void close_p_before(struct html_open *o, const struct html_element *element)
{
    uint32_t p = find_group(o, GROUP_P, EL_SCOPE);
    bool doubtful = element->group == GROUP_TABLE || element->flags & EL_IGNORED;

    if (p == NONE || (doubtful && html_is_hidden(state_outside(o, p))))
        return;
    close_to(o, p);
}

/* A table ends the one before it, unless it stands in a cell or caption of that. */
static void open_table(struct html_open *o)
{
    for (uint32_t i = o->count; i-- > 0;) {
        uint32_t group = group_of(&o->entries[i]);

        if (group == GROUP_CELL || group == GROUP_CAPTION || group == GROUP_TEMPLATE)
            return;
        if (group == GROUP_TABLE) {
            close_to(o, i);
            return;
        }
    }
}

/* Elements that a start tag closes. False when the tag means nothing here. */
static bool close_before(struct html_open *o, const struct html_element *element)
{
    uint32_t a;

    switch (element->group) {
    case GROUP_LI:
    case GROUP_DD:
        close_item(o, element->group);
        break;
    case GROUP_OPTGROUP:
        close_top(o, GROUP_OPTION);
        close_top(o, GROUP_OPTGROUP);
        break;
    case GROUP_OPTION:
    case GROUP_RUBY:
        close_top(o, element->group);
        break;
    case GROUP_A:
    case GROUP_NOBR:
        a = find_group(o, element->group, EL_SCOPE);
        if (a != NONE)
            close_format(o, a);
        break;
    case GROUP_BUTTON:
        close_group(o, GROUP_BUTTON, EL_SCOPE);
        break;
    case GROUP_CAPTION:
    case GROUP_CELL:
    case GROUP_ROW:
    case GROUP_SECTION:
        return open_table_part(o, element->group);
    case GROUP_TABLE:
        open_table(o);
        break;
    default:
        break;
    }
    if (element->flags & EL_ENDS_P)
        close_p_before(o, element);
    if (element->group == GROUP_HEADING)
        close_top(o, GROUP_HEADING);
    return true;
}

/* Whether HTML begins again in this element of SVG or MathML. */
static bool integrates(uint8_t state, const char *name, size_t len)
{
    static const char *const svg[] = {"foreignobject", "desc", "title", NULL};
    static const char *const math[] = {"mi", "mo", "mn", "ms", "mtext", NULL};
    const char *const *names = state & IN_SVG ? svg : math;

    while (*names && !html_is_named(name, len, *names))
        names++;
    return *names;
}

static bool leaves_foreign(const struct html_element *element, const struct html_traits *traits)
{
    return element &&
           (element->flags & EL_BREAKOUT || (strcmp(element->name, "font") == 0 && traits->font));
}

static void leave_foreign(struct html_open *o)
{
    uint32_t i = o->count;

    while (i && o->entries[i - 1].state & IN_FOREIGN)
        i--;
    close_to(o, i);
    o->wall = true;
}

static bool is_table_part(const struct html_element *element)
{
    uint32_t group = element ? element->group : GROUP_NONE;

    return group == GROUP_CAPTION || group == GROUP_CELL || group == GROUP_ROW ||
           group == GROUP_SECTION;
}

/* Whether it ends lines at both ends, unless a style takes it into the line. */
static bool has_wall(const struct html_element *element, const struct html_style *style)
{
    bool table = element && (is_table_part(element) || element->group == GROUP_TABLE);

    if (style->box == BOX_INLINE && !table && !(element && element->flags & EL_VOID))
        return false;
    return style->box == BOX_BLOCK || (element && element->flags & EL_BLOCK);
}

/* A style that gives a box overrules what browsers hide by themselves. */
static bool has_box(const struct html_traits *t)
{
    return t->style.box != BOX_UNSAID && t->style.box != BOX_NONE;
}

bool html_is_unseen(const struct html_element *element, const struct html_traits *t)
{
    uint32_t flags = element ? element->flags : 0;

    if (flags & EL_NEVER || (flags & EL_UNSEEN && !has_box(t)))
        return true;
    return element && element->group == GROUP_DIALOG && !t->open && !has_box(t);
}

/* What the tag itself makes of the state. */
static void set_state(struct html_entry *e, const struct html_traits *t, bool foreign)
{
    uint32_t flags = flags_of(e);

    e->sets = t->style.hides;
    e->clears = t->style.shows;
    if ((t->hidden && !foreign && !has_box(t)) || html_is_unseen(e->element, t))
        e->sets |= HIDE_DISPLAY;
    if (t->sized)
        e->clears |= HIDE_SIZE;
    if (flags & EL_PRE)
        e->sets |= IN_PRE;
    if (flags & EL_FOREIGN)
        e->sets |= e->element->name[0] == 's' ? IN_SVG : IN_MATH;
}

static void push(struct html_open *o, const struct html_entry *e)
{
    bool hidden = hides_text(o);

    o->by_hash[e->hash & 0xff]++;
    o->entries[o->count++] = *e;
    if (!hidden && hides_text(o))
        o->hidden_from = o->count - 1;
}

/* No room: nothing hides from here on, but for what is read in a special way. */
static void overflow(struct html_open *o)
{
    o->full = true;
    o->wall = true;
}

bool html_open_start(struct html_open *o, const struct html_element *element, const char *name,
                     size_t len, const struct html_traits *traits)
{
    struct html_entry e = {.element = element, .hash = hash_name(name, len)};
    bool foreign = html_open_foreign(o);
    uint8_t outside;

    if (foreign && leaves_foreign(element, traits)) {
        leave_foreign(o);
        foreign = false;
    }
    if (element && !foreign && (!close_before(o, element) || element->flags & EL_IGNORED))
        return false;
    set_state(&e, traits, foreign);
    e.wall = has_wall(element, &traits->style);
    if (foreign && (html_is_hidden(e.sets) || traits->hidden || (element && element->content)))
        o->wall = true; /* outside of SVG the same tag would hide more */
    if (foreign && traits->self_closing)
        return false;
    if (foreign && integrates(top(o)->state, name, len))
        e.clears |= IN_FOREIGN;
    e.foreign = foreign || e.sets & IN_FOREIGN;
    if (foreign)
        e.element = NULL;
    outside = is_table_part(e.element) && o->count ? top(o)->state : html_open_state(o);
    e.state = (uint8_t)((outside & ~e.clears) | e.sets);
    end_line(o, &e);
    if (e.element && e.element->flags & EL_VOID)
        return false;
    if (o->full || o->count == HTML_DEPTH)
        overflow(o);
    else
        push(o, &e);
    return !foreign;
}

/* Flags of the elements that an end tag does not reach through. */
static uint32_t bounds_of(const struct html_element *element)
{
    if (!element)
        return EL_SPECIAL | EL_SCOPE;
    if (is_table_part(element) || element->group == GROUP_TABLE || element->group == GROUP_TEMPLATE)
        return 0;
    return element->flags & (EL_FORMAT | EL_SPECIAL | EL_BLOCK) ? EL_SCOPE : EL_SPECIAL | EL_SCOPE;
}

static bool is_ended(const struct html_entry *e, const struct html_element *element, uint32_t hash)
{
    if (element && element->group == GROUP_HEADING && group_of(e) == GROUP_HEADING)
        return true;
    return e->hash == hash && (e->foreign || e->element == element);
}

static bool stops(const struct html_entry *e, const struct html_element *element, uint32_t bounds)
{
    uint32_t group = element ? element->group : GROUP_NONE;

    if (flags_of(e) & bounds)
        return true;
    if (group_of(e) == GROUP_TEMPLATE || group_of(e) == GROUP_TABLE)
        return group != GROUP_TEMPLATE;
    if (group == GROUP_P && group_of(e) == GROUP_BUTTON)
        return true;
    return group == GROUP_LI && group_of(e) == GROUP_LIST;
}

/* The element that an end tag closes, or NONE. */
static uint32_t find_ended(const struct html_open *o, const struct html_element *element,
                           uint32_t hash)
{
    uint32_t bounds = bounds_of(element);
    bool from_html = false;

    for (uint32_t i = o->count; i-- > 0;) {
        const struct html_entry *e = &o->entries[i];

        if (is_ended(e, element, hash))
            return i;
        from_html = from_html || !e->foreign;
        if (e->foreign ? from_html && !(e->state & IN_FOREIGN) : stops(e, element, bounds))
            break;
    }
    return NONE;
}

void html_open_end(struct html_open *o, const struct html_element *element, const char *name,
                   size_t len)
{
    uint32_t hash = hash_name(name, len), i;

    if (element && strcmp(element->name, "br") == 0) {
        o->wall = o->wall || !(html_open_state(o) & HIDE_DISPLAY);
        return;
    }
    if (!o->by_hash[hash & 0xff] && (!element || element->group != GROUP_HEADING))
        return;
    i = find_ended(o, element, hash);
    if (i == NONE)
        return;
    if (element && element->flags & EL_FORMAT)
        close_format(o, i);
    else
        close_to(o, i);
}
