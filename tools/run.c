/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include "fault.h"
#include "feed.h"
#include "pool.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Documents under way, in bytes: enough for every worker, whatever the size of one. */
enum { MAX_WEIGHT = 64 * 1024 * 1024 };

/* In text, how many documents of an input are refused with a line of their own. */
enum { REFUSALS_SHOWN = 20 };

/* The input whose documents are being passed on. */
struct source {
    const char *name;
    size_t number; /* from 1; 0: none yet */
    uint64_t refused;
    uint64_t checked;
    uint64_t garbled; /* of those checked, how many are not UTF-8 */
    bool plain;
};

struct run {
    const struct run_request *request;
    struct rls_evaluator **evaluators;
    struct batch **batches;
    size_t n_batches;
    struct table *tables; /* headers that batches point to */
    struct tally *total;
    struct progress progress;
    struct source source;
    uint64_t consumed;
    bool any;           /* something was written into the array */
    bool shared_screen; /* reports and messages go to the same terminal */
    bool short_of_memory;
};

static void work(void *user, unsigned worker, void *item)
{
    struct run *run = user;

    judge_batch(&run->request->judging, run->evaluators[worker], item);
}

static int write_reports(struct run *run, const struct buffer *b)
{
    const char *data = b->data;
    size_t len = b->len;

    if (len == 0)
        return 0;
    if (run->shared_screen)
        progress_hide(&run->progress);
    /* The first document of the array takes no comma. */
    if (run->request->judging.format == CHECK_JSON && !run->any) {
        data++;
        len--;
    }
    run->any = true;
    return output_put(run->request->out, data, len);
}

static int write_errors(struct run *run, const struct buffer *b)
{
    if (b->len == 0)
        return 0;
    progress_hide(&run->progress);
    if (run->shared_screen && output_flush(run->request->out) < 0)
        return -1;
    print_error(b->data, b->len);
    return 0;
}

/* How many bytes the first @p most lines of @p b take; counts all its lines. */
static size_t first_lines(const struct buffer *b, uint64_t most, uint64_t *lines)
{
    size_t taken = 0;

    *lines = 0;
    for (size_t i = 0; i < b->len; i++) {
        if (b->data[i] != '\n')
            continue;
        if ((*lines)++ < most)
            taken = i + 1;
    }
    return taken;
}

static int write_refusals(struct run *run, struct buffer *b)
{
    uint64_t lines, shown = run->source.refused, most = UINT64_MAX;

    if (run->request->judging.format == CHECK_TEXT)
        most = shown < REFUSALS_SHOWN ? REFUSALS_SHOWN - shown : 0;
    b->len = first_lines(b, most, &lines);
    run->source.refused += lines;
    return write_errors(run, b);
}

/* What only the whole input tells. @return non-zero when writing failed */
static int end_source(struct run *run)
{
    const struct source *s = &run->source;
    struct buffer b = {0};

    if (run->request->judging.format == CHECK_TEXT && s->refused > REFUSALS_SHOWN)
        buffer_complain(&b, TEXT_MORE_REFUSED, s->name,
                        (unsigned long long)(s->refused - REFUSALS_SHOWN));
    if (s->plain)
        buffer_complain(&b, TEXT_PLAIN_INPUT, s->name);
    if (fault_is_garbled(s->checked, s->garbled))
        buffer_complain(&b, run->request->encoding ? TEXT_WRONG_ENCODING : TEXT_GARBLED_INPUT,
                        s->name);
    int failed = write_errors(run, &b);
    buffer_free(&b);
    return failed;
}

static int take_source(struct run *run, const struct batch *b)
{
    int failed = 0;

    if (run->source.number != b->input_number) {
        failed = end_source(run);
        run->source = (struct source){.name = b->input, .number = b->input_number};
    }
    run->source.plain = run->source.plain || b->plain;
    run->source.checked += b->tally.checked;
    run->source.garbled += tally_noted(&b->tally, NOTE_INVALID_UTF8);
    return failed;
}

static int emit(void *user, void *item)
{
    struct run *run = user;
    struct batch *b = item;

    if (run->request->record)
        buffer_put(run->request->record, b->record.data, b->record.len);
    if (b->out.failed || b->refusals.failed || b->errors.failed || b->record.failed ||
        (run->request->record && run->request->record->failed)) {
        run->short_of_memory = true;
        return -1;
    }
    int failed = take_source(run, b);
    if (!failed)
        failed = write_reports(run, &b->out);
    if (!failed)
        failed = write_refusals(run, &b->refusals);
    if (!failed)
        failed = write_errors(run, &b->errors);
    run->consumed += b->consumed;
    tally_merge(run->total, &b->tally);
    progress_update(&run->progress, run->total->checked, run->consumed, run->total->malformed);
    return failed;
}

static int idle(void *user)
{
    struct run *run = user;

    return output_flush(run->request->out);
}

static bool is_ok(const char *call, int status)
{
    if (status != RLS_OK)
        complain(TEXT_LIBRARY_FAILED, call, rls_status_name(status));
    return status == RLS_OK;
}

static bool make_evaluators(struct run *run)
{
    unsigned jobs = run->request->jobs;

    run->evaluators = calloc(jobs, sizeof *run->evaluators);
    if (!run->evaluators) {
        complain(TEXT_NO_MEMORY);
        return false;
    }
    for (unsigned i = 0; i < jobs; i++) {
        run->evaluators[i] =
            params_evaluator(&run->request->params, run->request->set, run->request->profile);
        if (!run->evaluators[i])
            return false;
        if (run->request->costs &&
            !is_ok("rls_evaluator_measure", rls_evaluator_measure(run->evaluators[i], true)))
            return false;
    }
    return true;
}

static bool sum_costs(struct run *run)
{
    bool good = true;

    for (unsigned i = 0; good && run->request->costs && i < run->request->jobs; i++)
        good = is_ok("rls_costs_add",
                     rls_costs_add(run->request->costs, rls_evaluator_costs(run->evaluators[i])));
    return good;
}

static bool make_batches(struct run *run)
{
    size_t n = (size_t)run->request->jobs * 2 + 2;

    run->batches = calloc(n, sizeof *run->batches);
    for (; run->batches && run->n_batches < n; run->n_batches++) {
        run->batches[run->n_batches] = calloc(1, sizeof(struct batch));
        if (!run->batches[run->n_batches])
            break;
    }
    if (run->n_batches < n)
        complain(TEXT_NO_MEMORY);
    return run->n_batches == n;
}

static void free_run(struct run *run)
{
    for (unsigned i = 0; run->evaluators && i < run->request->jobs; i++)
        rls_evaluator_free(run->evaluators[i]);
    for (size_t i = 0; i < run->n_batches; i++)
        batch_free(run->batches[i]);
    table_free(run->tables);
    free(run->evaluators);
    free(run->batches);
}

/* Bytes of all inputs, 0 when one is not a plain file. */
static uint64_t total_bytes(const struct run_request *request)
{
    uint64_t total = 0;

    for (size_t i = 0; i < request->n_inputs; i++) {
        struct stat st;
        bool is_stdin = strcmp(request->inputs[i], "-") == 0;
        int failed = is_stdin ? fstat(STDIN_FILENO, &st) : stat(request->inputs[i], &st);
        if (failed || !S_ISREG(st.st_mode))
            return 0;
        total += (uint64_t)st.st_size;
    }
    return total;
}

static bool run_pool(struct run *run)
{
    const struct pool_actions actions = {.work = work, .emit = emit, .idle = idle, .user = run};
    const struct run_request *request = run->request;
    struct pool *pool =
        pool_new(request->jobs, (void **)run->batches, run->n_batches, MAX_WEIGHT, &actions);

    if (!pool) {
        complain(TEXT_NO_THREADS);
        return false;
    }
    if (request->judging.listing)
        feed_listing(pool);
    else
        feed_inputs(pool, request, &run->tables);
    bool whole = pool_end(pool) && end_source(run) == 0;
    progress_hide(&run->progress);
    if (run->short_of_memory || run->total->short_of_memory)
        complain(TEXT_NO_MEMORY);
    return whole && !run->total->short_of_memory;
}

static bool collect_exceptions(const struct run *run)
{
    const struct rls_check_options *o = &run->request->judging.options;

    if (exceptions_collect(&run->total->exceptions, run->request->set, run->evaluators,
                           run->request->jobs, o->has & RLS_HAS_AS_OF ? o->as_of : o->now))
        return true;
    complain(TEXT_NO_MEMORY);
    return false;
}

bool run_inputs(const struct run_request *request, struct tally *total)
{
    struct run run = {.request = request, .total = total};

    run.shared_screen = isatty(request->out->fd) && isatty(STDERR_FILENO);
    bool good = make_evaluators(&run) && make_batches(&run);
    if (good) {
        progress_begin(&run.progress, request->progress, total_bytes(request));
        good = run_pool(&run) && sum_costs(&run) && collect_exceptions(&run);
    }
    free_run(&run);
    return good;
}
