#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Doxygen reads the public headers without a warning."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from sources import finish

SKIP = 77


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    a = p.parse_args()
    program = shutil.which('doxygen')
    if not program:
        print('doxygen is not installed')
        return SKIP
    with open(os.path.join(a.root, 'docs', 'Doxyfile.in'), encoding='utf-8') as f:
        config = f.read()
    with tempfile.TemporaryDirectory() as output:
        for name, value in (('VERSION', '0'), ('SOURCE', os.path.realpath(a.root)),
                            ('OUTPUT', output)):
            config = config.replace('@%s@' % name, value)
        done = subprocess.run([program, '-'], input=config, capture_output=True, text=True)
    problems = [line.replace(os.path.realpath(a.root) + '/', '')
                for line in done.stderr.splitlines() if line.strip()]
    if done.returncode and not problems:
        problems = ['doxygen ended with %d' % done.returncode]
    return finish('reference', problems)


if __name__ == '__main__':
    sys.exit(main())
