# SPDX-License-Identifier: Apache-2.0
"""
Whether figures are worse than recorded ones. Counted work is the same everywhere and gets no
margin; ratios wobble and get one, and count only where the processor is the recorded one; times
that are aims may take twice as long.
"""
import hashlib
import json
import os

import table

RECORDED = os.path.join(os.path.dirname(os.path.realpath(__file__)), 'recorded.json')
MARGIN = 0.8      # of a recorded ratio
COUNTERS = 1.001  # of a recorded counter: rounding
AIMS = 2          # of a time that is an aim


def inputs_digest(manifest):
    """Figures of other inputs say nothing."""
    text = json.dumps({n: f['sha256'] for n, f in sorted(manifest['files'].items())})
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def goodness(row):
    """Ratios that are to be high; None where there is nothing to compare."""
    if row.get('dropped', 0) > 2 * row.get('rounds', 0):
        return None
    return row.get('ratio')


def record(result):
    """Ratios with three digits: more would be noise."""
    rows = result['rows']
    ratios = {r['id']: float('%.3g' % r['ratio']) for r in rows if goodness(r)}
    counters = {r['id']: r['value'] for r in rows if r.get('counter')}
    return json.dumps({'inputs': inputs_digest(result['inputs']),
                       'processor': result['machine']['processor'], 'ratios': ratios,
                       'counters': counters}, indent=1) + '\n'


def counters(known, rows):
    """(figures compared, what is worse by id): worse at once."""
    found = [(r['id'], r['value'], known['counters'][r['id']]) for r in rows
             if r['id'] in known['counters'] and 'value' in r]
    return len(found), {name: '%.6g, recorded %.6g' % (value, best)
                        for name, value, best in found if value > COUNTERS * best}


def timed(known, rows, processor):
    """The same of what wobbles: it is worse when it is so twice."""
    seen, worse = 0, {}
    for row in rows:
        name, ratio = row['id'], goodness(row)
        if ratio and name in known['ratios'] and processor == known.get('processor'):
            seen += 1
            if ratio < MARGIN * known['ratios'][name]:
                worse[name] = '%.3g, recorded %.3g' % (ratio, known['ratios'][name])
        least = table.least(row)
        if least is not None:
            seen += 1
            if least > AIMS * row['goal']:
                worse[name] = '%.3g %s, an aim of %.3g' % (least, table.unit_of(row), row['goal'])
    return seen, worse


def judge(result, path, again):
    """Prints what is worse; 1 when something is. `again` measures once more what wobbles."""
    with open(path, encoding='utf-8') as f:
        known = json.load(f)
    if known['inputs'] != inputs_digest(result['inputs']):
        print('gate: %s was recorded with other inputs' % path)
        return 1
    processor = result['machine']['processor']
    if processor != known.get('processor'):
        print('gate: recorded on another processor: ratios are not compared')
    counted, worse = counters(known, result['rows'])
    measured, slow = timed(known, result['rows'], processor)
    if slow:
        print('gate: measured once more because of ' + '; '.join(sorted(slow)))
        twice = timed(known, again(), processor)[1]
        worse.update((name, twice[name]) for name in slow if name in twice)
    for name in sorted(worse):
        print('gate: %s: %s' % (name, worse[name]))
    print('gate: %d figures compared, %d worse' % (counted + measured, len(worse)))
    return 1 if worse or not counted + measured else 0
