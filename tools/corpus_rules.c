/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus_rules.h"

#include "text.h"

#include <string.h>

static size_t told(const struct corpus *c, const struct counts *counts)
{
    return c->top && c->top < counts->count ? (size_t)c->top : counts->count;
}

/* A word with its number; with its term, where it is written otherwise. */
static void write_counted(const struct counted *x, struct buffer *out)
{
    buffer_plain(out, x->name);
    if (x->of && strcmp(x->of, x->name) != 0) {
        buffer_text(out, text(TEXT_OPEN));
        buffer_plain(out, x->of);
        buffer_text(out, text(TEXT_CLOSE_PLAIN));
    }
    buffer_format(out, " %llu", (unsigned long long)x->documents);
}

static void write_counts(const struct corpus *c, enum text_id lead, const struct counts *counts,
                         struct buffer *out)
{
    size_t n = told(c, counts);

    if (n == 0)
        return;
    buffer_format(out, "  %s", text(lead));
    for (size_t i = 0; i < n; i++) {
        buffer_text(out, i ? text(TEXT_COMMA) : "");
        write_counted(&counts->items[i], out);
    }
    if (n < counts->count || counts->more)
        buffer_say(out, TEXT_MORE_WORDS);
    buffer_text(out, "\n");
}

static void write_rule(const struct corpus *c, size_t rule, struct buffer *out)
{
    const struct rule_use *u = &c->rules[rule];
    const char *id = rls_rule_id(rls_set_rule_at(c->set, rule));

    if (u->fired.documents) {
        buffer_say(out, TEXT_RULE_FIRED, id);
        corpus_use_text(&u->fired, out);
        write_counts(c, TEXT_WORDS_FOUND, &u->words, out);
    }
    if (u->unsure.documents) {
        buffer_say(out, TEXT_RULE_UNSURE, id);
        corpus_use_text(&u->unsure, out);
        write_counts(c, TEXT_WHY_MISSING, &u->missing, out);
    }
}

void corpus_rules_text(const struct corpus *c, struct buffer *out)
{
    for (size_t i = 0; i < c->n_rules; i++)
        write_rule(c, i, out);
    for (size_t i = 0; i < c->tally.n_missing; i++) {
        const struct missing_fact *m = &c->tally.missing[i];
        buffer_say(out, TEXT_SUM_MISSING, m->fact);
        buffer_count(out, TEXT_ONE_RULE, m->rules);
        buffer_say(out, TEXT_OPEN);
        buffer_count(out, TEXT_ONE_DOCUMENT, m->documents);
        buffer_say(out, TEXT_CLOSE);
    }
}

static void json_words(const struct corpus *c, const struct counts *counts, struct buffer *out)
{
    buffer_text(out, ",\"words\":[");
    for (size_t i = 0; i < told(c, counts); i++) {
        buffer_text(out, i ? ",{\"word\":" : "{\"word\":");
        buffer_json(out, counts->items[i].name);
        buffer_text(out, ",\"term\":");
        buffer_json(out, counts->items[i].of);
        buffer_format(out, ",\"documents\":%llu}", (unsigned long long)counts->items[i].documents);
    }
    buffer_format(out, "],\"word_count\":%zu", counts->count);
}

static void json_unsure(const struct rule_use *u, struct buffer *out)
{
    buffer_text(out, ",\"indeterminate\":{\"missing\":[");
    for (size_t i = 0; i < u->missing.count; i++) {
        buffer_text(out, i ? ",{\"fact\":" : "{\"fact\":");
        buffer_json(out, u->missing.items[i].name);
        buffer_format(out, ",\"documents\":%llu}",
                      (unsigned long long)u->missing.items[i].documents);
    }
    buffer_text(out, "]");
    corpus_use_json(&u->unsure, out);
    buffer_text(out, "}");
}

static void json_rule(const struct corpus *c, size_t rule, struct buffer *out)
{
    const struct rule_use *u = &c->rules[rule];

    buffer_text(out, "{\"rule\":");
    buffer_json(out, rls_rule_id(rls_set_rule_at(c->set, rule)));
    corpus_use_json(&u->fired, out);
    json_words(c, &u->words, out);
    json_unsure(u, out);
    buffer_text(out, "}");
}

void corpus_rules_json(const struct corpus *c, struct buffer *out)
{
    size_t n = 0;

    buffer_text(out, "\"rules\":[");
    for (size_t i = 0; i < c->n_rules; i++) {
        if (!c->rules[i].fired.documents && !c->rules[i].unsure.documents)
            continue;
        buffer_text(out, n++ ? ",\n" : "\n");
        json_rule(c, i, out);
    }
    buffer_text(out, "],\"undecided\":[");
    for (size_t i = 0; i < c->tally.n_missing; i++) {
        buffer_text(out, i ? ",{\"fact\":" : "{\"fact\":");
        buffer_json(out, c->tally.missing[i].fact);
        buffer_format(out, ",\"rules\":%zu,\"documents\":%llu}", c->tally.missing[i].rules,
                      (unsigned long long)c->tally.missing[i].documents);
    }
    buffer_text(out, "]");
}
