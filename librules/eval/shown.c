/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/shown.h"

#include <string.h>

#include "base/messages.h"
#include "base/nearest.h"
#include "text/html_token.h"

enum page_type { RECOGNISE, PLAIN, PAGE };

static uint32_t find_field(const struct facts *f, const char *name)
{
    const char *key;
    size_t key_len;

    return vocabulary_find(f->vocabulary, f->subject, name, strlen(name), &key, &key_len);
}

static enum page_type type_of(const struct fact *value)
{
    if (html_is_named(value->text, value->text_len, "html"))
        return PAGE;
    return html_is_named(value->text, value->text_len, "text") ? PLAIN : RECOGNISE;
}

/* What the document says about its description. */
static enum facts_status declared_type(struct facts *f, enum page_type *type)
{
    static const char name[] = "description_type";
    uint32_t field = find_field(f, name);
    uint32_t fact = field == FIELD_UNKNOWN ? 0 : facts_first(f, field);
    struct nearest near = {0};

    *type = fact ? type_of(&f->items[fact]) : RECOGNISE;
    if (!fact || *type != RECOGNISE)
        return FACTS_OK;
    nearest_offer(&near, f->items[fact].text, f->items[fact].text_len, "html");
    nearest_offer(&near, f->items[fact].text, f->items[fact].text_len, "text");
    return facts_tell(f,
                      &(struct fact_note){.code = MSG_UNPARSED,
                                          .field = name,
                                          .field_len = sizeof name - 1,
                                          .value = {f->items[fact].text, f->items[fact].text_len},
                                          .words = {HINT_TYPE_PAGE},
                                          .near = near.best});
}

/* Copies what was read to where it lives as long as the facts. */
static const struct html_map *keep_map(struct facts *f, const struct html_run *runs, size_t n,
                                       uint32_t base, struct rls_text source)
{
    struct html_map *map = arena_alloc(&f->copies, sizeof *map);
    struct html_run *kept = arena_copy(&f->copies, runs, n * sizeof *runs);

    if (!map || !kept)
        return NULL;
    for (size_t i = 0; i < n; i++)
        kept[i].text -= base;
    *map = (struct html_map){source.data, source.len, kept, n};
    return map;
}

static enum facts_status add_image(struct facts *f, const struct html_page *page, uint32_t item,
                                   const struct html_image *image, struct rls_text source)
{
    const struct html_map *map = keep_map(f, page->images.runs + image->run,
                                          image->run_end - image->run, image->text, source);
    struct rls_text text = {NULL, image->text_end - image->text};

    text.data = arena_copy(&f->copies, page->images.text + image->text, text.len);
    if (!map || !text.data)
        return FACTS_MEMORY;
    return facts_image(f, item, text, map);
}

static enum facts_status read_page(struct facts *f, struct html_page *page, uint32_t item)
{
    struct rls_text source = {f->items[item].text, f->items[item].text_len}, text;
    const struct html_map *map;
    enum facts_status status = FACTS_OK;

    if (source.len > INT32_MAX)
        return FACTS_LIMIT;
    if (!html_read(page, source.data, source.len))
        return FACTS_MEMORY;
    if (page->stopped)
        return FACTS_OK;
    map = keep_map(f, page->shown.runs, page->shown.n_runs, 0, source);
    text = (struct rls_text){arena_copy(&f->copies, page->shown.text, page->shown.len),
                             page->shown.len};
    if (!map || !text.data)
        return FACTS_MEMORY;
    facts_show(f, item, text, map);
    for (size_t i = 0; status == FACTS_OK && i < page->n_list; i++)
        status = add_image(f, page, item, &page->list[i], source);
    return status;
}

static bool is_page(const struct facts *f, uint32_t item, enum page_type type,
                    struct html_stop stop)
{
    const struct fact *value = &f->items[item];

    if (value->field == FIELD_UNKNOWN || !f->vocabulary->fields[value->field].page || !value->text)
        return false;
    return type == PAGE ||
           (type == RECOGNISE && html_is_likely(value->text, value->text_len, stop));
}

int shown_read(struct rls_evaluator *ev)
{
    struct facts *f = &ev->facts;
    uint32_t n = f->n_items, page_field = find_field(f, "description");
    enum page_type type;
    enum facts_status status = declared_type(f, &type);

    for (uint32_t i = 1; status == FACTS_OK && i < n; i++) {
        if (is_page(f, i, type, ev->page.stop))
            status = read_page(f, &ev->page, i);
    }
    if (status == FACTS_OK && page_field != FIELD_UNKNOWN)
        facts_drop_empty(f, page_field);
    return facts_error(status);
}
