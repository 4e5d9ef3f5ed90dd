/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html.h"

/* The run of the byte at a place of the text. */
static const struct html_run *find_run(const struct html_map *m, size_t at)
{
    size_t low = 0, high = m->n_runs;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (m->runs[middle].text <= at)
            low = middle;
        else
            high = middle;
    }
    return &m->runs[low];
}

size_t html_source_begin(const struct html_map *m, size_t at)
{
    const struct html_run *r;

    if (!m->n_runs)
        return 0;
    r = find_run(m, at);
    return r->end ? r->source : r->source + (at - r->text);
}

size_t html_source_end(const struct html_map *m, size_t end)
{
    const struct html_run *r;

    if (!m->n_runs || !end)
        return 0;
    r = find_run(m, end - 1);
    return r->end ? r->end : r->source + (end - r->text);
}

const struct html_run *html_runs(const struct html_map *m, size_t begin, size_t end, size_t *n)
{
    const struct html_run *first = m->n_runs ? find_run(m, begin) : m->runs, *r = first;

    while (r < m->runs + m->n_runs && r->text < end)
        r++;
    *n = (size_t)(r - first);
    return first;
}
