/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_BUFFER_H
#define TOOLS_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Growing bytes. After an allocation failed nothing more is added, so one look at the end is
 * enough. All zero is empty. */
struct buffer {
    char *data;
    size_t len;
    size_t cap;
    bool failed;
};

/* An rls_write_fn; @p buffer is a struct buffer. */
int buffer_put(void *buffer, const void *data, size_t len);
void buffer_text(struct buffer *b, const char *text);
void buffer_format(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vformat(struct buffer *b, const char *format, va_list args);
/* Bytes for a terminal: control characters become '?'. */
void buffer_plain(struct buffer *b, const char *text);
/* A JSON string, valid whatever the bytes; null for NULL. */
void buffer_json(struct buffer *b, const char *text);
/* How many bytes at the beginning are UTF-8; @p len when all are. */
size_t utf8_damage(const char *text, size_t len);
/* Forgets the content; keeps the memory unless there is more than @p keep bytes of it. */
void buffer_reset(struct buffer *b, size_t keep);
void buffer_free(struct buffer *b);

#endif
