# SPDX-License-Identifier: Apache-2.0
"""The files of the project and how to read them: shared by the checks of this folder."""
import os
import re
import subprocess
import sys

GENERATED_DIRS = {'.git', '__pycache__'}


def tracked(root):
    """Paths of the files git knows or would add; without git, of all outside build folders."""
    try:
        out = subprocess.run(['git', '-C', root, 'ls-files', '-z', '--cached', '--others',
                              '--exclude-standard'], capture_output=True, check=True).stdout
        names = sorted(set(out.decode().split('\0')) - {''})
    except (OSError, subprocess.CalledProcessError):
        names = walk(root)
    return [n for n in names if os.path.isfile(os.path.join(root, n))]


def walk(root):
    names = []
    for here, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in GENERATED_DIRS and not
                            (here == root and f.startswith('build')) and not
                            os.path.isdir(os.path.join(here, f, 'meson-private')))
        names += [os.path.relpath(os.path.join(here, f), root) for f in sorted(files)]
    return names


def read(root, name):
    with open(os.path.join(root, name), encoding='utf-8', errors='surrogateescape') as f:
        return f.read()


_TOKEN = re.compile(r'''//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*\'''', re.S)


def strip(text, keep_strings=False):
    """C text with comments, and the insides of literals, blanked; lines keep their numbers."""
    def blank(m):
        s = m.group(0)
        if s[0] in '"\'':
            return s if keep_strings else s[0] + ' ' * (len(s) - 2) + s[0]
        return re.sub(r'[^\n]', ' ', s)
    return _TOKEN.sub(blank, text)


def line_of(text, at):
    return text.count('\n', 0, at) + 1


def finish(what, problems):
    """Report and give the exit code."""
    for p in problems:
        print(p)
    print('%s: %d problem%s' % (what, len(problems), '' if len(problems) == 1 else 's'))
    return 1 if problems else 0


def expect(failures, name, condition):
    """One line of a self-test."""
    if not condition:
        failures.append('self-test failed: ' + name)


if __name__ == '__main__':
    sys.exit('a module, not a program')
