/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_FACTS_H
#define LIBRULES_FACTS_FACTS_H

#include <librules/base.h>

#include "base/messages.h"
#include "facts/decimal.h"
#include "facts/keyset.h"
#include "facts/vocabulary.h"
#include "text/html.h"

enum value_state {
    VALUE_KNOWN,
    VALUE_UNPARSED, /* text is there but cannot be read as the type of its field */
    VALUE_UNKNOWN,  /* of what is evaluated: nobody knows it; no fact has this state */
    VALUE_NOTHING   /* of what is evaluated: known not to be there */
};

/* One value of the subject. Text points into the caller's document. */
struct fact {
    uint32_t field;  /* id in the vocabulary, or FIELD_UNKNOWN */
    uint32_t index;  /* which value of the same field (and key), from 0 */
    uint32_t next;   /* next fact of the same field, 0 ends (fact 0 is never used) */
    uint32_t record; /* that it is a member of, or 0 */
    uint8_t state;   /* enum value_state */
    bool boolean;
    bool day;        /* of an instant: a date alone */
    const char *key; /* of a family the key, of FIELD_UNKNOWN the whole path; else NULL */
    size_t key_len;
    const char *text; /* as given; NULL for values that never were text */
    size_t text_len;
    struct decimal number;
    int64_t instant;            /* of a date alone the first of its day */
    int64_t last;               /* the last millisecond it may be: that of the day, or instant */
    const struct html_map *map; /* of text that a page shows: where it stands in the page */
    uint32_t origin;            /* with a map: the fact whose value the page is */
    bool read;                  /* a part of another fact: what a reader sees has it once */
};

/* An object of a collection. The facts of it and of the records in it stand together. */
struct record {
    uint32_t collection; /* of the document itself, record 0: COLLECTION_NONE */
    uint32_t parent;     /* the record that it stands in */
    uint32_t index;      /* in its list, from 0 */
    uint32_t begin, end; /* items */
    uint32_t next;       /* in its list; 0 ends */
    uint32_t lists;      /* first list in it, plus one */
};

/* The records of a collection in one record. It is there when the document has it, empty or not. */
struct record_list {
    uint32_t collection;
    uint32_t first, last; /* records; 0: none */
    uint32_t next;        /* list of the same record, plus one */
    bool unclear;         /* the document has something else in its place: there may be more */
};

/* Something to be told of the document. What it points to lives as long as the facts. */
struct fact_note {
    uint32_t code;     /* enum message of base/messages.h */
    const char *field; /* path, not NUL-terminated; or NULL */
    size_t field_len;
    struct rls_text value; /* first argument of the message; without data: the first of words */
    enum hint words[2];    /* further arguments */
    const char *near;      /* what was probably meant; or NULL */
};

/* Where a value goes. */
struct fact_place {
    uint32_t field;  /* or FIELD_UNKNOWN */
    const char *key; /* of a family the key, of FIELD_UNKNOWN the whole path; else NULL */
    size_t key_len;
};

enum facts_status { FACTS_OK, FACTS_MEMORY, FACTS_LIMIT };

/* The facts of one subject: scratch of an evaluator, reused without allocating. */
struct facts {
    struct mem mem;
    const struct vocabulary *vocabulary;
    uint32_t subject; /* enum rls_subject */
    struct fact *items;
    size_t cap_items;
    uint32_t n_items; /* items[0] is unused */
    size_t max_items;
    bool closed;            /* the document is complete, see facts_close */
    uint32_t *first, *last; /* by field id, then FIELD_UNKNOWN at index vocabulary->count */
    size_t cap_first, cap_last;
    struct record *records; /* [0] is the document */
    size_t cap_records;
    uint32_t n_records;
    struct record_list *lists;
    size_t cap_lists;
    uint32_t n_lists;
    uint32_t open; /* the record that is being read */
    bool *listed;  /* by collection: the document has it */
    bool *odd;     /* by collection: it has something else in its place */
    size_t cap_listed, cap_odd;
    bool any_odd;
    uint32_t *members; /* the items in records, by field; see facts_index */
    size_t cap_members;
    uint32_t *members_begin; /* by field id, and the end of the last */
    size_t cap_members_begin;
    struct fact_note *notes;
    size_t cap_notes, n_notes;
    const char **complete; /* declared parts */
    size_t *complete_len;
    size_t cap_complete, cap_complete_len, n_complete;
    const char *family; /* the name of a family that was asked for last, and its field */
    uint32_t family_field;
    const char *named; /* the attribute name that was kept last */
    size_t named_len;
    const char *document_id; /* without NUL inside */
    size_t document_id_len;
    struct keyset keys;  /* the latest fact of each field and key */
    struct arena copies; /* paths, and text of values that never were text */
};

void facts_init(struct facts *f, const struct mem *mem, size_t max_items);
void facts_clear(struct facts *f);
/* Empties; binds the vocabulary of a set and a subject. */
enum facts_status facts_begin(struct facts *f, const struct vocabulary *v, uint32_t subject);

/*
 * Adds a value given as text; the field's type decides how it is read. Text that is empty or all
 * white space and NULL count as absent and add nothing. Texts are not copied and must stay until
 * the facts are dropped; paths are copied.
 */
enum facts_status facts_text(struct facts *f, const char *path, size_t path_len, const char *text,
                             size_t len);
/* The place of a path, whose text it points to. */
struct fact_place facts_place(const struct facts *f, const char *path, size_t len);
/* facts_text, facts_number and facts_boolean for a path whose place is known. */
enum facts_status facts_text_at(struct facts *f, const struct fact_place *at, const char *text,
                                size_t len);
enum facts_status facts_number_at(struct facts *f, const struct fact_place *at,
                                  struct decimal value, const char *text, size_t len);
enum facts_status facts_boolean_at(struct facts *f, const struct fact_place *at, bool value);
/*
 * The same for "attributes" + key, without building the path; the key is not copied. family is a
 * name of the vocabulary that stays where it is, such as a literal, or the fact is of an unknown
 * field. The key of an attribute is kept as a
 * value of "attribute_names" too, even when the text is absent.
 */
enum facts_status facts_member(struct facts *f, const char *family, const char *key, size_t key_len,
                               const char *text, size_t len);
/* text may be NULL: a text field then gets the digits. An instant field takes milliseconds. */
enum facts_status facts_number(struct facts *f, const char *path, size_t path_len,
                               struct decimal value, const char *text, size_t len);
enum facts_status facts_boolean(struct facts *f, const char *path, size_t path_len, bool value);
enum facts_status facts_instant(struct facts *f, const char *path, size_t path_len, int64_t value);
/*
 * Adds text that was found where the field's value belongs, but not in its shape: text to a text
 * field, an unparsed value to one of another type.
 */
enum facts_status facts_stray(struct facts *f, const char *path, size_t path_len, const char *text,
                              size_t len);
/* Adds text that an image in the page of a fact stands for. */
enum facts_status facts_image(struct facts *f, uint32_t page, struct rls_text text,
                              const struct html_map *map);
/* Adds text that stands in that of another fact, whose place the map tells, to a plain field. */
enum facts_status facts_read(struct facts *f, uint32_t field, uint32_t origin, struct rls_text text,
                             const struct html_map *map);
/* Puts what a page shows in the place of its source; what shows nothing gets a text of NULL. */
void facts_show(struct facts *f, uint32_t page, struct rls_text text, const struct html_map *map);
/* Makes values of a text field that have no text absent. Those behind them keep their numbers. */
void facts_drop_empty(struct facts *f, uint32_t field);
/* Keeps a value that no rule can name, under its path. */
enum facts_status facts_unknown(struct facts *f, const char *path, size_t path_len,
                                const char *text, size_t len);
/* The part is copied. */
enum facts_status facts_complete(struct facts *f, const char *part, size_t len);
/* The path is copied. Notes beyond LIMIT_NOTES are dropped. */
enum facts_status facts_note(struct facts *f, uint32_t code, const char *path, size_t path_len);
enum facts_status facts_tell(struct facts *f, const struct fact_note *note);

/* The collection of a path where the document is read, or COLLECTION_NONE. */
uint32_t facts_collection(const struct facts *f, const char *path, size_t len);
/* Says that the collection is there. */
enum facts_status facts_begin_list(struct facts *f, uint32_t collection);
/* Says that something else stands in the place of the collection: nobody knows its records. */
enum facts_status facts_odd_list(struct facts *f, uint32_t collection, enum hint shape);
/* Values up to facts_end_record are members of one more record of the collection. */
enum facts_status facts_begin_record(struct facts *f, uint32_t collection);
void facts_end_record(struct facts *f);
/* "collection.name" for the open record; false when memory is short. */
bool facts_member_path(struct facts *f, const char *name, struct rls_text *out);
/*
 * Sorts what stands in records by field, so that nobody walks through the records in a record. To
 * be called when all records are closed, and again when there are more of them.
 */
enum facts_status facts_index(struct facts *f);
/* The first value of a field in a record at or behind an item, or 0. */
uint32_t facts_member_from(const struct facts *f, uint32_t field, uint32_t record, uint32_t item);
/* The list of a collection in a record, or NULL. */
const struct record_list *facts_list(const struct facts *f, uint32_t record, uint32_t collection);

/*
 * Says that the document has been read. What a check adds by itself afterwards (assumed values,
 * facts of its options) may exceed max_items by LIMIT_SPARE_FACTS, so that a document that just
 * fits can be judged. Closing twice is harmless; facts_begin opens again.
 */
void facts_close(struct facts *f);

/* First fact of a field, or 0; go on with items[i].next. */
uint32_t facts_first(const struct facts *f, uint32_t field);
/* Of the collection that the field is a member of: whether something else stands in its place, and
 * whether that or its absence leaves its records unknown. */
bool facts_records_odd(const struct facts *f, uint32_t field);
bool facts_records_unknown(const struct facts *f, uint32_t field);
/* Whether the part that the field belongs to was declared complete. */
bool facts_is_complete(const struct facts *f, uint32_t field);
/* Whether a part of the document was declared complete, by itself or with what it belongs to. */
bool facts_part_is_complete(const struct facts *f, const char *name);
/* Bytes kept, whether in use or not. */
size_t facts_memory(const struct facts *f);
/* RLS_OK, RLS_ERR_LIMIT or RLS_ERR_MEMORY. */
int facts_error(enum facts_status status);

#endif
