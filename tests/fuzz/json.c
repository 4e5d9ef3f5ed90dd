/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a document: a clean status, a position on error, and a report that is JSON. */
#include <stdlib.h>
#include <string.h>

#include <librules/librules.h>

#include "target.h"

struct text {
    char *data;
    size_t len, cap;
};

static int append(void *user, const void *data, size_t len)
{
    struct text *t = user;

    while (t->cap < t->len + len) {
        t->cap = t->cap ? 2 * t->cap : 4096;
        t->data = realloc(t->data, t->cap);
        REQUIRE(t->data);
    }
    memcpy(t->data + t->len, data, len);
    t->len += len;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct rls_evaluator *ev, *reader;
    static struct text written;
    struct rls_json_error e = {.size = sizeof e};
    const struct rls_report *r;
    int st;

    if (!ev) {
        REQUIRE(rls_evaluator_new(&ev, NULL, target_set(), NULL) == RLS_OK);
        REQUIRE(rls_evaluator_new(&reader, NULL, target_set(), NULL) == RLS_OK);
    }
    st = rls_check_json(ev, RLS_LISTING, (struct rls_text){(const char *)data, len}, NULL, &r, &e);
    if (st != RLS_OK) {
        REQUIRE(st == RLS_ERR_INPUT || st == RLS_ERR_LIMIT);
        REQUIRE(!r && e.reason && e.reason_zh && e.line > 0 && e.column > 0 && e.offset <= len);
        return 0;
    }
    written.len = 0;
    REQUIRE(rls_report_write(r, RLS_FORMAT_JSONL, NULL, append, &written) == RLS_OK);
    st = rls_check_json(reader, RLS_LISTING, (struct rls_text){written.data, written.len}, NULL, &r,
                        &e);
    REQUIRE(st == RLS_OK);
    for (size_t i = 0; i < rls_report_note_count(r); i++)
        REQUIRE(rls_report_note(r, i)->code != 602 && rls_report_note(r, i)->code != 603);
    return 0;
}
