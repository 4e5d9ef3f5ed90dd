/* SPDX-License-Identifier: Apache-2.0 */
#include "mutants.h"
#include "text.h"

static const struct {
    const char *name;
    enum text_id text;
} kinds[MUTATION_KINDS] = {
    [RLS_MUTATION_TERM] = {"term", TEXT_MUTANT_TERM},
    [RLS_MUTATION_ALLOW] = {"allow", TEXT_MUTANT_ALLOW},
    [RLS_MUTATION_THRESHOLD] = {"threshold", TEXT_MUTANT_THRESHOLD},
    [RLS_MUTATION_EXEMPTION] = {"exemption", TEXT_MUTANT_EXEMPTION},
    [RLS_MUTATION_GUARD] = {"guard", TEXT_MUTANT_GUARD},
    [RLS_MUTATION_REQUIREMENT] = {"requirement", TEXT_MUTANT_REQUIREMENT},
    [RLS_MUTATION_SCOPE] = {"scope", TEXT_MUTANT_SCOPE},
    [RLS_MUTATION_CONDITION] = {"condition", TEXT_MUTANT_CONDITION},
    [RLS_MUTATION_GRADE] = {"grade", TEXT_MUTANT_GRADE},
    [RLS_MUTATION_GRACE] = {"grace", TEXT_MUTANT_GRACE},
};

/* Of words there are the most: they come last, and scores are told without them, too. */
static bool is_word(size_t kind)
{
    return kind == RLS_MUTATION_TERM || kind == RLS_MUTATION_ALLOW;
}

static const struct rls_mutation *survivor(const struct mutants *m, size_t i, bool word)
{
    const struct rls_mutation *one = rls_mutation_at(m->list, i);

    return m->noticed[i] || is_word(one->kind) != word ? NULL : one;
}

static size_t each_survivor(const struct mutants *m, size_t most, struct buffer *b,
                            void (*write)(const struct rls_mutation *one, struct buffer *b))
{
    size_t n = 0;

    for (int words = 0; words < 2; words++)
        for (size_t i = 0; i < rls_mutation_count(m->list); i++) {
            const struct rls_mutation *one = survivor(m, i, words);
            if (one && (!most || n < most))
                write(one, b);
            n += one != NULL;
        }
    return n;
}

static void survivor_text(const struct rls_mutation *one, struct buffer *b)
{
    buffer_format(b, "%s:%u: ", one->source, one->line);
    buffer_say(b, TEXT_NOT_NOTICED, one->rule ? rls_rule_id(one->rule) : one->owner);
    buffer_say(b, kinds[one->kind].text, one->change ? one->change : "");
    if (one->rule)
        buffer_format(b, ": <%s%s", one->operation, *one->operand ? " " : "");
    else
        buffer_text(b, ": ");
    buffer_plain(b, one->operand);
    buffer_text(b, one->rule ? ">\n" : "\n");
}

static size_t percent(size_t noticed, size_t made)
{
    return made ? noticed * 100 / made : 100;
}

static void score_text(const struct score *s, struct buffer *b)
{
    size_t made = 0, noticed = 0;

    for (size_t k = 1; k < MUTATION_KINDS; k++) {
        made += is_word(k) ? 0 : s->made[k];
        noticed += is_word(k) ? 0 : s->noticed[k];
    }
    buffer_say(b, TEXT_SCORE, (int)s->length, s->ruleset, s->noticed[0], s->made[0],
               percent(s->noticed[0], s->made[0]), noticed, made, percent(noticed, made));
    for (size_t k = 1; k < MUTATION_KINDS; k++)
        if (s->made[k])
            buffer_format(b, "  %-12s %zu / %zu (%zu%%)\n", kinds[k].name, s->noticed[k],
                          s->made[k], percent(s->noticed[k], s->made[k]));
}

void mutants_write_text(const struct mutants *m, size_t most, struct buffer *b)
{
    size_t n = each_survivor(m, most, b, survivor_text);

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
    buffer_text(b, "}},");
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
    size_t n = each_survivor(m, most, b, survivor_json);
    end_list(b);
    buffer_format(b, ",\n\"survivor_count\":%zu", n);
}
