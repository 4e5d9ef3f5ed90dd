/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "base/utf8.h"
#include "eval/evaluator.h"

int rls_evaluator_begin(struct rls_evaluator *ev, uint32_t subject, struct rls_builder **out)
{
    int st;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    if (!ev)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    st = evaluator_begin(ev, subject);
    evaluator_leave(ev);
    if (st == RLS_OK)
        *out = &ev->builder;
    return st;
}

/* RLS_OK when facts may be added now; the evaluator is entered then. */
static int open_builder(struct rls_builder *b, const char *field)
{
    if (!b || !field || !*field)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(b->ev))
        return RLS_ERR_BUSY;
    if (b->ev->collecting)
        return RLS_OK;
    evaluator_leave(b->ev);
    return RLS_ERR_ARGUMENT;
}

/* One value is no larger than a whole document may be. */
static bool fits(const struct rls_builder *b, size_t len)
{
    return len <= b->ev->max_document;
}

/* Text is judged as given; that it is damaged is told. */
static enum facts_status note_damage(struct facts *f, const char *path, struct rls_text value)
{
    if (!value.data || utf8_valid(value.data, value.len) == value.len)
        return FACTS_OK;
    return facts_note(f, MSG_INVALID_UTF8, path, strlen(path));
}

static int close_builder(struct rls_builder *b, enum facts_status st)
{
    evaluator_leave(b->ev);
    return facts_error(st);
}

/* While a record is open, the names of its members are given. False when memory is short. */
static bool place_field(struct rls_builder *b, const char **field)
{
    struct facts *f = &b->ev->facts;
    struct rls_text path;

    if (!f->open)
        return true;
    if (!facts_member_path(f, *field, &path))
        return false;
    *field = path.data;
    return true;
}

/* The same for a value. Where records belong it says nothing of them. */
static enum facts_status place_value(struct rls_builder *b, const char **field)
{
    struct facts *f = &b->ev->facts;
    uint32_t collection;

    if (!place_field(b, field))
        return FACTS_MEMORY;
    collection = facts_collection(f, *field, strlen(*field));
    return collection == COLLECTION_NONE ? FACTS_OK
                                         : facts_odd_list(f, collection, HINT_SHAPE_VALUE);
}

int rls_builder_begin_record(struct rls_builder *b, const char *collection)
{
    int st = open_builder(b, collection);
    uint32_t c;

    if (st != RLS_OK)
        return st;
    if (!place_field(b, &collection))
        return close_builder(b, FACTS_MEMORY);
    c = facts_collection(&b->ev->facts, collection, strlen(collection));
    if (c != COLLECTION_NONE)
        return close_builder(b, facts_begin_record(&b->ev->facts, c));
    evaluator_leave(b->ev);
    return RLS_ERR_ARGUMENT;
}

int rls_builder_end_record(struct rls_builder *b)
{
    int st = open_builder(b, "record");

    if (st != RLS_OK)
        return st;
    if (!b->ev->facts.open)
        st = RLS_ERR_ARGUMENT;
    else
        facts_end_record(&b->ev->facts);
    evaluator_leave(b->ev);
    return st;
}

int rls_builder_text(struct rls_builder *b, const char *field, struct rls_text value)
{
    int st = open_builder(b, field);
    enum facts_status added;

    if (st != RLS_OK)
        return st;
    if (!fits(b, value.len))
        return close_builder(b, FACTS_LIMIT);
    added = place_value(b, &field);
    if (added == FACTS_OK)
        added = facts_text(&b->ev->facts, field, strlen(field), value.data, value.len);
    if (added == FACTS_OK)
        added = note_damage(&b->ev->facts, field, value);
    return close_builder(b, added);
}

int rls_builder_attribute(struct rls_builder *b, struct rls_text name, struct rls_text value)
{
    const char *family = "attributes";
    int st = open_builder(b, "attributes");

    if (st != RLS_OK)
        return st;
    if (!place_field(b, &family))
        return close_builder(b, FACTS_MEMORY);
    if (!fits(b, name.len) || !fits(b, value.len))
        return close_builder(b, FACTS_LIMIT);
    return close_builder(b, facts_member(&b->ev->facts, family, name.data ? name.data : "",
                                         name.data ? name.len : 0, value.data, value.len));
}

int rls_builder_integer(struct rls_builder *b, const char *field, int64_t value)
{
    int st = open_builder(b, field);
    enum facts_status added;

    if (st != RLS_OK)
        return st;
    added = place_value(b, &field);
    if (added == FACTS_OK)
        added =
            facts_number(&b->ev->facts, field, strlen(field), (struct decimal){value, 0}, NULL, 0);
    return close_builder(b, added);
}

int rls_builder_boolean(struct rls_builder *b, const char *field, bool value)
{
    int st = open_builder(b, field);
    enum facts_status added;

    if (st != RLS_OK)
        return st;
    added = place_value(b, &field);
    if (added == FACTS_OK)
        added = facts_boolean(&b->ev->facts, field, strlen(field), value);
    return close_builder(b, added);
}

int rls_builder_instant(struct rls_builder *b, const char *field, int64_t value)
{
    int st = open_builder(b, field);
    enum facts_status added;

    if (st != RLS_OK)
        return st;
    added = place_value(b, &field);
    if (added == FACTS_OK)
        added = facts_instant(&b->ev->facts, field, strlen(field), value);
    return close_builder(b, added);
}

int rls_builder_complete(struct rls_builder *b, const char *part)
{
    int st = open_builder(b, part);

    if (st != RLS_OK)
        return st;
    return close_builder(b, facts_complete(&b->ev->facts, part, strlen(part)));
}

int rls_builder_check(struct rls_builder *b, const struct rls_check_options *options,
                      const struct rls_report **out)
{
    int st;

    if (out)
        *out = NULL;
    st = open_builder(b, "check");
    if (st != RLS_OK)
        return st;
    /* What the caller did between the values is not of the check. */
    if (b->ev->costs)
        costs_restart(b->ev->costs);
    st = evaluator_check(b->ev, options, out);
    evaluator_leave(b->ev);
    return st;
}
