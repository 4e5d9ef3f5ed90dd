/* SPDX-License-Identifier: Apache-2.0 */
/* Two evaluators of one set in two threads, against two processes with a set each. */
#include "bench.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clocks.h"

enum { WORKERS = 2 };

struct work {
    double texts, cpu_ns;
};

static struct work work_for(const struct engine *e, uint64_t wall)
{
    const uint64_t begin = wall_ns(), cpu = cpu_ns();
    struct work done = {0, 0};
    size_t at = 0;

    do {
        for (size_t i = 0; i < 16; i++, at = (at + 1) % e->texts->n)
            e->run(e->state, e->texts->text[at], e->texts->len[at]);
        done.texts += 16;
    } while (wall_ns() - begin < wall);
    done.cpu_ns = (double)(cpu_ns() - cpu);
    return done;
}

/* --- processes ----------------------------------------------------------------------------- */

struct process {
    pid_t id;
    int ask, answer; /* pipes: nanoseconds to work for, what was done */
};

static void move_whole(bool out, int fd, void *data, size_t size)
{
    ssize_t n = out ? write(fd, data, size) : read(fd, data, size);

    if (n == 0 && !out)
        _exit(0); /* the parent has ended */
    if (n != (ssize_t)size)
        fatal("a pipe broke", "threads");
}

static __attribute__((noreturn)) void serve(const struct sources *s, const struct records *texts,
                                            int ask, int answer)
{
    struct engine e = ours_check(set_compile(s), ASK_JSON);

    e.texts = texts;
    work_for(&e, 100000000);
    for (;;) {
        uint64_t wall;
        struct work done;

        move_whole(false, ask, &wall, sizeof wall);
        done = work_for(&e, wall);
        move_whole(true, answer, &done, sizeof done);
    }
}

static struct process process_start(const struct sources *s, const struct records *texts)
{
    int ask[2], answer[2];
    struct process p;

    if (pipe(ask) != 0 || pipe(answer) != 0 || (p.id = fork()) < 0)
        fatal("no process", "threads");
    if (p.id == 0) {
        close(ask[1]);
        close(answer[0]);
        serve(s, texts, ask[0], answer[1]);
    }
    close(ask[0]);
    close(answer[1]);
    p.ask = ask[1];
    p.answer = answer[0];
    return p;
}

static struct work in_processes(struct process *p, uint64_t wall)
{
    struct work sum = {0, 0}, one;

    for (size_t i = 0; i < WORKERS; i++)
        move_whole(true, p[i].ask, &wall, sizeof wall);
    for (size_t i = 0; i < WORKERS; i++) {
        move_whole(false, p[i].answer, &one, sizeof one);
        sum.texts += one.texts;
        sum.cpu_ns += one.cpu_ns;
    }
    return sum;
}

/* --- threads ------------------------------------------------------------------------------- */

struct thread {
    pthread_t id;
    struct engine engine;
    uint64_t wall;
    struct work done;
};

static void *in_thread(void *user)
{
    struct thread *t = user;

    t->done = work_for(&t->engine, t->wall);
    return NULL;
}

static struct work in_threads(struct thread *t, uint64_t wall)
{
    struct work sum = {0, 0};

    for (size_t i = 0; i < WORKERS; i++) {
        t[i].wall = wall;
        if (pthread_create(&t[i].id, NULL, in_thread, &t[i]) != 0)
            fatal("no thread", "threads");
    }
    for (size_t i = 0; i < WORKERS; i++) {
        pthread_join(t[i].id, NULL);
        sum.texts += t[i].done.texts;
        sum.cpu_ns += t[i].done.cpu_ns;
    }
    return sum;
}

/* --- the row ------------------------------------------------------------------------------- */

enum { ROUNDS = 64 };

static struct duel compare(struct thread *t, struct process *p, const struct timing *timing,
                           double *by_wall)
{
    const size_t n = timing->rounds < ROUNDS ? timing->rounds : ROUNDS;
    double cpu[ROUNDS], wall[ROUNDS], ours[ROUNDS], peer[ROUNDS];
    struct duel d = {.rounds = n};

    for (size_t i = 0; i < n; i++) {
        struct work a = {0, 0}, b;

        if (i % 2 == 0)
            a = in_threads(t, timing->slice_ns);
        b = in_processes(p, timing->slice_ns);
        if (i % 2)
            a = in_threads(t, timing->slice_ns);
        ours[i] = a.cpu_ns / a.texts;
        peer[i] = b.cpu_ns / b.texts;
        cpu[i] = peer[i] / ours[i];
        wall[i] = a.texts / b.texts;
    }
    d.ratio = median(cpu, n);
    d.low = cpu[0];
    d.high = cpu[n - 1];
    d.ours_ns = median(ours, n);
    d.peer_ns = median(peer, n);
    *by_wall = median(wall, n);
    return d;
}

void group_threads(struct bench *b)
{
    struct records json = records_read(b->inputs, "listings-json");
    struct sources s = b->rules;
    char path[4096];
    struct process p[WORKERS];
    struct thread t[WORKERS];
    struct rls_set *set;
    struct duel d;
    double by_wall;

    sources_add(&s, bench_path(b, path, "terms.xml"));
    unpin();
    for (size_t i = 0; i < WORKERS; i++)
        p[i] = process_start(&s, &json);
    set = set_compile(&s);
    for (size_t i = 0; i < WORKERS; i++) {
        t[i].engine = ours_check(i ? rls_set_ref(set) : set, ASK_JSON);
        t[i].engine.texts = &json;
    }
    in_threads(t, 100000000);
    in_processes(p, 1);
    d = compare(t, p, &b->timing, &by_wall);
    d.text_bytes = (double)b->listings.bytes / (double)b->listings.n;
    rows_add(b->rows,
             &(struct row){.id = "2 threads",
                           .what = "2 evaluators in a process against 2 processes, CPU time",
                           .ours = "threads",
                           .peer = "processes",
                           .target = TARGET_FASTER,
                           .goal = 0.95},
             &d);
    rows_add(b->rows,
             &(struct row){.id = "2 threads, by the wall",
                           .what = "the same by texts in a time: the machine must be idle",
                           .unit = "ratio",
                           .value = by_wall},
             NULL);
    /* A process holds the pipes of those before it: all are closed before one is waited for. */
    for (size_t i = 0; i < WORKERS; i++) {
        engine_drop(&t[i].engine);
        close(p[i].ask);
        close(p[i].answer);
    }
    for (size_t i = 0; i < WORKERS; i++)
        waitpid(p[i].id, NULL, 0);
    (void)pin();
    records_free(&json);
}
