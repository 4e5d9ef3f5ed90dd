#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check list, and profiles and exceptions in rule-check check."""
import os
import unittest

from program import Case, rules, run

SHOP = rules('profiles')


class Shop(Case):
    def check(self, document, *options, status):
        return self.expect(run('check', '--lang', 'en', '-r', SHOP, '--all', *options,
                               stdin=document.encode()), status)


class List(Shop):
    def test_what_has_an_effect(self):
        r = self.expect(run('list', '--lang', 'en', SHOP), 0)
        self.assertIn('shop/miner  enforce  reject  stated #coin\n', r.out)
        self.assertNotIn('shop/later', r.out)
        self.assertIn('1 of 2 rules\n', r.out)

    def test_all(self):
        r = self.expect(run('list', '--lang', 'en', '--all', SHOP), 0)
        self.assertIn('shop/later  enforce  not in force\n', r.out)
        r = self.expect(run('list', '--lang', 'en', '--as-of', '2099-06-01', SHOP), 0)
        self.assertIn('shop/later  enforce  advise  stated  2099-01-01\n', r.out)

    def test_profile_names_the_line(self):
        r = self.expect(run('list', '--lang', 'en', '--profile', 'trial', SHOP), 0)
        self.assertIn('shop/miner  shadow', r.out)
        self.assertRegex(r.out, r'shadow by \S+shop\.xml:19\n')

    def test_tag(self):
        self.assertIn('shop/miner', self.expect(run('list', '--tag', 'coin', SHOP), 0).out)
        self.assertNotIn('shop/miner', self.expect(run('list', '--tag', 'x', SHOP), 0).out)

    def test_json(self):
        r = self.expect(run('list', '-f', 'json', '-a', '--profile', 'shop/trial', SHOP), 0)
        miner, later = r.json()
        self.assertEqual(miner['mode'], 'shadow')
        self.assertEqual(miner['decided']['line'], 19)
        self.assertEqual(miner['tags'], ['coin'])
        self.assertEqual(later['decided']['line'], later['line'])
        self.assertNotIn('verdict', later)

    def test_origin_and_lists(self):
        r = self.expect(run('list', '--lang', 'en', '--all', SHOP), 0)
        self.assertRegex(r.out, r'    \S+shop\.xml:7\n    lists: w\n')
        zh = self.expect(run('list', '--lang', 'zh-CN', '--profile', 'trial', SHOP), 0)
        self.assertRegex(zh.out, r'shop\.xml:7；试运行 由 \S+shop\.xml:19 决定\n    词表：w\n')
        r = self.expect(run('list', '-f', 'json', SHOP), 0)
        self.assertEqual(r.json()[0]['lists'], ['w'])
        hard = os.path.join(os.environ['SOURCE_ROOT'], 'tests', 'hard-rules')
        rows = self.expect(run('list', '-f', 'json', hard), 0).json()
        lists = {row['rule']: row['lists'] for row in rows}
        self.assertEqual(lists['hard.messages/off-platform'][:2], ['pretext', 'contact'])
        self.assertIn('c:denial', lists['hard.messages/off-platform'])

    def test_profiles_have_titles(self):
        r = self.expect(run('list', '--profiles', '--lang', 'en', SHOP), 0)
        self.assertEqual(r.out, 'shop/trial  试运行\nprofiles: 1\n')
        r = self.expect(run('list', '--profiles', '-f', 'json', SHOP), 0)
        self.assertEqual(r.json(), [{'profile': 'shop/trial', 'title': '试运行'}])

    def test_misspelt(self):
        r = self.expect(run('list', '--lang', 'en', '--profile', 'tril', SHOP), 1)
        self.assertIn('did you mean trial?', r.err)
        r = self.check('{}', '--profile', 'tril', status=1)
        self.assertIn('did you mean trial?', r.err)
        self.expect(run('list', '--as-of', 'soon', SHOP), 64)
        self.expect(run('list', '--profle', 'x', SHOP), 64)


class Check(Shop):
    def test_profile(self):
        self.check('{"title":"矿机"}', status=2)
        r = self.check('{"title":"矿机"}', '--profile', 'trial', status=0)
        self.assertIn('[pass, shadow]', r.out)

    def test_exception(self):
        r = self.check('{"title":"矿机","seller":{"id":"M"}}', '--as-of', '2026-06-01', status=0)
        self.assertIn('excused by shop/museum (李, until 2098-12-31 23:59:59 +08:00): 藏品', r.out)
        self.assertNotIn('museum of', r.err)
        self.assertRegex(r.err, r'shop\.xml:23: the exception shop/old of 王 has expired '
                         r'\(2026-01-31 23:59:59 \+08:00\)\n')
        self.assertIn('exceptions used: shop/museum for 1 finding\n', r.err)

    def test_expired(self):
        r = self.check('{"title":"矿机","seller":{"id":"O"}}', '--as-of', '2026-06-01', status=2)
        self.assertIn('an exception has expired: shop/old', r.out)
        self.assertRegex(r.err, r'shop\.xml:20: the exception shop/museum of 李 was not used')
        self.assertIn('+08:00); prolonged, it would excuse 1 finding\n', r.err)
        self.assertNotIn('exceptions used', r.err)

    def test_counts(self):
        lines = '{"title":"矿机","seller":{"id":"M"}}\n' * 3 + \
            '{"title":"矿机","seller":{"id":"O"}}\n' * 2
        r = self.check(lines, '--as-of', '2026-06-01', '--jobs', '3', status=2)
        self.assertIn('used: shop/museum for 3 findings\n', r.err)
        self.assertIn('it would excuse 2 findings\n', r.err)
        r = self.check(lines, '--as-of', '2026-06-01', '-f', 'json', status=2)
        found = {x['id']: (x['expired'], x['uses'], x['lapses'])
                 for x in r.json()['summary']['exceptions']}
        self.assertEqual(found, {'shop/museum': (False, 3, 0), 'shop/old': (True, 0, 2)})
        self.assertNotIn('exception', self.check(lines, '-q', '--as-of', '2026-06-01',
                                                 status=2).err)

    def test_zone(self):
        with open(os.path.join(SHOP, 'shop.xml'), encoding='utf-8') as f:
            text = f.read()
        ny = self.write('ny.xml', text.replace('subject="listing"',
                                               'subject="listing" time-zone="America/New_York"'))
        r = self.expect(run('check', '--lang', 'en', '-r', ny, '--as-of', '2026-06-01',
                            stdin='{"title":"矿机","seller":{"id":"O"}}'), 2)
        self.assertIn('expired: shop/old (王, until 2026-01-31 23:59:59 -05:00)', r.out)
        r = self.expect(run('check', '--lang', 'en', '-f', 'jsonl', '-r', ny, '--as-of',
                            '2026-06-01', stdin='{"title":"矿机","seller":{"id":"O"}}'), 2)
        self.assertEqual(r.json()['findings'][0]['exception']['until'], '2026-02-01T05:00:00Z')


if __name__ == '__main__':
    unittest.main()
