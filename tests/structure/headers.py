#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every public header compiles alone, twice in a row, as C11 and as C++17, by every compiler here;
every private header compiles alone as C11."""
import argparse
import glob
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from sources import expect, finish

FLAGS = ['-fsyntax-only', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-D_POSIX_C_SOURCE=200809L']
COMPILERS = (('gcc', 'c', 'c11'), ('g++', 'c++', 'c++17'),
             ('clang', 'c', 'c11'), ('clang++', 'c++', 'c++17'))


def compile_text(compiler, language, standard, text, include):
    """None when it compiles, else what the compiler says."""
    command = [compiler, '-x', language, '-std=' + standard] + FLAGS
    for folder in include:
        command += ['-I', folder]
    done = subprocess.run(command + ['-'], input=text, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr.strip() or 'refused'


def self_test():
    bad = []
    for compiler, language, standard in COMPILERS:
        if not shutil.which(compiler):
            continue
        for name, text in (('unknown type', 'struct a { size_t n; };\n'),
                           ('pedantic', 'struct a { int n; int tail[0]; };\n'),
                           ('syntax', 'int f(\n')):
            expect(bad, '%s must refuse: %s' % (compiler, name),
                   compile_text(compiler, language, standard, text, []))
        expect(bad, compiler + ' must take a good header',
               compile_text(compiler, language, standard, '#include <stddef.h>\nsize_t f(int);\n',
                            []) is None)
    return finish('headers self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    p.add_argument('--build', help='build folder, for headers made by the build')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    public = os.path.join(a.root, 'include')
    private = [public, os.path.join(a.root, 'librules')]
    if a.build:
        private.append(os.path.join(a.build, 'librules'))
    jobs = []
    for path in sorted(glob.glob(os.path.join(public, 'librules', '*.h'))):
        text = '#include <librules/%s>\n' % os.path.basename(path) * 2 + 'extern int one;\n'
        jobs += [(os.path.relpath(path, a.root), c, text, [public]) for c in COMPILERS
                 if shutil.which(c[0])]
    for path in sorted(glob.glob(os.path.join(a.root, 'librules', '*', '*.h'))):
        name = os.path.relpath(path, private[1])
        text = '#include "%s"\n' % name * 2 + 'extern int one;\n'
        jobs.append((os.path.relpath(path, a.root), COMPILERS[0], text, private))
    with ThreadPoolExecutor(2) as pool:
        said = pool.map(lambda j: compile_text(*j[1], j[2], j[3]), jobs)
        problems = ['%s, %s as %s:\n%s' % (j[0], j[1][0], j[1][2], s) for j, s in zip(jobs, said)
                    if s is not None]
    print('%d compilations' % len(jobs))
    return finish('headers', problems)


if __name__ == '__main__':
    sys.exit(main())
