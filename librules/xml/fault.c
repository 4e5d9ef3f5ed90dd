/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/fault.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "xml/quote.h"

static void report(const struct fault *f, struct diagnostics *d, enum message_code message,
                   size_t at, size_t length, const char *arg, const char *second)
{
    diagnostics_add(d, &(struct complaint){.message = message,
                                           .place = {f->doc->source, at, length, false},
                                           .args = {arg, second}});
}

static struct tag next_tag(const struct fault *f)
{
    struct scan s = f->scan;

    return scan_tag(&s);
}

bool fault_ends_early(const struct fault *f)
{
    enum tag_kind kind = next_tag(f).kind;

    return !f->closed && (kind == TAG_CUT || kind == TAG_NONE);
}

static const char *line_of(const struct fault *f, const struct element *e, char out[NUMBER_BYTES])
{
    return message_number(lines_find(&f->doc->source->lines, e->at), out);
}

static void report_mismatch(const struct fault *f, struct diagnostics *d)
{
    struct tag tag = next_tag(f);
    char line[NUMBER_BYTES];

    report(f, d, MSG_TAG_MISMATCH, tag.at, tag.end - tag.at, f->open->name,
           line_of(f, f->open, line));
}

/* Bytes of a value that a hint repeats. */
enum { SHOWN_VALUE = 64 };

/* Reports the forgotten quotation mark that this fault follows from, if that is what it is. */
static bool report_quote(const struct fault *f, struct diagnostics *d)
{
    struct tag tag = next_tag(f);
    const char *text = f->scan.text;
    struct missing_quote q;
    char write[2 * SHOWN_VALUE + 8];
    struct complaint c = {.message = MSG_QUOTE_MISSING};

    if (tag.name_length == 0 || text[tag.at + 1] == '/' || text[tag.at + 1] == '!' ||
        !quote_missing(&f->scan, &tag, &q))
        return false;
    c.place = (struct place){f->doc->source, q.at, q.length, false};
    if (q.curly) {
        c.message = MSG_ATTRIBUTE_SYNTAX;
        c.hint = HINT_STRAIGHT_QUOTE;
    } else if (q.name_length > 0 && q.name_length <= SHOWN_VALUE && q.value_length > 0 &&
               q.value_length <= SHOWN_VALUE) {
        (void)snprintf(write, sizeof write, "%.*s=\"%.*s\"", (int)q.name_length, text + q.name_at,
                       (int)q.value_length, text + q.value_at);
        c.hint = HINT_WRITE;
        c.hint_args[0] = write;
    }
    diagnostics_add(d, &c);
    return true;
}

/* A quotation mark that is none, at the place or shortly before it in the same tag. */
static void report_attribute(const struct fault *f, struct diagnostics *d)
{
    struct complaint c = {.message = MSG_ATTRIBUTE_SYNTAX,
                          .place = {f->doc->source, f->at, 1, false}};
    size_t from = next_tag(f).at, length;

    for (size_t back = 0; back < 64 && back <= f->at && f->at - back >= from; back++) {
        size_t at = f->at - back;

        if (at < f->scan.len && (f->scan.text[at] == '"' || f->scan.text[at] == '\''))
            break;
        length = at < f->scan.len ? quote_curly(&f->scan, at) : 0;
        if (length > 0) {
            c.place.at = at;
            c.place.length = length;
            c.hint = HINT_STRAIGHT_QUOTE;
        }
    }
    diagnostics_add(d, &c);
}

static void report_end(const struct fault *f, struct diagnostics *d)
{
    const struct element *e = f->open;
    struct tag tag = next_tag(f);
    char line[NUMBER_BYTES];

    if (tag.kind == TAG_CUT && report_quote(f, d))
        return;
    if (tag.kind == TAG_CUT)
        report(f, d, MSG_NEVER_ENDS, tag.at, 1 + tag.name_length, NULL, NULL);
    else if (e)
        report(f, d, MSG_UNFINISHED, e->at, e->length, e->name, line_of(f, e, line));
    else
        report(f, d, MSG_EMPTY_SOURCE, 0, 0, NULL, NULL);
}

/* The second attribute of that name in the tag, else the tag. */
static void report_repeated(const struct fault *f, struct diagnostics *d)
{
    struct tag tag = next_tag(f);
    struct raw_attribute a;
    size_t from = 0, at = tag.at, length = 1;
    int seen = 0;

    while (f->name && scan_attribute(&f->scan, &tag, &from, &a)) {
        if (a.name_length != strlen(f->name) ||
            memcmp(f->scan.text + a.name_at, f->name, a.name_length) != 0 || ++seen < 2)
            continue;
        at = a.name_at;
        length = a.name_length;
        break;
    }
    report(f, d, MSG_ATTRIBUTE_TWICE, at, length, f->name ? f->name : "", NULL);
}

/* An '&' that the parser has just passed, or the place itself. */
static bool find_ampersand(const struct fault *f, size_t *at)
{
    for (size_t back = 0; back < 64 && back <= f->at; back++) {
        size_t i = f->at - back;

        if (i < f->scan.len && f->scan.text[i] == '&') {
            *at = i;
            return true;
        }
        if (i < f->scan.at)
            break;
    }
    return false;
}

/* The parser's words, on one line; they are English in both languages. */
static void report_other(const struct fault *f, struct diagnostics *d)
{
    char words[160];
    size_t n = f->words ? utf8_cut(f->words, strlen(f->words), sizeof words - 1) : 0;

    while (n > 0 && (f->words[n - 1] == '\n' || f->words[n - 1] == ' '))
        n--;
    memcpy(words, f->words ? f->words : "", n);
    words[n] = '\0';
    report(f, d, MSG_NOT_WELL_FORMED, f->at, 1, words, NULL);
}

static void report_placed(const struct fault *f, struct diagnostics *d)
{
    char limit[NUMBER_BYTES];
    size_t at = f->at;

    switch (f->fault) {
    case FAULT_ENTITY:
        (void)find_ampersand(f, &at);
        report(f, d, MSG_UNKNOWN_ENTITY, at, 1, f->name ? f->name : "", NULL);
        break;
    case FAULT_AMPERSAND:
        if (find_ampersand(f, &at))
            report(f, d, MSG_AMPERSAND, at, 1, NULL, NULL);
        else
            report_other(f, d);
        break;
    case FAULT_ATTRIBUTE:
        if (!report_quote(f, d))
            report_attribute(f, d);
        break;
    case FAULT_LESS_THAN:
        report(f, d, MSG_LESS_THAN, at, 1, NULL, NULL);
        break;
    case FAULT_NAME_LENGTH:
        report(f, d, MSG_XML_NAME, at, 1, message_number(LIMIT_XML_NAME, limit), NULL);
        break;
    case FAULT_PREFIX:
        report(f, d, MSG_UNDECLARED_PREFIX, next_tag(f).at, 1 + next_tag(f).name_length,
               f->name ? f->name : "", NULL);
        break;
    default:
        report_other(f, d);
    }
}

void fault_report(const struct fault *f, struct diagnostics *d)
{
    if (f->fault == FAULT_MISMATCH && f->open)
        report_mismatch(f, d);
    else if (f->closed)
        report(f, d, MSG_AFTER_ROOT, f->at, 1, NULL, NULL);
    else if (fault_ends_early(f))
        report_end(f, d);
    else if (f->fault == FAULT_REPEATED)
        report_repeated(f, d);
    else
        report_placed(f, d);
}
