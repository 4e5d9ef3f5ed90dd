# SPDX-License-Identifier: Apache-2.0
"""rule-check as a black box: rules in XML and documents in JSON lines in, reports out."""
import json
import os
import subprocess
import tempfile
from xml.sax.saxutils import escape

HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<ruleset xmlns="urn:librules:ruleset:1" id="evasion" version="1" subject="listing"
         xml:lang="zh-CN" time-zone="Asia/Shanghai">
  <title>Evasion</title>
  <source id="none" kind="notice" issuer="tests" standing="stated">Made for measuring</source>
'''
RULE = '''  <terms id="t{n}" tolerate="{forms}"><term>{term}</term></terms>
  <rule id="r{n}" severity="prohibited" mode="enforce"><title>{term}</title>
    <version from="2000-01-01" standing="stated">
      <when><text in="title" terms="t{n}"/></when>
      <outcome verdict="reject" action="delist"><message>发现</message>
        <message xml:lang="en">found</message>
        <cite source="none" clause="1"/></outcome>
    </version>
  </rule>
'''


class Rules:
    def __init__(self, path, terms):
        self.path, self.terms = path, terms


class Engine:
    def __init__(self, program):
        self.program = program
        self.folder = tempfile.TemporaryDirectory()
        self.made = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def rules(self, terms, forms):
        """A rule set of one rule for each term."""
        self.made += 1
        path = os.path.join(self.folder.name, 'rules%d.xml' % self.made)
        with open(path, 'w', encoding='utf-8') as f:
            f.write(HEAD)
            for n, term in enumerate(terms):
                f.write(RULE.format(n=n, term=escape(term), forms=forms))
            f.write('</ruleset>\n')
        return Rules(path, terms)

    def judge(self, rules, titles):
        """The set of terms found in each title."""
        documents = ''.join(json.dumps({'id': str(i), 'title': t}) + '\n'
                            for i, t in enumerate(titles))
        done = subprocess.run(
            [self.program, 'check', '--rules', rules.path, '--input', 'jsonl', '--format', 'jsonl',
             '--now', '2026-03-01', '--fail-on', 'never', '--allow-empty', '--lang', 'en'],
            input=documents.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            raise SystemExit('rule-check ended with %d:\n%s'
                             % (done.returncode, done.stderr.decode()[:2000]))
        found = [set() for _ in titles]
        for line in done.stdout.decode().splitlines():
            report = json.loads(line)
            for finding in report['findings']:
                n = int(finding['rule'].rpartition('/r')[2])
                found[int(report['id'])].add(rules.terms[n])
        return found
