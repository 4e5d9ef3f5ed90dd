/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/evaluator.h"

#include "eval/judged.h"

#include <string.h>

#include "base/context.h"
#include "base/limits.h"
#include "base/sized.h"
#include "eval/options.h"
#include "eval/value.h"
#include "set/holder.h"

bool evaluator_enter(struct rls_evaluator *ev)
{
    return !atomic_exchange_explicit(&ev->entered, true, memory_order_acquire);
}

void evaluator_leave(struct rls_evaluator *ev)
{
    atomic_store_explicit(&ev->entered, false, memory_order_release);
}

bool buffer_reserve(const struct mem *mem, struct text_buffer *b, size_t need)
{
    return mem_grow(mem, &b->data, &b->cap, need, 1);
}

int evaluator_params(const struct rls_evaluator *ev, const struct rls_set *set,
                     const struct rls_profile *profile, struct params *out,
                     struct rls_param_error *error)
{
    int st = RLS_OK;

    if (!params_init(out, &ev->mem, set))
        return RLS_ERR_MEMORY;
    if (profile)
        st = params_set(out, set, profile->params, profile->n_params, NULL);
    if (st == RLS_OK)
        st = params_set(out, set, ev->given, ev->n_given, error);
    if (st != RLS_OK)
        params_clear(out);
    return st;
}

int evaluator_bind(struct rls_evaluator *ev, struct rls_set *set, struct rls_param_error *error)
{
    const struct rls_profile *profile = rls_set_profile_find(set, ev->profile_id);
    struct params params;
    int st;

    if (ev->profile_id && !profile)
        return RLS_ERR_NOT_FOUND;
    if (!mem_grow(&ev->mem, &ev->exception_uses, &ev->cap_exception_uses, set->n_exceptions,
                  sizeof *ev->exception_uses))
        return RLS_ERR_MEMORY;
    if (!awake_bind(&ev->awake, &ev->mem, set) || !hits_bind(&ev->hits, set) ||
        !spacing_bind(&ev->spacing, set) || !values_bind(ev, set))
        return RLS_ERR_MEMORY;
    st = evaluator_params(ev, set, profile, &params, error);
    if (st != RLS_OK)
        return st;
    params_clear(&ev->params);
    ev->params = params;
    rls_set_ref(set);
    rls_set_unref(ev->set);
    ev->set = set;
    ev->profile = profile;
    if (set->n_exceptions)
        memset(ev->exception_uses, 0, set->n_exceptions * sizeof *ev->exception_uses);
    ev->collecting = ev->checked = false;
    probe_reset(&ev->probe);
    costs_stop(ev);
    ev->hits.without = ev->hits.scanner.without = TERM_NONE;
    report_reset(&ev->report, set);
    return RLS_OK;
}

/* The old set stays bound when the new one cannot be; the next check tries again. */
void evaluator_follow(struct rls_evaluator *ev)
{
    uint64_t generation;
    struct rls_set *set;

    if (!ev->holder || rls_holder_generation(ev->holder) == ev->generation)
        return;
    set = holder_take(ev->holder, &generation);
    if (evaluator_bind(ev, set, NULL) == RLS_OK)
        ev->generation = generation;
    rls_set_unref(set);
}

int evaluator_start(struct rls_evaluator *ev, uint32_t subject)
{
    ev->collecting = ev->checked = false;
    ev->n_differences = 0;
    if (subject == RLS_SHIPMENT)
        return RLS_ERR_UNSUPPORTED;
    if (subject < RLS_LISTING || subject > RLS_RULE_CHANGE)
        return RLS_ERR_ARGUMENT;
    report_reset(&ev->report, ev->set);
    hits_reset(&ev->hits);
    if (facts_begin(&ev->facts, &ev->set->vocabulary, subject) != FACTS_OK)
        return RLS_ERR_MEMORY;
    ev->collecting = true;
    if (ev->costs)
        costs_restart(ev->costs);
    return RLS_OK;
}

int evaluator_begin(struct rls_evaluator *ev, uint32_t subject)
{
    evaluator_follow(ev);
    return evaluator_start(ev, subject);
}

static int read_options(struct rls_evaluator_options *o, const struct rls_evaluator_options *given)
{
    int st = sized_read(o, sizeof *o, sizeof o->size, given);

    if (st != RLS_OK)
        return st;
    if (o->flags)
        return RLS_ERR_ARGUMENT;
    if (o->n_params && !o->params)
        return RLS_ERR_ARGUMENT;
    if (o->param_error && o->param_error->size < sizeof o->param_error->size)
        return RLS_ERR_ABI;
    if (!o->max_hits)
        o->max_hits = LIMIT_HITS;
    if (!o->max_facts)
        o->max_facts = LIMIT_FACTS;
    if (!o->max_document_bytes)
        o->max_document_bytes = LIMIT_DOCUMENT_BYTES;
    return RLS_OK;
}

static bool keep_profile(struct rls_evaluator *ev, const char *id)
{
    size_t n = id ? strlen(id) + 1 : 0;

    if (!mem_grow(&ev->mem, &ev->profile_id, &ev->cap_profile_id, n, 1))
        return false;
    if (id)
        memcpy(ev->profile_id, id, n);
    return true;
}

/* A copy of what the host says: a set may be bound long after. */
static int keep_given(struct rls_evaluator *ev, const struct rls_evaluator_options *o)
{
    struct rls_param *given = arena_array(&ev->given_arena, o->n_params, sizeof *given);

    if (!given)
        return RLS_ERR_MEMORY;
    for (size_t i = 0; i < o->n_params; i++) {
        const struct rls_param *p = &o->params[i];

        given[i].name = p->name ? arena_text(&ev->given_arena, p->name, strlen(p->name)) : NULL;
        given[i].value = p->value ? arena_text(&ev->given_arena, p->value, strlen(p->value)) : NULL;
        if ((p->name && !given[i].name) || (p->value && !given[i].value))
            return RLS_ERR_MEMORY;
    }
    ev->given = given;
    ev->n_given = o->n_params;
    return RLS_OK;
}

int rls_evaluator_new(struct rls_evaluator **out, struct rls_context *ctx, struct rls_set *set,
                      const struct rls_evaluator_options *options)
{
    const struct mem *mem = context_mem(ctx);
    struct rls_evaluator_options o;
    struct rls_evaluator *ev;
    int st;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    if (!set)
        return RLS_ERR_ARGUMENT;
    st = read_options(&o, options);
    if (st != RLS_OK)
        return st;
    ev = mem_zero(mem, sizeof *ev);
    if (!ev)
        return RLS_ERR_MEMORY;
    ev->mem = *mem;
    ev->builder.ev = ev;
    ev->max_document = o.max_document_bytes < SIZE_MAX ? (size_t)o.max_document_bytes : SIZE_MAX;
    atomic_init(&ev->entered, false);
    facts_init(&ev->facts, mem, o.max_facts);
    html_page_init(&ev->page, mem);
    ev->page.stop = (struct html_stop){budget_is_spent, &ev->budget};
    hits_init(&ev->hits, mem, o.max_hits, budget_is_spent, &ev->budget);
    spacing_init(&ev->spacing, mem, &ev->hits);
    insides_init(&ev->insides, mem);
    arena_init(&ev->folded, mem);
    arena_init(&ev->given_arena, mem);
    arena_init(&ev->params.arena, mem);
    report_init(&ev->report, mem);
    ev->report.borrowed = true;
    ev->report.memo = &ev->memo;
    atomic_flag_clear(&ev->memo.busy);
    st = keep_profile(ev, o.profile) ? keep_given(ev, &o) : RLS_ERR_MEMORY;
    if (st == RLS_OK)
        st = evaluator_bind(ev, set, o.param_error);
    if (st != RLS_OK) {
        rls_evaluator_free(ev);
        return st;
    }
    *out = ev;
    return RLS_OK;
}

int rls_evaluator_new_held(struct rls_evaluator **out, struct rls_context *ctx,
                           struct rls_holder *holder, const struct rls_evaluator_options *options)
{
    uint64_t generation;
    struct rls_set *set;
    int st;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    if (!holder)
        return RLS_ERR_ARGUMENT;
    set = holder_take(holder, &generation);
    st = rls_evaluator_new(out, ctx, set, options);
    rls_set_unref(set);
    if (st == RLS_OK) {
        (*out)->holder = holder;
        (*out)->generation = generation;
    }
    return st;
}

void rls_evaluator_free(struct rls_evaluator *ev)
{
    struct mem mem;

    if (!ev)
        return;
    mem = ev->mem;
    facts_clear(&ev->facts);
    html_page_clear(&ev->page);
    hits_clear(&ev->hits);
    spacing_clear(&ev->spacing);
    insides_clear(&ev->insides);
    mem_release(&mem, ev->span_ends, ev->cap_span_ends * sizeof *ev->span_ends);
    mem_release(&mem, ev->spans, ev->cap_spans * sizeof *ev->spans);
    mem_release(&mem, ev->excused, ev->cap_excused * sizeof *ev->excused);
    mem_release(&mem, ev->label_values, ev->cap_label_values * sizeof *ev->label_values);
    report_clear(&ev->report);
    json_reader_free(ev->json);
    explanation_clear(&ev->explanation, &mem);
    probe_clear(&ev->probe, &mem);
    costs_drop(ev);
    mem_release(&mem, ev->profile_id, ev->cap_profile_id);
    mem_release(&mem, ev->exception_uses, ev->cap_exception_uses * sizeof *ev->exception_uses);
    mem_release(&mem, ev->candidates, ev->cap_candidates * sizeof *ev->candidates);
    awake_clear(&ev->awake, &mem);
    mem_release(&mem, ev->undecided, ev->cap_undecided * sizeof *ev->undecided);
    mem_release(&mem, ev->judged, ev->cap_judged * sizeof *ev->judged);
    mem_release(&mem, ev->ranges, ev->cap_ranges * sizeof *ev->ranges);
    mem_release(&mem, ev->differences, ev->cap_differences * sizeof *ev->differences);
    mem_release(&mem, ev->quotes, ev->cap_quotes * sizeof *ev->quotes);
    mem_release(&mem, ev->missing, ev->cap_missing * sizeof *ev->missing);
    mem_release(&mem, ev->fold.data, ev->fold.cap);
    mem_release(&mem, ev->lets, ev->cap_lets * sizeof *ev->lets);
    arena_clear(&ev->folded);
    arena_clear(&ev->given_arena);
    params_clear(&ev->params);
    rls_set_unref(ev->set);
    mem_release(&mem, ev, sizeof *ev);
}

int rls_evaluator_rebind(struct rls_evaluator *ev, struct rls_set *set)
{
    int st;

    if (!ev || !set || ev->holder)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    st = evaluator_bind(ev, set, NULL);
    evaluator_leave(ev);
    return st;
}

struct rls_set *rls_evaluator_set(const struct rls_evaluator *ev)
{
    return ev ? ev->set : NULL;
}

const struct rls_profile *rls_evaluator_profile(const struct rls_evaluator *ev)
{
    return ev ? ev->profile : NULL;
}

uint64_t rls_evaluator_exception_uses(const struct rls_evaluator *ev, size_t index)
{
    return ev && index < ev->set->n_exceptions ? ev->exception_uses[index].uses : 0;
}

uint64_t rls_evaluator_exception_lapses(const struct rls_evaluator *ev, size_t index)
{
    return ev && index < ev->set->n_exceptions ? ev->exception_uses[index].lapses : 0;
}

size_t rls_evaluator_hit_count(const struct rls_evaluator *ev)
{
    return ev ? ev->hits.n_items : 0;
}

size_t rls_evaluator_hit_term(const struct rls_evaluator *ev, size_t index)
{
    return index < rls_evaluator_hit_count(ev) ? ev->hits.items[index].hit.term : SIZE_MAX;
}

bool rls_evaluator_unread(const struct rls_evaluator *ev, size_t *at, struct rls_text *path)
{
    uint32_t i;

    if (!ev || !at || !path || !ev->checked || *at >= ev->facts.n_items)
        return false;
    i = *at ? ev->facts.items[*at].next : facts_first(&ev->facts, FIELD_UNKNOWN);
    if (!i)
        return false;
    *at = i;
    *path = (struct rls_text){ev->facts.items[i].key, ev->facts.items[i].key_len};
    return true;
}

size_t rls_evaluator_memory(const struct rls_evaluator *ev)
{
    if (!ev)
        return 0;
    return sizeof *ev + explanation_memory(&ev->explanation) + probe_memory(&ev->probe) +
           costs_memory(ev->counted) + report_memory(&ev->report) + facts_memory(&ev->facts) +
           html_page_memory(&ev->page) + hits_memory(&ev->hits) + spacing_memory(&ev->spacing) +
           insides_memory(&ev->insides) + ev->cap_spans * sizeof *ev->spans +
           ev->cap_span_ends * sizeof *ev->span_ends + ev->cap_excused * sizeof *ev->excused +
           (ev->json ? json_reader_memory(ev->json) : 0) + ev->cap_profile_id +
           ev->cap_exception_uses * sizeof *ev->exception_uses +
           ev->cap_candidates * sizeof *ev->candidates + awake_memory(&ev->awake) +
           ev->cap_judged * sizeof *ev->judged + ev->cap_ranges * sizeof *ev->ranges +
           ev->cap_differences * sizeof *ev->differences + ev->cap_quotes * sizeof *ev->quotes +
           ev->cap_missing * sizeof *ev->missing + ev->cap_undecided * sizeof *ev->undecided +
           ev->cap_label_values * sizeof *ev->label_values + ev->fold.cap +
           ev->cap_lets * sizeof *ev->lets + arena_memory(&ev->folded) +
           arena_memory(&ev->given_arena) + arena_memory(&ev->params.arena);
}
