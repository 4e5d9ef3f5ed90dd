#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the derived lists of this folder from their sources, which are not part of the project:

  readings.txt    from Unihan_Readings.txt of the Unicode Character Database
  splits.txt      from cjk-decomp.txt (github.com/amake/cjk-decomp, under its Apache-2.0 option)
  components.txt  from the same
  shapes.txt      from Unihan_DictionaryLikeData.txt of the same database, and alike.txt

Characters, or one of each class, are of the Table of General Standard Chinese Characters
(kTGHZ2013)."""
import argparse
import os
import re
import unicodedata
from collections import Counter, defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))


# Numbered parts, and the character that is typed for them.
TYPED = {'37030': '圣', '37062': '尚', '37079': '覃', '37086': '卩', '37121': '奏', '37167': '要',
         '37184': '刀', '37276': '东', '37509': '分', '60979': '布', '38068': '月'}

# A part of so many characters does not tell them apart: the other one does.
COMMON = 15


class Unihan:
    """Readings without tones, four-corner codes, the standard characters, and how often each is
    used."""

    def __init__(self, *paths):
        self.readings, self.standard, self.uses = defaultdict(list), set(), defaultdict(int)
        self.corners = {}
        for path in paths:
            with open(path, encoding='utf-8') as f:
                for line in f:
                    if line.startswith('U+'):
                        code, field, value = line.rstrip('\n').split('\t')
                        self.take(chr(int(code[2:], 16)), field, value)

    def take(self, c, field, value):
        if field == 'kTGHZ2013':
            self.standard.add(c)
            syllables = [s for part in value.split() for s in part.split(':')[1].split(',')]
        elif field == 'kHanyuPinlu':
            self.uses[c] = sum(int(n) for n in re.findall(r'\((\d+)\)', value))
            syllables = re.findall(r'([^\s(]+)\(', value)
        elif field == 'kMandarin':
            syllables = value.split()
        elif field == 'kFourCornerCode':
            self.corners[c] = value[:4]
            return
        else:
            return
        for s in map(toneless, syllables):
            if s not in self.readings[c]:
                self.readings[c].append(s)


def toneless(syllable):
    """lǜ -> lv."""
    plain = unicodedata.normalize('NFD', syllable).replace('u\u0308', 'v')
    plain = re.sub('u([\u0300\u0301\u0304\u030c])\u0308', 'v', plain)
    return ''.join(c for c in plain if 'a' <= c <= 'z')


def read_decompositions(path):
    """character -> (kind, parts). Parts without a code of their own are numbers, unless a
    character is built the same way."""
    table = {}
    with open(path, encoding='utf-8') as f:
        for line in f:
            m = re.match(r'(.+):(\S+?)\((.*)\)$', line.strip())
            if m:
                table[m.group(1)] = (m.group(2), m.group(3).split(',') if m.group(3) else [])
    built = {}
    for c in sorted(table):
        if len(c) == 1 and ord(c) < 0x20000:
            built.setdefault(str(table[c]), c)
    for kind, parts in table.values():
        parts[:] = [TYPED.get(p) or built.get(str(table.get(p)), p) if len(p) > 1 else p
                    for p in parts]
    return table


def read_classes(name):
    classes = {}
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        for line in f:
            if not line.startswith('#'):
                members = line.replace(' ', '').strip()
                classes.update((c, members[0]) for c in members)
    return classes


def in_two(table, c):
    """The ways to write c in two parts, in the order in which they are read."""
    kind, parts = table.get(c, ('', []))
    if kind.split('/')[0] in ('ra', 'rd'):
        parts = parts * 2
    if len(parts) != 2 or kind[0] not in 'adswblr':
        return
    yield tuple(parts)
    if kind.startswith('sb'):  # 辶 米: also written 米 辶
        yield tuple(reversed(parts))
    if parts[0] == '囗':
        yield '口', parts[1]
    if '龸' in parts:
        yield tuple('尚' if p == '龸' else p for p in parts)


def in_three(table, c, radicals):
    """Three parts side by side, or two of which one falls into two; radicals do not fall."""
    kind, parts = table.get(c, ('', []))
    if kind in ('r3a', 'r3d', 'r3tr'):
        yield tuple(parts * 3)
    if kind in ('a', 'd') and len(parts) == 3:
        yield tuple(parts)
    for first, second in in_two(table, c):
        if first not in radicals:
            yield from ((a, b, second) for a, b in in_two(table, first))
        if second not in radicals:
            yield from ((first, a, b) for a, b in in_two(table, second))


def typed(part, classes):
    """Whether one can type a part: a character, neither a stroke nor a radical of its own."""
    part = classes.get(part, part)
    return len(part) == 1 and ('\u4e00' <= part <= '\u9fff' or '\u3400' <= part <= '\u4dbf')


def make_splits(unihan, table, classes):
    """(whole, parts) sorted; of several wholes of the same parts the most used one stays."""
    best = {}
    for row in read_groups('splits-more.txt'):
        c, parts = row.split()
        best.setdefault(tuple(classes.get(p, p) for p in parts), (c, parts))
    radicals = set(classes) | {p for p, n in part_uses(unihan, table).items() if n >= COMMON}
    for c in sorted(unihan.standard, key=lambda c: (-unihan.uses[c], c)):
        for parts in [*in_two(table, c), *in_three(table, c, radicals)]:
            if all(typed(p, classes) for p in parts):
                key = tuple(classes.get(p, p) for p in parts)
                best.setdefault(key, (c, ''.join(parts)))
    return sorted(set(best.values()))


def part_uses(unihan, table):
    return Counter(p for c in unihan.standard if len(table.get(c, ('', []))[1]) == 2
                   for p in table[c][1])


def make_readings(unihan):
    return [(c, *r) for c, r in sorted(unihan.readings.items())
            if len(r) > 1 and (c in unihan.standard or c in unihan.uses)]


def make_components(unihan, table):
    """A component that is a character, and the characters made of it and a common part."""
    heads = defaultdict(set)
    uses = part_uses(unihan, table)
    for c in table:
        kind, parts = table[c]
        if common_plane(c) and len(parts) == 2 and kind[0] in 'ads':
            rare, common = sorted(parts, key=lambda p: (uses[p], p))
            if uses[common] >= COMMON and rare in unihan.standard:
                heads[rare].add(c)
    return [head + ' ' + ''.join(sorted(members)) for head, members in sorted(heads.items())]


def common_plane(c):
    return len(c) == 1 and ('\u4e00' <= c <= '\u9fff' or '\u3400' <= c <= '\u4dbf')


def make_shapes(unihan):
    """Classes of equal four-corner codes; the groups of alike.txt join theirs."""
    parent = {}

    def find(c):
        while parent.setdefault(c, c) != c:
            c = parent[c]
        return c

    for c, corners in sorted(unihan.corners.items()):
        if common_plane(c):
            parent[c] = corners
    for group in read_groups('alike.txt'):
        for c in group:
            parent[find(c)] = find(group[0])
    classes = defaultdict(list)
    for c in sorted(parent):
        if len(c) == 1:
            classes[find(c)].append(c)
    return sorted(''.join(g) for g in classes.values()
                  if len(g) > 1 and not unihan.standard.isdisjoint(g))


def read_groups(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        return [line.strip() for line in f if not line.startswith('#')]


def write(name, licence, head, lines):
    with open(os.path.join(HERE, name), 'w', encoding='utf-8') as f:
        f.write('# SPDX-License-Identifier: ' + licence + '\n')
        f.writelines('# %s\n' % line for line in head)
        f.writelines(line + '\n' for line in lines)


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('readings', help='Unihan_Readings.txt, version 15.0')
    p.add_argument('dictionaries', help='Unihan_DictionaryLikeData.txt, version 15.0')
    p.add_argument('decompositions', help='cjk-decomp.txt')
    a = p.parse_args()
    unihan = Unihan(a.readings, a.dictionaries)
    table = read_decompositions(a.decompositions)
    classes = read_classes('parts.txt')
    write('readings.txt', 'Unicode-DFS-2016', (
        'The readings of characters that have more than one, without tones, ü as v.',
        'Derived by derive.py from Unihan_Readings.txt of the Unicode Character Database 15.0',
        '(fields kTGHZ2013, kHanyuPinlu, kMandarin; licence in unicode-licence.txt).',
    ), (' '.join(r) for r in make_readings(unihan)))
    write('splits.txt', 'Apache-2.0', (
        'A character and the two or three parts that it may be written in, as they are read.',
        'Derived by derive.py from cjk-decomp.txt of github.com/amake/cjk-decomp, compiled by',
        'Gavin Grover, which offers six licences of which Apache-2.0 is used here; reduced to the',
        'characters of the Table of General Standard Chinese Characters. Changes: parts that have',
        'no code are replaced or dropped, three parts come from splitting one of two.',
    ), (' '.join(s) for s in make_splits(unihan, table, classes)))
    write('components.txt', 'Apache-2.0', (
        'A character, and the characters made of it and a common part (a radical): 罗 in 锣.',
        'Derived by derive.py from cjk-decomp.txt, as splits.txt is.',
    ), make_components(unihan, table))
    write('shapes.txt', 'Unicode-DFS-2016', (
        'Classes of Han characters of the same outline, one a line. Derived by derive.py from the',
        'four-corner codes of Unihan_DictionaryLikeData.txt of the Unicode Character Database 15.0',
        '(field kFourCornerCode; licence in unicode-licence.txt) and the groups of alike.txt.',
    ), make_shapes(unihan))


if __name__ == '__main__':
    main()
