/* SPDX-License-Identifier: Apache-2.0 */
#include "why_hits.h"

#include "text.h"

#include <librules/finding.h>

/* Upper case is no disguise worth a word. */
static uint32_t telling_forms(const struct rls_explained_hit *h)
{
    return h->forms & ~(uint32_t)RLS_FORM_CASE;
}

static void write_forms(struct buffer *b, uint32_t forms)
{
    const char *name;
    unsigned n = 0;

    for (uint32_t form = 1; (name = rls_form_name(form, text_language())); form <<= 1) {
        if (!(forms & form))
            continue;
        buffer_text(b, text(n++ ? TEXT_COMMA : TEXT_WHY_DISGUISE));
        buffer_text(b, name);
    }
}

static void write_reason(struct buffer *b, const struct rls_explained_hit *h)
{
    static const enum text_id reasons[] = {[RLS_HIT_GUARDED] = TEXT_WHY_GUARDED,
                                           [RLS_HIT_ALLOWED] = TEXT_WHY_ALLOWED,
                                           [RLS_HIT_ELSEWHERE] = TEXT_WHY_ELSEWHERE};

    if (h->state == RLS_HIT_COUNTS || h->state > RLS_HIT_ELSEWHERE)
        return;
    buffer_text(b, text(reasons[h->state]));
    if (h->by)
        buffer_plain(b, h->by);
}

static void write_hit(struct buffer *b, const struct rls_explained_hit *h, int indent)
{
    buffer_format(b, "%*s%s", indent, "",
                  text(h->state == RLS_HIT_COUNTS ? TEXT_WHY_FOUND : TEXT_WHY_NOT_COUNTED));
    buffer_plain(b, h->field);
    buffer_text(b, text(TEXT_COLON));
    buffer_plain(b, h->matched);
    buffer_text(b, text(TEXT_WHY_TERM));
    buffer_plain(b, h->term);
    buffer_text(b, text(TEXT_WHY_LIST));
    buffer_plain(b, h->list);
    write_forms(b, telling_forms(h));
    write_reason(b, h);
    buffer_text(b, text(TEXT_CLOSE));
}

static void write_distance(struct buffer *b, const struct rls_explained *x, int indent)
{
    buffer_format(b, "%*s", indent, "");
    if (x->distance == RLS_NO_DISTANCE)
        buffer_say(b, TEXT_WHY_APART, x->within);
    else if (x->crosses)
        buffer_say(b, TEXT_WHY_CROSSES, x->distance, x->within);
    else
        buffer_say(b, TEXT_WHY_DISTANCE, x->distance, x->within);
}

void why_hits_text(struct buffer *b, const struct rls_explained *x, int indent)
{
    for (size_t i = 0; i < x->n_hits; i++)
        write_hit(b, &x->hits[i], indent);
    if (x->within)
        write_distance(b, x, indent);
}

static void member(struct buffer *b, const char *name, const char *value)
{
    if (!value)
        return;
    buffer_format(b, ",\"%s\":", name);
    buffer_json(b, value);
}

static void hit_json(struct buffer *b, const struct rls_explained_hit *h)
{
    static const char *const states[] = {[RLS_HIT_COUNTS] = "counts",
                                         [RLS_HIT_GUARDED] = "guarded",
                                         [RLS_HIT_ALLOWED] = "allowed",
                                         [RLS_HIT_ELSEWHERE] = "elsewhere"};
    const char *name;
    unsigned n = 0;

    buffer_format(b, "{\"state\":\"%s\"",
                  h->state && h->state <= RLS_HIT_ELSEWHERE ? states[h->state] : "");
    member(b, "field", h->field);
    member(b, "matched", h->matched);
    member(b, "term", h->term);
    member(b, "list", h->list);
    member(b, "by", h->by);
    buffer_text(b, ",\"forms\":[");
    for (uint32_t form = 1; (name = rls_form_name(form, NULL)); form <<= 1)
        if (h->forms & form)
            buffer_format(b, "%s\"%s\"", n++ ? "," : "", name);
    buffer_text(b, "]}");
}

void why_hits_json(struct buffer *b, const struct rls_explained *x)
{
    if (x->n_hits)
        buffer_text(b, ",\"hits\":[");
    for (size_t i = 0; i < x->n_hits; i++) {
        buffer_text(b, i ? "," : "");
        hit_json(b, &x->hits[i]);
    }
    if (x->n_hits)
        buffer_text(b, "]");
    if (x->within)
        buffer_format(b, ",\"within\":%u,\"crosses\":%s", x->within, x->crosses ? "true" : "false");
    if (x->within && x->distance != RLS_NO_DISTANCE)
        buffer_format(b, ",\"distance\":%u", x->distance);
}
