/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_REPORT_OUT_H
#define LIBRULES_REPORT_OUT_H

#include <string.h>

#include <librules/base.h>

/* Collects output for a write callback. Needs no allocation; a refusal is remembered. */
struct out {
    rls_write_fn put;
    void *user;
    bool refused;
    size_t n;
    char data[4096];
};

void out_init(struct out *o, rls_write_fn put, void *user);
/* Hands over what is left. RLS_OK or RLS_ERR_IO. */
int out_end(struct out *o);
/* The same as out_bytes, for what may not fit. */
void out_long(struct out *o, const char *data, size_t len);

static inline void out_bytes(struct out *o, const char *data, size_t len)
{
    if (len >= sizeof o->data - o->n) {
        out_long(o, data, len);
        return;
    }
    memcpy(o->data + o->n, data, len);
    o->n += len;
}

static inline void out_text(struct out *o, const char *text)
{
    out_bytes(o, text, strlen(text));
}

void out_number(struct out *o, int64_t value);
/* n / 1000 with as many decimals as it needs. */
void out_thousandths(struct out *o, int64_t value);
/* Text for a terminal: controls of any kind, also of direction, as U+FFFD; line ends and tabs as
 * blanks. */
void out_plain(struct out *o, const char *text);
/* An instant as RFC 3339 in UTC. */
void out_instant(struct out *o, int64_t instant);
/* An instant for people, that many minutes ahead of UTC. */
void out_time(struct out *o, int64_t instant, int32_t minutes);
/* A JSON string with its quotation marks. text is valid UTF-8. */
void out_json_string(struct out *o, const char *text);

#endif
