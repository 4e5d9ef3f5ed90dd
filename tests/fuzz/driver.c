/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target as an ordinary test: every seed as it is, cut at many places, and mutated
 * with a fixed generator. With clang's -fsanitize=fuzzer this file is left out.
 *
 *   target ROUNDS SEED-FILE-OR-FOLDER...
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "target.h"

enum { MAX_SEED = 16 * 1024, MAX_PATH = 4096, CUTS = 64 };

static uint64_t state = 88172645463325252u;

static uint32_t draw(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % below;
}

static size_t insert(unsigned char *data, size_t len, size_t at, const void *piece, size_t n)
{
    if (len + n > 2 * MAX_SEED)
        return len;
    memmove(data + at + n, data + at, len - at);
    memcpy(data + at, piece, n);
    return len + n;
}

static size_t mutate(unsigned char *data, size_t len)
{
    static const char *const pieces[] = {"<",
                                         "</",
                                         "\"",
                                         "&#x0;",
                                         "<!DOCTYPE",
                                         "\xFF",
                                         "\xE7",
                                         "矿",
                                         "\0",
                                         "\\u",
                                         "{",
                                         "[",
                                         "-",
                                         "\\ud83d",
                                         ":",
                                         "/>",
                                         "<![CDATA[",
                                         "xml:",
                                         "​",
                                         "\xED\xA0\x80",
                                         "𠀀",
                                         "1e999",
                                         "null",
                                         "，",
                                         "<p>",
                                         "</p>",
                                         "<b>",
                                         "</b>",
                                         "<q hidden>",
                                         "</q>",
                                         "<svg>",
                                         "<td>",
                                         "<style/>",
                                         "&nbsp;",
                                         "&lt;",
                                         "<!--",
                                         "<table>",
                                         "<a href='",
                                         "<i style=\"visibility:hidden\">",
                                         "<i style=\"font-size:0\">",
                                         "<q style='visibility:visible;font-size:9px'>",
                                         "<textarea>",
                                         "</svg>",
                                         "<img alt=\"",
                                         "<div style=display:inline>",
                                         "</div>",
                                         "<template>",
                                         "</template>",
                                         "矿机",
                                         "btc",
                                         "\n",
                                         "\\d+",
                                         "\\b",
                                         "(?:",
                                         ")",
                                         "|",
                                         "{0,3}",
                                         "*?",
                                         "[^a-c]",
                                         "(?<=",
                                         "(?!",
                                         "^",
                                         "$",
                                         "\xCC\x81",
                                         "㎏",
                                         "ＡＢ",
                                         "wei",
                                         "薇",
                                         "口",
                                         "信信",
                                         "🪙"};
    size_t at = draw((uint32_t)len + 1), n;
    const char *piece;

    switch (draw(5)) {
    case 0:
        if (at < len)
            data[at] ^= (unsigned char)(1u << draw(8));
        return len;
    case 1:
        n = draw(8) < len - at ? draw(8) : 0;
        if (n > len - at)
            n = len - at;
        memmove(data + at, data + at + n, len - at - n);
        return len - n;
    case 2:
        n = len - at < 64 ? len - at : 64;
        {
            unsigned char copy[64];
            memcpy(copy, data + at, n);
            return insert(data, len, draw((uint32_t)len + 1), copy, n);
        }
    default:
        piece = pieces[draw(sizeof pieces / sizeof pieces[0])];
        return insert(data, len, at, piece, *piece ? strlen(piece) : 1);
    }
}

static void run_seed(const unsigned char *seed, size_t len, unsigned long rounds)
{
    static unsigned char data[2 * MAX_SEED + 64];
    size_t step = len / CUTS + 1;

    LLVMFuzzerTestOneInput(seed, len);
    for (size_t cut = 0; cut < len; cut += step)
        LLVMFuzzerTestOneInput(seed, cut);
    for (unsigned long i = 0; i < rounds; i++) {
        size_t n = len;

        memcpy(data, seed, len);
        for (uint32_t m = draw(6) + 1; m; m--)
            n = mutate(data, n);
        LLVMFuzzerTestOneInput(data, n);
    }
}

static int run_file(const char *path, unsigned long rounds)
{
    static unsigned char seed[MAX_SEED];
    FILE *f = fopen(path, "rb");
    size_t len;

    if (!f) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 0;
    }
    len = fread(seed, 1, sizeof seed, f);
    fclose(f);
    run_seed(seed, len, rounds);
    return 1;
}

static int run_path(const char *path, unsigned long rounds)
{
    char inner[MAX_PATH];
    struct dirent **names;
    struct stat st;
    int n, ran = 0;

    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return run_file(path, rounds);
    n = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (names[i]->d_name[0] != '.' &&
            snprintf(inner, sizeof inner, "%s/%s", path, names[i]->d_name) < MAX_PATH)
            ran += run_path(inner, rounds);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    return ran;
}

int main(int argc, char **argv)
{
    unsigned long rounds = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    int ran = 0;

    for (int i = 2; i < argc; i++)
        ran += run_path(argv[i], rounds);
    printf("%d seeds, %lu mutations each\n", ran, rounds);
    return ran == 0;
}
