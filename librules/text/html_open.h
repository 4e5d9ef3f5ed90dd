/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_OPEN_H
#define LIBRULES_TEXT_HTML_OPEN_H

#include <stdbool.h>

#include "text/html_element.h"
#include "text/html_style.h"

/*
 * The open elements of a page, and with them whether text is shown. There is no tree: of the rules
 * by which browsers close elements those are kept that decide what is shown and where lines end.
 * What is hidden by mistake would be out of the reach of rules, so that every doubt shows.
 */

/* Open elements; beyond it no more are kept and nothing hides, but for what is never shown. */
enum { HTML_DEPTH = 256 };

/* What an element is in, beside enum html_hide. */
enum { IN_SVG = 1 << 3, IN_MATH = 1 << 4, IN_FOREIGN = IN_SVG | IN_MATH, IN_PRE = 1 << 5 };

struct html_entry {
    const struct html_element *element; /* NULL: none of HTML */
    uint32_t hash;                      /* of the name in lower case */
    uint8_t state;                      /* enum html_hide and the bits above */
    uint8_t sets, clears;               /* what it makes of the state around it */
    bool wall;                          /* its begin and end are line ends */
    bool foreign;                       /* of SVG or MathML; element is NULL but for their roots */
};

struct html_open {
    struct html_entry entries[HTML_DEPTH];
    uint32_t count;
    uint16_t by_hash[256]; /* entries by the low byte of their hash */
    uint32_t
        hidden_from; /* while text is hidden: the element that began it, or none that is sure */
    bool full;       /* an element was not kept */
    bool wall;       /* what was opened or closed ends the line; the caller takes it back */
};

/* What the attributes of a start tag say. */
struct html_traits {
    struct html_style style;
    bool hidden; /* the attribute */
    bool font;   /* size, color or face */
    bool sized;  /* size of a font element */
    bool self_closing;
    bool open; /* the attribute, of a dialog */
};

void html_open_reset(struct html_open *o);
static inline const struct html_entry *html_top(const struct html_open *o)
{
    return o->count ? &o->entries[o->count - 1] : NULL;
}

static inline uint32_t html_flags_of(const struct html_entry *e)
{
    return e->element ? e->element->flags : 0;
}

/* The state of text that stands in a table but in no cell of it, or where nothing hides. */
uint8_t html_odd_state(const struct html_open *o);

/* The state of text that stands here. */
static inline uint8_t html_open_state(const struct html_open *o)
{
    const struct html_entry *e = html_top(o);

    if (!e)
        return 0;
    return o->full || html_flags_of(e) & EL_TABLE ? html_odd_state(o) : e->state;
}

/* Whether the next tag stands in SVG or MathML. */
static inline bool html_open_foreign(const struct html_open *o)
{
    return o->count && o->entries[o->count - 1].state & IN_FOREIGN;
}

/* Opens an element; element may be NULL. False when the tag means nothing here, or ended at once:
 * then its contents are not read in a special way. */
bool html_open_start(struct html_open *o, const struct html_element *element, const char *name,
                     size_t len, const struct html_traits *traits);
void html_open_end(struct html_open *o, const struct html_element *element, const char *name,
                   size_t len);

/* Whether browsers show nothing of it, whatever is around. */
bool html_is_unseen(const struct html_element *element, const struct html_traits *traits);

static inline bool html_is_hidden(uint8_t state)
{
    return state & (HIDE_DISPLAY | HIDE_VISIBILITY | HIDE_SIZE);
}

#endif
