/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/facts.h"

#include <string.h>

#include "base/limits.h"
#include "base/messages.h"
#include "facts/blank.h"
#include "facts/convert.h"
#include "facts/money.h"
#include "facts/time.h"

/* Bytes of the path of a family's member that may be a field of its own. */
enum { LONGEST_MEMBER = 64 };

void facts_init(struct facts *f, const struct mem *mem, size_t max_items)
{
    *f = (struct facts){.mem = *mem, .max_items = max_items};
    keyset_init(&f->keys, mem);
    arena_init(&f->copies, mem);
}

void facts_clear(struct facts *f)
{
    mem_release(&f->mem, f->items, f->cap_items * sizeof *f->items);
    mem_release(&f->mem, f->first, f->cap_first * sizeof *f->first);
    mem_release(&f->mem, f->last, f->cap_last * sizeof *f->last);
    mem_release(&f->mem, f->records, f->cap_records * sizeof *f->records);
    mem_release(&f->mem, f->lists, f->cap_lists * sizeof *f->lists);
    mem_release(&f->mem, f->listed, f->cap_listed * sizeof *f->listed);
    mem_release(&f->mem, f->odd, f->cap_odd * sizeof *f->odd);
    mem_release(&f->mem, f->members, f->cap_members * sizeof *f->members);
    mem_release(&f->mem, f->members_begin, f->cap_members_begin * sizeof *f->members_begin);
    mem_release(&f->mem, f->notes, f->cap_notes * sizeof *f->notes);
    mem_release(&f->mem, f->complete, f->cap_complete * sizeof *f->complete);
    mem_release(&f->mem, f->complete_len, f->cap_complete_len * sizeof *f->complete_len);
    keyset_clear(&f->keys);
    arena_clear(&f->copies);
    facts_init(f, &f->mem, f->max_items);
}

static void forget(struct facts *f)
{
    f->n_items = 1;
    f->n_records = 1;
    f->n_lists = 0;
    f->open = 0;
    f->n_notes = 0;
    f->n_complete = 0;
    f->closed = false;
    f->family = f->named = NULL;
    f->document_id = NULL;
    f->document_id_len = 0;
    keyset_empty(&f->keys);
    arena_reset(&f->copies);
}

enum facts_status facts_begin(struct facts *f, const struct vocabulary *v, uint32_t subject)
{
    size_t chains = (size_t)v->count + 1;

    forget(f);
    if (!mem_grow(&f->mem, &f->items, &f->cap_items, 1, sizeof *f->items) ||
        !mem_grow(&f->mem, &f->records, &f->cap_records, 1, sizeof *f->records) ||
        !mem_grow(&f->mem, &f->first, &f->cap_first, chains, sizeof *f->first) ||
        !mem_grow(&f->mem, &f->last, &f->cap_last, chains, sizeof *f->last) ||
        !mem_grow(&f->mem, &f->listed, &f->cap_listed, v->n_collections, sizeof *f->listed) ||
        !mem_grow(&f->mem, &f->odd, &f->cap_odd, v->n_collections, sizeof *f->odd))
        return FACTS_MEMORY;
    memset(f->items, 0, sizeof *f->items);
    f->records[0] = (struct record){.collection = COLLECTION_NONE};
    memset(f->first, 0, chains * sizeof *f->first);
    memset(f->last, 0, chains * sizeof *f->last);
    memset(f->listed, 0, v->n_collections * sizeof *f->listed);
    memset(f->odd, 0, v->n_collections * sizeof *f->odd);
    f->any_odd = false;
    f->vocabulary = v;
    f->subject = subject;
    return FACTS_OK;
}

/* The part that a field of this scope and key was seen with before, or a copy. */
static bool keep_key(struct facts *f, struct fact_place *p)
{
    uint32_t seen = keyset_value(&f->keys, p->field, p->key, p->key_len);

    p->key = seen ? f->items[seen].key : arena_text(&f->copies, p->key, p->key_len);
    return p->key;
}

struct fact_place facts_place(const struct facts *f, const char *path, size_t len)
{
    struct fact_place p = {.key_len = 0};

    p.field = vocabulary_find(f->vocabulary, f->subject, path, len, &p.key, &p.key_len);
    if (p.field == FIELD_UNKNOWN) {
        p.key = path;
        p.key_len = len;
    }
    return p;
}

/* The place with a key that lives as long as the facts. */
static enum facts_status keep_place(struct facts *f, const struct fact_place *at,
                                    struct fact_place *p)
{
    *p = *at;
    return !p->key || keep_key(f, p) ? FACTS_OK : FACTS_MEMORY;
}

static enum facts_status find_place(struct facts *f, const char *path, size_t len,
                                    struct fact_place *p)
{
    struct fact_place at = facts_place(f, path, len);

    return keep_place(f, &at, p);
}

static uint32_t type_of(const struct facts *f, const struct fact_place *p)
{
    return p->field == FIELD_UNKNOWN ? TYPE_TEXT : f->vocabulary->fields[p->field].type;
}

/* "name.key", which lives as long as the facts. */
static bool join(struct facts *f, const char *name, const char *key, size_t key_len,
                 struct rls_text *out)
{
    size_t n = strlen(name);
    char *path = arena_alloc(&f->copies, n + 1 + key_len);

    if (!path)
        return false;
    memcpy(path, name, n);
    path[n] = '.';
    if (key)
        memcpy(path + n + 1, key, key_len);
    *out = (struct rls_text){path, n + 1 + key_len};
    return true;
}

/* The whole path of a fact; it lives as long as the fact. */
static bool path_of(struct facts *f, const struct fact *value, struct rls_text *out)
{
    const char *name;

    if (value->field == FIELD_UNKNOWN) {
        *out = (struct rls_text){value->key, value->key_len};
        return true;
    }
    name = f->vocabulary->fields[value->field].name;
    *out = (struct rls_text){name, strlen(name)};
    return !value->key || join(f, name, value->key, value->key_len, out);
}

static enum facts_status push_note(struct facts *f, const struct fact_note *note)
{
    if (!mem_grow(&f->mem, &f->notes, &f->cap_notes, f->n_notes + 1, sizeof *f->notes))
        return FACTS_MEMORY;
    f->notes[f->n_notes++] = *note;
    return FACTS_OK;
}

static enum hint type_words(uint32_t type)
{
    switch ((enum value_type)type) {
    case TYPE_NUMBER:
        return HINT_TYPE_NUMBER;
    case TYPE_BOOLEAN:
        return HINT_TYPE_BOOLEAN;
    case TYPE_INSTANT:
        return HINT_TYPE_INSTANT;
    case TYPE_DURATION:
        return HINT_TYPE_DURATION;
    case TYPE_QUANTITY:
        return HINT_TYPE_QUANTITY;
    case TYPE_TEXT:
        break;
    }
    return HINT_TYPE_TEXT;
}

static enum facts_status note_unparsed(struct facts *f, const struct fact *value, uint32_t type)
{
    bool money = value->field != FIELD_UNKNOWN && f->vocabulary->fields[value->field].money;
    struct rls_text path;

    if (f->n_notes == LIMIT_NOTES)
        return FACTS_OK;
    if (!path_of(f, value, &path))
        return FACTS_MEMORY;
    return push_note(f, &(struct fact_note){.code = MSG_UNPARSED,
                                            .field = path.data,
                                            .field_len = path.len,
                                            .value = {value->text, value->text_len},
                                            .words = {money ? HINT_TYPE_PRICE : type_words(type)}});
}

/* Which value of its field and key the next one is. */
static bool number_value(struct facts *f, struct fact *value, uint32_t item)
{
    uint32_t before = 0;

    if (value->key) {
        uint32_t *latest = keyset_at(&f->keys, value->field, value->key, value->key_len);

        if (!latest)
            return false;
        before = *latest;
        *latest = item;
    } else {
        before = f->last[value->field];
    }
    value->index = before ? f->items[before].index + 1 : 0;
    return true;
}

static void enchain(struct facts *f, uint32_t field, uint32_t item)
{
    uint32_t chain = field == FIELD_UNKNOWN ? f->vocabulary->count : field;

    if (f->last[chain])
        f->items[f->last[chain]].next = item;
    else
        f->first[chain] = item;
    f->last[chain] = item;
}

/* A copy with U+FFFD for each NUL: reports give the id as a C string. */
static bool replace_nuls(struct facts *f, const char *text, size_t len)
{
    static const char instead[] = "\xef\xbf\xbd";
    size_t width = sizeof instead - 1, n = 0;
    char *copy = len < SIZE_MAX / width ? arena_alloc(&f->copies, len * width) : NULL;

    if (!copy)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i]) {
            copy[n++] = text[i];
        } else {
            memcpy(copy + n, instead, width);
            n += width;
        }
    }
    f->document_id = copy;
    f->document_id_len = n;
    return true;
}

static bool take_id(struct facts *f, const struct fact *value)
{
    static const char id[] = "id";

    if (f->document_id || value->key || !value->text ||
        strcmp(f->vocabulary->fields[value->field].name, id) != 0)
        return true;
    if (memchr(value->text, '\0', value->text_len))
        return replace_nuls(f, value->text, value->text_len);
    f->document_id = value->text;
    f->document_id_len = value->text_len;
    return true;
}

static bool is_absent(const char *text, size_t len)
{
    return !text || is_blank_text(text, len);
}

/* Whether there is no room for this one any more. */
static bool is_full(const struct facts *f, uint32_t item)
{
    size_t spare = f->closed ? LIMIT_SPARE_FACTS : 0;

    return item >= FIELD_EVERY || (item > f->max_items && item - f->max_items > spare);
}

/* Where the next fact is filled in, all zero, until append counts it; NULL when it has no room. */
static struct fact *next_fact(struct facts *f, enum facts_status *status)
{
    uint32_t item = f->n_items;

    *status = FACTS_LIMIT;
    if (is_full(f, item))
        return NULL;
    *status = FACTS_MEMORY;
    if (!mem_grow(&f->mem, &f->items, &f->cap_items, (size_t)item + 1, sizeof *f->items))
        return NULL;
    *status = FACTS_OK;
    f->items[item] = (struct fact){0};
    return &f->items[item];
}

static enum facts_status append(struct facts *f, const struct fact_place *p, struct fact *value)
{
    uint32_t item = f->n_items;
    enum facts_status status = FACTS_OK;

    value->field = p->field;
    value->key = p->key;
    value->key_len = p->key_len;
    value->record = f->open;
    if (value->state == VALUE_UNPARSED)
        status = note_unparsed(f, value, type_of(f, p));
    if (status != FACTS_OK)
        return status;
    if (!number_value(f, value, item))
        return FACTS_MEMORY;
    f->n_items++;
    enchain(f, p->field, item);
    return take_id(f, value) ? FACTS_OK : FACTS_MEMORY;
}

/* A value that is nothing but text. */
static enum facts_status append_plain(struct facts *f, const struct fact_place *p, uint8_t state,
                                      const char *text, size_t len)
{
    enum facts_status status;
    struct fact *value = next_fact(f, &status);

    if (!value)
        return status;
    value->state = state;
    value->text = text;
    value->text_len = len;
    return append(f, p, value);
}

/* Keeps the key of an attribute as shown text, once. */
static enum facts_status append_name(struct facts *f, const struct fact_place *p)
{
    const struct fact_place names = {.field = f->vocabulary->attribute_names};
    enum facts_status status;
    uint32_t *seen;

    if (p->field == FIELD_UNKNOWN || !f->vocabulary->fields[p->field].named ||
        (p->key == f->named && p->key_len == f->named_len) || is_absent(p->key, p->key_len))
        return FACTS_OK;
    seen = keyset_at(&f->keys, names.field, p->key, p->key_len);
    if (!seen)
        return FACTS_MEMORY;
    if (!*seen) {
        status = append_plain(f, &names, VALUE_KNOWN, p->key, p->key_len);
        if (status != FACTS_OK)
            return status;
        *seen = f->n_items - 1;
    }
    f->named = p->key;
    f->named_len = p->key_len;
    return FACTS_OK;
}

static enum facts_status append_text(struct facts *f, const struct fact_place *p, const char *text,
                                     size_t len)
{
    enum facts_status status;
    struct fact *value = next_fact(f, &status);

    if (!value)
        return status;
    value->text = text;
    value->text_len = len;
    status = convert_text(value, type_of(f, p));
    if (value->state == VALUE_UNPARSED && f->vocabulary->fields[p->field].money &&
        money_parse(text, len, &value->number))
        value->state = VALUE_KNOWN;
    if (status == FACTS_OK)
        status = append(f, p, value);
    return status == FACTS_OK ? append_name(f, p) : status;
}

enum facts_status facts_text_at(struct facts *f, const struct fact_place *at, const char *text,
                                size_t len)
{
    struct fact_place p;
    enum facts_status status;

    if (is_absent(text, len))
        return FACTS_OK;
    status = keep_place(f, at, &p);
    return status == FACTS_OK ? append_text(f, &p, text, len) : status;
}

enum facts_status facts_text(struct facts *f, const char *path, size_t path_len, const char *text,
                             size_t len)
{
    struct fact_place at = facts_place(f, path, path_len);

    return facts_text_at(f, &at, text, len);
}

/* Some members of a family are fields of their own. */
static void find_member(const struct facts *f, struct fact_place *p)
{
    const struct field *family = &f->vocabulary->fields[p->field];
    size_t n = strlen(family->name), key_len;
    char path[LONGEST_MEMBER];
    const char *key;
    uint32_t field;

    if (!family->members || n + 1 + p->key_len > sizeof path)
        return;
    memcpy(path, family->name, n);
    path[n] = '.';
    memcpy(path + n + 1, p->key, p->key_len);
    field = vocabulary_find(f->vocabulary, f->subject, path, n + 1 + p->key_len, &key, &key_len);
    if (!key)
        *p = (struct fact_place){.field = field};
}

/* Members of one family come in a row. */
static uint32_t family_of(struct facts *f, const char *name)
{
    if (f->family != name) {
        f->family_field = vocabulary_family(f->vocabulary, f->subject, name, strlen(name));
        f->family = name;
    }
    return f->family_field;
}

enum facts_status facts_member(struct facts *f, const char *family, const char *key, size_t key_len,
                               const char *text, size_t len)
{
    struct fact_place p = {family_of(f, family), key_len ? key : "", key_len};

    if (p.field != FIELD_UNKNOWN)
        find_member(f, &p);
    if (is_absent(text, len))
        return append_name(f, &p);
    if (p.field == FIELD_UNKNOWN) {
        struct rls_text path;

        if (!join(f, family, p.key, key_len, &path))
            return FACTS_MEMORY;
        p.key = path.data;
        p.key_len = path.len;
    }
    return append_text(f, &p, text, len);
}

enum facts_status facts_stray(struct facts *f, const char *path, size_t path_len, const char *text,
                              size_t len)
{
    struct fact_place p;
    enum facts_status status;

    if (is_absent(text, len))
        return FACTS_OK;
    status = find_place(f, path, path_len, &p);
    if (status != FACTS_OK)
        return status;
    return type_of(f, &p) == TYPE_TEXT ? append_text(f, &p, text, len)
                                       : append_plain(f, &p, VALUE_UNPARSED, text, len);
}

enum facts_status facts_unknown(struct facts *f, const char *path, size_t path_len,
                                const char *text, size_t len)
{
    struct fact_place p = {FIELD_UNKNOWN, path, path_len};

    if (is_absent(text, len))
        return FACTS_OK;
    return keep_key(f, &p) ? append_text(f, &p, text, len) : FACTS_MEMORY;
}

/* Gives a value that never was text one where its text is what counts. */
static enum facts_status append_written(struct facts *f, const struct fact_place *p,
                                        struct fact *value, const char *written)
{
    enum facts_status status;

    if (!value->text && (value->state == VALUE_UNPARSED || type_of(f, p) == TYPE_TEXT)) {
        value->text_len = strlen(written);
        value->text = arena_text(&f->copies, written, value->text_len);
        if (!value->text)
            return FACTS_MEMORY;
    }
    status = append(f, p, value);
    return status == FACTS_OK ? append_name(f, p) : status;
}

enum facts_status facts_number_at(struct facts *f, const struct fact_place *at,
                                  struct decimal number, const char *text, size_t len)
{
    char written[DECIMAL_LONGEST];
    struct fact_place p;
    enum facts_status status = keep_place(f, at, &p);
    struct fact *value = status == FACTS_OK ? next_fact(f, &status) : NULL;

    if (!value)
        return status;
    value->text = text;
    value->text_len = text ? len : 0;
    convert_number(value, type_of(f, &p), number);
    if (!text)
        decimal_format(number, written);
    return append_written(f, &p, value, written);
}

enum facts_status facts_number(struct facts *f, const char *path, size_t path_len,
                               struct decimal number, const char *text, size_t len)
{
    struct fact_place at = facts_place(f, path, path_len);

    return facts_number_at(f, &at, number, text, len);
}

enum facts_status facts_boolean_at(struct facts *f, const struct fact_place *at, bool boolean)
{
    struct fact_place p;
    enum facts_status status = keep_place(f, at, &p);
    struct fact *value = status == FACTS_OK ? next_fact(f, &status) : NULL;

    if (!value)
        return status;
    convert_boolean(value, type_of(f, &p), boolean);
    return append_written(f, &p, value, boolean ? "true" : "false");
}

enum facts_status facts_boolean(struct facts *f, const char *path, size_t path_len, bool boolean)
{
    struct fact_place at = facts_place(f, path, path_len);

    return facts_boolean_at(f, &at, boolean);
}

enum facts_status facts_instant(struct facts *f, const char *path, size_t path_len, int64_t instant)
{
    char written[INSTANT_LONGEST];
    struct fact_place p;
    enum facts_status status = find_place(f, path, path_len, &p);
    struct fact *value = status == FACTS_OK ? next_fact(f, &status) : NULL;

    if (!value)
        return status;
    convert_instant(value, type_of(f, &p), instant);
    instant_format(instant, written, sizeof written);
    return append_written(f, &p, value, written);
}

static bool is_declared(const struct facts *f, const char *part, size_t len)
{
    for (size_t i = 0; i < f->n_complete; i++) {
        if (f->complete_len[i] == len && memcmp(f->complete[i], part, len) == 0)
            return true;
    }
    return false;
}

enum facts_status facts_complete(struct facts *f, const char *part, size_t len)
{
    const char *copy;

    if (is_absent(part, len) || is_declared(f, part, len))
        return FACTS_OK;
    if (f->n_complete == LIMIT_COMPLETE_PARTS)
        return FACTS_LIMIT;
    if (!mem_grow(&f->mem, &f->complete, &f->cap_complete, f->n_complete + 1,
                  sizeof *f->complete) ||
        !mem_grow(&f->mem, &f->complete_len, &f->cap_complete_len, f->n_complete + 1,
                  sizeof *f->complete_len))
        return FACTS_MEMORY;
    copy = arena_text(&f->copies, part, len);
    if (!copy)
        return FACTS_MEMORY;
    f->complete[f->n_complete] = copy;
    f->complete_len[f->n_complete++] = len;
    return FACTS_OK;
}

enum facts_status facts_tell(struct facts *f, const struct fact_note *note)
{
    struct fact_note copy = *note;

    if (f->n_notes == LIMIT_NOTES)
        return FACTS_OK;
    if (note->field) {
        copy.field = arena_text(&f->copies, note->field, note->field_len);
        if (!copy.field)
            return FACTS_MEMORY;
    }
    return push_note(f, &copy);
}

enum facts_status facts_note(struct facts *f, uint32_t code, const char *path, size_t path_len)
{
    return facts_tell(f, &(struct fact_note){.code = code, .field = path, .field_len = path_len});
}

void facts_close(struct facts *f)
{
    while (f->open)
        facts_end_record(f);
    f->closed = true;
}

uint32_t facts_first(const struct facts *f, uint32_t field)
{
    if (field == FIELD_UNKNOWN)
        return f->first[f->vocabulary->count];
    return field < f->vocabulary->count ? f->first[field] : 0;
}

bool facts_is_complete(const struct facts *f, uint32_t field)
{
    return field < f->vocabulary->count &&
           facts_part_is_complete(f, f->vocabulary->fields[field].name);
}

bool facts_part_is_complete(const struct facts *f, const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < f->n_complete; i++) {
        size_t len = f->complete_len[i];

        if (len <= n && memcmp(name, f->complete[i], len) == 0 && (len == n || name[len] == '.'))
            return true;
    }
    return false;
}

size_t facts_memory(const struct facts *f)
{
    return f->cap_items * sizeof *f->items + f->cap_first * sizeof *f->first +
           f->cap_last * sizeof *f->last + f->cap_notes * sizeof *f->notes +
           f->cap_records * sizeof *f->records + f->cap_listed * sizeof *f->listed +
           f->cap_odd * sizeof *f->odd + f->cap_lists * sizeof *f->lists +
           (f->cap_members + f->cap_members_begin) * sizeof *f->members +
           f->cap_complete * sizeof *f->complete + f->cap_complete_len * sizeof *f->complete_len +
           keyset_memory(&f->keys) + arena_memory(&f->copies);
}

int facts_error(enum facts_status status)
{
    switch (status) {
    case FACTS_OK:
        return RLS_OK;
    case FACTS_LIMIT:
        return RLS_ERR_LIMIT;
    case FACTS_MEMORY:
        break;
    }
    return RLS_ERR_MEMORY;
}
