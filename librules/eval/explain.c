/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/explanation.h>

int rls_explain(struct rls_evaluator *ev, const char *rule_id, const struct rls_explanation **out)
{
    (void)ev;
    (void)rule_id;
    if (out)
        *out = NULL;
    return RLS_ERR_UNSUPPORTED;
}

size_t rls_explanation_count(const struct rls_explanation *e)
{
    (void)e;
    return 0;
}

const struct rls_explained *rls_explanation_at(const struct rls_explanation *e, size_t index)
{
    (void)e;
    (void)index;
    return NULL;
}
