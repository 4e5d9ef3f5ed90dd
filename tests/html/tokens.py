#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/data/html-tokens/cases.tsv from the tokenizer tests of html5lib-tests.

    tokens.py FOLDER-OF-html5lib-tests > tests/data/html-tokens/cases.tsv

One case a line: the state that the tokenizer begins in, the last start tag, the bytes, and the
tokens. %XX stands for bytes that are not printable ASCII. Characters are a run of 'C' and bytes;
'S' and 'E' begin tags, '!' is a comment, 'D' a doctype; a bar ends each token.
"""
import glob
import json
import os
import re
import sys

STATES = {'Data state': 'data', 'RCDATA state': 'rcdata', 'RAWTEXT state': 'rawtext',
          'Script data state': 'script', 'PLAINTEXT state': 'plaintext',
          'CDATA section state': 'cdata'}


def unescape(text):
    return re.sub(r'\\u([0-9A-Fa-f]{4})', lambda m: chr(int(m.group(1), 16)), text)


def whole(value):
    """The same with its escapes undone, where a file writes them twice."""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, list):
        return [whole(v) for v in value]
    return {unescape(k): whole(v) for k, v in value.items()} if isinstance(value, dict) else value


def quoted(text):
    """None where a lone surrogate has no UTF-8."""
    data = text.encode('utf-16', 'surrogatepass').decode('utf-16').encode()
    return ''.join(chr(b) if 32 < b < 127 and chr(b) not in '%|=/' else '%%%02X' % b for b in data)


def token(t):
    if t[0] == 'StartTag':
        attributes = ''.join('/%s=%s' % (quoted(k), quoted(v)) for k, v in t[2].items())
        return 'S%s%s%s|' % (quoted(t[1]), attributes, '//' if len(t) > 3 and t[3] else '')
    if t[0] == 'EndTag':
        return 'E%s|' % quoted(t[1])
    return {'Comment': '!|', 'DOCTYPE': 'D|'}[t[0]]


def tokens(output):
    line, characters = '', ''
    for t in output:
        if t[0] == 'Character':
            characters += t[1]
            continue
        line += ('C%s|' % quoted(characters) if characters else '') + token(t)
        characters = ''
    return line + ('C%s|' % quoted(characters) if characters else '')


def lines(case):
    if case.get('doubleEscaped'):
        case = whole(case)
    text = case['input'].replace('\r\n', '\n').replace('\r', '\n')
    for state in case.get('initialStates', ['Data state']):
        try:
            yield '\t'.join((STATES[state], case.get('lastStartTag', ''), quoted(text),
                             tokens(case['output'])))
        except UnicodeError:
            pass


seen = set()
for path in sorted(glob.glob(os.path.join(sys.argv[1], 'tokenizer', '*.test'))):
    with open(path, encoding='utf-8') as f:
        for case in json.load(f).get('tests', ()):
            for line in lines(case):
                if line not in seen:
                    seen.add(line)
                    print(line)
