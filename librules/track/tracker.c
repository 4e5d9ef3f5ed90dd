/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/tracker.h>

int rls_apply(struct rls_evaluator *ev, const void *state, size_t len,
              const struct rls_event *event, int64_t now, rls_write_fn put, void *user,
              const struct rls_report **out)
{
    (void)ev;
    (void)state;
    (void)len;
    (void)event;
    (void)now;
    (void)put;
    (void)user;
    if (out)
        *out = NULL;
    return RLS_ERR_UNSUPPORTED;
}

int rls_tracker_new(struct rls_tracker **out, struct rls_context *ctx, struct rls_text order)
{
    (void)ctx;
    (void)order;
    if (out)
        *out = NULL;
    return RLS_ERR_UNSUPPORTED;
}

void rls_tracker_free(struct rls_tracker *t)
{
    (void)t;
}

int rls_tracker_feed(struct rls_tracker *t, struct rls_evaluator *ev, const struct rls_event *event,
                     int64_t now, const struct rls_report **out)
{
    (void)t;
    return rls_apply(ev, NULL, 0, event, now, NULL, NULL, out);
}

int rls_tracker_save(const struct rls_tracker *t, rls_write_fn put, void *user)
{
    (void)t;
    (void)put;
    (void)user;
    return RLS_ERR_UNSUPPORTED;
}
