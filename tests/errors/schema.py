#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The RELAX NG schema says the same as the library: it takes what is good, and refuses the golden
cases about structure. Ends with 77 without xmllint."""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# What a grammar cannot say.
BEYOND = {'217': 'one text a language', '220': 'repeated items',
          '(24[0-9]|25[0-8]|270)': 'the insides of patterns',
          '223-other-document': 'the subject decides about the document'}


def accepts(schema, path):
    return subprocess.run(['xmllint', '--noout', '--relaxng', schema, path], capture_output=True,
                          check=False).returncode == 0


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', required=True)
    a = p.parse_args()
    if not shutil.which('xmllint'):
        print('xmllint is not installed')
        return 77
    data = os.path.join(a.root, 'rules-data')
    schema = os.path.join(data, 'schema', 'ruleset-1.rng')
    good = glob.glob(os.path.join(data, '**', '*.xml'), recursive=True)
    good.append(os.path.join(HERE, 'good.xml'))
    good.append(os.path.join(HERE, 'good-uses.xml'))
    good.append(os.path.join(HERE, 'good.part'))
    problems = [g + ': refused' for g in good if not accepts(schema, g)]
    bad = sorted(glob.glob(os.path.join(HERE, '2*.xml')))
    for path in bad:
        name = os.path.basename(path)[:-4]
        if not any(re.match(b + '(-|$)', name) for b in BEYOND) and accepts(schema, path):
            problems.append(path + ': accepted')
    print('\n'.join(problems + ['%d good, %d bad, %d problems'
                                % (len(good), len(bad), len(problems))]))
    return 1 if problems or not bad else 0


if __name__ == '__main__':
    sys.exit(main())
