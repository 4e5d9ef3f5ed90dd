/* SPDX-License-Identifier: Apache-2.0 */
#include "collect.h"
#include "command.h"
#include "file.h"
#include "output.h"
#include "rules.h"

#include <librules/format.h>
#include <string.h>

enum { OPT_CHECK = 1, OPT_QUIET };

static const struct option_spec options[] = {{OPT_CHECK, 'c', "check", NULL, TEXT_OPT_CHECK},
                                             {OPT_QUIET, 'q', "quiet", NULL, TEXT_OPT_QUIET_FMT},
                                             COMMON_OPTIONS};

struct formatting {
    struct paths roots;
    struct paths files;
    struct buffer names; /* of files that changed, or would */
    bool check;
    bool quiet;
    bool help;
};

static void keep_diagnostic(void *buffer, const struct rls_diagnostic *d)
{
    struct buffer *b = buffer;

    if (rls_diagnostic_write(d, text_language(), buffer_put, b) != RLS_OK)
        b->failed = true;
}

/* @return false after saying why */
static bool lay_out(const char *name, const struct buffer *source, struct buffer *out)
{
    struct buffer diagnostics = {0};
    const struct rls_format_options o = {
        .size = sizeof o, .on_diagnostic = keep_diagnostic, .diagnostic_user = &diagnostics};
    int status = rls_format_rules(NULL, name, source->data ? source->data : "", source->len, &o,
                                  buffer_put, out);

    print_error(diagnostics.data, diagnostics.len);
    if (status != RLS_OK && diagnostics.len == 0)
        complain(TEXT_LIBRARY_FAILED, name, rls_status_name(status));
    buffer_free(&diagnostics);
    return status == RLS_OK;
}

static bool is_same(const struct buffer *a, const struct buffer *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static int format_file(struct formatting *f, const char *path)
{
    struct buffer source = {0}, made = {0};
    int status = STATUS_FAILED;

    if (file_read(path, &source) && lay_out(path, &source, &made)) {
        bool same = is_same(&source, &made);
        status = same || !f->check ? STATUS_CLEAN : STATUS_FINDINGS;
        if (!same && !f->check && !file_replace(path, made.data, made.len))
            status = STATUS_FAILED;
        else if (!same)
            buffer_format(&f->names, "%s\n", path);
    }
    buffer_free(&source);
    buffer_free(&made);
    return status;
}

static int format_files(struct formatting *f)
{
    int worst = STATUS_CLEAN;

    for (size_t i = 0; i < f->files.count; i++) {
        int status = format_file(f, f->files.items[i]);
        if (status == STATUS_FAILED || worst == STATUS_CLEAN)
            worst = status;
    }
    if (f->quiet)
        buffer_reset(&f->names, 0);
    return output_all(&f->names, worst);
}

static int format_stream(const struct formatting *f)
{
    struct buffer source = {0}, made = {0};
    int status = STATUS_FAILED;

    if (file_read("-", &source) && lay_out("<stdin>", &source, &made)) {
        status = f->check && !is_same(&source, &made) ? STATUS_FINDINGS : STATUS_CLEAN;
        if (f->check)
            buffer_free(&made);
        status = output_all(&made, status);
    }
    buffer_free(&source);
    buffer_free(&made);
    return status;
}

static int format(struct formatting *f)
{
    if (f->roots.count == 0 || (f->roots.count == 1 && strcmp(f->roots.items[0], "-") == 0))
        return format_stream(f);
    for (size_t i = 0; i < f->roots.count; i++)
        if (!collect_files(&f->files, f->roots.items[i]))
            return STATUS_FAILED;
    return format_files(f);
}

static bool read_option(struct formatting *f, int id, const char *value)
{
    switch (id) {
    case OPT_CHECK:
        f->check = true;
        return true;
    case OPT_QUIET:
        f->quiet = true;
        return true;
    case OPTION_HELP:
        f->help = true;
        return true;
    case OPTION_WORD:
        return paths_add(&f->roots, value);
    default:
        return id == OPTION_LANG;
    }
}

static int run(int argc, char **argv)
{
    struct formatting f = {0};
    struct option_reader r;
    int id, status;
    bool good = true;

    option_begin(&r, options, argc, argv);
    while (good && !f.help && (id = option_next(&r)) != OPTION_END)
        good = read_option(&f, id, r.value);
    if (!good)
        status = command_misused(&command_fmt);
    else if (f.help)
        status = command_print_help(&command_fmt);
    else
        status = format(&f);
    buffer_free(&f.names);
    paths_free(&f.files);
    paths_free(&f.roots);
    return status;
}

const struct command command_fmt = {
    "fmt", "[OPTION]... [PATH]...", TEXT_FMT_SUMMARY, TEXT_FMT_DETAILS, options, run};
