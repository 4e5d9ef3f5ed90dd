# SPDX-License-Identifier: Apache-2.0
"""The rows as one table for people."""

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


def verdict(row):
    """(what the goal is, whether it is reached)."""
    if 'target' not in row:
        return '', ''
    sign = '≥' if row['target'] == 'faster' else '≤'
    unit = {'below': ' ' + row.get('unit', 'µs'), 'cost': ' x', 'faster': ' x'}[row['target']]
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


def markdown(rows):
    def line(values):
        return '| ' + ' | '.join(values) + ' |'
    return '\n'.join([line(HEAD), line(['---'] * len(HEAD))] + [line(cells(r)) for r in rows])
