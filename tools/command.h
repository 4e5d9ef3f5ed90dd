/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include "options.h"

/* Exit statuses: part of the contract, rule-check(1). */
enum {
    STATUS_CLEAN = 0,
    STATUS_FAILED = 1,
    STATUS_FINDINGS = 2,
    STATUS_USAGE = 64,
    STATUS_PIPE = 141
};

struct command {
    const char *name;
    const char *usage; /* what follows the name in the synopsis */
    enum text_id summary;
    enum text_id details;
    const struct option_spec *options;
    /* argv[0] is the command's name. @return the exit status */
    int (*run)(int argc, char **argv);
};

extern const struct command command_check;
extern const struct command command_profile;
extern const struct command command_validate;
extern const struct command command_test;
extern const struct command command_fmt;
extern const struct command command_explain;
extern const struct command command_completions;
extern const struct command command_list;
extern const struct command command_version;
extern const struct command command_help;

/* Ended by NULL. */
extern const struct command *const commands[];

/* @return NULL when there is none; after saying so, with a hint */
const struct command *command_find(const char *name);
/* Help of a command on standard output. @return the exit status */
int command_print_help(const struct command *c);
/* "Try ..." on standard error. @return STATUS_USAGE */
int command_misused(const struct command *c);

#endif
