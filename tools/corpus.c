/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include "documents.h"
#include "fault.h"
#include "table.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <librules/evaluator.h>
#include <librules/report.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One in so many documents makes a term common, but never a single one. */
enum { COMMON_SHARE = 1000, COMMON_LEAST = 2, TITLE_SHOWN = 60 };

/* How many documents of a file are refused with a line of their own. */
enum { REFUSALS_SHOWN = 20 };

struct reading {
    struct corpus *corpus;
    struct rls_evaluator *ev;
    const char *path;
    struct documents documents;
    struct table *table;
    size_t n_cells; /* of the row in hand */
    uint64_t refused;
    uint64_t garbled; /* of those counted, how many are not UTF-8 */
    bool titles;
    bool short_of_memory;
};

/* @return its number, that of a new one when there is none yet; c->n_lists when memory is short */
static size_t list_called(struct corpus *c, const char *id)
{
    for (size_t i = c->n_lists; i-- > 0;)
        if (strcmp(c->lists[i].id, id) == 0)
            return i;
    struct list_use *lists = realloc(c->lists, (c->n_lists + 1) * sizeof *lists);
    if (!lists)
        return c->n_lists;
    c->lists = lists;
    lists[c->n_lists] = (struct list_use){.id = id};
    return c->n_lists++;
}

/* The patterns of a list are numbered behind the terms of all lists. */
static bool find_lists(struct corpus *c)
{
    for (size_t i = 0; i < c->n_terms; i++) {
        c->list_of[i] = list_called(c, rls_set_term_list(c->set, i));
        if (c->list_of[i] == c->n_lists)
            return false;
    }
    return true;
}

static bool begin(struct corpus *c, const struct rls_set *set)
{
    c->set = set;
    c->n_terms = rls_set_term_count(set);
    c->terms = calloc(c->n_terms + 1, sizeof *c->terms);
    c->list_of = calloc(c->n_terms + 1, sizeof *c->list_of);
    c->n_rules = rls_set_rule_count(set);
    c->rules = calloc(c->n_rules + 1, sizeof *c->rules);
    if (c->terms && c->list_of && c->rules && find_lists(c))
        return true;
    complain(TEXT_NO_MEMORY);
    return false;
}

/* The title, cut at a character, or what names the document. */
static char *example(const struct reading *r, const struct document *d, const char *id)
{
    struct buffer b = {0}, plain = {0};
    size_t len = 0, characters = 0;

    if (r->titles) {
        for (; len < d->len; len++) {
            characters += ((unsigned char)d->data[len] & 0xC0) != 0x80;
            if (characters > TITLE_SHOWN)
                break;
        }
        buffer_put(&b, d->data, len);
    } else if (id) {
        buffer_text(&b, id);
    } else {
        buffer_format(&b, "%s:%llu", r->path, (unsigned long long)d->line);
    }
    buffer_put(&b, "", 1);
    buffer_plain(&plain, b.failed ? "" : b.data);
    buffer_put(&plain, "", 1);
    buffer_free(&b);
    if (plain.failed)
        buffer_free(&plain);
    return plain.data;
}

/* A document counts once. */
static void count(struct reading *r, struct use *u, const struct document *d, const char *id)
{
    if (u->last == r->corpus->documents)
        return;
    u->last = r->corpus->documents;
    u->documents++;
    if (u->n_examples == CORPUS_EXAMPLES)
        return;
    u->examples[u->n_examples] = example(r, d, id);
    r->short_of_memory = r->short_of_memory || !u->examples[u->n_examples];
    u->n_examples++;
}

static struct rule_use *rule_of(const struct corpus *c, const struct rls_finding *f)
{
    for (size_t i = 0; i < c->n_rules; i++)
        if (rls_finding_rule(f) == rls_set_rule_at(c->set, i))
            return &c->rules[i];
    return NULL;
}

static void count_words(struct reading *r, struct rule_use *u, const struct rls_finding *f)
{
    const struct rls_evidence *e;

    for (size_t i = 0; (e = rls_finding_evidence(f, i)); i++)
        if (e->term && !counts_add(&u->words, e->matched, e->term, r->corpus->documents))
            r->short_of_memory = true;
}

static void count_missing(struct reading *r, struct rule_use *u, const struct rls_finding *f)
{
    for (size_t i = 0; i < rls_finding_missing_count(f); i++)
        if (!counts_add(&u->missing, rls_finding_missing(f, i), NULL, r->corpus->documents))
            r->short_of_memory = true;
}

static void count_finding(struct reading *r, const struct document *d, const char *id,
                          const struct rls_finding *f)
{
    struct rule_use *u = rule_of(r->corpus, f);

    if (u && rls_finding_outcome(f) == RLS_VIOLATED) {
        count(r, &u->fired, d, id);
        count_words(r, u, f);
    } else if (u && rls_finding_outcome(f) == RLS_INDETERMINATE) {
        count(r, &u->unsure, d, id);
        count_missing(r, u, f);
    }
}

static void count_report(struct reading *r, const struct document *d,
                         const struct rls_report *report)
{
    struct corpus *c = r->corpus;
    const char *id = rls_report_document_id(report);

    c->documents++;
    r->garbled += utf8_damage(d->data, d->len) < d->len;
    tally_report(&c->tally, report);
    for (size_t i = 0; i < rls_evaluator_hit_count(r->ev); i++) {
        size_t term = rls_evaluator_hit_term(r->ev, i);
        count(r, &c->lists[c->list_of[term]].use, d, id);
        count(r, &c->terms[term], d, id);
    }
    for (size_t i = 0; i < rls_report_finding_count(report); i++)
        count_finding(r, d, id, rls_report_finding(report, i));
}

static int check_row(struct reading *r, struct buffer *row, const struct rls_report **report)
{
    struct rls_builder *builder;
    int status = rls_evaluator_begin(r->ev, RLS_LISTING, &builder);

    r->n_cells = r->table->n_columns;
    if (status == RLS_OK)
        status = table_feed(r->table, builder, row->data, row->len - 1, &r->n_cells);
    if (status == RLS_OK && r->n_cells != r->table->n_columns)
        status = RLS_ERR_INPUT;
    return status == RLS_OK ? rls_builder_check(builder, NULL, report) : status;
}

static int check(struct reading *r, const struct document *d, struct buffer *copy,
                 const struct rls_report **report, struct rls_json_error *error)
{
    struct rls_text text = {.data = copy->data, .len = d->len};
    struct rls_listing listing = {.size = sizeof listing, .title = text};

    if (r->table)
        return check_row(r, copy, report);
    if (r->titles)
        return rls_check_listing(r->ev, &listing, NULL, report);
    return rls_check_json(r->ev, RLS_LISTING, text, NULL, report, error);
}

static bool read_header(struct reading *r, struct buffer *row)
{
    struct buffer notes = {0};

    r->table = table_new(r->path, row->data, row->len - 1, r->documents.delimiter, r->corpus->set,
                         RLS_LISTING, &notes);
    print_error(notes.data, notes.len);
    buffer_free(&notes);
    return r->table != NULL;
}

/* @param error where in the document; of line 0: where the document is */
static void refuse(struct reading *r, const struct document *d, const struct rls_json_error *error,
                   const char *reason)
{
    struct buffer place = {0};
    unsigned long long line = d->line, column = error->column;

    r->corpus->refused++;
    if (r->refused++ == REFUSALS_SHOWN)
        return;
    buffer_plain(&place, r->path);
    if (error->line == 1)
        column += d->column - 1;
    if (error->line)
        line += error->line - 1;
    buffer_format(&place, ":%llu", line);
    if (error->line)
        buffer_format(&place, ":%llu", column);
    buffer_put(&place, "", 1);
    if (!place.failed && r->refused <= REFUSALS_SHOWN)
        complain(TEXT_REFUSED, place.data, (unsigned long long)d->ordinal, reason);
    buffer_free(&place);
}

static void refuse_failed(struct reading *r, const struct document *d, int status,
                          const struct rls_json_error *error)
{
    struct buffer cells = {0};
    const char *reason = rls_status_name(status);

    if (error->reason)
        reason = strcmp(text_language(), "en") != 0 && error->reason_zh ? error->reason_zh
                                                                        : error->reason;
    else if (r->table && r->n_cells != r->table->n_columns) {
        buffer_say(&cells, TEXT_CELLS, r->n_cells, r->table->n_columns);
        buffer_put(&cells, "", 1);
        reason = cells.failed ? reason : cells.data;
    }
    refuse(r, d, error, reason);
    buffer_free(&cells);
}

/* @return false when memory is short */
static bool take(struct reading *r, const struct document *d)
{
    const struct rls_report *report = NULL;
    struct rls_json_error error = {.size = sizeof error};
    struct buffer copy = {0};
    bool good = true;
    int status;

    if (d->plain && !r->titles) {
        r->titles = true;
        documents_cut_lines(&r->documents);
    }
    buffer_put(&copy, d->data, d->len);
    buffer_put(&copy, "", 1);
    if (copy.failed)
        good = false;
    else if (d->fault)
        refuse(r, d, &error, fault_text(d->fault));
    else if (d->header)
        good = read_header(r, &copy);
    else if ((status = check(r, d, &copy, &report, &error)) == RLS_OK)
        count_report(r, d, report);
    else
        refuse_failed(r, d, status, &error);
    buffer_free(&copy);
    return good && !r->short_of_memory;
}

/* @return false after saying that the file tells nothing of ordinary listings */
static bool is_told(const struct reading *r, uint64_t documents)
{
    const struct corpus *c = r->corpus;

    if (c->documents == documents) {
        complain(TEXT_EMPTY_CORPUS, r->path);
        return false;
    }
    if (!fault_is_garbled(c->documents - documents, r->garbled))
        return true;
    complain(c->encoding ? TEXT_WRONG_ENCODING : TEXT_GARBLED_INPUT, r->path);
    return false;
}

static bool read_file(struct corpus *c, struct rls_evaluator *ev, const char *path)
{
    struct reading r = {.corpus = c, .ev = ev, .path = path};
    struct document d;
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int result = -1, error = errno;
    uint64_t documents = c->documents;

    if (fd >= 0) {
        documents_begin(&r.documents, fd, documents_input_of(INPUT_AUTO, path), c->encoding);
        while ((result = documents_next(&r.documents, &d)) > 0 && take(&r, &d)) {
        }
        error = result > 0 ? ENOMEM : r.documents.in.error;
        documents_end(&r.documents);
        table_free(r.table);
    }
    if (fd >= 0 && !is_stdin)
        close(fd);
    if (result != 0)
        complain(TEXT_CANNOT_READ, path, strerror(error));
    return result == 0 && is_told(&r, documents);
}

bool corpus_read(struct corpus *c, const struct rls_set *set, const struct paths *files)
{
    struct rls_evaluator *ev = NULL;
    bool good = begin(c, set);
    /* The evaluator takes a reference and gives it back: the set itself does not change. */
    int status = good ? rls_evaluator_new(&ev, NULL, (struct rls_set *)set, NULL) : RLS_OK;

    if (status != RLS_OK)
        complain(TEXT_LIBRARY_FAILED, "rls_evaluator_new", rls_status_name(status));
    for (size_t i = 0; status == RLS_OK && c->list_of && i < files->count; i++)
        good = read_file(c, ev, files->items[i]) && good;
    rls_evaluator_free(ev);
    if (!c->common)
        c->common = c->documents / COMMON_SHARE;
    if (c->common < COMMON_LEAST && c->documents > 0)
        c->common = COMMON_LEAST;
    for (size_t i = 0; c->rules && i < c->n_rules; i++) {
        counts_sort(&c->rules[i].words);
        counts_sort(&c->rules[i].missing);
    }
    return good && status == RLS_OK && !c->tally.short_of_memory;
}

static void free_use(struct use *u)
{
    for (size_t i = 0; i < u->n_examples; i++)
        free(u->examples[i]);
}

static void free_rule(struct rule_use *u)
{
    free_use(&u->fired);
    free_use(&u->unsure);
    counts_free(&u->words);
    counts_free(&u->missing);
}

void corpus_free(struct corpus *c)
{
    for (size_t i = 0; c->terms && i < c->n_terms; i++)
        free_use(&c->terms[i]);
    for (size_t i = 0; c->rules && i < c->n_rules; i++)
        free_rule(&c->rules[i]);
    for (size_t i = 0; i < c->n_lists; i++)
        free_use(&c->lists[i].use);
    tally_free(&c->tally);
    free(c->terms);
    free(c->list_of);
    free(c->rules);
    free(c->lists);
    *c = (struct corpus){0};
}
