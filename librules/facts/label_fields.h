/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_LABEL_FIELDS_H
#define LIBRULES_FACTS_LABEL_FIELDS_H

#include <stddef.h>
#include <stdint.h>

/* What labels of goods say, and under which names sellers write it. */

struct label_field {
    const char *name;    /* "label.net_content" */
    uint8_t type;        /* enum value_type */
    const char *aliases; /* as in struct field */
};

extern const struct label_field label_fields[];
extern const size_t n_label_fields;

/* Names that stand on labels and end the value before them, but belong to no field. */
extern const char label_other_names[];

#endif
