/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_XML_BYTES_H
#define LIBRULES_XML_BYTES_H

#include "base/diagnostic.h"

/*
 * What the bytes of a source must be before any parser sees them: UTF-8 without control
 * characters, no document type, no tag of absurd size. Reports at most one error and returns how
 * many bytes may be parsed: all, or those before the error, or 0.
 */
size_t bytes_check(struct source *source, struct diagnostics *d);

#endif
