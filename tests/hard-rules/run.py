#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Twenty rules of law and platforms, which together use every construct of the rule format: they
compile without a warning, agree with the schema, and their cases pass."""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

NS = '{urn:librules:ruleset:1}'
RULES = 20
CASES = range(3, 11)
# What the language has, as paths of elements and attributes.
CONSTRUCTS = [
    'uses', 'section', 'param', 'profile', 'exception', 'condition', 'use', 'field@type',
    'pattern', 'allow', 'terms@tolerate', 'guard@before', 'guard@after', 'guard@inside', 'near',
    'near@across', 'some', 'rule@for-each', 'counter@max-age', 'require', 'require@severity',
    'grade', 'grace', 'version@also-from', 'version@through', 'rule@version-by', 'field@values',
    'field@if-absent', 'text@if-absent', 'unless@if-unknown', 'let@plus', 'first', 'compare@plus',
    'cite@clause', 'cite@standing', 'rule@tags', 'case@requirement', 'case@now', 'case/param',
    'gives@disguise', 'gives@deadline', 'listing@complete',
]


def used(root):
    """Names of elements, of their attributes, and of elements in their parents."""
    for e in root.iter():
        if isinstance(e.tag, str):
            tag = e.tag.replace(NS, '')
            yield tag
            yield from (tag + '@' + a for a in e.attrib)
            yield from (tag + '/' + c.tag.replace(NS, '') for c in e if isinstance(c.tag, str))


def texts(element, tag):
    """Languages in which an element of a rule is given."""
    lang = '{http://www.w3.org/XML/1998/namespace}lang'
    return {e.get(lang, 'zh-CN') for e in element.iter(NS + tag)}


def look_at(files):
    seen, rules = set(), []
    for path in files:
        root = tree.parse(path).getroot()
        seen |= set(used(root))
        rules += list(root.iter(NS + 'rule'))
    if len(rules) != RULES:
        yield '%d rules, not %d' % (len(rules), RULES)
    for name in CONSTRUCTS:
        if name not in seen:
            yield 'no rule uses ' + name
    for rule in rules:
        cases = rule.findall(NS + 'case')
        if len(cases) not in CASES:
            yield '%s: %d cases' % (rule.get('id'), len(cases))
        for tag in ('title', 'message'):
            if texts(rule, tag) != {'zh-CN', 'en'}:
                yield '%s: a %s is in one language only' % (rule.get('id'), tag)


def run(*command, given=None):
    p = subprocess.run(command, input=given, capture_output=True, check=False, encoding='utf-8')
    return p.returncode, p.stdout + p.stderr


def judged(rule_check, paths, profile, title, **members):
    """The rules that find something, with their mode."""
    document = json.dumps(dict(members, title=title))
    rules = [a for path in paths for a in ('--rules', path)]
    out = subprocess.run([rule_check, 'check', '--format', 'jsonl', '--as-of', '2026-11-01',
                          '--profile', profile, *rules, '-'], input=document, capture_output=True,
                         check=False, encoding='utf-8').stdout
    return {(f['rule'], f['mode']) for f in json.loads(out)['findings']}


def profile(rule_check, paths):
    got = judged(rule_check, paths, 'cross-border', '电子烟 老象牙手镯 仿真枪', destinations=['HK'])
    want = {('hard.prohibited/e-cigarette-abroad', 'enforce'), ('hard.prohibited/ivory', 'shadow')}
    if got != want:
        yield 'under the profile cross-border: %s' % sorted(got)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', required=True)
    p.add_argument('--rule-check', required=True)
    a = p.parse_args()
    files = sorted(glob.glob(os.path.join(a.root, 'tests', 'hard-rules', '*.xml')))
    paths = files + [os.path.join(a.root, 'rules-data', 'calendar', 'cn.xml')]
    problems = list(look_at(files))
    for command in (['validate', '--werror'], ['test', '--require-coverage']):
        code, out = run(a.rule_check, *command, '--lang', 'en', *paths)
        if code or re.search(r'\b(note|warning) RLS-', out):
            problems.append(out)
    if shutil.which('xmllint'):
        schema = os.path.join(a.root, 'rules-data', 'schema', 'ruleset-1.rng')
        code, out = run('xmllint', '--noout', '--relaxng', schema, *files)
        if code:
            problems.append(out)
    problems += list(profile(a.rule_check, paths))
    print('\n'.join(problems + ['%d files, %d problems' % (len(files), len(problems))]))
    return 1 if problems or not files else 0


if __name__ == '__main__':
    sys.exit(main())
