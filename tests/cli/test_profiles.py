#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check list, and profiles and exceptions in rule-check check."""
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
        self.assertIn('excused by shop/museum (李, until 2098-12-31T16:00:00Z): 藏品', r.out)
        self.assertNotIn('museum', r.err)
        self.assertRegex(r.err, r'shop\.xml:23: the exception shop/old of 王 has expired')

    def test_expired(self):
        r = self.check('{"title":"矿机","seller":{"id":"O"}}', '--as-of', '2026-06-01', status=2)
        self.assertIn('an exception has expired: shop/old', r.out)
        self.assertRegex(r.err, r'shop\.xml:20: the exception shop/museum of 李 was not used')


if __name__ == '__main__':
    unittest.main()
