/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PATTERN_H
#define LIBRULES_MATCH_PATTERN_H

#include "base/limits.h"
#include "base/messages.h"
#include "match/scan.h"
#include "text/forms.h"

/*
 * A pattern runs on a view of the text: the text with some forms undone, where each character
 * knows the place it came from. docs/rule-format.md has the language of patterns. A match is
 * never empty, and its span marks whole characters of the original: where one character of the
 * text becomes several in the view (㎏), a match that ends between them is widened to all of it.
 */

enum {
    PATTERN_NO_FACTORS = 1, /* every place is tried: for tests and measurements */
    PATTERN_NO_JIT = 2      /* the same */
};

struct pattern_source {
    const char *text; /* as written, UTF-8 */
    size_t length;
    uint32_t forms; /* enum form bits undone before it is matched; 0: the text as it is */
    bool word;      /* a match neither begins nor ends inside a word of letters and digits */
    uint32_t flags;
};

enum { FAULT_BYTES = 64 };

/* What is wrong with a pattern. Without a message, memory was short. */
struct pattern_fault {
    enum message_code message;
    enum hint hint;
    size_t at, length;     /* bytes of the source */
    char arg[FAULT_BYTES]; /* of the message; "": it takes none */
};

#define WIDTH_ENDLESS UINT32_MAX

/* How many characters of the view a part takes. */
struct width {
    uint32_t min, max; /* WIDTH_ENDLESS: no end */
};

/* Bytes that characters begin with. */
struct byte_set {
    uint8_t bits[32];
};

static inline bool byte_set_has(const struct byte_set *s, char c)
{
    return s->bits[(unsigned char)c >> 3] >> ((unsigned char)c & 7) & 1;
}

enum { NEARBY_MOST = 4 };

/* So many characters must stand on one side, and what each of them may begin with, nearest first.
 */
struct nearby {
    uint32_t n; /* 0: nothing is known */
    struct byte_set sets[NEARBY_MOST];
};

/*
 * What must stand on one side of a factor, once separators are left out: one of these characters
 * among the gap + 1 nearest, or where the gap is 0, a run of them.
 */
struct beside {
    const uint32_t *codes; /* folded */
    uint32_t n;            /* 0: nothing is known */
    uint32_t gap, run;
    bool line; /* or a line end */
};

/* A run of these characters, which is in every match. */
struct anchor {
    const uint32_t *codes; /* as the view has them: ASCII or Han */
    uint32_t n;            /* 0: there is none that would be of use */
    uint32_t run;
};

/* One of these texts stands in every match, or else the anchor. */
struct factors {
    const char *const *texts;     /* NUL-terminated UTF-8 */
    uint32_t n;                   /* 0: there are none that would be of use */
    struct anchor anchor;         /* where there are no texts */
    struct width before;          /* characters between the beginning of a match and a factor */
    struct byte_set lead;         /* what these may begin with in the view */
    struct nearby previous, next; /* right before and right behind the factor */
    struct beside behind, ahead;  /* in the view of the usual forms */
};

struct pattern; /* immutable; shared by threads */

/*
 * The pattern lives in the arena, and what PCRE2 holds for it is released with the arena. NULL
 * and *fault when the pattern is wrong or memory is short.
 */
struct pattern *pattern_compile(const struct pattern_source *source, struct arena *arena,
                                struct pattern_fault *fault);
const struct factors *pattern_required(const struct pattern *p);
struct width pattern_width(const struct pattern *p);
uint32_t pattern_forms(const struct pattern *p);
/* Bytes held outside the arena. */
size_t pattern_memory(const struct pattern *p);

/* --- running ------------------------------------------------------------------------------ */

/* A group of a match, in bytes of the original text. */
struct capture {
    size_t begin, end; /* CAPTURE_UNSET both, when the group took no part in the match */
};
#define CAPTURE_UNSET SIZE_MAX

/*
 * The leftmost match that begins at byte `from` or behind. *groups becomes 0 when there is none,
 * else one more than the groups that capture; the first cap of them are in out, out[0] being the
 * match. Scratch is the scanner's; its hits stay as they are. SCAN_OK, SCAN_MEMORY, SCAN_STOPPED
 * or, when the search costs more than a text of this length may, SCAN_LIMIT: whether there is a
 * match is then not known. To find the next match, begin where this one ended.
 */
enum scan_status pattern_search(struct scanner *s, const struct pattern *p, const char *text,
                                size_t len, size_t from, struct capture *out, size_t cap,
                                size_t *groups);
/* Groups that capture; they are numbered from 1 in the order of their parentheses. */
size_t pattern_groups(const struct pattern *p);
/* The name of a group, or NULL. */
const char *pattern_group_name(const struct pattern *p, size_t group);
/* The number of the group of a name, or 0. */
size_t pattern_group(const struct pattern *p, const char *name);

/* --- for matcher.c ------------------------------------------------------------------------ */

struct view;

/* One pattern on one text. */
struct pattern_run {
    struct scanner *s;
    const struct pattern *p;
    struct view *view;
    size_t next;   /* matches begin at this byte or behind */
    size_t budget; /* steps left */
    uint32_t tries;
    /* What it cost: places asked about, runs of PCRE2 and what it was shown, matches. */
    uint64_t places, runs, bytes, matches;
    enum scan_status status; /* SCAN_LIMIT: there may be more matches than were found */
};

/*
 * Takes the text that the runs to come are on, and sets what they may cost together; so many of
 * them are tried everywhere. False when memory is short.
 */
bool pattern_text(struct scanner *s, const char *text, size_t len, size_t swept);
/* Charges steps to all patterns on the text; false when there are none left. */
bool pattern_spend(struct scanner *s, size_t steps);
void pattern_begin(struct pattern_run *r, struct scanner *s, const struct pattern *p, size_t from);
/* The bytes from..to at which a match may begin that holds a factor at byte `at`. */
bool pattern_range(struct pattern_run *r, size_t at, size_t *from, size_t *to);
/* The next match that begins at a byte up to `to`. False when there is none, or see status. */
bool pattern_next(struct pattern_run *r, size_t to, struct hit *hit);

struct pattern_scratch;
void pattern_scratch_free(struct pattern_scratch *x);
size_t pattern_scratch_memory(const struct pattern_scratch *x);

#endif
