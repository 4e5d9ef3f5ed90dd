#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check explain, of a rule."""
import unittest

from program import Case, rules, run

SHOP = rules('profiles')


class Explain(Case):
    def explain(self, *words, status=0, stdin=None):
        return self.expect(run('explain', '--lang', 'en', '-r', SHOP, *words, stdin=stdin), status)

    def test_fired(self):
        r = self.explain('shop/miner', '-t', '全新矿机')
        self.assertIn('shop/miner: fired', r.out)
        self.assertIn('true     text in="title" terms="w"', r.out)
        self.assertIn('holds title: 矿机', r.out)
        self.assertIn('exception shop/museum\n    unknown  field', r.out)

    def test_near_miss(self):
        r = self.explain('miner', '-t', '杯', '--description', '矿机')
        self.assertIn('shop/miner: silent', r.out)
        self.assertIn('not counted description: 矿机', r.out)

    def test_not_in_force(self):
        self.assertIn('not in force', self.explain('later', '-t', '矿机').out)
        self.assertIn('fired', self.explain('later', '-t', '矿机', '--as-of', '2099-02-01').out)

    def test_input(self):
        two = '{"id":"x","title":"杯"}\n{"id":"y","title":"矿机"}\n'.encode()
        self.assertIn('silent', self.explain('miner', stdin=two).out)
        found = self.explain('miner', '-f', 'json', '-n', '2', '-', stdin=two).json()
        self.assertEqual(found['document'], 'y')
        self.assertEqual(found['result'], 'violated')
        self.assertEqual(found['conditions'][0]['truth'], 'true')
        self.assertEqual(found['conditions'][0]['actual'], 'title: 矿机')
        self.assertIn('no document 3', self.explain('miner', '-n', '3', stdin=two, status=1).err)

    def test_bad_input(self):
        self.assertIn('document 1', self.explain('miner', stdin=b'{"title":', status=1).err)
        self.explain('miner', '/nowhere', status=1)
        self.explain('miner', 'a', 'b', status=64)

    def test_misspelt(self):
        self.assertIn('did you mean miner?', self.explain('minr', '-t', 'x', status=1).err)
        self.assertIn('did you mean shop/miner?',
                      self.explain('shop/minr', '-t', 'x', status=1).err)


if __name__ == '__main__':
    unittest.main()
