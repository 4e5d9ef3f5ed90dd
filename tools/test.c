/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "conditions.h"
#include "mutants.h"
#include "output.h"
#include "rules.h"
#include "trial.h"

enum {
    OPT_RULES = 1,
    OPT_PARAM,
    OPT_FORMAT,
    OPT_VERBOSE,
    OPT_REQUIRE_COVERAGE,
    OPT_COVERAGE,
    OPT_MUTANTS,
    OPT_LIMIT
};

/* Survivors that are listed unless more are asked for. */
enum { USUAL_LIMIT = 50 };

static const struct option_spec options[] = {
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},
    {OPT_PARAM, 0, "param", "NAME=VALUE", TEXT_OPT_PARAM},
    {OPT_FORMAT, 'f', "format", "FORMAT", TEXT_OPT_FORMAT_TEST},
    {OPT_VERBOSE, 'v', "verbose", NULL, TEXT_OPT_VERBOSE},
    {OPT_REQUIRE_COVERAGE, 0, "require-coverage", NULL, TEXT_OPT_REQUIRE_COVERAGE},
    {OPT_COVERAGE, 0, "coverage", NULL, TEXT_OPT_COVERAGE},
    {OPT_MUTANTS, 0, "mutants", NULL, TEXT_OPT_MUTANTS},
    {OPT_LIMIT, 0, "mutants-limit", "N", TEXT_OPT_MUTANTS_LIMIT},
    COMMON_OPTIONS};

enum test_format { TEST_TEXT, TEST_JSON, TEST_TAP };

struct test {
    struct paths roots;
    struct rules rules;
    struct params params;
    struct trials trials;
    struct conditions conditions;
    struct mutants mutants;
    enum test_format format;
    bool verbose;
    bool require_coverage;
    bool list_coverage;
    bool mutate;
    uint64_t limit;
    bool help;
};

static int status_of(const struct test *t)
{
    bool covered = t->trials.covered == t->trials.n_rules;

    return t->trials.failed > 0 || (t->require_coverage && !covered) ? STATUS_FAILED : STATUS_CLEAN;
}

static void write_text(const struct test *t, struct buffer *b)
{
    trials_write_text(&t->trials, b);
    if (t->list_coverage)
        conditions_write_text(&t->conditions, b);
    if (t->mutate)
        mutants_write_text(&t->mutants, (size_t)t->limit, b);
    trials_write_summary(&t->trials, b);
    conditions_write_summary(&t->conditions, b);
}

static void write_json(const struct test *t, struct buffer *b)
{
    buffer_text(b, "{");
    trials_write_json(&t->trials, b);
    conditions_write_json(&t->conditions, t->list_coverage, b);
    if (t->mutate)
        mutants_write_json(&t->mutants, (size_t)t->limit, b);
    buffer_text(b, "}\n");
}

static void write_tap(const struct test *t, struct buffer *b)
{
    trials_write_tap(&t->trials, b);
}

static bool run_test(struct test *t)
{
    struct rls_set *set = t->rules.set;
    struct rls_evaluator *ev = params_evaluator(&t->params, set, NULL);

    if (!ev)
        return false;
    bool good = trials_run(&t->trials, ev, set, t->verbose && t->format == TEST_TEXT) &&
                conditions_run(&t->conditions, ev, set) &&
                (!t->mutate || mutants_run(&t->mutants, ev, set));
    rls_evaluator_free(ev);
    return good;
}

static int test(struct test *t)
{
    static void (*const writers[])(const struct test *, struct buffer *) = {
        [TEST_TEXT] = write_text, [TEST_JSON] = write_json, [TEST_TAP] = write_tap};
    struct buffer b = {0};

    if (!rules_require(&t->rules, &t->roots, RLS_COMPILE_CASES))
        return STATUS_FAILED;
    if (rls_set_case_count(t->rules.set) == 0) {
        complain(TEXT_NO_CASES, rls_set_rule_count(t->rules.set));
        return STATUS_FAILED;
    }
    if (!run_test(t))
        return STATUS_FAILED;
    writers[t->format](t, &b);
    return output_all(&b, status_of(t));
}

static bool read_option(struct test *t, int id, const char *value)
{
    static const char *const formats[] = {"text", "json", "tap", NULL};
    unsigned choice = 0;

    switch (id) {
    case OPT_FORMAT:
        if (!option_choice("format", value, formats, &choice))
            return false;
        t->format = (enum test_format)choice;
        return true;
    case OPT_PARAM:
        return params_add(&t->params, value);
    case OPT_VERBOSE:
        t->verbose = true;
        return true;
    case OPT_REQUIRE_COVERAGE:
        t->require_coverage = true;
        return true;
    case OPT_COVERAGE:
        t->list_coverage = true;
        return true;
    case OPT_LIMIT:
        t->mutate = true;
        return option_number("mutants-limit", value, 0, UINT32_MAX, &t->limit);
    case OPT_MUTANTS:
        t->mutate = true;
        return true;
    case OPTION_HELP:
        t->help = true;
        return true;
    case OPT_RULES:
    case OPTION_WORD:
        return paths_add(&t->roots, value);
    default:
        return id == OPTION_LANG;
    }
}

static int run(int argc, char **argv)
{
    struct test t = {.limit = USUAL_LIMIT};
    struct option_reader r;
    int id, status;
    bool good = true;

    option_begin(&r, options, argc, argv);
    while (good && !t.help && (id = option_next(&r)) != OPTION_END)
        good = read_option(&t, id, r.value);
    if (!good)
        status = command_misused(&command_test);
    else if (t.help)
        status = command_print_help(&command_test);
    else
        status = test(&t);
    params_free(&t.params);
    trials_free(&t.trials);
    conditions_free(&t.conditions);
    mutants_free(&t.mutants);
    rules_free(&t.rules);
    paths_free(&t.roots);
    return status;
}

const struct command command_test = {
    "test", "[OPTION]... [PATH]...", TEXT_TEST_SUMMARY, TEXT_TEST_DETAILS, options, run};
