#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""
Runs the whole benchmark on tiny inputs and judges what it writes: every group has its rows, hits
agree with those of a peer that counts naively, a peer that lies is found out, and the gate fails
when it should. The figures themselves mean nothing.

    check.py OPTION of run.py...
"""
import copy
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import gate

HERE = os.path.dirname(os.path.realpath(__file__))

# A peer in the place of daachorse: overlapping matches, one word after the other.
NAIVE = '''#!%s
import sys, time
terms, texts = ([r for r in open(p, 'rb').read().split(b'\\0')[:-1]] for p in sys.argv[1:3])
def count(text):
    found = %d
    for term in terms:
        at = text.find(term)
        while at >= 0:
            found += 1
            at = text.find(term, at + 1)
    return found
print('ready 1 1', flush=True)
for line in sys.stdin:
    ms, start, n = map(int, line.split())
    begin = time.process_time_ns()
    hits = sum(count(texts[i %% len(texts)]) for i in range(start, start + n))
    print(n, time.process_time_ns() - begin, hits, flush=True)
'''

# One row of each group, and of each kind of goal.
EXPECTED = (
    'terms 60k, listings', 'terms, SIMD off 60k, listings', 'folding, listings',
    'patterns 1k, listings', 'raw patterns 1k, listings', 'whole check, listings',
    'whole check, HTML', 'whole check, one database', 'title alone', 'structured 10k',
    'check, 100k rules', 'compile, 100k rules', 'bytes, 100k rules', 'build 60k terms',
    'bytes of 60k terms', 'build time by term', 'bytes by term', 'cold, terms 60k',
    'cold, terms 60k, SIMD off', 'cold, whole check', 'reading JSON', '2 threads',
    'exact terms 60k, daachorse', 'terms 60k, daachorse', 'terms 60k, sensitive-word',
    'rule-check, cold')


def fail(what):
    raise SystemExit('bench: ' + what)


def put_peer(folder, too_many):
    path = os.path.join(folder, 'daachorse')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(NAIVE % (sys.executable, too_many))
    os.chmod(path, 0o755)


def run(options, *more):
    command = [sys.executable, os.path.join(HERE, 'run.py'), '--tiny', '--rounds', '2', '--slice',
               '1', *options, *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode()


def check_files(folder, result):
    rows = {r['id']: r for r in result['rows']}
    missing = [name for name in EXPECTED if name not in rows]
    if missing:
        fail('no rows: ' + '; '.join(missing))
    naive = rows['exact terms 60k, daachorse']
    if not naive.get('ours_hits') or naive['ours_hits'] != naive['peer_hits']:
        fail('the naive peer is not compared: %s' % naive)
    if len(rows) != len(result['rows']):
        fail('two rows have the same name')
    ElementTree.parse(os.path.join(folder, 'bench.svg'))
    with open(os.path.join(folder, 'bench.md'), encoding='utf-8') as f:
        lines = f.read().splitlines()
    measured = [r for r in result['rows'] if 'absent' not in r]
    # Two tables, each with two lines above its rows, and one between them.
    if len(lines) != len(measured) + 5 or len({line.count('|') for line in lines}) != 3:
        fail('the table for documents is broken')


def worse(result, name, key, factor):
    """The same figures with one of them another."""
    other = copy.deepcopy(result)
    for row in other['rows']:
        if row['id'] == name:
            row[key] *= factor
    return other


def check_gate(folder, result):
    path = os.path.join(folder, 'recorded.json')

    def verdict(now, then=None):
        return gate.judge(now, path, lambda: (then or now)['rows'])

    # Times that are aims mean something only for inputs of the usual size.
    for row in result['rows']:
        if 'goal' in row and row['target'] == 'below':
            row.update(goal=row['goal'] * 1000)
    ratio = next(r['id'] for r in result['rows'] if gate.goodness(r))
    counter = 'table bytes, 60k'
    cases = (
        ('the same', result, None, 0),
        ('a ratio that is worse twice', worse(result, ratio, 'ratio', 0.7), None, 1),
        ('a ratio that is worse once', worse(result, ratio, 'ratio', 0.7), result, 0),
        ('a ratio within the margin', worse(result, ratio, 'ratio', 0.9), None, 0),
        ('a counter', worse(result, counter, 'value', 1.01), None, 1),
        ('a time that is an aim', worse(result, 'title alone', 'ours_ns', 1e6), None, 1))
    for name, now, then, expected in cases:
        if verdict(now, then) != expected:
            fail('the gate does not return %d: %s' % (expected, name))


def main():
    options = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix='librules-bench-check-') as folder:
        def path(name):
            return os.path.join(folder, name)
        put_peer(folder, 0)
        status, text = run(options, '--peers', folder, '--json', path('bench.json'), '--chart',
                           path('bench.svg'), '--markdown', path('bench.md'), '--record',
                           path('recorded.json'), '--digests')
        print(text)
        if status != 0:
            fail('status %d' % status)
        with open(path('bench.json'), encoding='utf-8') as f:
            result = json.load(f)
        check_files(folder, result)
        check_gate(folder, result)
        put_peer(folder, 1)
        status, text = run(options, '--peers', folder, '--only', 'programs')
        if status == 0 or 'not measured: hits differ' not in text:
            fail('hits that differ are not found:\n' + text)
    return 0


if __name__ == '__main__':
    sys.exit(main())
