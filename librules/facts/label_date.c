/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/label_date.h"

#include <string.h>

/* Eight digits are a day only of these years: others are numbers. */
enum { FIRST_YEAR = 1949, LAST_YEAR = 2099 };

struct marked {
    const char *p, *end;
};

/* A number of least to most digits; 0 when there is none. */
static uint32_t number(struct marked *m, int least, int most)
{
    uint32_t n = 0;
    int digits = 0;

    for (; digits < most && m->p < m->end && *m->p >= '0' && *m->p <= '9'; digits++)
        n = n * 10 + (uint32_t)(*m->p++ - '0');
    return digits < least ? 0 : n;
}

static bool skip(struct marked *m, const char *mark)
{
    size_t n = strlen(mark);

    if ((size_t)(m->end - m->p) < n || memcmp(m->p, mark, n) != 0)
        return false;
    m->p += n;
    return true;
}

static bool is_day(uint32_t year, uint32_t month, uint32_t day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
           day <= civil_month_days((int32_t)year, month);
}

bool label_date_parse(const char *text, size_t len, struct civil *out)
{
    static const char *const marks[][3] = {
        {"年", "月", "日"}, {"年", "月", ""}, {"/", "/", ""},
        {".", ".", ""},     {"-", "-", ""},   {"", "", ""},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct marked m = {text, text + len};
        const int least = *marks[i][0] ? 1 : 2;
        uint32_t year = number(&m, 4, 4);
        bool ok = skip(&m, marks[i][0]);
        uint32_t month = number(&m, least, 2);
        uint32_t day;

        ok = ok && skip(&m, marks[i][1]);
        day = number(&m, least, 2);
        ok = ok && skip(&m, marks[i][2]) && m.p == m.end;
        if (!ok || !is_day(year, month, day))
            continue;
        *out = (struct civil){.year = (int32_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
        return true;
    }
    return false;
}
