/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_VOCABULARY_H
#define LIBRULES_FACTS_VOCABULARY_H

#include "base/intern.h"
#include "base/nearest.h"

enum value_type {
    TYPE_TEXT,
    TYPE_NUMBER,
    TYPE_BOOLEAN,
    TYPE_INSTANT,
    TYPE_DURATION,
    TYPE_QUANTITY
};

/* What the absence of a field means. */
enum absence { ABSENT_EMPTY, ABSENT_UNKNOWN, ABSENT_ASSUMED };

#define COLLECTION_NONE UINT32_MAX

/* Bits of enum rls_subject values: 1u << RLS_LISTING and so on. */
typedef uint32_t subject_mask;

struct field {
    const char *name; /* "title"; of a family the part before the dot and key: "attributes" */
    uint8_t type;     /* enum value_type */
    uint8_t absence;  /* enum absence */
    bool shown;       /* text that a reader of the listing sees: what in="*" covers */
    bool family;      /* names any "name.KEY" */
    bool many;        /* may have several values */
    bool money;       /* a number that may have a currency sign */
    bool page;        /* may be HTML: what it shows is its text */
    bool named;       /* a family whose keys are shown: each is a value of "attribute_names" */
    subject_mask subjects;
    const char *assumed; /* value of ABSENT_ASSUMED, else NULL */
    /* Names under which sellers write it, a blank between; NULL: none. What stands under one
     * behind '?' counts only if it is of the type and nothing stands under another. */
    const char *aliases;
    bool members;        /* a family some of whose members are fields of their own */
    bool used;           /* a condition names it */
    uint32_t collection; /* whose records it is a member of, see vocabulary_settle */
};

/* An array of objects in documents: each is a record. Its members are the fields behind its name.
 */
struct collection {
    const char *name;
    uint8_t absence; /* enum absence: ABSENT_EMPTY or ABSENT_UNKNOWN */
    uint32_t parent; /* the collection whose records hold it, or COLLECTION_NONE */
    subject_mask subjects;
};

#define FIELD_UNKNOWN UINT32_MAX     /* a name outside the vocabulary */
#define FIELD_EVERY (UINT32_MAX - 1) /* the selector "*" */

/*
 * The fields a set knows: the built-in ones and those its rule sets declare. A family and a plain
 * field may share a name ("label" and "label.KEY").
 */
struct vocabulary {
    struct arena *arena;
    struct field *fields;
    size_t cap;
    uint32_t count;
    struct intern names; /* of fields, and what they lie within: "skus" of "skus.price" */
    uint32_t *plain;     /* field id by interned name, FIELD_UNKNOWN when only a family */
    uint32_t *family;    /* the same for families */
    size_t cap_plain, cap_family;
    subject_mask *within; /* the subjects of fields that have this name or lie within it */
    size_t cap_within;
    uint32_t n_names; /* entries of plain, family and within that are set */
    uint32_t *older;  /* by field id: a field of the same name and kind for other subjects */
    size_t cap_older;
    struct name_sketch *sketches; /* of the names, by field id */
    size_t cap_sketches;
    size_t longest_name, longest_family;
    uint32_t attribute_names; /* the built-in field */
    struct collection *collections;
    size_t cap_collections;
    uint32_t n_collections;
};

/* Holds the built-in fields afterwards; false when memory is short. Lives in the arena. */
bool vocabulary_init(struct vocabulary *v, struct arena *arena);
void vocabulary_clear(struct vocabulary *v);
/* Declares one more; strings are copied. FIELD_UNKNOWN when memory is short. Redeclaring is the
 * caller's business to refuse: see vocabulary_find. */
uint32_t vocabulary_add(struct vocabulary *v, const struct field *f);
/*
 * The field of a path for a subject. Of a family *key and *key_len are the part after the name
 * and its dot; of a plain field key is NULL. FIELD_UNKNOWN when there is none for this subject.
 */
uint32_t vocabulary_find(const struct vocabulary *v, uint32_t subject, const char *path, size_t len,
                         const char **key, size_t *key_len);
/* Whether a field of the subject has this name or lies within it. */
bool vocabulary_within(const struct vocabulary *v, uint32_t subject, const char *name, size_t len);
/* Declares a collection; the name is copied. COLLECTION_NONE when memory is short. */
uint32_t vocabulary_collect(struct vocabulary *v, const char *name, uint8_t absence,
                            subject_mask subjects);
/* Tells fields which collection they are members of. Those declared afterwards are of none. */
void vocabulary_settle(struct vocabulary *v);
/* The collection of a name for a subject, or COLLECTION_NONE. */
uint32_t vocabulary_collection(const struct vocabulary *v, uint32_t subject, const char *path,
                               size_t len);
/* The family of a name for a subject, or FIELD_UNKNOWN. */
uint32_t vocabulary_family(const struct vocabulary *v, uint32_t subject, const char *name,
                           size_t len);
/* Whether a name is a part that documents may declare complete: a field, a member of a family, a
 * collection, or what several of them begin with. */
bool vocabulary_has_part(const struct vocabulary *v, uint32_t subject, const char *name,
                         size_t len);
/* The most similar of these, or NULL when none is near. */
const char *vocabulary_nearest_part(const struct vocabulary *v, uint32_t subject, const char *name,
                                    size_t len);
/* The most similar field name of the subject, or NULL when none is near. */
const char *vocabulary_nearest(const struct vocabulary *v, uint32_t subject, const char *path,
                               size_t len);

#endif
