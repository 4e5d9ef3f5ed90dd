/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

#include "digest.h"
#include "fault.h"
#include "text.h"
#include "unread.h"
#include "weight.h"

#include <string.h>

/* Why a document has no report. */
struct refusal {
    const char *kind; /* malformed, too-large, failed */
    const char *reason;
    uint64_t line;
    uint64_t column; /* 0: unknown */
};

static void begin_item(const struct judging *j, struct batch *b)
{
    if (j->format == CHECK_JSON)
        buffer_text(&b->out, ",\n");
}

static void write_refusal(const struct judging *j, struct batch *b, const struct document *d,
                          const struct refusal *r)
{
    if (j->format == CHECK_TEXT || j->quiet)
        return;
    begin_item(j, b);
    buffer_format(&b->out, "{\"error\":{\"kind\":\"%s\",\"input\":", r->kind);
    buffer_json(&b->out, b->input);
    buffer_format(&b->out, ",\"document\":%llu,\"line\":%llu", (unsigned long long)d->ordinal,
                  (unsigned long long)r->line);
    if (r->column)
        buffer_format(&b->out, ",\"column\":%llu", (unsigned long long)r->column);
    if (d->row)
        buffer_format(&b->out, ",\"row\":%llu", (unsigned long long)d->row);
    buffer_text(&b->out, ",\"reason\":");
    buffer_json(&b->out, r->reason);
    buffer_text(&b->out, j->format == CHECK_JSONL ? "}}\n" : "}}");
}

/* A line about a document for standard error. @p column 0: unknown */
static void tell(struct batch *b, const struct document *d, uint64_t line, uint64_t column,
                 const char *reason)
{
    struct buffer place = {0};

    buffer_plain(&place, b->input);
    buffer_format(&place, ":%llu", (unsigned long long)line);
    if (column)
        buffer_format(&place, ":%llu", (unsigned long long)column);
    buffer_put(&place, "", 1);
    const char *shown = place.failed ? b->input : place.data;
    if (d->row)
        buffer_complain(&b->refusals, TEXT_REFUSED_ROW, shown, (unsigned long long)d->row,
                        (unsigned long long)d->ordinal, reason);
    else
        buffer_complain(&b->refusals, TEXT_REFUSED, shown, (unsigned long long)d->ordinal, reason);
    buffer_free(&place);
}

static void refuse(const struct judging *j, struct batch *b, const struct document *d,
                   const struct refusal *r)
{
    tell(b, d, r->line, r->column, r->reason);
    b->plain = b->plain || d->plain;
    write_refusal(j, b, d, r);
}

static void refuse_fault(const struct judging *j, struct batch *b, const struct document *d)
{
    struct refusal r = {.kind = d->fault == FAULT_TOO_LARGE ? "too-large" : "malformed",
                        .reason = fault_text(d->fault),
                        .line = d->line,
                        .column = d->column};

    b->tally.malformed++;
    refuse(j, b, d, &r);
}

static void refuse_json(const struct judging *j, struct batch *b, const struct document *d,
                        int status, const struct rls_json_error *error)
{
    bool chinese = strcmp(text_language(), "en") != 0;
    const char *reason = chinese && error->reason_zh ? error->reason_zh : error->reason;
    struct refusal r = {.kind = status == RLS_ERR_LIMIT ? "too-large" : "malformed",
                        .reason = reason ? reason : rls_status_name(status),
                        .line = d->line};

    if (error->line) {
        r.line += error->line - 1;
        r.column = error->line == 1 ? d->column + error->column - 1 : error->column;
    }
    b->tally.malformed++;
    refuse(j, b, d, &r);
}

static void refuse_failure(const struct judging *j, struct batch *b, const struct document *d,
                           int status)
{
    struct refusal r = {.kind = "failed", .reason = rls_status_name(status), .line = d->line};

    b->tally.failed++;
    refuse(j, b, d, &r);
}

static void refuse_row(const struct judging *j, struct batch *b, const struct document *d,
                       size_t n_cells)
{
    struct buffer reason = {0};

    buffer_say(&reason, TEXT_CELLS, n_cells, b->table->n_columns);
    buffer_put(&reason, "", 1);
    struct refusal r = {.kind = "malformed",
                        .reason = reason.failed ? "" : reason.data,
                        .line = d->line,
                        .column = d->column};
    b->tally.malformed++;
    refuse(j, b, d, &r);
    buffer_free(&reason);
}

static const char *verdict_color(unsigned verdict)
{
    static const char *const colors[] = {[RLS_PASS] = "\x1b[32m",
                                         [RLS_ADVISE] = "\x1b[36m",
                                         [RLS_REVIEW] = "\x1b[33m",
                                         [RLS_REJECT] = "\x1b[1;31m"};

    return verdict <= RLS_REJECT ? colors[verdict] : "";
}

static int write_format(const struct rls_report *report, uint32_t format, struct buffer *b)
{
    if (rls_report_write(report, format, text_language(), buffer_put, b) != RLS_OK)
        b->failed = true;
    return b->failed ? -1 : 0;
}

/* The first line of a report tells the verdict. */
static void write_colored(struct batch *b, const struct rls_report *report)
{
    struct buffer whole = {0};

    if (write_format(report, RLS_FORMAT_TEXT, &whole) < 0 || whole.len == 0) {
        b->out.failed = b->out.failed || whole.failed;
        buffer_free(&whole);
        return;
    }
    const char *end = memchr(whole.data, '\n', whole.len);
    size_t first = end ? (size_t)(end - whole.data) : whole.len;
    buffer_text(&b->out, verdict_color(rls_report_verdict(report)));
    buffer_put(&b->out, whole.data, first);
    buffer_text(&b->out, "\x1b[m");
    buffer_put(&b->out, whole.data + first, whole.len - first);
    buffer_free(&whole);
}

static void write_text(const struct judging *j, struct batch *b, const struct document *d,
                       const struct rls_report *report, const struct weight *w)
{
    if (!j->listing) {
        buffer_plain(&b->out, b->input);
        buffer_format(&b->out, ":%llu: ", (unsigned long long)d->line);
    }
    if (j->colored)
        write_colored(b, report);
    else
        write_format(report, RLS_FORMAT_TEXT, &b->out);
    if (w->known > 0)
        buffer_say(&b->out, TEXT_KNOWN, (int)w->rules.len, w->rules.data);
    if (!j->listing)
        buffer_text(&b->out, "\n");
}

/* A platform that no rule names is mostly that of the whole input: the summary tells it once. */
static bool has_own_notes(const struct rls_report *r)
{
    for (size_t i = 0; i < rls_report_note_count(r); i++)
        if (rls_report_note(r, i)->code != NOTE_STRANGE_VALUE)
            return true;
    return false;
}

static bool is_clean(const struct rls_report *r, const struct weight *w)
{
    return w->verdict == RLS_PASS && w->fresh == 0 && rls_report_complete(r) && !has_own_notes(r);
}

/* Bytes of a report behind its opening brace: the members that tell its place stand before them. */
struct rest {
    struct buffer *out;
    bool opened;
};

static int put_rest(void *rest, const void *data, size_t len)
{
    struct rest *r = rest;
    size_t passed = r->opened || len == 0 ? 0 : 1;

    r->opened = r->opened || passed;
    return buffer_put(r->out, (const char *)data + passed, len - passed);
}

static void write_json(const struct judging *j, struct batch *b, const struct document *d,
                       const struct rls_report *report, const struct weight *w)
{
    struct rest rest = {.out = &b->out};

    if (j->listing) {
        write_format(report, RLS_FORMAT_JSONL, &b->out);
        return;
    }
    buffer_text(&b->out, "{\"input\":");
    buffer_json(&b->out, b->input);
    buffer_format(&b->out, ",\"line\":%llu,\"document\":%llu,", (unsigned long long)d->line,
                  (unsigned long long)d->ordinal);
    if (j->baseline || j->record)
        buffer_format(&b->out, "\"known\":[%.*s],", (int)w->ids.len,
                      w->ids.data ? w->ids.data : "");
    if (rls_report_write(report, RLS_FORMAT_JSONL, text_language(), put_rest, &rest) != RLS_OK)
        b->out.failed = true;
}

static void write_report(const struct judging *j, struct batch *b, const struct document *d,
                         const struct rls_report *report, const struct weight *w)
{
    if (j->quiet || (j->format == CHECK_TEXT && !j->all && is_clean(report, w)))
        return;
    if (j->format == CHECK_TEXT) {
        write_text(j, b, d, report, w);
        return;
    }
    begin_item(j, b);
    write_json(j, b, d, report, w);
    /* The line end of a report inside the array; the next begins with its own. */
    if (j->format == CHECK_JSON && !b->out.failed && b->out.data[b->out.len - 1] == '\n')
        b->out.len--;
}

static bool reaches(const struct judging *j, const struct weight *w)
{
    if (j->fail_on == FAIL_NEVER)
        return false;
    /* Any finding counts, even one without weight. */
    if (j->fail_on == RLS_PASS)
        return w->verdict > RLS_PASS || w->fresh > 0;
    return w->verdict >= j->fail_on;
}

/* Rows may share what a table has in place of an id. */
static struct document_key key_of(const struct batch *b, const struct rls_report *report,
                                  const char *digest)
{
    bool shared = b->table && b->table->id_column < b->table->n_columns;
    const char *id = shared ? NULL : rls_report_document_id(report);

    return (struct document_key){.id = id, .digest = id ? NULL : digest};
}

static void take_report(const struct judging *j, struct batch *b, const struct document *d,
                        const struct rls_report *report, const char *digest)
{
    struct document_key key = key_of(b, report, digest);
    struct weight w = weigh(j, b, report, key);

    tally_report(&b->tally, report);
    b->tally.known += w.known;
    b->tally.nameless += w.known > 0 && !key.id;
    b->tally.reached = b->tally.reached || reaches(j, &w);
    write_report(j, b, d, report, &w);
    weight_free(&w);
}

/* Where the first byte is that is not UTF-8, told once for a document. */
static void tell_damage(struct batch *b, const struct document *d, const char *data)
{
    size_t at = utf8_damage(data, d->len);
    uint64_t line = d->line, column = d->column;

    if (at == d->len)
        return;
    for (size_t i = 0; i < at; i++) {
        line += data[i] == '\n';
        column = data[i] == '\n' ? 1 : column + (((unsigned char)data[i] & 0xC0) != 0x80);
    }
    tell(b, d, line, column, text(TEXT_DAMAGED));
}

/* @return a status of the library; RLS_OK without a report after the row was refused */
static int judge_row(const struct judging *j, struct rls_evaluator *ev, struct batch *b,
                     const struct entry *e, const struct rls_report **report)
{
    struct rls_builder *builder;
    size_t n_cells;
    int status = rls_evaluator_begin(ev, j->subject, &builder);

    tell_damage(b, &e->document, b->bytes.data + e->offset);
    if (status == RLS_OK)
        status =
            table_feed(b->table, builder, b->bytes.data + e->offset, e->document.len, &n_cells);
    if (status != RLS_OK)
        return status;
    if (n_cells == b->table->n_columns)
        return rls_builder_check(builder, &j->options, report);
    refuse_row(j, b, &e->document, n_cells);
    return RLS_OK;
}

static int judge_json(const struct judging *j, struct rls_evaluator *ev, struct batch *b,
                      const struct entry *e, const struct rls_report **report,
                      struct rls_json_error *error)
{
    struct rls_text json = {.data = b->bytes.data + e->offset, .len = e->document.len};
    int status = rls_check_json(ev, j->subject, json, &j->options, report, error);

    if (j->converted && status == RLS_OK)
        tell_damage(b, &e->document, json.data);
    return status;
}

/* Cells of a row say nothing without their columns. To be made before they are taken apart. */
static void digest_entry(const struct judging *j, const struct batch *b, const struct entry *e,
                         char digest[DIGEST_TEXT])
{
    struct rls_text whole = {.data = b->bytes.data + e->offset, .len = e->document.len};

    if (j->listing) {
        const struct rls_text texts[] = {j->listing->title, j->listing->description,
                                         j->listing->category};
        digest_texts(texts, sizeof texts / sizeof *texts, digest);
    } else if (b->table) {
        const struct rls_text texts[] = {{b->table->header.data, b->table->header.len}, whole};
        digest_texts(texts, sizeof texts / sizeof *texts, digest);
    } else {
        digest_texts(&whole, 1, digest);
    }
}

static void judge_entry(const struct judging *j, struct rls_evaluator *ev, struct batch *b,
                        const struct entry *e)
{
    const struct document *d = &e->document;
    const struct rls_report *report = NULL;
    struct rls_json_error error = {.size = sizeof error};
    char digest[DIGEST_TEXT] = "";
    int status;

    if (d->fault != FAULT_NONE) {
        refuse_fault(j, b, d);
        return;
    }
    if (j->baseline || j->record)
        digest_entry(j, b, e, digest);
    if (j->listing)
        status = rls_check_listing(ev, j->listing, &j->options, &report);
    else if (b->table)
        status = judge_row(j, ev, b, e, &report);
    else
        status = judge_json(j, ev, b, e, &report, &error);
    if (status == RLS_ERR_INPUT || status == RLS_ERR_LIMIT) {
        refuse_json(j, b, d, status, &error);
    } else if (status != RLS_OK) {
        refuse_failure(j, b, d, status);
    } else if (report) {
        take_report(j, b, d, report, digest);
        /* Of tables it was told when the first row was read. */
        if (!b->table && !j->quiet && !unread_collect(&b->tally.unread, ev, b->tally.checked))
            b->tally.short_of_memory = true;
    }
}

void judge_batch(const struct judging *j, struct rls_evaluator *ev, struct batch *b)
{
    for (size_t i = 0; i < b->n_entries; i++)
        judge_entry(j, ev, b, &b->entries[i]);
}
