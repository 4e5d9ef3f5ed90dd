/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "text.h"

/* So many documents of an input that are not UTF-8, at least, and one in so many, are no accident.
 */
enum { FEW_GARBLED = 3, GARBLED_SHARE = 4 };

const char *fault_text(enum document_fault fault)
{
    static const enum text_id reasons[] = {[FAULT_NONE] = TEXT_NONE,
                                           [FAULT_TOO_LARGE] = TEXT_TOO_LARGE,
                                           [FAULT_EMPTY_ELEMENT] = TEXT_EMPTY_ELEMENT,
                                           [FAULT_UNCLOSED_ARRAY] = TEXT_UNCLOSED_ARRAY,
                                           [FAULT_UTF16] = TEXT_UTF16,
                                           [FAULT_SPREADSHEET] = TEXT_SPREADSHEET,
                                           [FAULT_UNCLOSED_QUOTE] = TEXT_UNCLOSED_QUOTE,
                                           [FAULT_MISQUOTED] = TEXT_MISQUOTED};

    return text(reasons[fault]);
}

bool fault_is_garbled(uint64_t checked, uint64_t garbled)
{
    return garbled &&
           (garbled >= checked || (garbled >= FEW_GARBLED && garbled >= checked / GARBLED_SHARE));
}
