/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_WORDS_H
#define TOOLS_WORDS_H

#include <stdint.h>

/* What the rule language has a word for, in the chosen language; JSON has the words themselves. */

/* Of an enum rls_mode. */
const char *word_mode(uint32_t mode);
/* Of what standing="..." says; the word itself when there is no other. */
const char *word_standing(const char *standing);
/* Of an enum rls_truth. */
const char *word_truth(uint32_t truth);
/* Of an element that conditions stand in; the word itself when there is no other. */
const char *word_part(const char *part);

#endif
