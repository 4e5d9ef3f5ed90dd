#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/messages.md from librules/base/messages.def; with --check, tells whether it is so.

--check also holds the two languages of each message against each other.
"""
import argparse
import ast
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOURCE = os.path.join(ROOT, 'librules', 'base', 'messages.def')
TARGET = os.path.join(ROOT, 'docs', 'messages.md')

AREAS = [
    (100, 'XML', 'The source is no well-formed XML. It is read up to the mistake.'),
    (200, 'Structure', 'Elements, attributes and their values.'),
    (300, 'Names, types and dates', 'What refers to something, and what is compared with what.'),
    (400, 'Terms', 'Words that cannot match, and parts that have no effect.'),
    (500, 'Files and limits', ''),
    (600, 'Documents', 'Notes in a report about the document that was judged.'),
]

STRING = r'"(?:[^"\\]|\\.)*"'

# Notes that say what was found in the document; eval/notes.c fills in the others as they are.
ABOUT_VALUES = {605, 606, 613}


def text(literals):
    return ''.join(ast.literal_eval('u' + s) for s in re.findall(STRING, literals))


def entries():
    with open(SOURCE, encoding='utf-8') as f:
        source = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
    strings = r'((?:%s\s*)+)' % STRING
    pattern = r'^MESSAGE\((\d+), (\w+), (\w+),\s*' + r',\s*'.join([strings] * 4) + r'\)'
    found = [(int(m[0]), m[1], m[2].lower()) + tuple(text(s) for s in m[3:])
             for m in re.findall(pattern, source, re.M)]
    if len(found) != len(re.findall(r'^MESSAGE\(', source, re.M)):
        raise SystemExit('%s: not every entry can be read' % SOURCE)
    return found


def markdown(s):
    return s.replace('&', '&amp;').replace('<', '&lt;').replace('%s', '…').replace('*', '\\*')


def page(found):
    out = ['<!-- SPDX-License-Identifier: Apache-2.0 -->',
           '<!-- Written by docs/messages.py from librules/base/messages.def: edit that. -->',
           '# Messages',
           '',
           'Every message has a number, printed `RLS-nnn`, which never changes its meaning and is',
           'never reused. `rls_message_explain` gives what stands here. An error prevents the rule',
           'set, a warning does so on request, a note never.']
    for begin, title, words in AREAS:
        out += ['', '## ' + title]
        if words:
            out += ['', words]
        for number, _, level, en, zh, explain_en, explain_zh in found:
            if begin <= number < begin + 100:
                out += ['', '### RLS-%d' % number, '',
                        '%s: **%s** · %s' % (level, markdown(en), markdown(zh)), '',
                        markdown(explain_en), '', markdown(explain_zh)]
    return '\n'.join(out) + '\n'


def problems(found):
    numbers = [e[0] for e in found]
    out = ['RLS-%d: given twice' % n for n in sorted(set(numbers)) if numbers.count(n) > 1]
    if numbers != sorted(numbers):
        out.append('the numbers do not ascend')
    for number, _, _, en, zh, explain_en, explain_zh in found:
        if en.count('%s') != zh.count('%s') or re.search(r'%[^s]', en + zh):
            out.append('RLS-%d: the languages take different arguments' % number)
        if number >= 600 and '%s' in en and number not in ABOUT_VALUES:
            out.append('RLS-%d: only notes about values take arguments' % number)
        if not re.search('[\u4e00-\u9fff]', zh) or not re.search('[\u4e00-\u9fff]', explain_zh):
            out.append('RLS-%d: not in Chinese' % number)
        if not explain_en.endswith(('.', '?')) or not explain_zh.endswith(('。', '？')):
            out.append('RLS-%d: an explanation is a sentence' % number)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--check', action='store_true')
    a = p.parse_args()
    found = entries()
    wrong = problems(found)
    if a.check:
        try:
            with open(TARGET, encoding='utf-8') as f:
                if f.read() != page(found):
                    wrong.append('docs/messages.md is out of date: run docs/messages.py')
        except OSError as e:
            wrong.append(str(e))
    else:
        with open(TARGET, 'w', encoding='utf-8') as f:
            f.write(page(found))
    print('\n'.join(wrong + ['%d messages, %d problems' % (len(found), len(wrong))]))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
