/* SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <librules/diagnostic.h>

#include "base/utf8.h"

static const struct message messages[] = {
#define MESSAGE(number, name, level, en, zh, explain_en, explain_zh)                               \
    {number, RLS_##level, #name, en, zh, explain_en, explain_zh},
#define HINT(name, en, zh)
#include "base/messages.def"
#undef MESSAGE
#undef HINT
};

static const char *const hints[HINTS][2] = {
#define MESSAGE(number, name, level, en, zh, explain_en, explain_zh)
#define HINT(name, en, zh) {en, zh},
#include "base/messages.def"
#undef MESSAGE
#undef HINT
};

/* Bytes of one argument that are shown. */
enum { ARGUMENT_BYTES = 200 };

static bool is_chinese(const char *lang)
{
    return lang && strcmp(lang, "zh-CN") == 0;
}

const struct message *message_at(size_t index)
{
    return index < sizeof messages / sizeof *messages ? &messages[index] : NULL;
}

const struct message *message_find(uint32_t code)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (messages[i].code == code)
            return &messages[i];
    return NULL;
}

const char *hint_format(enum hint hint, const char *lang)
{
    return hints[hint][is_chinese(lang)];
}

const char *rls_message_explain(uint32_t code, const char *lang)
{
    const struct message *m = message_find(code);

    if (!m)
        return NULL;
    return is_chinese(lang) ? m->explain_zh : m->explain_en;
}

struct output {
    char *data;
    size_t cap;
    size_t len;
};

static void put(struct output *o, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++, o->len++)
        if (o->len + 1 < o->cap)
            o->data[o->len] = data[i];
}

static void put_argument(struct output *o, const char *arg, const char *between)
{
    size_t len, shown;

    if (!arg)
        return;
    len = strlen(arg);
    shown = utf8_cut(arg, len, ARGUMENT_BYTES);
    for (size_t i = 0; i < shown; i++) {
        char c = (unsigned char)arg[i] < 0x20 || arg[i] == 0x7f ? ' ' : arg[i];

        if (arg[i] == LIST_SEPARATOR)
            put(o, between, strlen(between));
        else
            put(o, &c, 1);
    }
    if (shown < len)
        put(o, "\xe2\x80\xa6", 3);
}

size_t message_fill(const char *format, const char *const *args, const char *lang, char *out,
                    size_t cap)
{
    struct output o = {out, cap, 0};
    const char *between = is_chinese(lang) ? "、" : ", ";

    for (const char *p = format; *p; p++) {
        if (p[0] == '%' && p[1] == 's') {
            put_argument(&o, *args++, between);
            p++;
        } else {
            put(&o, p, 1);
        }
    }
    if (cap)
        out[o.len < cap ? o.len : utf8_valid(out, cap - 1)] = '\0';
    return o.len;
}

const char *message_number(uint64_t n, char out[NUMBER_BYTES])
{
    (void)snprintf(out, NUMBER_BYTES, "%" PRIu64, n);
    return out;
}
