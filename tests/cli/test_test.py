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
        self.assertIn('as of 2026-02-04T16:00:00Z: no version of the rule is in force', r.out)
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

    def test_nothing_to_test(self):
        self.expect(run('test', rules('nocases')), 1)
        self.expect(run('test', rules('empty')), 1)
        self.expect(run('test', self.folder), 1)
        self.expect(run('test', rules('broken')), 1)
        self.expect(run('test', rules('missing')), 1)

    def test_json(self):
        r = self.expect(run('test', '--format', 'json', rules('failing')), 1)
        whole = r.json()
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
