/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

/* <pattern> in terms lists. */

static void report_fault(struct build *b, const struct part *part, const struct element *e,
                         struct item text, const struct pattern_fault *fault)
{
    complain(b->d, part->doc, e,
             &(struct complaint){
                 .message = fault->message,
                 .place = text_part_place(part->doc, e, text.offset + fault->at, fault->length),
                 .args = {fault->arg},
                 .hint = fault->hint});
}

/* The forms a pattern undoes: of the usual ones, those that it or its list tolerates. */
static uint32_t read_forms(struct build *b, const struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_TOLERATE);
    const uint32_t of_list = read_tolerance(e->parent, FORM_DEFAULT);
    const uint32_t forms = read_tolerance(e, of_list);

    if (choice_of(e, ATTRIBUTE_FORM, FORM_FOLDED) == FORM_RAW)
        return 0;
    if (a && forms & ~(uint32_t)FORM_DEFAULT)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_PATTERN_TOLERATE,
                                     .place = value_place(part->doc, a, 0, a->length)});
    return forms & FORM_DEFAULT;
}

static void report_twice(struct build *b, const struct part *part, const struct element *e,
                         const struct element *first)
{
    char line[NUMBER_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_PATTERN_TWICE,
                                 .place = text_place(part->doc, e),
                                 .args = {message_number(line_of(part, first), line)}});
}

static void added(struct build *b, struct pattern_feed *f, const struct matcher_builder *m,
                  const struct part *part, const struct element *e)
{
    const struct factors *required = pattern_required(matcher_added(m, (uint32_t)f->count));
    char run[NUMBER_BYTES];

    f->elements[f->count++] = e;
    if (required->n > 0)
        return;
    complain(b->d, part->doc, e,
             &(struct complaint){.message = required->anchor.n ? MSG_PATTERN_ANCHORED
                                                               : MSG_PATTERN_NO_FACTOR,
                                 .place = text_place(part->doc, e),
                                 .args = {message_number(required->anchor.run, run)}});
}

void add_pattern(struct build *b, struct pattern_feed *f, struct matcher_builder *m,
                 const struct part *part, const struct element *e, uint32_t set)
{
    const struct item text = trimmed_text(e);
    struct set_pattern p = {
        .source = {.text = text.text, .length = text.len}, .set = set, .line = line_of(part, e)};
    struct pattern_fault fault;

    /* The grammar has reported an empty element. */
    if (text.len == 0)
        return;
    p.source.forms = read_forms(b, part, e);
    p.source.word = choice_of(e, ATTRIBUTE_WORD, NO_CHOICE) == YES_CHOICE;
    if (!mem_grow(&b->mem, &f->elements, &f->cap, f->count + 1, sizeof *f->elements)) {
        b->failed = true;
        return;
    }
    switch (matcher_add_pattern(m, &p, &fault)) {
    case PATTERN_ADDED:
        b->list_sizes[set]++;
        added(b, f, m, part, e);
        break;
    case PATTERN_WRONG:
        report_fault(b, part, e, text, &fault);
        break;
    case PATTERN_DUPLICATE:
        report_twice(b, part, e, f->elements[matcher_duplicate_pattern(m)]);
        break;
    case PATTERN_MEMORY:
        b->failed = true;
    }
}
