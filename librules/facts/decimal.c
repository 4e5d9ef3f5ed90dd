/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/decimal.h"

enum { MOST_DIGITS = 19 /* of INT64_MAX */, LONGEST_SCALE = 18 };

/* An exponent beyond this fits no number, whatever digits stand before it. */
#define LARGEST_EXPONENT INT64_C(1000000000000000)

struct cursor {
    const char *p, *end;
};

/* value * 10^(zeros - fraction): the zeros at the end are counted, not multiplied in. */
struct digits {
    uint64_t value;
    uint32_t n;
    int64_t zeros, fraction;
    bool fits;
};

static bool is_digit(const struct cursor *c)
{
    return c->p < c->end && *c->p >= '0' && *c->p <= '9';
}

static bool skip(struct cursor *c, char wanted)
{
    if (c->p == c->end || *c->p != wanted)
        return false;
    c->p++;
    return true;
}

static void skip_blanks(struct cursor *c)
{
    while (skip(c, ' ') || skip(c, '\t') || skip(c, '\n') || skip(c, '\r'))
        ;
}

static bool skip_minus(struct cursor *c)
{
    if (skip(c, '-'))
        return true;
    skip(c, '+');
    return false;
}

static void add_digit(struct digits *d, uint32_t digit)
{
    if (digit == 0) {
        d->zeros += d->n != 0;
        return;
    }
    if (d->zeros + d->n >= MOST_DIGITS) {
        d->fits = false;
        return;
    }
    d->n += (uint32_t)d->zeros + 1;
    for (; d->zeros; d->zeros--)
        d->value *= 10;
    d->value = d->value * 10 + digit;
}

static bool read_digits(struct cursor *c, struct digits *d, bool fraction)
{
    const char *begin = c->p;

    for (; is_digit(c); c->p++) {
        d->fraction += fraction;
        add_digit(d, (uint32_t)(*c->p - '0'));
    }
    return c->p > begin;
}

static bool read_exponent(struct cursor *c, int64_t *out)
{
    bool minus = skip_minus(c);
    int64_t e = 0;

    if (!is_digit(c))
        return false;
    for (; is_digit(c); c->p++)
        e = e < LARGEST_EXPONENT ? e * 10 + (*c->p - '0') : e;
    *out = minus ? -e : e;
    return true;
}

static bool scale_up(uint64_t *value, int64_t exponent)
{
    if (exponent > LONGEST_SCALE)
        return false;
    for (; exponent > 0; exponent--) {
        if (*value > UINT64_MAX / 10)
            return false;
        *value *= 10;
    }
    return true;
}

static bool finish(const struct digits *d, int64_t exponent, bool minus, struct decimal *out)
{
    uint64_t value = d->value, most = (uint64_t)INT64_MAX + minus;

    if (!d->fits)
        return false;
    if (value == 0) {
        *out = (struct decimal){0, 0};
        return true;
    }
    exponent += d->zeros - d->fraction;
    if (exponent < -LONGEST_SCALE || !scale_up(&value, exponent) || value > most)
        return false;
    out->scale = exponent < 0 ? (uint8_t)-exponent : 0;
    out->coefficient = minus ? -(int64_t)(value - 1) - 1 : (int64_t)value;
    return true;
}

bool decimal_parse(const char *text, size_t len, struct decimal *out)
{
    struct cursor c = {text, text ? text + len : NULL};
    struct digits d = {.fits = true};
    int64_t exponent = 0;
    bool minus;

    skip_blanks(&c);
    minus = skip_minus(&c);
    if (!read_digits(&c, &d, false) || (skip(&c, '.') && !read_digits(&c, &d, true)))
        return false;
    if ((skip(&c, 'e') || skip(&c, 'E')) && !read_exponent(&c, &exponent))
        return false;
    skip_blanks(&c);
    return c.p == c.end && finish(&d, exponent, minus, out);
}

size_t decimal_format(struct decimal d, char out[DECIMAL_LONGEST])
{
    char reversed[DECIMAL_LONGEST];
    uint64_t rest = d.coefficient < 0 ? 0 - (uint64_t)d.coefficient : (uint64_t)d.coefficient;
    size_t n = 0, len = 0;

    for (uint32_t digits = 0; rest || digits <= d.scale; digits++, rest /= 10) {
        if (digits == d.scale && d.scale)
            reversed[n++] = '.';
        reversed[n++] = (char)('0' + rest % 10);
    }
    if (d.coefficient < 0)
        out[len++] = '-';
    while (n > 0)
        out[len++] = reversed[--n];
    out[len] = '\0';
    return len;
}

static int64_t power_of_ten(uint32_t n)
{
    int64_t p = 1;

    while (n-- > 0)
        p *= 10;
    return p;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    int64_t pa = power_of_ten(a.scale), pb = power_of_ten(b.scale);
    int whole = compare(a.coefficient / pa, b.coefficient / pb);

    if (whole)
        return whole;
    /* Both remainders are below one, so they fit at the longest scale. */
    return compare(a.coefficient % pa * power_of_ten(LONGEST_SCALE - a.scale),
                   b.coefficient % pb * power_of_ten(LONGEST_SCALE - b.scale));
}

/* --- products ------------------------------------------------------------------------------- */

/* A magnitude below 2^256: two products of 2^63 with 36 decimal places between them fit. */
struct wide {
    uint32_t limb[8]; /* the lowest first */
};

static void multiply(struct wide *w, uint32_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < 8; i++) {
        carry += (uint64_t)w->limb[i] * by;
        w->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

static struct wide product(uint64_t a, uint64_t b)
{
    const uint32_t parts[2] = {(uint32_t)b, (uint32_t)(b >> 32)};
    struct wide out = {{0}};

    for (int k = 0; k < 2; k++) {
        struct wide one = {{0}};
        uint64_t carry = 0;

        one.limb[k] = (uint32_t)a;
        one.limb[k + 1] = (uint32_t)(a >> 32);
        multiply(&one, parts[k]);
        for (int i = 0; i < 8; i++) {
            carry += (uint64_t)out.limb[i] + one.limb[i];
            out.limb[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    return out;
}

static int compare_wide(const struct wide *a, const struct wide *b)
{
    for (int i = 7; i >= 0; i--)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static int sign_of(struct decimal a, struct decimal b)
{
    if (a.coefficient == 0 || b.coefficient == 0)
        return 0;
    return (a.coefficient < 0) == (b.coefficient < 0) ? 1 : -1;
}

int decimal_compare_products(struct decimal a, struct decimal b, struct decimal c, struct decimal d)
{
    struct wide left = product(magnitude(a.coefficient), magnitude(b.coefficient));
    struct wide right = product(magnitude(c.coefficient), magnitude(d.coefficient));
    int scale = a.scale + b.scale - c.scale - d.scale, sign = sign_of(a, b);

    if (sign != sign_of(c, d))
        return sign < sign_of(c, d) ? -1 : 1;
    for (; scale < 0; scale++)
        multiply(&left, 10);
    for (; scale > 0; scale--)
        multiply(&right, 10);
    return sign * compare_wide(&left, &right);
}

bool decimal_times(struct decimal d, uint32_t factor, struct decimal *out)
{
    /* The fewer places, the more room. */
    for (; d.scale && d.coefficient % 10 == 0; d.scale--)
        d.coefficient /= 10;
    for (; d.scale && factor % 10 == 0 && factor; d.scale--)
        factor /= 10;
    if (factor && (d.coefficient > INT64_MAX / factor || d.coefficient < INT64_MIN / factor))
        return false;
    *out = (struct decimal){d.coefficient * factor, d.scale};
    return true;
}
