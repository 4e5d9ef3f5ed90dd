/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MODEL_CHECK_H
#define LIBRULES_MODEL_CHECK_H

#include "model/model.h"

/* The parts of model_check. */

struct checker {
    const struct document *doc;
    struct diagnostics *d;
};

/* Names the attributes of an element and checks their values. */
void check_attributes(struct checker *k, struct element *e);
/* What the tables cannot say. After the element, its attributes and children were named. */
void check_special(struct checker *k, const struct element *e);

/* Choices as a list argument of a message, cut when too long. Returns out. */
enum { CHOICES_BYTES = 192 };
const char *list_choices(const char *const *choices, char out[CHOICES_BYTES]);

#endif
