/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/reader.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "base/limits.h"
#include "xml/bytes.h"
#include "xml/fault.h"
#include "xml/scan.h"

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_view;
#else
typedef xmlErrorPtr error_view;
#endif

/* Bytes, about, of all different names of a source; more is an allocation that fails. */
enum { DIFFERENT_NAMES_BYTES = 1000 * 1000 };

struct reader {
    struct document *doc;
    struct arena *arena;
    struct diagnostics *d;
    xmlParserCtxtPtr parser;
    struct scan scan; /* behind the last tag that was reported */
    struct element *open;
    uint32_t depth;
    char *text; /* of the open element since its last tag */
    size_t cap_text;
    size_t n_text;
    bool closed; /* the end of the root was reported */
    bool stopped;
    bool failed; /* memory was short */
};

static void stop(struct reader *r)
{
    if (!r->stopped)
        xmlStopParser(r->parser);
    r->stopped = true;
}

static void fail(struct reader *r)
{
    r->failed = true;
    stop(r);
}

/* The first error of a source is the only one: those after it follow from it. */
static void refuse(struct reader *r, const struct complaint *c)
{
    if (!r->stopped)
        diagnostics_add(r->d, c);
    r->doc->broken = true;
    stop(r);
}

/* --- faults ------------------------------------------------------------------------------- */

/* The parser must not get here: bytes_check refuses document types. */
static void on_doctype(void *user, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    struct reader *r = user;

    (void)name;
    (void)public_id;
    (void)system_id;
    refuse(r, &(struct complaint){.message = MSG_DOCTYPE,
                                  .place = {r->doc->source, r->scan.at, 1, false}});
}

/* What the codes of libxml2 mean here; others are shown in its own words. */
static enum xml_fault fault_of(int code)
{
    switch (code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        return FAULT_MISMATCH;
    case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_DOCUMENT_END:
    case XML_ERR_TAG_NOT_FINISHED:
        return FAULT_END;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        return FAULT_ENTITY;
    case XML_ERR_NAME_REQUIRED:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return FAULT_AMPERSAND;
    case XML_ERR_ATTRIBUTE_REDEFINED:
        return FAULT_REPEATED;
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
    case XML_ERR_SPACE_REQUIRED:
        return FAULT_ATTRIBUTE;
    case XML_ERR_LT_IN_ATTRIBUTE:
        return FAULT_LESS_THAN;
    case XML_ERR_NAME_TOO_LONG:
        return FAULT_NAME_LENGTH;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        return FAULT_PREFIX;
    default:
        return FAULT_OTHER;
    }
}

static size_t parser_position(const struct reader *r)
{
    long at = xmlByteConsumed(r->parser);

    return at < 0 ? r->scan.at : (size_t)at < r->scan.len ? (size_t)at : r->scan.len;
}

static struct fault make_fault(const struct reader *r, enum xml_fault fault)
{
    return (struct fault){.fault = fault,
                          .doc = r->doc,
                          .open = r->open,
                          .scan = r->scan,
                          .at = parser_position(r),
                          .closed = r->closed};
}

static void report_fault(struct reader *r, const struct fault *f)
{
    fault_report(f, r->d);
    r->doc->broken = true;
    stop(r);
}

static bool is_cut(const struct reader *r)
{
    struct scan s = r->scan;

    return scan_tag(&s).kind == TAG_CUT;
}

static void cut_short(struct reader *r)
{
    struct fault f = make_fault(r, FAULT_END);

    report_fault(r, &f);
}

static void on_error(void *user, error_view error)
{
    struct reader *r = user;
    struct fault f;

    if (r->stopped || error->level < XML_ERR_ERROR || error->code == XML_WAR_NS_URI)
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        fail(r);
        return;
    }
    f = make_fault(r, fault_of(error->code));
    f.name = error->str1;
    f.words = error->message;
    report_fault(r, &f);
}

/* --- text --------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text that stands before the next tag belongs to the open element. */
static void end_text(struct reader *r)
{
    struct element *e = r->open;
    size_t i = 0;

    while (i < r->n_text && is_blank(r->text[i]))
        i++;
    if (e && i < r->n_text && !e->text_at)
        e->text_at = (uint32_t)scan_content(&r->scan);
}

static void on_characters(void *user, const xmlChar *text, int len)
{
    struct reader *r = user;
    size_t n = (size_t)len;

    if (r->stopped || !r->open)
        return;
    if (!mem_grow(&r->arena->mem, &r->text, &r->cap_text, r->n_text + n, 1)) {
        fail(r);
        return;
    }
    memcpy(r->text + r->n_text, text, n);
    r->n_text += n;
}

/* --- tags --------------------------------------------------------------------------------- */

static const char *copy_name(struct reader *r, const xmlChar *prefix, const xmlChar *local)
{
    size_t n = prefix ? strlen((const char *)prefix) + 1 : 0, m = strlen((const char *)local);
    char *name = arena_alloc(r->arena, n + m + 1);

    if (!name)
        return NULL;
    if (prefix) {
        memcpy(name, prefix, n - 1);
        name[n - 1] = ':';
    }
    memcpy(name + n, local, m + 1);
    return name;
}

/* Whether the bytes at a place spell a name: else the parser and the scan have parted, which only
 * happens when the parser lost something. */
static bool spells(const struct reader *r, size_t at, size_t length, const char *name)
{
    return strlen(name) == length && memcmp(r->scan.text + at, name, length) == 0;
}

static bool is_declaration(const struct reader *r, const struct raw_attribute *raw)
{
    const char *name = r->scan.text + raw->name_at;

    return raw->name_length >= 5 && memcmp(name, "xmlns", 5) == 0 &&
           (raw->name_length == 5 || name[5] == ':');
}

static bool next_raw(const struct reader *r, const struct tag *tag, size_t *at,
                     struct raw_attribute *raw)
{
    do {
        if (!scan_attribute(&r->scan, tag, at, raw))
            return false;
    } while (is_declaration(r, raw));
    return true;
}

/* libxml2 gives five pointers an attribute: local name, prefix, namespace, begin and end. */
static bool read_attribute(struct reader *r, const xmlChar *const *given,
                           const struct raw_attribute *raw, struct attribute *out)
{
    const char *begin = (const char *)given[3];
    size_t length = (size_t)((const char *)given[4] - begin);

    out->name = copy_name(r, given[1], given[0]);
    out->value = arena_text(r->arena, begin, length);
    if (!out->name || !out->value || !spells(r, raw->name_at, raw->name_length, out->name))
        return false;
    out->length = (uint32_t)length;
    out->name_at = (uint32_t)raw->name_at;
    out->value_at = (uint32_t)raw->value_at;
    out->raw_length = (uint32_t)raw->value_length;
    out->foreign = given[1] && strcmp((const char *)given[1], "xml") != 0;
    return true;
}

static bool read_attributes(struct reader *r, struct element *e, const struct tag *tag, int n,
                            const xmlChar *const *given)
{
    struct raw_attribute raw;
    size_t at = 0;

    e->n_attributes = (uint32_t)n;
    e->attributes = arena_array(r->arena, e->n_attributes, sizeof *e->attributes);
    if (!e->attributes)
        return false;
    for (uint32_t i = 0; i < e->n_attributes; i++)
        if (!next_raw(r, tag, &at, &raw) ||
            !read_attribute(r, given + (size_t)i * 5, &raw, &e->attributes[i]))
            return false;
    return !next_raw(r, tag, &at, &raw);
}

static void append_child(struct reader *r, struct element *e)
{
    e->parent = r->open;
    if (!r->open)
        r->doc->root = e;
    else if (r->open->last)
        r->open->last->next = e;
    else
        r->open->first = e;
    if (r->open)
        r->open->last = e;
    r->open = e;
}

static struct element *read_element(struct reader *r, const xmlChar *local, const xmlChar *prefix,
                                    const xmlChar *uri, int n, const xmlChar *const *attributes)
{
    struct tag tag = scan_tag(&r->scan);
    struct element *e = arena_zero(r->arena, sizeof *e);

    if (!e || (tag.kind != TAG_START && tag.kind != TAG_EMPTY))
        return NULL;
    e->name = copy_name(r, prefix, local);
    if (!e->name || !spells(r, tag.at + 1, tag.name_length, e->name))
        return NULL;
    e->text = "";
    e->at = (uint32_t)tag.at;
    e->length = (uint32_t)(tag.end - tag.at);
    e->foreign = !uri || strcmp((const char *)uri, RULESET_NAMESPACE) != 0;
    return read_attributes(r, e, &tag, n, attributes) ? e : NULL;
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    struct reader *r = user;
    struct element *e;
    char limit[NUMBER_BYTES];

    (void)n_namespaces;
    (void)namespaces;
    (void)n_defaulted;
    if (r->stopped)
        return;
    /* The parser reports a start tag before it has seen the end of it. */
    if (is_cut(r)) {
        cut_short(r);
        return;
    }
    end_text(r);
    r->n_text = 0;
    e = read_element(r, local, prefix, uri, n_attributes, (const xmlChar *const *)attributes);
    if (!e) {
        fail(r);
        return;
    }
    if (++r->depth > LIMIT_XML_DEPTH) {
        refuse(r, &(struct complaint){.message = MSG_XML_DEPTH,
                                      .place = element_place(r->doc, e),
                                      .args = {message_number(LIMIT_XML_DEPTH, limit)}});
        return;
    }
    append_child(r, e);
}

static bool is_empty_tag(const struct reader *r, const struct element *e)
{
    return r->scan.text[e->at + e->length - 2] == '/';
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *r = user;
    struct element *e = r->open;

    (void)local;
    (void)prefix;
    (void)uri;
    if (r->stopped)
        return;
    end_text(r);
    if (!e || (!is_empty_tag(r, e) && scan_tag(&r->scan).kind != TAG_END)) {
        fail(r);
        return;
    }
    if (!e->first && r->n_text > 0) {
        e->text = arena_text(r->arena, r->text, r->n_text);
        e->text_length = (uint32_t)r->n_text;
        if (!e->text) {
            e->text = "";
            fail(r);
        }
    }
    r->n_text = 0;
    e->complete = true;
    r->open = e->parent;
    r->depth--;
    r->closed = r->open == NULL;
}

/* --- reading ------------------------------------------------------------------------------ */

/* Whole means: no error at all, the root closed, and no tag left behind it. What is not whole and
 * was not reported is a source that ends early, which some parsers keep to themselves, or an
 * allocation that the parser lost. */
static void check_whole(struct reader *r, int code)
{
    struct fault f = make_fault(r, FAULT_END);

    if (fault_ends_early(&f))
        report_fault(r, &f);
    else if (code != 0 || !r->closed || scan_tag(&r->scan).kind != TAG_NONE)
        r->failed = true;
}

/* A namespace that is no URI is as foreign as any other; the parser also says so of a good one
 * when it could not allocate. */
static int parse(struct reader *r, const char *bytes, size_t n, bool last)
{
    int code = xmlParseChunk(r->parser, bytes, (int)n, last);

    return code == XML_WAR_NS_URI ? 0 : code;
}

static void feed(struct reader *r, size_t usable, size_t chunk)
{
    const char *text = r->scan.text;
    int code = 0;

    for (size_t at = 0; at < usable && !r->stopped && code == 0; at += chunk) {
        size_t n = usable - at < chunk ? usable - at : chunk;

        code = parse(r, text + at, n, false);
    }
    if (usable < r->scan.len) {
        r->doc->broken = true;
        return;
    }
    if (!r->stopped && code == 0)
        code = parse(r, NULL, 0, true);
    if (!r->stopped)
        check_whole(r, code);
}

bool xml_read(struct document *doc, struct source *source, struct arena *arena,
              struct diagnostics *d, size_t chunk)
{
    struct reader r = {.doc = doc, .arena = arena, .d = d};
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .internalSubset = on_doctype,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_characters,
                         .cdataBlock = on_characters,
                         .ignorableWhitespace = on_characters,
                         .serror = on_error};
    size_t usable;

    *doc = (struct document){.source = source};
    r.scan = (struct scan){source->lines.text, source->lines.len, 0};
    usable = bytes_check(source, d);
    if (usable < r.scan.len)
        doc->broken = true;
    if (usable == 0 && doc->broken)
        return true;
    /* Idempotent and guarded by libxml2; a host that reads its first sources in several threads at
     * once should have called it before. */
    xmlInitParser();
    r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
    if (!r.parser)
        return false;
    /* The parser's own ceilings are lifted: what they guard against is bounded here. Sources have
     * a size, no document type, and bounded depth, attributes and names. That for different names
     * stays: the parser's work grows with the square of their number. Entities are those of XML
     * itself, for want of a document type; without NOENT values would hold "&#38;" for "&". */
    (void)xmlCtxtUseOptions(r.parser, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT);
    (void)xmlDictSetLimit(r.parser->dict, DIFFERENT_NAMES_BYTES);
    feed(&r, usable, chunk);
    xmlFreeParserCtxt(r.parser);
    mem_release(&arena->mem, r.text, r.cap_text);
    return !r.failed;
}
