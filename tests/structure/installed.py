#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is installed is enough: a program finds the library by pkg-config, compiles, links, runs."""
import argparse
import glob
import os
import subprocess
import sys
import tempfile

from sources import finish

PROGRAM = '''#include <stdio.h>
#include <string.h>

#include <librules/librules.h>

int main(void)
{
    puts(rls_version_string());
    return strcmp(rls_version_string(), RLS_VERSION_STRING) != 0;
}
'''


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=True, **more).stdout


def look(root, build, top):
    problems = []
    run(['meson', 'install', '-C', build, '--no-rebuild', '--destdir', top])
    found = glob.glob(os.path.join(top, '**', 'librules.pc'), recursive=True)
    if len(found) != 1:
        return ['no librules.pc']
    env = dict(os.environ, PKG_CONFIG_PATH=os.path.dirname(found[0]), PKG_CONFIG_SYSROOT_DIR=top)
    flags = run(['pkg-config', '--cflags', '--libs', 'librules'], env=env).split()
    program = os.path.join(top, 'program')
    run(['cc', '-std=c11', '-x', 'c', '-', '-o', program] + flags, input=PROGRAM)
    libdir = os.path.dirname(os.path.dirname(found[0]))
    run([program], env=dict(env, LD_LIBRARY_PATH=libdir))
    if not os.path.islink(os.path.join(libdir, 'librules.so.0')):
        problems.append('no librules.so.0')
    data = top + run(['pkg-config', '--variable=rulesdatadir', 'librules'],
                     env=dict(env, PKG_CONFIG_SYSROOT_DIR='')).strip()
    shipped = {os.path.relpath(p, os.path.join(root, 'rules-data'))
               for p in glob.glob(os.path.join(root, 'rules-data', '*', '**', '*'), recursive=True)
               if os.path.isfile(p)}
    problems += ['rules-data/%s is not installed below rulesdatadir' % n for n in sorted(shipped)
                 if not os.path.isfile(os.path.join(data, n))]
    if not glob.glob(os.path.join(top, '**', 'doc', 'librules', 'COPYING'), recursive=True):
        problems.append('no COPYING')
    return problems


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--build', required=True)
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as top:
        try:
            problems = look(a.root, a.build, top)
        except subprocess.CalledProcessError as e:
            problems = ['%s: %s%s' % (e.cmd[0], e.stdout, e.stderr)]
    return finish('installed', problems)


if __name__ == '__main__':
    sys.exit(main())
