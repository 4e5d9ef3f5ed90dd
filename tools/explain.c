/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "output.h"

#include <librules/diagnostic.h>
#include <strings.h>

static const struct option_spec options[] = {COMMON_OPTIONS};

/* Reads RLS-104 or 104. @return 0, which is no message, when it is neither */
static uint32_t read_number(const char *word)
{
    uint32_t number = 0;

    if (strncasecmp(word, "RLS-", 4) == 0)
        word += 4;
    for (; *word >= '0' && *word <= '9' && number < 100000; word++)
        number = number * 10 + (uint32_t)(*word - '0');
    return *word ? 0 : number;
}

static bool has_digits(const char *word)
{
    if (strncasecmp(word, "RLS-", 4) == 0)
        return true;
    while (*word >= '0' && *word <= '9')
        word++;
    return *word == '\0';
}

static int explain(const char *word)
{
    struct buffer b = {0};
    uint32_t number = read_number(word);
    const char *explanation = number ? rls_message_explain(number, text_language()) : NULL;

    if (!explanation) {
        complain(has_digits(word) ? TEXT_NO_SUCH_MESSAGE : TEXT_NOT_A_NUMBER, word);
        return command_misused(&command_explain);
    }
    buffer_say(&b, TEXT_EXPLAINED, number, explanation);
    return output_all(&b, STATUS_CLEAN);
}

static int run(int argc, char **argv)
{
    struct option_reader r;
    const char *word = NULL;
    int id;

    option_begin(&r, options, argc, argv);
    while ((id = option_next(&r)) != OPTION_END) {
        if (id == OPTION_HELP)
            return command_print_help(&command_explain);
        if (id == OPTION_WORD && word)
            complain(TEXT_TOO_MANY_WORDS, r.value);
        if (id == OPTION_BAD || (id == OPTION_WORD && word))
            return command_misused(&command_explain);
        if (id == OPTION_WORD)
            word = r.value;
    }
    if (word)
        return explain(word);
    complain(TEXT_NO_NUMBER);
    return command_misused(&command_explain);
}

const struct command command_explain = {
    "explain", "RLS-NUMBER", TEXT_EXPLAIN_SUMMARY, TEXT_EXPLAIN_DETAILS, options, run};
