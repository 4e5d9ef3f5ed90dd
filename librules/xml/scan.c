/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/scan.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool begins(const struct scan *s, size_t at, const char *with)
{
    size_t n = strlen(with);

    return s->len - at >= n && memcmp(s->text + at, with, n) == 0;
}

/* Behind the next occurrence of end; 0 when there is none. */
static size_t behind(const struct scan *s, size_t at, const char *end)
{
    size_t n = strlen(end);

    while (at + n <= s->len) {
        const char *p = memchr(s->text + at, end[0], s->len - at - n + 1);

        if (!p)
            return 0;
        at = (size_t)(p - s->text);
        if (memcmp(p, end, n) == 0)
            return at + n;
        at++;
    }
    return 0;
}

/* Comments, CDATA and processing instructions: behind it; 0 when it never ends. */
static bool skippable(const struct scan *s, size_t at, size_t *end)
{
    if (begins(s, at, "<!--"))
        *end = behind(s, at + 4, "-->");
    else if (begins(s, at, "<![CDATA["))
        *end = behind(s, at + 9, "]]>");
    else if (begins(s, at, "<?"))
        *end = behind(s, at + 2, "?>");
    else
        return false;
    return true;
}

static size_t name_length(const struct scan *s, size_t at)
{
    size_t end = at;

    while (end < s->len && !is_blank(s->text[end]) && !strchr("/>=<\"'", s->text[end]))
        end++;
    return end - at;
}

static struct tag start_tag(const struct scan *s, size_t at)
{
    struct tag tag = {TAG_CUT, at, s->len, name_length(s, at + 1), 0};

    for (size_t i = at + 1; i < s->len; i++) {
        char c = s->text[i];

        if (c == '>') {
            tag.kind = s->text[i - 1] == '/' ? TAG_EMPTY : TAG_START;
            tag.end = i + 1;
            break;
        }
        if (c == '"' || c == '\'') {
            const char *close = memchr(s->text + i + 1, c, s->len - i - 1);

            tag.quoted++;
            if (!close)
                break;
            i = (size_t)(close - s->text);
        }
    }
    return tag;
}

static struct tag other_tag(const struct scan *s, size_t at, enum tag_kind kind, size_t name_at)
{
    size_t end = behind(s, at, ">");

    return (struct tag){end ? kind : TAG_CUT, at, end ? end : s->len, name_length(s, name_at), 0};
}

struct tag scan_tag(struct scan *s)
{
    struct tag tag = {TAG_NONE, s->len, s->len, 0, 0};
    size_t end;

    while (s->at < s->len) {
        const char *p = memchr(s->text + s->at, '<', s->len - s->at);

        if (!p)
            break;
        s->at = (size_t)(p - s->text);
        if (skippable(s, s->at, &end)) {
            if (!end) {
                tag = (struct tag){TAG_CUT, s->at, s->len, 0, 0};
                break;
            }
            s->at = end;
            continue;
        }
        if (begins(s, s->at, "</"))
            tag = other_tag(s, s->at, TAG_END, s->at + 2);
        else if (begins(s, s->at, "<!"))
            tag = other_tag(s, s->at, TAG_OTHER, s->at + 2);
        else
            tag = start_tag(s, s->at);
        break;
    }
    s->at = tag.end;
    return tag;
}

static enum piece_kind skipped_kind(const struct scan *s, size_t at)
{
    if (begins(s, at, "<?"))
        return PIECE_INSTRUCTION;
    return begins(s, at, "<!--") ? PIECE_COMMENT : PIECE_CDATA;
}

bool scan_piece(struct scan *s, struct piece *out)
{
    size_t end;

    *out = (struct piece){.at = s->at};
    if (s->at >= s->len)
        return false;
    if (s->text[s->at] != '<') {
        const char *next = memchr(s->text + s->at, '<', s->len - s->at);

        out->end = next ? (size_t)(next - s->text) : s->len;
    } else if (skippable(s, s->at, &end)) {
        out->kind = skipped_kind(s, s->at);
        out->end = end;
    } else {
        out->kind = PIECE_TAG;
        out->tag = scan_tag(s);
        out->end = out->tag.kind == TAG_CUT ? 0 : out->tag.end;
    }
    s->at = out->end ? out->end : s->len;
    return out->end != 0;
}

bool scan_attribute(const struct scan *s, const struct tag *tag, size_t *at,
                    struct raw_attribute *out)
{
    size_t i = *at ? *at : tag->at + 1 + tag->name_length;
    const char *close;

    while (i < tag->end && is_blank(s->text[i]))
        i++;
    out->name_at = i;
    out->name_length = name_length(s, i);
    i += out->name_length;
    while (i < tag->end && (is_blank(s->text[i]) || s->text[i] == '='))
        i++;
    if (out->name_length == 0 || i >= tag->end || (s->text[i] != '"' && s->text[i] != '\''))
        return false;
    out->value_at = i + 1;
    close = memchr(s->text + i + 1, s->text[i], tag->end - i - 1);
    if (!close)
        return false;
    out->value_length = (size_t)(close - s->text) - out->value_at;
    *at = (size_t)(close - s->text) + 1;
    return true;
}

size_t scan_content(const struct scan *s)
{
    size_t at = s->at, end;

    while (at < s->len) {
        if (is_blank(s->text[at]))
            at++;
        else if (begins(s, at, "<![CDATA["))
            at += 9;
        else if (begins(s, at, "]]>"))
            at += 3;
        else if (skippable(s, at, &end) && end)
            at = end;
        else
            break;
    }
    return at;
}
