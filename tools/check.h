/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_CHECK_H
#define TOOLS_CHECK_H

#include "command.h"
#include "rules.h"
#include "run.h"

enum { MOST_JOBS = 64 };

/* What `check` was asked for, and what it works with. */
struct check {
    struct run_request request;
    struct paths roots;
    struct rules rules;
    struct rls_text *destinations;
    size_t n_destinations;
    const char **inputs;
    struct rls_listing listing;
    enum color_when color;
    const char *output;
    const char *baseline_path;
    const char *write_baseline;
    struct baseline baseline;
    struct buffer record;
    bool allow_empty;
    bool help;
};

/* The options of `check`, ended as COMMON_OPTIONS does. */
extern const struct option_spec check_options[];

/* Takes an option or word. @return false after saying what is wrong */
bool check_read_option(struct check *c, int id, const char *value);
/* Whether the options go together; says why not. */
bool check_is_consistent(const struct check *c);

#endif
