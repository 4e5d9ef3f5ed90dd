/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_ALIKE_H
#define LIBRULES_TEXT_ALIKE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The class of a syllable: those that many speakers pronounce alike are one, which is named by one
 * of them (zhi, zi; nan, lan; qing, qin). 0 for none.
 */
uint16_t sound_near(uint16_t sound);
/* Whether a character in its usual reading sounds like another in one of its readings. */
bool sounds_like(uint32_t code, uint32_t term);

/*
 * Whether a character, as written and folded, is taken for another: one outline, one component, or
 * the same Latin letter.
 */
bool looks_like(uint32_t written, uint32_t code, uint32_t term);
/*
 * The component that a character shows most of, itself where it is one of others: 罗 of 㑩, 锣 and
 * 罗. A character that has none is its own.
 */
uint32_t component_of(uint32_t code);
/* The Latin letter that a character is taken for, or the folded character itself. */
uint32_t latin_look(uint32_t written, uint32_t code);

#endif
