# SPDX-License-Identifier: Apache-2.0
"""The ratios as bars, and how a check grows with the number of rules, as one SVG picture."""
import math
import re
from xml.sax.saxutils import escape

import table

WIDTH, LEFT, RIGHT, ROW = 1120, 270, 360, 22
COLOURS = {'reached': '#2e7d32', 'MISSED': '#c62828', '': '#546e7a'}
CURVE = 240  # height of the second part


class Picture:
    def __init__(self):
        self.parts = []

    def text(self, x, y, words, anchor='start', size=13, colour='#212121', weight='normal'):
        self.parts.append('<text x="%.1f" y="%.1f" text-anchor="%s" font-size="%d" fill="%s" '
                          'font-weight="%s">%s</text>' % (x, y, anchor, size, colour, weight,
                                                        escape(words)))

    def box(self, x, y, width, height, colour):
        self.parts.append('<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>'
                          % (x, y, max(width, 0.5), height, colour))

    def line(self, x1, y1, x2, y2, colour, dashed=False, width=1.0):
        self.parts.append('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" '
                          'stroke-width="%.1f"%s/>' % (x1, y1, x2, y2, colour, width,
                                                       ' stroke-dasharray="4 3"' * dashed))

    def dot(self, x, y, colour):
        self.parts.append('<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>' % (x, y, colour))

    def whole(self, height, title):
        return ('<!-- SPDX-License-Identifier: Apache-2.0 -->\n'
                '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
                'viewBox="0 0 %d %d" role="img" font-family="sans-serif">\n'
                '<title>%s</title>\n<rect width="%d" height="%d" fill="#ffffff"/>\n%s\n</svg>\n'
                % (WIDTH, height, WIDTH, height, escape(title), WIDTH, height,
                   '\n'.join(self.parts)))


def scale(rows, goals):
    """(power of ten on the left, on the right, where a ratio stands)."""
    values = [r[k] for r in rows for k in ('low', 'high', 'ratio')] + goals + [1]
    low = math.floor(math.log10(min(values)))
    high = math.ceil(math.log10(max(values)))
    high += high == low
    return low, high, lambda value: LEFT + (math.log10(value) - low) / (high - low) * \
        (WIDTH - LEFT - RIGHT)


def goal_of(row):
    """As a ratio: a cost that is to be a tenth is ten times as fast."""
    if 'goal' not in row:
        return None
    return 1 / row['goal'] if row['target'] == 'cost' else row['goal']


def bar(p, row, at, y):
    reached = table.verdict(row)[1]
    goal = goal_of(row)
    colour = COLOURS[reached]
    p.text(LEFT - 8, y + 14, row['id'], 'end')
    begin, end = sorted((at(1), at(row['ratio'])))
    p.box(begin, y + 4, end - begin, ROW - 9, colour)
    p.line(at(row['low']), y + ROW / 2, at(row['high']), y + ROW / 2, '#000000')
    words = '%s×' % table.short(row['ratio'])
    words += ', goal ≥ %s×' % table.short(goal) if goal else ''
    p.text(WIDTH - RIGHT + 12, y + 14, words, colour=colour, weight='bold' if goal else 'normal')
    p.text(WIDTH - RIGHT + 186, y + 14, row.get('peer') or '', size=11, colour='#607d8b')
    if goal:
        p.line(at(goal), y + 1, at(goal), y + ROW - 2, '#ef6c00', width=2.5)


def bars(p, rows, top):
    """Ratios on a logarithmic scale; the line at 1 is the peer."""
    if not rows:
        return top
    low, high, at = scale(rows, [g for g in map(goal_of, rows) if g])
    bottom = top + ROW * len(rows)
    for power in range(low, high + 1):
        p.line(at(10 ** power), top - 4, at(10 ** power), bottom, '#cfd8dc')
        p.text(at(10 ** power), bottom + 14, '%g×' % 10 ** power, 'middle', 11, '#607d8b')
    p.line(at(1), top - 4, at(1), bottom, '#455a64', width=1.5)
    for i, row in enumerate(rows):
        bar(p, row, at, top + ROW * i)
    return bottom + 30


def growth(rows):
    """(rules, time of a check) of the scaling rows."""
    found = []
    for row in rows:
        m = re.fullmatch(r'check, (\d+)k rules', row['id'])
        if m and 'ours_ns' in row:
            cost = 1 / row['ratio'] if row.get('ratio') else 1.0
            found.append((int(m.group(1)) * 1000, cost, row['ours_ns']))
    return found


def curve(p, points, top):
    """Time of a check against that with the fewest rules."""
    high = max(2.2, max(c for _, c, _ in points) * 1.1)
    low_x, high_x = math.log10(points[0][0]), math.log10(points[-1][0])

    def place(rules, cost):
        share = (math.log10(rules) - low_x) / (high_x - low_x) if high_x > low_x else 0
        return (LEFT + share * (WIDTH - LEFT - RIGHT), top + CURVE - cost / high * CURVE)

    for tick in range(int(high) + 1):
        _, y = place(points[0][0], tick)
        p.line(LEFT, y, WIDTH - RIGHT, y, '#cfd8dc')
        p.text(LEFT - 8, y + 4, '%d×' % tick, 'end', 11, '#607d8b')
    _, goal = place(points[0][0], 2)
    p.line(LEFT, goal, WIDTH - RIGHT, goal, '#ef6c00', dashed=True, width=2)
    p.text(WIDTH - RIGHT + 12, goal + 4, 'goal: at most 2×', colour='#ef6c00')
    places = [place(r, c) for r, c, _ in points]
    for (x1, y1), (x2, y2) in zip(places, places[1:]):
        p.line(x1, y1, x2, y2, '#1565c0', width=2)
    for (x, y), (rules, cost, ns) in zip(places, points):
        p.dot(x, y, '#1565c0')
        p.text(x, y - 10, '%s×, %s µs' % (table.short(cost), table.short(ns / 1e3)), 'middle', 12)
        p.text(x, top + CURVE + 16, '{:,} rules'.format(rules), 'middle', 11, '#607d8b')
    return top + CURVE + 30


def draw(result):
    rows = result['rows']
    machine = result['machine']
    p = Picture()
    p.text(20, 30, 'Speed of librules as a multiple of each peer’s', size=18, weight='bold')
    p.text(20, 50, '%s, %s, one thread; texts: %s. Median of the rounds; the thin line is the '
           'lowest to the highest.' % (machine['date'], machine['processor'],
                                       result['inputs']['data']), size=12, colour='#607d8b')
    p.text(20, 68, 'Right of 1× librules is faster. Orange: the goal. Green: reached. Red: missed. '
           'Grey: no goal. The scale is logarithmic.', size=12, colour='#607d8b')
    shown = [r for r in rows if r.get('ratio') and not r['id'].startswith('check, ')]
    bottom = bars(p, shown, 90)
    points = growth(rows)
    if len(points) > 1:
        p.text(20, bottom + 20, 'Time of a check as the number of rules grows', size=18,
               weight='bold')
        p.text(20, bottom + 40, 'A list of terms for each rule, the same hits; against the fewest '
               'rules.', size=12, colour='#607d8b')
        bottom = curve(p, points, bottom + 70)
    return p.whole(int(bottom) + 16, 'Speed of librules as a multiple of its peers')
