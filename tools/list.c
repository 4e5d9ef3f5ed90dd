/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "listed.h"
#include "output.h"
#include "profiles.h"
#include "rules.h"
#include "words.h"

#include <librules/options.h>
#include <string.h>
#include <time.h>

enum { OPT_RULES = 1, OPT_PROFILE, OPT_TAG, OPT_AS_OF, OPT_FORMAT, OPT_ALL, OPT_PROFILES };

static const struct option_spec options[] = {
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},
    {OPT_PROFILE, 0, "profile", "ID", TEXT_OPT_PROFILE},
    {OPT_TAG, 0, "tag", "TAG", TEXT_OPT_TAG},
    {OPT_AS_OF, 0, "as-of", "INSTANT", TEXT_OPT_AS_OF},
    {OPT_FORMAT, 'f', "format", "FORMAT", TEXT_OPT_FORMAT_LIST},
    {OPT_PROFILES, 0, "profiles", NULL, TEXT_OPT_PROFILES},
    {OPT_ALL, 'a', "all", NULL, TEXT_OPT_ALL_LIST},
    COMMON_OPTIONS};

struct listing {
    struct paths roots;
    struct rules rules;
    const char *profile_id;
    const struct rls_profile *profile;
    const char *tag;
    int64_t as_of;
    struct rls_outline *outline;
    bool json, all, profiles, help;
};

static const char *const modes[] = {
    [RLS_MODE_ENFORCE] = "enforce", [RLS_MODE_SHADOW] = "shadow", [RLS_MODE_OFF] = "off"};
static const char *const verdicts[] = {"pass", "advise", "review", "reject"};

/* What is known of a rule at the instant of the list. */
struct entry {
    const struct rls_rule *rule;
    uint32_t mode;
    const char *source; /* where the mode is decided */
    uint32_t line;
    const struct rls_rule_version *now; /* in force; NULL: none */
};

static const struct rls_rule_version *version_at(const struct rls_rule *rule, int64_t instant)
{
    const struct rls_rule_version *v;

    for (size_t i = 0; (v = rls_rule_version_at(rule, i)); i++)
        if (instant >= v->from && instant < v->until)
            return v;
    return NULL;
}

static bool has_tag(const struct rls_rule *rule, const char *tag)
{
    const char *t;

    for (size_t i = 0; (t = rls_rule_tag(rule, i)); i++)
        if (strcmp(t, tag) == 0)
            return true;
    return false;
}

static struct entry entry_of(const struct listing *l, const struct rls_rule *rule)
{
    struct entry e = {.rule = rule, .now = version_at(rule, l->as_of)};

    e.mode = rls_profile_mode(l->profile, rule, &e.source, &e.line);
    return e;
}

/* Without --all only what has an effect at the instant. */
static bool is_listed(const struct listing *l, const struct entry *e)
{
    if (l->tag && !has_tag(e->rule, l->tag))
        return false;
    return l->all || (e->mode != RLS_MODE_OFF && e->now);
}

static void write_tags(struct buffer *b, const struct rls_rule *rule)
{
    const char *t;

    for (size_t i = 0; (t = rls_rule_tag(rule, i)); i++)
        buffer_format(b, " #%s", t);
}

static void write_entry(struct buffer *b, const struct listing *l, const struct entry *e)
{
    uint32_t line;
    const char *source = rls_rule_source(e->rule, &line);
    bool own = line == e->line && strcmp(source, e->source) == 0;
    struct counts names = {0};

    buffer_format(b, "%s  %s", rls_rule_id(e->rule), word_mode(e->mode));
    if (e->now)
        buffer_format(b, "  %s  %s%s%s", text_verdict(e->now->verdict),
                      word_standing(e->now->standing), *e->now->name ? "  " : "", e->now->name);
    else
        buffer_format(b, "  %s", text(TEXT_NOT_IN_FORCE));
    write_tags(b, e->rule);
    buffer_format(b, "\n    %s\n", rls_rule_title(e->rule, text_language()));
    buffer_format(b, "    %s:%u", source, line);
    if (l->profile && !own)
        buffer_say(b, TEXT_DECIDED_AT, word_mode(e->mode), e->source, e->line);
    buffer_text(b, "\n");
    b->failed = b->failed || !listed_names(&names, l->outline, e->rule);
    for (size_t i = 0; i < names.count; i++)
        buffer_format(b, "%s%s", text(i ? TEXT_COMMA : TEXT_LISTS_OF), names.items[i].name);
    buffer_text(b, names.count ? "\n" : "");
    counts_free(&names);
}

static void write_profiles(struct buffer *b, const struct rls_set *set)
{
    const struct rls_profile *p;

    for (size_t i = 0; (p = rls_set_profile_at(set, i)); i++)
        buffer_format(b, "%s  %s\n", rls_profile_id(p), rls_profile_title(p, text_language()));
    buffer_say(b, TEXT_PROFILES_LISTED, rls_set_profile_count(set));
}

static void write_text(struct buffer *b, const struct listing *l)
{
    const struct rls_rule *rule;
    unsigned long long n = 0;

    for (size_t i = 0; (rule = rls_set_rule_at(l->rules.set, i)); i++) {
        struct entry e = entry_of(l, rule);

        if (!is_listed(l, &e))
            continue;
        write_entry(b, l, &e);
        n++;
    }
    buffer_say(b, TEXT_LISTED, n, (unsigned long long)rls_set_rule_count(l->rules.set));
}

static void member(struct buffer *b, const char *name, const char *value)
{
    buffer_format(b, ",\"%s\":", name);
    buffer_json(b, value);
}

static void write_profiles_json(struct buffer *b, const struct rls_set *set)
{
    const struct rls_profile *p;

    buffer_text(b, "[");
    for (size_t i = 0; (p = rls_set_profile_at(set, i)); i++) {
        buffer_text(b, i ? ",\n{\"profile\":" : "\n{\"profile\":");
        buffer_json(b, rls_profile_id(p));
        member(b, "title", rls_profile_title(p, text_language()));
        buffer_text(b, "}");
    }
    buffer_text(b, "\n]\n");
}

static void write_lists_json(struct buffer *b, const struct listing *l, const struct entry *e)
{
    struct counts names = {0};

    b->failed = b->failed || !listed_names(&names, l->outline, e->rule);
    buffer_text(b, ",\"lists\":[");
    for (size_t i = 0; i < names.count; i++) {
        buffer_text(b, i ? "," : "");
        buffer_json(b, names.items[i].name);
    }
    buffer_text(b, "]");
    counts_free(&names);
}

static void write_entry_json(struct buffer *b, const struct listing *l, const struct entry *e)
{
    const char *t;
    uint32_t line;

    buffer_text(b, "{\"rule\":");
    buffer_json(b, rls_rule_id(e->rule));
    member(b, "title", rls_rule_title(e->rule, text_language()));
    member(b, "severity", rls_rule_severity(e->rule));
    member(b, "mode", modes[e->mode]);
    buffer_text(b, ",\"decided\":{\"source\":");
    buffer_json(b, e->source);
    buffer_format(b, ",\"line\":%u}", e->line);
    member(b, "source", rls_rule_source(e->rule, &line));
    buffer_format(b, ",\"line\":%u", line);
    if (e->now) {
        member(b, "version", e->now->name);
        member(b, "verdict", verdicts[e->now->verdict]);
        member(b, "standing", e->now->standing);
    }
    buffer_text(b, ",\"tags\":[");
    for (size_t i = 0; (t = rls_rule_tag(e->rule, i)); i++) {
        buffer_text(b, i ? "," : "");
        buffer_json(b, t);
    }
    buffer_text(b, "]");
    write_lists_json(b, l, e);
    buffer_text(b, "}");
}

static void write_json(struct buffer *b, const struct listing *l)
{
    const struct rls_rule *rule;
    bool first = true;

    buffer_text(b, "[");
    for (size_t i = 0; (rule = rls_set_rule_at(l->rules.set, i)); i++) {
        struct entry e = entry_of(l, rule);

        if (!is_listed(l, &e))
            continue;
        buffer_text(b, first ? "\n" : ",\n");
        write_entry_json(b, l, &e);
        first = false;
    }
    buffer_text(b, "\n]\n");
}

static bool read_option(struct listing *l, int id, const char *value)
{
    static const char *const formats[] = {"text", "json", NULL};
    unsigned choice = 0;

    switch (id) {
    case OPT_PROFILE:
        l->profile_id = value;
        return true;
    case OPT_TAG:
        l->tag = value;
        return true;
    case OPT_AS_OF:
        if (rls_instant_parse((struct rls_text){value, strlen(value)}, NULL, &l->as_of) == RLS_OK)
            return true;
        complain(TEXT_BAD_INSTANT, "as-of", value);
        return false;
    case OPT_FORMAT:
        if (!option_choice("format", value, formats, &choice))
            return false;
        l->json = choice == 1;
        return true;
    case OPT_PROFILES:
        l->profiles = true;
        return true;
    case OPT_ALL:
        l->all = true;
        return true;
    case OPTION_HELP:
        l->help = true;
        return true;
    case OPT_RULES:
    case OPTION_WORD:
        return paths_add(&l->roots, value);
    default:
        return id == OPTION_LANG;
    }
}

static bool read_options(struct listing *l, int argc, char **argv)
{
    struct option_reader r;
    int id;

    option_begin(&r, options, argc, argv);
    while (!l->help && (id = option_next(&r)) != OPTION_END)
        if (!read_option(l, id, r.value))
            return false;
    return true;
}

static int list(struct listing *l)
{
    struct buffer b = {0};

    if (!rules_require(&l->rules, &l->roots, 0) ||
        !profile_choose(l->rules.set, l->profile_id, &l->profile))
        return STATUS_FAILED;
    if (rls_outline_new(&l->outline, NULL, l->rules.set) != RLS_OK) {
        complain(TEXT_NO_MEMORY);
        return STATUS_FAILED;
    }
    if (l->profiles && l->json)
        write_profiles_json(&b, l->rules.set);
    else if (l->profiles)
        write_profiles(&b, l->rules.set);
    else if (l->json)
        write_json(&b, l);
    else
        write_text(&b, l);
    return output_all(&b, STATUS_CLEAN);
}

static int run(int argc, char **argv)
{
    struct listing l = {.as_of = (int64_t)time(NULL) * 1000};
    int status;

    if (!read_options(&l, argc, argv))
        status = command_misused(&command_list);
    else if (l.help)
        status = command_print_help(&command_list);
    else
        status = list(&l);
    rls_outline_free(l.outline);
    rules_free(&l.rules);
    paths_free(&l.roots);
    return status;
}

const struct command command_list = {
    "list", "[OPTION]... [PATH]...", TEXT_LIST_SUMMARY, TEXT_LIST_DETAILS, options, run};
