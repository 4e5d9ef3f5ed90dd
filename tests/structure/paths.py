#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No file names a place on somebody's machine."""
import argparse
import os
import re
import sys

from sources import expect, finish, tracked

# Folders that exist on one machine only; put together so that this file does not find itself.
PLACES = re.compile(r'''(?:(?<=-[IL])|(?<![\w.\-/:}>*]))/(?:%s)/[\w.]+|\b[A-Z]:\\\\?Users\\'''
                    % '|'.join(('ho' + 'me', 'ro' + 'ot', 'wo' + 'rk', 'Us' + 'ers', 'mn' + 't',
                                'me' + 'dia', 'worksp' + 'ace')))


def check(name, text):
    return ['%s:%d: %s' % (name, n, m.group(0))
            for n, line in enumerate(text.split('\n'), 1) for m in PLACES.finditer(line)]


def self_test():
    bad = []
    for place in ('/ho' + 'me/ann/x', '/ro' + 'ot/x', '"/wo' + 'rk/x"', '-I/Us' + 'ers/ann',
                  'C:\\Us' + 'ers\\ann', ' at /worksp' + 'ace/a'):
        expect(bad, place, check('a', place))
    for fine in ('/usr/share/librules', 'https://example.org/ho' + 'me/x', '${prefix}/wo' + 'rk/x',
                 'network/ho' + 'me/x', '//ro' + 'ot/a'):
        expect(bad, fine, not check('a', fine))
    return finish('paths self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    problems = []
    for name in tracked(a.root):
        with open(os.path.join(a.root, name), 'rb') as f:
            data = f.read()
        if b'\0' not in data[:4096]:
            problems += check(name, data.decode('utf-8', 'replace'))
    return finish('paths', problems)


if __name__ == '__main__':
    sys.exit(main())
