/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include "collect.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool collect_list(struct paths *files, const char *list)
{
    char *copy = strdup(list);
    bool good = copy != NULL;
    char *rest = NULL;

    for (char *root = copy ? strtok_r(copy, ":", &rest) : NULL; root;
         root = strtok_r(NULL, ":", &rest))
        good = collect_files(files, root) && good;
    free(copy);
    return good;
}

static bool collect_roots(struct paths *files, const struct paths *roots)
{
    const char *list = getenv("RULE_CHECK_RULES");
    bool good = true;

    for (size_t i = 0; i < roots->count; i++)
        good = collect_files(files, roots->items[i]) && good;
    if (roots->count > 0)
        return good;
    return list && *list ? collect_list(files, list) : collect_files(files, RULE_CHECK_DATADIR);
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A root inside another, or one given twice, must not read like a rule set defined twice. Only
 * files of equal base name are compared, so the cost stays small. */
static bool seen_before(const struct paths *files, size_t index)
{
    const char *slash = strrchr(files->items[index], '/');
    const char *base = slash ? slash + 1 : files->items[index];

    for (size_t i = 0; i < index; i++) {
        const char *other = strrchr(files->items[i], '/');
        other = other ? other + 1 : files->items[i];
        if (strcmp(base, other) == 0 && same_file(files->items[i], files->items[index]))
            return true;
    }
    return false;
}

static void remove_repeated(struct paths *files)
{
    size_t kept = 0;

    for (size_t i = 0; i < files->count; i++) {
        char *path = files->items[i];
        files->items[i] = files->items[kept];
        files->items[kept] = path;
        if (!seen_before(files, kept))
            kept++;
    }
    while (files->count > kept)
        free(files->items[--files->count]);
}

static bool load_files(struct rules *r)
{
    bool whole = true;

    for (size_t i = 0; i < r->files.count; i++) {
        int status = rls_compiler_add_file(r->compiler, r->files.items[i]);
        if (status != RLS_OK && rls_compiler_count(r->compiler, RLS_ERROR) == 0)
            complain(TEXT_CANNOT_READ, r->files.items[i], rls_status_name(status));
        whole = whole && status == RLS_OK;
    }
    return whole;
}

bool rules_load(struct rules *r, const struct paths *roots, uint32_t flags)
{
    const struct rls_compiler_options options = {.size = sizeof options, .flags = flags};

    if (!collect_roots(&r->files, roots))
        return false;
    remove_repeated(&r->files);
    int status = rls_compiler_new(&r->compiler, NULL, &options);
    if (status != RLS_OK) {
        complain(TEXT_LIBRARY_FAILED, "rls_compiler_new", rls_status_name(status));
        return false;
    }
    bool whole = load_files(r);
    status = rls_compiler_build(r->compiler, &r->set);
    if (status != RLS_OK && status != RLS_ERR_COMPILE)
        complain(TEXT_LIBRARY_FAILED, "rls_compiler_build", rls_status_name(status));
    /* A set without one of its files would judge less than was asked for. */
    if (!whole) {
        rls_set_unref(r->set);
        r->set = NULL;
    }
    return true;
}

void rules_diagnostics(const struct rules *r, struct buffer *b)
{
    const struct rls_diagnostic *d;
    size_t kept = 0;

    for (; (d = rls_compiler_diagnostic(r->compiler, kept)); kept++)
        if (rls_diagnostic_write(d, text_language(), buffer_put, b) != RLS_OK)
            b->failed = true;
    size_t all = rls_compiler_count(r->compiler, 0);
    if (all > kept)
        buffer_say(b, TEXT_MORE_DIAGNOSTICS, all - kept);
}

void rules_free(struct rules *r)
{
    rls_set_unref(r->set);
    rls_compiler_free(r->compiler);
    paths_free(&r->files);
    *r = (struct rules){0};
}

bool rules_require(struct rules *r, const struct paths *roots, uint32_t flags)
{
    struct buffer b = {0};

    if (!rules_load(r, roots, flags))
        return false;
    if (!r->set) {
        rules_diagnostics(r, &b);
        print_error(b.data, b.len);
        buffer_free(&b);
        complain(TEXT_RULES_BROKEN, rls_compiler_count(r->compiler, RLS_ERROR));
        return false;
    }
    if (rls_set_rule_count(r->set) == 0) {
        complain(TEXT_NO_RULES);
        return false;
    }
    return true;
}
