/* SPDX-License-Identifier: Apache-2.0 */
#include "collect.h"

#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST = 32 };

static bool collect_directory(struct paths *files, const char *path, int depth);

static char *join(const char *directory, const char *name)
{
    size_t len = strlen(directory);
    bool slash = len > 0 && directory[len - 1] == '/';
    size_t size = len + strlen(name) + 2;
    char *path = malloc(size);

    if (!path) {
        complain(TEXT_NO_MEMORY);
        return NULL;
    }
    snprintf(path, size, "%s%s%s", directory, slash ? "" : "/", name);
    return path;
}

static bool is_xml(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && strcmp(name + len - 4, ".xml") == 0;
}

static bool collect_entry(struct paths *files, const char *path, const char *name, int depth)
{
    struct stat link, target;

    if (lstat(path, &link) < 0 || stat(path, &target) < 0) {
        /* A link to nowhere matters only when it would have been read. */
        if (!is_xml(name))
            return true;
        complain(TEXT_CANNOT_READ, path, strerror(errno));
        return false;
    }
    /* Directories are not entered through links: they might lead back. */
    if (S_ISDIR(link.st_mode))
        return strcmp(name, "schema") == 0 || collect_directory(files, path, depth + 1);
    if (S_ISREG(target.st_mode) && is_xml(name))
        return paths_add(files, path);
    return true;
}

static bool collect_entries(struct paths *files, DIR *directory, const char *path, int depth)
{
    bool good = true;
    struct dirent *entry;

    while ((errno = 0, entry = readdir(directory))) {
        if (entry->d_name[0] == '.')
            continue;
        char *child = join(path, entry->d_name);
        if (!child)
            return false;
        good = collect_entry(files, child, entry->d_name, depth) && good;
        free(child);
    }
    if (errno) {
        complain(TEXT_CANNOT_READ, path, strerror(errno));
        good = false;
    }
    return good;
}

static bool collect_directory(struct paths *files, const char *path, int depth)
{
    if (depth > DEEPEST) {
        complain(TEXT_TOO_DEEP, path);
        return false;
    }
    DIR *directory = opendir(path);
    if (!directory) {
        complain(TEXT_CANNOT_READ, path, strerror(errno));
        return false;
    }
    bool good = collect_entries(files, directory, path, depth);
    closedir(directory);
    return good;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool collect_files(struct paths *files, const char *root)
{
    struct stat st;

    if (stat(root, &st) < 0) {
        complain(TEXT_CANNOT_READ, root, strerror(errno));
        return false;
    }
    if (!S_ISDIR(st.st_mode))
        return paths_add(files, root);

    size_t before = files->count;
    if (!collect_directory(files, root, 0))
        return false;
    if (files->count == before) {
        complain(TEXT_NO_RULE_FILES, root);
        return false;
    }
    qsort(files->items + before, files->count - before, sizeof *files->items, compare_paths);
    return true;
}
