#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples of docs/rule-format.md compile without a word, agree with the schema, and their
cases pass. An example is a whole rule set, or what stands in one beside a source "law"."""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

HEAD = ('<ruleset xmlns="urn:librules:ruleset:1" id="example" version="1" subject="%s">\n'
        '<title>示例</title><title xml:lang="en">Example</title>\n'
        '<source id="law" kind="law">示例法</source>\n')
SUBJECTS = ['merchant', 'message', 'rule-change']


def examples(text):
    """(line, rule set) of every example that holds a rule"""
    for m in re.finditer(r'^```xml\n(.*?)^```', text, re.M | re.S):
        source, line = m.group(1), text.count('\n', 0, m.start()) + 2
        if '<rule ' not in source:
            continue
        if not source.startswith('<ruleset'):
            subject = next((s for s in SUBJECTS if '<%s>' % s in source.split('<case', 1)[-1]),
                           'listing')
            source = HEAD % subject + source + '</ruleset>\n'
        yield line, source


def run(*command):
    p = subprocess.run(command, capture_output=True, check=False, encoding='utf-8')
    return p.returncode, p.stdout + p.stderr


def check(rule_check, schema, path):
    code, out = run(rule_check, 'validate', path)
    if code or 'warning RLS-' in out:
        yield out
    code, out = run(rule_check, 'test', path)
    if code:
        yield out
    if shutil.which('xmllint'):
        code, out = run('xmllint', '--noout', '--relaxng', schema, path)
        if code:
            yield out


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', required=True)
    p.add_argument('--rule-check', required=True)
    a = p.parse_args()
    schema = os.path.join(a.root, 'rules-data', 'schema', 'ruleset-1.rng')
    with open(os.path.join(a.root, 'docs', 'rule-format.md'), encoding='utf-8') as f:
        text = f.read()
    problems, n = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for line, source in examples(text):
            n += 1
            path = os.path.join(folder, 'line-%d.xml' % line)
            with open(path, 'w', encoding='utf-8') as f:
                f.write(source)
            problems += ['docs/rule-format.md:%d: %s' % (line, out)
                         for out in check(a.rule_check, schema, path)]
    print('\n'.join(problems + ['%d examples, %d problems' % (n, len(problems))]))
    return 1 if problems or n < 4 else 0


if __name__ == '__main__':
    sys.exit(main())
