#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--param of rule-check check, test and explain, and params of profiles."""
import unittest

from program import Case, rules, run

PRICE = rules('params')
DOCUMENT = b'{"id":"1","title":"a","price":45}\n'


class Params(Case):
    def verdict(self, *options):
        r = run('check', '-r', PRICE, '-f', 'jsonl', '--all', *options, stdin=DOCUMENT)
        self.assertIn(r.status, (0, 2), r.err)
        return 'price/dear' in r.out

    def test_default(self):
        self.assertFalse(self.verdict())

    def test_host(self):
        self.assertTrue(self.verdict('--param', 'max-price=40'))
        self.assertTrue(self.verdict('--param=price/max-price=40'))
        self.assertFalse(self.verdict('--param', 'max-price=40', '--param', 'max-price=45'))

    def test_profile(self):
        self.assertTrue(self.verdict('--profile', 'strict'))
        self.assertTrue(self.verdict('--profile', 'stricter'))
        self.assertFalse(self.verdict('--profile', 'loose'))
        self.assertFalse(self.verdict('--profile', 'strict', '--param', 'max-price=45'))

    def test_cases(self):
        self.expect(run('test', PRICE), 0)
        self.expect(run('test', '--param', 'max-price=99', PRICE), 1)

    def test_explain(self):
        for value, truth in (('max-price=99', 'false'), ('max-price=1', 'true')):
            r = self.expect(run('explain', '--lang', 'en', '-f', 'json', '-r', PRICE, '--param',
                                value, 'price/dear', stdin=DOCUMENT), 0)
            self.assertIn('"truth":"%s"' % truth, r.out)

    def test_refused(self):
        for command in ('check', 'test', 'explain'):
            words = ['price/dear'] if command == 'explain' else []
            for value, why in (('max-price=x', 'is not of the type'),
                               ('max-price=101', 'is not between min and max'),
                               ('mox-price=1', "did you mean 'max-price'?"),
                               ('price/max-prise=1', "did you mean 'price/max-price'?"),
                               ('colour=1', 'no rule set has a param')):
                r = self.expect(run(command, '--lang', 'en', '-r', PRICE, '--param', value, *words,
                                    stdin=DOCUMENT), 1)
                self.assertIn('--param ' + value + ': ', r.err)
                self.assertIn(why, r.err)
        r = self.expect(run('check', '--lang', 'zh-CN', '-r', PRICE, '--param', 'max-price=x',
                            stdin=DOCUMENT), 1)
        self.assertIn('值不符合参数的类型', r.err)

    def test_misused(self):
        for value in ('max-price', '=3'):
            self.assertIn('not NAME=VALUE',
                          self.expect(run('check', '--lang', 'en', '--param', value), 64).err)


if __name__ == '__main__':
    unittest.main()
