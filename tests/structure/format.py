#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-format has nothing to change. --fix lets it change."""
import argparse
import os
import shutil
import subprocess
import sys

from sources import finish, tracked

SKIP = 77


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--fix', action='store_true')
    a = p.parse_args()
    program = shutil.which('clang-format')
    if not program:
        print('clang-format is not installed')
        return SKIP
    names = [n for n in tracked(a.root) if n.endswith(('.c', '.h', '.cpp'))]
    mode = ['-i'] if a.fix else ['--dry-run', '-Werror']
    done = subprocess.run([program, '--style=file'] + mode + names, cwd=a.root,
                          capture_output=True, text=True)
    wrong = sorted({line.split(':')[0] for line in done.stderr.splitlines()
                    if 'clang-format-violations' in line})
    problems = ['%s: not as clang-format writes it' % n for n in wrong]
    if done.returncode and not problems:
        problems = [done.stderr.strip()]
    print('%d files in %s' % (len(names), os.path.abspath(a.root)))
    return finish('format', problems)


if __name__ == '__main__':
    sys.exit(main())
