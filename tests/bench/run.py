#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the inputs of the benchmark and runs it."""
import argparse
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def make_inputs(a, folder):
    command = [sys.executable, os.path.join(HERE, 'inputs.py'), '--root', ROOT, folder]
    command += ['--data', a.data] if a.data else []
    command += ['--lexicon', a.lexicon] if a.lexicon else []
    command += ['--tiny'] if a.tiny else []
    subprocess.run(command, check=True)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--bench', required=True, help='the program that measures the C peers')
    p.add_argument('--data', help='folder with lexicons/, listings/ and private/; '
                                  'without it the samples of the repository')
    p.add_argument('--lexicon', help='file with a term a line')
    p.add_argument('--only', help='groups of rows, with commas')
    p.add_argument('--tiny', action='store_true', help='a hundredth of everything, to try it')
    p.add_argument('--rounds', type=int)
    p.add_argument('--slice', type=int, help='milliseconds')
    a = p.parse_args()
    # Texts that are not ours to keep go when this ends.
    with tempfile.TemporaryDirectory(prefix='librules-bench-') as folder:
        make_inputs(a, folder)
        command = [a.bench, '--inputs', folder]
        for option in ('only', 'rounds', 'slice'):
            if getattr(a, option):
                command += ['--' + option, str(getattr(a, option))]
        command += sorted(glob.glob(os.path.join(ROOT, 'rules-data', '**', '*.xml'),
                                    recursive=True))
        return subprocess.run(command, check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
