#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden cases of mistakes in rule sources.

Each NNN-slug.out is what render prints for NNN-slug.xml or, where there is one, for the arguments
in NNN-slug.args. NNN is the number of the message the case is about. After a deliberate change:
run.py RENDER --update, and read the difference.
"""
import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# Messages that no case can show, and why.
UNREACHED = {
    503: 'tests may run as a user who may read everything',
    504: 'needs a device that fails',
}


def arguments(name):
    path = os.path.join(HERE, name + '.args')
    if os.path.exists(path):
        with open(path, encoding='utf-8') as f:
            return shlex.split(f.read())
    return [name + '.xml']


def run(render, name):
    p = subprocess.run([render] + arguments(name), cwd=HERE, capture_output=True, check=False)
    out = p.stdout.decode('utf-8')
    if p.returncode or p.stderr:
        out += 'exit %d\n%s' % (p.returncode, p.stderr.decode('utf-8', 'replace'))
    return out


def names():
    return sorted({re.sub(r'\.(xml|args|out)$', '', f) for f in os.listdir(HERE)
                   if re.match(r'\d{3}-.*\.(xml|args|out)$', f)})


def numbers(root):
    with open(os.path.join(root, 'librules/base/messages.def'), encoding='utf-8') as f:
        return {int(n) for n in re.findall(r'^MESSAGE\((\d+),', f.read(), re.M) if int(n) < 600}


def compare(name, want, got):
    if want == got:
        return []
    return list(difflib.unified_diff(want.splitlines(), got.splitlines(), name + '.out', 'now',
                                     lineterm=''))


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('render')
    p.add_argument('--update', action='store_true', help='write the .out files')
    a = p.parse_args()
    a.render = os.path.abspath(a.render)
    problems, shown = [], set()
    for name in names():
        path = os.path.join(HERE, name + '.out')
        got = run(a.render, name)
        if a.update:
            with open(path, 'w', encoding='utf-8') as f:
                f.write(got)
        want = ''
        if os.path.exists(path):
            with open(path, encoding='utf-8') as f:
                want = f.read()
        problems += compare(name, want, got)
        here = {int(n) for n in re.findall(r'RLS-(\d{3}):', got)}
        shown |= here
        if int(name[:3]) < 900 and int(name[:3]) not in here:
            problems.append('%s: does not show RLS-%s' % (name, name[:3]))
    known = numbers(os.path.join(HERE, '..', '..'))
    for n in sorted(known - shown - set(UNREACHED)):
        problems.append('RLS-%d: no case shows it' % n)
    for n in sorted(set(UNREACHED) & shown):
        problems.append('RLS-%d: a case shows it; take it off the list' % n)
    print('\n'.join(problems + ['%d cases, %d problems' % (len(names()), len(problems))]))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
