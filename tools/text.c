/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <errno.h>
#include <librules/finding.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum language { ENGLISH, CHINESE };

static const char *const texts[TEXT_COUNT][2] = {
#define TEXT(id, english, chinese) [TEXT_##id] = {english, chinese},
#include "text.def"
#undef TEXT
};

static enum language chosen = ENGLISH;

static enum language from_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0 ? CHINESE : ENGLISH;
    }
    return ENGLISH;
}

/* Whether @p lang is @p name, or begins with it as in zh_CN.UTF-8 and zh-Hans. */
static bool names(const char *lang, const char *name)
{
    size_t len = strlen(name);

    return strncmp(lang, name, len) == 0 && strchr("-_.@", lang[len]);
}

bool text_choose(const char *lang)
{
    if (!lang)
        chosen = from_environment();
    else if (names(lang, "zh"))
        chosen = CHINESE;
    else if (names(lang, "en"))
        chosen = ENGLISH;
    else
        return false;
    return true;
}

const char *text_language(void)
{
    return chosen == CHINESE ? "zh-CN" : "en";
}

const char *text(enum text_id id)
{
    return texts[id][chosen];
}

const char *text_verdict(unsigned verdict)
{
    static const enum text_id names[] = {[RLS_PASS] = TEXT_PASS,
                                         [RLS_ADVISE] = TEXT_ADVISE,
                                         [RLS_REVIEW] = TEXT_REVIEW,
                                         [RLS_REJECT] = TEXT_REJECT};

    return verdict <= RLS_REJECT ? text(names[verdict]) : "?";
}

void buffer_say(struct buffer *b, enum text_id id, ...)
{
    va_list args;

    va_start(args, id);
    buffer_vformat(b, text(id), args);
    va_end(args);
}

void buffer_count(struct buffer *b, enum text_id one, unsigned long long n)
{
    buffer_say(b, n == 1 ? one : (enum text_id)(one + 1), n);
}

static void complain_list(struct buffer *b, enum text_id id, va_list args)
{
    buffer_text(b, "rule-check: ");
    buffer_vformat(b, text(id), args);
    buffer_text(b, "\n");
}

void buffer_complain(struct buffer *b, enum text_id id, ...)
{
    va_list args;

    va_start(args, id);
    complain_list(b, id, args);
    va_end(args);
}

void complain(enum text_id id, ...)
{
    struct buffer b = {0};
    va_list args;

    va_start(args, id);
    complain_list(&b, id, args);
    va_end(args);
    print_error(b.data, b.len);
    buffer_free(&b);
}

void print_error(const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(STDERR_FILENO, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        data += n;
        len -= (size_t)n;
    }
}
