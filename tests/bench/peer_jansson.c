/* SPDX-License-Identifier: Apache-2.0 */
#include "engines.h"

#if defined(BENCH_JANSSON)
#include <jansson.h>

static uint64_t parse(void *state, const char *text, size_t len)
{
    json_t *root = json_loadb(text, len, 0, NULL);
    const uint64_t members = json_object_size(root);

    (void)state;
    if (!root)
        fatal("a document was refused", "jansson");
    json_decref(root);
    return members;
}

struct engine jansson_parser(void)
{
    static char nothing;

    return (struct engine){.name = "jansson " JANSSON_VERSION, .run = parse, .state = &nothing};
}
#else
struct engine jansson_parser(void)
{
    return (struct engine){.name = "jansson"};
}
#endif
