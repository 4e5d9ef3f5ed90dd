/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST = 64, MOST_SLIPS = 3 };

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool same(char a, char b)
{
    return lower(a) == lower(b);
}

/* Optimal string alignment; both lengths are at most LONGEST. */
static uint32_t distance(const char *a, size_t na, const char *b, size_t nb)
{
    uint32_t rows[3][LONGEST + 1];
    uint32_t *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= nb; j++)
        above[j] = (uint32_t)j;
    memcpy(before, above, sizeof rows[0]);
    for (size_t i = 1; i <= na; i++) {
        uint32_t *oldest = before;

        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= nb; j++) {
            row[j] =
                least(above[j - 1] + !same(a[i - 1], b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[nb];
}

static uint32_t slips_allowed(size_t len)
{
    return len < 3 ? 0 : len < 6 ? 1 : least((uint32_t)len / 3, MOST_SLIPS);
}

void nearest_offer(struct nearest *n, const char *name, size_t len, const char *candidate)
{
    size_t n_candidate = strlen(candidate);
    size_t apart = len > n_candidate ? len - n_candidate : n_candidate - len;
    uint32_t d;

    if (len == 0 || len > LONGEST || n_candidate > LONGEST || apart > slips_allowed(len))
        return;
    d = distance(name, len, candidate, n_candidate);
    if ((d == 0 && memcmp(name, candidate, len) == 0) || d > slips_allowed(len) ||
        (n->best && d >= n->distance))
        return;
    n->best = candidate;
    n->distance = d;
}
