/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "xml/element.h"

/* Goes through the source piece by piece. A piece is read as so many bytes: none for markup. */
struct walk {
    const char *source;
    size_t end;
    size_t at;
    bool literal; /* inside CDATA */
};

static bool begins(const struct walk *w, const char *with)
{
    size_t n = strlen(with);

    return w->end - w->at >= n && memcmp(w->source + w->at, with, n) == 0;
}

/* Bytes up to the end mark, with it. */
static size_t through(const struct walk *w, const char *mark)
{
    size_t n = strlen(mark);

    for (size_t i = w->at; i + n <= w->end; i++)
        if (memcmp(w->source + i, mark, n) == 0)
            return i + n - w->at;
    return w->end - w->at;
}

static size_t utf8_length(unsigned long code)
{
    if (code < 0x80)
        return 1;
    if (code < 0x800)
        return 2;
    return code < 0x10000 ? 3 : 4;
}

/* The named ones stand for one byte each. */
static size_t reference_bytes(const char *reference)
{
    if (reference[1] != '#')
        return 1;
    return utf8_length(reference[2] == 'x' ? strtoul(reference + 3, NULL, 16)
                                           : strtoul(reference + 2, NULL, 10));
}

/* The length of the next piece in the source; *bytes: what it is read as. */
static size_t next_piece(struct walk *w, size_t *bytes)
{
    *bytes = 0;
    if (w->literal && begins(w, "]]>")) {
        w->literal = false;
        return 3;
    }
    if (!w->literal && begins(w, "<![CDATA[")) {
        w->literal = true;
        return 9;
    }
    if (!w->literal && begins(w, "<!--"))
        return through(w, "-->");
    if (!w->literal && begins(w, "<?"))
        return through(w, "?>");
    *bytes = 1;
    if (begins(w, "\r\n"))
        return 2;
    if (w->literal || w->source[w->at] != '&')
        return 1;
    *bytes = reference_bytes(w->source + w->at);
    return through(w, ";");
}

/* Where bytes of what is read from `at` on stand, up to `end` at most. */
static struct place find_place(const struct document *doc, size_t at, size_t end, size_t offset,
                               size_t length)
{
    struct walk w = {doc->source->lines.text, end, at, false};
    struct place out = {doc->source, end, 0, false};

    for (size_t read = 0; w.at < end && read < offset + length;) {
        size_t bytes, n = next_piece(&w, &bytes);

        if (out.length == 0 && read + bytes > offset)
            out.at = w.at;
        w.at += n;
        read += bytes;
        if (read > offset)
            out.length = w.at - out.at;
    }
    return out;
}

struct place value_place(const struct document *doc, const struct attribute *a, size_t offset,
                         size_t length)
{
    size_t at = a->value_at;

    if (a->raw_length == a->length || !doc->source->lines.text)
        return (struct place){doc->source, at + offset, length, false};
    return find_place(doc, at, at + a->raw_length, offset, length ? length : 1);
}

struct place text_part_place(const struct document *doc, const struct element *e, size_t offset,
                             size_t length)
{
    const struct lines *l = &doc->source->lines;

    if (!l->text)
        return element_place(doc, e);
    return find_place(doc, e->at + (size_t)e->length, l->len, offset, length ? length : 1);
}
