/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_FAULT_H
#define TOOLS_FAULT_H

#include "documents.h"

/* Why there is nothing to judge, for people. */
const char *fault_text(enum document_fault fault);
/* Whether so many of the documents of an input are not UTF-8 that it is no accident. */
bool fault_is_garbled(uint64_t checked, uint64_t garbled);

#endif
