/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "compile/build.h"
#include "text/reader.h"

/* Feeds the matcher and finds terms that do nothing. */

struct feeder {
    struct build *b;
    struct matcher_builder *matcher;
    struct pattern_feed patterns;
    const struct element **elements; /* by number of term */
    size_t cap, count;
    struct intern keys;  /* folded allow-phrases of one list */
    struct term *allows; /* by key */
    const struct element **allow_elements;
    size_t cap_allows, cap_allow_elements;
    char *key;
    size_t cap_key;
    uint32_t listed; /* forms of the list in hand that a term was too short for */
};

uint32_t read_tolerance(const struct element *e, uint32_t usual)
{
    uint32_t chosen = choice_of(e, ATTRIBUTE_TOLERATE, 0);
    uint32_t forms = chosen & 1u << TOLERATE_ALL ? (uint32_t)FORM_ALL : chosen & FORM_ALL;

    if (!attribute_of(e, ATTRIBUTE_TOLERATE))
        return usual;
    return chosen & 1u << TOLERATE_EXACT ? forms : forms | FORM_DEFAULT;
}

static struct term read_term(const struct element *e, uint32_t set)
{
    struct item text = trimmed_text(e);
    bool allow = e->kind == ELEMENT_ALLOW;

    return (struct term){.text = text.text,
                         .length = (uint32_t)text.len,
                         .set = set,
                         .tolerate = (uint16_t)read_tolerance(
                             e, allow ? FORM_DEFAULT : read_tolerance(e->parent, FORM_DEFAULT)),
                         .allow = allow,
                         .word = choice_of(e, ATTRIBUTE_WORD, YES_CHOICE) == YES_CHOICE};
}

/* The text without disguises, in f->key; its length, or 0. */
static size_t fold_key(struct feeder *f, const struct term *t)
{
    size_t len = text_fold(t->text, t->length, FORM_DEFAULT, NULL, 0);

    if (!mem_grow(&f->b->mem, &f->key, &f->cap_key, len + 1, 1)) {
        f->b->failed = true;
        return 0;
    }
    return text_fold(t->text, t->length, FORM_DEFAULT, f->key, len + 1);
}

static void report_term(struct feeder *f, const struct part *part, const struct element *e,
                        enum message_code message, const char *first, const char *second)
{
    complain(f->b->d, part->doc, e,
             &(struct complaint){
                 .message = message, .place = text_place(part->doc, e), .args = {first, second}});
}

static void report_twice(struct feeder *f, const struct part *part, const struct element *e,
                         const char *word)
{
    const struct element *first = f->elements[matcher_duplicate_term(f->matcher)];
    char line[NUMBER_BYTES];

    report_term(f, part, e, MSG_TERM_TWICE, word, message_number(line_of(part, first), line));
}

static void report_fault(struct feeder *f, const struct part *part, const struct element *e,
                         const struct term *t, enum term_fault fault)
{
    char word[WORD_BYTES], limit[NUMBER_BYTES];

    word_of(t->text, t->length, word);
    switch (fault) {
    case TERM_EMPTY:
        report_term(f, part, e, MSG_TERM_EMPTY, word, NULL);
        break;
    case TERM_TOO_LONG:
        report_term(f, part, e, MSG_TERM_TOO_LONG, message_number(LIMIT_TERM_SYMBOLS, limit), NULL);
        break;
    case TERM_CROSSES:
        report_term(f, part, e, MSG_TERM_CROSSES, word, NULL);
        break;
    case TERM_DUPLICATE:
        report_twice(f, part, e, word);
        break;
    default:
        f->b->failed = true;
    }
}

static void warn_short(struct feeder *f, const struct part *part, const struct element *e,
                       const struct term *t)
{
    size_t len = t->allow ? 0 : fold_key(f, t);
    char word[WORD_BYTES];

    if (len > 0 && utf8_count(f->key, len) == 1 &&
        choice_of(e, ATTRIBUTE_SHORT, NO_CHOICE) != YES_CHOICE)
        report_term(f, part, e, MSG_TERM_SHORT, word_of(t->text, t->length, word), NULL);
}

/*
 * Says which forms cannot be: of the term's own all, of the list's each once, and none where all
 * that are possible were asked for.
 */
static void warn_too_short(struct feeder *f, const struct part *part, const struct element *e,
                           const struct term *t)
{
    const bool own = attribute_of(e, ATTRIBUTE_TOLERATE);
    const uint32_t chosen = choice_of(own ? e : e->parent, ATTRIBUTE_TOLERATE, 0);
    uint32_t forms = matcher_too_short(f->matcher);
    char word[WORD_BYTES];

    if (!own) {
        forms &= ~f->listed;
        f->listed |= forms;
    }
    if (!forms || chosen & 1u << TOLERATE_ALL)
        return;
    word_of(t->text, t->length, word);
    if (forms & (FORM_HOMOPHONE | FORM_PINYIN))
        report_term(f, part, e, MSG_TERM_NO_SOUND, word, NULL);
    if (forms & FORM_INITIALS)
        report_term(f, part, e, MSG_TERM_NO_INITIALS, word, NULL);
}

static void add_term(struct feeder *f, const struct part *part, const struct element *e,
                     uint32_t set)
{
    struct term t = read_term(e, set);
    enum term_fault fault;

    /* The grammar has reported an empty element. */
    if (t.length == 0)
        return;
    t.line = line_of(part, e);
    if (!mem_grow(&f->b->mem, &f->elements, &f->cap, f->count + 1, sizeof *f->elements)) {
        f->b->failed = true;
        return;
    }
    fault = matcher_add_term(f->matcher, &t);
    if (fault != TERM_OK) {
        report_fault(f, part, e, &t, fault);
        return;
    }
    f->elements[f->count++] = e;
    f->b->list_sizes[set]++;
    lint_term(f->b, part, e);
    warn_short(f, part, e, &t);
    warn_too_short(f, part, e, &t);
}

static void note_allow(struct feeder *f, const struct element *e)
{
    struct term t = read_term(e, 0);
    size_t len = fold_key(f, &t);
    uint32_t known = f->keys.count, id;

    if (len == 0)
        return;
    id = intern_add(&f->keys, f->key, len);
    if (id == INTERN_NONE ||
        !mem_grow(&f->b->mem, &f->allows, &f->cap_allows, (size_t)id + 1, sizeof *f->allows) ||
        !mem_grow(&f->b->mem, &f->allow_elements, &f->cap_allow_elements, (size_t)id + 1,
                  sizeof *f->allow_elements)) {
        f->b->failed = true;
        return;
    }
    if (id < known)
        return;
    f->allows[id] = t;
    f->allow_elements[id] = e;
}

/* Whether the phrase is seen wherever the term is, but for disguises of the term that it does not
 * tolerate. */
static bool swallows(const struct term *allow, const struct term *t)
{
    bool as_written = allow->length == t->length && memcmp(allow->text, t->text, t->length) == 0;
    bool every_form = (allow->tolerate & FORM_DEFAULT) == FORM_DEFAULT;

    return (as_written || every_form) && (t->word || !allow->word);
}

static void check_swallowed(struct feeder *f, const struct part *part, const struct element *e)
{
    struct term t = read_term(e, 0);
    size_t len = fold_key(f, &t);
    uint32_t id = len > 0 ? intern_find(&f->keys, f->key, len) : INTERN_NONE;
    char word[WORD_BYTES], line[NUMBER_BYTES];

    if (id == INTERN_NONE || !swallows(&f->allows[id], &t))
        return;
    report_term(f, part, e,
                t.tolerate & ~f->allows[id].tolerate ? MSG_TERM_DISGUISED : MSG_TERM_SWALLOWED,
                word_of(t.text, t.length, word),
                message_number(line_of(part, f->allow_elements[id]), line));
}

static void lint_list(struct feeder *f, const struct part *part, const struct element *list)
{
    if (!child_of(list, ELEMENT_ALLOW))
        return;
    intern_init(&f->keys, f->b->scratch);
    for (const struct element *e = child_of(list, ELEMENT_ALLOW); e && !f->b->failed;
         e = next_of(e))
        note_allow(f, e);
    for (const struct element *e = child_of(list, ELEMENT_TERM); e && !f->b->failed; e = next_of(e))
        check_swallowed(f, part, e);
    intern_clear(&f->keys);
    if (!f->b->failed)
        lint_allows(f->b, part, list);
}

static void add_list(struct feeder *f, const struct part *part, const struct element *list,
                     uint32_t set)
{
    f->listed = 0;
    for (const struct element *e = list->first; e && !f->b->failed; e = e->next) {
        if (e->kind == ELEMENT_TERM || e->kind == ELEMENT_ALLOW)
            add_term(f, part, e, set);
        else if (e->kind == ELEMENT_PATTERN)
            add_pattern(f->b, &f->patterns, f->matcher, part, e, set);
    }
    lint_list(f, part, list);
}

static void enter_lists(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_TERMS); e && !b->failed;
         e = next_of(e))
        names_add(&part->terms, b, part, e);
    part->first_list = b->set->n_term_sets;
    b->set->n_term_sets += part->terms.ids.count;
    part->stamps = need(b, arena_array(b->scratch, part->terms.ids.count, sizeof *part->stamps));
}

static void feed(struct feeder *f)
{
    struct build *b = f->b;
    struct terms_set *sets = keep_array(b, b->set->n_term_sets, sizeof *sets);

    b->set->term_sets = sets;
    b->list_sizes = need(b, arena_array(b->scratch, b->set->n_term_sets, sizeof(uint32_t)));
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++) {
        const struct part *part = &b->parts[i];

        for (uint32_t id = 0; id < part->terms.ids.count && !b->failed; id++) {
            const struct element *e = part->terms.elements[id];

            sets[part->first_list + id] = (struct terms_set){
                keep_id(b, part, value_of(e, ATTRIBUTE_ID)), line_of(part, e), part->source};
            add_list(f, part, e, part->first_list + id);
        }
    }
    /* With errors the set is never used. */
    if (!b->failed && b->d->count[RLS_ERROR] == 0)
        b->set->matcher = need(b, matcher_build(f->matcher));
}

void build_terms(struct build *b)
{
    struct feeder f = {.b = b, .matcher = matcher_builder_new(&b->set->arena)};

    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        enter_lists(b, &b->parts[i]);
    if (need(b, f.matcher) && !b->failed)
        feed(&f);
    matcher_builder_free(f.matcher);
    mem_release(&b->mem, f.elements, f.cap * sizeof *f.elements);
    mem_release(&b->mem, f.allows, f.cap_allows * sizeof *f.allows);
    mem_release(&b->mem, f.allow_elements, f.cap_allow_elements * sizeof *f.allow_elements);
    mem_release(&b->mem, f.key, f.cap_key);
    mem_release(&b->mem, f.patterns.elements, f.patterns.cap * sizeof *f.patterns.elements);
}
