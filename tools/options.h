/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

/* One option of a command. A table ends with an all-zero entry. */
struct option_spec {
    int id;           /* > 0 */
    char letter;      /* or 0 */
    const char *name; /* without the dashes */
    /* What its value is called in the help: FILE and PATH are files, and words with | between them
     * are all it may be, which completions offer. NULL: it takes none. */
    const char *value;
    enum text_id help;
};

/* Options every command has; their ids lie above those of any command. */
enum { OPTION_HELP = 1000, OPTION_LANG };
/* clang-format off */
#define COMMON_OPTIONS                                                                             \
    {OPTION_LANG, 0, "lang", "zh-CN|en", TEXT_OPT_LANG},                                           \
    {OPTION_HELP, 'h', "help", NULL, TEXT_OPT_HELP},                                               \
    {0, 0, NULL, NULL, TEXT_NONE}
/* clang-format on */

enum { OPTION_END = 0, OPTION_WORD = -1, OPTION_BAD = -2 };

struct option_reader {
    const struct option_spec *specs;
    char **argv;
    int argc;
    int at;
    const char *letters; /* rest of a group such as -qa */
    bool only_words;     /* after -- */
    const char *value;   /* of the last option, or the last word */
};

/* argv[0] is the name of the command and is passed over. */
void option_begin(struct option_reader *r, const struct option_spec *specs, int argc, char **argv);
/* @return the id of the next option, OPTION_WORD, OPTION_END, or OPTION_BAD after saying why */
int option_next(struct option_reader *r);

/* Readers of values; each says what is wrong. @p name is the option's. */
bool option_number(const char *name, const char *value, uint64_t low, uint64_t high, uint64_t *out);
/* @p choices ends with NULL; @p out is the index. */
bool option_choice(const char *name, const char *value, const char *const *choices, unsigned *out);

/* The one of @p names (ended by NULL) that @p word was probably meant to be, or NULL. */
const char *nearest_name(const char *word, const char *const *names);

#endif
