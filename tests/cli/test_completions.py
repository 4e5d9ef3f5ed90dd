#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check completions."""
import os
import re
import shutil
import subprocess
import unittest

from program import Case, PROGRAM, run
from test_usage import COMMANDS


def options(command):
    """Options of a command as its help shows them, with what their value is called."""
    text = run('help', command).out
    return re.findall(r'^  (?:-(\w), |    )--([\w-]+)(?: (\S+))?', text, re.M)


class Completions(Case):
    def complete(self, *words):
        """What bash offers for the last word."""
        script = 'eval "$("$0" completions bash)"\n' \
            'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))\n' \
            '_rule_check\nprintf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(['bash', '--norc', '-c', script, PROGRAM, 'rule-check', *words],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                              cwd=self.folder, check=True)
        self.assertEqual(done.stderr, b'')
        return done.stdout.decode().split()

    @unittest.skipUnless(shutil.which('bash'), 'needs bash')
    def test_bash(self):
        self.assertEqual(self.complete('val'), ['validate'])
        self.assertGreaterEqual(set(self.complete('')), set(COMMANDS))
        self.assertEqual(self.complete('--lang', 'en', 'fm'), ['fmt'])
        self.assertEqual(self.complete('check', '--enc'), ['--encoding'])
        self.assertEqual(self.complete('check', '--format', 'j'), ['json', 'jsonl'])
        self.assertEqual(self.complete('check', '--format', '=', 'jsonl'), ['jsonl'])
        self.assertEqual(self.complete('check', '--format', '='), ['text', 'json', 'jsonl'])
        self.assertEqual(self.complete('check', '-e', 'gb1'), ['gb18030'])
        self.assertEqual(self.complete('completions', 'z'), ['zsh'])
        self.assertEqual(self.complete('check', '--text', ''), [])
        self.assertEqual(self.complete('zzz', ''), [])
        os.mkdir(os.path.join(self.folder, 'rules'))
        self.write('goods.csv', '')
        self.assertEqual(self.complete('check', 'go'), ['goods.csv'])
        self.assertEqual(self.complete('check', '-r', 'ru'), ['rules'])
        for command in COMMANDS:
            want = {'--' + name for _, name, _ in options(command)}
            self.assertEqual(set(self.complete(command, '--')), want)

    def test_other_shells(self):
        zsh = self.expect(run('completions', 'zsh'), 0).out
        fish = self.expect(run('completions', 'fish'), 0).out
        self.assertTrue(zsh.startswith('#compdef rule-check\n'))
        for command in COMMANDS:
            self.assertIn('            \'%s:' % command, zsh)
            self.assertIn(' -a %s -d ' % command, fish)
            for letter, name, value in options(command):
                short = ' -s %s' % letter if letter else ''
                self.assertIn("from %s' -l %s%s" % (command, name, short), fish)
                self.assertIn('--%s%s' % (name, '=' if value else ''), zsh)
        for shell in ('zsh', 'fish'):
            if shutil.which(shell):
                subprocess.run([shell, '-n', self.write('x', run('completions', shell).out)],
                               check=True, timeout=60)

    def test_offered_values_are_those_that_are_taken(self):
        for command in COMMANDS:
            for _, name, value in options(command):
                if value and '|' in value and name != 'lang':
                    err = self.expect(run(command, '--' + name, 'zzzzzzzz'), 64).err
                    taken = re.search(r'must be one of (.*)', err).group(1).split(', ')
                    self.assertEqual(value.split('|'), taken)

    def test_usage(self):
        self.assertIn('bash, zsh or fish', self.expect(run('completions'), 64).err)
        self.expect(run('completions', 'tcsh'), 64)
        self.expect(run('completions', 'bash', 'zsh'), 64)
        zh = self.expect(run('completions', 'fish', '--lang', 'zh-CN'), 0).out
        self.assertIn('检查文档', zh)


if __name__ == '__main__':
    unittest.main()
