/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "output.h"
#include "rules.h"
#include "trial.h"

enum { OPT_RULES = 1, OPT_FORMAT, OPT_VERBOSE, OPT_COVERAGE };

static const struct option_spec options[] = {
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},
    {OPT_FORMAT, 'f', "format", "FORMAT", TEXT_OPT_FORMAT_TEST},
    {OPT_VERBOSE, 'v', "verbose", NULL, TEXT_OPT_VERBOSE},
    {OPT_COVERAGE, 0, "require-coverage", NULL, TEXT_OPT_COVERAGE},
    COMMON_OPTIONS};

enum test_format { TEST_TEXT, TEST_JSON, TEST_TAP };

struct test {
    struct paths roots;
    struct rules rules;
    struct trials trials;
    enum test_format format;
    bool verbose;
    bool require_coverage;
    bool help;
};

static int status_of(const struct test *t)
{
    bool covered = t->trials.covered == t->trials.n_rules;

    return t->trials.failed > 0 || (t->require_coverage && !covered) ? STATUS_FAILED : STATUS_CLEAN;
}

static int test(struct test *t)
{
    static void (*const writers[])(const struct trials *,
                                   struct buffer *) = {[TEST_TEXT] = trials_write_text,
                                                       [TEST_JSON] = trials_write_json,
                                                       [TEST_TAP] = trials_write_tap};
    struct buffer b = {0};

    if (!rules_require(&t->rules, &t->roots, RLS_COMPILE_CASES))
        return STATUS_FAILED;
    if (rls_set_case_count(t->rules.set) == 0) {
        complain(TEXT_NO_CASES, rls_set_rule_count(t->rules.set));
        return STATUS_FAILED;
    }
    bool reports = t->verbose && t->format == TEST_TEXT;
    if (!trials_run(&t->trials, t->rules.set, reports))
        return STATUS_FAILED;
    writers[t->format](&t->trials, &b);
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
    case OPT_VERBOSE:
        t->verbose = true;
        return true;
    case OPT_COVERAGE:
        t->require_coverage = true;
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
    struct test t = {0};
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
    trials_free(&t.trials);
    rules_free(&t.rules);
    paths_free(&t.roots);
    return status;
}

const struct command command_test = {
    "test", "[OPTION]... [PATH]...", TEXT_TEST_SUMMARY, TEXT_TEST_DETAILS, options, run};
