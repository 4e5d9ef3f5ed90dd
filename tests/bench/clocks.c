/* SPDX-License-Identifier: Apache-2.0 */
#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "clocks.h"

#include <time.h>

#if defined(__linux__)
#include <sched.h>
#endif

static uint64_t read_clock(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t cpu_ns(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

uint64_t wall_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double sentinel_ns(void)
{
    static volatile uint64_t seed = 1;
    const uint64_t start = seed, before = cpu_ns();
    uint64_t a = start, b = start + 1, c = start + 2, d = start + 3, e = start + 4, f = start + 5;

    for (uint32_t i = 0; i < 300000; i++) {
        a = (a ^ i) * 0x9e3779b97f4a7c15u;
        b = (b + i) ^ b >> 7;
        c = (c ^ i) + (c << 3);
        d = (d + i) ^ d >> 11;
        e = (e ^ i) + (e << 5);
        f = (f + i) ^ f >> 13;
    }
    seed = a + b + c + d + e + f;
    return (double)(cpu_ns() - before);
}

#if defined(__linux__)
static cpu_set_t allowed;

bool pin(void)
{
    cpu_set_t one;
    size_t last = CPU_SETSIZE;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return false;
    for (size_t i = 0; i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, &allowed))
            last = i;
    if (last == CPU_SETSIZE)
        return false;
    CPU_ZERO(&one);
    CPU_SET(last, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
}

void unpin(void)
{
    (void)sched_setaffinity(0, sizeof allowed, &allowed);
}
#else
bool pin(void)
{
    return false;
}

void unpin(void)
{
}
#endif
