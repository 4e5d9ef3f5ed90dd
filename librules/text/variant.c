/* SPDX-License-Identifier: Apache-2.0 */
/* Look-alikes, parts, pictures and pairs: look-ups in generated tables. */
#include "text/variant.h"

#include "text/variant_tables.h"

uint32_t shape_of(uint32_t code)
{
    return paged_get(&shape_classes, code);
}

uint32_t latin_shape_of(uint32_t code)
{
    return paged_get(&latin_shapes, code);
}

/* Radicals and the characters they come from are one part. */
static uint32_t part_of(uint32_t code)
{
    uint32_t class = paged_get(&part_classes, code);

    return class ? class : code;
}

static int order(const uint32_t *a, const uint32_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

/* Rows of n parts and the whole, sorted by the parts. */
static uint32_t find_whole(const uint32_t *rows, uint32_t count, const uint32_t *parts, size_t n)
{
    uint32_t low = 0, high = count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const uint32_t *row = rows + (size_t)mid * (n + 1);
        int o = order(row, parts, n);

        if (!o)
            return row[n];
        if (o < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

uint32_t split_join(uint32_t left, uint32_t right)
{
    uint32_t parts[] = {part_of(left), part_of(right)};

    return find_whole(split_pairs[0], split_pairs_count, parts, 2);
}

uint32_t split_join3(uint32_t left, uint32_t middle, uint32_t right)
{
    uint32_t parts[] = {part_of(left), part_of(middle), part_of(right)};

    return find_whole(split_triples[0], split_triples_count, parts, 3);
}

uint32_t split_part(uint32_t code)
{
    return part_of(code);
}

size_t split_way(size_t number, uint32_t parts[3], uint32_t *whole)
{
    const size_t n = number < split_pairs_count ? 2 : 3;
    const uint32_t *row;

    if (number >= (size_t)split_pairs_count + split_triples_count)
        return 0;
    row = n == 2 ? split_pairs[number] : split_triples[number - split_pairs_count];
    for (size_t i = 0; i < n; i++)
        parts[i] = row[i];
    *whole = row[n];
    return n;
}

/* Lists are a count and as many codes; the one at 0 is empty. */
static size_t find_list(const struct paged *index, const uint32_t *lists, uint32_t code,
                        const uint32_t **codes)
{
    const uint32_t *list = lists + paged_get(index, code);

    *codes = list[0] ? list + 1 : NULL;
    return list[0];
}

size_t component_shared(uint32_t code, const uint32_t **codes)
{
    return find_list(&component_index, component_lists, code, codes);
}

size_t emoji_means(uint32_t code, const uint32_t **codes)
{
    return find_list(&emoji_index, emoji_lists, code, codes);
}

bool pair_is_common(uint32_t a, uint32_t b)
{
    uint32_t row, at;

    if (a < PAIR_FIRST || a > PAIR_LAST || b < PAIR_FIRST || b > PAIR_LAST)
        return false;
    row = pair_row(a, b);
    at = pair_rows[row];
    while (at < pair_rows[row + 1] && pair_seconds[at] != b)
        at++;
    return at < pair_rows[row + 1];
}
