/* SPDX-License-Identifier: Apache-2.0 */
#include "listed.h"

#include <stdlib.h>
#include <string.h>

/* Adds the names that a value in quotation marks holds, a blank between. */
static bool add_names(struct counts *names, const char *value, size_t len)
{
    bool good = true;

    while (good && len > 0) {
        size_t n = strcspn(value, " \"");
        char *name = n < len ? strndup(value, n) : strndup(value, len);

        n = n < len ? n : len;
        good = name && (n == 0 || counts_add(names, name, NULL, 1));
        free(name);
        n += n < len;
        value += n;
        len -= n;
    }
    return good;
}

/* Of a condition the attributes are written as in XML, those of guards behind them. */
static bool add_condition(struct counts *names, const char *operand)
{
    static const char mark[] = "terms=\"";
    bool good = true;

    for (const char *at = operand; good && (at = strstr(at, mark));) {
        at += sizeof mark - 1;
        good = add_names(names, at, strcspn(at, "\""));
    }
    return good;
}

bool listed_names(struct counts *names, const struct rls_outline *outline,
                  const struct rls_rule *rule)
{
    const struct rls_condition *c;
    bool good = true;

    for (size_t i = 0; good && (c = rls_outline_at(outline, i)); i++)
        if (c->rule == rule)
            good = add_condition(names, c->operand);
    return good;
}
