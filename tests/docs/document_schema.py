#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The schemas of documents take exactly what is read without a note.

Ends with 77 where no validator (the module jsonschema) is at hand.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

RULES = '''<ruleset xmlns="urn:librules:ruleset:1" id="t.%(subject)s" version="1"
  subject="%(subject)s">
  <title>t</title>
  <rule id="r" severity="advice">
    <title>t</title>
    <when><field name="id" is="no such id"/></when>
    <outcome verdict="advise"><message>t</message><message xml:lang="en">t</message></outcome>
  </rule>
</ruleset>
'''

COUNTED = [
    (True, {'counters': [{'name': 'late-rate', 'window': '30nd', 'numerator': 3,
                          'denominator': 9000, 'up_to': '2026-06-09'}]}),
    (True, {'counters': {'name': 'late', 'value': '12', 'up_to': '2026-06-09T12:00:00+08:00'}}),
    (True, {'counters': []}),
    (True, {'counters': [{'name': 7, 'value': None, 'up_to': 1765000000000, 'more': 'x'}]}),
    (False, {'counters': [{'name': 'late', 'value': 'many'}]}),
    (False, {'counters': [{'name': 'late', 'up_to': 'yesterday'}]}),
    (False, {'counters': [{'name': {'zh': '延迟'}}]}),
    (False, {'counters': 3}), (False, {'counters': None}), (False, {'counters': ['late']}),
]
LICENSED = [
    (True, [{'kind': '食品经营许可证', 'number': 'JY1', 'valid_from': '2021-07-01',
             'valid_until': '2026-07-01', 'standing': '有效', 'scope': '预包装食品',
             'issuer': '局'}]),
    (True, {'kind': '营业执照'}), (True, []), (True, [{}]), (True, [{'remark': '另见附件'}]),
    (True, [{'valid_until': None}, {'valid_until': ''}]),
    (False, [{'valid_until': '长期'}]),
    (False, '食品经营许可证'), (False, None), (False, [None]), (False, ['营业执照']),
]
SAMPLES = {
    'listing': [
        (True, {'id': 1, 'title': 't', 'price': '¥3.50', 'skus': [{'title': 'x', 'price': 2}]}),
        (True, {'title': 't', 'seller': {'id': 'M-1', 'kind': 'company'}}),
        (True, {'title': 't', 'seller': None, 'skus': []}),
        (False, {'title': ['a', 'b']}), (False, {'price': '见描述'}),
        (True, {'title': 't', 'price': '￥１，２９９．００'}), (False, {'price': '1,299'}),
        (True, {'title': 't', 'price': '1,299.50'}), (False, {'price': '199，299元'}),
        (True, {'title': 't', 'price': '199,299 RMB'}), (False, {'price': '1,299e3'}),
        (True, {'title': 't', 'price': '1,299,000 元'}), (False, {'price': '0,299'}),
        (False, {'skus': None}), (False, {'skus': '红色'}), (False, {'skus': {'title': 'x'}}),
    ] + [(good, {'title': 't', 'seller': {'qualifications': q}}) for good, q in LICENSED],
    'merchant': [
        (True, {'id': 'M', 'name': '甲', 'registered': '2020-01-01'}),
        (False, {'registered': '去年'}), (False, {'name': {'zh': '甲'}}),
    ] + [(good, {'name': 't', 'qualifications': q}) for good, q in LICENSED],
    'message': [(True, {'id': 1, 'text': '你好', 'sender': 'buyer'}), (False, {'text': ['a']})],
    'rule-change': [(True, {'title': 't', 'published': '2026-01-01', 'effective': 1765000000000}),
                    (False, {'published': '明年'}), (False, {'title': {'zh': '规则'}})],
}


def notes(program, subject, documents, folder):
    """The numbers of the notes of each document."""
    rules = os.path.join(folder, subject + '.xml')
    with open(rules, 'w', encoding='utf-8') as f:
        f.write(RULES % {'subject': subject})
    p = subprocess.run([program, 'check', '--rules', rules, '--subject', subject, '--format',
                        'jsonl', '--all', '-'], capture_output=True, check=False,
                       input='\n'.join(json.dumps(d) for d in documents).encode())
    lines = p.stdout.decode().splitlines()
    if len(lines) != len(documents):
        sys.exit('%s: %s' % (subject, p.stderr.decode()))
    return [{n['code'] for n in json.loads(line)['notes']} - {'RLS-610'} for line in lines]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', required=True)
    p.add_argument('--rule-check', required=True)
    a = p.parse_args()
    try:
        import jsonschema
    except ImportError:
        print('the module jsonschema is not installed')
        return 77
    problems, n = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for subject, samples in SAMPLES.items():
            path = os.path.join(a.root, 'rules-data/schema', subject + '-1.schema.json')
            with open(path, encoding='utf-8') as f:
                schema = jsonschema.Draft202012Validator(json.load(f))
            samples = samples + COUNTED
            noted = notes(a.rule_check, subject, [d for _, d in samples], folder)
            for (good, document), codes in zip(samples, noted):
                n += 1
                if schema.is_valid(document) != good:
                    problems.append('%s: %s by the schema: %s'
                                    % (subject, 'refused' if good else 'taken', document))
                if bool(codes) == good:
                    problems.append('%s: notes %s: %s' % (subject, sorted(codes), document))
    print('\n'.join(problems + ['%d documents, %d problems' % (n, len(problems))]))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
