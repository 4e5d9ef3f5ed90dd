#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Misspells every element, attribute, enumerated value and reference of good sources in turn.

Each slip must give exactly one error, and that must name the right spelling in its hint.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

# Sources without a mistake, and those that are compiled with them.
GOOD = {'good.xml': [], 'good-uses.xml': ['good.part']}
TAG = re.compile(r'<!--.*?-->|<\?.*?\?>|<(/?)([\w.:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(/?)>', re.S)
ATTRIBUTE = re.compile(r'\s+([\w:-]+)="([^"]*)"')
# Attributes whose value is a word, or words, of the format or of the document.
WORDS = {'subject', 'xml:lang', 'kind', 'standing', 'type', 'shown', 'many', 'tolerate', 'word',
         'severity', 'mode', 'if-unknown', 'present', 'verdict', 'action', 'expect', 'base',
         'disguise'}
REFERENCES = {('text', 'in'), ('text', 'terms'), ('field', 'name'), ('cite', 'source'),
              ('cite', 'clause'), ('use', 'condition'), ('uses', 'ruleset'),
              ('section', 'source'), ('fact', 'name'), ('profile', 'extends'),
              ('exception', 'rule'), ('select', 'rules'), ('select', 'tags'),
              ('gives', 'cite'), ('case', 'version'), ('case', 'requirement'),
              ('rule', 'version-by')}


def slip(word):
    """Twice its last letter: no word of the format comes of it."""
    return word + word[-1]


def closing(tags, start):
    depth = 0
    for at in range(start, len(tags)):
        depth += 0 if tags[at].group(4) else -1 if tags[at].group(1) else 1
        if depth == 0:
            return tags[at]
    raise ValueError('no end of ' + tags[start].group(0))


def replaced(text, spans, word):
    for begin, end in sorted(spans, reverse=True):
        text = text[:begin] + word + text[end:]
    return text


def value_slips(text, tag, m):
    """Slips in an attribute's value; m is its match inside the tag's attributes."""
    element, name, value = tag.group(2), m.group(1), m.group(2)
    base = tag.start(3) + m.start(2)
    declares = element == 'field' and re.search(r'\s(type|absent)=', tag.group(3))
    if name == 'absent' and not value.startswith('assume:'):
        yield value, replaced(text, [(base, base + len(value))], slip(value))
    if name not in WORDS and ((element, name) not in REFERENCES or declares):
        return
    for item in re.finditer(r'\S+', value):
        word = item.group(0)
        # A key may be any text: the slip goes into the name of the family.
        family = re.match(r'(attributes)\.', word)
        spelt = re.sub(r'^c:', '', word)
        wrong = slip(word) if not family else slip(family.group(1)) + word[len(family.group(1)):]
        if not word.endswith('*') or word == 'attributes.*':
            yield spelt, replaced(text, [(base + item.start(), base + item.end())], wrong)


def slips(text):
    """(the right word, the text with a slip)"""
    tags = [m for m in TAG.finditer(text) if m.group(2)]
    for at, tag in enumerate(tags):
        if tag.group(1):
            continue
        spans = {tag.span(2), closing(tags, at).span(2)}
        yield tag.group(2), replaced(text, spans, slip(tag.group(2)))
        for m in ATTRIBUTE.finditer(tag.group(3)):
            if m.group(1) == 'xmlns':
                continue
            base = tag.start(3)
            yield m.group(1), replaced(text, [(base + m.start(1), base + m.end(1))],
                                       slip(m.group(1)))
            yield from value_slips(text, tag, m)


def misspell(render, name, others, path):
    """How many slips were tried, and those that were not told well."""
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        text = f.read()
    command = [render, path] + [os.path.join(HERE, other) for other in others]
    problems, n = [], 0
    for right, wrong in slips(text):
        n += 1
        with open(path, 'w', encoding='utf-8') as f:
            f.write(wrong)
        out = subprocess.run(command, capture_output=True, check=False, encoding='utf-8').stdout
        if 'hint: did you mean %s?\n' % right not in out or ': 1 errors,' not in out:
            problems.append('%s:\n%s' % (right, out))
    return n, problems


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('render')
    a = p.parse_args()
    problems, n = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, others in GOOD.items():
            more = misspell(a.render, name, others, os.path.join(folder, 'slip.xml'))
            n += more[0]
            problems += more[1]
    print('\n'.join(problems + ['%d slips, %d problems' % (n, len(problems))]))
    return 1 if problems or n < 200 else 0


if __name__ == '__main__':
    sys.exit(main())
