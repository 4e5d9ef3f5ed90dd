/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "costs.h"

#include <unistd.h>

enum { OPT_BY = CHECK_OPTIONS_END, OPT_TOP, OPT_FORMAT_COSTS };
enum { TOP_DEFAULT = 10 };

static const struct option_spec options[] = {
    INPUT_OPTIONS,
    {OPT_BY, 0, "by", "time|steps|hits", TEXT_OPT_BY},
    {OPT_TOP, 'n', "top", "N", TEXT_OPT_TOP},
    {OPT_FORMAT_COSTS, 'f', "format", "text|json", TEXT_OPT_FORMAT_VALIDATE},
    {OPT_ALLOW_EMPTY, 0, "allow-empty", NULL, TEXT_OPT_ALLOW_EMPTY},
    JUDGING_OPTIONS,
    RUN_OPTIONS,
    COMMON_OPTIONS};

/* Documents are judged as `check` does it; instead of their reports, what they cost is told. */
struct profile {
    struct check check;
    enum cost_key by;
    uint64_t top;
    bool json;
};

static bool read_by(struct profile *p, const char *value)
{
    static const char *const keys[] = {"time", "steps", "hits", NULL};
    unsigned choice = 0;

    if (!option_choice("by", value, keys, &choice))
        return false;
    p->by = (enum cost_key)choice;
    return true;
}

static bool read_format(struct profile *p, const char *value)
{
    static const char *const formats[] = {"text", "json", NULL};
    unsigned choice = 0;

    if (!option_choice("format", value, formats, &choice))
        return false;
    p->json = choice == 1;
    return true;
}

static bool read_option(struct profile *p, int id, const char *value)
{
    switch (id) {
    case OPT_BY:
        return read_by(p, value);
    case OPT_TOP:
        return option_number("top", value, 0, SIZE_MAX, &p->top);
    case OPT_FORMAT_COSTS:
        return read_format(p, value);
    default:
        return check_read_option(&p->check, id, value);
    }
}

static int tell(const struct profile *p, const struct tally *total)
{
    const struct cost_report r = {
        .costs = p->check.request.costs, .tally = total, .by = p->by, .top = (size_t)p->top};
    struct buffer b = {0};
    int status = tally_has_troubles(total) ? STATUS_FAILED : STATUS_CLEAN;

    if (p->json)
        costs_write_json(&r, &b);
    else
        costs_write_text(&r, &b);
    if (tally_is_empty(total) && !p->check.allow_empty) {
        complain(TEXT_NO_DOCUMENTS);
        status = STATUS_FAILED;
    }
    return output_all(&b, status);
}

static int judge_inputs(struct profile *p)
{
    struct run_request *request = &p->check.request;
    struct tally total = {0};
    struct output none;

    /* Nothing is written into it: reports are not wanted. */
    output_begin(&none, STDOUT_FILENO, text(TEXT_STDOUT));
    request->out = &none;
    request->judging.quiet = true;
    request->judging.fail_on = FAIL_NEVER;
    int status = run_inputs(request, &total) ? tell(p, &total) : STATUS_FAILED;
    request->out = NULL;
    tally_free(&total);
    return status;
}

static int profile(struct profile *p)
{
    struct run_request *request = &p->check.request;

    if (!check_prepare(&p->check))
        return STATUS_FAILED;
    int status = rls_costs_new(&request->costs, NULL, request->set);
    if (status != RLS_OK) {
        complain(TEXT_LIBRARY_FAILED, "rls_costs_new", rls_status_name(status));
        return STATUS_FAILED;
    }
    return judge_inputs(p);
}

static int run(int argc, char **argv)
{
    struct profile p = {.top = TOP_DEFAULT};
    struct option_reader r;
    int id, status = STATUS_FAILED;
    bool good = check_begin(&p.check, argc);

    /* Threads that share a core disturb each other's times. */
    p.check.request.jobs = 1;
    option_begin(&r, options, argc, argv);
    if (!good) {
        check_end(&p.check);
        return STATUS_FAILED;
    }
    while (good && !p.check.help && (id = option_next(&r)) != OPTION_END)
        good = read_option(&p, id, r.value);
    if (good && p.check.help)
        status = command_print_help(&command_profile);
    else if (!good || !check_is_consistent(&p.check))
        status = command_misused(&command_profile);
    else
        status = profile(&p);
    rls_costs_free(p.check.request.costs);
    check_end(&p.check);
    return status;
}

const struct command command_profile = {
    "profile", "[OPTION]... [FILE]...", TEXT_PROFILE_SUMMARY, TEXT_PROFILE_DETAILS, options, run};
