/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus_rules.h"
#include "text.h"

#include <stdlib.h>

/* A term in the order it is told. */
struct told {
    const struct use *use;
    size_t term;
};

/* The most common first. */
static int compare(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    if (x->use->documents != y->use->documents)
        return x->use->documents < y->use->documents ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

/* Terms of a list from @p least documents on. @return how many, in @p out */
static size_t choose(const struct corpus *c, size_t list, uint64_t least, struct told *out)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_terms; i++)
        if (c->list_of[i] == list && c->terms[i].documents >= least)
            out[n++] = (struct told){.use = &c->terms[i], .term = i};
    if (n > 1)
        qsort(out, n, sizeof *out, compare);
    return n;
}

/* ": 3 documents, such as a, b, c" */
void corpus_use_text(const struct use *u, struct buffer *out)
{
    buffer_text(out, text(TEXT_COLON));
    buffer_count(out, TEXT_ONE_DOCUMENT, u->documents);
    for (size_t i = 0; i < u->n_examples; i++)
        buffer_format(out, "%s%s", text(i ? TEXT_COMMA : TEXT_SUCH_AS), u->examples[i]);
    buffer_text(out, "\n");
}

static void write_term(const struct corpus *c, const struct told *t, struct buffer *out)
{
    buffer_text(out, "  ");
    buffer_plain(out, rls_set_term_text(c->set, t->term));
    corpus_use_text(t->use, out);
}

static void write_list(const struct corpus *c, const struct list_use *list,
                       const struct told *terms, size_t n, struct buffer *out)
{
    buffer_format(out, "%s%s", list->id, text(TEXT_COLON));
    buffer_count(out, TEXT_ONE_DOCUMENT, list->use.documents);
    buffer_text(out, "\n");
    for (size_t i = 0; i < n; i++)
        write_term(c, &terms[i], out);
}

size_t corpus_write_text(const struct corpus *c, struct buffer *out)
{
    struct told *terms = calloc(c->n_terms + 1, sizeof *terms);
    size_t all = 0;

    out->failed = out->failed || !terms;
    for (size_t i = 0; terms && i < c->n_lists; i++) {
        size_t n = choose(c, i, c->common, terms);
        all += n;
        if (n > 0)
            write_list(c, &c->lists[i], terms, n, out);
    }
    free(terms);
    corpus_rules_text(c, out);
    buffer_say(out, TEXT_CORPUS);
    buffer_count(out, TEXT_ONE_DOCUMENT, c->documents);
    buffer_say(out, TEXT_CORPUS_TERMS, (unsigned long long)c->common, all);
    if (c->refused)
        buffer_say(out, TEXT_SUM_MALFORMED, (unsigned long long)c->refused);
    buffer_text(out, "\n");
    return all;
}

void corpus_use_json(const struct use *u, struct buffer *out)
{
    buffer_format(out, ",\"documents\":%llu,\"examples\":[", (unsigned long long)u->documents);
    for (size_t i = 0; i < u->n_examples; i++) {
        buffer_text(out, i ? "," : "");
        buffer_json(out, u->examples[i]);
    }
    buffer_text(out, "]");
}

static void write_json_term(const struct corpus *c, const struct told *t, struct buffer *out)
{
    buffer_text(out, "{\"term\":");
    buffer_json(out, rls_set_term_text(c->set, t->term));
    corpus_use_json(t->use, out);
    buffer_text(out, "}");
}

static void write_json_list(const struct corpus *c, const struct list_use *list,
                            const struct told *terms, size_t n, struct buffer *out)
{
    buffer_text(out, "{\"list\":");
    buffer_json(out, list->id);
    buffer_format(out, ",\"documents\":%llu,\"terms\":[", (unsigned long long)list->use.documents);
    for (size_t i = 0; i < n; i++) {
        buffer_text(out, i ? "," : "");
        write_json_term(c, &terms[i], out);
    }
    buffer_text(out, "]}");
}

size_t corpus_write_json(const struct corpus *c, struct buffer *out)
{
    struct told *terms = calloc(c->n_terms + 1, sizeof *terms);
    size_t common = 0, lists = 0;

    out->failed = out->failed || !terms;
    buffer_format(out, "{\"documents\":%llu,\"malformed\":%llu,\"common\":%llu,\"lists\":[",
                  (unsigned long long)c->documents, (unsigned long long)c->refused,
                  (unsigned long long)c->common);
    for (size_t i = 0; terms && i < c->n_lists; i++) {
        size_t n = choose(c, i, 1, terms);
        for (size_t t = 0; t < n; t++)
            common += terms[t].use->documents >= c->common;
        if (n == 0)
            continue;
        buffer_text(out, lists++ ? ",\n" : "\n");
        write_json_list(c, &c->lists[i], terms, n, out);
    }
    buffer_text(out, "],");
    corpus_rules_json(c, out);
    buffer_text(out, "}");
    free(terms);
    return common;
}
