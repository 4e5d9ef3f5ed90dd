/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/messages.h"
#include "facts/json.h"
#include "facts/json_fault.h"
#include "facts/json_mapper.h"
#include "facts/json_parser.h"
#include "facts/repair.h"

enum { NODES_PER_FACT = 4 };

struct json_reader {
    struct mem mem;
    struct json_parser *parser;
    char *text;    /* the document as the parser reads it, and padding */
    char *strings; /* decoded ones; as large */
    size_t room;
    struct json_tree tree;
    struct json_mapper mapper;
};

struct json_reader *json_reader_new(const struct mem *mem)
{
    struct json_reader *r = mem_zero(mem, sizeof *r);
    void *parser;

    if (!r)
        return NULL;
    r->mem = *mem;
    r->tree.mem = *mem;
    json_mapper_init(&r->mapper, mem);
    parser = mem_alloc(mem, json_parser_size());
    if (!parser) {
        json_reader_free(r);
        return NULL;
    }
    r->parser = json_parser_init(parser);
    return r;
}

static void drop_buffers(struct json_reader *r)
{
    mem_release(&r->mem, r->text, r->room);
    mem_release(&r->mem, r->strings, r->room);
    r->text = r->strings = NULL;
    r->room = 0;
}

void json_reader_free(struct json_reader *r)
{
    struct mem mem;

    if (!r)
        return;
    mem = r->mem;
    drop_buffers(r);
    mem_release(&mem, r->tree.items, r->tree.cap * sizeof *r->tree.items);
    json_mapper_clear(&r->mapper);
    if (r->parser) {
        json_parser_end(r->parser);
        mem_release(&mem, r->parser, json_parser_size());
    }
    mem_release(&mem, r, sizeof *r);
}

size_t json_reader_memory(const struct json_reader *r)
{
    return sizeof *r + json_parser_size() + json_parser_memory(r->parser) + 2 * r->room +
           r->tree.cap * sizeof *r->tree.items + keyset_memory(&r->mapper.names);
}

/* What was in the buffers is lost: they hold one document at a time. */
static bool reserve(struct json_reader *r, size_t len)
{
    size_t need = len + JSON_PADDING, want = need + need / 8 + 1024;

    if (need <= r->room)
        return true;
    drop_buffers(r);
    r->text = mem_alloc(&r->mem, want);
    r->strings = mem_alloc(&r->mem, want);
    if (!r->text || !r->strings) {
        mem_release(&r->mem, r->text, want);
        mem_release(&r->mem, r->strings, want);
        r->text = r->strings = NULL;
        return false;
    }
    r->room = want;
    return true;
}

struct repairs {
    bool utf8, surrogates;
};

/* Brings the document into the buffer in the form that the parser takes. */
static bool load(struct json_reader *r, const char *json, size_t *len, struct repairs *done)
{
    size_t need = done->utf8 ? repair_utf8(json, *len, NULL) : *len;

    if (!reserve(r, need))
        return false;
    if (done->utf8)
        repair_utf8(json, *len, r->text);
    else if (need)
        memcpy(r->text, json, need);
    memset(r->text + need, 0, JSON_PADDING);
    done->surrogates = repair_surrogates(r->text, need);
    *len = need;
    return true;
}

static enum facts_status note_repairs(struct facts *f, const struct repairs *done)
{
    enum facts_status status = FACTS_OK;

    if (done->utf8)
        status = facts_note(f, MSG_INVALID_UTF8, NULL, 0);
    if (done->surrogates && status == FACTS_OK)
        status = facts_note(f, MSG_LONE_SURROGATE, NULL, 0);
    return status;
}

static enum json_status map(struct json_reader *r, struct facts *f, const struct repairs *done)
{
    enum facts_status status = note_repairs(f, done);

    if (status == FACTS_OK)
        status = json_map(&r->mapper, &r->tree, f);
    switch (status) {
    case FACTS_OK:
        return JSON_OK;
    case FACTS_LIMIT:
        return JSON_TOO_MANY;
    case FACTS_MEMORY:
        break;
    }
    return JSON_MEMORY;
}

static enum json_status parse(struct json_reader *r, const char *json, size_t len,
                              struct repairs *done)
{
    if (!load(r, json, &len, done))
        return JSON_MEMORY;
    return json_parser_run(r->parser, r->text, len, r->room, r->strings, &r->tree);
}

static enum json_status read_document(struct json_reader *r, const char *json, size_t len,
                                      struct facts *f)
{
    size_t mark = json_mark(json, len);
    struct repairs done = {false, false};
    enum json_status status;

    json += mark;
    len -= mark;
    r->tree.most = (uint32_t)(f->max_items < UINT32_MAX / NODES_PER_FACT
                                  ? f->max_items * NODES_PER_FACT + NODES_PER_FACT
                                  : UINT32_MAX - 1);
    status = parse(r, json, len, &done);
    /* The parser refuses invalid UTF-8, too: what it takes need not be looked at twice. */
    if (status == JSON_MALFORMED && !json_valid_utf8(json, len)) {
        done.utf8 = true;
        status = parse(r, json, len, &done);
    }
    return status == JSON_OK ? map(r, f, &done) : status;
}

static int refuse(struct rls_json_error *error, const char *json, size_t len)
{
    size_t offset;
    enum json_fault fault = json_fault_find(json, len, &offset);

    if (fault == FAULT_NONE)
        fault = FAULT_OTHER;
    json_fault_tell(error, fault, json, len, offset);
    return json_fault_status(fault);
}

int json_read(struct json_reader *r, const char *json, size_t len, size_t max_bytes,
              struct facts *f, struct rls_json_error *error)
{
    size_t most = max_bytes < LIMIT_DOCUMENT_HARD ? max_bytes : LIMIT_DOCUMENT_HARD;

    if (len == 0)
        json = "";
    json_fault_tell(error, FAULT_NONE, json, len, 0);
    if (len > most) {
        json_fault_tell(error, FAULT_TOO_LARGE, json, len, most);
        return RLS_ERR_LIMIT;
    }
    switch (read_document(r, json, len, f)) {
    case JSON_OK:
        return RLS_OK;
    case JSON_MEMORY:
        return RLS_ERR_MEMORY;
    case JSON_TOO_MANY:
        json_fault_tell(error, FAULT_TOO_MANY, json, len, json_mark(json, len));
        return RLS_ERR_LIMIT;
    case JSON_TOO_DEEP:
    case JSON_MALFORMED:
        break;
    }
    return refuse(error, json, len);
}
