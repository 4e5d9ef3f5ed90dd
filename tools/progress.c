/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Short runs show nothing; long ones change the line ten times a second. */
static const double quiet_seconds = 0.5;
static const double step_seconds = 0.1;

double seconds_now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static bool is_terminal(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

void progress_begin(struct progress *p, enum progress_when when, uint64_t total)
{
    *p = (struct progress){.began = seconds_now(), .total = total};
    p->wanted = when == PROGRESS_ALWAYS || (when == PROGRESS_AUTO && is_terminal());
}

void progress_update(struct progress *p, uint64_t documents, uint64_t bytes, uint64_t malformed)
{
    struct buffer b = {0};

    if (!p->wanted)
        return;
    double now = seconds_now();
    if (now - p->began < quiet_seconds || now - p->last < step_seconds)
        return;
    p->last = now;
    buffer_text(&b, "\r");
    if (p->total) {
        uint64_t done = bytes < p->total ? bytes : p->total;
        buffer_format(&b, "%3.0f%%  ", 100.0 * (double)done / (double)p->total);
    }
    buffer_say(&b, TEXT_PROGRESS, (unsigned long long)documents,
               (double)documents / (now - p->began));
    if (malformed)
        buffer_say(&b, TEXT_SUM_MALFORMED, (unsigned long long)malformed);
    buffer_text(&b, "\x1b[K");
    print_error(b.data, b.len);
    buffer_free(&b);
    p->shown = true;
}

void progress_hide(struct progress *p)
{
    if (p->shown)
        print_error("\r\x1b[K", 4);
    p->shown = false;
}
