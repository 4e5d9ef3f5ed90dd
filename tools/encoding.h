/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_ENCODING_H
#define TOOLS_ENCODING_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

/* Encodings of inputs. GBK and GB2312 are parts of GB18030 and read as such. */
enum encoding { ENCODING_UTF8, ENCODING_GB18030 };

/* Turns pieces of an input into UTF-8. A byte that is no character of the encoding becomes a byte
 * that is none of UTF-8 (FF), so that whoever reads the document notes it in its place. */
struct decoder {
    iconv_t handle;
    bool active;  /* false: nothing to convert, decoder_convert must not be called */
    bool started; /* the begin of the input was seen */
    char kept[4]; /* the begin of a character that went on in the next piece */
    size_t n_kept;
};

/* @return false when the system cannot convert this; errno tells */
bool decoder_begin(struct decoder *d, enum encoding encoding);
void decoder_end(struct decoder *d);
/* The most bytes that a piece of @p n bytes becomes. */
size_t decoder_room(size_t n);
/* @p to has decoder_room(n) bytes; @p last: nothing follows. @return bytes made */
size_t decoder_convert(struct decoder *d, const char *data, size_t n, bool last, char *to);

#endif
