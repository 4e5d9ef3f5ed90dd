#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reports of rule-check keep rules-data/schema/report-1.schema.json."""
import argparse
import copy
import json
import os
import re
import subprocess
import sys

TYPES = {
    'object': lambda v: isinstance(v, dict),
    'array': lambda v: isinstance(v, list),
    'string': lambda v: isinstance(v, str),
    'boolean': lambda v: isinstance(v, bool),
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool),
    'number': lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
}
# Every other keyword must be one that only describes: none is passed over in silence.
SILENT = {'$schema', '$id', '$defs', 'title', 'description'}
KNOWN = SILENT | {'$ref', 'type', 'const', 'enum', 'required', 'properties', 'items', 'minItems',
                  'maxItems', 'uniqueItems', 'minLength', 'pattern', 'minimum'}


# What catalogues seldom hold: repeated keys, numbers that are none, lone surrogates, no id, an
# exemption, text in a repeated field.
ODD = r'''{"title":"a","title":"b","price":"cheap"}
{"id":"\ud800","title":"USDT \u0001 \ud83e","attributes":[{"name":"\"","value":"比特币"}]}
{"id":7,"title":"比-特-币 USDT 纪念章","category":"玩具>积木","unknown":{"deep":[1,2]}}
{"title":"数字人民币 硬件钱包","image_texts":["矿机","ＵＳＤＴ"],"skus":[{"title":"蚂蚁矿机"}]}
'''


class Validator:
    """The part of JSON Schema (draft 2020-12) that the schema makes use of."""

    def __init__(self, schema):
        self.root = schema
        self.used = set()  # properties that were seen in some document

    def errors(self, value, schema=None, where='$'):
        s = self.root if schema is None else schema
        unknown = set(s) - KNOWN
        if unknown:
            raise ValueError('keywords this test does not know: %s' % sorted(unknown))
        if '$ref' in s:
            yield from self.errors(value, self.resolve(s['$ref']), where)
        if 'type' in s and not TYPES[s['type']](value):
            yield '%s: %r is no %s' % (where, value, s['type'])
            return
        if 'const' in s and value != s['const']:
            yield '%s: %r is not %r' % (where, value, s['const'])
        if 'enum' in s and value not in s['enum']:
            yield '%s: %r is none of %s' % (where, value, s['enum'])
        if 'minimum' in s and value < s['minimum']:
            yield '%s: %r is below %r' % (where, value, s['minimum'])
        if isinstance(value, str):
            yield from self.string(value, s, where)
        if isinstance(value, list):
            yield from self.array(value, s, where)
        if isinstance(value, dict):
            yield from self.object(value, s, where)

    def resolve(self, ref):
        at = self.root
        for step in ref.split('/')[1:]:
            at = at[step]
        return at

    @staticmethod
    def string(value, s, where):
        if len(value) < s.get('minLength', 0):
            yield '%s: too short' % where
        if 'pattern' in s and not re.search(s['pattern'], value):
            yield '%s: %r does not match %s' % (where, value, s['pattern'])

    def array(self, value, s, where):
        if not s.get('minItems', 0) <= len(value) <= s.get('maxItems', len(value)):
            yield '%s: %d items' % (where, len(value))
        if s.get('uniqueItems') and len({json.dumps(v) for v in value}) < len(value):
            yield '%s: an item repeats' % where
        for i, item in enumerate(value):
            if 'items' in s:
                yield from self.errors(item, s['items'], '%s[%d]' % (where, i))

    def object(self, value, s, where):
        for name in s.get('required', ()):
            if name not in value:
                yield '%s: no %s' % (where, name)
        for name, member in value.items():
            if name in s.get('properties', {}):
                self.used.add((id(s), name))
                yield from self.errors(member, s['properties'][name], '%s.%s' % (where, name))

    def strict(self, value, schema=None, where='$'):
        """Members that the schema does not describe: readers accept them, this library has none."""
        s = self.root if schema is None else schema
        while '$ref' in s:
            s = self.resolve(s['$ref'])
        if isinstance(value, dict) and 'properties' in s:
            for name, member in value.items():
                if name not in s['properties']:
                    yield '%s: %s is not described' % (where, name)
                else:
                    yield from self.strict(member, s['properties'][name], where + '.' + name)
        if isinstance(value, list) and 'items' in s:
            for i, item in enumerate(value):
                yield from self.strict(item, s['items'], '%s[%d]' % (where, i))


def check_spans(report):
    """What a schema cannot say: spans are ordered, and the three units agree."""
    for f in report['findings']:
        for e in f['evidence']:
            lengths = [end - begin for begin, end in (e['code_points'], e['utf16'], e['bytes'])]
            if lengths != sorted(lengths) or lengths[0] < 0:
                yield '%s: spans %s' % (f['rule'], lengths)
            # Long quotations are cut, and invalid bytes replaced.
            if e['matched'] and '\ufffd' not in e['matched'] and lengths[2] <= 240 and \
                    len(e['matched'].encode()) != lengths[2]:
                yield '%s: %r is not %d bytes' % (f['rule'], e['matched'], lengths[2])


def reports(rule_check, args):
    done = subprocess.run([rule_check, 'check'] + args, input=ODD.encode(), capture_output=True,
                          check=False)
    # 1 with output: a line of the catalogue is no document.
    if done.returncode not in (0, 1, 2) or not done.stdout:
        sys.exit(done.stderr.decode() or 'rule-check failed')
    return done.stdout.decode('utf-8', 'strict')


def sabotage(validator, report):
    """The validator refuses what it is there to refuse."""
    breaks = [
        lambda r: r.pop('verdict'),
        lambda r: r.update(verdict='maybe'),
        lambda r: r.update(truncated=-1),
        lambda r: r.update(truncated=True),
        lambda r: r.update(now='yesterday'),
        lambda r: r.update(digest=r['digest'].upper() + '0'),
        lambda r: r['engine'].update(rules='3'),
        lambda r: r['findings'][0].update(id='1'),
        lambda r: r['findings'][0]['evidence'][0].update(bytes=[1]),
        lambda r: r['findings'][0]['evidence'][0].update(disguises=['case', 'case']),
    ]
    for i, spoil in enumerate(breaks):
        spoiled = copy.deepcopy(report)
        spoil(spoiled)
        if not list(validator.errors(spoiled)):
            yield 'sabotage %d was accepted' % i


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    p.add_argument('--rule-check', required=True)
    a = p.parse_args()
    with open(os.path.join(a.root, 'rules-data/schema/report-1.schema.json'),
              encoding='utf-8') as f:
        validator = Validator(json.load(f))
    base = ['--rules', os.path.join(a.root, 'rules-data/virtual-currency'), '--format', 'jsonl']
    catalogue = os.path.join(a.root, 'examples/data/catalogue.jsonl')
    problems, seen = [], 0
    firing = None
    runs = [['--all', '-'], ['--all', '--strict', '-'], ['--all', catalogue],
            ['--all', '--lang', 'en', '--redact', catalogue], ['--as-of', '1999-01-01', catalogue],
            ['--now', '2026-03-01T12:00:00.5+08:00', catalogue]]
    for args in runs:
        for line in reports(a.rule_check, base + args).splitlines():
            report = json.loads(line)
            if 'error' in report:  # a line that is no document: not a report
                continue
            seen += 1
            here = list(validator.errors(report)) + list(validator.strict(report))
            if list(report)[:3] != ['input', 'line', 'document']:
                here.append('begins with %s' % list(report)[:3])
            if not here:
                here = list(check_spans(report))
            problems += ['%s: %s' % (report.get('id'), e) for e in here]
            if report.get('findings') and report['findings'][0].get('evidence'):
                firing = firing or report
    whole = json.loads(reports(a.rule_check, base[:2] + ['--format', 'json', catalogue]))
    for report in whole['documents']:
        if 'error' not in report:
            problems += list(validator.errors(report))
    if firing is None:
        problems.append('no report has a finding with evidence')
    else:
        problems += list(sabotage(validator, firing))
    for problem in problems[:20]:
        print(problem)
    print('%d reports, %d problems' % (seen, len(problems)))
    return 1 if problems or not seen else 0


if __name__ == '__main__':
    sys.exit(main())
