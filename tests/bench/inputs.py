#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what the benchmark measures with: texts, words, patterns and rules, each record ended by
a NUL, and manifest.json with counts, bytes and digests. The same arguments give the same bytes."""
import argparse
import hashlib
import itertools
import json
import os
import sys

import rulesets
import texts
import words

SEED = 20261122
SIZES = (1000, 10000, 60000)


class Folder:
    def __init__(self, path):
        self.path = path
        self.manifest = {}
        os.makedirs(path, exist_ok=True)

    def write(self, name, records):
        data = b''.join(r.encode() + b'\0' for r in records)
        self.put(name, data, len(records))

    def put(self, name, data, count):
        with open(os.path.join(self.path, name), 'wb') as f:
            f.write(data)
        self.manifest[name] = {'records': count, 'bytes': len(data),
                               'sha256': hashlib.sha256(data).hexdigest()[:16]}


def write_texts(out, goods, count, dice):
    found = texts.listings(goods, count, dice)
    out.write('titles', texts.titles(goods, max(count, 20), dice))
    plain = [texts.text_of(g) for g in found]
    out.write('listings', plain)
    out.write('listings-json', [texts.as_json(g, texts.description(g)) for g in found])
    out.write('listings-html', [texts.as_json(g, texts.as_html(g)) for g in found])
    return plain


def write_words(out, plain, given, scale, dice):
    """Words are taken from every other listing, so that half of the texts is new to them."""
    counts, size = words.grams(plain[::2])
    largest = max(SIZES) // scale
    # A few hundred words of a list would hardly hit: in a tiny run words of the texts join them.
    given = given if scale == 1 else given[:largest * 3 // 4]
    found = {'real': words.dictionary('real', largest, counts, size, given, dice)}
    for kind in ('sparse', 'dense'):
        found[kind] = words.dictionary(kind, largest, counts, size, (), dice)
    for kind in ('real', 'sparse', 'dense'):
        out.write('terms-' + kind, found[kind])
    found['patterns'] = words.patterns(max(1000 // scale, 40), found['real'], counts, dice)
    found['homophones'] = words.homophones(found['real'][::-1], max(5000 // scale, 10))
    for kind in ('patterns', 'homophones'):
        out.write(kind, found[kind])
    found['absent'] = list(itertools.islice(words.absent(counts, dice),
                                            max(rulesets.SCALES) * 21 // 20 // scale))
    hitting = dice.shuffle(sorted(g for g in counts if len(g) > 2))[:rulesets.HITTING // scale]
    return found, hitting


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', required=True, help='the top folder of the project')
    p.add_argument('--data', help='folder with lexicons/, listings/ and private/; '
                                  'without it the shipped catalogue')
    p.add_argument('--lexicon', help='file with a term a line, instead of lexicons/')
    p.add_argument('--seed', type=int, default=SEED, help='other texts and words of the same data')
    p.add_argument('--tiny', action='store_true', help='a hundredth of everything, to try it')
    p.add_argument('folder')
    a = p.parse_args()
    scale = 100 if a.tiny else 1
    out = Folder(a.folder)
    goods = texts.load(a.root, a.data)
    plain = write_texts(out, goods, 4000 // scale, texts.Dice(a.seed))
    given = words.lexicon(words.lexicon_paths(a.data, a.lexicon))
    found, hitting = write_words(out, plain, given, scale, texts.Dice(a.seed + 1))
    rulesets.write(out, found, hitting, scale, texts.Dice(a.seed + 2))
    with open(os.path.join(a.folder, 'manifest.json'), 'w', encoding='utf-8') as f:
        json.dump({'data': 'given' if a.data else 'shipped samples',
                   'seed': a.seed, 'lexicon': len(given), 'files': out.manifest}, f, indent=1)
    return 0


if __name__ == '__main__':
    sys.exit(main())
