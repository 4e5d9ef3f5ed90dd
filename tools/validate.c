/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "corpus.h"
#include "output.h"
#include "rules.h"
#include "values.h"

#include <stdlib.h>

enum {
    OPT_RULES = 1,
    OPT_FORMAT,
    OPT_WERROR,
    OPT_CORPUS,
    OPT_ENCODING,
    OPT_COMMON,
    OPT_TOP,
    OPT_QUIET
};

static const struct option_spec options[] = {
    {OPT_RULES, 'r', "rules", "PATH", TEXT_OPT_RULES},
    {OPT_FORMAT, 'f', "format", "text|json", TEXT_OPT_FORMAT_VALIDATE},
    {OPT_WERROR, 0, "werror", NULL, TEXT_OPT_WERROR},
    {OPT_CORPUS, 0, "corpus", "FILE", TEXT_OPT_CORPUS},
    {OPT_ENCODING, 'e', "encoding", "utf-8|gb18030|gbk|gb2312", TEXT_OPT_ENCODING},
    {OPT_COMMON, 0, "common", "N", TEXT_OPT_COMMON},
    {OPT_TOP, 0, "top", "N", TEXT_OPT_TOP_WORDS},
    {OPT_QUIET, 'q', "quiet", NULL, TEXT_OPT_QUIET_VALIDATE},
    COMMON_OPTIONS};

/* Words of a rule that are told without --top. */
enum { TOP_WORDS = 10 };

struct validation {
    struct paths roots;
    struct rules rules;
    struct paths corpus_files;
    struct corpus corpus;
    bool json;
    bool quiet;
    bool help;
    bool top_given;
    bool encoding_given;
    uint32_t flags;
};

static const char *level_name(uint32_t level)
{
    return level == RLS_ERROR ? "error" : level == RLS_WARNING ? "warning" : "note";
}

static void member(struct buffer *b, const char *name, const char *value)
{
    buffer_format(b, ",\"%s\":", name);
    buffer_json(b, value);
}

static void diagnostic_json(struct buffer *b, const struct rls_diagnostic *d)
{
    buffer_format(b, "{\"level\":\"%s\",\"code\":\"RLS-%03u\",\"line\":%u,\"column\":%u",
                  level_name(d->level), d->code, d->line, d->column);
    buffer_format(b, ",\"end_column\":%u", d->end_column);
    member(b, "source", d->source);
    member(b, "rule", d->rule);
    member(b, "message", d->message);
    member(b, "message_zh", d->message_zh);
    member(b, "hint", d->hint);
    member(b, "hint_zh", d->hint_zh);
    member(b, "excerpt", d->excerpt);
    buffer_text(b, "}");
}

static void write_json(struct buffer *b, const struct rules *r)
{
    const struct rls_diagnostic *d;

    buffer_text(b, "[");
    for (size_t i = 0; (d = rls_compiler_diagnostic(r->compiler, i)); i++) {
        buffer_text(b, i ? ",\n" : "\n");
        diagnostic_json(b, d);
    }
    buffer_text(b, "\n]");
}

static void write_summary(struct buffer *b, const struct rules *r)
{
    size_t errors = rls_compiler_count(r->compiler, RLS_ERROR);
    size_t warnings = rls_compiler_count(r->compiler, RLS_WARNING);

    buffer_count(b, TEXT_ONE_SOURCE, r->files.count);
    if (r->set) {
        buffer_say(b, TEXT_COMMA);
        buffer_count(b, TEXT_ONE_RULE, rls_set_rule_count(r->set));
        buffer_say(b, TEXT_COMMA);
        buffer_count(b, TEXT_ONE_TERM, rls_set_term_count(r->set));
    }
    buffer_say(b, TEXT_COMMA);
    buffer_count(b, TEXT_ONE_ERROR, errors);
    buffer_say(b, TEXT_COMMA);
    buffer_count(b, TEXT_ONE_WARNING, warnings);
    buffer_text(b, "\n");
}

/* Diagnostics, and what the corpus told. @return how many terms are common in it */
static size_t write_all(const struct validation *v, bool corpus, struct buffer *b)
{
    size_t common = 0;

    if (!v->json) {
        rules_diagnostics(&v->rules, b);
        return corpus ? corpus_write_text(&v->corpus, b) : 0;
    }
    buffer_text(b, corpus ? "{\"diagnostics\":" : "");
    write_json(b, &v->rules);
    if (corpus) {
        buffer_text(b, ",\"corpus\":");
        common = corpus_write_json(&v->corpus, b);
    }
    buffer_text(b, corpus ? "}\n" : "\n");
    return common;
}

static int report(struct validation *v)
{
    const struct rules *r = &v->rules;
    struct buffer b = {0}, summary = {0};
    bool empty = r->set && rls_set_rule_count(r->set) == 0;
    bool corpus = r->set && v->corpus_files.count > 0;
    bool good = r->set && !empty;

    if (corpus && !corpus_read(&v->corpus, r->set, &v->corpus_files))
        good = corpus = false;
    if (write_all(v, corpus, &b) > 0 && v->flags & RLS_COMPILE_WARNINGS_AS_ERRORS)
        good = false;
    if (!v->quiet)
        write_summary(&summary, r);
    if (!v->json)
        buffer_put(&b, summary.data, summary.len);
    int status = output_all(&b, good ? STATUS_CLEAN : STATUS_FAILED);
    if (v->json)
        print_error(summary.data, summary.len);
    buffer_free(&summary);
    if (empty)
        complain(TEXT_NO_RULES);
    return status;
}

static bool read_option(struct validation *v, int id, const char *value)
{
    static const char *const formats[] = {"text", "json", NULL};
    unsigned choice = 0;

    switch (id) {
    case OPT_FORMAT:
        if (!option_choice("format", value, formats, &choice))
            return false;
        v->json = choice == 1;
        return true;
    case OPT_WERROR:
        v->flags |= RLS_COMPILE_WARNINGS_AS_ERRORS;
        return true;
    case OPT_CORPUS:
        return paths_add(&v->corpus_files, value);
    case OPT_ENCODING:
        v->encoding_given = true;
        return value_encoding(value, &v->corpus.encoding);
    case OPT_COMMON:
        return option_number("common", value, 1, UINT64_MAX, &v->corpus.common);
    case OPT_TOP:
        v->top_given = true;
        return option_number("top", value, 0, UINT32_MAX, &v->corpus.top);
    case OPT_QUIET:
        v->quiet = true;
        return true;
    case OPTION_HELP:
        v->help = true;
        return true;
    case OPT_RULES:
    case OPTION_WORD:
        return paths_add(&v->roots, value);
    default:
        return id == OPTION_LANG;
    }
}

static int run(int argc, char **argv)
{
    struct validation v = {.corpus.top = TOP_WORDS};
    struct option_reader r;
    int id, status = STATUS_FAILED;
    bool good = true;

    option_begin(&r, options, argc, argv);
    while (good && !v.help && (id = option_next(&r)) != OPTION_END)
        good = read_option(&v, id, r.value);
    if (good && (v.corpus.common || v.top_given || v.encoding_given) && v.corpus_files.count == 0) {
        complain(TEXT_NO_CORPUS_FILE);
        good = false;
    }
    if (!good)
        status = command_misused(&command_validate);
    else if (v.help)
        status = command_print_help(&command_validate);
    else if (rules_load(&v.rules, &v.roots, v.flags))
        status = report(&v);
    corpus_free(&v.corpus);
    rules_free(&v.rules);
    paths_free(&v.roots);
    paths_free(&v.corpus_files);
    return status;
}

const struct command command_validate = {
    "validate", "[OPTION]... [PATH]...", TEXT_VALIDATE_SUMMARY, TEXT_VALIDATE_DETAILS, options,
    run};
