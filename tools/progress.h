/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_PROGRESS_H
#define TOOLS_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* One line on standard error that says how far it is. Used by one thread. */
struct progress {
    bool wanted;
    bool shown;
    double began;
    double last;
    uint64_t total; /* bytes of all inputs; 0 when unknown */
};

enum progress_when { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

void progress_begin(struct progress *p, enum progress_when when, uint64_t total);
void progress_update(struct progress *p, uint64_t documents, uint64_t bytes, uint64_t malformed);
/* Takes the line away, so that something else can be printed. */
void progress_hide(struct progress *p);

/* Seconds of a clock that never goes back. */
double seconds_now(void);

#endif
