/* SPDX-License-Identifier: Apache-2.0 */
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#include "match/pattern_code.h"
#include "match/pattern_tree.h"

/* With pattern_run.c the only user of PCRE2. */

/* --- memory of PCRE2 ---------------------------------------------------------------------- */

/* What stands before a block: PCRE2 does not say how large a block is that it gives back. */
union block {
    alignas(max_align_t) size_t size;
};

void *pattern_block_alloc(size_t size, void *user)
{
    union block *b = size < SIZE_MAX - sizeof *b ? mem_alloc(user, size + sizeof *b) : NULL;

    if (!b)
        return NULL;
    b->size = size;
    return b + 1;
}

size_t pattern_block_size(const void *p)
{
    const union block *b = p;

    return b[-1].size + sizeof *b;
}

void pattern_block_release(void *p, void *user)
{
    union block *b = p;

    if (b)
        mem_release(user, b - 1, b[-1].size + sizeof *b);
}

/* --- compiling ---------------------------------------------------------------------------- */

static void release_pattern(void *user)
{
    struct pattern *p = user;

    pcre2_code_free(p->code);
}

/* Nothing that is left to chance or to how PCRE2 was built. */
static uint32_t compile_options(const struct tree *tree)
{
    return PCRE2_UTF | PCRE2_ANCHORED | PCRE2_DOLLAR_ENDONLY | PCRE2_NO_START_OPTIMIZE |
           PCRE2_NO_UTF_CHECK | (tree_caseless(tree) ? PCRE2_CASELESS : 0);
}

static bool compile_code(struct pattern *p, const struct tree *tree,
                         const struct pattern_source *source, struct pattern_fault *fault)
{
    const char *text = pattern_write(tree, source->word);
    pcre2_general_context *general =
        pcre2_general_context_create(pattern_block_alloc, pattern_block_release, &p->mem);
    pcre2_compile_context *compiling = general ? pcre2_compile_context_create(general) : NULL;
    int error = PCRE2_ERROR_HEAP_FAILED;
    size_t at;

    if (text && compiling)
        p->code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, compile_options(tree),
                                &error, &at, compiling);
    pcre2_compile_context_free(compiling);
    pcre2_general_context_free(general);
    if (!p->code && error != PCRE2_ERROR_HEAP_FAILED)
        *fault = (struct pattern_fault){.message = MSG_PATTERN_TOO_LARGE, .length = source->length};
    return p->code != NULL;
}

/* Without JIT, as where memory must not be executable, a pattern is slower and finds the same. */
static void translate(struct pattern *p, uint32_t flags)
{
    if (!(flags & PATTERN_NO_JIT))
        p->jit = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD) == 0;
}

static bool fill(struct pattern *p, const struct tree *tree, const struct pattern_source *source,
                 struct arena *arena)
{
    const char **names = arena_array(arena, (size_t)tree->captures + 1, sizeof *names);

    if (!names)
        return false;
    for (uint32_t i = 1; i <= tree->captures; i++) {
        const char *name = tree->names[i];
        if (name && !(names[i] = arena_text(arena, name, strlen(name))))
            return false;
    }
    p->names = names;
    p->groups = tree->captures;
    p->forms = source->forms;
    p->width = tree_width(tree->root);
    pattern_first(tree, &p->first);
    return source->flags & PATTERN_NO_FACTORS || pattern_factors(tree, arena, &p->factors);
}

static struct pattern *compile_tree(const struct tree *tree, const struct pattern_source *source,
                                    struct arena *arena, struct pattern_fault *fault)
{
    struct pattern *p = arena_zero(arena, sizeof *p);

    if (!p)
        return NULL;
    p->mem = arena->mem;
    if (!arena_on_clear(arena, release_pattern, p) || !compile_code(p, tree, source, fault) ||
        !fill(p, tree, source, arena))
        return NULL;
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_MAXLOOKBEHIND, &p->look_behind);
    translate(p, source->flags);
    return p;
}

struct pattern *pattern_compile(const struct pattern_source *source, struct arena *arena,
                                struct pattern_fault *fault)
{
    struct arena scratch;
    struct tree tree = {.arena = &scratch, .forms = source->forms};
    struct pattern *p = NULL;

    arena_init(&scratch, &arena->mem);
    if (pattern_parse(source, &tree, fault))
        p = compile_tree(&tree, source, arena, fault);
    arena_clear(&scratch);
    return p;
}

const struct factors *pattern_required(const struct pattern *p)
{
    return &p->factors;
}

struct width pattern_width(const struct pattern *p)
{
    return p->width;
}

uint32_t pattern_forms(const struct pattern *p)
{
    return p->forms;
}

size_t pattern_memory(const struct pattern *p)
{
    size_t code = 0, jit = 0;

    (void)pcre2_pattern_info(p->code, PCRE2_INFO_SIZE, &code);
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_JITSIZE, &jit);
    return code + jit;
}

size_t pattern_groups(const struct pattern *p)
{
    return p->groups;
}

const char *pattern_group_name(const struct pattern *p, size_t group)
{
    return group <= p->groups ? p->names[group] : NULL;
}

size_t pattern_group(const struct pattern *p, const char *name)
{
    for (size_t i = 1; i <= p->groups; i++)
        if (p->names[i] && strcmp(p->names[i], name) == 0)
            return i;
    return 0;
}
