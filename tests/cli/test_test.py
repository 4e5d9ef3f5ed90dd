#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check test."""
import os
import re
import unittest

from program import Case, rules, run


class Test(Case):
    def test_passing(self):
        r = self.expect(run('test', rules('good')), 0)
        self.assertIn('3 cases: 3 passed, 0 failed; rules covered: 1 of 1', r.out)
        self.expect(run('test', '--require-coverage', rules('good')), 0)

    def test_failing(self):
        r = self.expect(run('test', rules('failing')), 1)
        place = re.search(r'demo\.xml:(\d+): t\.failing/r1: expected none, got finding', r.out)
        self.assertTrue(place, r.out)
        with open(rules('failing/demo.xml'), encoding='utf-8') as f:
            self.assertIn('写错的用例', f.read().splitlines()[int(place.group(1)) - 1])
        self.assertIn('写错的用例', r.out)
        verbose = self.expect(run('test', '--verbose', rules('failing')), 1)
        self.assertGreater(len(verbose.out), len(r.out))

    def test_why(self):
        with open(rules('good/demo.xml'), encoding='utf-8') as f:
            source = f.read()
        case = '<case expect="%s" as-of="%s"><listing><title>%s</title></listing></case>'
        # No version is in force that day.
        silent = case % ('none', '2026-02-05', '蚂蚁矿机')
        early = self.write('early.xml', source.replace(silent, silent.replace('none', 'finding')))
        r = self.expect(run('test', early), 1)
        self.assertIn('expected finding, got none', r.out)
        self.assertIn('as of 2026-02-05 00:00 +08:00: no version of the rule is in force', r.out)
        # A category might exempt.
        unless = '</when><unless><field name="category" under="玩具"/></unless>'
        exempt = self.write('exempt.xml', source.replace('</when>', unless).replace(
            case % ('none', '2026-03-01', '振动选矿机'), case % ('none', '2026-03-01', '新矿机')))
        r = self.expect(run('test', exempt), 1)
        self.assertIn('expected none, got finding', r.out)
        self.assertIn('might be exempt, depending on: category', r.out)
        self.assertNotIn('[reject]', r.out)
        self.assertIn('[reject]', run('test', '-v', exempt).out)

    def test_points(self):
        with open(rules('good/demo.xml'), encoding='utf-8') as f:
            source = f.read()
        wrong = source.replace('expect="finding"', 'expect="finding" verdict="advise"').replace(
            '<listing>', '<gives evidence="显卡"/><listing>', 1)
        path = self.write('points.xml', wrong)
        r = self.expect(run('test', path), 1)
        self.assertIn('verdict: expected advise, got ', r.out)
        self.assertIn('evidence: expected 显卡, got ', r.out)
        failed = [c for c in self.expect(run('test', '--format', 'json', path), 1).json()['cases']
                  if not c['passed']]
        self.assertEqual([d['point'] for d in failed[0]['differences']], ['verdict', 'evidence'])
        self.assertIn('  differences: [{"point":"verdict",',
                      self.expect(run('test', '--format', 'tap', path), 1).out)

    def test_coverage(self):
        r = self.expect(run('test', rules('lacking')), 0)
        self.assertIn('t.lacking/r1: no case where it is silent', r.out)
        self.assertIn('rules covered: 0 of 1', r.out)
        self.expect(run('test', '--require-coverage', rules('lacking')), 1)
        # What a failed case shows does not count.
        self.assertIn('t.failing/r1: no case where it is silent',
                      run('test', rules('failing')).out)

    def rules_with(self, cases):
        return self.write('tried.xml', """<ruleset xmlns="urn:librules:ruleset:1" id="t.tried"
          version="1" subject="listing"><title>试</title><title xml:lang="en">Try</title>
          <source id="law" kind="law">法</source>
          <terms id="w">
            <term>矿机</term>
            <term>矿卡</term>
            <allow>选矿机</allow>
          </terms>
          <rule id="r" severity="violation">
            <title>规则</title><title xml:lang="en">rule</title>
            <version from="2026-02-06">
              <when><all><text in="title" terms="w"/>
                <field name="price" lt="100"/></all></when>
              <unless><field name="category" under="玩具"/></unless>
              <outcome verdict="review"><message>不行</message>
                <message xml:lang="en">no</message><cite source="law"/></outcome>
            </version>%s
          </rule></ruleset>""" % cases)

    CASE = '<case expect="%s" as-of="%s"><listing>%s</listing></case>'
    FIRST = CASE % ('finding', '2026-02-06', '<title>矿机</title><price>99</price>')
    BEFORE = CASE % ('none', '2026-02-05', '<title>矿机</title><price>99</price>')
    REST = (CASE % ('none', '2026-03-01', '<title>矿机</title><price>100</price>') +
            CASE % ('none', '2026-03-01', '<title>矿机</title><price>101</price>') +
            CASE % ('exempt', '2026-03-01',
                    '<title>矿机</title><price>9</price><category>玩具</category>') +
            CASE % ('finding', '2026-03-01',
                    '<title>矿卡</title><price>9</price><category>电脑</category>') +
            CASE % ('none', '2026-03-01', '<title>选矿机</title><price>9</price>'))

    def test_conditions(self):
        path = self.rules_with(self.FIRST)
        r = self.expect(run('test', path), 0)
        self.assertIn('outcomes seen', r.out)
        self.assertNotIn('never', r.out)
        r = self.expect(run('test', '--coverage', path), 0)
        with open(path, encoding='utf-8') as f:
            line = [n for n, text in enumerate(f, 1) if 'lt="100"' in text][0]
        self.assertIn(':%d: t.tried/r: never false: <field name="price" lt="100">' % line, r.out)
        self.assertIn(':%d: t.tried/r: bound not tried: no case on it, no case above it' % line,
                      r.out)
        self.assertIn('neither true nor false in any case: <field name="category" under="玩具">',
                      r.out)
        self.assertIn('version 2026-02-06: no case on the day before its first', r.out)
        self.assertNotIn('no case on its first day', r.out)
        self.assertIn('bounds tried: 0 of 1; version days tried: 0 of 1', r.out)
        whole = self.expect(run('test', '--coverage', '--format', 'json', path), 0).json()
        price = [c for c in whole['untried'] if c['line'] == line][0]
        self.assertEqual((price['true'], price['false'], price['below'], price['on'],
                          price['above'], price['part']),
                         (True, False, True, False, False, 'when'))
        self.assertEqual(whole['untried_days'],
                         [{'rule': 't.tried/r', 'version': '2026-02-06', 'edge': 'begin',
                           'before': False, 'after': True}])
        full = self.expect(run('test', '--coverage',
                               self.rules_with(self.FIRST + self.BEFORE + self.REST)), 0)
        self.assertIn('conditions: 8 of 8 outcomes seen (100%); bounds tried: 1 of 1; '
                      'version days tried: 1 of 1', full.out)
        self.assertNotIn('never', full.out)

    def test_mutants(self):
        path = self.rules_with(self.FIRST + self.BEFORE)
        r = self.expect(run('test', '--mutants', path), 0)
        with open(path, encoding='utf-8') as f:
            lines = f.read().splitlines()
        for what, at in (
                ('bound shifted to le: <field name="price" lt="100">', 'lt="100"'),
                ('exemption removed: <field name="category" under="玩具">', '<unless>'),
                ('t.tried/w: no case needs these allow-terms: 选矿机\n', '<allow>'),
                ('t.tried/w: no case needs these terms: 矿卡\n', '矿卡')):
            place = [n for n, text in enumerate(lines, 1) if at in text][0]
            self.assertIn(':%d: %s' % (place, what), r.out)
        self.assertIn('t.tried/r\n  add a case that stands exactly on the bound:\n    ', r.out)
        self.assertIn('  add a case that only this exemption excuses (expect="exempt"):\n', r.out)
        self.assertEqual(r.out.count('t.tried/r\n'), 1)
        self.assertIn('t.tried: 0 of 4 changes of conditions, bounds and exemptions noticed (0%)\n',
                      r.out)
        self.assertIn('  words: 1 of 3 dropped ones noticed (33%); lists of which some word is: '
                      '1 of 1\n', r.out)
        zh = self.expect(run('test', '--mutants', '--lang', 'zh-CN', path), 0).out
        self.assertIn('请补充恰在界限上的用例：', zh)
        self.assertIn('没有用例用到这些词条：矿卡\n', zh)
        full = self.expect(run('test', '--mutants', self.rules_with(self.FIRST + self.REST + (
            self.CASE % ('none', '2026-03-01', '<title>杯</title><price>9</price>')))), 0)
        self.assertIn('t.tried: 4 of 4 changes', full.out)
        self.assertIn('words: 3 of 3 dropped', full.out)
        self.assertNotIn('add a case', full.out)
        self.assertNotIn('no case needs', full.out)

    def test_mutants_limit(self):
        path = self.rules_with(self.FIRST)
        r = self.expect(run('test', '--mutants-limit', '1', path), 0)
        self.assertEqual(len(re.findall(r'^    \S+:\d+: ', r.out, re.M)), 1)
        self.assertNotIn('no case needs', r.out)
        self.assertIn('... and 5 more', r.out)
        whole = self.expect(run('test', '--mutants', '--format', 'json', path), 0).json()
        self.assertEqual(whole['survivor_count'], len(whole['survivors']))
        self.assertEqual(whole['mutants'][0]['ruleset'], 't.tried')
        self.assertEqual(whole['mutants'][0]['mutants'], 7)
        self.assertEqual(whole['mutants'][0]['kinds']['term'], {'mutants': 2, 'noticed': 1})
        self.assertEqual((whole['mutants'][0]['lists'], whole['mutants'][0]['lists_met']), (1, 1))
        self.assertEqual([s['change'] for s in whole['survivors'] if s['kind'] == 'threshold'],
                         ['le'])
        few = self.expect(run('test', '--mutants-limit', '2', '--format', 'json', path), 0).json()
        self.assertEqual((len(few['survivors']), few['survivor_count']), (2, 6))
        self.expect(run('test', '--mutants-limit', 'x', path), 64)

    def test_mutants_of_failing_cases(self):
        # A case that fails anyway notices nothing.
        r = self.expect(run('test', '--mutants', self.rules_with(
            self.FIRST.replace('finding', 'none'))), 1)
        self.assertIn('t.tried: 0 of 4 changes', r.out)
        self.assertIn('words: 0 of 3 dropped', r.out)

    def test_nothing_to_test(self):
        self.expect(run('test', rules('nocases')), 1)
        self.expect(run('test', rules('empty')), 1)
        self.expect(run('test', self.folder), 1)
        self.expect(run('test', rules('broken')), 1)
        self.expect(run('test', rules('missing')), 1)

    def test_json(self):
        r = self.expect(run('test', '--format', 'json', rules('failing')), 1)
        whole = r.json()
        self.assertEqual(whole['coverage']['outcomes'], 2 * whole['coverage']['conditions'])
        self.assertNotIn('mutants', whole)
        self.assertEqual(whole['summary'],
                         {'cases': 2, 'passed': 1, 'failed': 1, 'rules': 1, 'covered': 0})
        self.assertEqual([c['passed'] for c in whole['cases']], [True, False])
        self.assertEqual((whole['cases'][1]['expected'], whole['cases'][1]['actual']),
                         ('none', 'finding'))
        self.assertEqual(whole['lacking'][0]['rule'], 't.failing/r1')
        good = self.expect(run('test', '--format', 'json', rules('good')), 0).json()
        self.assertEqual(good['lacking'], [])

    def test_tap(self):
        r = self.expect(run('test', '--format', 'tap', rules('failing')), 1)
        lines = r.out.splitlines()
        self.assertEqual(lines[:2], ['TAP version 14', '1..2'])
        results = [line for line in lines if re.match(r'(not )?ok \d', line)]
        self.assertTrue(results[0].startswith('ok 1 - t.failing/r1 '))
        self.assertTrue(results[1].startswith('not ok 2 - t.failing/r1 '))

    def test_language(self):
        r = self.expect(run('test', '--lang', 'zh-CN', rules('failing')), 1)
        self.assertIn('期望 none，实际 finding', r.out)

    def test_usage(self):
        self.expect(run('test', '--format', 'xml'), 64)

    @unittest.skipUnless(os.path.exists('/dev/full'), 'needs /dev/full')
    def test_full_device(self):
        with open('/dev/full', 'wb') as full:
            self.expect(run('test', rules('good'), stdout=full), 1)


if __name__ == '__main__':
    unittest.main()
