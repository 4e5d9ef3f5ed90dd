#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every source file is part of the build, so that no test and no part of the library is forgotten:
what lies in a folder of the build is compiled, installed headers are all headers."""
import argparse
import json
import os
import re
import sys

from sources import finish, read, tracked


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--build', required=True)
    a = p.parse_args()
    root = os.path.realpath(a.root)
    with open(os.path.join(a.build, 'compile_commands.json'), encoding='utf-8') as f:
        compiled = {os.path.relpath(os.path.realpath(os.path.join(e['directory'], e['file'])), root)
                    for e in json.load(f)}
    # A folder that is switched off is left alone.
    tops = {n.split('/')[0] for n in compiled} | {'librules', 'tests'}
    bench = any(n.startswith('tests/bench/') for n in compiled)
    names = tracked(a.root)
    problems = ['%s: not compiled; see the meson.build beside it, or configure again' % n
                for n in names
                if n.endswith(('.c', '.cpp')) and n.split('/')[0] in tops
                and n not in compiled and (bench or not n.startswith('tests/bench/'))]
    listed = re.findall(r"'(\w+\.h)'", read(a.root, 'include/librules/meson.build'))
    problems += ['%s: not in include/librules/meson.build' % n for n in names
                 if re.match(r'include/librules/\w+\.h$', n) and os.path.basename(n) not in listed]
    umbrella = read(a.root, 'include/librules/librules.h')
    problems += ['%s: not in librules.h' % h for h in listed
                 if h != 'librules.h' and '<librules/%s>' % h not in umbrella]
    return finish('listed', problems)


if __name__ == '__main__':
    sys.exit(main())
