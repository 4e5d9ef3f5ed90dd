/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "values.h"

#include <librules/options.h>
#include <string.h>

const struct option_spec check_options[] = {
    INPUT_OPTIONS,
    {OPT_FORMAT, 'f', "format", "text|json|jsonl", TEXT_OPT_FORMAT_CHECK},
    {OPT_OUTPUT, 'o', "output", "FILE", TEXT_OPT_OUTPUT},
    {OPT_ALL, 'a', "all", NULL, TEXT_OPT_ALL},
    {OPT_ALLOW_EMPTY, 0, "allow-empty", NULL, TEXT_OPT_ALLOW_EMPTY},
    {OPT_COLOR, 0, "color", "auto|always|never", TEXT_OPT_COLOR},
    {OPT_QUIET, 'q', "quiet", NULL, TEXT_OPT_QUIET},
    JUDGING_OPTIONS,
    {OPT_FAIL_ON, 0, "fail-on", "pass|advise|review|reject|never", TEXT_OPT_FAIL_ON},
    {OPT_BASELINE, 'b', "baseline", "FILE", TEXT_OPT_BASELINE},
    {OPT_WRITE_BASELINE, 0, "write-baseline", "FILE", TEXT_OPT_WRITE_BASELINE},
    {OPT_STRICT, 0, "strict", NULL, TEXT_OPT_STRICT},
    {OPT_REDACT, 0, "redact", NULL, TEXT_OPT_REDACT},
    RUN_OPTIONS,
    COMMON_OPTIONS};

static bool read_subject(const char *value, uint32_t *subject)
{
    static const char *const names[] = {"listing", "merchant", "message", "rule-change", NULL};
    static const uint32_t subjects[] = {RLS_LISTING, RLS_MERCHANT, RLS_MESSAGE, RLS_RULE_CHANGE};
    unsigned choice = 0;

    if (!option_choice("subject", value, names, &choice))
        return false;
    *subject = subjects[choice];
    return true;
}

static bool read_format(struct check *c, const char *value)
{
    static const char *const names[] = {"text", "json", "jsonl", NULL};
    unsigned choice = 0;

    if (!option_choice("format", value, names, &choice))
        return false;
    c->request.judging.format = (enum check_format)choice;
    return true;
}

static bool read_fail_on(struct check *c, const char *value)
{
    static const char *const names[] = {"pass", "advise", "review", "reject", "never", NULL};

    return option_choice("fail-on", value, names, &c->request.judging.fail_on);
}

static bool read_encoding(struct check *c, const char *value)
{
    bool good = value_encoding(value, &c->request.encoding);

    c->request.judging.converted = c->request.encoding != ENCODING_UTF8;
    return good;
}

static bool read_color(struct check *c, const char *value)
{
    static const char *const names[] = {"auto", "always", "never", NULL};
    unsigned choice = 0;

    if (!option_choice("color", value, names, &choice))
        return false;
    c->color = (enum color_when)choice;
    return true;
}

static bool read_jobs(struct check *c, const char *value)
{
    uint64_t jobs = 0;

    if (!option_number("jobs", value, 1, MOST_JOBS, &jobs))
        return false;
    c->request.jobs = (unsigned)jobs;
    return true;
}

static bool read_deadline(struct rls_check_options *o, const char *value)
{
    uint64_t ms = 0;

    if (!option_number("deadline", value, 1, UINT64_MAX / 1000000, &ms))
        return false;
    o->deadline_ns = ms * 1000000;
    return true;
}

/* What is told about the documents: text values that are taken as they are. */
static bool read_value(struct check *c, int id, const char *value)
{
    struct rls_check_options *o = &c->request.judging.options;

    switch (id) {
    case OPT_TEXT:
        c->listing.title = value_text(value);
        return true;
    case OPT_DESCRIPTION:
        c->listing.description = value_text(value);
        return true;
    case OPT_CATEGORY:
        c->listing.category = value_text(value);
        return true;
    case OPT_OUTPUT:
        c->output = value;
        return true;
    case OPT_BASELINE:
        c->baseline_path = value;
        return true;
    case OPT_WRITE_BASELINE:
        c->write_baseline = value;
        return true;
    case OPT_PROFILE:
        c->request.profile = value;
        return true;
    case OPT_PARAM:
        return params_add(&c->request.params, value);
    case OPT_PLATFORM:
        o->platform = value;
        return true;
    case OPT_CHANNEL:
        o->channel = value;
        return true;
    case OPT_DESTINATION:
        c->destinations[c->n_destinations++] = value_text(value);
        return true;
    default:
        return paths_add(&c->roots, value);
    }
}

static void read_switch(struct check *c, int id)
{
    struct judging *j = &c->request.judging;

    switch (id) {
    case OPT_ALL:
        j->all = true;
        break;
    case OPT_ALLOW_EMPTY:
        c->allow_empty = true;
        break;
    case OPT_QUIET:
        j->quiet = true;
        break;
    case OPT_STRICT:
        j->options.flags |= RLS_CHECK_STRICT;
        break;
    case OPT_REDACT:
        j->options.flags |= RLS_CHECK_REDACT;
        break;
    case OPT_PROGRESS:
        c->request.progress = PROGRESS_ALWAYS;
        break;
    case OPT_NO_PROGRESS:
        c->request.progress = PROGRESS_NEVER;
        break;
    case OPTION_HELP:
        c->help = true;
        break;
    default:
        break;
    }
}

bool check_read_option(struct check *c, int id, const char *value)
{
    struct rls_check_options *o = &c->request.judging.options;

    switch (id) {
    case OPT_SUBJECT:
        return read_subject(value, &c->request.judging.subject);
    case OPT_INPUT:
        return value_input(value, &c->request.input);
    case OPT_ENCODING:
        return read_encoding(c, value);
    case OPT_FORMAT:
        return read_format(c, value);
    case OPT_COLOR:
        return read_color(c, value);
    case OPT_AS_OF:
        return value_instant("as-of", value, RLS_HAS_AS_OF, o);
    case OPT_NOW:
        return value_instant("now", value, RLS_HAS_NOW, o);
    case OPT_FAIL_ON:
        return read_fail_on(c, value);
    case OPT_DEADLINE:
        return read_deadline(o, value);
    case OPT_JOBS:
        return read_jobs(c, value);
    case OPTION_LANG:
        return true;
    case OPTION_WORD:
        c->inputs[c->request.n_inputs++] = value;
        return true;
    case OPTION_BAD:
        return false;
    default:
        if (value)
            return read_value(c, id, value);
        read_switch(c, id);
        return true;
    }
}

bool check_is_consistent(const struct check *c)
{
    bool more = c->listing.description.data || c->listing.category.data;

    if (c->listing.title.data && c->request.n_inputs > 0) {
        complain(TEXT_TEXT_AND_FILES);
        return false;
    }
    if (c->listing.title.data && c->request.judging.subject != RLS_LISTING) {
        complain(TEXT_TEXT_IS_LISTING);
        return false;
    }
    if (more && !c->listing.title.data) {
        complain(TEXT_NEEDS_TEXT);
        return false;
    }
    return true;
}
