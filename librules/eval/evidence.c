/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/evidence.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "eval/record.h"
#include "eval/shown.h"
#include "match/sort.h"
#include "text/reader.h"

static int by_place(const void *a, const void *b, const void *context)
{
    const struct candidate_evidence *x = a, *y = b;

    (void)context;
    if (x->fact != y->fact)
        return x->fact < y->fact ? -1 : 1;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    if (!x->term || !y->term)
        return (x->term != NULL) - (y->term != NULL);
    return strcmp(x->term->text, y->term->text);
}

/* Quotes contained in the one before them say nothing new. Returns how many are left. */
static size_t drop_contained(struct candidate_evidence *q, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        const struct candidate_evidence *last = kept ? &q[kept - 1] : NULL;

        /* A comparison spans its whole value and must not hide the term hits in it. */
        if (last && last->fact == q[i].fact && q[i].end <= last->end && (last->term || !q[i].term))
            continue;
        q[kept++] = q[i];
    }
    return kept;
}

const char *evidence_path(struct rls_evaluator *ev, const struct fact *value)
{
    const char *name =
        value->field == FIELD_UNKNOWN ? "" : ev->set->vocabulary.fields[value->field].name;
    size_t name_len = strlen(name), dot = name_len && value->key ? 1 : 0;
    size_t key_len = value->key ? value->key_len : 0;
    char *path = arena_alloc(&ev->report.arena, name_len + dot + key_len + 1);

    if (!path)
        return NULL;
    memcpy(path, name, name_len);
    if (dot)
        path[name_len] = '.';
    if (key_len)
        memcpy(path + name_len + dot, value->key, key_len);
    path[name_len + dot + key_len] = '\0';
    return path;
}

/* As much of the bytes [begin, end) as fits, with invalid ones and NUL, which would end the excerpt
 * early, as U+FFFD. Returns how many bytes that takes. */
static size_t mend(char *out, size_t room, const char *text, size_t begin, size_t end)
{
    size_t n = 0;

    while (begin < end) {
        uint32_t code;
        size_t used = utf8_decode((const unsigned char *)text + begin, end - begin, &code);
        bool fine = used && code;
        const char *from = fine ? text + begin : "\xEF\xBF\xBD";
        size_t len = fine ? used : 3;

        if (len > room - n)
            break;
        memcpy(out + n, from, len);
        n += len;
        begin += used ? used : 1;
    }
    return n;
}

/* The bytes [begin, end) with invalid ones as U+FFFD, at most excerpt_bytes long; of a text that is
 * known to be well-formed, or not. */
static const char *quote_bytes(struct rls_evaluator *ev, const char *text, size_t begin, size_t end,
                               bool fine)
{
    const size_t len = end - begin, most = ev->excerpt_bytes, least = len < most ? len : most;
    const size_t looked = len - least < UTF8_LONGEST ? len : least + UTF8_LONGEST;
    const size_t room = 3 * len < most ? 3 * len : most;
    const size_t valid = fine ? looked : utf8_valid(text + begin, looked);
    char *out;

    if (valid >= least && !memchr(text + begin, '\0', least))
        return arena_text(&ev->report.arena, text + begin, utf8_cut(text + begin, valid, most));
    out = arena_alloc(&ev->report.arena, room + 1);
    if (!out)
        return NULL;
    out[mend(out, room, text, begin, end)] = '\0';
    return out;
}

const char *evidence_text(struct rls_evaluator *ev, const char *text, size_t len)
{
    return quote_bytes(ev, text, 0, len, false);
}

/* As much as excerpt_bytes allow, with the hit in the middle. */
static const char *quote_around(struct rls_evaluator *ev, const struct fact *value, size_t begin,
                                size_t end, bool fine)
{
    size_t room = ev->excerpt_bytes > end - begin ? ev->excerpt_bytes - (end - begin) : 0;
    size_t from = begin > room / 2 ? begin - room / 2 : 0, to;

    to = value->text_len - end > room - (begin - from) ? end + room - (begin - from)
                                                       : value->text_len;
    if (to - from > ev->excerpt_bytes)
        to = from + ev->excerpt_bytes;
    from = from < begin ? utf8_cut(value->text, value->text_len, from) : begin;
    if (to < value->text_len)
        to = utf8_cut(value->text, value->text_len, to);
    return quote_bytes(ev, value->text, from, to > from ? to : from, fine);
}

static const char *quote_folded(struct rls_evaluator *ev, const char *text, size_t len,
                                uint32_t forms)
{
    size_t need = text_fold(text, len, forms, NULL, 0);
    char *out = arena_alloc(&ev->report.arena, need + 1);

    if (out)
        (void)text_fold(text, len, forms, out, need + 1);
    return out;
}

static void measure(struct rls_evaluator *ev, const struct candidate_evidence *q,
                    struct rls_evidence *e)
{
    struct shown value = shown_of(&ev->facts.items[q->fact]);
    const char *text = shown_original(&value).data;
    struct utf8_units before, quoted;

    e->begin = shown_source_begin(&value, q->begin);
    e->end = shown_source_end(&value, q->end);

    before = q->hit == HIT_NONE ? utf8_units(text, e->begin)
                                : hits_measured(&ev->hits, &ev->facts, q->hit)->before;
    quoted = utf8_units(text + e->begin, e->end - e->begin);
    e->utf16_begin = before.utf16;
    e->point_begin = before.points;
    e->utf16_end = before.utf16 + quoted.utf16;
    e->point_end = before.points + quoted.points;
}

static bool make_one(struct rls_evaluator *ev, const struct candidate_evidence *q,
                     struct rls_evidence *e)
{
    const struct fact *value = &ev->facts.items[q->fact];
    const struct fact *origin = &ev->facts.items[shown_origin(&ev->facts, q->fact)];
    const bool fine = q->hit != HIT_NONE && ev->hits.items[q->hit].valid;
    size_t end = q->end;

    *e = (struct rls_evidence){.size = sizeof *e,
                               .field = evidence_path(ev, origin),
                               .index = origin->index,
                               .forms = q->hit == HIT_NONE ? 0 : ev->hits.items[q->hit].hit.forms,
                               .begin = q->begin,
                               .end = q->end,
                               .excerpt = "",
                               .matched = "",
                               .folded = "",
                               .term = q->term ? q->term->text : NULL,
                               .guard = q->guard};
    if (origin->record && !(e->record = record_path(ev, origin->record)))
        return false;
    if (!value->text)
        return e->field != NULL;
    measure(ev, q, e);
    if (ev->report.options.flags & RLS_CHECK_REDACT)
        return e->field != NULL;
    if (end - q->begin > ev->excerpt_bytes)
        end = utf8_cut(value->text, value->text_len, q->begin + ev->excerpt_bytes);
    e->excerpt = quote_around(ev, value, q->begin, end, fine);
    e->matched = quote_bytes(ev, value->text, q->begin, end, fine);
    /* What only the term explains is the term when it is undone. */
    if (q->term && e->forms & FORM_LOOSE)
        e->folded = quote_folded(ev, q->term->text, q->term->length, e->forms);
    else if (e->forms)
        e->folded = quote_folded(ev, value->text + q->begin, end - q->begin, e->forms);
    else
        e->folded = e->matched;
    return e->field && e->excerpt && e->matched && e->folded;
}

static bool make_list(struct rls_evaluator *ev, struct candidate_evidence *quotes, size_t n_quotes,
                      const struct rls_evidence **out, size_t *n_out)
{
    struct rls_evidence *list;
    size_t n;

    sort_items(quotes, n_quotes, sizeof *quotes, by_place, NULL);
    n = drop_contained(quotes, n_quotes);
    if (n > LIMIT_EVIDENCE)
        n = LIMIT_EVIDENCE;
    list = arena_array(&ev->report.arena, n, sizeof *list);
    if (!list)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!make_one(ev, &quotes[i], &list[i]))
            return false;
    *out = list;
    *n_out = n;
    return true;
}

bool evidence_make(struct rls_evaluator *ev, struct rls_finding *f)
{
    return make_list(ev, ev->quotes, ev->n_quotes, &f->evidence, &f->n_evidence) &&
           make_list(ev, ev->excused, ev->n_excused, &f->excused, &f->n_excused);
}
