/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include "text.h"

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

void tally_report(struct tally *t, const struct rls_report *r)
{
    uint32_t verdict = rls_report_verdict(r);

    t->checked++;
    if (verdict <= RLS_REJECT)
        t->verdicts[verdict]++;
    if (!rls_report_complete(r))
        t->incomplete++;
    for (size_t i = 0; i < rls_report_undecided_count(r); i++) {
        const struct rls_undecided *u = rls_report_undecided(r, i);
        add_missing(t, u->fact, 1, u->rules);
    }
}

void tally_merge(struct tally *t, struct tally *more)
{
    t->checked += more->checked;
    t->malformed += more->malformed;
    t->failed += more->failed;
    t->unreadable += more->unreadable;
    t->incomplete += more->incomplete;
    for (size_t i = 0; i <= RLS_REJECT; i++)
        t->verdicts[i] += more->verdicts[i];
    t->reached = t->reached || more->reached;
    t->short_of_memory = t->short_of_memory || more->short_of_memory;
    for (size_t i = 0; i < more->n_missing; i++)
        add_missing(t, more->missing[i].fact, more->missing[i].documents, more->missing[i].rules);
    tally_free(more);
}

void tally_free(struct tally *t)
{
    for (size_t i = 0; i < t->n_missing; i++)
        free(t->missing[i].fact);
    free(t->missing);
    *t = (struct tally){0};
}

static int compare_missing(const void *a, const void *b)
{
    const struct missing_fact *x = a, *y = b;

    if (x->rules != y->rules)
        return x->rules < y->rules ? 1 : -1;
    return strcmp(x->fact, y->fact);
}

/* The order must not depend on which worker saw a fact first. */
static void sort_missing(struct tally *t)
{
    if (t->n_missing > 1)
        qsort(t->missing, t->n_missing, sizeof *t->missing, compare_missing);
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

void tally_write_text(struct tally *t, const struct tally_time *time, struct buffer *b)
{
    sort_missing(t);
    buffer_say(b, TEXT_SUM_CHECKED, (unsigned long long)t->checked);
    for (unsigned verdict = 0; verdict <= RLS_REJECT; verdict++)
        buffer_format(b, "%s%s %llu", verdict ? ", " : "", text_verdict(verdict),
                      (unsigned long long)t->verdicts[verdict]);
    write_troubles(t, b);
    buffer_text(b, "\n");
    for (size_t i = 0; i < t->n_missing; i++)
        buffer_say(b, TEXT_SUM_MISSING, t->missing[i].fact, t->missing[i].rules,
                   (unsigned long long)t->missing[i].documents);
    buffer_say(b, TEXT_SUM_TIME, time->rules, time->seconds, per_second(t, time));
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

void tally_write_json(struct tally *t, const struct tally_time *time, struct buffer *b)
{
    sort_missing(t);
    buffer_format(b, "{\"checked\":%llu,\"malformed\":%llu,\"failed\":%llu,\"unreadable\":%llu",
                  (unsigned long long)t->checked, (unsigned long long)t->malformed,
                  (unsigned long long)t->failed, (unsigned long long)t->unreadable);
    buffer_format(
        b, ",\"verdicts\":{\"pass\":%llu,\"advise\":%llu,\"review\":%llu,\"reject\":%llu}",
        (unsigned long long)t->verdicts[RLS_PASS], (unsigned long long)t->verdicts[RLS_ADVISE],
        (unsigned long long)t->verdicts[RLS_REVIEW], (unsigned long long)t->verdicts[RLS_REJECT]);
    buffer_format(b, ",\"incomplete\":%llu", (unsigned long long)t->incomplete);
    write_missing(t, b);
    buffer_format(b, ",\"rules\":%zu,\"elapsed_ms\":%.0f,\"documents_per_second\":%.0f}",
                  time->rules, time->seconds * 1000, per_second(t, time));
}
