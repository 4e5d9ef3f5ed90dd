#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy, with .clang-tidy, over the files of librules/ and tools/ that the build compiles."""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from sources import finish

SKIP = 77


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--build', required=True)
    p.add_argument('--jobs', type=int, default=2)
    p.add_argument('--slowest', action='store_true', help='print the times')
    p.add_argument('files', nargs='*', help='only these (from the top)')
    a = p.parse_args()
    program = shutil.which('clang-tidy')
    if not program:
        print('clang-tidy is not installed')
        return SKIP
    root = os.path.realpath(a.root)
    with open(os.path.join(a.build, 'compile_commands.json'), encoding='utf-8') as f:
        entries = json.load(f)
    files = {os.path.realpath(os.path.join(e['directory'], e['file'])) for e in entries}
    names = sorted(os.path.relpath(f, root) for f in files
                   if re.match(r'(librules|tools)/', os.path.relpath(f, root)))
    if a.files:
        names = [n for n in names if n in a.files]
    # The largest first, so that the two workers end together.
    names.sort(key=lambda n: (not n.endswith('.cpp'), -os.path.getsize(os.path.join(root, n))))

    def tidy(name):
        begin = time.monotonic()
        done = subprocess.run([program, '--quiet', '-p', a.build,
                               '--extra-arg=-Wno-unknown-warning-option',
                               os.path.join(root, name)], capture_output=True, text=True)
        if a.slowest:
            print('%6.1f s %s' % (time.monotonic() - begin, name), flush=True)
        if done.returncode == 0:
            return None
        # Paths as seen from the top.
        return re.sub(r'^/[^:\n]+(?=:\d+:)',
                      lambda m: os.path.relpath(os.path.realpath(m.group(0)), root),
                      done.stdout or done.stderr, flags=re.M).rstrip()

    with ThreadPoolExecutor(a.jobs) as pool:
        problems = [said for said in pool.map(tidy, names) if said]
    print('%d files' % len(names))
    if not names:
        problems = ['nothing to look at']
    return finish('tidy', problems)


if __name__ == '__main__':
    sys.exit(main())
