/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_H
#define LIBRULES_TEXT_HTML_H

#include <stdint.h>

#include "base/mem.h"
#include "text/html_open.h"
#include "text/html_token.h"

/* The text that an HTML page shows, and where each byte of it stands in the source. */

/* From a place in the text to that of the next run. */
struct html_run {
    uint32_t text;   /* where it begins in the shown text */
    uint32_t source; /* where it begins in the source */
    uint32_t end;    /* its end in the source when it stands there as a whole, such as "&lt;" for
                        '<'; 0: byte for byte */
};

/* Runs are sorted by text and by source, and the first begins with the text. */
struct html_map {
    const char *source;
    size_t source_len;
    const struct html_run *runs;
    size_t n_runs;
};

/* Where the source of the byte at a place of the text begins. */
size_t html_source_begin(const struct html_map *m, size_t at);
/* Where the source of the text before a place ends; the place is not 0. */
size_t html_source_end(const struct html_map *m, size_t end);

/* The runs that a part of the text lies in; the first may begin before it. */
const struct html_run *html_runs(const struct html_map *m, size_t begin, size_t end, size_t *n);

/* Text and its runs, being written. */
struct html_stream {
    char *text;
    size_t len, cap;
    struct html_run *runs;
    size_t n_runs, cap_runs;
};

/* What an image says instead of being seen: a part of the stream of images. */
struct html_image {
    uint32_t text, text_end;
    uint32_t run, run_end;
};

/* The scratch of reading pages, and the page that was read last. */
struct html_page {
    struct mem mem;
    struct html_stop stop; /* the caller's to set */
    bool stopped;          /* it said so, and the page was not read to its end */
    struct html_stream shown, images;
    struct html_image *list; /* of images with a text, in the order of the source */
    size_t n_list, cap_list;
    struct html_open open;
};

void html_page_init(struct html_page *p, const struct mem *mem);
void html_page_clear(struct html_page *p);
size_t html_page_memory(const struct html_page *p);
/*
 * Reads a page; len is below 2^31. Linear in len, whatever the bytes. Lines end with '\n', one
 * for any number of them; none stands at the begin or end, nor do blanks. False when memory is
 * short.
 */
bool html_read(struct html_page *p, const char *text, size_t len);
/* Whether a text that nobody declared is HTML: see docs/documents.md. */
bool html_is_likely(const char *text, size_t len, struct html_stop stop);

#endif
