/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/witness.h"

#include <string.h>

void witness_quote(struct rls_evaluator *ev, const struct candidate_evidence *q)
{
    if (!mem_grow(&ev->mem, &ev->quotes, &ev->cap_quotes, ev->n_quotes + 1, sizeof *q)) {
        ev->out_of_memory = true;
        return;
    }
    ev->quotes[ev->n_quotes++] = *q;
}

void witness_excused(struct rls_evaluator *ev, const struct candidate_evidence *q)
{
    if (!mem_grow(&ev->mem, &ev->excused, &ev->cap_excused, ev->n_excused + 1, sizeof *q)) {
        ev->out_of_memory = true;
        return;
    }
    ev->excused[ev->n_excused++] = *q;
}

void witness_missing(struct rls_evaluator *ev, const char *name)
{
    for (size_t i = 0; i < ev->n_missing; i++)
        if (strcmp(ev->missing[i], name) == 0)
            return;
    if (!mem_grow(&ev->mem, &ev->missing, &ev->cap_missing, ev->n_missing + 1,
                  sizeof *ev->missing)) {
        ev->out_of_memory = true;
        return;
    }
    ev->missing[ev->n_missing++] = name;
}

void witness_value(struct rls_evaluator *ev, uint32_t fact)
{
    uint32_t len = (uint32_t)ev->facts.items[fact].text_len;

    witness_quote(ev, &(struct candidate_evidence){.fact = fact, .end = len, .hit = HIT_NONE});
}
