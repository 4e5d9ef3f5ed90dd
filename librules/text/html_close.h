/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_CLOSE_H
#define LIBRULES_TEXT_HTML_CLOSE_H

#include "text/html_open.h"

/* How elements are closed; for html_open.c alone. */

#define HTML_NONE UINT32_MAX /* no entry */

static inline uint32_t html_group_of(const struct html_entry *e)
{
    return e->element ? e->element->group : GROUP_NONE;
}

/* Line ends of an element that has a box. */
static inline void html_end_line(struct html_open *o, const struct html_entry *e)
{
    if (e->wall && !(e->state & HIDE_DISPLAY))
        o->wall = true;
}

static inline bool html_hides_text(const struct html_open *o)
{
    return html_is_hidden(html_open_state(o));
}

/* Closes an element and all in it. */
void html_close_to(struct html_open *o, uint32_t entry);
/*
 * Closes an inline element. Blocks in it stay open, and so do elements of its kind around those;
 * what else is in it is closed.
 */
void html_close_format(struct html_open *o, uint32_t entry);
/* Closes what the start tag of an element closes. False when the tag means nothing here. */
bool html_close_before(struct html_open *o, const struct html_element *element);

#endif
