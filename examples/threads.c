/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many threads, one set: each thread has an evaluator of its own and shares nothing else that
 * changes. The totals of one thread and of N are the same.
 *
 *     threads N CATALOGUE.jsonl RULES.xml...
 */
#define _POSIX_C_SOURCE 200809L
#include <librules/librules.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_THREADS = 64 };

struct totals {
    size_t listings, findings, malformed, verdicts[RLS_REJECT + 1];
};

/* One thread: it takes every step-th line, beginning with line first. */
struct worker {
    struct rls_set *set;
    const char *path;
    size_t first, step;
    struct totals totals;
    int status;
};

static int check_line(struct rls_evaluator *ev, struct rls_text json, struct totals *t)
{
    const struct rls_report *report;
    int st = rls_check_json(ev, RLS_LISTING, json, NULL, &report, NULL);

    if (st == RLS_ERR_INPUT) { /* the evaluator is as good as before */
        t->malformed++;
        return RLS_OK;
    }
    if (st == RLS_OK) {
        t->listings++;
        t->findings += rls_report_finding_count(report);
        t->verdicts[rls_report_verdict(report)]++;
    }
    return st;
}

static void *work(void *argument)
{
    struct worker *w = argument;
    struct rls_evaluator *ev = NULL;
    FILE *file = fopen(w->path, "rb");
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    w->status = file ? rls_evaluator_new(&ev, NULL, w->set, NULL) : RLS_ERR_IO;
    for (size_t n = 0; w->status == RLS_OK && (len = getline(&line, &room, file)) > 0; n++)
        if (n % w->step == w->first)
            w->status = check_line(ev, (struct rls_text){line, (size_t)len}, &w->totals);
    if (w->status == RLS_OK && !feof(file))
        w->status = RLS_ERR_IO;
    rls_evaluator_free(ev);
    free(line);
    if (file)
        fclose(file);
    return NULL;
}

static int check(struct rls_set *set, const char *path, size_t n, struct totals *sum)
{
    struct worker workers[MOST_THREADS];
    pthread_t threads[MOST_THREADS];
    size_t started;
    int st = RLS_OK;

    for (started = 0; started < n; started++) {
        workers[started] = (struct worker){.set = set, .path = path, .first = started, .step = n};
        if (pthread_create(&threads[started], NULL, work, &workers[started]) != 0)
            break;
    }
    for (size_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        st = st == RLS_OK ? workers[i].status : st;
        sum->listings += workers[i].totals.listings;
        sum->findings += workers[i].totals.findings;
        sum->malformed += workers[i].totals.malformed;
        for (int v = 0; v <= RLS_REJECT; v++)
            sum->verdicts[v] += workers[i].totals.verdicts[v];
    }
    printf("%zu threads: %zu listings, %zu malformed, %zu findings; pass %zu, advise %zu, "
           "review %zu, reject %zu\n",
           started, sum->listings, sum->malformed, sum->findings, sum->verdicts[RLS_PASS],
           sum->verdicts[RLS_ADVISE], sum->verdicts[RLS_REVIEW], sum->verdicts[RLS_REJECT]);
    return started == n ? st : RLS_ERR_MEMORY;
}

int main(int argc, char **argv)
{
    size_t n = argc > 3 ? strtoul(argv[1], NULL, 10) : 0;
    struct totals one = {0}, many = {0};
    struct rls_compiler *c = NULL;
    struct rls_set *set = NULL;
    int st;

    if (!n || n > MOST_THREADS) {
        fprintf(stderr, "usage: threads N CATALOGUE.jsonl RULES.xml... (N from 1 to %d)\n",
                MOST_THREADS);
        return 1;
    }
    st = rls_compiler_new(&c, NULL, NULL);
    for (int i = 3; st == RLS_OK && i < argc; i++)
        st = rls_compiler_add_file(c, argv[i]);
    if (st == RLS_OK)
        st = rls_compiler_build(c, &set);
    rls_compiler_free(c); /* the set lives on */
    if (st == RLS_OK)
        st = check(set, argv[2], 1, &one);
    if (st == RLS_OK)
        st = check(set, argv[2], n, &many);
    if (st != RLS_OK)
        fprintf(stderr, "threads: %s\n", rls_status_name(st));
    rls_set_unref(set);
    return st == RLS_OK && memcmp(&one, &many, sizeof one) == 0 ? 0 : 1;
}
