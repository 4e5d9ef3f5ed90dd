/* SPDX-License-Identifier: Apache-2.0 */
#include "report/out.h"

#include "base/instant.h"

void out_init(struct out *o, rls_write_fn put, void *user)
{
    o->put = put;
    o->user = user;
    o->refused = false;
    o->n = 0;
}

static void hand_over(struct out *o)
{
    if (!o->refused && o->n && o->put(o->user, o->data, o->n) != 0)
        o->refused = true;
    o->n = 0;
}

int out_end(struct out *o)
{
    hand_over(o);
    return o->refused ? RLS_ERR_IO : RLS_OK;
}

void out_long(struct out *o, const char *data, size_t len)
{
    while (len && !o->refused) {
        size_t room = sizeof o->data - o->n, part = len < room ? len : room;

        memcpy(o->data + o->n, data, part);
        o->n += part;
        data += part;
        len -= part;
        if (o->n == sizeof o->data)
            hand_over(o);
    }
}

void out_number(struct out *o, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    out_bytes(o, digits + at, sizeof digits - at);
}

void out_thousandths(struct out *o, int64_t value)
{
    int64_t part = value % 1000;
    char digits[3];
    size_t n = 3;

    if (value < 0) {
        out_text(o, "-");
        part = -part;
    }
    out_number(o, value < 0 ? -(value / 1000) : value / 1000);
    for (size_t i = n; i-- > 0; part /= 10)
        digits[i] = (char)('0' + part % 10);
    while (n && digits[n - 1] == '0')
        n--;
    if (n) {
        out_text(o, ".");
        out_bytes(o, digits, n);
    }
}

/* Bytes of a character that could move or reorder what a terminal shows; 0 for any other: C0, DEL
 * and C1 controls, line separators, marks and overrides of direction. */
static size_t unruly(const unsigned char *p)
{
    if (*p < 0x20 || *p == 0x7F)
        return 1;
    if ((*p == 0xC2 && p[1] < 0xA0) || (*p == 0xD8 && p[1] == 0x9C))
        return 2;
    if (*p != 0xE2)
        return 0;
    return (p[1] == 0x80 && (p[2] == 0x8E || p[2] == 0x8F || (p[2] >= 0xA8 && p[2] <= 0xAE))) ||
                   (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9)
               ? 3
               : 0;
}

void out_plain(struct out *o, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    while (*p) {
        size_t n = unruly(p);

        if (*p == '\n' || *p == '\r' || *p == '\t')
            out_bytes(o, " ", 1);
        else if (n)
            out_text(o, "\xEF\xBF\xBD");
        else
            out_bytes(o, (const char *)p, 1);
        p += n ? n : 1;
    }
}

void out_instant(struct out *o, int64_t instant)
{
    char text[INSTANT_TEXT];

    out_bytes(o, text, instant_text(instant, text));
}

void out_time(struct out *o, int64_t instant, int32_t minutes)
{
    char text[INSTANT_TEXT];

    out_bytes(o, text, instant_text_at(instant, minutes, text));
}

static void out_escape(struct out *o, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    char u[6] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};

    for (size_t i = 0; i + 1 < sizeof named; i += 2) {
        if ((unsigned char)named[i] == c) {
            char e[2] = {'\\', named[i + 1]};
            out_bytes(o, e, sizeof e);
            return;
        }
    }
    out_bytes(o, u, sizeof u);
}

static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* Whether one of eight bytes is zero. */
static bool has_zero(uint64_t word)
{
    return (word - EACH_BYTE) & ~word & EACH_BYTE << 7;
}

static bool eight_need_escape(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return ((word - EACH_BYTE * 0x20) & ~word & EACH_BYTE << 7) ||
           has_zero(word ^ EACH_BYTE * '"') || has_zero(word ^ EACH_BYTE * '\\') ||
           has_zero(word ^ EACH_BYTE * 0x7F);
}

/* How many bytes at the beginning stand for themselves. */
static size_t plain_bytes(const char *text, size_t len)
{
    size_t n = 0;

    while (len - n >= 8 && !eight_need_escape(text + n))
        n += 8;
    while (n < len && !needs_escape((unsigned char)text[n]))
        n++;
    return n;
}

void out_json_string(struct out *o, const char *text)
{
    size_t left = strlen(text);

    out_bytes(o, "\"", 1);
    while (left) {
        size_t n = plain_bytes(text, left);

        out_bytes(o, text, n);
        text += n;
        left -= n;
        if (left) {
            out_escape(o, (unsigned char)*text++);
            left--;
        }
    }
    out_bytes(o, "\"", 1);
}
