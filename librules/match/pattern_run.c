/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "match/pattern_code.h"
#include "match/stream.h"
#include "match/view.h"
#include "text/fold.h"

/* PCRE2 sees views only: they are valid UTF-8. */

enum {
    WINDOW_FIRST = 64, /* bytes that a match is first looked for in */
    WINDOW_GROWTH = 4,
    STRIDE = 1 << 16, /* bytes of the original that are made ready at once */
    TRY_COST = 16,
    STEPS_FIRST = 64, /* that PCRE2 may take before more are paid for */
    STEPS_GROWTH = 8,
    STEPS_A_COST = 4,      /* of them are paid for as one byte */
    LEAD_FIRST = 16,       /* characters before a factor that are first looked at */
    LEAD_A_STEP = 8,       /* of them make a step */
    BUDGET_BASE = 1 << 20, /* of a pattern */
    BUDGET_PER_BYTE = 256,
    BUDGET_ALL_BASE = 1 << 22, /* of all patterns on a text */
    BUDGET_ALL_PER_BYTE = 1024,
    BUDGET_SWEPT_PER_BYTE = 64, /* more for each pattern that is tried everywhere */
    POLL_TRIES = 32,
    STACK_FIRST = 32 * 1024
};

struct pattern_scratch {
    struct mem mem;
    size_t bytes; /* of what PCRE2 has */
    pcre2_match_data *match;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack; /* NULL: PCRE2 has no JIT here */
    uint32_t steps;         /* that the limits allow */
    size_t budget;          /* left of all patterns on the text */
    struct view usual;      /* for patterns on the usual forms */
    struct view other;
};

/* --- scratch ------------------------------------------------------------------------------ */

/* Memory of PCRE2 that is counted. */
static void *scratch_alloc(size_t size, void *user)
{
    struct pattern_scratch *x = user;
    void *p = pattern_block_alloc(size, &x->mem);

    if (p)
        x->bytes += pattern_block_size(p);
    return p;
}

static void scratch_release(void *p, void *user)
{
    struct pattern_scratch *x = user;

    if (p)
        x->bytes -= pattern_block_size(p);
    pattern_block_release(p, &x->mem);
}

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

static void limit_steps(struct pattern_scratch *x, uint32_t steps)
{
    x->steps = steps;
    (void)pcre2_set_match_limit(x->limits, steps);
}

static void set_limits(struct pattern_scratch *x)
{
    limit_steps(x, STEPS_FIRST);
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

bool pattern_text(struct scanner *s, const char *text, size_t len, size_t swept)
{
    if (!s->patterns)
        s->patterns = new_scratch(&s->mem);
    if (!s->patterns)
        return false;
    view_open(&s->patterns->usual, text, len, FORM_DEFAULT);
    view_open(&s->patterns->other, text, len, 0);
    s->patterns->budget =
        BUDGET_ALL_BASE + len * (BUDGET_ALL_PER_BYTE + swept * BUDGET_SWEPT_PER_BYTE);
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

bool pattern_spend(struct scanner *s, size_t steps)
{
    size_t *budget = &s->patterns->budget;

    *budget = steps < *budget ? *budget - steps : 0;
    return *budget > 0;
}

static void spend(struct pattern_run *r, size_t steps)
{
    r->budget = steps < r->budget ? r->budget - steps : 0;
    if (!pattern_spend(r->s, steps) || !r->budget)
        end_run(r, SCAN_LIMIT);
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

static int match_once(struct pattern_run *r, size_t end, size_t from, uint32_t options)
{
    const struct pattern_scratch *x = r->s->patterns;
    const PCRE2_SPTR bytes = (PCRE2_SPTR)r->view->bytes;

    r->s->counts.runs++;
    r->runs++;
    if (r->p->jit)
        return pcre2_jit_match(r->p->code, bytes, end, from, options, x->match, x->limits);
    return pcre2_match(r->p->code, bytes, end, from, options, x->match, x->limits);
}

/* PCRE2 does not tell how many steps it took, only that they were not enough. */
static int match(struct pattern_run *r, size_t end, size_t from, uint32_t options)
{
    struct pattern_scratch *x = r->s->patterns;
    int result = match_once(r, end, from, options);

    while (result == PCRE2_ERROR_MATCHLIMIT && x->steps < LIMIT_PATTERN_STEPS) {
        spend(r, x->steps / STEPS_A_COST);
        if (r->status != SCAN_OK)
            break;
        limit_steps(x, x->steps * STEPS_GROWTH < LIMIT_PATTERN_STEPS ? x->steps * STEPS_GROWTH
                                                                     : LIMIT_PATTERN_STEPS);
        result = match_once(r, end, from, options);
    }
    if (x->steps != STEPS_FIRST) {
        spend(r, x->steps / STEPS_A_COST);
        limit_steps(x, STEPS_FIRST);
    }
    return result;
}

/*
 * Whether there is a match that begins with a character of the view. PCRE2 sees a window and says
 * when what lies behind it could matter; then it sees more.
 */
static bool try_at(struct pattern_run *r, size_t index)
{
    struct view *v = r->view;
    const size_t from = v->chars[index].at;
    size_t window = WINDOW_FIRST;

    r->places++;
    r->s->counts.tries++;
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
        r->bytes += end - from;
        result = match(r, end, from, options);
        if (result >= 0)
            return true;
        if (result == PCRE2_ERROR_NOMATCH)
            return false;
        if (result != PCRE2_ERROR_PARTIAL && r->status == SCAN_OK)
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

static bool may_lead(const struct pattern_run *r, size_t index)
{
    return byte_set_has(&r->p->factors.lead, r->view->bytes[r->view->chars[index].at]);
}

/*
 * The first byte at which a match may begin that holds a factor at byte `at`: not before r->next,
 * and where all characters from there on may stand before the factor.
 */
static bool find_begin(struct pattern_run *r, size_t at, size_t most, size_t *begin)
{
    const struct view *v = r->view;
    size_t want = most < LEAD_FIRST ? most : LEAD_FIRST;

    for (;;) {
        size_t factor, i;

        if (!view_cover(r->view, at, at, want))
            return false;
        i = factor = view_find(v, at);
        while (i > 0 && factor - i < most && v->chars[i - 1].begin >= r->next && may_lead(r, i - 1))
            i--;
        *begin = i < v->n_chars ? v->chars[i].begin : at;
        if (i > 0 || v->begin == 0 || factor - i >= want)
            spend(r, (factor - i) / LEAD_A_STEP);
        if (i > 0 || v->begin == 0 || factor - i >= most)
            return true;
        want = want < most / 4 ? 4 * want : most;
    }
}

/* The bytes at which a match may begin that holds a factor at byte `at`. */
bool pattern_range(struct pattern_run *r, size_t at, size_t *from, size_t *to)
{
    const struct width before = r->p->factors.before;
    const struct view *v = r->view;
    size_t first, last;

    if (!find_begin(r, at, before.max, from)) {
        end_run(r, SCAN_MEMORY);
        return false;
    }
    first = last = view_find(v, at);
    while (last + 1 < v->n_chars && v->chars[last + 1].begin == at)
        last++;
    if (first == v->n_chars || last < before.min)
        return false;
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
    if (!pattern_text(s, text, len, 1))
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
