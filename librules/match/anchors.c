/* SPDX-License-Identifier: Apache-2.0 */
#include "match/anchors.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

enum { CODES = 0x110000, ASCII_END = 0x80, BYTES = 256 };

bool anchors_add(struct anchors *a, const struct anchor *anchor)
{
    if (a->n == ANCHORS_MOST)
        return false;
    a->list[a->n++] = *anchor;
    return true;
}

static bool has(const struct anchor *a, uint32_t code)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (a->codes[i] == code)
            return true;
    return false;
}

/* The anchors that a code of a view is of. */
static uint64_t mask_of(const struct anchors *a, uint32_t code)
{
    uint64_t mask = 0;

    if (code < ASCII_END)
        return a->begins[code];
    for (uint32_t i = 0; i < a->n; i++)
        if (a->beyond >> i & 1 && has(&a->list[i], code))
            mask |= (uint64_t)1 << i;
    return mask;
}

/* The anchors that some view reads a character as one of, or as several with one of. */
static uint64_t reads_as(const struct anchors *a, uint32_t code, uint32_t entry)
{
    uint32_t single;
    size_t n;
    const uint32_t *codes = fold_sequence(code, entry, &single, &n);
    uint64_t mask = mask_of(a, code);

    for (size_t i = 0; i < n; i++)
        mask |= mask_of(a, codes[i]);
    return mask;
}

static void enter_ascii(struct anchors *a)
{
    uint64_t own[ASCII_END];

    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < a->list[i].n; k++) {
            const uint32_t code = a->list[i].codes[k];

            if (code < ASCII_END)
                a->begins[code] |= (uint64_t)1 << i;
            else
                a->beyond |= (uint64_t)1 << i;
        }
    memcpy(own, a->begins, sizeof own);
    for (uint32_t c = 0; c < ASCII_END; c++) {
        const uint32_t target = fold_entry(c) & FOLD_TARGET;

        if (target && target < ASCII_END)
            a->begins[c] |= own[target];
    }
}

static void enter(struct anchors *a, uint32_t code, uint32_t entry)
{
    char bytes[UTF8_LONGEST];

    (void)utf8_encode(code, bytes);
    a->begins[(unsigned char)bytes[0]] |= reads_as(a, code, entry);
}

void anchors_build(struct anchors *a)
{
    if (!a->n)
        return;
    enter_ascii(a);
    for (uint32_t code = ASCII_END; code < CODES; code++) {
        const uint32_t entry = fold_entry(code);

        if (entry & (FOLD_TARGET | FOLD_MANY))
            enter(a, code, entry);
    }
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < a->list[i].n; k++)
            if (a->list[i].codes[k] >= ASCII_END)
                enter(a, a->list[i].codes[k], 0);
    for (uint32_t i = 0; i < BYTES; i++)
        a->any[i] = a->begins[i] != 0;
}

struct hunt {
    const struct anchors *a;
    const unsigned char *text;
    size_t len;
    size_t done[ANCHORS_MOST]; /* where the last run of each anchor ends */
    bool (*found)(void *user, uint32_t anchor, uint32_t at);
    void *user;
};

/* A character of the text: its bytes, how many it reads as, and the anchors it is of. */
struct letter {
    uint32_t bytes, count;
    uint64_t mask;
};

static struct letter read_letter(const struct hunt *h, size_t at)
{
    uint32_t code, entry, n;

    if (h->text[at] < ASCII_END)
        return (struct letter){1, 1, h->a->begins[h->text[at]]};
    n = utf8_decode(h->text + at, h->len - at, &code);
    if (!n)
        return (struct letter){1, 1, 0};
    entry = fold_entry(code);
    if (fold_ignorable(entry))
        return (struct letter){n, 0, UINT64_MAX};
    return (struct letter){n, entry & FOLD_MANY ? FOLD_LONGEST : 1, reads_as(h->a, code, entry)};
}

/* The end of the run of an anchor that begins at a place, and how many characters it has. */
static size_t run_end(const struct hunt *h, uint32_t i, size_t at, size_t *count)
{
    for (*count = 0; at < h->len;) {
        const struct letter l = read_letter(h, at);

        if (!(l.mask >> i & 1))
            break;
        *count += l.count;
        at += l.bytes;
    }
    return at;
}

/* Every character of the run that has enough behind it. */
static bool tell(struct hunt *h, uint32_t i, size_t at)
{
    const uint32_t run = h->a->list[i].run;
    size_t count;

    if (at < h->done[i])
        return true;
    h->done[i] = run_end(h, i, at, &count);
    while (count >= run && at < h->done[i]) {
        const struct letter l = read_letter(h, at);

        if (l.count && !h->found(h->user, i, (uint32_t)at))
            return false;
        count -= l.count;
        at += l.bytes;
    }
    return true;
}

static size_t next_begin(const struct hunt *h, size_t at)
{
    const unsigned char *t = h->text;
    const bool *any = h->a->any;

    while (at + 4 <= h->len && !(any[t[at]] | any[t[at + 1]] | any[t[at + 2]] | any[t[at + 3]]))
        at += 4;
    while (at < h->len && !any[t[at]])
        at++;
    return at;
}

void anchors_find(const struct anchors *a, const char *text, size_t len,
                  bool (*found)(void *user, uint32_t anchor, uint32_t at), void *user)
{
    struct hunt h = {
        .a = a, .text = (const unsigned char *)text, .len = len, .found = found, .user = user};
    uint64_t open = 0; /* anchors of the character before */
    size_t end = 0;

    for (size_t at = next_begin(&h, 0); at < len; at = next_begin(&h, end)) {
        const struct letter l = read_letter(&h, at);
        uint64_t begins = l.count ? l.mask & ~(at == end ? open : 0) : 0;

        for (uint32_t i = 0; begins; begins >>= 1, i++)
            if (begins & 1 && !tell(&h, i, at))
                return;
        open = l.count ? l.mask : 0;
        end = at + l.bytes;
    }
}
