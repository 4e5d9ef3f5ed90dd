/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "rules.h"
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <librules/options.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_JOBS = 64 };

enum option {
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
    OPT_PLATFORM,
    OPT_CHANNEL,
    OPT_DESTINATION,
    OPT_FAIL_ON,
    OPT_STRICT,
    OPT_REDACT,
    OPT_DEADLINE,
    OPT_JOBS,
    OPT_PROGRESS,
    OPT_NO_PROGRESS
};

static const struct option_spec options[] = {
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},
    {OPT_SUBJECT, 's', "subject", "SUBJECT", TEXT_OPT_SUBJECT},
    {OPT_INPUT, 0, "input", "KIND", TEXT_OPT_INPUT},
    {OPT_ENCODING, 'e', "encoding", "NAME", TEXT_OPT_ENCODING},
    {OPT_TEXT, 't', "text", "TITLE", TEXT_OPT_TEXT},
    {OPT_DESCRIPTION, 0, "description", "TEXT", TEXT_OPT_DESCRIPTION},
    {OPT_CATEGORY, 0, "category", "NAME", TEXT_OPT_CATEGORY},
    {OPT_FORMAT, 'f', "format", "FORMAT", TEXT_OPT_FORMAT_CHECK},
    {OPT_OUTPUT, 'o', "output", "FILE", TEXT_OPT_OUTPUT},
    {OPT_ALL, 'a', "all", NULL, TEXT_OPT_ALL},
    {OPT_ALLOW_EMPTY, 0, "allow-empty", NULL, TEXT_OPT_ALLOW_EMPTY},
    {OPT_COLOR, 0, "color", "WHEN", TEXT_OPT_COLOR},
    {OPT_QUIET, 'q', "quiet", NULL, TEXT_OPT_QUIET},
    {OPT_AS_OF, 0, "as-of", "INSTANT", TEXT_OPT_AS_OF},
    {OPT_NOW, 0, "now", "INSTANT", TEXT_OPT_NOW},
    {OPT_PLATFORM, 'p', "platform", "NAME", TEXT_OPT_PLATFORM},
    {OPT_CHANNEL, 0, "channel", "NAME", TEXT_OPT_CHANNEL},
    {OPT_DESTINATION, 0, "destination", "CODE", TEXT_OPT_DESTINATION},
    {OPT_FAIL_ON, 0, "fail-on", "VERDICT", TEXT_OPT_FAIL_ON},
    {OPT_STRICT, 0, "strict", NULL, TEXT_OPT_STRICT},
    {OPT_REDACT, 0, "redact", NULL, TEXT_OPT_REDACT},
    {OPT_DEADLINE, 0, "deadline", "MS", TEXT_OPT_DEADLINE},
    {OPT_JOBS, 'j', "jobs", "N", TEXT_OPT_JOBS},
    {OPT_PROGRESS, 0, "progress", NULL, TEXT_OPT_PROGRESS},
    {OPT_NO_PROGRESS, 0, "no-progress", NULL, TEXT_OPT_NO_PROGRESS},
    COMMON_OPTIONS};

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
    bool allow_empty;
    bool help;
};

static struct rls_text text_of(const char *value)
{
    return (struct rls_text){.data = value, .len = strlen(value)};
}

static bool read_instant(const char *name, const char *value, uint32_t bit,
                         struct rls_check_options *o)
{
    int64_t instant = 0;

    if (rls_instant_parse(text_of(value), NULL, &instant) != RLS_OK) {
        complain(TEXT_BAD_INSTANT, name, value);
        return false;
    }
    if (bit == RLS_HAS_NOW)
        o->now = instant;
    else
        o->as_of = instant;
    o->has |= bit;
    return true;
}

static bool read_subject(const char *value, uint32_t *subject)
{
    static const char *const names[] = {"listing", "merchant", "message", NULL};
    static const uint32_t subjects[] = {RLS_LISTING, RLS_MERCHANT, RLS_MESSAGE};
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

static bool read_input(struct check *c, const char *value)
{
    static const char *const names[] = {"auto", "jsonl", "json", "csv", "tsv", NULL};
    unsigned choice = 0;

    if (!option_choice("input", value, names, &choice))
        return false;
    c->request.input = (enum document_input)choice;
    return true;
}

static bool read_encoding(struct check *c, const char *value)
{
    static const char *const names[] = {"utf-8", "gb18030", "gbk", "gb2312", NULL};
    unsigned choice = 0;

    if (!option_choice("encoding", value, names, &choice))
        return false;
    c->request.encoding = choice ? ENCODING_GB18030 : ENCODING_UTF8;
    c->request.judging.converted = choice != 0;
    return true;
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
        c->listing.title = text_of(value);
        return true;
    case OPT_DESCRIPTION:
        c->listing.description = text_of(value);
        return true;
    case OPT_CATEGORY:
        c->listing.category = text_of(value);
        return true;
    case OPT_OUTPUT:
        c->output = value;
        return true;
    case OPT_PLATFORM:
        o->platform = value;
        return true;
    case OPT_CHANNEL:
        o->channel = value;
        return true;
    case OPT_DESTINATION:
        c->destinations[c->n_destinations++] = text_of(value);
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

static bool read_option(struct check *c, int id, const char *value)
{
    struct rls_check_options *o = &c->request.judging.options;

    switch (id) {
    case OPT_SUBJECT:
        return read_subject(value, &c->request.judging.subject);
    case OPT_INPUT:
        return read_input(c, value);
    case OPT_ENCODING:
        return read_encoding(c, value);
    case OPT_FORMAT:
        return read_format(c, value);
    case OPT_COLOR:
        return read_color(c, value);
    case OPT_AS_OF:
        return read_instant("as-of", value, RLS_HAS_AS_OF, o);
    case OPT_NOW:
        return read_instant("now", value, RLS_HAS_NOW, o);
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

static bool is_consistent(const struct check *c)
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

static unsigned online_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    if (n < 1)
        return 1;
    return n < MOST_JOBS ? (unsigned)n : MOST_JOBS;
}

static bool begin(struct check *c, int argc)
{
    struct judging *j = &c->request.judging;

    *c = (struct check){.request.jobs = online_cores()};
    j->subject = RLS_LISTING;
    j->fail_on = RLS_REVIEW;
    j->options.size = sizeof j->options;
    j->options.language = text_language();
    c->listing.size = sizeof c->listing;
    c->destinations = calloc((size_t)argc + 1, sizeof *c->destinations);
    c->inputs = calloc((size_t)argc + 1, sizeof *c->inputs);
    if (c->destinations && c->inputs)
        return true;
    complain(TEXT_NO_MEMORY);
    return false;
}

/* One run judges by one instant: a catalogue is not half before midnight. */
static void fix_now(struct rls_check_options *o)
{
    struct timespec ts;

    if (o->has & RLS_HAS_NOW)
        return;
    clock_gettime(CLOCK_REALTIME, &ts);
    o->now = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
    o->has |= RLS_HAS_NOW;
}

static void complete(struct check *c)
{
    struct judging *j = &c->request.judging;

    fix_now(&j->options);
    j->options.destinations = c->n_destinations ? c->destinations : NULL;
    j->options.n_destinations = c->n_destinations;
    if (c->listing.title.data) {
        j->listing = &c->listing;
        j->all = true;
        c->request.jobs = 1;
    } else if (c->request.n_inputs == 0) {
        c->inputs[c->request.n_inputs++] = "-";
    }
    if (j->quiet && c->request.progress == PROGRESS_AUTO)
        c->request.progress = PROGRESS_NEVER;
    c->request.inputs = c->inputs;
}

static bool is_input(const struct check *c, const struct stat *output)
{
    for (size_t i = 0; i < c->request.n_inputs; i++) {
        struct stat st;
        bool is_stdin = strcmp(c->inputs[i], "-") == 0;
        int failed = is_stdin ? fstat(STDIN_FILENO, &st) : stat(c->inputs[i], &st);
        if (!failed && st.st_dev == output->st_dev && st.st_ino == output->st_ino)
            return true;
    }
    return false;
}

/* @return a descriptor, -1 after saying why not */
static int open_output(const struct check *c)
{
    struct stat st;

    if (!c->output || strcmp(c->output, "-") == 0)
        return STDOUT_FILENO;
    int fd = open(c->output, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0 || fstat(fd, &st) < 0) {
        complain(TEXT_CANNOT_WRITE, c->output, strerror(errno));
        return -1;
    }
    if (S_ISREG(st.st_mode)) {
        bool input = is_input(c, &st);
        if (input)
            complain(TEXT_OUTPUT_IS_INPUT, c->output);
        else if (ftruncate(fd, 0) == 0)
            return fd;
        else
            complain(TEXT_CANNOT_WRITE, c->output, strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

static void write_summary(const struct check *c, struct tally *total, double seconds)
{
    const struct judging *j = &c->request.judging;
    const struct tally_time time = {.seconds = seconds, .rules = rls_set_rule_count(c->rules.set)};
    struct buffer b = {0};

    if (j->quiet)
        return;
    if (j->format == CHECK_JSON) {
        buffer_text(&b, "\n],\"summary\":");
        tally_write_json(total, &time, &b);
        buffer_text(&b, "}\n");
        output_put(c->request.out, b.data, b.len);
    } else if (!j->listing && output_flush(c->request.out) == 0) {
        tally_write_text(total, &time, &b);
        print_error(b.data, b.len);
    }
    if (b.failed)
        complain(TEXT_NO_MEMORY);
    buffer_free(&b);
}

static int status_of(const struct tally *t)
{
    if (t->reached)
        return STATUS_FINDINGS;
    return t->malformed || t->failed || t->unreadable ? STATUS_FAILED : STATUS_CLEAN;
}

static bool is_empty(const struct tally *t)
{
    return t->checked + t->malformed + t->failed + t->unreadable == 0;
}

static int judge_inputs(struct check *c)
{
    const struct judging *j = &c->request.judging;
    struct tally total = {0};
    double began = seconds_now();

    if (j->format == CHECK_JSON && !j->quiet)
        output_put(c->request.out, "{\"documents\":[", 14);
    bool whole = run_inputs(&c->request, &total);
    if (whole)
        write_summary(c, &total, seconds_now() - began);
    int status = whole ? status_of(&total) : STATUS_FAILED;
    if (whole && !c->allow_empty && is_empty(&total)) {
        complain(TEXT_NO_DOCUMENTS);
        status = STATUS_FAILED;
    }
    tally_free(&total);
    return status;
}

static bool reads_terminal(const struct check *c)
{
    return !c->listing.title.data && strcmp(c->inputs[0], "-") == 0 && isatty(STDIN_FILENO);
}

/* A misspelt platform would let all rules of the platform sleep. */
static void warn_value(const struct check *c, const char *option, const char *value)
{
    const char *nearest = NULL;

    if (!value ||
        rls_set_value_known(c->rules.set, c->request.judging.subject, option, value, &nearest))
        return;
    if (nearest)
        complain(TEXT_VALUE_UNKNOWN_HINT, option, value, nearest);
    else
        complain(TEXT_VALUE_UNKNOWN, option, value);
}

static int check(struct check *c)
{
    struct output out;

    complete(c);
    if (!rules_require(&c->rules, &c->roots, 0))
        return STATUS_FAILED;
    warn_value(c, "platform", c->request.judging.options.platform);
    warn_value(c, "channel", c->request.judging.options.channel);
    int fd = open_output(c);
    if (fd < 0)
        return STATUS_FAILED;
    output_begin(&out, fd, fd == STDOUT_FILENO ? text(TEXT_STDOUT) : c->output);
    c->request.out = &out;
    c->request.set = c->rules.set;
    c->request.judging.colored = output_colored(c->color, fd);
    if (reads_terminal(c) && !c->request.judging.quiet)
        complain(TEXT_READING_TERMINAL);
    int status = judge_inputs(c);
    c->request.out = NULL;
    return output_end(&out, status);
}

static void end(struct check *c)
{
    rules_free(&c->rules);
    paths_free(&c->roots);
    free(c->destinations);
    free(c->inputs);
}

static int run(int argc, char **argv)
{
    struct option_reader r;
    struct check c;
    int id, status = STATUS_FAILED;
    bool good = true;

    if (!begin(&c, argc)) {
        end(&c);
        return STATUS_FAILED;
    }
    option_begin(&r, options, argc, argv);
    while (good && !c.help && (id = option_next(&r)) != OPTION_END)
        good = read_option(&c, id, r.value);
    if (good && c.help)
        status = command_print_help(&command_check);
    else if (!good || !is_consistent(&c))
        status = command_misused(&command_check);
    else
        status = check(&c);
    end(&c);
    return status;
}

const struct command command_check = {
    "check", "[OPTION]... [FILE]...", TEXT_CHECK_SUMMARY, TEXT_CHECK_DETAILS, options, run};
