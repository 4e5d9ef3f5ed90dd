/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_SCAN_H
#define LIBRULES_MATCH_SCAN_H

#include "base/costs.h"
#include "match/dictionary.h"

/* A term found in a text: positions are bytes of the original. */
struct hit {
    uint32_t term;  /* index in the dictionary */
    uint32_t begin; /* first byte of the first character */
    uint32_t end;   /* one past the last byte of the last character */
    uint32_t forms; /* disguises undone; always a subset of what the term tolerates */
};

/* Where a factor of patterns stands, among the scanner's symbols. */
struct wake {
    uint32_t term;
    uint32_t at, count;
};

/* Where an allow-term stands. */
struct allowed {
    uint32_t set; /* dense number of its terms set among those that have one */
    uint32_t begin, end;
};

struct pattern_scratch;
struct fast;

/* What patterns have cost since the scanner was made: the same on every machine. */
struct pattern_counts {
    uint64_t places; /* of factors, each for every pattern it wakes */
    uint64_t queued; /* of these, not told apart by what stands beside them */
    uint64_t tries;  /* places at which a match might begin */
    uint64_t runs;   /* of PCRE2 */
};

enum scan_status { SCAN_OK, SCAN_MEMORY, SCAN_LIMIT, SCAN_STOPPED };

/* Scratch of one thread; grows to what the longest text needs and then stops allocating. */
struct scanner {
    struct mem mem;
    struct hit *hits; /* of the last scan, by begin, then longer first, then term */
    size_t cap_hits;
    size_t n_hits;
    size_t max_hits; /* more gives SCAN_LIMIT, with the first ones; excused hits do not count */
    /* Asked every now and then; true ends the scan. NULL, as scanner_init leaves it: never. */
    bool (*stop)(void *user);
    void *stop_user;
    const struct fast *fast; /* what the processor can do; NULL: the portable loops alone */
    /* For match/matcher.c. */
    bool keep_allowed; /* whether `allowed` is wanted */
    struct wake *wakes;
    size_t n_wakes, cap_wakes; /* by at */
    struct allowed *allowed;
    size_t n_allowed, cap_allowed; /* by begin */
    uint64_t *queue;               /* places of factors by pattern */
    size_t n_queue, cap_queue;
    struct pattern_scratch *patterns; /* NULL: not needed yet */
    struct rls_costs *costs;          /* counted into; NULL, as at first: nothing is counted */
    struct pattern_counts counts;
    uint32_t without; /* an allow-term that is to excuse nothing; TERM_NONE, as at first: none;
                         TERM_ALLOWS: all, and they are among the hits themselves */
    bool joined;      /* the text is several, none of which may cost more than an empty one */
    bool well_formed; /* the last text that was scanned is known to be */
    /* private */
    uint16_t *symbols; /* the text without separators and ignorables */
    uint32_t *offsets; /* first source byte of each */
    uint32_t *allow_ends;
    size_t cap_symbols, cap_offsets, cap_allow_ends;
    size_t n_symbols;
    uint16_t *translated; /* the symbols of another space */
    uint32_t *codes;      /* the folded characters, where loose terms are looked for */
    struct arc *arcs;     /* other ways to read them */
    struct hit *loose;    /* hits that only these terms have */
    size_t cap_translated, cap_codes, cap_arcs, cap_loose;
    size_t n_arcs, n_loose;
};

void scanner_init(struct scanner *s, const struct mem *mem, size_t max_hits);
void scanner_clear(struct scanner *s);
/* Whether the caller wants no more. */
bool scanner_stopped(const struct scanner *s);
/* Bytes kept. */
size_t scanner_memory(const struct scanner *s);

/*
 * Find every term in the text, in one pass. Hits contained in a longer hit of the same set stay
 * in the result; hits excused by an allow-term of their set, and the allow-terms themselves, do
 * not (an allow-term excuses a hit when it contains it). SCAN_LIMIT also when the text is made
 * such that finding terms or telling disguises apart would take more than a bounded time per byte.
 * With SCAN_LIMIT and SCAN_STOPPED the hits are those of the text's beginning: nothing behind the
 * place where the scan ended could excuse them.
 */
enum scan_status scan_text(struct scanner *s, const struct dictionary *d, const char *text,
                           size_t len);

#endif
