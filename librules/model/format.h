/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MODEL_FORMAT_H
#define LIBRULES_MODEL_FORMAT_H

#include "model/model.h"
#include "xml/scan.h"

/* The parts of rls_format_rules. */

/* Attributes: those of namespaces are none to the parser, and count here. */
enum { FORMAT_WIDTH = 100, FORMAT_STEP = 2, FORMAT_ATTRIBUTES = 128 };

/* The text being made. */
struct layout {
    const struct mem *mem;
    const char *source;
    char *data;
    size_t cap;
    size_t len;
    size_t column; /* code points since the last line end */
    bool failed;   /* memory was short */
};

/* Where a layout stood, to go back to. */
struct mark {
    size_t len;
    size_t column;
};

void put_bytes(struct layout *l, const char *data, size_t len);
void put_text(struct layout *l, const char *text);
void put_blanks(struct layout *l, size_t n);
/* A stretch of the source as it is, but for line ends, which become LF. */
void put_source(struct layout *l, size_t at, size_t end);
struct mark layout_mark(const struct layout *l);
/* Forgets what came after the mark. */
void layout_return(struct layout *l, struct mark mark);
/* Whether what came after the mark stands on one line that is not too wide. */
bool layout_fits(const struct layout *l, struct mark mark);

/* A start tag, over several lines when it must; `empty`: the element has no content. The tag has at
 * most FORMAT_ATTRIBUTES quoted values. */
void put_tag(struct layout *l, const struct element *e, const struct tag *tag, bool empty);
void put_end_tag(struct layout *l, const struct element *e);

#endif
