#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The exported functions of the headers, of librules.map and of the built library are the same."""
import argparse
import os
import re
import subprocess
import sys

import api
from sources import expect, finish


def of_headers(texts):
    names, problems = set(), []
    for path, text in texts:
        found = [f[0] for f in api.functions(text)]
        if len(found) != api.marks(text):
            problems.append('%s: %d RLS_API marks, %d declarations understood'
                            % (path, api.marks(text), len(found)))
        problems += ['%s: %s is declared twice' % (path, n) for n in found if n in names]
        names |= set(found)
    return names, problems


def of_map(text):
    """Names of all nodes; patterns are refused."""
    text = re.sub(r'/\*.*?\*/|#[^\n]*', '', text, flags=re.S)
    names, problems = set(), []
    nodes = re.findall(r'(\w+(?:\.\d+)+)\s*\{(.*?)\}\s*[\w.]*\s*;', text, re.S)
    if not nodes:
        problems.append('librules.map: no node')
    for node, body in nodes:
        scope = 'global'
        for word in re.findall(r'(global|local)\s*:|([^\s;:]+)\s*;', body):
            if word[0]:
                scope = word[0]
            elif scope == 'global':
                if not re.match(r'rls_\w+$', word[1]):
                    problems.append('librules.map: %s is not the name of one function' % word[1])
                if word[1] in names:
                    problems.append('librules.map: %s is named twice' % word[1])
                names.add(word[1])
    if not re.search(r'local\s*:\s*\*\s*;', text):
        problems.append('librules.map: no "local: *"')
    return names, problems


def of_nm(text):
    """Names in the output of nm -D --defined-only -P, without the nodes themselves."""
    names = set()
    for line in text.splitlines():
        part = line.split()
        if len(part) >= 2 and part[1] != 'A':
            names.add(part[0])
    versioned = {n.split('@')[0] for n in names}
    problems = ['the library exports %s without a version' % n for n in sorted(names)
                if not re.search(r'@@LIBRULES_\d', n)]
    return versioned, problems


def compare(a, of_a, b, of_b):
    return ['%s: in %s, not in %s' % (n, a, b) for n in sorted(of_a - of_b)] + \
           ['%s: in %s, not in %s' % (n, b, a) for n in sorted(of_b - of_a)]


def self_test():
    bad = []
    names, problems = of_headers([('a.h', 'RLS_API RLS_CHECK int rls_a(void);\n/** x */\n'
                                   'RLS_API const char *rls_b(int (*f)(void *), void *u);\n'
                                   '/* RLS_API int rls_c(void); */\n')])
    expect(bad, 'declarations', names == {'rls_a', 'rls_b'} and not problems)
    expect(bad, 'not understood', of_headers([('a.h', 'RLS_API int other(void);\n')])[1])
    names, problems = of_map('LIBRULES_0.1 {\nglobal:\n rls_a;\n rls_b;\nlocal:\n *;\n};\n')
    expect(bad, 'map', names == {'rls_a', 'rls_b'} and not problems)
    expect(bad, 'pattern in the map', of_map('L_0.1 { global: rls_*; local: *; };')[1])
    expect(bad, 'open map', of_map('L_0.1 { global: rls_a; };')[1])
    expect(bad, 'name twice', of_map('L_0.1 { global: rls_a; rls_a; local: *; };')[1])
    names, problems = of_nm('rls_a@@LIBRULES_0.1 T 0 0\nLIBRULES_0.1 A 0 0\n')
    expect(bad, 'nm', names == {'rls_a'} and not problems)
    expect(bad, 'no version', of_nm('rls_a T 0 0\n')[1])
    expect(bad, 'missing', len(compare('x', {'a', 'b'}, 'y', {'b', 'c'})) == 2)
    return finish('symbols self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    p.add_argument('--library')
    p.add_argument('--nm', default='nm')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    declared, problems = of_headers(api.headers(a.root))
    with open(os.path.join(a.root, 'librules', 'librules.map'), encoding='utf-8') as f:
        listed, more = of_map(f.read())
    problems += more + compare('the headers', declared, 'librules.map', listed)
    if a.library:
        out = subprocess.run([a.nm, '-D', '--defined-only', '-P', a.library], capture_output=True,
                             text=True, check=True).stdout
        exported, more = of_nm(out)
        problems += more + compare('librules.map', listed, 'the library', exported)
    print('%d functions' % len(declared))
    return finish('symbols', problems)


if __name__ == '__main__':
    sys.exit(main())
