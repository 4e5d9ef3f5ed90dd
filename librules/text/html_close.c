/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_close.h"

#include <string.h>

enum { HIDES = HIDE_DISPLAY | HIDE_VISIBILITY | HIDE_SIZE };

/* The nearest element of a group that stands in none with one of the flags, or HTML_NONE. */
static uint32_t find_group(const struct html_open *o, uint32_t group, uint32_t bounds)
{
    for (uint32_t i = o->count; i-- > 0;) {
        if (html_group_of(&o->entries[i]) == group)
            return i;
        if (html_flags_of(&o->entries[i]) & bounds ||
            html_group_of(&o->entries[i]) == GROUP_TEMPLATE ||
            (group == GROUP_P && html_group_of(&o->entries[i]) == GROUP_BUTTON))
            break;
    }
    return HTML_NONE;
}

static uint8_t state_outside(const struct html_open *o, uint32_t entry)
{
    return entry ? o->entries[entry - 1].state : 0;
}

uint8_t html_odd_state(const struct html_open *o)
{
    const struct html_entry *e = html_top(o);
    uint8_t state =
        html_flags_of(e) & EL_TABLE ? state_outside(o, find_group(o, GROUP_TABLE, 0)) : e->state;

    return o->full ? (uint8_t)(state & ~HIDES) : state;
}

static void forget(struct html_open *o, const struct html_entry *e)
{
    o->by_hash[e->hash & 0xff]--;
    html_end_line(o, e);
}

/*
 * What hides text in the middle of a line must hide it in every part of the page that contains it,
 * so that a span reads alike wherever it stands: all but the closing of the very element that began
 * to hide ends the line.
 */
static void watch(struct html_open *o, bool hidden_before, bool clean)
{
    bool hidden = html_hides_text(o);

    if (hidden_before ? !clean : hidden)
        o->wall = true;
    if (hidden)
        o->hidden_from = HTML_NONE;
}

void html_close_to(struct html_open *o, uint32_t entry)
{
    bool hidden = html_hides_text(o), clean = entry == o->hidden_from;
    bool inside = hidden && o->hidden_from != HTML_NONE && entry > o->hidden_from;

    while (o->count > entry)
        forget(o, &o->entries[--o->count]);
    if (!inside || !html_hides_text(o))
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

void html_close_format(struct html_open *o, uint32_t entry)
{
    bool hidden = html_hides_text(o), clean = entry == o->hidden_from;
    uint32_t last = o->count - 1;

    while (last > entry && !(html_flags_of(&o->entries[last]) & EL_SPECIAL))
        last--;
    if (last == entry) {
        html_close_to(o, entry);
        return;
    }
    html_close_to(o, last + 1);
    for (uint32_t i = last; i-- > entry;) {
        if (i == entry || !(html_flags_of(&o->entries[i]) & (EL_SPECIAL | EL_FORMAT)))
            take_out(o, i);
    }
    watch(o, hidden, clean);
}

static void close_group(struct html_open *o, uint32_t group, uint32_t bounds)
{
    uint32_t i = find_group(o, group, bounds);

    if (i != HTML_NONE)
        html_close_to(o, i);
}

/* Ends lists and terms as far as paragraphs and divisions allow: <li><p>... <li>. */
static void close_item(struct html_open *o, uint32_t group)
{
    for (uint32_t i = o->count; i-- > 0;) {
        const struct html_entry *e = &o->entries[i];

        if (html_group_of(e) == group) {
            html_close_to(o, i);
            return;
        }
        if (html_flags_of(e) & EL_SPECIAL && html_group_of(e) != GROUP_P &&
            strcmp(e->element->name, "div") != 0 && strcmp(e->element->name, "address") != 0)
            return;
    }
}

static void close_top(struct html_open *o, uint32_t group)
{
    if (html_top(o) && html_group_of(html_top(o)) == group)
        html_close_to(o, o->count - 1);
}

/* Closes what stands in the table down to an element that may contain the new part. */
static void clear_to(struct html_open *o, uint32_t table, uint32_t group)
{
    uint32_t keep = table + 1;

    for (uint32_t i = o->count; i-- > keep;) {
        if (group != GROUP_NONE && html_group_of(&o->entries[i]) == group)
            keep = i + 1;
    }
    if (o->count > keep) {
        html_close_to(o, keep);
        o->wall = true; /* without the table it would close nothing */
    }
}

/* False where no table is open: then its parts are nothing. */
static bool open_table_part(struct html_open *o, uint32_t group)
{
    uint32_t table = find_group(o, GROUP_TABLE, 0);

    if (table == HTML_NONE)
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

    if (p == HTML_NONE || (doubtful && html_is_hidden(state_outside(o, p))))
        return;
    html_close_to(o, p);
}

/* A table ends the one before it, unless it stands in a cell or caption of that. */
static void open_table(struct html_open *o)
{
    for (uint32_t i = o->count; i-- > 0;) {
        uint32_t group = html_group_of(&o->entries[i]);

        if (group == GROUP_CELL || group == GROUP_CAPTION || group == GROUP_TEMPLATE)
            return;
        if (group == GROUP_TABLE) {
            html_close_to(o, i);
            return;
        }
    }
}

bool html_close_before(struct html_open *o, const struct html_element *element)
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
        if (a != HTML_NONE)
            html_close_format(o, a);
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
