/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

static struct rls_citation read_citation(struct build *b, const struct element *e)
{
    return (struct rls_citation){.size = sizeof(struct rls_citation),
                                 .source = keep_text(b, value_of(e, ATTRIBUTE_ID)),
                                 .title = keep_words(b, e),
                                 .number = keep_text(b, value_of(e, ATTRIBUTE_NUMBER)),
                                 .issuer = keep_text(b, value_of(e, ATTRIBUTE_ISSUER)),
                                 .published = keep_text(b, value_of(e, ATTRIBUTE_PUBLISHED)),
                                 .from = keep_text(b, value_of(e, ATTRIBUTE_FROM)),
                                 .until = keep_until(b, e),
                                 .url = keep_text(b, value_of(e, ATTRIBUTE_URL)),
                                 .standing = chosen_of(e, ATTRIBUTE_STANDING)};
}

static void check_days(struct build *b, const struct part *part, const struct element *e)
{
    struct civil civil;

    (void)read_day(b, part, e, ATTRIBUTE_PUBLISHED, &civil);
    (void)read_day(b, part, e, ATTRIBUTE_FROM, &civil);
    (void)read_day(b, part, e, ATTRIBUTE_UNTIL, &civil);
    (void)read_day(b, part, e, ATTRIBUTE_THROUGH, &civil);
}

static void enter_source(struct build *b, struct part *part, const struct element *e,
                         struct cited *out)
{
    size_t errors = b->d->count[RLS_ERROR];

    out->begins = INT64_MIN;
    out->until = INT64_MAX;
    out->citation = read_citation(b, e);
    check_days(b, part, e);
    /* A day that cannot be read was reported. */
    if (b->d->count[RLS_ERROR] == errors)
        read_period(b, part, e, &out->begins, &out->until);
}

void enter_sources(struct build *b, struct part *part)
{
    const struct element *e = child_of(part->root, ELEMENT_SOURCE);

    for (; e && !b->failed; e = next_of(e))
        names_add(&part->sources, b, part, e);
    part->cited = need(b, arena_array(b->scratch, part->sources.ids.count, sizeof *part->cited));
    for (uint32_t id = 0; id < part->sources.ids.count && !b->failed; id++)
        enter_source(b, part, part->sources.elements[id], &part->cited[id]);
}
