/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

#include <stdlib.h>

enum { KEPT_BYTES = 1024 * 1024 };

bool batch_add(struct batch *b, const struct document *d)
{
    if (b->n_entries == b->cap_entries) {
        size_t cap = b->cap_entries ? b->cap_entries * 2 : 64;
        struct entry *entries = realloc(b->entries, cap * sizeof *entries);
        if (!entries)
            return false;
        b->entries = entries;
        b->cap_entries = cap;
    }
    struct entry *e = &b->entries[b->n_entries];
    *e = (struct entry){.offset = b->bytes.len, .document = *d};
    e->document.data = NULL;
    /* Never an empty buffer: every entry has an address. */
    if (buffer_put(&b->bytes, d->data, d->len) < 0 || buffer_put(&b->bytes, "", 1) < 0)
        return false;
    b->n_entries++;
    return true;
}

void batch_reset(struct batch *b)
{
    b->n_entries = 0;
    b->consumed = 0;
    b->plain = false;
    buffer_reset(&b->bytes, KEPT_BYTES);
    buffer_reset(&b->out, KEPT_BYTES);
    buffer_reset(&b->refusals, KEPT_BYTES);
    buffer_reset(&b->errors, KEPT_BYTES);
    buffer_reset(&b->record, KEPT_BYTES);
    tally_free(&b->tally);
}

void batch_free(struct batch *b)
{
    batch_reset(b);
    free(b->entries);
    buffer_free(&b->bytes);
    buffer_free(&b->out);
    buffer_free(&b->refusals);
    buffer_free(&b->errors);
    buffer_free(&b->record);
    free(b);
}
