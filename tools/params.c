/* SPDX-License-Identifier: Apache-2.0 */
#include "params.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const char *from, size_t len)
{
    char *out = malloc(len + 1);

    if (!out)
        return NULL;
    memcpy(out, from, len);
    out[len] = '\0';
    return out;
}

bool params_add(struct params *p, const char *word)
{
    const char *equals = strchr(word, '=');
    struct rls_param *items;
    char *name;

    if (!equals || equals == word) {
        complain(TEXT_BAD_PARAM, word);
        return false;
    }
    items = realloc(p->items, (p->count + 1) * sizeof *items);
    if (items)
        p->items = items;
    name = items ? copy(word, (size_t)(equals - word)) : NULL;
    if (!name) {
        complain(TEXT_NO_MEMORY);
        return false;
    }
    p->items[p->count++] = (struct rls_param){name, equals + 1};
    return true;
}

void params_free(struct params *p)
{
    for (size_t i = 0; i < p->count; i++)
        free((char *)p->items[i].name);
    free(p->items);
    *p = (struct params){0};
}

struct rls_evaluator *params_evaluator(const struct params *p, struct rls_set *set,
                                       const char *profile)
{
    struct rls_param_error fault = {.size = sizeof fault};
    const struct rls_evaluator_options o = {.size = sizeof o,
                                            .profile = profile,
                                            .params = p->items,
                                            .n_params = p->count,
                                            .param_error = &fault};
    struct rls_evaluator *ev;
    int status = rls_evaluator_new(&ev, NULL, set, &o);

    if (status == RLS_OK)
        return ev;
    if (status == RLS_ERR_ARGUMENT && fault.nearest && fault.index < p->count)
        complain(TEXT_PARAM_UNKNOWN_HINT, p->items[fault.index].name, p->items[fault.index].value,
                 fault.nearest);
    else if (status == RLS_ERR_ARGUMENT && fault.reason && fault.index < p->count)
        complain(TEXT_PARAM_REFUSED, p->items[fault.index].name, p->items[fault.index].value,
                 strcmp(text_language(), "en") == 0 ? fault.reason : fault.reason_zh);
    else
        complain(TEXT_LIBRARY_FAILED, "rls_evaluator_new", rls_status_name(status));
    return NULL;
}
