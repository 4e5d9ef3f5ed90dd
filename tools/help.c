/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "output.h"

#include <string.h>

const struct command *command_find(const char *name)
{
    const char *names[32] = {NULL};

    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
        names[i] = commands[i]->name;
    }
    const char *hint = nearest_name(name, names);
    if (hint)
        complain(TEXT_UNKNOWN_COMMAND_HINT, name, hint);
    else
        complain(TEXT_UNKNOWN_COMMAND, name);
    return NULL;
}

int command_misused(const struct command *c)
{
    struct buffer b = {0};

    buffer_say(&b, TEXT_TRY_COMMAND_HELP, c->name);
    print_error(b.data, b.len);
    buffer_free(&b);
    return STATUS_USAGE;
}

enum { HELP_COLUMN = 30 };

static void describe_option(struct buffer *b, const struct option_spec *spec)
{
    size_t begin = b->len;

    if (spec->letter)
        buffer_format(b, "  -%c, --%s", spec->letter, spec->name);
    else
        buffer_format(b, "      --%s", spec->name);
    if (spec->value)
        buffer_format(b, " %s", spec->value);
    size_t width = b->len - begin;
    if (width >= HELP_COLUMN)
        buffer_format(b, "\n%*s", HELP_COLUMN, "");
    else
        buffer_format(b, "%*s", (int)(HELP_COLUMN - width), "");
    buffer_format(b, "%s\n", text(spec->help));
}

int command_print_help(const struct command *c)
{
    struct buffer b = {0};

    buffer_say(&b, TEXT_USAGE, c->name, c->usage);
    buffer_format(&b, "\n%s\n", text(c->details));
    buffer_format(&b, "\n%s\n", text(TEXT_OPTIONS));
    for (const struct option_spec *spec = c->options; spec->id; spec++)
        describe_option(&b, spec);
    return output_all(&b, STATUS_CLEAN);
}

static int print_overview(void)
{
    struct buffer b = {0};

    buffer_say(&b, TEXT_OVERVIEW);
    for (size_t i = 0; commands[i]; i++)
        buffer_format(&b, "  %-13s%s\n", commands[i]->name, text(commands[i]->summary));
    buffer_say(&b, TEXT_OVERVIEW_END);
    return output_all(&b, STATUS_CLEAN);
}

static const struct option_spec options[] = {COMMON_OPTIONS};

static int run(int argc, char **argv)
{
    struct option_reader r;
    const char *topic = NULL;
    int id;

    option_begin(&r, options, argc, argv);
    while ((id = option_next(&r)) != OPTION_END) {
        if (id == OPTION_BAD)
            return command_misused(&command_help);
        if (id == OPTION_HELP)
            return command_print_help(&command_help);
        if (id == OPTION_WORD && topic) {
            complain(TEXT_TOO_MANY_WORDS, r.value);
            return command_misused(&command_help);
        }
        if (id == OPTION_WORD)
            topic = r.value;
    }
    if (!topic)
        return print_overview();
    const struct command *c = command_find(topic);
    return c ? command_print_help(c) : STATUS_USAGE;
}

const struct command command_help = {"help",  "[COMMAND]", TEXT_HELP_SUMMARY, TEXT_HELP_DETAILS,
                                     options, run};
