/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_XML_FAULT_H
#define LIBRULES_XML_FAULT_H

#include "xml/element.h"
#include "xml/scan.h"

/* What is wrong with XML, in terms that people can act on. */
enum xml_fault {
    FAULT_OTHER,
    FAULT_MISMATCH,
    FAULT_END, /* of the source, or something behind the root */
    FAULT_ENTITY,
    FAULT_AMPERSAND,
    FAULT_REPEATED,
    FAULT_ATTRIBUTE,
    FAULT_LESS_THAN,
    FAULT_NAME_LENGTH,
    FAULT_PREFIX
};

struct fault {
    enum xml_fault fault;
    const struct document *doc;
    const struct element *open; /* innermost; NULL: none */
    struct scan scan;           /* behind the last good tag */
    size_t at;                  /* where the parser stopped, about */
    bool closed;                /* the root is complete */
    const char *name;           /* the parser's argument, or NULL */
    const char *words;          /* the parser's message */
};

/* Whether all that is left is a tag or comment that never ends, or nothing, and the root is open.
 */
bool fault_ends_early(const struct fault *f);
/* Reports it, at the most exact place the bytes give. */
void fault_report(const struct fault *f, struct diagnostics *d);

#endif
