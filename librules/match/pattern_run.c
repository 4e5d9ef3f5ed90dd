/* SPDX-License-Identifier: Apache-2.0 */
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/utf8.h"
#include "match/pattern_tree.h"
#include "match/stream.h"
#include "match/view.h"
#include "text/fold.h"

/* The only user of PCRE2, which sees views only: they are valid UTF-8. */

enum {
    WINDOW_FIRST = 64, /* bytes that a match is first looked for in */
    WINDOW_GROWTH = 4,
    STRIDE = 1 << 16, /* bytes of the original that are made ready at once */
    TRY_COST = 16,
    BUDGET_BASE = 1 << 20,
    BUDGET_PER_BYTE = 256,
    POLL_TRIES = 32,
    STACK_FIRST = 32 * 1024
};

struct pattern {
    pcre2_code *code;
    struct factors factors;
    struct byte_set first;
    struct width width;
    uint32_t forms;
    uint32_t look_behind; /* characters before a match that may be looked at */
    uint32_t groups;
    const char *const *names; /* by group */
    struct mem mem;           /* of the code */
};

struct pattern_scratch {
    struct mem mem;
    size_t bytes; /* of what PCRE2 has */
    pcre2_match_data *match;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack; /* NULL: PCRE2 has no JIT here */
    struct view usual;      /* for patterns on the usual forms */
    struct view other;
};

/* --- memory of PCRE2 ---------------------------------------------------------------------- */

/* What stands before a block: PCRE2 does not say how large a block is that it gives back. */
union block {
    alignas(max_align_t) size_t size;
};

static void *block_alloc(size_t size, void *user)
{
    union block *b = size < SIZE_MAX - sizeof *b ? mem_alloc(user, size + sizeof *b) : NULL;

    if (!b)
        return NULL;
    b->size = size;
    return b + 1;
}

static void block_release(void *p, void *user)
{
    union block *b = p;

    if (b)
        mem_release(user, b - 1, b[-1].size + sizeof *b);
}

/* The same for scratch, which tells how large it is. */
static void *scratch_alloc(size_t size, void *user)
{
    struct pattern_scratch *x = user;
    void *p = block_alloc(size, &x->mem);

    if (p)
        x->bytes += size + sizeof(union block);
    return p;
}

static void scratch_release(void *p, void *user)
{
    struct pattern_scratch *x = user;
    const union block *b = p;

    if (b)
        x->bytes -= b[-1].size + sizeof *b;
    block_release(p, &x->mem);
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
        pcre2_general_context_create(block_alloc, block_release, &p->mem);
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
        (void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD);
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

/* --- scratch ------------------------------------------------------------------------------ */

void pattern_scratch_free(struct pattern_scratch *x)
{
    struct mem mem;

    if (!x)
        return;
    mem = x->mem;
    pcre2_match_data_free(x->match);
    pcre2_match_context_free(x->limits);
    pcre2_jit_stack_free(x->stack);
    view_clear(&x->usual);
    view_clear(&x->other);
    mem_release(&mem, x, sizeof *x);
}

size_t pattern_scratch_memory(const struct pattern_scratch *x)
{
    if (!x)
        return 0;
    /* The stack is taken from the system, as much of it as is touched. */
    return sizeof *x + x->bytes + (x->stack ? LIMIT_PATTERN_STACK : 0) + view_memory(&x->usual) +
           view_memory(&x->other);
}

static void set_limits(struct pattern_scratch *x)
{
    (void)pcre2_set_match_limit(x->limits, LIMIT_PATTERN_STEPS);
    (void)pcre2_set_depth_limit(x->limits, LIMIT_PATTERN_STEPS);
    (void)pcre2_set_heap_limit(x->limits, LIMIT_PATTERN_HEAP / 1024);
    if (x->stack)
        pcre2_jit_stack_assign(x->limits, NULL, x->stack);
}

static bool fill_scratch(struct pattern_scratch *x, pcre2_general_context *general)
{
    uint32_t jit = 0;

    (void)pcre2_config(PCRE2_CONFIG_JIT, &jit);
    x->match = pcre2_match_data_create(LIMIT_PATTERN_CAPTURES + 1, general);
    x->limits = pcre2_match_context_create(general);
    if (jit)
        x->stack = pcre2_jit_stack_create(STACK_FIRST, LIMIT_PATTERN_STACK, general);
    if (!x->match || !x->limits || (jit && !x->stack))
        return false;
    set_limits(x);
    return true;
}

static struct pattern_scratch *new_scratch(const struct mem *mem)
{
    struct pattern_scratch *x = mem_zero(mem, sizeof *x);
    pcre2_general_context *general;
    bool filled = false;

    if (!x)
        return NULL;
    x->mem = *mem;
    view_init(&x->usual, mem);
    view_init(&x->other, mem);
    general = pcre2_general_context_create(scratch_alloc, scratch_release, x);
    if (general)
        filled = fill_scratch(x, general);
    pcre2_general_context_free(general);
    if (filled)
        return x;
    pattern_scratch_free(x);
    return NULL;
}

bool pattern_text(struct scanner *s, const char *text, size_t len)
{
    if (!s->patterns)
        s->patterns = new_scratch(&s->mem);
    if (!s->patterns)
        return false;
    view_open(&s->patterns->usual, text, len, FORM_DEFAULT);
    view_open(&s->patterns->other, text, len, 0);
    return true;
}

/* --- running ------------------------------------------------------------------------------ */

void pattern_begin(struct pattern_run *r, struct scanner *s, const struct pattern *p, size_t from)
{
    struct view *usual = &s->patterns->usual, *other = &s->patterns->other;
    const size_t len = usual->reader.len;

    *r = (struct pattern_run){.s = s,
                              .p = p,
                              .view = p->forms == FORM_DEFAULT ? usual : other,
                              .next = from,
                              .budget = BUDGET_BASE + len * BUDGET_PER_BYTE,
                              .status = SCAN_OK};
    if (r->view->reader.forms != p->forms)
        view_open(r->view, usual->reader.text, len, p->forms);
}

static void end_run(struct pattern_run *r, enum scan_status status)
{
    if (r->status == SCAN_OK)
        r->status = status;
}

static void spend(struct pattern_run *r, size_t steps)
{
    if (steps >= r->budget)
        end_run(r, SCAN_LIMIT);
    else
        r->budget -= steps;
    if (++r->tries % POLL_TRIES == 0 && scanner_stopped(r->s))
        end_run(r, SCAN_STOPPED);
}

/* The end of the window that begins with a character: whole characters, all when it is 0. */
static size_t window_end(const struct view *v, size_t from, size_t window)
{
    size_t end = from + window;

    if (end >= v->n_bytes)
        return v->n_bytes;
    while (utf8_tail((unsigned char)v->bytes[end]))
        end--;
    return end;
}

/* What an error of PCRE2 means; what is not known to fail may match. */
static enum scan_status status_of(int result)
{
    return result == PCRE2_ERROR_NOMEMORY ? SCAN_MEMORY : SCAN_LIMIT;
}

/*
 * Whether there is a match that begins with a character of the view. PCRE2 sees a window and says
 * when what lies behind it could matter; then it sees more.
 */
static bool try_at(struct pattern_run *r, size_t index)
{
    const struct pattern *p = r->p;
    struct view *v = r->view;
    const size_t from = v->chars[index].at;
    size_t window = WINDOW_FIRST;

    r->places++;
    spend(r, TRY_COST);
    while (r->status == SCAN_OK) {
        uint32_t options = PCRE2_NO_UTF_CHECK | (v->begin ? PCRE2_NOTBOL : 0);
        size_t end;
        int result;

        if (!view_extend(v, from + window + 1)) {
            end_run(r, SCAN_MEMORY);
            break;
        }
        end = window_end(v, from, window);
        if (!v->ended || end < v->n_bytes)
            options |= PCRE2_PARTIAL_HARD;
        r->runs++;
        r->bytes += end - from;
        result = pcre2_match(p->code, (PCRE2_SPTR)v->bytes, end, from, options,
                             r->s->patterns->match, r->s->patterns->limits);
        if (result >= 0)
            return true;
        if (result == PCRE2_ERROR_NOMATCH)
            return false;
        if (result != PCRE2_ERROR_PARTIAL)
            end_run(r, status_of(result));
        spend(r, window);
        window *= WINDOW_GROWTH;
    }
    return false;
}

static bool holds_ignorable(const char *text, size_t begin, size_t end)
{
    while (begin < end) {
        uint32_t code, n = utf8_decode((const unsigned char *)text + begin, end - begin, &code);
        if (n && fold_ignorable(fold_entry(code)))
            return true;
        begin += n ? n : 1;
    }
    return false;
}

/* The span of characters of the view, of which there is at least one. */
static struct hit span(const struct view *v, size_t from, size_t to)
{
    struct hit hit = {.begin = v->chars[from].begin, .end = v->chars[to - 1].end};

    for (size_t i = from; i < to; i++) {
        uint32_t forms = v->chars[i].forms;
        /* What is skipped in front of the first character is not part of the match. */
        if (i == from && !holds_ignorable(v->reader.text, hit.begin, v->chars[i].end))
            forms &= ~(uint32_t)FORM_IGNORABLE;
        hit.forms |= forms;
    }
    return hit;
}

static struct hit group_span(const struct pattern_run *r, size_t group)
{
    const size_t *ends = pcre2_get_ovector_pointer(r->s->patterns->match) + 2 * group;
    const struct view *v = r->view;
    size_t from = view_char_at(v, ends[0]), to = view_char_at(v, ends[1]);
    uint32_t at;

    if (from < to)
        return span(v, from, to);
    at = from < v->n_chars ? v->chars[from].begin : (uint32_t)v->reader.len;
    return (struct hit){.begin = at, .end = at};
}

static bool may_begin(const struct pattern_run *r, size_t index)
{
    return byte_set_has(&r->p->first, r->view->bytes[r->view->chars[index].at]);
}

/* The next match that begins in the bytes from r->next to `to`, among the characters there. */
static bool find_ready(struct pattern_run *r, size_t to)
{
    const struct view *v = r->view;
    size_t i = view_find(v, r->next);

    for (; i < v->n_chars && v->chars[i].begin <= to && r->status == SCAN_OK; i++) {
        if (may_begin(r, i) && try_at(r, i))
            return true;
    }
    return false;
}

bool pattern_next(struct pattern_run *r, size_t to, struct hit *hit)
{
    while (r->next <= to && r->status == SCAN_OK && r->next < r->view->reader.len) {
        size_t end = to - r->next < STRIDE ? to : r->next + STRIDE;

        if (!view_cover(r->view, r->next, end, r->p->look_behind)) {
            end_run(r, SCAN_MEMORY);
        } else if (find_ready(r, end)) {
            *hit = group_span(r, 0);
            r->next = hit->end;
            r->matches++;
            return true;
        } else {
            r->next = end < SIZE_MAX ? end + 1 : end;
            spend(r, 1);
        }
    }
    return false;
}

/* The bytes at which a match may begin that holds a factor at byte `at`. */
bool pattern_range(struct pattern_run *r, size_t at, size_t *from, size_t *to)
{
    const struct width before = r->p->factors.before;
    const struct view *v = r->view;
    const size_t most = before.max == WIDTH_ENDLESS ? before.min : before.max;
    size_t first, last;

    if (!view_cover(r->view, at, at, most)) {
        end_run(r, SCAN_MEMORY);
        return false;
    }
    first = last = view_find(v, at);
    while (last + 1 < v->n_chars && v->chars[last + 1].begin == at)
        last++;
    if (first == v->n_chars || last < before.min)
        return false;
    *from = before.max == WIDTH_ENDLESS ? 0
            : first > before.max        ? v->chars[first - before.max].begin
                                        : v->begin;
    *to = v->chars[last - before.min].begin;
    return true;
}

enum scan_status pattern_search(struct scanner *s, const struct pattern *p, const char *text,
                                size_t len, size_t from, struct capture *out, size_t cap,
                                size_t *groups)
{
    struct pattern_run r;
    struct hit hit;

    *groups = 0;
    if (len >= STREAM_NO_OFFSET)
        return SCAN_LIMIT;
    if (!pattern_text(s, text, len))
        return SCAN_MEMORY;
    pattern_begin(&r, s, p, from);
    if (!pattern_next(&r, len, &hit))
        return r.status;
    *groups = (size_t)p->groups + 1;
    for (size_t i = 0; i < *groups && i < cap; i++) {
        const size_t *ends = pcre2_get_ovector_pointer(s->patterns->match) + 2 * i;
        out[i] = (struct capture){CAPTURE_UNSET, CAPTURE_UNSET};
        if (ends[0] == PCRE2_UNSET)
            continue;
        hit = group_span(&r, i);
        out[i] = (struct capture){hit.begin, hit.end};
    }
    return SCAN_OK;
}
