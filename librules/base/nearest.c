/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <string.h>

#include "base/utf8.h"

enum { LONGEST = 64, MOST_SLIPS = 3 };

/* A name by characters, without its case. */
struct word {
    uint32_t at[LONGEST];
    size_t n;
};

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* False when it is too long. A byte that begins no character is one by itself. */
static bool read_word(const char *text, size_t len, struct word *out)
{
    out->n = 0;
    for (size_t i = 0; i < len;) {
        uint32_t code;
        size_t n = utf8_decode((const unsigned char *)text + i, len - i, &code);

        if (out->n == LONGEST)
            return false;
        out->at[out->n++] = n ? lower(code) : (unsigned char)text[i];
        i += n ? n : 1;
    }
    return true;
}

/* Optimal string alignment. */
static uint32_t distance(const struct word *a, const struct word *b)
{
    uint32_t rows[3][LONGEST + 1];
    uint32_t *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b->n; j++)
        above[j] = (uint32_t)j;
    memcpy(before, above, sizeof rows[0]);
    for (size_t i = 1; i <= a->n; i++) {
        uint32_t *oldest = before;

        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= b->n; j++) {
            row[j] = least(above[j - 1] + (a->at[i - 1] != b->at[j - 1]),
                           least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b->n];
}

/* Of two single characters neither is near the other. */
static uint32_t slips_allowed(size_t name, size_t candidate)
{
    if (name < 6)
        return name > 1 || candidate > 1;
    return least((uint32_t)name / 3, MOST_SLIPS);
}

void nearest_offer(struct nearest *n, const char *name, size_t len, const char *candidate)
{
    size_t n_candidate = strlen(candidate), apart;
    struct word a, b;
    uint32_t d, allowed;

    if (!read_word(name, len, &a) || !read_word(candidate, n_candidate, &b) || a.n == 0)
        return;
    apart = a.n > b.n ? a.n - b.n : b.n - a.n;
    allowed = slips_allowed(a.n, b.n);
    if (apart > allowed)
        return;
    d = distance(&a, &b);
    if ((d == 0 && len == n_candidate && memcmp(name, candidate, len) == 0) || d > allowed ||
        (n->best && d >= n->distance))
        return;
    n->best = candidate;
    n->distance = d;
}

struct name_sketch name_sketch(const char *name, size_t len)
{
    struct name_sketch s = {.length = LONGEST + 1};
    struct word w;

    if (!read_word(name, len, &w))
        return s;
    s.length = (uint32_t)w.n;
    s.slips = slips_allowed(w.n, LONGEST);
    for (size_t i = 0; i < w.n; i++)
        s.letters |= UINT64_C(1) << w.at[i] % 64;
    return s;
}
