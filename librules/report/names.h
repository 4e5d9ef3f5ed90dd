/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_REPORT_NAMES_H
#define LIBRULES_REPORT_NAMES_H

#include <stdbool.h>
#include <stdint.h>

/* Names of enum values: tokens of the JSON format, and words for people in both languages. */
const char *verdict_token(uint32_t verdict);
const char *verdict_word(uint32_t verdict, bool en);
const char *outcome_token(uint32_t outcome);
const char *outcome_word(uint32_t outcome, bool en);
const char *mode_token(uint32_t mode);
const char *subject_token(uint32_t subject);

/* What people call a field in Chinese, by its path; NULL for fields without a word. */
const char *field_word(const char *path);

enum { FORM_NAMES = 13 };
/* Of bit i of enum rls_form. */
const char *form_token(unsigned i);
const char *form_word(unsigned i, bool en);

#endif
