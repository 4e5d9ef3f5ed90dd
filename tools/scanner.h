/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_SCANNER_H
#define TOOLS_SCANNER_H

#include <stdbool.h>
#include <stdint.h>

/* Follows the nesting of JSON byte by byte, to find where a value ends. It does not check the
 * grammar: the library does. All zero is the start. */
struct scanner {
    uint64_t arrays; /* bit n: level n + 1 is an array; levels above 64 are not kept */
    uint32_t depth;
    bool in_string;
    bool escaped;
    char before; /* the last byte that was neither space nor inside a string */
};

/* @return true when this byte closes the outermost brace or bracket */
bool scanner_byte(struct scanner *s, char c);
/* Whether JSON allows an object to begin here. */
bool scanner_object_may_begin(const struct scanner *s);

#endif
