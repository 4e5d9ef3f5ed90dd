/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "eval/evaluator.h"
#include "set/mutations.h"

/* One condition is replaced by another that lies in the evaluator, or one term is passed over. */

/* `all` of nothing is true, `any` of nothing is false. */
static void become_constant(struct probe *p, bool value)
{
    p->by.kind = value ? CONDITION_ALL : CONDITION_ANY;
    p->by.n_children = 0;
}

/* All but one of n items. */
static void copy_without(void *to, const void *from, uint32_t n, uint32_t which, size_t size)
{
    memcpy(to, from, which * size);
    memcpy((char *)to + which * size, (const char *)from + (which + 1) * size,
           (n - which - 1) * size);
}

/* There is room for the guards. */
static void drop_guard(struct probe *p, const struct mutation *m)
{
    struct text_test *t = &p->parts[m->part];
    const struct guard *from;

    if (p->by.kind == CONDITION_NEAR) {
        memcpy(p->parts, p->by.near->parts, p->by.near->n_parts * sizeof *p->parts);
        p->test.near = *p->by.near;
        p->test.near.parts = p->parts;
        p->by.near = &p->test.near;
    } else {
        *t = *p->by.text;
        p->by.text = t;
    }
    from = t->guards;
    copy_without(p->guards, from, t->n_guards, m->which, sizeof *from);
    t->guards = p->guards;
    t->n_guards--;
}

/* There is room for what is left of the list, too. */
static void drop_field(struct probe *p, const struct mutation *m)
{
    struct text_test *t = &p->parts[0];

    *t = *p->by.text;
    copy_without(p->selectors, t->selectors, t->n_selectors, m->which, sizeof *p->selectors);
    t->selectors = p->selectors;
    t->n_selectors--;
    p->by.text = t;
}

static void drop_value(struct probe *p, const struct mutation *m)
{
    struct field_test *t = &p->test.field;

    *t = *p->by.field;
    copy_without(p->operands, t->operands, t->n_operands, m->which, sizeof *p->operands);
    t->operands = p->operands;
    t->n_operands--;
    p->by.field = t;
}

static void take_back(struct rls_evaluator *ev)
{
    ev->probe.replaced = NULL;
    probe_switch(&ev->probe);
    ev->hits.without = ev->hits.scanner.without = TERM_NONE;
}

static bool reserve(struct rls_evaluator *ev, const struct mutation *m)
{
    const struct condition *c = m->condition;
    struct probe *p = &ev->probe;
    const struct text_test *t;

    if (c && m->change == CHANGE_FIELD)
        return mem_grow(&ev->mem, &p->selectors, &p->cap_selectors, c->text->n_selectors,
                        sizeof *p->selectors);
    if (c && m->change == CHANGE_VALUE)
        return mem_grow(&ev->mem, &p->operands, &p->cap_operands, c->field->n_operands,
                        sizeof *p->operands);
    if (!c || m->change != CHANGE_GUARD)
        return true;
    t = c->kind == CONDITION_NEAR ? &c->near->parts[m->part] : c->text;
    return mem_grow(&ev->mem, &p->guards, &p->cap_guards, t->n_guards, sizeof *p->guards);
}

static void replace(struct rls_evaluator *ev, const struct mutation *m)
{
    struct probe *p = &ev->probe;

    p->by = *m->condition;
    if (m->change == CHANGE_GUARD)
        drop_guard(p, m);
    else if (m->change == CHANGE_FIELD)
        drop_field(p, m);
    else if (m->change == CHANGE_VALUE)
        drop_value(p, m);
    else if (m->change == CHANGE_TEST)
        probe_change_test(&p->by, m->test, &p->test);
    else
        become_constant(p, m->change == CHANGE_TO_TRUE);
    p->replaced = m->condition;
    p->on = true;
}

static int mutate(struct rls_evaluator *ev, const struct rls_mutations *list, size_t index)
{
    const struct mutation *m = list ? &list->items[index] : NULL;

    if (list && list->set != ev->set)
        return RLS_ERR_ARGUMENT;
    if (m && !reserve(ev, m))
        return RLS_ERR_MEMORY;
    take_back(ev);
    if (m && m->condition)
        replace(ev, m);
    else if (m && m->view.kind == RLS_MUTATION_ALLOW)
        ev->hits.scanner.without = (uint32_t)m->view.term;
    else if (m)
        ev->hits.without = (uint32_t)m->view.term;
    return RLS_OK;
}

int rls_evaluator_mutate(struct rls_evaluator *ev, const struct rls_mutations *m, size_t index)
{
    int st;

    if (!ev || (m && index >= m->n))
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    evaluator_follow(ev);
    st = mutate(ev, m, index);
    evaluator_leave(ev);
    return st;
}
