/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_HITS_H
#define LIBRULES_EVAL_HITS_H

#include "base/utf8.h"
#include "facts/facts.h"
#include "match/joined.h"
#include "set/program.h"

struct fact_hit {
    uint32_t fact;
    uint32_t next; /* next hit of the same terms set, HIT_NONE ends */
    bool measured; /* what is before it is known */
    bool valid;    /* its text is known to be well-formed */
    struct hit hit;
    struct utf8_units before; /* in the original */
};

#define HIT_NONE UINT32_MAX

/* The term hits of one subject, by terms set. */
struct hit_index {
    struct mem mem;
    size_t max_items; /* of one check */
    struct scanner scanner;
    struct joined joined; /* facts that are not scanned yet */
    struct fact_hit *items;
    size_t n_items, cap_items;
    uint32_t *head, *tail; /* by terms set */
    size_t cap_head, cap_tail;
    uint32_t *touched; /* terms sets with a hit */
    size_t n_touched, cap_touched;
    uint32_t *cut; /* facts whose text had more hits than the limit */
    size_t n_cut, cap_cut;
    uint32_t without; /* a term whose hits are not taken; TERM_NONE */
};

/* stop is asked while a text is scanned whether to give up. */
void hits_init(struct hit_index *h, const struct mem *mem, size_t max_hits,
               bool (*stop)(void *user), void *stop_user);
void hits_clear(struct hit_index *h);
/* Makes room for the terms sets of a set; false when memory is short, and nothing is changed. */
bool hits_bind(struct hit_index *h, const struct rls_set *set);
void hits_reset(struct hit_index *h);
/* Looks for the set's terms in one fact: SCAN_OK (also when the fact was cut), SCAN_MEMORY or
 * SCAN_STOPPED. */
enum scan_status hits_scan(struct hit_index *h, const struct rls_set *set, const struct facts *f,
                           uint32_t fact);
/* The same, now or by hits_scan_rest at the latest, which is to be called behind the last fact. */
enum scan_status hits_scan_soon(struct hit_index *h, const struct rls_set *set,
                                const struct facts *f, uint32_t fact);
enum scan_status hits_scan_rest(struct hit_index *h, const struct rls_set *set,
                                const struct facts *f);
/* The hit with its place measured. All hits of a fact are measured in one walk over its text. */
const struct fact_hit *hits_measured(struct hit_index *h, const struct facts *f, uint32_t item);
size_t hits_memory(const struct hit_index *h);

#endif
