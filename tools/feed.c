/* SPDX-License-Identifier: Apache-2.0 */
#include "feed.h"

#include "run.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A batch is passed on when it holds this much, and before every read: reading may wait. */
enum { BATCH_DOCUMENTS = 256, BATCH_BYTES = 128 * 1024, BATCH_WEIGHT = 4096 };

struct feeder {
    struct pool *pool;
    const struct run_request *request;
    struct table **tables; /* all headers so far */
    struct table *table;   /* of this input, or NULL */
    struct batch *batch;   /* being filled, or NULL */
    const char *input;
    size_t input_number;
    struct documents documents;
    uint64_t counted; /* bytes of the input that batches account for */
};

/* @return NULL once everything was stopped */
static struct batch *open_batch(struct feeder *f)
{
    if (!f->batch) {
        f->batch = pool_take(f->pool);
        if (f->batch) {
            batch_reset(f->batch);
            f->batch->input = f->input;
            f->batch->input_number = f->input_number;
            f->batch->table = f->table;
        }
    }
    return f->batch;
}

static void pass_on(void *user)
{
    struct feeder *f = user;
    struct batch *b = f->batch;

    if (!b)
        return;
    f->batch = NULL;
    b->consumed = f->documents.in.bytes_read - f->counted;
    f->counted = f->documents.in.bytes_read;
    pool_put(f->pool, b->bytes.len + BATCH_WEIGHT);
}

static bool is_full(const struct batch *b)
{
    return b->n_entries >= BATCH_DOCUMENTS || b->bytes.len >= BATCH_BYTES;
}

static void feed_unreadable(struct feeder *f, int error)
{
    struct batch *b = open_batch(f);

    if (!b)
        return;
    b->tally.unreadable++;
    buffer_complain(&b->errors, TEXT_CANNOT_READ, f->input, strerror(error));
}

/* The header of a table is known to all batches behind it. @return false when memory is short */
static bool feed_header(struct feeder *f, const struct document *d)
{
    struct batch *b = open_batch(f);
    struct buffer row = {0};

    buffer_put(&row, d->data, d->len);
    buffer_put(&row, "", 1);
    if (b && !row.failed)
        f->table = table_new(f->input, row.data, d->len, f->documents.delimiter, f->request->set,
                             f->request->judging.subject, &b->errors);
    buffer_free(&row);
    if (!f->table)
        return false;
    f->table->next = *f->tables;
    *f->tables = f->table;
    pass_on(f);
    return true;
}

static bool feed_document(struct feeder *f, struct batch *b, const struct document *d)
{
    return d->header && !d->fault ? feed_header(f, d) : batch_add(b, d);
}

/* @return false once everything was stopped */
static bool feed_documents(struct feeder *f)
{
    struct document d;
    int result;

    while ((result = documents_next(&f->documents, &d)) > 0) {
        struct batch *b = open_batch(f);
        if (!b)
            return false;
        if (!feed_document(f, b, &d)) {
            feed_unreadable(f, ENOMEM);
            break;
        }
        /* Without its header a table says nothing. */
        if (d.header && d.fault)
            break;
        if (f->batch && is_full(f->batch))
            pass_on(f);
    }
    if (result < 0)
        feed_unreadable(f, f->documents.in.error);
    /* Even an empty batch: what was read counts in the progress. */
    pass_on(f);
    return true;
}

static bool feed_input(struct feeder *f, const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

    f->input = is_stdin ? "<stdin>" : path;
    f->input_number++;
    f->counted = 0;
    f->table = NULL;
    documents_begin(&f->documents, fd, documents_input_of(f->request->input, path),
                    f->request->encoding);
    f->documents.in.before_read = pass_on;
    f->documents.in.user = f;
    bool go_on = true;
    if (fd < 0) {
        feed_unreadable(f, errno);
        pass_on(f);
    } else {
        go_on = feed_documents(f);
    }
    documents_end(&f->documents);
    if (fd >= 0 && !is_stdin)
        close(fd);
    return go_on;
}

void feed_inputs(struct pool *pool, const struct run_request *request, struct table **tables)
{
    struct feeder f = {.pool = pool, .request = request, .tables = tables};

    for (size_t i = 0; i < request->n_inputs; i++)
        if (!feed_input(&f, request->inputs[i]))
            break;
}

void feed_listing(struct pool *pool)
{
    struct feeder f = {.pool = pool, .input = "--text", .input_number = 1};
    const struct document d = {.ordinal = 1, .line = 1, .column = 1};
    struct batch *b = open_batch(&f);

    if (b && !batch_add(b, &d))
        feed_unreadable(&f, ENOMEM);
    pass_on(&f);
}
