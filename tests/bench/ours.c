/* SPDX-License-Identifier: Apache-2.0 */
/* The matcher alone, below the public interface. */
#include "engines.h"

#include <stdlib.h>

#include "match/matcher.h"
#include "match/matcher_tables.h"
#include "match/stream.h"
#include "portable.h"

struct ours {
    struct arena arena;
    struct matcher *m;
    struct scanner s;
};

static void add_term(struct matcher_builder *b, const struct records *r, size_t i,
                     const struct ours_input *in, uint32_t forms)
{
    struct term t = {.text = r->text[i],
                     .length = (uint32_t)r->len[i],
                     .tolerate = (uint16_t)((in->exact ? 0 : FORM_DEFAULT) | forms),
                     .word = false};
    enum term_fault fault = matcher_add_term(b, &t);

    /* Of two spellings that fold to the same one is enough. */
    if (fault != TERM_OK && (fault != TERM_DUPLICATE || in->exact))
        fatal("is no term", r->text[i]);
}

static void add_pattern(struct matcher_builder *b, const struct records *r, size_t i,
                        const struct ours_input *in)
{
    struct pattern_fault fault;
    struct set_pattern p = {
        .source = {.text = r->text[i], .length = r->len[i], .forms = in->exact ? 0 : FORM_DEFAULT}};

    if (matcher_add_pattern(b, &p, &fault) != PATTERN_ADDED)
        fatal("is no pattern", r->text[i]);
}

static size_t count_of(const struct records *r)
{
    return r ? r->n : 0;
}

static struct ours *build(const struct ours_input *in)
{
    struct ours *o = must_alloc(sizeof *o);
    struct matcher_builder *b;

    arena_init(&o->arena, &mem_libc);
    if (!(b = matcher_builder_new(&o->arena)))
        fatal("no memory", "matcher");
    for (size_t i = 0; i < count_of(in->terms); i++)
        add_term(b, in->terms, i, in, 0);
    for (size_t i = 0; i < count_of(in->homophones); i++)
        add_term(b, in->homophones, i, in, FORM_HOMOPHONE);
    for (size_t i = 0; i < count_of(in->patterns); i++)
        add_pattern(b, in->patterns, i, in);
    if (!(o->m = matcher_build(b)))
        fatal("no memory", "matcher");
    matcher_builder_free(b);
    scanner_init(&o->s, &mem_libc, 1 << 20);
    if (in->portable)
        scanner_portable(&o->s);
    if (in->avx2)
        scanner_avx2(&o->s);
    return o;
}

static void drop(void *state)
{
    struct ours *o = state;

    scanner_clear(&o->s);
    arena_clear(&o->arena);
    free(o);
}

static uint64_t scan(void *state, const char *text, size_t len)
{
    struct ours *o = state;

    if (matcher_scan(&o->s, o->m, text, len) != SCAN_OK)
        fatal("a scan did not reach the end", "matcher");
    return o->s.n_hits;
}

struct engine ours_matcher(const struct ours_input *in)
{
    struct ours *o = build(in);

    return (struct engine){.name = "librules",
                           .run = scan,
                           .drop = drop,
                           .state = o,
                           .bytes = o->arena.total + matcher_memory(o->m)};
}

static uint64_t fold(void *state, const char *text, size_t len)
{
    struct ours *o = state;

    if (stream_text(&o->s, &o->m->dictionary->index[SPACE_PLAIN], false, text, len) != SCAN_OK)
        fatal("a text could not be folded", "matcher");
    return o->s.n_symbols;
}

struct engine ours_folding(const struct records *terms, bool portable)
{
    struct ours *o = build(&(struct ours_input){.terms = terms, .portable = portable});

    return (struct engine){.name = "librules", .run = fold, .drop = drop, .state = o};
}
