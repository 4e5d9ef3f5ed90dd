/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include "text.h"
#include "unread.h"

#include <stdlib.h>
#include <string.h>

static struct missing_fact *find_missing(struct tally *t, const char *fact)
{
    for (size_t i = 0; i < t->n_missing; i++)
        if (strcmp(t->missing[i].fact, fact) == 0)
            return &t->missing[i];

    struct missing_fact *missing = realloc(t->missing, (t->n_missing + 1) * sizeof *missing);
    if (missing)
        t->missing = missing;
    char *copy = strdup(fact);
    if (!missing || !copy) {
        free(copy);
        t->short_of_memory = true;
        return NULL;
    }
    missing[t->n_missing] = (struct missing_fact){.fact = copy};
    return &missing[t->n_missing++];
}

static void add_missing(struct tally *t, const char *fact, uint64_t documents, size_t rules)
{
    struct missing_fact *m = find_missing(t, fact);

    if (!m)
        return;
    m->documents += documents;
    m->rules = rules > m->rules ? rules : m->rules;
}

/* Of values that no rule names the most frequent are told one by one. */
enum { MOST_VALUES = 32 };

static struct noted *find_note(struct tally *t, uint32_t code, const char *message)
{
    for (size_t i = 0; i < t->n_notes; i++)
        if (t->notes[i].code == code)
            return &t->notes[i];

    struct noted *notes = realloc(t->notes, (t->n_notes + 1) * sizeof *notes);
    if (notes)
        t->notes = notes;
    char *copy = strdup(message);
    if (!notes || !copy) {
        free(copy);
        t->short_of_memory = true;
        return NULL;
    }
    notes[t->n_notes] = (struct noted){.code = code, .message = copy};
    return &notes[t->n_notes++];
}

/* A document counts once for each number, and for each value that no rule names. */
static void add_note(struct tally *t, const struct rls_note *note)
{
    bool english = strcmp(text_language(), "en") == 0;
    const char *message = english ? note->message : note->message_zh;

    if (note->code == NOTE_STRANGE_VALUE) {
        if (!counts_add(&t->values, message, NULL, t->checked))
            t->short_of_memory = true;
        return;
    }
    struct noted *n = find_note(t, note->code, message);
    if (!n || n->last == t->checked)
        return;
    n->last = t->checked;
    n->documents++;
}

bool tally_has_troubles(const struct tally *t)
{
    return t->malformed || t->failed || t->unreadable;
}

bool tally_is_empty(const struct tally *t)
{
    return !t->checked && !tally_has_troubles(t);
}

uint64_t tally_noted(const struct tally *t, uint32_t code)
{
    for (size_t i = 0; i < t->n_notes; i++)
        if (t->notes[i].code == code)
            return t->notes[i].documents;
    return 0;
}

void tally_report(struct tally *t, const struct rls_report *r)
{
    uint32_t verdict = rls_report_verdict(r);

    t->checked++;
    if (verdict <= RLS_REJECT)
        t->verdicts[verdict]++;
    if (!rls_report_complete(r))
        t->incomplete++;
    t->unsettled += verdict == RLS_PASS && rls_report_undecided_count(r) > 0;
    for (size_t i = 0; i < rls_report_undecided_count(r); i++) {
        const struct rls_undecided *u = rls_report_undecided(r, i);
        add_missing(t, u->fact, 1, u->rules);
    }
    for (size_t i = 0; i < rls_report_note_count(r); i++)
        add_note(t, rls_report_note(r, i));
}

void tally_merge(struct tally *t, struct tally *more)
{
    t->checked += more->checked;
    t->malformed += more->malformed;
    t->failed += more->failed;
    t->unreadable += more->unreadable;
    t->incomplete += more->incomplete;
    t->unsettled += more->unsettled;
    t->known += more->known;
    t->nameless += more->nameless;
    for (size_t i = 0; i <= RLS_REJECT; i++)
        t->verdicts[i] += more->verdicts[i];
    t->reached = t->reached || more->reached;
    t->short_of_memory = t->short_of_memory || more->short_of_memory;
    for (size_t i = 0; i < more->n_missing; i++)
        add_missing(t, more->missing[i].fact, more->missing[i].documents, more->missing[i].rules);
    if (!counts_merge(&t->unread, &more->unread) || !counts_merge(&t->values, &more->values))
        t->short_of_memory = true;
    for (size_t i = 0; i < more->n_notes; i++) {
        struct noted *n = find_note(t, more->notes[i].code, more->notes[i].message);
        if (n)
            n->documents += more->notes[i].documents;
    }
    tally_free(more);
}

void tally_free(struct tally *t)
{
    for (size_t i = 0; i < t->n_missing; i++)
        free(t->missing[i].fact);
    free(t->missing);
    for (size_t i = 0; i < t->n_notes; i++)
        free(t->notes[i].message);
    free(t->notes);
    counts_free(&t->values);
    counts_free(&t->unread);
    exceptions_free(&t->exceptions);
    *t = (struct tally){0};
}

static int compare_missing(const void *a, const void *b)
{
    const struct missing_fact *x = a, *y = b;

    if (x->rules != y->rules)
        return x->rules < y->rules ? 1 : -1;
    return strcmp(x->fact, y->fact);
}

static int compare_notes(const void *a, const void *b)
{
    const struct noted *x = a, *y = b;

    return (x->code > y->code) - (x->code < y->code);
}

/* The order must not depend on which worker saw a fact first. */
static void sort(struct tally *t)
{
    if (t->n_notes > 1)
        qsort(t->notes, t->n_notes, sizeof *t->notes, compare_notes);
    if (t->n_missing > 1)
        qsort(t->missing, t->n_missing, sizeof *t->missing, compare_missing);
    counts_sort(&t->values);
    counts_sort(&t->unread);
}

static double per_second(const struct tally *t, const struct tally_time *time)
{
    return time->seconds > 0 ? (double)t->checked / time->seconds : 0;
}

static void write_troubles(const struct tally *t, struct buffer *b)
{
    if (t->malformed)
        buffer_say(b, TEXT_SUM_MALFORMED, (unsigned long long)t->malformed);
    if (t->failed)
        buffer_say(b, TEXT_SUM_FAILED, (unsigned long long)t->failed);
    if (t->unreadable)
        buffer_say(b, TEXT_SUM_UNREADABLE, (unsigned long long)t->unreadable);
    if (t->incomplete)
        buffer_say(b, TEXT_SUM_INCOMPLETE, (unsigned long long)t->incomplete);
}

static void write_known(const struct tally *t, const struct baseline *baseline, struct buffer *b)
{
    struct baseline_end end = baseline_end(baseline);

    buffer_say(b, TEXT_SUM_BASELINE, (unsigned long long)t->known, end.gone);
    if (end.unchecked)
        buffer_say(b, TEXT_SUM_UNCHECKED, end.unchecked);
    buffer_text(b, "\n");
}

/* A note of the summary. */
struct told {
    uint32_t code;
    uint64_t documents;
    const char *message;
};

static struct told told_value(const struct tally *t, size_t i)
{
    const struct counted *v = &t->values.items[i];
    struct told rest = {NOTE_STRANGE_VALUE, t->values.more, text(TEXT_VALUES_MORE)};

    if (i < MOST_VALUES)
        return (struct told){NOTE_STRANGE_VALUE, v->documents, v->name};
    for (; i < t->values.count; i++)
        rest.documents += t->values.items[i].documents;
    return rest;
}

/* Notes by their numbers; of values the most frequent first, and the rest of them as one.
 * @return false behind the last */
static bool next_note(const struct tally *t, size_t *at, struct told *out)
{
    size_t i = (*at)++, before = 0;
    size_t values = t->values.count > MOST_VALUES ? MOST_VALUES + 1 : t->values.count;

    while (before < t->n_notes && t->notes[before].code < NOTE_STRANGE_VALUE)
        before++;
    if (i >= before && i < before + values) {
        *out = told_value(t, i - before);
        return true;
    }
    i -= i < before ? 0 : values;
    if (i >= t->n_notes)
        return false;
    *out = (struct told){t->notes[i].code, t->notes[i].documents, t->notes[i].message};
    return true;
}

static void write_notes_text(const struct tally *t, struct buffer *b)
{
    struct told note;

    for (size_t at = 0; next_note(t, &at, &note);) {
        buffer_say(b, TEXT_SUM_NOTE, note.code);
        buffer_count(b, TEXT_ONE_DOCUMENT, note.documents);
        buffer_format(b, "%s%s", text(TEXT_OPEN), note.message);
        buffer_say(b, TEXT_CLOSE);
    }
}

void tally_write_text(struct tally *t, const struct tally_time *time, struct buffer *b)
{
    sort(t);
    buffer_say(b, TEXT_SUM_CHECKED, (unsigned long long)t->checked);
    for (unsigned verdict = 0; verdict <= RLS_REJECT; verdict++)
        buffer_format(b, "%s%s %llu", verdict ? text(TEXT_COMMA) : "", text_verdict(verdict),
                      (unsigned long long)t->verdicts[verdict]);
    write_troubles(t, b);
    buffer_text(b, "\n");
    for (size_t i = 0; i < t->n_missing; i++) {
        buffer_say(b, TEXT_SUM_MISSING, t->missing[i].fact);
        buffer_count(b, TEXT_ONE_RULE, t->missing[i].rules);
        buffer_say(b, TEXT_OPEN);
        buffer_count(b, TEXT_ONE_DOCUMENT, t->missing[i].documents);
        buffer_say(b, TEXT_CLOSE);
    }
    if (t->unsettled) {
        buffer_say(b, TEXT_SUM_UNSETTLED);
        buffer_count(b, TEXT_ONE_DOCUMENT, t->unsettled);
        buffer_say(b, TEXT_SUM_UNSETTLED_END);
    }
    write_notes_text(t, b);
    unread_write_text(&t->unread, time->set, time->subject, b);
    exceptions_write_text(&t->exceptions, b);
    if (time->baseline)
        write_known(t, time->baseline, b);
    buffer_count(b, TEXT_ONE_RULE, time->rules);
    buffer_say(b, TEXT_SUM_TIME, time->seconds, per_second(t, time));
}

static void write_missing(const struct tally *t, struct buffer *b)
{
    buffer_text(b, ",\"undecided\":[");
    for (size_t i = 0; i < t->n_missing; i++) {
        buffer_text(b, i ? ",{\"fact\":" : "{\"fact\":");
        buffer_json(b, t->missing[i].fact);
        buffer_format(b, ",\"rules\":%zu,\"documents\":%llu}", t->missing[i].rules,
                      (unsigned long long)t->missing[i].documents);
    }
    buffer_text(b, "]");
}

static void write_notes(const struct tally *t, struct buffer *b)
{
    struct told note;

    buffer_text(b, ",\"notes\":[");
    for (size_t at = 0; next_note(t, &at, &note);) {
        buffer_format(b,
                      "%s{\"code\":\"RLS-%u\",\"documents\":%llu,\"message\":", at > 1 ? "," : "",
                      note.code, (unsigned long long)note.documents);
        buffer_json(b, note.message);
        buffer_text(b, "}");
    }
    buffer_text(b, "]");
}

static void write_baseline(const struct tally *t, const struct baseline *baseline, struct buffer *b)
{
    buffer_format(b, ",\"baseline\":{\"known\":%llu,\"unchecked\":%zu,\"gone\":",
                  (unsigned long long)t->known, baseline_end(baseline).unchecked);
    baseline_write_gone(baseline, b);
    buffer_text(b, "}");
}

void tally_write_json(struct tally *t, const struct tally_time *time, struct buffer *b)
{
    sort(t);
    buffer_format(b, "{\"checked\":%llu,\"malformed\":%llu,\"failed\":%llu,\"unreadable\":%llu",
                  (unsigned long long)t->checked, (unsigned long long)t->malformed,
                  (unsigned long long)t->failed, (unsigned long long)t->unreadable);
    buffer_format(
        b, ",\"verdicts\":{\"pass\":%llu,\"advise\":%llu,\"review\":%llu,\"reject\":%llu}",
        (unsigned long long)t->verdicts[RLS_PASS], (unsigned long long)t->verdicts[RLS_ADVISE],
        (unsigned long long)t->verdicts[RLS_REVIEW], (unsigned long long)t->verdicts[RLS_REJECT]);
    buffer_format(b, ",\"incomplete\":%llu,\"unsettled\":%llu", (unsigned long long)t->incomplete,
                  (unsigned long long)t->unsettled);
    write_missing(t, b);
    write_notes(t, b);
    unread_write_json(&t->unread, time->set, time->subject, b);
    buffer_text(b, ",\"exceptions\":");
    exceptions_write_json(&t->exceptions, b);
    if (time->baseline)
        write_baseline(t, time->baseline, b);
    buffer_format(b, ",\"rules\":%zu,\"elapsed_ms\":%.0f,\"documents_per_second\":%.0f}",
                  time->rules, time->seconds * 1000, per_second(t, time));
}
