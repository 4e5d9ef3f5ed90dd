/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles rule sources and prints every diagnostic as people see it, then the outcome. With --each
 * it does so for one source after the other from standard input, each behind a line with its
 * length, and prints a line with a full stop behind each outcome. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librules/librules.h>

struct task {
    struct rls_compiler_options options;
    const char *lang;
    int first_file;
    bool each;
};

static int put(void *user, const void *data, size_t len)
{
    return fwrite(data, 1, len, user) == len ? 0 : -1;
}

static bool read_number(const char *given, const char *name, uint64_t *out)
{
    size_t n = strlen(name);

    if (strncmp(given, name, n) != 0 || given[n] != '=')
        return false;
    *out = strtoull(given + n + 1, NULL, 10);
    return true;
}

static void read_option(struct task *t, const char *given)
{
    uint64_t n;

    if (read_number(given, "--max-rules", &n))
        t->options.max_rules = (uint32_t)n;
    else if (read_number(given, "--max-diagnostics", &n))
        t->options.max_diagnostics = (uint32_t)n;
    else if (read_number(given, "--max-source-bytes", &n))
        t->options.max_source_bytes = n;
    else if (strcmp(given, "--warnings-as-errors") == 0)
        t->options.flags |= RLS_COMPILE_WARNINGS_AS_ERRORS;
    else if (strcmp(given, "--zh") == 0)
        t->lang = "zh-CN";
    else if (strcmp(given, "--each") == 0)
        t->each = true;
}

static int print_all(const struct rls_compiler *c, const char *lang)
{
    const struct rls_diagnostic *d;

    for (size_t i = 0; (d = rls_compiler_diagnostic(c, i)) != NULL; i++)
        if (rls_diagnostic_write(d, lang, put, stdout) != RLS_OK)
            return -1;
    return 0;
}

/* Compiles a source, if there is one, and the files. */
static int compile(const struct task *t, const char *source, size_t len, int argc, char **argv)
{
    struct rls_compiler *c = NULL;
    struct rls_set *set = NULL;
    int st;

    if (rls_compiler_new(&c, NULL, &t->options) != RLS_OK)
        return 2;
    if (source && rls_compiler_add_buffer(c, "slip.xml", source, len) != RLS_OK)
        return 2;
    for (int i = t->first_file; i < argc; i++) {
        st = rls_compiler_add_file(c, argv[i]);
        if (st != RLS_OK)
            printf("%s: %s\n", argv[i], rls_status_name(st));
    }
    st = rls_compiler_build(c, &set);
    if (print_all(c, t->lang) != 0)
        return 2;
    printf("%s: %zu errors, %zu warnings, %zu notes\n", rls_status_name(st),
           rls_compiler_count(c, RLS_ERROR), rls_compiler_count(c, RLS_WARNING),
           rls_compiler_count(c, RLS_NOTE));
    rls_set_unref(set);
    rls_compiler_free(c);
    return 0;
}

static int compile_each(const struct task *t, int argc, char **argv)
{
    char line[32];

    while (fgets(line, sizeof line, stdin)) {
        size_t len = strtoul(line, NULL, 10);
        char *source = malloc(len + 1);
        int st = source && fread(source, 1, len, stdin) == len ? 0 : 2;

        if (st == 0)
            st = compile(t, source, len, argc, argv);
        free(source);
        if (st != 0)
            return st;
        printf(".\n");
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct task t = {.options = {.size = sizeof t.options}, .lang = "en", .first_file = 1};

    while (t.first_file < argc && argv[t.first_file][0] == '-')
        read_option(&t, argv[t.first_file++]);
    t.options.flags |= RLS_COMPILE_CASES;
    return t.each ? compile_each(&t, argc, argv) : compile(&t, NULL, 0, argc, argv);
}
