#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy, with .clang-tidy, over the files of librules/ and tools/ that the build compiles. The
static analyzer takes nearly all of its time: the everyday suite goes without, tools/analyze does
not. With --cache a file is not looked at again while it reads the same: its text behind the
preprocessor, comments included, the checks and the program."""
import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from sources import expect, finish

SKIP = 77
# What of a compilation decides how a file reads.
PREPROCESS = re.compile(r'-(?:I|D|U|isystem|std=|f|m|O)')


def preprocessed(entry):
    """The text that the compiler sees, with comments: some of them silence a check."""
    words = shlex.split(entry['command'])
    compiler = 'clang++' if entry['file'].endswith('.cpp') else 'clang'
    options = [w for w in words if PREPROCESS.match(w)]
    return subprocess.run([compiler, *options, '-E', '-C', entry['file']], check=True,
                          cwd=entry['directory'], capture_output=True).stdout


class Cache:
    """Remembers by empty files what was found clean."""

    def __init__(self, folder, *same):
        self.folder = folder
        self.same = '\0'.join(same).encode()
        if folder:
            os.makedirs(folder, exist_ok=True)

    def path(self, entry):
        """None when it cannot be told."""
        try:
            text = preprocessed(entry) if self.folder else None
        except (OSError, subprocess.CalledProcessError):
            return None
        return text and os.path.join(self.folder,
                                     hashlib.sha256(self.same + b'\0' + text).hexdigest())


def look(program, checks, build, root, entry):
    """What clang-tidy says of a file; '' when it is clean."""
    done = subprocess.run([program, '--quiet', '-p', build, checks,
                           '--extra-arg=-Wno-unknown-warning-option',
                           os.path.realpath(os.path.join(entry['directory'], entry['file']))],
                          capture_output=True, text=True)
    if done.returncode == 0:
        return ''
    # Paths as seen from the top.
    return re.sub(r'^/[^:\n]+(?=:\d+:)',
                  lambda m: os.path.relpath(os.path.realpath(m.group(0)), root),
                  done.stdout or done.stderr, flags=re.M).rstrip()


def compilations(build, root, wanted):
    """By name from the top."""
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as f:
        entries = json.load(f)
    found = {os.path.relpath(os.path.realpath(os.path.join(e['directory'], e['file'])), root): e
             for e in entries}
    return {n: e for n, e in found.items()
            if re.match(r'(librules|tools)/', n) and (not wanted or n in wanted)}


def self_test():
    """What a file reads as, and by what it is judged, tells whether it was looked at."""
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        entry = {'directory': folder, 'file': 'a.c', 'command': 'cc -DA=1 -c a.c -o a.o'}

        def place(same='checks', source='#include "a.h"\nint x = A;\n', header='int y;\n', **more):
            for name, text in (('a.c', source), ('a.h', header)):
                with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
                    f.write(text)
            return Cache(os.path.join(folder, 'clean'), same).path({**entry, **more})

        first = place()
        expect(bad, 'the same', first and place() == first)
        for name, other in (('checks', place(same='others')),
                            ('header', place(header='int z;\n')),
                            ('comment', place(header='int y; /* NOLINT */\n')),
                            ('macro', place(command='cc -DA=2 -c a.c -o a.o'))):
            expect(bad, name, other and other != first)
        expect(bad, 'object', place(command='cc -DA=1 -c a.c -o b.o') == first)
        expect(bad, 'broken', place(source='#include "none.h"\n') is None)
    return finish('tidy self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--build', default='.')
    p.add_argument('--jobs', type=int, default=os.cpu_count())
    p.add_argument('--analyze', action='store_true', help='with the static analyzer')
    p.add_argument('--cache', help='folder to remember in what was clean')
    p.add_argument('--slowest', action='store_true', help='print the times')
    p.add_argument('--self-test', action='store_true')
    p.add_argument('files', nargs='*', help='only these (from the top)')
    a = p.parse_args()
    program = shutil.which('clang-tidy')
    if not program or not shutil.which('clang'):
        print('clang-tidy is not installed')
        return SKIP
    if a.self_test:
        return self_test()
    root = os.path.realpath(a.root)
    found = compilations(a.build, root, a.files)
    checks = '--checks=' + ('' if a.analyze else '-clang-analyzer-*')
    with open(os.path.join(root, '.clang-tidy'), encoding='utf-8') as f:
        cache = Cache(a.cache, f.read(), checks,
                      subprocess.run([program, '--version'], capture_output=True, text=True).stdout)

    def tidy(name):
        begin = time.monotonic()
        known = cache.path(found[name])
        if known and os.path.exists(known):
            return None
        said = look(program, checks, a.build, root, found[name])
        if a.slowest:
            print('%6.1f s %s' % (time.monotonic() - begin, name), flush=True)
        if known and not said:
            with open(known, 'wb'):
                pass
        return said

    # The largest first, so that the workers end together.
    names = sorted(found, key=lambda n: (not n.endswith('.cpp'),
                                         -os.path.getsize(os.path.join(root, n))))
    with ThreadPoolExecutor(a.jobs) as pool:
        said = list(pool.map(tidy, names))
    print('%d files, %d of them as before' % (len(names), said.count(None)))
    return finish('tidy', [s for s in said if s] if names else ['nothing to look at'])


if __name__ == '__main__':
    sys.exit(main())
