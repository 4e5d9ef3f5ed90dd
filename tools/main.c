/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct command *const commands[] = {&command_check,
                                          &command_profile,
                                          &command_validate,
                                          &command_test,
                                          &command_fmt,
                                          &command_list,
                                          &command_explain,
                                          &command_completions,
                                          &command_version,
                                          &command_help,
                                          NULL};

/* --lang also decides how a mistake in another option is told, so it is looked for first. */
static const char *find_lang(char **words)
{
    const char *found = NULL;

    for (; *words && strcmp(*words, "--") != 0; words++) {
        if (strncmp(*words, "--lang=", 7) == 0)
            found = *words + 7;
        else if (strcmp(*words, "--lang") == 0 && words[1])
            found = *++words;
    }
    return found;
}

/* `rule-check --lang en check ...` is accepted too. */
static char **skip_lang(char **words)
{
    while (*words) {
        if (strncmp(*words, "--lang=", 7) == 0)
            words++;
        else if (strcmp(*words, "--lang") == 0 && words[1])
            words += 2;
        else
            break;
    }
    return words;
}

/* A file opened while 0, 1 or 2 is closed would otherwise take its number. */
static void open_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDWR) < 0)
            exit(STATUS_FAILED);
}

static int misused(void)
{
    struct buffer b = {0};

    buffer_say(&b, TEXT_TRY_HELP);
    print_error(b.data, b.len);
    buffer_free(&b);
    return STATUS_USAGE;
}

static const struct command *choose(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return &command_help;
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return &command_version;
    return command_find(word);
}

int main(int argc, char **argv)
{
    char **end = argv + argc;
    char **words = argc > 0 ? argv + 1 : argv;

    open_standard_descriptors();
    text_choose(NULL);
    const char *lang = find_lang(words);
    if (lang && !text_choose(lang)) {
        complain(TEXT_BAD_LANG, lang);
        return misused();
    }
    words = skip_lang(words);
    if (!*words) {
        complain(TEXT_NO_COMMAND);
        return misused();
    }
    const struct command *c = choose(*words);
    if (!c)
        return misused();
    return c->run((int)(end - words), words);
}
