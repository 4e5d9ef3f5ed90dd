/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a title: every span of the report lies in the text, and read again with the forms
 * that the report names it is the term. */
#include <string.h>

#include <librules/librules.h>

#include "target.h"
#include "text/reader.h"

enum { KEY = 256 };

static void check_evidence(const char *text, size_t len, const struct rls_evidence *e)
{
    char span[KEY], term[KEY];
    uint32_t forms = e->forms | FORM_SQUEEZED;
    size_t a, b;

    REQUIRE(e->begin < e->end && e->end <= len);
    REQUIRE(e->utf16_begin < e->utf16_end && e->point_begin < e->point_end);
    REQUIRE(e->point_end <= e->utf16_end && e->utf16_end <= e->end);
    if (!e->term)
        return;
    a = text_fold(text + e->begin, e->end - e->begin, forms, span, sizeof span);
    b = text_fold(e->term, strlen(e->term), forms, term, sizeof term);
    REQUIRE(a == b && a < KEY && memcmp(span, term, a) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct rls_evaluator *ev;
    struct rls_text title = {(const char *)data, len};
    const struct rls_report *r;
    struct rls_builder *b;

    if (!ev)
        REQUIRE(rls_evaluator_new(&ev, NULL, target_set(), NULL) == RLS_OK);
    REQUIRE(rls_evaluator_begin(ev, RLS_LISTING, &b) == RLS_OK);
    REQUIRE(rls_builder_text(b, "title", title) == RLS_OK);
    REQUIRE(rls_builder_check(b, NULL, &r) == RLS_OK);
    for (size_t i = 0; i < rls_report_finding_count(r); i++) {
        const struct rls_finding *f = rls_report_finding(r, i);

        for (size_t j = 0; j < rls_finding_evidence_count(f); j++)
            check_evidence(title.data, len, rls_finding_evidence(f, j));
    }
    return 0;
}
