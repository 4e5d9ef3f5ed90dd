#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The layout of the public structs is frozen in abi.c. Checks that every struct and member is in
there (the compiler checks the numbers); --update writes the numbers of today for new structs, or
for all before a release."""
import argparse
import os
import re
import subprocess
import sys
import tempfile

import api
from sources import expect, finish

HEAD = '''/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of the public structs as 0.1 has it, on machines with 64-bit pointers. A line here
 * changes only with a new soname; tests/structure/abi.py --update adds new structs and members.
 */
#include <stddef.h>

#include <librules/librules.h>

#define SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type)
#define AT(type, member, bytes) \\
    _Static_assert(offsetof(struct type, member) == (bytes), #type "." #member)

#if defined(__LP64__)
'''
TAIL = '''#endif

int main(void)
{
    return 0;
}
'''


def structs(root):
    return [s for _, text in api.headers(root) for s in api.structs(text)]


def wanted(found):
    lines = []
    for name, members in found:
        lines.append('SIZE(%s' % name)
        lines += ['AT(%s, %s' % (name, m) for m in members]
    return lines


def check(found, text):
    have = set(re.findall(r'^((?:SIZE|AT)\([^)]*), \d+\);$', text, re.M))
    return ['abi.c: no line %s, ...)' % w for w in wanted(found) if w not in have] + \
           ['abi.c: %s, ...) is in no header' % h for h in sorted(have - set(wanted(found)))]


def update(root):
    found = structs(root)
    program = '#include <stdio.h>\n#include <stddef.h>\n#include <librules/librules.h>\n' \
              'int main(void)\n{\n'
    for name, members in found:
        program += 'printf("SIZE(%s, %%zu);\\n", sizeof(struct %s));\n' % (name, name)
        for m in members:
            program += 'printf("AT(%s, %s, %%zu);\\n", offsetof(struct %s, %s));\n' \
                       % (name, m, name, m)
        program += 'puts("");\n'
    program += 'return 0;\n}\n'
    with tempfile.TemporaryDirectory() as d:
        exe = os.path.join(d, 'a')
        subprocess.run(['cc', '-x', 'c', '-', '-o', exe, '-I', os.path.join(root, 'include')],
                       input=program, text=True, check=True)
        lines = subprocess.run([exe], capture_output=True, text=True, check=True).stdout
    with open(os.path.join(root, 'tests', 'structure', 'abi.c'), 'w', encoding='utf-8') as f:
        f.write(HEAD + lines.rstrip('\n') + '\n' + TAIL)


def self_test():
    bad = []
    found = list(api.structs('struct rls_a {\n    int x; /**< y; z */\n    const char *s;\n'
                             '    int (*f)(void *u);\n    char t[4];\n};\n'))
    expect(bad, 'members', found == [('rls_a', ['x', 's', 'f', 't'])])
    good = 'SIZE(rls_a, 32);\nAT(rls_a, x, 0);\nAT(rls_a, s, 8);\nAT(rls_a, f, 16);\n' \
           'AT(rls_a, t, 24);\n'
    expect(bad, 'good', not check(found, good))
    expect(bad, 'member missing', check(found, good.replace('AT(rls_a, s, 8);\n', '')))
    expect(bad, 'struct missing', check(found, good.replace('SIZE(rls_a, 32);\n', '')))
    expect(bad, 'member gone', check(found, good + 'AT(rls_a, gone, 40);\n'))
    return finish('abi self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    p.add_argument('--update', action='store_true')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    if a.update:
        update(a.root)
    with open(os.path.join(a.root, 'tests', 'structure', 'abi.c'), encoding='utf-8') as f:
        problems = check(structs(a.root), f.read())
    return finish('abi', problems)


if __name__ == '__main__':
    sys.exit(main())
