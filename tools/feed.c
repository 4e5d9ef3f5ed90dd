/* SPDX-License-Identifier: Apache-2.0 */
#include "feed.h"

#include "judge.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A batch is passed on when it holds this much, and before every read: reading may wait. */
enum { BATCH_DOCUMENTS = 256, BATCH_BYTES = 128 * 1024, BATCH_WEIGHT = 4096 };

struct feeder {
    struct pool *pool;
    struct batch *batch; /* being filled, or NULL */
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
    b->consumed = f->documents.bytes_read - f->counted;
    f->counted = f->documents.bytes_read;
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

/* @return false once everything was stopped */
static bool feed_documents(struct feeder *f)
{
    struct document d;
    int result;

    while ((result = documents_next(&f->documents, &d)) > 0) {
        struct batch *b = open_batch(f);
        if (!b)
            return false;
        if (!batch_add(b, &d)) {
            feed_unreadable(f, ENOMEM);
            break;
        }
        if (is_full(b))
            pass_on(f);
    }
    if (result < 0)
        feed_unreadable(f, f->documents.error);
    /* Even an empty batch: what was read counts in the progress. */
    pass_on(f);
    return true;
}

static bool feed_input(struct feeder *f, const char *path, enum document_input input)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

    f->input = is_stdin ? "<stdin>" : path;
    f->input_number++;
    f->counted = 0;
    documents_begin(&f->documents, fd, input);
    f->documents.before_read = pass_on;
    f->documents.user = f;
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

void feed_inputs(struct pool *pool, const char *const *inputs, size_t n, enum document_input input)
{
    struct feeder f = {.pool = pool};

    for (size_t i = 0; i < n; i++)
        if (!feed_input(&f, inputs[i], input))
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
