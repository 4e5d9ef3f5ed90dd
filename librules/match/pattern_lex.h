/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PATTERN_LEX_H
#define LIBRULES_MATCH_PATTERN_LEX_H

/* Reading a pattern, character by character: what pattern_parse.c builds on. */

#include "match/pattern_tree.h"

struct parser {
    struct tree *tree;
    struct pattern_fault *fault;
    const char *text;
    size_t len;
    size_t at;
    uint32_t depth;
    bool failed;
    /* Literal characters not yet folded: they may compose with those that follow. */
    char run[LIMIT_PATTERN_BYTES];
    size_t n_run;
};

/* Each reports the first fault, and returns NULL. */
void *fail(struct parser *p, enum message_code message, size_t at, size_t length, const char *arg,
           enum hint hint);
/* The argument is the stretch itself. */
void *fail_here(struct parser *p, enum message_code message, size_t at, size_t end, enum hint hint);
void *fail_number(struct parser *p, enum message_code message, size_t at, size_t end,
                  uint64_t limit);
void *short_of_memory(struct parser *p);

/* NUL at the end. */
static inline char peek(const struct parser *p)
{
    return p->at < p->len ? p->text[p->at] : '\0';
}

static inline bool more(const struct parser *p)
{
    return p->at < p->len && !p->failed;
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool looking_at(const struct parser *p, const char *s);
bool take(struct parser *p, const char *s);
/* The end of the character at a place. */
size_t char_end(const struct parser *p, size_t at);
struct node *new_node(struct parser *p, enum node_kind kind);

struct escape {
    bool literal;
    uint32_t code;
    char letter; /* small, of what is no literal */
    uint32_t property;
    bool inverse; /* the letter was a capital one */
};

/* At a backslash. */
bool read_escape(struct parser *p, struct escape *e);
/* The character at hand, which is no escape. */
uint32_t read_plain(struct parser *p);

/* --- pattern_class.c ---------------------------------------------------------------------- */

/* At an opening bracket. */
struct node *parse_class(struct parser *p);
/* \d \w \s \p and the inverse. */
struct node *escape_class(struct parser *p, const struct escape *e);
/* Any character but a line end. */
struct node *any_character(struct parser *p);

#endif
