# SPDX-License-Identifier: Apache-2.0
"""Whether figures are worse than recorded ones. Ratios wobble and get a margin; counters do not."""
import hashlib
import json

MARGIN = 0.8      # of a recorded ratio
COUNTERS = 1.001  # of a recorded counter: rounding


def inputs_digest(manifest):
    """Figures of other inputs say nothing."""
    text = json.dumps({n: f['sha256'] for n, f in sorted(manifest['files'].items())})
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def goodness(row):
    """Ratios that are to be high; None where there is nothing to compare."""
    if row.get('dropped', 0) > 2 * row.get('rounds', 0):
        return None
    return row.get('ratio')


def record(rows, manifest):
    """Figures with three digits: more would be noise."""
    ratios = {r['id']: float('%.3g' % r['ratio']) for r in rows if goodness(r)}
    counters = {r['id']: r['value'] for r in rows if r.get('counter')}
    return json.dumps({'inputs': inputs_digest(manifest), 'ratios': ratios,
                       'counters': counters}, indent=1) + '\n'


def judge(rows, manifest, path):
    with open(path, encoding='utf-8') as f:
        known = json.load(f)
    if known['inputs'] != inputs_digest(manifest):
        print('gate: %s was recorded with other inputs' % path)
        return 1
    worse, seen = [], 0
    for row in rows:
        name = row['id']
        if name in known['ratios'] and goodness(row):
            seen += 1
            if row['ratio'] < MARGIN * known['ratios'][name]:
                worse.append('%s: %.3g, recorded %.3g' % (name, row['ratio'],
                                                          known['ratios'][name]))
        if name in known['counters'] and 'value' in row:
            seen += 1
            if row['value'] > COUNTERS * known['counters'][name]:
                worse.append('%s: %.6g, recorded %.6g' % (name, row['value'],
                                                          known['counters'][name]))
    for line in worse:
        print('gate: ' + line)
    print('gate: %d figures compared, %d worse' % (seen, len(worse)))
    return 1 if worse or not seen else 0
