/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "output.h"

#include <librules/base.h>

enum { OPT_JSON = 1 };

static const struct option_spec options[] = {{OPT_JSON, 0, "json", NULL, TEXT_OPT_JSON},
                                             COMMON_OPTIONS};

static int print_json(void)
{
    struct buffer b = {0};

    buffer_text(&b, "{\"library\":");
    buffer_json(&b, rls_version_string());
    buffer_format(&b, ",\"library_number\":%lu,\"headers\":", (unsigned long)rls_version_number());
    buffer_json(&b, RLS_VERSION_STRING);
    buffer_format(&b, ",\"headers_number\":%lu,\"unicode\":", (unsigned long)RLS_VERSION_NUMBER);
    buffer_json(&b, rls_unicode_version());
    buffer_text(&b, "}\n");
    return output_all(&b, STATUS_CLEAN);
}

static int print_text(void)
{
    struct buffer b = {0};

    buffer_format(&b, "rule-check %s\n", RLS_VERSION_STRING);
    buffer_say(&b, TEXT_VERSION, rls_version_string(), RLS_VERSION_STRING, rls_unicode_version());
    return output_all(&b, STATUS_CLEAN);
}

static int run(int argc, char **argv)
{
    struct option_reader r;
    bool json = false;
    int id;

    option_begin(&r, options, argc, argv);
    while ((id = option_next(&r)) != OPTION_END) {
        if (id == OPTION_WORD)
            complain(TEXT_TOO_MANY_WORDS, r.value);
        if (id == OPTION_WORD || id == OPTION_BAD)
            return command_misused(&command_version);
        if (id == OPTION_HELP)
            return command_print_help(&command_version);
        if (id == OPT_JSON)
            json = true;
    }
    return json ? print_json() : print_text();
}

const struct command command_version = {
    "version", "[--json]", TEXT_VERSION_SUMMARY, TEXT_VERSION_DETAILS, options, run};
