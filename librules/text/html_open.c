/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_close.h"

#include <string.h>

#include "text/html_token.h"

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
    html_close_to(o, i);
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
    uint32_t flags = html_flags_of(e);

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
    bool hidden = html_hides_text(o);

    o->by_hash[e->hash & 0xff]++;
    o->entries[o->count++] = *e;
    if (!hidden && html_hides_text(o))
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
    if (element && !foreign && (!html_close_before(o, element) || element->flags & EL_IGNORED))
        return false;
    set_state(&e, traits, foreign);
    e.wall = has_wall(element, &traits->style);
    if (foreign && (html_is_hidden(e.sets) || traits->hidden || (element && element->content)))
        o->wall = true; /* outside of SVG the same tag would hide more */
    if (foreign && traits->self_closing)
        return false;
    if (foreign && integrates(html_top(o)->state, name, len))
        e.clears |= IN_FOREIGN;
    e.foreign = foreign || e.sets & IN_FOREIGN;
    if (foreign)
        e.element = NULL;
    outside = is_table_part(e.element) && o->count ? html_top(o)->state : html_open_state(o);
    e.state = (uint8_t)((outside & ~e.clears) | e.sets);
    html_end_line(o, &e);
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
    if (element && element->group == GROUP_HEADING && html_group_of(e) == GROUP_HEADING)
        return true;
    return e->hash == hash && (e->foreign || e->element == element);
}

static bool stops(const struct html_entry *e, const struct html_element *element, uint32_t bounds)
{
    uint32_t group = element ? element->group : GROUP_NONE;

    if (html_flags_of(e) & bounds)
        return true;
    if (html_group_of(e) == GROUP_TEMPLATE || html_group_of(e) == GROUP_TABLE)
        return group != GROUP_TEMPLATE;
    if (group == GROUP_P && html_group_of(e) == GROUP_BUTTON)
        return true;
    return group == GROUP_LI && html_group_of(e) == GROUP_LIST;
}

/* The element that an end tag closes, or HTML_NONE. */
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
    return HTML_NONE;
}

void html_open_end(struct html_open *o, const struct html_element *element, const char *name,
                   size_t len)
{
    uint32_t hash = hash_name(name, len), i;

    if (element && element->flags & EL_NEW_LINE) {
        o->wall = o->wall || !(html_open_state(o) & HIDE_DISPLAY);
        return;
    }
    if (!o->by_hash[hash & 0xff] && (!element || element->group != GROUP_HEADING))
        return;
    i = find_ended(o, element, hash);
    if (i == HTML_NONE)
        return;
    if (element && element->flags & EL_FORMAT)
        html_close_format(o, i);
    else
        html_close_to(o, i);
}
