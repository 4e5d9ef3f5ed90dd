// SPDX-License-Identifier: Apache-2.0
#include "engines.h"

#include <string.h>

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uvernum.h>

namespace
{

// Keeps what is written to it in room that is used again.
class Sink : public icu::ByteSink
{
  public:
    void Append(const char *bytes, int32_t n) override
    {
        if (used + n > (int32_t)sizeof room)
            used = 0;
        memcpy(room + used, bytes, (size_t)n);
        used += n;
    }

    char room[1 << 16];
    int32_t used = 0;
};

struct Folding {
    const icu::Normalizer2 *normalizer;
    icu::Edits edits;
    Sink sink;
};

uint64_t fold(void *state, const char *text, size_t len)
{
    Folding *f = static_cast<Folding *>(state);
    UErrorCode status = U_ZERO_ERROR;

    f->edits.reset();
    f->sink.used = 0;
    f->normalizer->normalizeUTF8(0, icu::StringPiece(text, (int32_t)len), f->sink, &f->edits,
                                 status);
    if (U_FAILURE(status))
        fatal("a text could not be folded", "ICU");
    return (uint64_t)f->sink.used;
}

Folding folding;

} // namespace

struct engine icu_folding(void)
{
    UErrorCode status = U_ZERO_ERROR;
    struct engine e = {};

    folding.normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status))
        fatal("no NFKC_Casefold", "ICU");
    e.name = "ICU " U_ICU_VERSION;
    e.run = fold;
    e.state = &folding;
    return e;
}
