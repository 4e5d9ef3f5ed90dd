#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reduces the sources of the measurement to the files of this folder (README says which and under
what licence). Needs the sources and, for the pinyin, the package pypinyin; the measurement itself
needs neither."""
import argparse
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = 12  # of one character's substitutes


def common_characters(terms):
    """The 3,755 of the first level of GB 2312, and those of the terms."""
    common = {bytes((row + 0xa0, cell + 0xa0)).decode('gb2312')
              for row in range(16, 56) for cell in range(1, 95) if (row, cell) < (55, 90)}
    return common | {c for term in terms for c in term if '\u3400' <= c <= '\u9fff'}


def lines(path):
    with open(path, encoding='utf-8') as f:
        return [line.rstrip('\n') for line in f]


def write(name, rows):
    with open(os.path.join(HERE, name), 'w', encoding='utf-8') as f:
        f.writelines(row + '\n' for row in sorted(rows))


def similar(path, common):
    """Substitutes, common ones first."""
    for line in lines(path):
        c, *rest = line.split()
        others = ''.join(rest)
        if c in common and others:
            chosen = [o for o in others if o in common] + [o for o in others if o not in common]
            yield '%s %s' % (c, ''.join(dict.fromkeys(chosen[:MOST])))


def parts(path, common):
    """Ways to write a character in two or three parts."""
    for line in lines(path):
        c, *ways = line.split('\t')
        ways = [w.replace(' ', '') for w in ways]
        ways = [w for w in ways if 2 <= len(w) <= 3 and all('\u3400' <= p <= '\u9fff' for p in w)]
        if c in common and ways:
            yield '%s %s' % (c, ' '.join(dict.fromkeys(ways)))


def traditional(path, common):
    for line in lines(path):
        if not line.startswith('#') and '\t' in line:
            c, forms = line.split('\t')
            first = forms.split()[0]
            if c in common and first != c:
                yield '%s %s' % (c, first)


def pinyin(common, terms):
    """Of characters, and of terms that read otherwise than their characters do alone."""
    from pypinyin import Style, pinyin as read
    alone = {}
    for c in common:
        syllable = read(c, style=Style.NORMAL, v_to_u=False)[0][0]
        if re.fullmatch('[a-z]+', syllable):
            alone[c] = syllable
            yield '%s %s' % (c, syllable)
    for term in terms:
        together = [s[0] for s in read(term, style=Style.NORMAL, v_to_u=False)]
        if all(c in alone for c in term) and together != [alone[c] for c in term]:
            yield '%s %s' % (term, ' '.join(together))


def latin(path):
    """Single characters that are confusable with one ASCII letter; those folding knows are left
    out, as are the ones of scripts that few fonts have."""
    found = {}
    for line in lines(path):
        m = re.match(r'([0-9A-F]+) ;\t([0-9A-F]+) ;\tMA', line)
        if m:
            a, b = (chr(int(x, 16)) for x in m.groups())
            block = ord(a) >> 8
            if b.isascii() and b.isalpha() and block in (0x03, 0x04, 0x05, 0x13, 0x1d, 0x2c):
                found.setdefault(b, []).append(a)
    return ('%s %s' % (b, ''.join(sorted(a))) for b, a in found.items())


def titles(folder):
    """All of one shop, and of the other every third different one."""
    chosen, phones = [], []
    for name, into in (('litemall.jsonl', chosen), ('leyou-phones.jsonl', phones)):
        for line in lines(os.path.join(folder, name)):
            title = json.loads(line)['title']
            if title not in into:
                into.append(title)
    return chosen + phones[::3]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--characters', help='folder of chaizi-jt.txt and similar-*.txt')
    p.add_argument('--opencc', help='STCharacters.txt')
    p.add_argument('--confusables', help='confusables.txt of Unicode')
    p.add_argument('--rules', help='a rule file whose terms are measured, too')
    p.add_argument('--listings', help='folder of litemall.jsonl and leyou-phones.jsonl')
    a = p.parse_args()
    sys.path.insert(0, os.path.dirname(HERE))
    from sources import read_lines, read_rule_terms
    terms = read_lines(os.path.join(HERE, 'terms.txt')) + read_rule_terms(a.rules)
    common = common_characters(terms)
    write('sound.txt', similar(os.path.join(a.characters, 'similar-sound.txt'), common))
    write('shape.txt', similar(os.path.join(a.characters, 'similar-shape.txt'), common))
    write('parts.txt', parts(os.path.join(a.characters, 'chaizi-jt.txt'), common))
    write('traditional.txt', traditional(a.opencc, common))
    write('latin.txt', latin(a.confusables))
    write('pinyin.txt', pinyin(common, terms))
    with open(os.path.join(HERE, 'titles.txt'), 'w', encoding='utf-8') as f:
        f.writelines(t + '\n' for t in titles(a.listings))


if __name__ == '__main__':
    main()
