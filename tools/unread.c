/* SPDX-License-Identifier: Apache-2.0 */
#include "unread.h"

#include "text.h"

#include <librules/set.h>
#include <string.h>

/* Lines of text, and the longest path that the library keeps. */
enum { MOST_SHOWN = 10, LONGEST_PATH = 512, LONGEST_FIELD = 128 };

bool unread_collect(struct counts *members, const struct rls_evaluator *ev, uint64_t document)
{
    struct rls_text path;
    size_t at = 0;

    while (rls_evaluator_unread(ev, &at, &path)) {
        char name[LONGEST_PATH + 1];
        size_t len = path.len < LONGEST_PATH ? path.len : LONGEST_PATH;

        memcpy(name, path.data, len);
        name[len] = '\0';
        if (!counts_add(members, name, NULL, document))
            return false;
    }
    return true;
}

/* The field that people mean by the name, or that it is a slip of; "" when there is none. */
static const char *meant(const struct rls_set *set, uint32_t subject, const char *name,
                         char field[LONGEST_FIELD])
{
    const char *nearest = NULL;

    if (rls_set_field_called(set, subject, name, field, LONGEST_FIELD))
        return field;
    rls_set_field_known(set, subject, name, &nearest);
    return nearest ? nearest : "";
}

void unread_write_text(const struct counts *members, const struct rls_set *set, uint32_t subject,
                       struct buffer *b)
{
    size_t shown = members->count < MOST_SHOWN ? members->count : MOST_SHOWN;

    for (size_t i = 0; i < shown; i++) {
        const struct counted *m = &members->items[i];
        char field[LONGEST_FIELD];
        const char *near = meant(set, subject, m->name, field);

        buffer_say(b, TEXT_SUM_UNREAD);
        buffer_plain(b, m->name);
        buffer_say(b, TEXT_SUM_UNREAD_IN);
        buffer_count(b, TEXT_ONE_DOCUMENT, m->documents);
        if (*near)
            buffer_say(b, TEXT_SUM_UNREAD_HINT, near);
        buffer_text(b, "\n");
    }
    size_t further = members->count - shown;
    if (members->more)
        buffer_say(b, TEXT_SUM_UNREAD_LEAST, further + 1);
    else if (further > 0)
        buffer_say(b, TEXT_SUM_UNREAD_MORE, further);
}

void unread_write_json(const struct counts *members, const struct rls_set *set, uint32_t subject,
                       struct buffer *b)
{
    buffer_text(b, ",\"unknown_members\":[");
    for (size_t i = 0; i < members->count; i++) {
        const struct counted *m = &members->items[i];
        char field[LONGEST_FIELD];
        const char *near = meant(set, subject, m->name, field);

        buffer_text(b, i ? ",{\"member\":" : "{\"member\":");
        buffer_json(b, m->name);
        buffer_format(b, ",\"documents\":%llu", (unsigned long long)m->documents);
        if (*near) {
            buffer_text(b, ",\"meant\":");
            buffer_json(b, near);
        }
        buffer_text(b, "}");
    }
    buffer_format(b, "],\"unknown_members_cut\":%llu", (unsigned long long)members->more);
}
