/* SPDX-License-Identifier: Apache-2.0 */
#include "set/program.h"

struct ruling ruling_over(struct ruling base, const struct ruling *over)
{
    if (over->says & RULING_SEVERITY) {
        base.severity = over->severity;
        base.mildness = over->mildness;
    }
    if (over->says & RULING_VERDICT)
        base.verdict = over->verdict;
    if (over->says & RULING_ACTION)
        base.action = over->action;
    if (over->says & RULING_POINTS)
        base.points = over->points;
    base.says |= over->says;
    return base;
}

bool ruling_is_milder(const struct ruling *a, const struct ruling *b)
{
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict;
    if (a->mildness != b->mildness)
        return a->mildness > b->mildness;
    return a->points < b->points;
}
