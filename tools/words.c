/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include "text.h"

#include <librules/explanation.h>
#include <librules/set.h>
#include <string.h>

struct word {
    const char *name;
    enum text_id text;
};

static const char *find(const struct word *words, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i].name, name) == 0)
            return text(words[i].text);
    return name;
}

const char *word_mode(uint32_t mode)
{
    static const enum text_id modes[] = {[RLS_MODE_ENFORCE] = TEXT_MODE_ENFORCE,
                                         [RLS_MODE_SHADOW] = TEXT_MODE_SHADOW,
                                         [RLS_MODE_OFF] = TEXT_MODE_OFF};

    return text(modes[mode]);
}

const char *word_standing(const char *standing)
{
    static const struct word words[] = {{"verified", TEXT_STANDING_VERIFIED},
                                        {"stated", TEXT_STANDING_STATED},
                                        {"known", TEXT_STANDING_KNOWN},
                                        {"inferred", TEXT_STANDING_INFERRED},
                                        {"uncertain", TEXT_STANDING_UNCERTAIN}};

    return find(words, sizeof words / sizeof *words, standing);
}

const char *word_truth(uint32_t truth)
{
    static const enum text_id truths[] = {[RLS_FALSE] = TEXT_TRUTH_FALSE,
                                          [RLS_UNKNOWN] = TEXT_TRUTH_UNKNOWN,
                                          [RLS_TRUE] = TEXT_TRUTH_TRUE};

    return text(truths[truth]);
}

const char *word_part(const char *part)
{
    static const struct word words[] = {
        {"applies", TEXT_PART_APPLIES}, {"when", TEXT_PART_WHEN},   {"unless", TEXT_PART_UNLESS},
        {"require", TEXT_PART_REQUIRE}, {"grace", TEXT_PART_GRACE}, {"grade", TEXT_PART_GRADE}};

    return find(words, sizeof words / sizeof *words, part);
}
