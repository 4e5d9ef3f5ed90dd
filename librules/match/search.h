/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_SEARCH_H
#define LIBRULES_MATCH_SEARCH_H

#include "match/verify.h"

/*
 * Finds where entries of an index may begin among the scanner's symbols. Places are dealt with in
 * order, and all entries that begin at one before the next.
 */
struct search {
    struct scanner *s;
    const struct dictionary *d;
    const struct index *index;
    const uint16_t *symbols; /* of the text, by the index */
    struct verify verify;
    enum scan_status status;
    size_t poll_below; /* the budget at which to ask whether to stop */
    uint32_t at;       /* the place in hand */
    /* Called before the first walk of a place, while at is still the place before. */
    void (*arrive)(struct search *se, uint32_t at);
    /* The entries from..to share their first depth symbols, which stand at at. */
    void (*walk)(struct search *se, uint32_t from, uint32_t to, uint32_t at, uint32_t depth);
};

/* The symbols must be those of the text by the space's index, at the scanner's offsets. */
void search_init(struct search *se, enum space space, const uint16_t *symbols, const char *text,
                 size_t len);
/* Goes through all places until one piece of work sets a status. */
void search_run(struct search *se);
void search_end(struct search *se, enum scan_status status);
void search_poll(struct search *se);
/* Called when the budget has fallen to where it is time to ask whether to stop. */
void search_spent(struct search *se);
/* Call before work at a place; false when the search has ended. */
bool search_arrive(struct search *se, uint32_t at);

/* Called after every piece of work, with the steps that verification did not count. */
static inline void search_worked(struct search *se, size_t steps)
{
    verify_spend(&se->verify, steps);
    if (se->verify.budget <= se->poll_below)
        search_spent(se);
}

static inline uint16_t entry_symbol(const struct search *se, uint32_t entry, uint32_t depth)
{
    return se->index->pool[se->index->entries[entry].symbols + depth];
}

/* The first entry of from..to whose symbol at depth is at least symbol. from is below to. */
uint32_t lower_bound(const struct search *se, uint32_t from, uint32_t to, uint32_t depth,
                     uint32_t symbol);

#endif
