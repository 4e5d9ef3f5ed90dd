/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New rules while checks run: a holder carries the current set, evaluators made with it take up
 * each new one at the start of a check. A version with a mistake publishes nothing.
 *
 *     hot-reload M RULES.xml...
 */
#include <librules/librules.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, BAD_EVERY = 3 };

struct shared {
    struct rls_holder *holder;
    struct rls_set *last; /* the set that was published last; written before done */
    atomic_bool done;
    atomic_int status; /* the first trouble of any thread */
};

static void *work(void *argument)
{
    static const char title[] = "全新蚂蚁矿机 S19 95T";
    struct rls_listing listing = {.size = sizeof listing, .title = {title, sizeof title - 1}};
    struct shared *s = argument;
    const struct rls_report *report = NULL;
    struct rls_evaluator *ev;
    bool done = false;
    int st = rls_evaluator_new_held(&ev, NULL, s->holder, NULL);

    /* The check that begins after the end of all publishing uses the last set. */
    while (st == RLS_OK && !done) {
        done = atomic_load(&s->done);
        st = rls_check_listing(ev, &listing, NULL, &report);
    }
    if (st == RLS_OK && rls_report_set(report) != s->last)
        st = RLS_ERR_INTERNAL;
    rls_evaluator_free(ev);
    if (st != RLS_OK)
        atomic_store(&s->status, st);
    return NULL;
}

/* The rules of the files and one that names the version; with a mistake in it when bad. */
static int compile(char **paths, int n, unsigned long version, bool bad, struct rls_set **set)
{
    struct rls_compiler *c;
    char xml[512];
    int len, st = rls_compiler_new(&c, NULL, NULL);

    *set = NULL;
    for (int i = 0; st == RLS_OK && i < n; i++)
        st = rls_compiler_add_file(c, paths[i]);
    len = snprintf(xml, sizeof xml,
                   "<ruleset xmlns='urn:librules:ruleset:1' id='demo.reload' version='%lu' "
                   "subject='listing'><title>版本 %lu</title><rule id='any' severity='advice' "
                   "mode='shadow'><title>任意</title><when><field name='title' present='%s'/>"
                   "</when><outcome verdict='advise'><message>版本 %lu</message></outcome>"
                   "</rule></ruleset>",
                   version, version, bad ? "perhaps" : "yes", version);
    if (st == RLS_OK)
        st = len > 0 && (size_t)len < sizeof xml
                 ? rls_compiler_add_buffer(c, "reload", xml, (size_t)len)
                 : RLS_ERR_INTERNAL;
    if (st == RLS_OK)
        st = rls_compiler_build(c, set);
    rls_compiler_free(c);
    return st;
}

/* One new version; RLS_ERR_COMPILE leaves the old one in force. */
static int reload(struct shared *s, char **paths, int n, unsigned long version)
{
    struct rls_set *set;
    int st = compile(paths, n, version, version % BAD_EVERY == 0, &set);

    if (st == RLS_OK)
        st = rls_holder_publish(s->holder, set);
    if (st == RLS_OK)
        s->last = set; /* the holder keeps it alive */
    rls_set_unref(set);
    return st;
}

int main(int argc, char **argv)
{
    unsigned long m = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, refused = 0;
    struct shared s = {.holder = NULL};
    pthread_t threads[THREADS];
    int started = 0, st;

    if (!m) {
        fprintf(stderr, "usage: hot-reload M RULES.xml... (M reloads, at least 1)\n");
        return 1;
    }
    st = compile(argv + 2, argc - 2, 0, false, &s.last);
    if (st == RLS_OK)
        st = rls_holder_new(&s.holder, NULL, s.last);
    rls_set_unref(s.last);
    while (st == RLS_OK && started < THREADS)
        if (pthread_create(&threads[started], NULL, work, &s) == 0)
            started++;
        else
            st = RLS_ERR_MEMORY;
    for (unsigned long v = 1; st == RLS_OK && v <= m; v++) {
        st = reload(&s, argv + 2, argc - 2, v);
        refused += st == RLS_ERR_COMPILE;
        st = st == RLS_ERR_COMPILE ? RLS_OK : st;
    }
    atomic_store(&s.done, true);
    while (started > 0)
        pthread_join(threads[--started], NULL);
    st = st == RLS_OK ? atomic_load(&s.status) : st;
    printf("%lu reloads, %lu refused, generation %llu; %d threads went on checking\n", m, refused,
           (unsigned long long)rls_holder_generation(s.holder), THREADS);
    if (st != RLS_OK)
        fprintf(stderr, "hot-reload: %s\n", rls_status_name(st));
    rls_holder_free(s.holder);
    return st == RLS_OK ? 0 : 1;
}
