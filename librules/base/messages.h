/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_MESSAGES_H
#define LIBRULES_BASE_MESSAGES_H

#include <stddef.h>
#include <stdint.h>

enum message_code {
    MSG_NONE = 0,
#define MESSAGE(number, name, level, en, zh, explain_en, explain_zh) MSG_##name = number,
#define HINT(name, en, zh)
#include "base/messages.def"
#undef MESSAGE
#undef HINT
};

enum hint {
#define MESSAGE(number, name, level, en, zh, explain_en, explain_zh)
#define HINT(name, en, zh) HINT_##name,
#include "base/messages.def"
#undef MESSAGE
#undef HINT
    HINTS
};

/* An entry of the registry. */
struct message {
    uint32_t code;
    uint32_t level; /* enum rls_level */
    const char *name;
    const char *en; /* %s for each argument */
    const char *zh;
    const char *explain_en;
    const char *explain_zh;
};

enum { MESSAGE_ARGS = 3 };

/* NULL for a number that was never given out. */
const struct message *message_find(uint32_t code);
/* By position, for those who list them all; NULL past the last. */
const struct message *message_at(size_t index);
const char *hint_format(enum hint hint, const char *lang);

/* Stands between the items of an argument that is a list; shown as the language has it. No source
 * can hold it. */
enum { LIST_SEPARATOR = 0x1f };

/*
 * Fill the %s of a format in a language. Arguments are made presentable: control characters
 * replaced, long ones cut at a character. Writes at most cap bytes with the NUL and returns the
 * length of the whole.
 */
size_t message_fill(const char *format, const char *const *args, const char *lang, char *out,
                    size_t cap);

enum { NUMBER_BYTES = 24 };

/* n in decimal digits, for use as an argument. Returns out. */
const char *message_number(uint64_t n, char out[NUMBER_BYTES]);

#endif
