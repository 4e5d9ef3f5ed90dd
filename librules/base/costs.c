/* SPDX-License-Identifier: Apache-2.0 */
#include "base/costs.h"

#include <time.h>

#include "base/utf8.h"

enum { CLOCK_TRIALS = 16, READS_A_TRIAL = 16 };

/* Nanoseconds of the calling thread; 0 where there is no such clock. */
static uint64_t thread_ns(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0)
        return 0;
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The mean of some readings in a row. */
static uint64_t try_clock(void)
{
    const uint64_t first = thread_ns();
    uint64_t last = first;

    for (int i = 0; i < READS_A_TRIAL; i++)
        last = thread_ns();
    return (last - first) / READS_A_TRIAL;
}

/* The least of some trials: what disturbs one only makes it longer. */
void costs_init_clock(struct rls_costs *c)
{
    c->clock_ns = try_clock();
    for (int i = 1; i < CLOCK_TRIALS; i++) {
        const uint64_t ns = try_clock();

        if (ns < c->clock_ns)
            c->clock_ns = ns;
    }
}

void costs_count_text(struct rls_stage_cost *stage, const char *text, size_t len)
{
    stage->bytes += len;
    for (size_t i = 0; i < len; i++)
        stage->characters += !utf8_tail((unsigned char)text[i]);
}

void costs_restart(struct rls_costs *c)
{
    c->lap = thread_ns();
}

uint64_t costs_take_lap(struct rls_costs *c, enum rls_stage stage)
{
    const uint64_t now = thread_ns(), gone = now > c->lap ? now - c->lap : 0;
    const uint64_t ns = gone > c->clock_ns ? gone - c->clock_ns : 0;

    c->lap = now;
    c->total += ns;
    c->stages[stage].ns += ns;
    return ns;
}
