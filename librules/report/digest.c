/* SPDX-License-Identifier: Apache-2.0 */
#include "set/digest.h"

#include <string.h>

#include "finding/finding.h"

static struct digest_part part(const char *text)
{
    return (struct digest_part){text ? text : "", text ? strlen(text) : 0};
}

/* Order of destinations does not decide, so their digests are added up. */
static void digest_destinations(const struct report_options *o, uint8_t sum[DIGEST_BYTES])
{
    memset(sum, 0, DIGEST_BYTES);
    for (size_t i = 0; i < o->n_destinations; i++) {
        struct digest_part p = part(o->destinations[i]);
        uint8_t one[DIGEST_BYTES];
        unsigned carry = 0;

        digest_parts(&p, 1, one);
        for (size_t b = 0; b < DIGEST_BYTES; b++) {
            carry += (unsigned)sum[b] + one[b];
            sum[b] = (uint8_t)carry;
            carry >>= 8;
        }
    }
}

enum { VALUE_BYTES = 8, NUMBERS = 5 };

/* Least byte first on every machine. */
static void put_number(uint8_t *to, uint64_t value)
{
    for (size_t b = 0; b < VALUE_BYTES; b++)
        to[b] = (uint8_t)(value >> (8 * b));
}

static void put_numbers(const struct report_options *o, uint8_t to[NUMBERS * VALUE_BYTES])
{
    const uint64_t values[NUMBERS] = {(uint64_t)o->as_of, o->flags, o->max_findings,
                                      o->excerpt_bytes, (uint64_t)o->clock};

    for (size_t i = 0; i < NUMBERS; i++)
        put_number(to + i * VALUE_BYTES, values[i]);
}

/* The parts in a row, or nothing where they do not fit. */
static size_t put_parts(const struct digest_part *parts, size_t n, uint8_t to[DIGEST_MEMO])
{
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        if (parts[i].len + VALUE_BYTES > DIGEST_MEMO - at)
            return 0;
        put_number(to + at, parts[i].len);
        at += VALUE_BYTES;
        memcpy(to + at, parts[i].data, parts[i].len);
        at += parts[i].len;
    }
    return at;
}

static void digest_or_recall(struct digest_memo *memo, const struct digest_part *parts, size_t n,
                             uint8_t out[DIGEST_BYTES])
{
    uint8_t message[DIGEST_MEMO];
    size_t len = put_parts(parts, n, message);

    if (!len || atomic_flag_test_and_set_explicit(&memo->busy, memory_order_acquire)) {
        digest_parts(parts, n, out);
        return;
    }
    if (memo->len != len || memcmp(memo->message, message, len) != 0) {
        digest_parts(parts, n, memo->digest);
        memcpy(memo->message, message, len);
        memo->len = len;
    }
    memcpy(out, memo->digest, DIGEST_BYTES);
    atomic_flag_clear_explicit(&memo->busy, memory_order_release);
}

void rls_report_digest(const struct rls_report *r, uint8_t out[32])
{
    const struct report_options *o = &r->options;
    uint8_t destinations[DIGEST_BYTES], numbers[NUMBERS * VALUE_BYTES];
    const struct digest_part parts[] = {{r->set->digest, DIGEST_BYTES},
                                        part(rls_version_string()),
                                        part(rls_tables_digest()),
                                        {numbers, sizeof numbers},
                                        part(o->profile),
                                        part(o->platform),
                                        part(o->channel),
                                        {destinations, DIGEST_BYTES},
                                        {o->params, DIGEST_BYTES}};

    digest_destinations(o, destinations);
    put_numbers(o, numbers);
    if (r->memo)
        digest_or_recall(r->memo, parts, sizeof parts / sizeof parts[0], out);
    else
        digest_parts(parts, sizeof parts / sizeof parts[0], out);
}
