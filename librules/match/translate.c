/* SPDX-License-Identifier: Apache-2.0 */
#include "match/translate.h"

#include "match/space.h"

enum { SYMBOLS = SYMBOL_FIRST + SYMBOL_COUNT };

bool translate_number(const struct index *into, uint16_t *symbol_of, bool *used, size_t *n,
                      const struct mem *mem)
{
    uint16_t *shared = mem_zero(mem, SYMBOLS * sizeof *shared);

    for (uint32_t code = 0; shared && code < VARIANT_CODES; code++) {
        const uint16_t symbol = code_symbol(into, code);

        if (symbol < SYMBOL_FIRST || symbol_of[code])
            continue;
        if (!shared[symbol])
            shared[symbol] = (uint16_t)(SYMBOL_FIRST + (*n)++ % SYMBOL_COUNT);
        symbol_of[code] = shared[symbol];
        used[code >> FOLD_PAGE_BITS] = true;
    }
    mem_release(mem, shared, SYMBOLS * sizeof *shared);
    return shared != NULL;
}

bool translate_table(struct index *x, const struct index *into, const uint16_t *symbol_of, size_t n,
                     struct arena *arena)
{
    uint16_t *table = arena_array(arena, SYMBOL_FIRST + n, sizeof *table);
    uint32_t *chars = arena_array(arena, SYMBOL_FIRST + n, sizeof *chars);

    for (uint32_t code = 0; table && chars && code < CLASS_SOUND; code++) {
        const uint16_t symbol = symbol_of[code];
        if (!symbol)
            continue;
        chars[symbol] = table[symbol] ? 0 : code;
        table[symbol] = code_symbol(into, code);
    }
    x->translation = table;
    x->chars = chars;
    return table && chars;
}
