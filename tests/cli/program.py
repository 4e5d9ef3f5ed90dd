# SPDX-License-Identifier: Apache-2.0
"""Runs rule-check the way a shell would."""
import json
import os
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['RULE_CHECK']
RULES = os.environ['CLI_RULES']
NOW = ('--now', '2026-03-01')


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if k not in ('LC_ALL', 'LC_MESSAGES', 'LANG', 'NO_COLOR')}
    env['RULE_CHECK_RULES'] = os.path.join(RULES, 'good')
    env.update(more)
    return {k: v for k, v in env.items() if v is not None}


class Result:
    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode('utf-8') if done.stdout is not None else None
        self.err = done.stderr.decode('utf-8') if done.stderr is not None else None

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


def run(*args, stdin=b'', env=None, **more):
    if isinstance(stdin, str):
        stdin = stdin.encode('utf-8')
    options = {'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, 'timeout': 100}
    options.update(more)
    if 'stdin' not in options:
        options['input'] = stdin
    done = subprocess.run([PROGRAM, *args], env=env or environment(), **options)
    return Result(done)


def check(*args, stdin=b'', **more):
    return run('check', *NOW, *args, stdin=stdin, **more)


def rules(name):
    return os.path.join(RULES, name)


class Case(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as f:
            f.write(data.encode('utf-8') if isinstance(data, str) else data)
        return path

    def expect(self, result, status):
        self.assertEqual(result.status, status, (result.out or '')[-2000:] + '\n' +
                         (result.err or '')[-2000:])
        return result
