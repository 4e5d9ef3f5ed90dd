/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "output.h"
#include "params.h"
#include "profiles.h"
#include "rules.h"
#include "single.h"
#include "values.h"
#include "why.h"

#include <librules/diagnostic.h>
#include <librules/options.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    OPT_RULES = 1,
    OPT_TEXT,
    OPT_DESCRIPTION,
    OPT_CATEGORY,
    OPT_AGAINST,
    OPT_DOCUMENT,
    OPT_INPUT,
    OPT_ENCODING,
    OPT_AS_OF,
    OPT_NOW,
    OPT_PARAM,
    OPT_PROFILE,
    OPT_PLATFORM,
    OPT_CHANNEL,
    OPT_DESTINATION,
    OPT_FORMAT
};

static const struct option_spec options[] = {
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},
    {OPT_TEXT, 't', "text", "TITLE", TEXT_OPT_TEXT},
    {OPT_DESCRIPTION, 0, "description", "TEXT", TEXT_OPT_DESCRIPTION},
    {OPT_CATEGORY, 0, "category", "NAME", TEXT_OPT_CATEGORY},
    {OPT_AGAINST, 0, "against", "FILE", TEXT_OPT_AGAINST},
    {OPT_DOCUMENT, 'n', "document", "N", TEXT_OPT_DOCUMENT},
    {OPT_INPUT, 0, "input", "auto|jsonl|json|csv|tsv", TEXT_OPT_INPUT},
    {OPT_ENCODING, 'e', "encoding", "utf-8|gb18030|gbk|gb2312", TEXT_OPT_ENCODING},
    {OPT_AS_OF, 0, "as-of", "INSTANT", TEXT_OPT_AS_OF},
    {OPT_NOW, 0, "now", "INSTANT", TEXT_OPT_NOW},
    {OPT_PARAM, 0, "param", "NAME=VALUE", TEXT_OPT_PARAM},
    {OPT_PROFILE, 0, "profile", "ID", TEXT_OPT_PROFILE},
    {OPT_PLATFORM, 'p', "platform", "NAME", TEXT_OPT_PLATFORM},
    {OPT_CHANNEL, 0, "channel", "NAME", TEXT_OPT_CHANNEL},
    {OPT_DESTINATION, 0, "destination", "CODE", TEXT_OPT_DESTINATION},
    {OPT_FORMAT, 'f', "format", "FORMAT", TEXT_OPT_FORMAT_LIST},
    COMMON_OPTIONS};

/* What was asked for. */
struct question {
    const char *words[2]; /* a number or rule, and an input */
    unsigned n_words;
    struct paths roots;
    struct rules rules;
    const char *profile;
    struct params params;
    struct rls_text *destinations;
    struct single document; /* its path: NULL until it is known */
    bool json, help;
    struct rls_listing listing;
    struct rls_check_options options;
};

/* Reads RLS-104 or 104. @return 0, which is no message, when it is neither */
static uint32_t read_number(const char *word)
{
    uint32_t number = 0;

    if (strncasecmp(word, "RLS-", 4) == 0)
        word += 4;
    for (; *word >= '0' && *word <= '9' && number < 100000; word++)
        number = number * 10 + (uint32_t)(*word - '0');
    return *word ? 0 : number;
}

static bool has_digits(const char *word)
{
    if (strncasecmp(word, "RLS-", 4) == 0)
        return true;
    while (*word >= '0' && *word <= '9')
        word++;
    return *word == '\0';
}

static int explain_message(const char *word)
{
    struct buffer b = {0};
    uint32_t number = read_number(word);
    const char *explanation = number ? rls_message_explain(number, text_language()) : NULL;

    if (!explanation) {
        complain(TEXT_NO_SUCH_MESSAGE, word);
        return command_misused(&command_explain);
    }
    buffer_say(&b, TEXT_EXPLAINED, number, explanation);
    return output_all(&b, STATUS_CLEAN);
}

/* --- a rule ---------------------------------------------------------------------------------- */

static const char *behind_slash(const char *id)
{
    const char *slash = strchr(id, '/');

    return slash ? slash + 1 : id;
}

static void complain_rule(const struct rls_set *set, const char *word)
{
    const struct rls_rule *rule;
    const char *best = NULL;
    bool full = strchr(word, '/') != NULL;

    for (size_t i = 0; !best && (rule = rls_set_rule_at(set, i)); i++) {
        const char *id = full ? rls_rule_id(rule) : behind_slash(rls_rule_id(rule));
        const char *names[] = {id, NULL};

        best = nearest_name(word, names);
    }
    if (best)
        complain(TEXT_UNKNOWN_RULE_HINT, word, best);
    else
        complain(TEXT_UNKNOWN_RULE, word);
}

/* By full id, or by the part behind the slash where one rule set alone uses it. */
static const struct rls_rule *choose_rule(const struct rls_set *set, const char *word)
{
    const struct rls_rule *rule, *found = rls_set_rule_find(set, word);
    unsigned n = found != NULL;

    for (size_t i = 0; !rls_set_rule_find(set, word) && (rule = rls_set_rule_at(set, i)); i++)
        if (strcmp(behind_slash(rls_rule_id(rule)), word) == 0) {
            found = rule;
            n++;
        }
    if (n == 1)
        return found;
    if (n > 1)
        complain(TEXT_AMBIGUOUS_RULE, word);
    else
        complain_rule(set, word);
    return NULL;
}

static bool write_answer(const struct question *q, struct rls_evaluator *ev,
                         const struct rls_report *r, const struct rls_rule *rule, struct buffer *b)
{
    return q->json ? why_write_json(b, ev, r, rule) : why_write_text(b, ev, r, rule);
}

static bool answer_listing(const struct question *q, struct rls_evaluator *ev,
                           const struct rls_rule *rule, struct buffer *b)
{
    const struct rls_report *report;
    int status = rls_check_listing(ev, &q->listing, &q->options, &report);

    if (status != RLS_OK) {
        complain(TEXT_LIBRARY_FAILED, "rls_check_listing", rls_status_name(status));
        return false;
    }
    return write_answer(q, ev, report, rule, b);
}

static bool answer_input(struct question *q, struct rls_evaluator *ev, const struct rls_rule *rule,
                         struct buffer *b)
{
    const struct rls_report *report;
    bool good;

    if (!q->document.path)
        q->document.path = q->n_words > 1 ? q->words[1] : "-";
    good = single_judge(&q->document, ev, rls_rule_subject(rule), &q->options, &report) &&
           write_answer(q, ev, report, rule, b);
    single_end(&q->document);
    return good;
}

static int explain_rule(struct question *q)
{
    const struct rls_profile *profile;
    const struct rls_rule *rule;
    struct rls_evaluator *ev;
    struct buffer b = {0};
    bool good;

    q->options.destinations = q->options.n_destinations ? q->destinations : NULL;
    if (!rules_require(&q->rules, &q->roots, 0) ||
        !(rule = choose_rule(q->rules.set, q->words[0])) ||
        !profile_choose(q->rules.set, q->profile, &profile))
        return STATUS_FAILED;
    ev = params_evaluator(&q->params, q->rules.set, q->profile);
    if (!ev)
        return STATUS_FAILED;
    good = q->listing.title.data ? answer_listing(q, ev, rule, &b) : answer_input(q, ev, rule, &b);
    rls_evaluator_free(ev);
    if (good)
        return output_all(&b, STATUS_CLEAN);
    buffer_free(&b);
    return STATUS_FAILED;
}

/* --- options ---------------------------------------------------------------------------------- */

static bool read_word(struct question *q, const char *value)
{
    if (q->n_words < 2) {
        q->words[q->n_words++] = value;
        return true;
    }
    complain(TEXT_TOO_MANY_WORDS, value);
    return false;
}

static bool read_format(struct question *q, const char *value)
{
    static const char *const formats[] = {"text", "json", NULL};
    unsigned choice = 0;

    if (!option_choice("format", value, formats, &choice))
        return false;
    q->json = choice == 1;
    return true;
}

/* Where the rules come from and what is told about the document. */
static bool read_setting(struct question *q, int id, const char *value)
{
    struct rls_check_options *o = &q->options;

    switch (id) {
    case OPT_RULES:
        return paths_add(&q->roots, value);
    case OPT_AS_OF:
        return value_instant("as-of", value, RLS_HAS_AS_OF, o);
    case OPT_NOW:
        return value_instant("now", value, RLS_HAS_NOW, o);
    case OPT_PARAM:
        return params_add(&q->params, value);
    case OPT_PROFILE:
        q->profile = value;
        return true;
    case OPT_PLATFORM:
        o->platform = value;
        return true;
    case OPT_CHANNEL:
        o->channel = value;
        return true;
    case OPT_DESTINATION:
        q->destinations[o->n_destinations++] = value_text(value);
        return true;
    default:
        return false;
    }
}

/* Which document it is. */
static bool read_document(struct question *q, int id, const char *value)
{
    switch (id) {
    case OPT_TEXT:
        q->listing.title = value_text(value);
        return true;
    case OPT_DESCRIPTION:
        q->listing.description = value_text(value);
        return true;
    case OPT_CATEGORY:
        q->listing.category = value_text(value);
        return true;
    case OPT_DOCUMENT:
        return option_number("document", value, 1, UINT32_MAX, &q->document.ordinal);
    case OPT_AGAINST:
        q->document.path = value;
        return true;
    case OPT_INPUT:
        return value_input(value, &q->document.input);
    case OPT_ENCODING:
        return value_encoding(value, &q->document.encoding);
    default:
        return read_setting(q, id, value);
    }
}

static bool read_option(struct question *q, int id, const char *value)
{
    switch (id) {
    case OPT_FORMAT:
        return read_format(q, value);
    case OPTION_WORD:
        return read_word(q, value);
    case OPTION_HELP:
        q->help = true;
        return true;
    case OPTION_LANG:
        return true;
    default:
        return read_document(q, id, value);
    }
}

/* Whether the options name one document; says why not. */
static bool is_consistent(const struct question *q)
{
    bool text = q->listing.title.data != NULL;
    bool more = q->listing.description.data || q->listing.category.data;

    if (text && (q->document.path || q->n_words > 1)) {
        complain(TEXT_TEXT_AND_FILES);
        return false;
    }
    if (q->document.path && q->n_words > 1) {
        complain(TEXT_TOO_MANY_WORDS, q->words[1]);
        return false;
    }
    if (more && !text) {
        complain(TEXT_NEEDS_TEXT);
        return false;
    }
    return true;
}

static bool read_options(struct question *q, int argc, char **argv)
{
    struct option_reader r;
    int id;

    option_begin(&r, options, argc, argv);
    while (!q->help && (id = option_next(&r)) != OPTION_END)
        if (!read_option(q, id, r.value))
            return false;
    return true;
}

static int run(int argc, char **argv)
{
    struct question q = {.document = {.ordinal = 1},
                         .destinations = calloc((size_t)argc + 1, sizeof *q.destinations),
                         .listing = {.size = sizeof(struct rls_listing)},
                         .options = {.size = sizeof(struct rls_check_options)}};
    int status;

    if (!q.destinations) {
        complain(TEXT_NO_MEMORY);
        status = STATUS_FAILED;
    } else if (!read_options(&q, argc, argv) || !is_consistent(&q)) {
        status = command_misused(&command_explain);
    } else if (q.help) {
        status = command_print_help(&command_explain);
    } else if (q.n_words == 0) {
        complain(TEXT_NO_NUMBER);
        status = command_misused(&command_explain);
    } else if (has_digits(q.words[0])) {
        status = explain_message(q.words[0]);
    } else {
        status = explain_rule(&q);
    }
    free(q.destinations);
    params_free(&q.params);
    rules_free(&q.rules);
    paths_free(&q.roots);
    return status;
}

const struct command command_explain = {
    "explain", "RLS-NUMBER | RULE [FILE]", TEXT_EXPLAIN_SUMMARY, TEXT_EXPLAIN_DETAILS, options,
    run};
