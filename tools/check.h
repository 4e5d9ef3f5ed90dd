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

/* Ids of its options; those of `profile` lie above. */
enum check_option {
    OPT_RULES = 1,
    OPT_SUBJECT,
    OPT_INPUT,
    OPT_ENCODING,
    OPT_TEXT,
    OPT_DESCRIPTION,
    OPT_CATEGORY,
    OPT_FORMAT,
    OPT_OUTPUT,
    OPT_ALL,
    OPT_ALLOW_EMPTY,
    OPT_COLOR,
    OPT_QUIET,
    OPT_AS_OF,
    OPT_NOW,
    OPT_PROFILE,
    OPT_PARAM,
    OPT_PLATFORM,
    OPT_CHANNEL,
    OPT_DESTINATION,
    OPT_FAIL_ON,
    OPT_BASELINE,
    OPT_WRITE_BASELINE,
    OPT_STRICT,
    OPT_REDACT,
    OPT_DEADLINE,
    OPT_JOBS,
    OPT_PROGRESS,
    OPT_NO_PROGRESS,
    CHECK_OPTIONS_END
};

/* What is judged, by what, and how the work is done: options of whoever judges documents. */
/* clang-format off */
#define INPUT_OPTIONS                                                                              \
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},                                             \
    {OPT_SUBJECT, 's', "subject", "listing|merchant|message|rule-change", TEXT_OPT_SUBJECT},       \
    {OPT_INPUT, 0, "input", "auto|jsonl|json|csv|tsv", TEXT_OPT_INPUT},                            \
    {OPT_ENCODING, 'e', "encoding", "utf-8|gb18030|gbk|gb2312", TEXT_OPT_ENCODING},                \
    {OPT_TEXT, 't', "text", "TITLE", TEXT_OPT_TEXT},                                               \
    {OPT_DESCRIPTION, 0, "description", "TEXT", TEXT_OPT_DESCRIPTION},                             \
    {OPT_CATEGORY, 0, "category", "NAME", TEXT_OPT_CATEGORY}
#define JUDGING_OPTIONS                                                                            \
    {OPT_AS_OF, 0, "as-of", "INSTANT", TEXT_OPT_AS_OF},                                            \
    {OPT_NOW, 0, "now", "INSTANT", TEXT_OPT_NOW},                                                  \
    {OPT_PROFILE, 0, "profile", "ID", TEXT_OPT_PROFILE},                                           \
    {OPT_PARAM, 0, "param", "NAME=VALUE", TEXT_OPT_PARAM},                                         \
    {OPT_PLATFORM, 'p', "platform", "NAME", TEXT_OPT_PLATFORM},                                    \
    {OPT_CHANNEL, 0, "channel", "NAME", TEXT_OPT_CHANNEL},                                         \
    {OPT_DESTINATION, 0, "destination", "CODE", TEXT_OPT_DESTINATION}
#define RUN_OPTIONS                                                                                \
    {OPT_DEADLINE, 0, "deadline", "MS", TEXT_OPT_DEADLINE},                                        \
    {OPT_JOBS, 'j', "jobs", "N", TEXT_OPT_JOBS},                                                   \
    {OPT_PROGRESS, 0, "progress", NULL, TEXT_OPT_PROGRESS},                                        \
    {OPT_NO_PROGRESS, 0, "no-progress", NULL, TEXT_OPT_NO_PROGRESS}
/* clang-format on */

/* The options of `check`, ended as COMMON_OPTIONS does. */
extern const struct option_spec check_options[];

/* There may be as many words as arguments. @return false after saying that memory is short */
bool check_begin(struct check *c, int argc);
/* Takes an option or word. @return false after saying what is wrong */
bool check_read_option(struct check *c, int id, const char *value);
/* Whether the options go together; says why not. */
bool check_is_consistent(const struct check *c);
/* Loads the rules and finds out what the options left open. @return false after saying why not */
bool check_prepare(struct check *c);
void check_end(struct check *c);

#endif
