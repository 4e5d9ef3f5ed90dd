/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_VARIANT_H
#define LIBRULES_TEXT_VARIANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What characters may be written for others: by sound, by shape, in parts or as pictures. Codes
 * are folded code points unless said otherwise; of other codes the functions know nothing and say
 * so. Constant tables, made when the library is built (docs/internals.md says from what).
 */

/* The number of the toneless syllable of a Han character's usual reading; 0: none. */
uint16_t sound_of(uint32_t code);
/* Whether sound is the usual reading of a character or one of its others (长 chang, zhang). */
bool sound_may_be(uint32_t code, uint16_t sound);
/* The others: writes at most cap sounds, the usual one first, and returns how many there are. */
size_t sound_all(uint32_t code, uint16_t *sounds, size_t cap);
/* "bi"; ü is written v. "" for a number that names no syllable. */
const char *sound_name(uint16_t sound);
/* Sounds are numbered 1 to sound_count(), in the order of their names. */
uint16_t sound_count(void);
/*
 * The number of a syllable in lower-case UTF-8 without tone: "bi"; lv, lü and lu: alike; 0: none.
 */
uint16_t sound_parse(const char *latin, size_t len);

/* The class of Han characters of one outline (their four corners, 己 已 巳, 未 末); 0: none. */
uint32_t shape_of(uint32_t code);
/*
 * The characters that share the main component of a character, beside or without a radical: 㑩 has
 * 罗 锣 萝. Returns how many, itself among them, and points *codes at them; 0 and NULL: none.
 */
size_t component_shared(uint32_t code, const uint32_t **codes);
/*
 * The Latin letter that a character is taken for; one class holds what readers confuse (0 and o,
 * 1, i and l). 0: no other than itself. Also takes codes that are not folded: Η looks like h,
 * its folded η like n; folded codes of ambiguous case mean the capital where it is the likelier.
 */
uint32_t latin_shape_of(uint32_t code);

/*
 * The character that two parts side by side stand for: 木 仓 -> 枪. Parts may be written as the
 * radical or as the character it comes from: 氵 每 and 水 每 -> 海. 0: none.
 */
uint32_t split_join(uint32_t left, uint32_t right);
/* The same of three parts: 彳 山 ... */
uint32_t split_join3(uint32_t left, uint32_t middle, uint32_t right);
/* What counts as one part with a character: 水 is 氵. */
uint32_t split_part(uint32_t code);
/*
 * The ways to split a character, numbered from 0: puts the parts, as split_part gives them, in
 * parts and the character in *whole, and returns how many parts there are; 0 behind the last way.
 */
size_t split_way(size_t number, uint32_t parts[3], uint32_t *whole);

/*
 * The characters that an emoji or letter-like picture may stand for: 🪙 币, 🅰 a. Returns how
 * many and points *codes at them; 0 and NULL for what stands for none.
 */
size_t emoji_means(uint32_t code, const uint32_t **codes);

/* Whether two Han characters stand side by side in an ordinary word. */
bool pair_is_common(uint32_t a, uint32_t b);

#endif
