#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pictures in docs/images are what rule-check prints. --update draws them again."""
import argparse
import os
import subprocess
import sys

COMMAND = 'rule-check check%s --rules rules-data/virtual-currency examples/data/catalogue.jsonl'
# Language: the picture, and what the command that it shows says of the language.
PICTURES = {'en': ('docs/images/check.svg', ''),
            'zh-CN': ('docs/images/check.zh-CN.svg', ' --lang zh-CN')}
REPORTS = 2  # the first ones of the catalogue are drawn


def draw(root, rule_check, lang, said):
    # The instant decides which versions of the rules are judged by.
    command = COMMAND % said
    args = command.split()[1:] + ['--color', 'always', '--lang', lang, '--now', '2026-03-01']
    done = subprocess.run([rule_check] + args, cwd=root, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2) or not done.stdout:
        sys.exit(done.stderr.decode() or 'rule-check failed')
    shown = b'\n\n'.join(done.stdout.split(b'\n\n')[:REPORTS]) + b'\n\n...\n'
    return subprocess.run([sys.executable, os.path.join(root, 'docs/images/terminal-svg.py'),
                           '--command', command, '--columns', '120'],
                          input=shown, stdout=subprocess.PIPE, check=True).stdout


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--rule-check', required=True)
    p.add_argument('--update', action='store_true')
    a = p.parse_args()
    rule_check = os.path.realpath(a.rule_check)
    wrong = []
    for lang, (name, said) in PICTURES.items():
        picture = os.path.join(a.root, name)
        new = draw(a.root, rule_check, lang, said)
        old = b''
        if os.path.exists(picture):
            with open(picture, 'rb') as f:
                old = f.read()
        if new != old:
            wrong.append(name)
        if new != old and a.update:
            with open(picture, 'wb') as f:
                f.write(new)
    for name in wrong:
        print('%s: not what rule-check prints; look at it, then run tests/docs/picture.py --update '
              '--rule-check build/tools/rule-check' % name)
    return 1 if wrong and not a.update else 0


if __name__ == '__main__':
    sys.exit(main())
