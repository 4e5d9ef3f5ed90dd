/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "profiles.h"

#include <errno.h>
#include <fcntl.h>
#include <librules/options.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static unsigned online_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    if (n < 1)
        return 1;
    return n < MOST_JOBS ? (unsigned)n : MOST_JOBS;
}

bool check_begin(struct check *c, int argc)
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
    const struct tally_time time = {.seconds = seconds,
                                    .rules = rls_set_rule_count(c->rules.set),
                                    .set = c->rules.set,
                                    .subject = j->subject,
                                    .baseline = j->baseline};
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
    return tally_has_troubles(t) ? STATUS_FAILED : STATUS_CLEAN;
}

/* @return false after saying why */
static bool write_baseline(const struct check *c, const struct tally *total)
{
    if (!c->write_baseline)
        return true;
    if (total->nameless)
        complain(TEXT_NAMELESS, c->write_baseline, (unsigned long long)total->nameless);
    return baseline_write(c->write_baseline, &c->record);
}

/* @return false after saying why */
static bool read_baseline(struct check *c)
{
    struct judging *j = &c->request.judging;

    j->record = c->write_baseline != NULL;
    c->request.record = j->record ? &c->record : NULL;
    if (!c->baseline_path)
        return true;
    j->baseline = &c->baseline;
    return baseline_read(&c->baseline, c->baseline_path);
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
    if (whole && !write_baseline(c, &total))
        status = STATUS_FAILED;
    if (whole && !c->allow_empty && tally_is_empty(&total)) {
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
static void warn_value(const struct check *c, const char *option, const char *field,
                       const char *value)
{
    const char *nearest = NULL;

    if (!value ||
        rls_set_value_known(c->rules.set, c->request.judging.subject, field, value, &nearest))
        return;
    if (nearest)
        complain(TEXT_VALUE_UNKNOWN_HINT, option, value, nearest);
    else
        complain(TEXT_VALUE_UNKNOWN, option, value);
}

/* Without a rule of its subject everything would pass. */
static bool has_rules(const struct rls_set *set, uint32_t subject)
{
    const struct rls_rule *rule;

    for (size_t i = 0; (rule = rls_set_rule_at(set, i)); i++)
        if (rls_rule_subject(rule) == subject)
            return true;
    return false;
}

bool check_prepare(struct check *c)
{
    const struct rls_profile *profile;

    complete(c);
    if (!read_baseline(c) || !rules_require(&c->rules, &c->roots, 0) ||
        !profile_choose(c->rules.set, c->request.profile, &profile))
        return false;
    if (!has_rules(c->rules.set, c->request.judging.subject)) {
        complain(TEXT_NO_RULES_OF_SUBJECT);
        return false;
    }
    warn_value(c, "platform", "platform", c->request.judging.options.platform);
    warn_value(c, "channel", "channel", c->request.judging.options.channel);
    for (size_t i = 0; i < c->request.judging.options.n_destinations; i++)
        warn_value(c, "destination", "destinations",
                   c->request.judging.options.destinations[i].data);
    c->request.set = c->rules.set;
    if (reads_terminal(c) && !c->request.judging.quiet)
        complain(TEXT_READING_TERMINAL);
    return true;
}

static int check(struct check *c)
{
    struct output out;

    if (!check_prepare(c))
        return STATUS_FAILED;
    int fd = open_output(c);
    if (fd < 0)
        return STATUS_FAILED;
    output_begin(&out, fd, fd == STDOUT_FILENO ? text(TEXT_STDOUT) : c->output);
    c->request.out = &out;
    c->request.judging.colored = output_colored(c->color, fd);
    int status = judge_inputs(c);
    c->request.out = NULL;
    return output_end(&out, status);
}

void check_end(struct check *c)
{
    params_free(&c->request.params);
    rules_free(&c->rules);
    paths_free(&c->roots);
    baseline_free(&c->baseline);
    buffer_free(&c->record);
    free(c->destinations);
    free(c->inputs);
}

static int run(int argc, char **argv)
{
    struct option_reader r;
    struct check c;
    int id, status = STATUS_FAILED;
    bool good = true;

    if (!check_begin(&c, argc)) {
        check_end(&c);
        return STATUS_FAILED;
    }
    option_begin(&r, check_options, argc, argv);
    while (good && !c.help && (id = option_next(&r)) != OPTION_END)
        good = check_read_option(&c, id, r.value);
    if (good && c.help)
        status = command_print_help(&command_check);
    else if (!good || !check_is_consistent(&c))
        status = command_misused(&command_check);
    else
        status = check(&c);
    check_end(&c);
    return status;
}

const struct command command_check = {
    "check", "[OPTION]... [FILE]...", TEXT_CHECK_SUMMARY, TEXT_CHECK_DETAILS, check_options, run};
