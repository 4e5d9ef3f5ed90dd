/* SPDX-License-Identifier: Apache-2.0 */
#include "single.h"

#include "fault.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool open_input(struct single *s)
{
    s->fd = strcmp(s->path, "-") == 0 ? STDIN_FILENO : open(s->path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0) {
        complain(TEXT_CANNOT_READ, s->path, strerror(errno));
        return false;
    }
    documents_begin(&s->documents, s->fd, documents_input_of(s->input, s->path), s->encoding);
    return true;
}

/* Keeps what is taken apart in place. */
static bool keep_row(struct single *s, const struct document *d)
{
    s->row.len = 0;
    buffer_put(&s->row, d->data, d->len);
    buffer_put(&s->row, "", 1);
    if (s->row.failed)
        complain(TEXT_NO_MEMORY);
    return !s->row.failed;
}

static bool read_header(struct single *s, const struct document *d, const struct rls_set *set,
                        uint32_t subject)
{
    struct buffer notes = {0};

    if (!keep_row(s, d))
        return false;
    s->table =
        table_new(s->path, s->row.data, d->len, s->documents.delimiter, set, subject, &notes);
    print_error(notes.data, notes.len);
    buffer_free(&notes);
    if (!s->table)
        complain(TEXT_NO_MEMORY);
    return s->table != NULL;
}

/* Goes on to the document that was asked for. @return false after saying that there is none */
static bool find(struct single *s, const struct rls_set *set, uint32_t subject, struct document *d)
{
    do {
        if (documents_next(&s->documents, d) <= 0) {
            complain(TEXT_NO_DOCUMENT, (unsigned long long)s->ordinal);
            return false;
        }
        if (d->fault && (d->header || d->ordinal == s->ordinal)) {
            complain(TEXT_BAD_DOCUMENT, (unsigned long long)d->ordinal, fault_text(d->fault));
            return false;
        }
        if (d->header && !read_header(s, d, set, subject))
            return false;
    } while (d->ordinal < s->ordinal);
    return true;
}

static bool judge_row(struct single *s, struct rls_evaluator *ev, uint32_t subject,
                      const struct rls_check_options *options, const struct document *d,
                      const struct rls_report **report)
{
    struct rls_builder *builder;
    size_t n_cells = 0;
    int status = keep_row(s, d) ? rls_evaluator_begin(ev, subject, &builder) : RLS_ERR_MEMORY;

    if (status == RLS_OK)
        status = table_feed(s->table, builder, s->row.data, d->len, &n_cells);
    if (status == RLS_OK && n_cells != s->table->n_columns) {
        struct buffer reason = {0};

        buffer_say(&reason, TEXT_CELLS, n_cells, s->table->n_columns);
        buffer_put(&reason, "", 1);
        complain(TEXT_BAD_DOCUMENT, (unsigned long long)s->ordinal,
                 reason.failed ? "" : reason.data);
        buffer_free(&reason);
        return false;
    }
    if (status == RLS_OK)
        status = rls_builder_check(builder, options, report);
    if (status != RLS_OK)
        complain(TEXT_BAD_DOCUMENT, (unsigned long long)s->ordinal, rls_status_name(status));
    return status == RLS_OK;
}

static bool judge_json(const struct single *s, struct rls_evaluator *ev, uint32_t subject,
                       const struct rls_check_options *options, const struct document *d,
                       const struct rls_report **report)
{
    struct rls_json_error error = {.size = sizeof error};
    bool english = strcmp(text_language(), "en") == 0;
    int status =
        rls_check_json(ev, subject, (struct rls_text){d->data, d->len}, options, report, &error);
    const char *reason = english ? error.reason : error.reason_zh;

    if (status != RLS_OK)
        complain(TEXT_BAD_DOCUMENT, (unsigned long long)s->ordinal,
                 reason ? reason : rls_status_name(status));
    return status == RLS_OK;
}

bool single_judge(struct single *s, struct rls_evaluator *ev, uint32_t subject,
                  const struct rls_check_options *options, const struct rls_report **report)
{
    struct document d;

    if (!open_input(s) || !find(s, rls_evaluator_set(ev), subject, &d))
        return false;
    return s->table ? judge_row(s, ev, subject, options, &d, report)
                    : judge_json(s, ev, subject, options, &d, report);
}

void single_end(struct single *s)
{
    table_free(s->table);
    buffer_free(&s->row);
    if (s->fd >= 0)
        documents_end(&s->documents);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
}
