/* SPDX-License-Identifier: Apache-2.0 */
#include "baseline.h"

#include "baseline_line.h"
#include "file.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* None comes before all others. */
static int compare_texts(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static struct document_key key_of(const struct known *k)
{
    return (struct document_key){.id = k->document, .digest = k->digest};
}

static int compare_keys(struct document_key a, struct document_key b)
{
    int order = compare_texts(a.id, b.id);

    return order ? order : compare_texts(a.digest, b.digest);
}

static int compare(const void *a, const void *b)
{
    const struct known *x = a, *y = b;
    int order = compare_keys(key_of(x), key_of(y));

    if (order == 0)
        order = strcmp(x->rule, y->rule);
    return order ? order : strcmp(x->finding, y->finding);
}

static void free_known(struct known *k)
{
    free(k->document);
    free(k->digest);
    free(k->rule);
    free(k->finding);
}

void baseline_free(struct baseline *b)
{
    for (size_t i = 0; i < b->count; i++)
        free_known(&b->items[i]);
    free(b->items);
    *b = (struct baseline){0};
}

static bool add(struct baseline *b, struct known *k)
{
    if (b->count == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 64;
        struct known *items = realloc(b->items, cap * sizeof *items);
        if (!items) {
            free_known(k);
            return false;
        }
        b->items = items;
        b->cap = cap;
    }
    memcpy(&b->items[b->count++], k, sizeof *k);
    return true;
}

static void sort(struct baseline *b)
{
    size_t kept = 0;

    if (b->count > 1)
        qsort(b->items, b->count, sizeof *b->items, compare);
    for (size_t i = 0; i < b->count; i++) {
        if (kept > 0 && compare(&b->items[kept - 1], &b->items[i]) == 0)
            free_known(&b->items[i]);
        else if (kept++ != i)
            memcpy(&b->items[kept - 1], &b->items[i], sizeof *b->items);
    }
    b->count = kept;
}

/* @return false after saying why */
static bool read_lines(struct baseline *b, const char *path, const struct buffer *text)
{
    const char *at = text->data, *end = at ? at + text->len : at;

    for (size_t line = 1; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct known k = {0};
        size_t column = 0;
        enum line_kind kind = baseline_parse(at, stop ? stop : end, &k, &column);
        if (kind == LINE_WRONG)
            complain(TEXT_BASELINE_WRONG, path, line, column);
        if (kind == LINE_OLD)
            complain(TEXT_BASELINE_OLD, path, line, column);
        if (kind == LINE_MEMORY || (kind == LINE_KNOWN && !add(b, &k)))
            complain(TEXT_NO_MEMORY);
        if (kind == LINE_WRONG || kind == LINE_OLD || kind == LINE_MEMORY)
            return false;
        at = stop ? stop + 1 : end;
    }
    return true;
}

bool baseline_read(struct baseline *b, const char *path)
{
    struct buffer text = {0};
    bool good = file_read(path, &text) && read_lines(b, path, &text);

    buffer_free(&text);
    sort(b);
    return good;
}

/* The first one of a document, or behind those of documents before it. */
static size_t first_of(const struct baseline *b, struct document_key document)
{
    size_t low = 0, high = b->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare_keys(key_of(&b->items[mid]), document) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

void baseline_see(const struct baseline *b, struct document_key document)
{
    size_t i = first_of(b, document);

    if (i < b->count && compare_keys(key_of(&b->items[i]), document) == 0)
        atomic_store_explicit(&b->items[i].seen, true, memory_order_relaxed);
}

bool baseline_knows(const struct baseline *b, struct document_key document, const char *rule,
                    const char *finding)
{
    for (size_t i = first_of(b, document); i < b->count; i++) {
        struct known *k = &b->items[i];
        if (compare_keys(key_of(k), document) != 0)
            break;
        if (strcmp(k->finding, finding) == 0 && strcmp(k->rule, rule) == 0) {
            atomic_store_explicit(&k->found, true, memory_order_relaxed);
            return true;
        }
    }
    return false;
}

/* Goes on to the next one that was not found. @p seen: whether its document was checked
 * @return false at the end */
static bool next_missing(const struct baseline *b, size_t *at, bool *seen)
{
    for (; *at < b->count; ++*at) {
        const struct known *k = &b->items[*at];
        if (*at == 0 || compare_keys(key_of(&b->items[*at - 1]), key_of(k)) != 0)
            *seen = atomic_load_explicit(&k->seen, memory_order_relaxed);
        if (!atomic_load_explicit(&k->found, memory_order_relaxed))
            return true;
    }
    return false;
}

struct baseline_end baseline_end(const struct baseline *b)
{
    struct baseline_end end = {0};
    bool seen = false;

    for (size_t i = 0; next_missing(b, &i, &seen); i++) {
        end.gone += seen;
        end.unchecked += !seen;
    }
    return end;
}

static void write_members(struct buffer *out, struct document_key document, const char *rule,
                          const char *finding)
{
    buffer_text(out, document.id ? "{\"document\":" : "{\"digest\":");
    buffer_json(out, document.id ? document.id : document.digest);
    buffer_text(out, ",\"rule\":");
    buffer_json(out, rule);
    buffer_text(out, ",\"finding\":");
    buffer_json(out, finding);
    buffer_text(out, "}");
}

void baseline_write_gone(const struct baseline *b, struct buffer *out)
{
    bool seen = false, any = false;

    buffer_text(out, "[");
    for (size_t i = 0; next_missing(b, &i, &seen); i++) {
        const struct known *k = &b->items[i];
        if (!seen)
            continue;
        buffer_text(out, any ? "," : "");
        any = true;
        write_members(out, key_of(k), k->rule, k->finding);
    }
    buffer_text(out, "]");
}

void baseline_line(struct buffer *out, struct document_key document, const char *rule,
                   const char *finding)
{
    write_members(out, document, rule, finding);
    buffer_text(out, "\n");
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Ends every line by a zero and finds them. @return NULL when memory is short */
static char **split(char *text, size_t len, size_t *count)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += text[i] == '\n';
    char **lines = calloc(n + 1, sizeof *lines);
    *count = n;
    for (size_t i = 0; lines && i < n; i++) {
        lines[i] = text;
        text = strchr(text, '\n');
        *text++ = '\0';
    }
    return lines;
}

bool baseline_write(const char *path, const struct buffer *lines)
{
    struct buffer text = {0}, sorted = {0};
    size_t count = 0;

    buffer_put(&text, lines->data, lines->len);
    buffer_put(&text, "", 1);
    char **each = text.failed ? NULL : split(text.data, lines->len, &count);
    if (each)
        qsort(each, count, sizeof *each, compare_lines);
    for (size_t i = 0; each && i < count; i++)
        if (i == 0 || strcmp(each[i - 1], each[i]) != 0)
            buffer_format(&sorted, "%s\n", each[i]);
    bool good = each && !sorted.failed;
    if (!good)
        complain(TEXT_NO_MEMORY);
    good = good && file_replace(path, sorted.data ? sorted.data : "", sorted.len);
    free(each);
    buffer_free(&text);
    buffer_free(&sorted);
    return good;
}
