#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Commands, help, hints, and the table of messages."""
import os
import re
import unittest

from program import Case, environment, run

COMMANDS = ('check', 'profile', 'validate', 'test', 'fmt', 'list', 'explain', 'completions',
            'version', 'help')


class Usage(Case):
    def test_no_command(self):
        r = self.expect(run(), 64)
        self.assertTrue(r.err.startswith('rule-check: '))
        self.assertEqual(r.out, '')

    def test_unknown_command(self):
        for word, hint in (('chek', 'check'), ('vaildate', 'validate'), ('tset', 'test'),
                           ('valid', 'validate'), ('verison', 'version')):
            self.assertIn("'%s'?" % hint, self.expect(run(word), 64).err)
        self.assertNotIn('?', self.expect(run('zzzzzz'), 64).err)
        self.expect(run('x' * 10000), 64)

    def test_unknown_option(self):
        self.assertIn("'--format'?", self.expect(run('check', '--formta', 'json'), 64).err)
        self.assertIn("'--werror'?", self.expect(run('validate', '--weror'), 64).err)
        self.expect(run('check', '--' + 'x' * 10000), 64)
        self.assertIn('-é', self.expect(run('check', '-é'), 64).err)

    def test_help(self):
        overview = self.expect(run('help'), 0).out
        self.assertEqual(self.expect(run('--help'), 0).out, overview)
        for command in COMMANDS:
            self.assertIn('  %s ' % command, overview)
            text = self.expect(run('help', command), 0).out
            self.assertEqual(self.expect(run(command, '--help'), 0).out, text)
            self.assertIn('--lang', text)
            zh = self.expect(run('help', command, '--lang', 'zh-CN'), 0).out
            self.assertTrue(zh.startswith('用法'))
        self.expect(run('help', 'chek'), 64)
        self.expect(run('help', 'check', 'more'), 64)

    def test_language(self):
        self.assertIn('没有', self.expect(run('chek', '--lang', 'zh-CN'), 64).err)
        self.assertIn('没有', run('--lang', 'zh-CN', 'chek').err)
        self.assertIn('没有', run('chek', env=environment(LANG='zh_CN.UTF-8')).err)
        self.assertIn('there is no', run('--lang=en', 'chek', env=environment(LANG='zh')).err)
        for lang in ('zh', 'zh_CN', 'zh-CN', 'zh_CN.UTF-8', 'zh-Hans'):
            self.assertIn('没有', run('chek', '--lang', lang).err)
        for lang in ('en', 'en_US', 'en-GB', 'en_US.UTF-8'):
            self.assertIn('there is no', run('chek', '--lang', lang,
                                             env=environment(LANG='zh')).err)
        for lang in ('fr', 'english', 'zhx', ''):
            self.expect(run('--lang', lang, 'version'), 64)

    def test_both_languages_take_the_same_values(self):
        with open(os.environ['TEXT_DEF'], encoding='utf-8') as f:
            source = f.read()
        string = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
        entries = re.findall(r'^TEXT\((\w+),\s*%s,\s*%s\)$' % (string, string), source, re.M)
        self.assertEqual(len(entries), len(re.findall(r'^TEXT\(', source, re.M)))
        self.assertGreater(len(entries), 80)
        for name, en, zh in entries:
            conversions = [re.findall(r'%[-.*0-9]*[a-z]+', re.sub(r'"\s*"', '', t))
                           for t in (en, zh)]
            self.assertEqual(conversions[0], conversions[1], name)


class Explain(Case):
    def test_number(self):
        r = self.expect(run('explain', 'RLS-104'), 0)
        self.assertTrue(r.out.startswith('RLS-104: '))
        self.assertEqual(self.expect(run('explain', '104'), 0).out, r.out)
        self.assertEqual(self.expect(run('explain', 'rls-104'), 0).out, r.out)
        zh = self.expect(run('explain', '104', '--lang', 'zh_CN'), 0).out
        self.assertTrue(zh.startswith('RLS-104：'))

    def test_what_is_none(self):
        for word in ('RLS-9999', '0', '99999999999999999999'):
            r = self.expect(run('explain', word), 64)
            self.assertIn('there is no message ' + word, r.err)
        self.expect(run('explain'), 64)
        self.expect(run('explain', '104', '105', '106'), 64)


if __name__ == '__main__':
    unittest.main()
