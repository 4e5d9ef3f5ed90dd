/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a page: the map is whole and in order, and every span of a report lies in the source
 * and is the term when it is read again, as a page and with the forms that the report names. */
#include <string.h>

#include <librules/librules.h>

#include "target.h"
#include "text/html.h"
#include "text/reader.h"

enum { KEY = 4096 };

static void check_map(const struct html_page *p, const char *source, size_t len)
{
    struct html_map m = {source, len, p->shown.runs, p->shown.n_runs};
    size_t begin = 0, end = 0;

    for (size_t i = 0; i < p->shown.len; i++) {
        size_t b = html_source_begin(&m, i), e = html_source_end(&m, i + 1);

        REQUIRE(b < e && e <= len && b >= begin && e >= end);
        if (b != begin || e != end)
            REQUIRE(b >= end);
        begin = b;
        end = e;
    }
    for (size_t i = 1; i < p->shown.n_runs; i++)
        REQUIRE(p->shown.runs[i - 1].text < p->shown.runs[i].text &&
                p->shown.runs[i - 1].source < p->shown.runs[i].source);
    REQUIRE(p->shown.len == 0 || (p->shown.n_runs && p->shown.runs[0].text == 0));
}

static void check_again(struct html_page *p, const char *source, const struct rls_evidence *e)
{
    char span[KEY], term[KEY];
    uint32_t forms = e->forms | FORM_SQUEEZED;
    size_t a, b;

    REQUIRE(html_read(p, source + e->begin, e->end - e->begin));
    a = text_fold(p->shown.text, p->shown.len, forms, span, sizeof span);
    b = text_fold(e->term, strlen(e->term), forms, term, sizeof term);
    REQUIRE(a == b && a < KEY && memcmp(span, term, a) == 0);
}

static void check_evidence(struct html_page *p, const char *source, size_t len,
                           const struct rls_evidence *e)
{
    REQUIRE(strcmp(e->field, "description") == 0 && e->index == 0);
    REQUIRE(e->begin < e->end && e->end <= len);
    REQUIRE(e->utf16_begin < e->utf16_end && e->point_begin < e->point_end);
    REQUIRE(e->point_end <= e->utf16_end && e->utf16_end <= e->end);
    if (e->term)
        check_again(p, source, e);
}

static void check_report(struct html_page *p, const char *source, size_t len,
                         const struct rls_report *r)
{
    for (size_t i = 0; i < rls_report_finding_count(r); i++) {
        const struct rls_finding *f = rls_report_finding(r, i);

        for (size_t j = 0; j < rls_finding_evidence_count(f); j++)
            check_evidence(p, source, len, rls_finding_evidence(f, j));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct rls_evaluator *ev;
    static struct html_page page;
    const char *source = (const char *)data;
    struct rls_listing listing = {
        .size = sizeof listing, .description = {source, len}, .description_type = {"html", 4}};
    const struct rls_report *r;

    if (!ev) {
        REQUIRE(rls_evaluator_new(&ev, NULL, target_set(), NULL) == RLS_OK);
        html_page_init(&page, &mem_libc);
    }
    REQUIRE(html_read(&page, source, len));
    check_map(&page, source, len);
    REQUIRE(rls_check_listing(ev, &listing, NULL, &r) == RLS_OK);
    check_report(&page, source, len, r);
    return 0;
}
