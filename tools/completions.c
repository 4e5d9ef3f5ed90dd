/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "output.h"

#include <string.h>

/* What is offered for a value or an argument. */
enum offer { OFFER_NOTHING, OFFER_FILES, OFFER_WORDS, OFFER_COMMANDS };

static enum offer offer_of(const char *called)
{
    if (strchr(called, '|'))
        return OFFER_WORDS;
    if (strstr(called, "FILE") || strstr(called, "PATH"))
        return OFFER_FILES;
    return OFFER_NOTHING;
}

/* What stands behind the options in the synopsis: "[OPTION]... [PATH]...". */
static const char *argument_of(const struct command *c)
{
    const char *after = strstr(c->usage, "[OPTION]...");

    return after ? after + strlen("[OPTION]...") : c->usage;
}

static enum offer offer_argument(const struct command *c)
{
    if (strstr(argument_of(c), "COMMAND"))
        return OFFER_COMMANDS;
    return offer_of(argument_of(c));
}

/* "a|b" as "a b". */
static void put_words(struct buffer *b, const char *called)
{
    for (; *called; called++)
        if (*called != '[' && *called != ']')
            buffer_put(b, *called == '|' ? " " : called, 1);
}

static void put_commands(struct buffer *b)
{
    for (size_t i = 0; commands[i]; i++)
        buffer_format(b, "%s%s", i ? " " : "", commands[i]->name);
}

/* Between single quotes, in which zsh and fish read no escape but that of the quote. */
static void put_quoted(struct buffer *b, const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            buffer_text(b, "'\\''");
        else if (strchr(escaped, *text))
            buffer_format(b, "\\%c", *text);
        else
            buffer_put(b, text, 1);
    }
}

static void bash_option(struct buffer *b, const struct command *c, const struct option_spec *o)
{
    if (!o->value)
        return;
    buffer_format(b, "        \"%s --%s\"", c->name, o->name);
    if (o->letter)
        buffer_format(b, " | \"%s -%c\"", c->name, o->letter);
    switch (offer_of(o->value)) {
    case OFFER_WORDS:
        buffer_text(b, ") words='");
        put_words(b, o->value);
        buffer_text(b, "' ;;\n");
        break;
    case OFFER_FILES:
        buffer_text(b, ") files=yes ;;\n");
        break;
    default:
        buffer_text(b, ") ;;\n");
    }
}

static void bash_argument(struct buffer *b, const struct command *c)
{
    enum offer offer = offer_argument(c);

    buffer_format(b, "        %s) options='", c->name);
    for (const struct option_spec *o = c->options; o->id; o++)
        buffer_format(b, "%s--%s", o == c->options ? "" : " ", o->name);
    buffer_text(b, "'");
    if (offer == OFFER_FILES)
        buffer_text(b, "; files=yes");
    if (offer == OFFER_WORDS || offer == OFFER_COMMANDS)
        buffer_text(b, "; words='");
    if (offer == OFFER_WORDS)
        put_words(b, argument_of(c));
    if (offer == OFFER_COMMANDS)
        put_commands(b);
    buffer_text(b, offer == OFFER_WORDS || offer == OFFER_COMMANDS ? "' ;;\n" : " ;;\n");
}

/* Bash cuts words at '=' too, so that --format=json are three. */
static void write_bash(struct buffer *b)
{
    buffer_text(b, "# bash completion for rule-check\n"
                   "_rule_check()\n{\n"
                   "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                   "    local command= options= words= files= i\n"
                   "    COMPREPLY=()\n"
                   "    if [[ $cur == = ]]; then\n"
                   "        cur=\n"
                   "    elif [[ $prev == = ]]; then\n"
                   "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
                   "    fi\n"
                   "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                   "        case ${COMP_WORDS[i]} in\n"
                   "        --lang) ((i++)); [[ ${COMP_WORDS[i]} == = ]] && ((i++)) ;;\n"
                   "        -*) ;;\n"
                   "        *) command=${COMP_WORDS[i]}; break ;;\n"
                   "        esac\n"
                   "    done\n"
                   "    if [[ -z $command ]]; then\n"
                   "        COMPREPLY=($(compgen -W '");
    put_commands(b);
    buffer_text(b, " --lang --help --version' -- \"$cur\"))\n"
                   "        return\n"
                   "    fi\n"
                   "    case \"$command $prev\" in\n");
    for (size_t i = 0; commands[i]; i++)
        for (const struct option_spec *o = commands[i]->options; o->id; o++)
            bash_option(b, commands[i], o);
    buffer_text(b, "    *)\n"
                   "        case $command in\n");
    for (size_t i = 0; commands[i]; i++)
        bash_argument(b, commands[i]);
    buffer_text(b, "        esac\n"
                   "        ;;\n"
                   "    esac\n"
                   "    if [[ $cur == -* && -n $options ]]; then\n"
                   "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
                   "    elif [[ -n $words ]]; then\n"
                   "        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                   "    elif [[ -n $files ]]; then\n"
                   "        compopt -o filenames 2>/dev/null\n"
                   "        local IFS=$'\\n'\n"
                   "        COMPREPLY=($(compgen -f -- \"$cur\"))\n"
                   "    fi\n"
                   "}\n"
                   "complete -F _rule_check rule-check\n");
}

static void zsh_value(struct buffer *b, const char *called, enum offer offer)
{
    if (offer == OFFER_WORDS) {
        buffer_text(b, ":value:(");
        put_words(b, called);
        buffer_text(b, ")");
    } else if (offer == OFFER_COMMANDS) {
        buffer_text(b, ":command:(");
        put_commands(b);
        buffer_text(b, ")");
    } else {
        buffer_text(b, offer == OFFER_FILES ? ":file:_files" : ":value: ");
    }
}

static void zsh_option(struct buffer *b, const struct option_spec *o)
{
    buffer_text(b, "            ");
    if (o->letter)
        buffer_format(b, "'(-%c --%s)'{-%c", o->letter, o->name, o->letter);
    buffer_format(b, o->letter ? ",--%s" : "'--%s", o->name);
    buffer_text(b, o->value ? "=" : "");
    buffer_text(b, o->letter ? "}'[" : "[");
    put_quoted(b, text(o->help), "[]:");
    buffer_text(b, "]");
    if (o->value)
        zsh_value(b, o->value, offer_of(o->value));
    buffer_text(b, "' \\\n");
}

static void zsh_command(struct buffer *b, const struct command *c)
{
    enum offer offer = offer_argument(c);

    buffer_format(b, "        %s)\n        _arguments \\\n", c->name);
    for (const struct option_spec *o = c->options; o->id; o++)
        zsh_option(b, o);
    buffer_text(b, "            '*");
    zsh_value(b, argument_of(c) + strspn(argument_of(c), " "), offer);
    buffer_text(b, "' ;;\n");
}

static void write_zsh(struct buffer *b)
{
    buffer_text(b, "#compdef rule-check\n"
                   "_rule_check()\n{\n"
                   "    local curcontext=$curcontext state line\n"
                   "    local -a commands\n"
                   "    _arguments -C '1:command:->command' '*::argument:->argument'\n"
                   "    case $state in\n"
                   "    command)\n"
                   "        commands=(\n");
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(b, "            '%s:", commands[i]->name);
        put_quoted(b, text(commands[i]->summary), ":");
        buffer_text(b, "'\n");
    }
    buffer_text(b, "        )\n"
                   "        _describe command commands ;;\n"
                   "    argument)\n"
                   "        case $words[1] in\n");
    for (size_t i = 0; commands[i]; i++)
        zsh_command(b, commands[i]);
    buffer_text(b, "        esac ;;\n"
                   "    esac\n"
                   "}\n"
                   "_rule_check \"$@\"\n");
}

static void fish_value(struct buffer *b, const char *called, enum offer offer)
{
    if (offer == OFFER_WORDS || offer == OFFER_COMMANDS) {
        buffer_text(b, " -a '");
        if (offer == OFFER_WORDS)
            put_words(b, called + strspn(called, " "));
        else
            put_commands(b);
        buffer_text(b, "'");
    }
}

static void fish_option(struct buffer *b, const struct command *c, const struct option_spec *o)
{
    buffer_format(b, "complete -c rule-check -n '__fish_seen_subcommand_from %s' -l %s", c->name,
                  o->name);
    if (o->letter)
        buffer_format(b, " -s %c", o->letter);
    if (o->value) {
        buffer_text(b, offer_of(o->value) == OFFER_FILES ? " -r -F" : " -x");
        fish_value(b, o->value, offer_of(o->value));
    }
    buffer_text(b, " -d '");
    put_quoted(b, text(o->help), "\\");
    buffer_text(b, "'\n");
}

static void write_fish(struct buffer *b)
{
    buffer_text(b, "# fish completion for rule-check\n"
                   "complete -c rule-check -f\n");
    for (size_t i = 0; commands[i]; i++) {
        const struct command *c = commands[i];
        buffer_format(b, "complete -c rule-check -n __fish_use_subcommand -a %s -d '", c->name);
        put_quoted(b, text(c->summary), "\\");
        buffer_text(b, "'\n");
        if (offer_argument(c) != OFFER_NOTHING) {
            buffer_format(b, "complete -c rule-check -n '__fish_seen_subcommand_from %s'%s",
                          c->name, offer_argument(c) == OFFER_FILES ? " -F" : "");
            fish_value(b, argument_of(c), offer_argument(c));
            buffer_text(b, "\n");
        }
        for (const struct option_spec *o = c->options; o->id; o++)
            fish_option(b, c, o);
    }
}

static const struct option_spec options[] = {COMMON_OPTIONS};

static int print_completions(const char *shell)
{
    static const char *const shells[] = {"bash", "zsh", "fish", NULL};
    static void (*const writers[])(struct buffer * b) = {write_bash, write_zsh, write_fish};
    struct buffer b = {0};

    for (size_t i = 0; shell && shells[i]; i++) {
        if (strcmp(shell, shells[i]) == 0) {
            writers[i](&b);
            return output_all(&b, STATUS_CLEAN);
        }
    }
    complain(TEXT_NO_SHELL);
    return command_misused(&command_completions);
}

static int run(int argc, char **argv)
{
    struct option_reader r;
    const char *shell = NULL;
    int id;

    option_begin(&r, options, argc, argv);
    while ((id = option_next(&r)) != OPTION_END) {
        if (id == OPTION_HELP)
            return command_print_help(&command_completions);
        if (id == OPTION_WORD && shell)
            complain(TEXT_TOO_MANY_WORDS, r.value);
        if (id == OPTION_BAD || (id == OPTION_WORD && shell))
            return command_misused(&command_completions);
        if (id == OPTION_WORD)
            shell = r.value;
    }
    return print_completions(shell);
}

const struct command command_completions = {"completions",
                                            "bash|zsh|fish",
                                            TEXT_COMPLETIONS_SUMMARY,
                                            TEXT_COMPLETIONS_DETAILS,
                                            options,
                                            run};
