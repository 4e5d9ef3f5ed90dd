/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TEXT_H
#define TOOLS_TEXT_H

#include "buffer.h"

/* Everything the command says, in both languages: text.def. */
enum text_id {
#define TEXT(id, english, chinese) TEXT_##id,
#include "text.def"
#undef TEXT
    TEXT_COUNT
};

/* Chooses from --lang (zh-CN, en, or a locale of theirs), else LC_ALL, LC_MESSAGES, LANG. Called
 * once, before any thread starts.
 * @return false when --lang names no language we have */
bool text_choose(const char *lang);
/* "zh-CN" or "en". */
const char *text_language(void);
const char *text(enum text_id id);
/* The name of an enum rls_verdict in the chosen language. */
const char *text_verdict(unsigned verdict);

/* Appends a message in the chosen language. */
void buffer_say(struct buffer *b, enum text_id id, ...);
/* Appends a number with what it counts. @p one is a text for 1; the text behind it is for others.
 */
void buffer_count(struct buffer *b, enum text_id one, unsigned long long n);
/* Appends "rule-check: ", the message, and a line end. */
void buffer_complain(struct buffer *b, enum text_id id, ...);
/* The same, to standard error. */
void complain(enum text_id id, ...);
/* Writes to standard error as well as can be. */
void print_error(const char *data, size_t len);

#endif
