/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct rows {
    FILE *json;
    bool disagreed;
};

struct rows *rows_begin(const char *json_path)
{
    struct rows *rows = must_alloc(sizeof *rows);

    *rows = (struct rows){.json = NULL};
    if (json_path && !(rows->json = fopen(json_path, "w")))
        fatal("cannot be written", json_path);
    return rows;
}

int rows_end(struct rows *rows)
{
    const bool disagreed = rows->disagreed;

    if (rows->json && fclose(rows->json) != 0)
        fatal("cannot be written", "the JSON file");
    free(rows);
    return disagreed;
}

/* Texts of rows are constants of this program without quotes and backslashes. */
static void member(struct rows *rows, const char *name, const char *value)
{
    if (value)
        fprintf(rows->json, ", \"%s\": \"%s\"", name, value);
}

static void number(struct rows *rows, const char *name, double value)
{
    fprintf(rows->json, ", \"%s\": %.6g", name, value);
}

static const char *const targets[] = {NULL, "faster", "cost", "below"};

static void begin(struct rows *rows, const struct row *row)
{
    fprintf(rows->json, "{\"id\": \"%s\"", row->id);
    member(rows, "what", row->what);
    member(rows, "ours", row->ours);
    member(rows, "peer", row->peer);
    member(rows, "note", row->note);
    member(rows, "target", targets[row->target]);
    if (row->goal > 0)
        number(rows, "goal", row->goal);
}

static void end(struct rows *rows)
{
    fprintf(rows->json, "}\n");
    fflush(rows->json);
}

static void write_weather(struct rows *rows, const struct weather *w)
{
    if (w->loud_ns > 0) {
        number(rows, "cpu_ns", w->cpu_ns);
        number(rows, "wall_ns", w->wall_ns);
        number(rows, "calm_ns", w->calm_ns);
        number(rows, "loud_ns", w->loud_ns);
    }
}

static void write_duel(struct rows *rows, const struct row *row, const struct duel *d)
{
    begin(rows, row);
    if (d->ratio > 0) {
        number(rows, "ratio", d->ratio);
        number(rows, "low", d->low);
        number(rows, "high", d->high);
        number(rows, "peer_ns", d->peer_ns);
        number(rows, "peer_hits", (double)d->peer_hits);
    }
    number(rows, "ours_ns", d->ours_ns);
    number(rows, "text_bytes", d->text_bytes);
    number(rows, "ours_hits", (double)d->ours_hits);
    number(rows, "counted", (double)d->counted);
    number(rows, "rounds", (double)d->rounds);
    number(rows, "dropped", (double)d->dropped);
    number(rows, "allocations", d->allocations);
    write_weather(rows, &d->weather);
    end(rows);
}

static void write_value(struct rows *rows, const struct row *row)
{
    begin(rows, row);
    member(rows, "unit", row->unit);
    number(rows, "value", row->value);
    if (row->peer)
        number(rows, "peer_value", row->peer_value);
    end(rows);
}

static const char *judged(const struct row *row, double figure)
{
    if (row->target == TARGET_FASTER)
        return figure >= row->goal ? "reached" : "MISSED";
    return figure <= row->goal ? "reached" : "MISSED";
}

static void print_goal(const struct row *row, double figure)
{
    if (row->goal > 0)
        printf("  goal %s %.3g: %s", row->target == TARGET_FASTER ? ">=" : "<=", row->goal,
               judged(row, figure));
    if (row->note)
        printf("  (%s)", row->note);
    putchar('\n');
    fflush(stdout);
}

static void print_duel(const struct row *row, const struct duel *d)
{
    printf("%-28s %9.1f ns %8.1f MB/s", row->id, d->ours_ns, d->text_bytes * 1e3 / d->ours_ns);
    if (d->ratio > 0)
        printf("  %s %.1f MB/s  ratio %.3g [%.3g .. %.3g] %zu-%zu", row->peer,
               d->text_bytes * 1e3 / d->peer_ns, d->ratio, d->low, d->high, d->rounds, d->dropped);
    printf("  hits %" PRIu64, d->ours_hits);
    if (d->ratio > 0)
        printf("/%" PRIu64, d->peer_hits);
    printf("  allocs %.2g", d->allocations);
    print_goal(row, row->target == TARGET_COST    ? 1 / d->ratio
                    : row->target == TARGET_BELOW ? d->ours_ns / 1e3
                                                  : d->ratio);
}

void rows_add(struct rows *rows, const struct row *row, const struct duel *d)
{
    if (d && row->same_hits && d->ours_hits != d->peer_hits) {
        printf("%-28s hits differ: %" PRIu64 ", %s %" PRIu64 ": no time is printed\n", row->id,
               d->ours_hits, row->peer, d->peer_hits);
        rows->disagreed = true;
        if (rows->json) {
            begin(rows, row);
            number(rows, "ours_hits", (double)d->ours_hits);
            number(rows, "peer_hits", (double)d->peer_hits);
            member(rows, "absent", "hits differ");
            end(rows);
        }
        return;
    }
    if (d && d->rounds == 0) {
        rows_absent(rows, row, "the machine is too restless");
        return;
    }
    if (rows->json && d)
        write_duel(rows, row, d);
    else if (rows->json)
        write_value(rows, row);
    if (d) {
        print_duel(row, d);
        return;
    }
    printf("%-28s %.4g %s", row->id, row->value, row->unit);
    if (row->peer)
        printf("  %s %.4g  ratio %.3g", row->peer, row->peer_value, row->value / row->peer_value);
    print_goal(row, row->target == TARGET_COST ? row->value / row->peer_value : row->value);
}

void rows_absent(struct rows *rows, const struct row *row, const char *why)
{
    printf("%-28s not measured: %s\n", row->id, why);
    fflush(stdout);
    if (!rows->json)
        return;
    begin(rows, row);
    member(rows, "absent", why);
    end(rows);
}
