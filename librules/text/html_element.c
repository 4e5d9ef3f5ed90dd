/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_element.h"

#include <string.h>

#include "text/html_token.h"

/* Sorted by name. */
static const struct html_element elements[] = {
    {"a", EL_FORMAT, HTML_DATA, GROUP_A},
    {"abbr", 0, HTML_DATA, GROUP_NONE},
    {"acronym", 0, HTML_DATA, GROUP_NONE},
    {"address", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"applet", EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_NONE},
    {"area", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"article", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"aside", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"audio", 0, HTML_DATA, GROUP_NONE},
    {"b", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"base", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"basefont", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"bdi", 0, HTML_DATA, GROUP_NONE},
    {"bdo", 0, HTML_DATA, GROUP_NONE},
    {"bgsound", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"big", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"blockquote", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"body", EL_BREAKOUT | EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"br", EL_NEW_LINE | EL_VOID | EL_SPECIAL | EL_BREAKOUT | EL_BLOCK, HTML_DATA, GROUP_NONE},
    {"button", EL_SPECIAL, HTML_DATA, GROUP_BUTTON},
    {"canvas", 0, HTML_DATA, GROUP_NONE},
    {"caption", EL_BLOCK | EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_CAPTION},
    {"center", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"cite", 0, HTML_DATA, GROUP_NONE},
    {"code", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"col", EL_VOID | EL_SPECIAL | EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"colgroup", EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"data", 0, HTML_DATA, GROUP_NONE},
    {"datalist", EL_UNSEEN, HTML_DATA, GROUP_NONE},
    {"dd", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_DD},
    {"del", 0, HTML_DATA, GROUP_NONE},
    {"details", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"dfn", 0, HTML_DATA, GROUP_NONE},
    {"dialog", EL_BLOCK | EL_ENDS_P, HTML_DATA, GROUP_DIALOG},
    {"dir", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"div", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"dl", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"dt", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_DD},
    {"em", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"embed", EL_VOID | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"fieldset", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"figcaption", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"figure", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"font", EL_FORMAT, HTML_DATA, GROUP_NONE},
    {"footer", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"form", EL_ENDS_P | EL_SPECIAL | EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"frame", EL_VOID | EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"frameset", EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"h1", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_HEADING},
    {"h2", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_HEADING},
    {"h3", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_HEADING},
    {"h4", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_HEADING},
    {"h5", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_HEADING},
    {"h6", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_HEADING},
    {"head", EL_BREAKOUT | EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"header", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"hgroup", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"hr", EL_VOID | EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"html", EL_IGNORED, HTML_DATA, GROUP_NONE},
    {"i", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"iframe", EL_SPECIAL | EL_NEVER, HTML_RAWTEXT, GROUP_NONE},
    {"image", EL_IMAGE | EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"img", EL_IMAGE | EL_VOID | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"input", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"ins", 0, HTML_DATA, GROUP_NONE},
    {"kbd", 0, HTML_DATA, GROUP_NONE},
    {"keygen", EL_VOID, HTML_DATA, GROUP_NONE},
    {"label", 0, HTML_DATA, GROUP_NONE},
    {"legend", EL_BLOCK, HTML_DATA, GROUP_NONE},
    {"li", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_LI},
    {"link", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"listing", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_PRE | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"main", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"map", 0, HTML_DATA, GROUP_NONE},
    {"mark", 0, HTML_DATA, GROUP_NONE},
    {"marquee", EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_NONE},
    {"math", EL_FOREIGN, HTML_DATA, GROUP_NONE},
    {"menu", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"meta", EL_VOID | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"meter", 0, HTML_DATA, GROUP_NONE},
    {"nav", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"nobr", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NOBR},
    {"noembed", EL_SPECIAL | EL_UNSEEN, HTML_RAWTEXT, GROUP_NONE},
    {"noframes", EL_SPECIAL | EL_UNSEEN, HTML_RAWTEXT, GROUP_NONE},
    {"noscript", EL_SPECIAL | EL_NEVER, HTML_RAWTEXT, GROUP_NONE},
    {"object", EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_NONE},
    {"ol", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_LIST},
    {"optgroup", EL_BLOCK, HTML_DATA, GROUP_OPTGROUP},
    {"option", EL_BLOCK, HTML_DATA, GROUP_OPTION},
    {"output", 0, HTML_DATA, GROUP_NONE},
    {"p", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_P},
    {"param", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"picture", 0, HTML_DATA, GROUP_NONE},
    {"plaintext", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_PRE, HTML_PLAINTEXT, GROUP_NONE},
    {"pre", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_PRE | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"progress", 0, HTML_DATA, GROUP_NONE},
    {"q", 0, HTML_DATA, GROUP_NONE},
    {"rb", 0, HTML_DATA, GROUP_RUBY},
    {"rp", EL_UNSEEN, HTML_DATA, GROUP_RUBY},
    {"rt", 0, HTML_DATA, GROUP_RUBY},
    {"rtc", 0, HTML_DATA, GROUP_RUBY},
    {"ruby", EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"s", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"samp", 0, HTML_DATA, GROUP_NONE},
    {"script", EL_SPECIAL | EL_UNSEEN, HTML_SCRIPT, GROUP_NONE},
    {"search", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"section", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"select", EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_NONE},
    {"slot", 0, HTML_DATA, GROUP_NONE},
    {"small", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"source", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"span", EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"strike", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"strong", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"style", EL_SPECIAL | EL_UNSEEN, HTML_RAWTEXT, GROUP_NONE},
    {"sub", EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"summary", EL_BLOCK | EL_ENDS_P | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"sup", EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"svg", EL_FOREIGN, HTML_DATA, GROUP_NONE},
    {"table", EL_ENDS_P | EL_SPECIAL | EL_SCOPE | EL_TABLE | EL_BREAKOUT, HTML_DATA, GROUP_TABLE},
    {"tbody", EL_SPECIAL | EL_TABLE, HTML_DATA, GROUP_SECTION},
    {"td", EL_BLOCK | EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_CELL},
    {"template", EL_SPECIAL | EL_SCOPE | EL_NEVER, HTML_DATA, GROUP_TEMPLATE},
    {"textarea", EL_BLOCK | EL_SPECIAL | EL_PRE, HTML_RCDATA, GROUP_NONE},
    {"tfoot", EL_SPECIAL | EL_TABLE, HTML_DATA, GROUP_SECTION},
    {"th", EL_BLOCK | EL_SPECIAL | EL_SCOPE, HTML_DATA, GROUP_CELL},
    {"thead", EL_SPECIAL | EL_TABLE, HTML_DATA, GROUP_SECTION},
    {"time", 0, HTML_DATA, GROUP_NONE},
    {"title", EL_SPECIAL | EL_UNSEEN, HTML_RCDATA, GROUP_NONE},
    {"tr", EL_SPECIAL | EL_TABLE, HTML_DATA, GROUP_ROW},
    {"track", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"tt", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"u", EL_FORMAT | EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"ul", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_BREAKOUT, HTML_DATA, GROUP_LIST},
    {"var", EL_BREAKOUT, HTML_DATA, GROUP_NONE},
    {"video", 0, HTML_DATA, GROUP_NONE},
    {"wbr", EL_VOID | EL_SPECIAL, HTML_DATA, GROUP_NONE},
    {"xmp", EL_BLOCK | EL_ENDS_P | EL_SPECIAL | EL_PRE, HTML_RAWTEXT, GROUP_NONE},
};

enum { LONGEST = sizeof elements->name, HALF = sizeof(uint64_t) };

/* Four bytes as a number: those of names are in the same order as the names. */
static inline uint32_t number_of(const char *name)
{
    const unsigned char *p = (const unsigned char *)name;

    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t half_of(const char *name)
{
    return (uint64_t)number_of(name) << 32 | number_of(name + 4);
}

/* The name in lower case, and zeros; false when it is longer than any of HTML, or has a zero. */
static bool lower_name(const char *name, size_t len, char out[LONGEST])
{
    size_t i = 0;

    if (len >= LONGEST)
        return false;
    for (; i < len && name[i]; i++)
        out[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20) : name[i];
    return i == len;
}

const struct html_element *html_element(const char *name, size_t len)
{
    const struct html_element *e = elements;
    char wanted[LONGEST] = {0};
    uint64_t high;
    uint32_t low;

    if (!lower_name(name, len, wanted))
        return NULL;
    high = half_of(wanted);
    low = number_of(wanted + HALF);
    for (size_t left = sizeof elements / sizeof *elements; left > 1; left -= left / 2) {
        const struct html_element *middle = e + left / 2;
        uint64_t there = half_of(middle->name);

        if (there < high || (there == high && number_of(middle->name + HALF) <= low))
            e = middle;
    }
    return memcmp(e->name, wanted, LONGEST) == 0 ? e : NULL;
}
