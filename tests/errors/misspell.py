#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Misspells every name in good sources: elements, attributes, enumerated values and references.

A character is dropped, doubled, swapped with the next one or replaced: of each name two of these,
in turn, or all of them with --all.
Each slip must give exactly one error, or warning where any name may stand, that stands where the
slip is and names the right spelling. Where another name is as near as the right one, that may be
named and have consequences. The sources hold every word of the RELAX NG schema.
"""
import argparse
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# Sources without a mistake, and those that are compiled with them.
GOOD = {'good.xml': [], 'good-uses.xml': ['good.part'],
        'good-values.xml': ['good.part', 'good-calendar.xml'],
        'good-calendar.xml': [], 'good-merchant.xml': [], 'good-message.xml': [],
        'good-change.xml': []}
TAG = re.compile(r'<!--.*?-->|<\?.*?\?>|<(/?)([\w.:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(/?)>', re.S)
ATTRIBUTE = re.compile(r'\s+([\w:-]+)="([^"]*)"')
# Attributes whose value is a word, or words, of the format.
WORDS = {'subject', 'xml:lang', 'kind', 'standing', 'type', 'shown', 'many', 'tolerate', 'word',
         'severity', 'mode', 'if-unknown', 'if-absent', 'present', 'verdict', 'action', 'expect',
         'base', 'disguise', 'across', 'order', 'values', 'symmetric', 'form'}
# Attributes whose value names something of the document; elsewhere any word may be meant.
REFERENCES = {('text', 'in'), ('text', 'terms'), ('near', 'in'), ('guard', 'terms'),
              ('guard', 'inside'), ('field', 'name'), ('field', 'in'), ('field', 'not-in'),
              ('read', 'in'), ('some', 'in'), ('every', 'in'), ('count', 'in'),
              ('rule', 'for-each'), ('rule', 'version-by'), ('ruleset', 'calendar'),
              ('cite', 'source'), ('cite', 'clause'), ('section', 'source'), ('gives', 'cite'),
              ('use', 'condition'), ('uses', 'ruleset'), ('profile', 'extends'),
              ('exception', 'rule'), ('select', 'rules'), ('select', 'tags'), ('fact', 'name'),
              ('record', 'in'), ('case', 'version'), ('case', 'requirement'), ('case', 'profile'),
              ('param', 'name'), ('compare', 'left'), ('related', 'by'), ('related', 'left'),
              ('related', 'right'), ('let', 'field'), ('let', 'table'), ('let', 'key'),
              ('value', 'field'), ('table', 'key'), ('table', 'gives'), ('missed', 'deadline'),
              ('open', 'deadline'), ('met-late', 'deadline'), ('starts', 'at'), ('due', 'at'),
              ('met-by', 'at'), ('void-by', 'at'), ('milestone', 'at'), ('grace', 'from'),
              ('listing', 'complete'), ('merchant', 'complete')}
# Attributes where a value that begins with $ names one.
VALUES = {'is', 'is-not', 'lt', 'le', 'gt', 'ge', 'plus', 'minus', 'default', 'by', 'after', 'in',
          'not-in'}


def slips_of(word):
    """Of a single character nothing is left that could be near, unless it is doubled."""
    if len(word) == 1:
        return [word * 2]
    at = (len(word) - 1) // 2
    other = 'x' if word[-1] != 'x' else 'k'
    found = [word[:at] + word[at + 1:], word + word[-1], word[:-1] + other,
             word[:at] + word[at + 1] + word[at] + word[at + 2:]]
    return [s for s in dict.fromkeys(found) if s != word and s.count(':') == word.count(':') and
            s.find(':') == word.find(':') + (len(s) - len(word)) * (at < word.find(':'))]


def distance(a, b):
    """Characters lost, added, changed, or swapped with a neighbour."""
    rows = [list(range(len(b) + 1))]
    for i, c in enumerate(a, 1):
        row = [i]
        for j, d in enumerate(b, 1):
            row.append(min(rows[-1][j - 1] + (c != d), rows[-1][j] + 1, row[-1] + 1))
            if i > 1 and j > 1 and c == b[j - 2] and a[i - 2] == d:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


class Slip:
    """A name in a text, written otherwise at some places. context says what kind of name it is."""

    def __init__(self, text, spans, wrong, right, context):
        self.right, self.wrong, self.context = right, wrong, context
        self.place = min(spans)[0]
        for begin, end in sorted(spans, reverse=True):
            text = text[:begin] + wrong + text[end:]
        self.text = text

    def line(self):
        return self.text.count('\n', 0, self.place) + 1


def closing(tags, start):
    depth = 0
    for at in range(start, len(tags)):
        depth += 0 if tags[at].group(4) else -1 if tags[at].group(1) else 1
        if depth == 0:
            return tags[at]
    raise ValueError('no end of ' + tags[start].group(0))


def parent(tags, at):
    """The name of the element that the tag stands in."""
    depth = 0
    for tag in reversed(tags[:at]):
        depth += 0 if tag.group(4) else 1 if tag.group(1) else -1
        if depth < 0:
            return tag.group(2)
    return ''


def is_reference(tag, name, word):
    element = tag.group(2)
    declares = element == 'field' and (re.search(r'\s(type|absent|aliases)=', tag.group(3)) or
                                       not re.search(r'\s(is|is-not|in|not-in|under|not-under|lt|'
                                                     r'le|gt|ge|present)=', tag.group(3)))
    if word.startswith('$'):
        return name in VALUES or (element, name) in REFERENCES
    if declares or (element == 'field' and name in ('in', 'not-in')):
        return False
    if (element, name) == ('grace', 'from'):
        return not re.match(r'\d', word)
    return name in WORDS or (element, name) in REFERENCES


def split(word):
    """The names in a reference, each with what stands before it."""
    m = re.match(r'(\$\$?|[\w-]+:(?=\D))?(.*)$', word)
    before, name = m.group(1) or '', m.group(2)
    if before == '$' and '.' in name:
        # A record and its member: both are names, see the slips of either.
        return [(before, name.split('.')[0]),
                (before + name.split('.')[0] + '.', name.split('.', 1)[1])]
    # A key may be any text: the slip goes into the name of the family.
    family = re.match(r'(attributes)(\..*)$', name)
    if family:
        return [(before, family.group(1))]
    if '/' in name and not name.endswith('*'):
        return [(before + name.split('/')[0] + '/', name.split('/')[1])]
    return [(before, name)]


def value_slips(text, tag, m):
    """Slips in an attribute's value; m is its match inside the tag's attributes."""
    name, value = m.group(1), m.group(2)
    base = tag.start(3) + m.start(2)
    if name == 'absent':
        word = value.split(':')[0]
        span = (base, base + len(word))
        yield from (Slip(text, {span}, s, word, name) for s in slips_of(word))
    for item in re.finditer(r'\S+', value):
        if not is_reference(tag, name, item.group(0)) or item.group(0).endswith('*') and \
                item.group(0) != 'attributes.*':
            continue
        for before, word in split(item.group(0)):
            at = base + item.start() + len(before)
            for wrong in slips_of(word):
                yield Slip(text, {(at, at + len(word))}, wrong, word, (tag.group(2), name))


def slips(text):
    tags = [m for m in TAG.finditer(text) if m.group(2)]
    for at, tag in enumerate(tags):
        if tag.group(1):
            continue
        spans = {tag.span(2), closing(tags, at).span(2)}
        yield from (Slip(text, spans, s, tag.group(2), parent(tags, at))
                    for s in slips_of(tag.group(2)))
        for m in ATTRIBUTE.finditer(tag.group(3)):
            if m.group(1) == 'xmlns':
                continue
            base = tag.start(3)
            span = (base + m.start(1), base + m.end(1))
            yield from (Slip(text, {span}, s, m.group(1), (tag.group(2), parent(tags, at)))
                        for s in slips_of(m.group(1)))
            yield from value_slips(text, tag, m)


def render(command, sources):
    """What is printed for each source."""
    given = b''.join(b'%d\n%s' % (len(s), s) for s in (t.encode() for t in sources))
    out = subprocess.run(command, input=given, capture_output=True, check=True).stdout.decode()
    return re.split(r'^\.\n', out, flags=re.M)[:-1]


MESSAGE = re.compile(r'^slip\.xml:(\d+):\d+: (error|warning) RLS-(\d+).*\n(?: .*\n)*', re.M)


def told_well(slip, out):
    """Whether the message about the slip stands in its line, and names the right word alone or
    something as near."""
    found = [m for m in MESSAGE.finditer(out)
             if int(m.group(1)) == slip.line() and 'hint: did you mean ' in m.group(0)]
    if not found:
        return False
    hint = re.search(r'hint: did you mean (.+)\?$', found[0].group(0), re.M).group(1)
    names = {hint, re.sub(r'^\$', '', hint), re.split(r'[:/]', hint)[-1],
             re.sub(r'^\$?.*\.(?=%s$)' % re.escape(slip.right), '', hint),
             re.sub(r'^\$(\w+)\..*$', r'\1', hint), hint.split('.')[0]}
    if slip.right in names:
        return len(re.findall(r': error RLS-', out)) == (found[0].group(2) == 'error')
    return min(distance(slip.wrong, n) for n in names) <= distance(slip.wrong, slip.right)


def chosen(found):
    """Of the first name the slips that are even in their order, of the next the odd ones."""
    names = {}
    for slip in found:
        names.setdefault((slip.right, slip.context), []).append(slip)
    return [s for i, own in enumerate(names.values()) for s in (own[i % 2::2] or own)]


def misspell(program, name, others, every):
    """How many slips were tried, and those that were not told well."""
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        text = f.read()
    tried, problems = 0, []
    found = list({(s.wrong, s.right, s.context): s for s in slips(text)}.values())
    found = found if every else chosen(found)
    command = [program, '--each'] + [os.path.join(HERE, other) for other in others]
    for slip, out in zip(found, render(command, [s.text for s in found])):
        if ': 0 errors,' in out and slip.wrong in KNOWN:
            continue  # another word of the format, which may stand there
        tried += 1
        if not told_well(slip, out):
            problems.append('%s: %s for %s:\n%s' % (name, slip.wrong, slip.right, out))
    return tried, problems


def words_of_schema(root):
    with open(os.path.join(root, 'rules-data/schema/ruleset-1.rng'), encoding='utf-8') as f:
        rng = f.read()
    return set(re.findall(r'<(?:element|attribute) name="([^"]+)"', rng)) | \
        set(re.findall(r'<value type="string">([^<]+)<', rng))


def words_of_sources():
    words = set()
    for name in list(GOOD) + ['good.part']:
        with open(os.path.join(HERE, name), encoding='utf-8') as f:
            text = f.read()
        for tag in TAG.finditer(text):
            if tag.group(2):
                words.add(tag.group(2))
                for m in ATTRIBUTE.finditer(tag.group(3)):
                    words.add(m.group(1))
                    words.update(m.group(2).split())
    return words


def main():
    global KNOWN
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('render')
    p.add_argument('--root', required=True)
    p.add_argument('--all', action='store_true')
    p.add_argument('sources', nargs='*', help='of the sources only these')
    a = p.parse_args()
    problems, n = [], 0
    KNOWN = words_of_schema(a.root) | words_of_sources()
    for word in sorted(words_of_schema(a.root) - words_of_sources()):
        problems.append('%s: stands in no source' % word)
    for name, others in GOOD.items():
        if a.sources and name not in a.sources:
            continue
        more = misspell(a.render, name, others, a.all)
        n += more[0]
        problems += more[1]
    print('\n'.join(problems + ['%d slips, %d problems' % (n, len(problems))]))
    return 1 if problems or n < (1500 if not a.sources else 1) else 0


if __name__ == '__main__':
    sys.exit(main())
