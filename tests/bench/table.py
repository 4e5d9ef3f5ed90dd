# SPDX-License-Identifier: Apache-2.0
"""The rows as one table for people."""
import re

HEAD = ('row', 'ours', 'peer', 'ratio', 'lowest to highest', 'texts/s', 'hits', 'allocs', 'goal',
        '', 'differs')


def short(x):
    """Three digits that count."""
    if x is None:
        return ''
    if x >= 1000:
        return '{:,.0f}'.format(x)
    return '%.3g' % x


def figure(row):
    """What the goal is about."""
    if 'unit' in row:
        value = row.get('value')
        if row.get('target') == 'cost' and value is not None:
            return value / row['peer_value']
        return value
    if row.get('target') == 'below':
        return row['ours_ns'] / 1e3 if 'ours_ns' in row else None
    if 'ratio' not in row:
        return None
    return 1 / row['ratio'] if row.get('target') == 'cost' else row['ratio']


def least(row):
    """The least that a time took which is an aim; None where the row has none."""
    if row.get('target') != 'below' or 'goal' not in row:
        return None
    return row.get('low', figure(row)) if 'unit' in row else figure(row)


def unit_of(row):
    """Of what the goal is about."""
    return row.get('unit', 'µs') if row['target'] == 'below' else '×'


def verdict(row):
    """(what the goal is, whether it is reached)."""
    if 'goal' not in row:
        return '', ''
    sign = '≥' if row['target'] == 'faster' else '≤'
    unit = ' ' + unit_of(row)
    got = figure(row)
    if got is None:
        return '%s %s%s' % (sign, short(row['goal']), unit), ''
    reached = got >= row['goal'] if row['target'] == 'faster' else got <= row['goal']
    return '%s %s%s' % (sign, short(row['goal']), unit), 'reached' if reached else 'MISSED'


def speed(row, who):
    """Nanoseconds of a text, and megabytes a second where that says something."""
    ns = row.get(who + '_ns')
    if ns is None:
        return ''
    if ns > 1e6:
        return '%s ms' % short(ns / 1e6)
    if row.get('target') == 'below':
        return '%s ns' % short(ns)
    return '%s ns, %s MB/s' % (short(ns), short(row['text_bytes'] * 1e3 / ns))


def cells(row):
    goal, reached = verdict(row)
    if 'absent' in row:
        return [row['id'], 'not measured: ' + row['absent'], '', '', '', '', '', '', goal, '', '']
    if 'unit' in row:
        got = figure(row) if row.get('target') == 'cost' else None
        spread = '%s to %s' % (short(row['low']), short(row['high'])) if 'low' in row else ''
        return [row['id'], '%s %s' % (short(row['value']), row['unit']),
                short(row.get('peer_value')), short(got), spread, '', '', '', goal, reached,
                row.get('note') or '']
    hits = short(row.get('ours_hits', 0)) if row.get('counted') else ''
    if hits and row.get('ratio'):
        hits += ' / ' + short(row.get('peer_hits', 0))
    cost = row.get('target') == 'cost'
    ends = sorted(1 / row[k] if cost else row[k] for k in ('low', 'high')) if 'ratio' in row else ()
    return [row['id'], speed(row, 'ours'), speed(row, 'peer'),
            short(1 / row['ratio'] if cost else row['ratio']) if 'ratio' in row else '',
            '%s to %s' % tuple(map(short, ends)) if ends else '',
            short(1e9 / row['ours_ns']), hits,
            '' if row.get('allocations') is None else short(row['allocations']), goal, reached,
            row.get('note') or '']


def text(rows):
    lines = [list(HEAD)] + [cells(r) for r in rows]
    # What is not measured says so across the columns.
    widths = [max(len(line[i]) for line in lines
                  if i != 1 or not line[1].startswith('not measured')) for i in range(len(HEAD))]
    out = []
    for line in lines:
        if line[1].startswith('not measured'):
            out.append('%-*s  %s' % (widths[0], line[0], line[1]))
        else:
            out.append('  '.join(('%-*s' if i in (0, len(HEAD) - 1) else '%*s') % (w, c)
                                 for i, (w, c) in enumerate(zip(widths, line))).rstrip())
    return '\n'.join(out)


def in_columns(rows, names):
    shown = [HEAD.index(name) for name in names]
    # Behind a goal stands whether it is reached.
    shown += [HEAD.index('goal') + 1] if 'goal' in names else []

    def line(values):
        return '| ' + ' | '.join(values[i] for i in shown) + ' |'
    rule = ['---:' if name == 'ratio' else '---' for name in HEAD]
    return '\n'.join([line(HEAD), line(rule)] + [line(cells(r)) for r in rows])


def markdown(rows):
    """For a document: what has a goal, then what has none; what is not measured is left out."""
    measured = [r for r in rows if 'absent' not in r]
    columns = ('row', 'ours', 'peer', 'ratio', 'lowest to highest')
    return in_columns([r for r in measured if 'goal' in r], columns + ('goal',)) + '\n\n' + \
        in_columns([r for r in measured if 'goal' not in r], columns)


def peers(rows):
    """What was compared with, by version."""
    found = (re.match(r'[A-Za-z][\w-]* [0-9][0-9.]*', r.get('peer') or '') for r in rows
             if 'absent' not in r)
    return ', '.join(sorted({m.group() for m in found if m}))


def noise(rows):
    """How calm the machine was while this was measured; empty where nothing was timed."""
    known = [r for r in rows if r.get('loud_ns')]
    if not known:
        return ''
    calm, loud = min(r['calm_ns'] for r in known), max(r['loud_ns'] for r in known)
    pairs = sum(r.get('rounds', 0) + r.get('dropped', 0) for r in known)
    slices = [r for r in known if 'wall_ns' in r]
    share = sum(r['cpu_ns'] for r in slices) / max(sum(r['wall_ns'] for r in slices), 1)
    return ('The sentinel loop took %s to %s µs; of %d pairs of slices %d were dropped because it '
            'changed between them; the processor was ours for %.0f %% of the time.'
            % (short(calm / 1e3), short(loud / 1e3), pairs, sum(r.get('dropped', 0) for r in known),
               100 * share))
