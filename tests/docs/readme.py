#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documents do what they say. In the given Markdown files, in order and in one folder each:

- a block behind a line that ends in "`NAME.c`:" (or .xml, .json, .jsonl) becomes that file;
- a ```console block is run: lines that begin with "$ " are commands, the rest is what they print.

Blocks of ```sh are not run: they install or need rights. --update writes what was printed into the
documents."""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile

SKIP = 77
FENCE = re.compile(r'^```(\w*)\n(.*?)^```$', re.M | re.S)
NAMED = re.compile(r'`([\w-]+\.(?:c|xml|jsonl?))`[:：]\s*$')
# What differs from run to run.
TIMES = re.compile(r'\d+\.\d+ s, \d+ documents/s|\d+\.\d+ 秒，每秒 \d+ 个文档')


def install(a, folder):
    """Installs the build into a folder; the environment in which programs find it."""
    done = subprocess.run(['meson', 'install', '-C', a.build, '--no-rebuild', '--quiet',
                           '--destdir', folder], capture_output=True, text=True, check=False)
    pc = [here for here, _, files in os.walk(folder) if 'librules.pc' in files]
    bins = [here for here, _, files in os.walk(folder)
            if 'rule-check' in files and os.path.basename(here) == 'bin']
    if done.returncode or not pc or not bins:
        return None
    env = {k: v for k, v in os.environ.items() if not k.startswith(('RULE_CHECK', 'LC_', 'LANG'))}
    env['PATH'] = bins[0] + os.pathsep + env['PATH']
    env['PKG_CONFIG_PATH'] = pc[0]
    env['PKG_CONFIG_SYSROOT_DIR'] = folder
    env['LD_LIBRARY_PATH'] = os.path.dirname(pc[0])
    env['LC_ALL'] = 'C.UTF-8'
    return env


def commands(block):
    """(command, expected lines) of a console block."""
    out = []
    for line in block.splitlines():
        if line.startswith('$ '):
            out.append((line[2:], []))
        elif line.startswith('> '):  # goes on
            out[-1] = (out[-1][0] + '\n' + line[2:], out[-1][1])
        elif out:
            out[-1][1].append(line)
        else:
            raise ValueError('a console block begins with a command: ' + line)
    return out


def run(command, folder, env):
    done = subprocess.run(['bash', '-c', command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          timeout=120)
    return done.stdout.decode('utf-8', 'replace').splitlines()


def same(expected, got):
    return [TIMES.sub('', e) for e in expected] == [TIMES.sub('', g) for g in got]


def play(text, folder, env, update):
    """The problems of a document, and its text with what was really printed."""
    problems, out, at, ran = [], [], 0, 0
    for m in FENCE.finditer(text):
        out.append(text[at:m.start()])
        at = m.end()
        kind, block = m.groups()
        name = NAMED.search(text[:m.start()].rstrip('\n'))
        if name:
            with open(os.path.join(folder, name.group(1)), 'w', encoding='utf-8') as f:
                f.write(block)
        if kind == 'console':
            shown = []
            for command, expected in commands(block):
                got = run(command, folder, env)
                ran += 1
                if not same(expected, got):
                    problems.append('$ %s\n%s' % (command, '\n'.join(
                        difflib.unified_diff(expected, got, 'printed here', 'really', lineterm='',
                                             n=1))))
                keep = expected if same(expected, got) else got
                shown += ['$ ' + command.replace('\n', '\n> ')] + keep
            block = '\n'.join(shown) + '\n'
        out.append('```%s\n%s```' % (kind, block))
    out.append(text[at:])
    return problems, ''.join(out) if update else text, ran


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--build', required=True)
    p.add_argument('--update', action='store_true')
    p.add_argument('documents', nargs='+')
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = install(a, folder)
        if env is None:
            print('the build cannot be installed')
            return SKIP
        return play_all(a, env)


def play_all(a, env):
    root = os.path.realpath(a.root)
    failed, ran = 0, 0
    for document in a.documents:
        with open(os.path.join(root, document), encoding='utf-8') as f:
            text = f.read()
        with tempfile.TemporaryDirectory() as folder:
            for name in ('rules-data', 'examples'):
                os.symlink(os.path.join(root, name), os.path.join(folder, name))
            problems, new, here = play(text, folder, env, a.update)
        ran += here
        if a.update and new != text:
            with open(os.path.join(root, document), 'w', encoding='utf-8') as f:
                f.write(new)
        for problem in problems:
            print('%s: %s' % (document, problem))
        failed += len(problems)
    print('%d commands, %d print something else than the documents say' % (ran, failed))
    return 1 if (failed and not a.update) or not ran else 0


if __name__ == '__main__':
    sys.exit(main())
