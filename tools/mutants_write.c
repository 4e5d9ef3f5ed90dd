/* SPDX-License-Identifier: Apache-2.0 */
#include "mutants.h"
#include "text.h"

#include <stdint.h>
#include <string.h>

static const struct {
    const char *name;
    enum text_id text;
    enum text_id add; /* what case would notice it */
} kinds[MUTATION_KINDS] = {
    [RLS_MUTATION_TERM] = {"term", TEXT_MUTANT_TERM, TEXT_ADD_TERM},
    [RLS_MUTATION_ALLOW] = {"allow", TEXT_MUTANT_ALLOW, TEXT_ADD_ALLOW},
    [RLS_MUTATION_THRESHOLD] = {"threshold", TEXT_MUTANT_THRESHOLD, TEXT_ADD_THRESHOLD},
    [RLS_MUTATION_EXEMPTION] = {"exemption", TEXT_MUTANT_EXEMPTION, TEXT_ADD_EXEMPTION},
    [RLS_MUTATION_GUARD] = {"guard", TEXT_MUTANT_GUARD, TEXT_ADD_GUARD},
    [RLS_MUTATION_REQUIREMENT] = {"requirement", TEXT_MUTANT_REQUIREMENT, TEXT_ADD_REQUIREMENT},
    [RLS_MUTATION_SCOPE] = {"scope", TEXT_MUTANT_SCOPE, TEXT_ADD_SCOPE},
    [RLS_MUTATION_CONDITION] = {"condition", TEXT_MUTANT_CONDITION, TEXT_ADD_CONDITION},
    [RLS_MUTATION_GRADE] = {"grade", TEXT_MUTANT_GRADE, TEXT_ADD_GRADE},
    [RLS_MUTATION_GRACE] = {"grace", TEXT_MUTANT_GRACE, TEXT_ADD_GRACE},
    [RLS_MUTATION_FIELD] = {"field", TEXT_MUTANT_FIELD, TEXT_ADD_FIELD},
    [RLS_MUTATION_VALUE] = {"value", TEXT_MUTANT_VALUE, TEXT_ADD_VALUE},
};

/* Of words there are the most, and of fields many: they come last, and have scores of their own. */
enum rank { RANK_CHANGES, RANK_FIELDS, RANK_WORDS, RANKS };

static enum rank rank_of(size_t kind)
{
    if (kind == RLS_MUTATION_TERM || kind == RLS_MUTATION_ALLOW)
        return RANK_WORDS;
    return kind == RLS_MUTATION_FIELD ? RANK_FIELDS : RANK_CHANGES;
}

/* The survivor of a number, if it is of this kind; NULL otherwise. */
static const struct rls_mutation *survivor(const struct mutants *m, size_t i, size_t kind)
{
    const struct rls_mutation *one = rls_mutation_at(m->list, i);

    return one && !m->noticed[i] && one->kind == kind ? one : NULL;
}

static size_t count_survivors(const struct mutants *m)
{
    size_t n = 0;

    for (size_t i = 0; i < rls_mutation_count(m->list); i++)
        n += !m->noticed[i];
    return n;
}

/* Text that is written until enough survivors are told. */
struct told {
    const struct mutants *m;
    struct buffer *b;
    size_t left;
};

static void survivor_text(const struct rls_mutation *one, struct buffer *b)
{
    buffer_format(b, "    %s:%u: ", one->source, one->line);
    buffer_say(b, kinds[one->kind].text, one->change ? one->change : "");
    buffer_format(b, ": <%s%s", one->operation, *one->operand ? " " : "");
    buffer_plain(b, one->operand);
    buffer_text(b, ">\n");
}

/* Behind the last mutation of a rule, or of a list where there is none. Those of one stand
 * together. */
static size_t end_of_group(const struct mutants *m, size_t first)
{
    const struct rls_mutation *one = rls_mutation_at(m->list, first), *next;
    size_t i = first + 1;

    while ((next = rls_mutation_at(m->list, i)) && next->rule == one->rule &&
           (one->rule || strcmp(next->owner, one->owner) == 0))
        i++;
    return i;
}

/* @return how many were told */
static size_t tell_kind(struct told *t, size_t first, size_t end, size_t kind, bool headed)
{
    size_t n = 0;

    for (size_t i = first; i < end && t->left > 0; i++) {
        const struct rls_mutation *one = survivor(t->m, i, kind);
        if (!one)
            continue;
        if (n == 0 && !headed)
            buffer_format(t->b, "%s\n", rls_rule_id(one->rule));
        if (n++ == 0)
            buffer_format(t->b, "  %s\n", text(kinds[kind].add));
        survivor_text(one, t->b);
        t->left--;
    }
    return n;
}

static void tell_rules(struct told *t, enum rank rank)
{
    size_t n = rls_mutation_count(t->m->list), end;

    for (size_t first = 0; first < n; first = end) {
        size_t told = 0;

        end = end_of_group(t->m, first);
        for (size_t kind = 1; kind < MUTATION_KINDS; kind++)
            if (rank_of(kind) == rank)
                told += tell_kind(t, first, end, kind, told > 0);
    }
}

static void tell_words(struct told *t, size_t kind)
{
    size_t n = rls_mutation_count(t->m->list), end;

    for (size_t first = 0; first < n; first = end) {
        size_t told = 0;

        end = end_of_group(t->m, first);
        for (size_t i = first; i < end && t->left > 0; i++) {
            const struct rls_mutation *one = survivor(t->m, i, kind);
            if (!one)
                continue;
            if (told == 0)
                buffer_format(t->b, "%s:%u: ", one->source, one->line);
            if (told == 0)
                buffer_say(t->b, kinds[kind].add, one->owner);
            buffer_text(t->b, told++ ? text(TEXT_COMMA) : "");
            buffer_plain(t->b, one->operand);
            t->left--;
        }
        buffer_text(t->b, told ? "\n" : "");
    }
}

static size_t percent(size_t noticed, size_t made)
{
    return made ? noticed * 100 / made : 100;
}

static void kind_text(const struct score *s, size_t kind, struct buffer *b)
{
    if (s->made[kind])
        buffer_format(b, "  %-12s %zu / %zu (%zu%%)\n", kinds[kind].name, s->noticed[kind],
                      s->made[kind], percent(s->noticed[kind], s->made[kind]));
}

static void score_text(const struct score *s, struct buffer *b)
{
    size_t made = s->made[0], noticed = s->noticed[0];
    size_t words = s->made[RLS_MUTATION_TERM] + s->made[RLS_MUTATION_ALLOW];
    size_t met = s->noticed[RLS_MUTATION_TERM] + s->noticed[RLS_MUTATION_ALLOW];

    made -= words + s->made[RLS_MUTATION_FIELD];
    noticed -= met + s->noticed[RLS_MUTATION_FIELD];
    buffer_say(b, TEXT_SCORE, (int)s->length, s->ruleset, noticed, made, percent(noticed, made));
    for (size_t k = 1; k < MUTATION_KINDS; k++)
        if (rank_of(k) == RANK_CHANGES)
            kind_text(s, k, b);
    kind_text(s, RLS_MUTATION_FIELD, b);
    if (words)
        buffer_say(b, TEXT_SCORE_WORDS, met, words, percent(met, words), s->lists_met, s->lists);
}

void mutants_write_text(const struct mutants *m, size_t most, struct buffer *b)
{
    struct told t = {.m = m, .b = b, .left = most ? most : SIZE_MAX};
    size_t n = count_survivors(m);

    tell_rules(&t, RANK_CHANGES);
    tell_rules(&t, RANK_FIELDS);
    tell_words(&t, RLS_MUTATION_TERM);
    tell_words(&t, RLS_MUTATION_ALLOW);
    if (most && n > most)
        buffer_say(b, TEXT_MORE_MUTANTS, n - most);
    for (size_t i = 0; i < m->n_scores; i++)
        score_text(&m->scores[i], b);
}

static void survivor_json(const struct rls_mutation *one, struct buffer *b)
{
    buffer_format(b, "\n{\"kind\":\"%s\",\"source\":", kinds[one->kind].name);
    buffer_json(b, one->source);
    buffer_format(b, ",\"line\":%u,\"rule\":", one->line);
    buffer_json(b, one->rule ? rls_rule_id(one->rule) : NULL);
    buffer_text(b, ",\"owner\":");
    buffer_json(b, one->owner);
    buffer_format(b, ",\"operation\":\"%s\",\"operand\":", one->operation);
    buffer_json(b, one->operand);
    buffer_text(b, ",\"change\":");
    buffer_json(b, one->change);
    buffer_text(b, "},");
}

static void score_json(const struct score *s, struct buffer *b)
{
    const char *comma = "";

    buffer_format(b, "\n{\"ruleset\":\"%.*s\",\"mutants\":%zu,\"noticed\":%zu,\"kinds\":{",
                  (int)s->length, s->ruleset, s->made[0], s->noticed[0]);
    for (size_t k = 1; k < MUTATION_KINDS; k++) {
        if (!s->made[k])
            continue;
        buffer_format(b, "%s\"%s\":{\"mutants\":%zu,\"noticed\":%zu}", comma, kinds[k].name,
                      s->made[k], s->noticed[k]);
        comma = ",";
    }
    buffer_format(b, "},\"lists\":%zu,\"lists_met\":%zu},", s->lists, s->lists_met);
}

/* The comma behind the last member goes. */
static void end_list(struct buffer *b)
{
    if (b->len && b->data[b->len - 1] == ',')
        b->len--;
    buffer_text(b, "\n]");
}

void mutants_write_json(const struct mutants *m, size_t most, struct buffer *b)
{
    buffer_text(b, ",\n\"mutants\":[");
    for (size_t i = 0; i < m->n_scores; i++)
        score_json(&m->scores[i], b);
    end_list(b);
    buffer_text(b, ",\n\"survivors\":[");
    size_t left = most ? most : SIZE_MAX;
    for (enum rank rank = 0; rank < RANKS; rank++)
        for (size_t i = 0; i < rls_mutation_count(m->list); i++) {
            const struct rls_mutation *one = rls_mutation_at(m->list, i);
            if (m->noticed[i] || rank_of(one->kind) != rank || left == 0)
                continue;
            survivor_json(one, b);
            left--;
        }
    end_list(b);
    buffer_format(b, ",\n\"survivor_count\":%zu", count_survivors(m));
}
