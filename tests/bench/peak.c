/* SPDX-License-Identifier: Apache-2.0 */
#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "peak.h"

#include "records.h"

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

static double most_bytes(void)
{
    struct rusage used;

    return getrusage(RUSAGE_SELF, &used) == 0 ? (double)used.ru_maxrss * 1024 : 0;
}

static __attribute__((noreturn)) void measure(void (*work)(const void *user), const void *user,
                                              int answer)
{
    const double before = most_bytes();
    double grown;

    work(user);
    grown = most_bytes() - before;
    _exit(write(answer, &grown, sizeof grown) != sizeof grown);
}

double peak_bytes(void (*work)(const void *user), const void *user)
{
    double grown = 0;
    int answer[2];
    pid_t id;

#if defined(__GLIBC__)
    /* What is free here would be used there first, unseen. */
    malloc_trim(0);
#endif
    if (pipe(answer) != 0 || (id = fork()) < 0)
        fatal("no process", "memory");
    if (id == 0)
        measure(work, user, answer[1]);
    close(answer[1]);
    if (read(answer[0], &grown, sizeof grown) != sizeof grown)
        fatal("a process failed", "memory");
    close(answer[0]);
    waitpid(id, NULL, 0);
    return grown;
}
#else
double peak_bytes(void (*work)(const void *user), const void *user)
{
    (void)work, (void)user;
    return 0;
}
#endif
