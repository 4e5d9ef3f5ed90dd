/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/sized.h"
#include "eval/evaluator.h"

static int read_document(struct rls_evaluator *ev, struct rls_text json, struct rls_json_error *e)
{
    if (!ev->json)
        ev->json = json_reader_new(&ev->mem);
    if (!ev->json)
        return RLS_ERR_MEMORY;
    return json_read(ev->json, json.data, json.len, ev->max_document, &ev->facts, e);
}

/* The caller may know a shorter struct. */
static void give_error(struct rls_json_error *to, struct rls_json_error *from)
{
    size_t size = to->size < sizeof *from ? to->size : sizeof *from;

    from->size = size;
    memcpy(to, from, size);
}

int rls_check_json(struct rls_evaluator *ev, uint32_t subject, struct rls_text json,
                   const struct rls_check_options *options, const struct rls_report **out,
                   struct rls_json_error *error)
{
    struct rls_json_error e = {.size = sizeof e};
    int st;

    if (out)
        *out = NULL;
    if (!ev || (!json.data && json.len))
        return RLS_ERR_ARGUMENT;
    if (error && error->size < sizeof error->size)
        return RLS_ERR_ABI;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    st = evaluator_begin(ev, subject);
    if (st == RLS_OK)
        st = read_document(ev, json, &e);
    if (st == RLS_OK)
        st = evaluator_check(ev, options, out);
    evaluator_leave(ev);
    if (error)
        give_error(error, &e);
    return st;
}
