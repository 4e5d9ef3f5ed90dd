/* SPDX-License-Identifier: Apache-2.0 */
#include "base/diagnostic.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"

void diagnostics_init(struct diagnostics *d, const struct mem *mem, size_t most,
                      rls_diagnostic_fn on_diagnostic, void *user)
{
    *d = (struct diagnostics){
        .mem = *mem, .most = most, .on_diagnostic = on_diagnostic, .user = user};
    arena_init(&d->kept_arena, mem);
    arena_init(&d->scratch, mem);
}

void diagnostics_clear(struct diagnostics *d)
{
    mem_release(&d->mem, d->kept, d->cap_kept * sizeof *d->kept);
    arena_clear(&d->kept_arena);
    arena_clear(&d->scratch);
    d->kept = NULL;
    d->cap_kept = d->n_kept = 0;
}

void diagnostics_reset(struct diagnostics *d)
{
    diagnostics_clear(d);
    memset(d->count, 0, sizeof d->count);
    d->overflowed = d->failed = false;
}

static const char *filled(struct arena *a, const char *format, const char *const *args,
                          const char *lang)
{
    size_t need = message_fill(format, args, lang, NULL, 0) + 1;
    char *text = arena_alloc(a, need);

    if (text)
        message_fill(format, args, lang, text, need);
    return text;
}

static bool fill_words(struct arena *a, const struct complaint *c, const struct message *m,
                       struct rls_diagnostic *out)
{
    out->message = filled(a, m->en, c->args, "en");
    out->message_zh = filled(a, m->zh, c->args, "zh-CN");
    if (!out->message || !out->message_zh)
        return false;
    if (c->rule && !(out->rule = arena_text(a, c->rule, strlen(c->rule))))
        return false;
    if (c->hint == HINT_NONE)
        return true;
    out->hint = filled(a, hint_format(c->hint, "en"), c->hint_args, "en");
    out->hint_zh = filled(a, hint_format(c->hint, "zh-CN"), c->hint_args, "zh-CN");
    return out->hint && out->hint_zh;
}

static bool fill_place(struct arena *a, const struct place *p, struct rls_diagnostic *out)
{
    struct lines *l;
    size_t at, end;

    if (!p->source)
        return true;
    out->source = arena_text(a, p->source->name, strlen(p->source->name));
    if (!out->source)
        return false;
    l = &p->source->lines;
    if (p->whole || !l->count)
        return true;
    at = p->at < l->len ? p->at : l->len;
    out->line = lines_find(l, at);
    out->column = lines_column(l, out->line, at);
    end = lines_end(l, out->line);
    if (p->length && at < end) {
        if (p->length < end - at)
            end = at + p->length;
        out->end_column = lines_column(l, out->line, end);
    }
    out->excerpt = excerpt_copy(a, l, out->line, at, &out->excerpt_column);
    return out->excerpt != NULL;
}

static struct rls_diagnostic *render(struct arena *a, const struct complaint *c,
                                     const struct message *m)
{
    struct rls_diagnostic *out = arena_zero(a, sizeof *out);

    if (!out)
        return NULL;
    out->size = sizeof *out;
    out->level = m->level;
    out->code = m->code;
    return fill_words(a, c, m, out) && fill_place(a, &c->place, out) ? out : NULL;
}

static bool keep(struct diagnostics *d, const struct rls_diagnostic *rendered)
{
    if (!mem_grow(&d->mem, &d->kept, &d->cap_kept, d->n_kept + 1, sizeof *d->kept))
        return false;
    d->kept[d->n_kept] = (struct kept_diagnostic){rendered, d->n_kept};
    d->n_kept++;
    return true;
}

static void add(struct diagnostics *d, const struct complaint *c, bool kept)
{
    const struct message *m = message_find(c->message);
    struct rls_diagnostic *rendered;

    d->count[m->level]++;
    if (!kept && !d->on_diagnostic)
        return;
    if (!kept)
        arena_reset(&d->scratch);
    rendered = render(kept ? &d->kept_arena : &d->scratch, c, m);
    if (!rendered || (kept && !keep(d, rendered))) {
        d->failed = true;
        return;
    }
    if (d->on_diagnostic)
        d->on_diagnostic(d->user, rendered);
}

void diagnostics_add(struct diagnostics *d, const struct complaint *c)
{
    char most[NUMBER_BYTES];
    bool kept = !d->overflowed && d->n_kept < d->most;

    if (!kept && !d->overflowed) {
        d->overflowed = true;
        message_number(d->most, most);
        add(d, &(struct complaint){.message = MSG_TOO_MANY_MESSAGES, .args = {most}}, true);
    }
    add(d, c, kept);
}

size_t diagnostics_count(const struct diagnostics *d, uint32_t level)
{
    if (level == 0)
        return d->count[RLS_NOTE] + d->count[RLS_WARNING] + d->count[RLS_ERROR];
    return level <= RLS_ERROR ? d->count[level] : 0;
}

static int compare_places(const struct rls_diagnostic *a, const struct rls_diagnostic *b)
{
    int names;

    if (!a->source || !b->source)
        return (a->source == NULL) - (b->source == NULL);
    names = strcmp(a->source, b->source);
    if (names)
        return names;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return 0;
}

static int compare_kept(const void *left, const void *right)
{
    const struct kept_diagnostic *a = left, *b = right;
    int places = compare_places(a->d, b->d);

    return places ? places : (a->order > b->order) - (a->order < b->order);
}

void diagnostics_sort(struct diagnostics *d)
{
    if (d->n_kept > 1)
        qsort(d->kept, d->n_kept, sizeof *d->kept, compare_kept);
}
