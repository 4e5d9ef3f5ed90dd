/* SPDX-License-Identifier: Apache-2.0 */
/* What is read of tests/html/pages is what a browser showed of them: see tests/html/record.py. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_suite.h"
#include "text/html.h"

#define PAGES TEST_SOURCE_ROOT "/tests/html/pages/"

static char *load(const char *name, const char *end, size_t *len)
{
    char path[1024];
    char *data;
    FILE *f;
    long size;

    snprintf(path, sizeof path, PAGES "%.*s%s", (int)strcspn(name, "."), name, end);
    f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s", path);
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    data = malloc((size_t)size + 1);
    ck_assert_uint_eq(fread(data, 1, (size_t)size, f), (size_t)size);
    fclose(f);
    data[size] = '\0';
    *len = (size_t)size;
    return data;
}

/*
 * A browser leaves empty lines between paragraphs, tabs between the cells of a table, blanks of
 * preformatted text and no-break spaces; here lines and blanks are single and cells are lines.
 */
static void even_out(char *text)
{
    char *out = text;

    for (char *p = text; *p;) {
        char between = '\0';

        for (; strchr(" \t\n", *p) || strncmp(p, "\xC2\xA0", 2) == 0; p++) {
            if (!*p)
                break;
            if (*p == '\n' || *p == '\t')
                between = '\n';
            else if (!between)
                between = ' ';
            p += (unsigned char)*p == 0xC2;
        }
        if (between && out > text && *p)
            *out++ = between;
        if (*p)
            *out++ = *p++;
    }
    *out = '\0';
}

static void compare(const char *name)
{
    struct html_page page;
    size_t len;
    char *source = load(name, ".html", &len), *expected = load(name, ".txt", &(size_t){0}), *read;

    html_page_init(&page, &mem_libc);
    ck_assert(html_read(&page, source, len));
    read = malloc(page.shown.len + 1);
    memcpy(read, page.shown.text, page.shown.len);
    read[page.shown.len] = '\0';
    even_out(read);
    even_out(expected);
    if (strcmp(read, expected) != 0)
        fprintf(stderr, "%s: read\n%s\n-- shown\n%s\n", name, read, expected);
    ck_assert_str_eq(read, expected);
    free(read);
    free(expected);
    free(source);
    html_page_clear(&page);
}

START_TEST(equal_a_browser)
{
    struct dirent **names;
    int n = scandir(PAGES, &names, NULL, alphasort), pages = 0;

    for (int i = 0; i < n; i++) {
        const char *dot = strchr(names[i]->d_name, '.');

        if (dot && strcmp(dot, ".html") == 0) {
            compare(names[i]->d_name);
            pages++;
        }
        free(names[i]);
    }
    free(names);
    ck_assert_int_ge(pages, 20);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("html_pages");
    TCase *t = tcase_create("pages");

    tcase_add_test(t, equal_a_browser);
    suite_add_tcase(s, t);
    return test_run(s);
}
