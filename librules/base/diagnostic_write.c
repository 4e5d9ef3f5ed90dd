/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <librules/diagnostic.h>

struct writer {
    rls_write_fn put;
    void *user;
    bool refused;
};

static void write_bytes(struct writer *w, const char *data, size_t len)
{
    if (!w->refused && len > 0 && w->put(w->user, data, len) != 0)
        w->refused = true;
}

static void write_text(struct writer *w, const char *text)
{
    write_bytes(w, text, strlen(text));
}

static void write_repeated(struct writer *w, char c, size_t n)
{
    char run[64];

    memset(run, c, sizeof run);
    for (; n > sizeof run; n -= sizeof run)
        write_bytes(w, run, sizeof run);
    write_bytes(w, run, n);
}

static const char *level_name(uint32_t level, bool zh)
{
    switch (level) {
    case RLS_ERROR:
        return zh ? "错误" : "error";
    case RLS_WARNING:
        return zh ? "警告" : "warning";
    default:
        return zh ? "提示" : "note";
    }
}

/* The character at *p of well-formed text; steps over it. */
static uint32_t next_character(const char **p)
{
    const unsigned char *s = (const unsigned char *)*p;
    uint32_t n = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    uint32_t code = n == 1 ? s[0] : s[0] & (0xffu >> (n + 1));

    *p += 1;
    for (uint32_t i = 1; i < n && **p; i++, *p += 1)
        code = code << 6 | ((unsigned char)**p & 0x3f);
    return code;
}

/* Columns of a terminal that a character takes, near enough for a caret. */
static size_t width(uint32_t code)
{
    bool wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
                (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
                (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
                (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1faff) ||
                (code >= 0x20000 && code <= 0x3fffd);

    return wide ? 2 : 1;
}

static void write_head(struct writer *w, const struct rls_diagnostic *d, bool zh)
{
    char numbers[64];

    if (d->source) {
        write_text(w, d->source);
        if (d->line) {
            (void)snprintf(numbers, sizeof numbers, ":%" PRIu32 ":%" PRIu32, d->line, d->column);
            write_text(w, numbers);
        }
        write_text(w, ": ");
    }
    write_text(w, level_name(d->level, zh));
    (void)snprintf(numbers, sizeof numbers, " RLS-%03" PRIu32 ": ", d->code);
    write_text(w, numbers);
    write_text(w, (zh ? d->message_zh : d->message));
    if (d->rule) {
        write_text(w, " [");
        write_text(w, d->rule);
        write_text(w, "]");
    }
    write_text(w, "\n");
}

/* The line, and carets from column to end_column. */
static void write_excerpt(struct writer *w, const struct rls_diagnostic *d)
{
    const char *p = d->excerpt;
    uint32_t column = d->excerpt_column;
    size_t before = 0, below = 0;

    write_text(w, column > 1 ? "  \xe2\x80\xa6" : "  ");
    write_text(w, d->excerpt);
    write_text(w, "\n");
    for (; *p && column < d->column; column++)
        before += width(next_character(&p));
    for (; *p && column < d->end_column; column++)
        below += width(next_character(&p));
    write_repeated(w, ' ', before + (d->excerpt_column > 1 ? 3 : 2));
    write_text(w, "^");
    if (below > 1)
        write_repeated(w, '~', below - 1);
    write_text(w, "\n");
}

int rls_diagnostic_write(const struct rls_diagnostic *d, const char *lang, rls_write_fn put,
                         void *user)
{
    struct writer w = {put, user, false};
    bool zh = lang && strcmp(lang, "zh-CN") == 0;
    const char *hint;

    if (!d || !put || !d->message || !d->message_zh || (lang && !zh && strcmp(lang, "en") != 0))
        return RLS_ERR_ARGUMENT;
    write_head(&w, d, zh);
    if (d->line && d->excerpt && *d->excerpt)
        write_excerpt(&w, d);
    hint = zh ? d->hint_zh : d->hint;
    if (hint) {
        write_text(&w, zh ? "  建议：" : "  hint: ");
        write_text(&w, hint);
        write_text(&w, "\n");
    }
    return w.refused ? RLS_ERR_IO : RLS_OK;
}
