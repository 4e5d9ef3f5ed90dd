/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole way once: rule files become a set, one listing is checked, its findings are printed.
 *
 *     first-check TITLE RULES.xml...
 *
 * Exit status: 0 the listing may be published, 2 it needs a look or must not be, 1 trouble.
 */
#include <librules/librules.h>

#include <stdio.h>
#include <string.h>

enum { TROUBLE = 1, FINDINGS = 2 };

static struct rls_text text(const char *s)
{
    return (struct rls_text){.data = s, .len = strlen(s)};
}

static int put(void *file, const void *data, size_t len)
{
    return fwrite(data, 1, len, file) == len ? 0 : -1;
}

/* Called for each mistake in the rules, as it is found. */
static void print_diagnostic(void *user, const struct rls_diagnostic *d)
{
    (void)user;
    if (rls_diagnostic_write(d, "en", put, stderr) != RLS_OK)
        fprintf(stderr, "a diagnostic could not be written\n");
}

static int load(char **paths, int n, struct rls_set **set)
{
    struct rls_compiler_options options = {.size = sizeof options,
                                           .on_diagnostic = print_diagnostic};
    struct rls_compiler *c;
    int st = rls_compiler_new(&c, NULL, &options);

    *set = NULL;
    for (int i = 0; st == RLS_OK && i < n; i++)
        st = rls_compiler_add_file(c, paths[i]);
    if (st == RLS_OK)
        st = rls_compiler_build(c, set);
    rls_compiler_free(c);
    return st;
}

static void print_finding(const struct rls_finding *f)
{
    printf("%s: %s\n", rls_rule_id(rls_finding_rule(f)), rls_finding_message(f, NULL));
    for (size_t i = 0; i < rls_finding_evidence_count(f); i++) {
        const struct rls_evidence *e = rls_finding_evidence(f, i);

        printf("  %s, bytes %zu to %zu: \"%s\", read as \"%s\"\n", e->field, e->begin, e->end,
               e->matched, e->folded);
    }
    for (size_t i = 0; i < rls_finding_citation_count(f); i++) {
        const struct rls_citation *c = rls_finding_citation(f, i);

        printf("  %s%s%s%s%s\n", c->title, c->number ? ", " : "", c->number ? c->number : "",
               c->clause ? ", " : "", c->clause ? c->clause : "");
    }
    if (rls_finding_remedy(f, NULL))
        printf("  %s\n", rls_finding_remedy(f, NULL));
}

static int check(struct rls_set *set, const char *title)
{
    struct rls_listing listing = {.size = sizeof listing, .title = text(title)};
    struct rls_check_options options = {.size = sizeof options, .language = "en"};
    const struct rls_report *report;
    struct rls_evaluator *ev;
    int status = TROUBLE, st = rls_evaluator_new(&ev, NULL, set, NULL);

    if (st == RLS_OK)
        st = rls_check_listing(ev, &listing, &options, &report);
    if (st == RLS_OK) {
        for (size_t i = 0; i < rls_report_finding_count(report); i++)
            print_finding(rls_report_finding(report, i));
        printf("%zu rules, %zu findings\n", rls_set_rule_count(set),
               rls_report_finding_count(report));
        status = rls_report_verdict(report) >= RLS_REVIEW ? FINDINGS : 0;
    } else {
        fprintf(stderr, "first-check: %s\n", rls_status_name(st));
    }
    rls_evaluator_free(ev); /* and the report with it */
    return status;
}

int main(int argc, char **argv)
{
    struct rls_set *set;
    int st, status;

    if (argc < 3) {
        fprintf(stderr, "usage: first-check TITLE RULES.xml...\n");
        return TROUBLE;
    }
    st = load(argv + 2, argc - 2, &set);
    if (st != RLS_OK) {
        fprintf(stderr, "first-check: the rules cannot be used: %s\n", rls_status_name(st));
        return TROUBLE;
    }
    status = check(set, argv[1]);
    rls_set_unref(set);
    return fflush(stdout) == 0 ? status : TROUBLE;
}
