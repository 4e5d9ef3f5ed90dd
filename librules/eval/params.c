/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/params.h"

#include <string.h>

#include "base/nearest.h"
#include "text/reader.h"
#include "text/trim.h"

static bool make_room(struct params *p, size_t n)
{
    p->n = n;
    p->values = arena_array(&p->arena, n, sizeof *p->values);
    p->written = arena_array(&p->arena, n, sizeof *p->written);
    if (p->values && p->written)
        return true;
    params_clear(p);
    return false;
}

bool params_init(struct params *p, const struct mem *mem, const struct rls_set *set)
{
    *p = (struct params){.n = 0};
    arena_init(&p->arena, mem);
    if (!make_room(p, set->n_params))
        return false;
    for (uint32_t i = 0; i < set->n_params; i++)
        p->values[i] = set->params[i].value;
    return true;
}

void params_clear(struct params *p)
{
    arena_clear(&p->arena);
    p->values = NULL;
    p->written = NULL;
    p->n = 0;
}

enum fault { FAULT_NONE, FAULT_UNKNOWN, FAULT_AMBIGUOUS, FAULT_TYPE, FAULT_RANGE };

static const struct {
    const char *en, *zh;
} reasons[] = {
    [FAULT_UNKNOWN] = {"no rule set has a param of this name", "没有规则集声明此名称的参数"},
    [FAULT_AMBIGUOUS] = {"several rule sets have a param of this name: write RULESET/NAME",
                         "多个规则集声明了此名称的参数：请写 规则集/名称"},
    [FAULT_TYPE] = {"the value is not of the type of the param", "值不符合参数的类型"},
    [FAULT_RANGE] = {"the value is not between min and max", "值不在 min 与 max 之间"},
};

static enum fault find(const struct rls_set *set, const char *name, const struct param **out)
{
    bool full = name && strchr(name, '/');

    *out = NULL;
    for (uint32_t i = 0; name && i < set->n_params; i++) {
        const struct param *p = &set->params[i];

        if (strcmp(full ? p->id : p->name, name) != 0)
            continue;
        if (*out)
            return FAULT_AMBIGUOUS;
        *out = p;
    }
    return *out ? FAULT_NONE : FAULT_UNKNOWN;
}

static bool keep_folded(struct params *p, const char *text, size_t len, struct value *out)
{
    size_t length = text_fold(text, len, FORM_DEFAULT, NULL, 0);
    char *folded = arena_alloc(&p->arena, length + 1);

    if (!folded)
        return false;
    (void)text_fold(text, len, FORM_DEFAULT, folded, length + 1);
    *out = (struct value){.type = TYPE_TEXT, .text = folded, .length = length};
    text_trim(&out->text, &out->length);
    return true;
}

static int set_one(struct params *p, const struct rls_set *set, const struct rls_param *given,
                   enum fault *fault)
{
    const struct param *param;
    const char *written;
    struct value v;
    bool memory = false;

    *fault = find(set, given->name, &param);
    if (*fault)
        return RLS_ERR_ARGUMENT;
    *fault = FAULT_TYPE;
    if (!given->value)
        return RLS_ERR_ARGUMENT;
    written = arena_text(&p->arena, given->value, strlen(given->value));
    if (!written)
        return RLS_ERR_MEMORY;
    if (param->type == TYPE_TEXT) {
        if (!keep_folded(p, written, strlen(written), &v))
            return RLS_ERR_MEMORY;
    } else if (!value_read(written, strlen(written), param->type, param->zone, &v, &memory)) {
        return memory ? RLS_ERR_MEMORY : RLS_ERR_ARGUMENT;
    }
    /* A date that somebody writes is that day. */
    if (param->type == TYPE_INSTANT)
        v.moment.named = v.moment.day;
    *fault = FAULT_RANGE;
    if (!param_allows(param, &v))
        return RLS_ERR_ARGUMENT;
    p->values[param->index] = v;
    p->written[param->index] = written;
    return RLS_OK;
}

/* Full ids are near to full ids. */
static const char *nearest_param(const struct rls_set *set, const char *name)
{
    struct nearest n = {0};
    bool full = strchr(name, '/');

    for (uint32_t i = 0; i < set->n_params; i++)
        nearest_offer(&n, name, strlen(name), full ? set->params[i].id : set->params[i].name);
    return n.best;
}

/* The caller may know a shorter struct. */
static void tell(struct rls_param_error *to, const struct rls_set *set, const char *name,
                 size_t index, enum fault fault)
{
    struct rls_param_error e = {
        .index = index, .reason = reasons[fault].en, .reason_zh = reasons[fault].zh};

    if (!to)
        return;
    if (fault == FAULT_UNKNOWN && name)
        e.nearest = nearest_param(set, name);
    e.size = to->size < sizeof e ? to->size : sizeof e;
    memcpy(to, &e, e.size);
}

/* Of what was said, as far as it was. */
static void digest(struct params *p, const struct rls_set *set)
{
    memset(p->digest, 0, DIGEST_BYTES);
    for (size_t i = 0; i < p->n; i++) {
        const char *id = set->params[i].id, *written = p->written[i];
        const struct digest_part parts[] = {
            {p->digest, DIGEST_BYTES}, {id, strlen(id)}, {written, written ? strlen(written) : 0}};

        if (written)
            digest_parts(parts, sizeof parts / sizeof *parts, p->digest);
    }
}

int params_set(struct params *p, const struct rls_set *set, const struct rls_param *given, size_t n,
               struct rls_param_error *fault)
{
    for (size_t i = 0; i < n; i++) {
        enum fault kind;
        int st = set_one(p, set, &given[i], &kind);

        if (st == RLS_ERR_ARGUMENT)
            tell(fault, set, given[i].name, i, kind);
        if (st != RLS_OK)
            return st;
    }
    digest(p, set);
    return RLS_OK;
}
