/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_fault.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "facts/json_number.h"

static const struct reason {
    const char *en, *zh;
} reasons[] = {
    [FAULT_NONE] = {"", ""},
    [FAULT_EMPTY] = {"the document is empty", "文档为空"},
    [FAULT_UTF16] = {"the document is UTF-16; it must be UTF-8", "文档为 UTF-16 编码，应为 UTF-8"},
    [FAULT_NOT_OBJECT] = {"the document must be a JSON object", "文档必须是 JSON 对象"},
    [FAULT_NAME] = {"a member name in double quotes is expected", "此处应为双引号括起的成员名称"},
    [FAULT_COLON] = {"a colon is expected after the member name", "成员名称之后应为冒号"},
    [FAULT_OBJECT_END] = {"a comma or } is expected", "此处应为逗号或 }"},
    [FAULT_ARRAY_END] = {"a comma or ] is expected", "此处应为逗号或 ]"},
    [FAULT_VALUE] = {"a value is expected", "此处应为值"},
    [FAULT_NUMBER] = {"not a number as JSON writes it", "不符合 JSON 的数字写法"},
    [FAULT_ESCAPE] = {"unknown escape in a string", "字符串中有无效的转义"},
    [FAULT_CONTROL] = {"control character in a string; it must be escaped",
                       "字符串中有未转义的控制字符"},
    [FAULT_STRING_END] = {"the string does not end", "字符串没有结束"},
    [FAULT_CUT_SHORT] = {"the document ends too early", "文档提前结束"},
    [FAULT_TRAILING] = {"something follows the document", "文档结束之后还有内容"},
    [FAULT_DEPTH] = {"the document is nested too deeply", "文档嵌套过深"},
    [FAULT_TOO_LARGE] = {"the document is too large", "文档过大"},
    [FAULT_TOO_MANY] = {"the document has too many values", "文档中的值过多"},
    [FAULT_OTHER] = {"the document is no JSON", "文档不是 JSON"},
};

struct scanner {
    const char *begin, *p, *end;
    size_t depth;
    bool in_object[LIMIT_JSON_DEPTH + 1]; /* of each open container, from 1 */
};

static bool at_blank(const struct scanner *s)
{
    return s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r');
}

/* The next character that is no blank; NUL at the end. */
static char next(struct scanner *s)
{
    while (at_blank(s))
        s->p++;
    return s->p < s->end ? *s->p : '\0';
}

static enum json_fault missing(const struct scanner *s, enum json_fault fault)
{
    return s->p == s->end ? FAULT_CUT_SHORT : fault;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool skip_escape(struct scanner *s)
{
    static const char plain[] = "\"\\/bfnrt";
    const char *p = s->p + 1;
    int digits = 0;

    if (p == s->end)
        return false;
    if (*p != 'u') {
        s->p = p + 1;
        return *p && strchr(plain, *p);
    }
    for (p++; digits < 4 && p < s->end && is_hex(*p); p++)
        digits++;
    if (digits == 4)
        s->p = p;
    return digits == 4;
}

static enum json_fault skip_string(struct scanner *s)
{
    const char *begin = s->p++;

    while (s->p < s->end && *s->p != '"') {
        const char *at = s->p;

        if ((unsigned char)*at < 0x20)
            return FAULT_CONTROL;
        if (*at != '\\') {
            s->p++;
        } else if (!skip_escape(s)) {
            s->p = at;
            return FAULT_ESCAPE;
        }
    }
    if (s->p == s->end) {
        s->p = begin;
        return FAULT_STRING_END;
    }
    s->p++;
    return FAULT_NONE;
}

static bool ends_bare(char c)
{
    static const char ends[] = " \t\n\r{}[]:,\"";

    return memchr(ends, c, sizeof ends - 1);
}

static bool is_word(const char *text, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(text, word, len) == 0;
}

/* A number or one of the three words. */
static enum json_fault skip_bare(struct scanner *s)
{
    const char *begin = s->p;
    size_t len = 0;

    while (begin + len < s->end && !ends_bare(begin[len]))
        len++;
    if (len == 0)
        return missing(s, FAULT_VALUE);
    if (!json_number_valid(begin, len) && !is_word(begin, len, "true") &&
        !is_word(begin, len, "false") && !is_word(begin, len, "null"))
        return *begin == '-' || (*begin >= '0' && *begin <= '9') ? FAULT_NUMBER : FAULT_VALUE;
    s->p += len;
    return FAULT_NONE;
}

static enum json_fault skip_name(struct scanner *s)
{
    enum json_fault fault;

    if (next(s) != '"')
        return missing(s, FAULT_NAME);
    fault = skip_string(s);
    if (fault != FAULT_NONE)
        return fault;
    if (next(s) != ':')
        return missing(s, FAULT_COLON);
    s->p++;
    return FAULT_NONE;
}

static bool take_end(struct scanner *s)
{
    if (next(s) != (s->in_object[s->depth] ? '}' : ']'))
        return false;
    s->p++;
    s->depth--;
    return true;
}

/* After a value: ends of containers, then a comma, which begins the next value. */
static enum json_fault skip_ends(struct scanner *s)
{
    while (s->depth > 0 && take_end(s))
        ;
    if (s->depth == 0)
        return FAULT_NONE;
    if (next(s) != ',')
        return missing(s, s->in_object[s->depth] ? FAULT_OBJECT_END : FAULT_ARRAY_END);
    s->p++;
    return s->in_object[s->depth] ? skip_name(s) : FAULT_NONE;
}

/* The begin of a container and of its first value, or all of it when it is empty. */
static enum json_fault enter(struct scanner *s)
{
    if (s->depth == LIMIT_JSON_DEPTH)
        return FAULT_DEPTH;
    s->in_object[++s->depth] = *s->p++ == '{';
    if (next(s) == (s->in_object[s->depth] ? '}' : ']'))
        return skip_ends(s);
    return s->in_object[s->depth] ? skip_name(s) : FAULT_NONE;
}

static enum json_fault skip_value(struct scanner *s)
{
    char c = next(s);
    enum json_fault fault;

    if (c == '{' || c == '[')
        return enter(s);
    fault = c == '"' ? skip_string(s) : skip_bare(s);
    return fault == FAULT_NONE ? skip_ends(s) : fault;
}

static enum json_fault scan(struct scanner *s)
{
    enum json_fault fault;

    if (s->end - s->p >= 2 &&
        (memcmp(s->p, "\xff\xfe", 2) == 0 || memcmp(s->p, "\xfe\xff", 2) == 0))
        return FAULT_UTF16;
    if (next(s) != '{')
        return s->p == s->end ? FAULT_EMPTY : FAULT_NOT_OBJECT;
    do {
        fault = skip_value(s);
    } while (fault == FAULT_NONE && s->depth > 0);
    if (fault != FAULT_NONE)
        return fault;
    next(s);
    return s->p == s->end ? FAULT_NONE : FAULT_TRAILING;
}

size_t json_mark(const char *json, size_t len)
{
    static const char mark[] = "\xef\xbb\xbf";

    return len >= 3 && memcmp(json, mark, 3) == 0 ? 3 : 0;
}

enum json_fault json_fault_find(const char *json, size_t len, size_t *offset)
{
    struct scanner s = {.begin = json, .p = json + json_mark(json, len), .end = json + len};
    enum json_fault fault = scan(&s);

    *offset = (size_t)(s.p - s.begin);
    return fault;
}

/* Begin of the line that holds the byte at offset; its number is counted. */
static size_t line_begin(const char *json, size_t from, size_t offset, uint32_t *line)
{
    const char *newline;

    *line = 1;
    while (from < offset && (newline = memchr(json + from, '\n', offset - from))) {
        from = (size_t)(newline - json) + 1;
        if (*line < UINT32_MAX)
            ++*line;
    }
    return from;
}

void json_fault_tell(struct rls_json_error *error, enum json_fault fault, const char *json,
                     size_t len, size_t offset)
{
    size_t begin, column;

    error->offset = offset;
    error->line = error->column = 0;
    error->reason = reasons[fault].en;
    error->reason_zh = reasons[fault].zh;
    if (fault == FAULT_NONE)
        return;
    begin = json_mark(json, len) <= offset ? json_mark(json, len) : 0;
    begin = line_begin(json, begin, offset, &error->line);
    column = utf8_count(json + begin, offset - begin) + 1;
    error->column = column < UINT32_MAX ? (uint32_t)column : UINT32_MAX;
}

int json_fault_status(enum json_fault fault)
{
    switch (fault) {
    case FAULT_NONE:
        return RLS_OK;
    case FAULT_DEPTH:
    case FAULT_TOO_LARGE:
    case FAULT_TOO_MANY:
        return RLS_ERR_LIMIT;
    default:
        return RLS_ERR_INPUT;
    }
}
