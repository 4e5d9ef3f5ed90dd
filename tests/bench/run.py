#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the inputs of the benchmark, runs all of it, and prints one table. docs/performance.md
says what the rows mean."""
import argparse
import glob
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time

import chart
import gate
import programs
import table

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def make_inputs(a, folder):
    command = [sys.executable, os.path.join(HERE, 'inputs.py'), '--root', ROOT, folder]
    command += ['--data', a.data] if a.data else []
    # What is recorded must be the same where that peer is not built.
    fixed = a.gate or a.record
    lexicon = a.lexicon or (None if fixed else programs.lexicon(a.peers))
    command += ['--lexicon', lexicon] if lexicon else []
    command += ['--tiny'] if a.tiny else []
    command += ['--seed', str(a.seed)] if a.seed is not None else []
    subprocess.run(command, check=True)
    with open(os.path.join(folder, 'manifest.json'), encoding='utf-8') as f:
        return json.load(f)


def describe(manifest, a):
    words = '%s given words' % '{:,}'.format(manifest['lexicon']) if manifest['lexicon'] else \
        'words composed of those of the texts'
    print('texts: %s; terms: %s' % (manifest['data'], words))
    for name, f in manifest['files'].items():
        if a.digests:
            print('  %-18s %7d records %9d bytes  sha256 %s…' % (name, f['records'], f['bytes'],
                                                              f['sha256']))


def machine(bench):
    """What the figures were measured on, and what was compiled how; no names of hosts."""
    model = ''
    if os.path.exists('/proc/cpuinfo'):
        with open('/proc/cpuinfo', encoding='utf-8') as f:
            fields = [line.split(':', 1) for line in f if ':' in line]
        known = {k.strip(): v.strip() for k, v in fields}
        model = '%s family %s model %s' % (known.get('vendor_id', ''), known.get('cpu family', ''),
                                           known.get('model', ''))
    about = subprocess.run([bench, '--about'], stdout=subprocess.PIPE, check=True).stdout
    return {'date': time.strftime('%Y-%m-%d', time.gmtime()), 'processor': model.strip(),
            'processors': os.cpu_count(), 'system': platform.machine() + ' ' + platform.system(),
            **json.loads(about)}


def introduce(where):
    print('%s, %s, %d processors, %s vector instructions, %s' %
          (where['date'], where['processor'] or where['system'], where['processors'],
           'with' if where['vectors'] else 'without', where['compiler']))
    if not where['optimised']:
        print('This build is not optimised: what it measures says nothing about a release.')


def measure_c(a, folder, rules):
    """The rows of the C program, and whether hits agreed."""
    path = os.path.join(folder, 'rows.jsonl')
    command = [a.bench, '--inputs', folder, '--json', path]
    for option in ('only', 'rounds', 'slice'):
        if getattr(a, option):
            command += ['--' + option, str(getattr(a, option))]
    status = subprocess.run(command + rules, check=False,
                            stdout=None if a.verbose else subprocess.DEVNULL).returncode
    if not os.path.exists(path):
        return [], status
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f], status


def count(a, folder):
    """Work that is counted, the same on every machine."""
    if not a.counters:
        return []
    done = subprocess.run([a.counters, '--inputs', folder], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--bench', required=True, help='the program that measures the C peers')
    p.add_argument('--counters', help='the program that counts work')
    p.add_argument('--rule-check', help='the command, for its cold start')
    p.add_argument('--data', help='folder with lexicons/, listings/ and private/; '
                                  'without it the samples of the repository')
    p.add_argument('--lexicon', help='file with a term a line')
    p.add_argument('--peers', help='folder with peers of other languages, as tools/bench builds')
    p.add_argument('--only', help='groups of rows, with commas; "programs" are other languages, '
                                  '"counters" counted work')
    p.add_argument('--tiny', action='store_true', help='a hundredth of everything, to try it')
    p.add_argument('--rounds', type=int)
    p.add_argument('--slice', type=int, help='milliseconds')
    p.add_argument('--json', help='where to write all figures')
    p.add_argument('--chart', help='where to write the picture (SVG)')
    p.add_argument('--markdown', help='where to write the table for a document')
    p.add_argument('--gate', nargs='?', const=gate.RECORDED,
                   help='fail when a figure is worse than this file allows; recorded.json')
    p.add_argument('--record', nargs='?', const=gate.RECORDED,
                   help='write the figures that --gate reads; recorded.json')
    p.add_argument('--seed', type=int, help='draw other texts and words from the same data')
    p.add_argument('--digests', action='store_true', help='print the digest of each input')
    p.add_argument('--verbose', action='store_true', help='print rows as they come')
    return p.parse_args()


def write(path, text):
    if path:
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)


def measure(a, folder, rules):
    """(rows of the groups that are wanted, what the C program ended with)."""
    groups = a.only.split(',') if a.only else []
    status, rows = 0, []
    if not groups or set(groups) - {'programs', 'counters'}:
        rows, status = measure_c(a, folder, rules)
    if not groups or 'counters' in groups:
        rows += count(a, folder)
    if not groups or 'programs' in groups:
        rows += programs.measure(a, folder, rules)
        rows.append(programs.cold_start(a, folder, rules))
    return rows, status


TINY = 'Tiny inputs: that it runs is all that this shows.'


def shown(a, rows):
    """Nothing is held against goals where hardly anything was measured."""
    return [{k: v for k, v in r.items() if k != 'goal'} for r in rows] if a.tiny else rows


def show(a, result):
    rows = shown(a, result['rows'])
    print(table.text(rows))
    known = table.peers(rows)
    print('\n'.join(filter(None, ('Peers: %s.' % known if known else '', table.noise(rows)))))
    if a.tiny:
        print(TINY)
    write(a.json, json.dumps(result, indent=1, ensure_ascii=False) + '\n')
    write(a.chart, chart.draw(result))
    write(a.markdown, table.markdown(rows) + '\n')
    write(a.record, gate.record(result))


def main():
    a = arguments()
    rules = sorted(glob.glob(os.path.join(ROOT, 'rules-data', '**', '*.xml'), recursive=True))
    where = machine(a.bench)
    introduce(where)
    # Texts that are not ours to keep go when this ends.
    with tempfile.TemporaryDirectory(prefix='librules-bench-') as folder:
        manifest = make_inputs(a, folder)
        describe(manifest, a)
        rows, status = measure(a, folder, rules)
        result = {'machine': where, 'tiny': a.tiny, 'inputs': manifest, 'rows': rows}
        show(a, result)
        if a.gate:
            status = gate.judge(result, a.gate, lambda: measure(a, folder, rules)[0]) or status
    disagreed = [r['id'] for r in rows if r.get('absent') == 'hits differ']
    if disagreed:
        print('hits differ: ' + '; '.join(disagreed))
    return status or bool(disagreed)


if __name__ == '__main__':
    # Ended from outside, too, it takes the inputs away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit('interrupted: nothing was written')
