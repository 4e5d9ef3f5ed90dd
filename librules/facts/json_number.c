/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_number.h"

static const char *digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

static bool any_digits(const char **p, const char *end)
{
    const char *begin = *p;

    *p = digits(begin, end);
    return *p > begin;
}

bool json_number_valid(const char *text, size_t len)
{
    const char *p = text, *end = text + len;

    if (p < end && *p == '-')
        p++;
    if (p < end && *p == '0')
        p++;
    else if (!any_digits(&p, end))
        return false;
    if (p < end && *p == '.' && (p++, !any_digits(&p, end)))
        return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-'))
            p++;
        if (!any_digits(&p, end))
            return false;
    }
    return p == end;
}
