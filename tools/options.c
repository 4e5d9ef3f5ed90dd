/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 63 };

void option_begin(struct option_reader *r, const struct option_spec *specs, int argc, char **argv)
{
    *r = (struct option_reader){.specs = specs, .argv = argv, .argc = argc, .at = 1};
}

static const struct option_spec *find_name(const struct option_spec *specs, const char *name,
                                           size_t len)
{
    for (; specs->id; specs++)
        if (strlen(specs->name) == len && memcmp(specs->name, name, len) == 0)
            return specs;
    return NULL;
}

static const struct option_spec *find_letter(const struct option_spec *specs, char letter)
{
    for (; specs->id; specs++)
        if (specs->letter && specs->letter == letter)
            return specs;
    return NULL;
}

static int unknown_name(const struct option_spec *specs, const char *name)
{
    const char *names[MOST_OPTIONS + 1] = {NULL};
    size_t n = 0;

    for (; specs->id && n < MOST_OPTIONS; specs++)
        names[n++] = specs->name;
    const char *hint = nearest_name(name, names);
    if (hint)
        complain(TEXT_UNKNOWN_OPTION_HINT, name, hint);
    else
        complain(TEXT_UNKNOWN_OPTION, name);
    return OPTION_BAD;
}

static int next_value(struct option_reader *r, const struct option_spec *spec)
{
    if (r->at >= r->argc) {
        complain(TEXT_NEEDS_VALUE, spec->name);
        return OPTION_BAD;
    }
    r->value = r->argv[r->at++];
    return spec->id;
}

static int read_long(struct option_reader *r, const char *name)
{
    const char *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    const struct option_spec *spec = find_name(r->specs, name, len);

    if (!spec) {
        char word[64];
        if (len >= sizeof word)
            len = sizeof word - 1;
        memcpy(word, name, len);
        word[len] = '\0';
        return unknown_name(r->specs, word);
    }
    if (equals && !spec->value) {
        complain(TEXT_TAKES_NO_VALUE, spec->name);
        return OPTION_BAD;
    }
    if (equals) {
        r->value = equals + 1;
        return spec->id;
    }
    return spec->value ? next_value(r, spec) : spec->id;
}

static int read_letter(struct option_reader *r)
{
    const struct option_spec *spec = find_letter(r->specs, *r->letters);

    if (!spec) {
        /* A whole character, so that the message stays valid UTF-8. */
        int len = 1;
        while (((unsigned char)r->letters[len] & 0xC0) == 0x80)
            len++;
        complain(TEXT_UNKNOWN_LETTER, len, r->letters);
        return OPTION_BAD;
    }
    r->letters++;
    if (!spec->value) {
        if (!*r->letters)
            r->letters = NULL;
        return spec->id;
    }
    const char *rest = r->letters;
    r->letters = NULL;
    if (*rest) {
        r->value = rest;
        return spec->id;
    }
    return next_value(r, spec);
}

int option_next(struct option_reader *r)
{
    r->value = NULL;
    if (r->letters)
        return read_letter(r);
    if (r->at >= r->argc)
        return OPTION_END;

    char *word = r->argv[r->at++];
    if (!r->only_words && strcmp(word, "--") == 0) {
        r->only_words = true;
        return option_next(r);
    }
    if (r->only_words || word[0] != '-' || word[1] == '\0') {
        r->value = word;
        return OPTION_WORD;
    }
    if (word[1] == '-')
        return read_long(r, word + 2);
    r->letters = word + 1;
    return read_letter(r);
}

bool option_number(const char *name, const char *value, uint64_t low, uint64_t high, uint64_t *out)
{
    char *end = NULL;

    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    bool digits = *value >= '0' && *value <= '9' && *end == '\0';
    if (!digits || errno || n < low || n > high) {
        complain(TEXT_BAD_NUMBER, name, value, (unsigned long long)low, (unsigned long long)high);
        return false;
    }
    *out = n;
    return true;
}

static void complain_choice(const char *name, const char *value, const char *const *choices)
{
    struct buffer all = {0};

    for (size_t i = 0; choices[i]; i++)
        buffer_format(&all, "%s%s", i ? ", " : "", choices[i]);
    buffer_put(&all, "", 1);
    const char *hint = nearest_name(value, choices);
    if (hint)
        complain(TEXT_BAD_CHOICE_HINT, name, value, all.failed ? "" : all.data, hint);
    else
        complain(TEXT_BAD_CHOICE, name, value, all.failed ? "" : all.data);
    buffer_free(&all);
}

bool option_choice(const char *name, const char *value, const char *const *choices, unsigned *out)
{
    for (unsigned i = 0; choices[i]; i++) {
        if (strcmp(value, choices[i]) == 0) {
            *out = i;
            return true;
        }
    }
    complain_choice(name, value, choices);
    return false;
}

enum { LONGEST_NAME = 31 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that turn @p a into @p b. */
static size_t edits(const char *a, const char *b)
{
    size_t rows[3][LONGEST_NAME + 1];
    size_t a_len = strlen(a), b_len = strlen(b);

    if (a_len > LONGEST_NAME || b_len > LONGEST_NAME)
        return LONGEST_NAME;
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *now = rows[i % 3], *last = rows[(i - 1) % 3], *older = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            now[j] =
                smaller(smaller(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = smaller(now[j], older[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

const char *nearest_name(const char *word, const char *const *names)
{
    const char *best = NULL;
    size_t least = strlen(word) / 3 + 2;

    for (; *names; names++) {
        size_t n = edits(word, *names);
        bool begins = strlen(word) >= 2 && strncmp(*names, word, strlen(word)) == 0;
        if (begins)
            n = 0;
        if (n < least) {
            least = n;
            best = *names;
        }
    }
    return best;
}
