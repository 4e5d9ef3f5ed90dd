#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Terminal output on standard input (UTF-8, ANSI colours) to an SVG picture on standard output.
The same input always gives the same bytes."""
import argparse
import re
import sys
import unicodedata
from html import escape

CELL, LINE, SIZE, EDGE = 8.4, 20, 14, 14
BACK, FRONT = '#16191d', '#d6d9dd'
COLORS = {30: '#5c6370', 31: '#ff6b68', 32: '#7cc36e', 33: '#e5b567', 34: '#6c9ef8', 35: '#c678dd',
          36: '#56b6c2', 37: FRONT}
FONTS = ("ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', "
         "'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Zen Hei', 'PingFang SC', "
         "'Microsoft YaHei', monospace")
SGR = re.compile(r'\x1b\[([0-9;]*)m')


def width(c):
    """Cells of a character. Ambiguous ones are narrow, as in most terminals."""
    if unicodedata.combining(c) or unicodedata.category(c) in ('Mn', 'Me', 'Cf'):
        return 0
    return 2 if unicodedata.east_asian_width(c) in 'WF' else 1


def restyle(style, codes):
    color, bold = style
    for code in [int(n or 0) for n in codes.split(';')]:
        if code == 0:
            color, bold = None, False
        elif code == 1:
            bold = True
        elif code == 22:
            bold = False
        elif code == 39:
            color = None
        elif code in COLORS or code - 60 in COLORS:
            color = COLORS.get(code) or COLORS[code - 60]
        else:
            sys.exit('terminal-svg: colour %d is not known' % code)
    return color, bold


def cells(line, style):
    """(character, cells, style) of each character, and the style at the end."""
    out = []
    at = 0
    for m in SGR.finditer(line):
        out += [(c, width(c), style) for c in line[at:m.start()]]
        style = restyle(style, m.group(1))
        at = m.end()
    return out + [(c, width(c), style) for c in line[at:]], style


def wrap(row, columns):
    rows, here, used = [], [], 0
    for cell in row:
        if used + cell[1] > columns:
            rows.append(here)
            here, used = [], 0
        here.append(cell)
        used += cell[1]
    return rows + [here]


def runs(row):
    """Stretches of one style and one width, which a renderer can be told the length of."""
    at = 0
    here = None
    for c, n, style in row:
        if here and here['style'] == style and (n in (0, here['width'])):
            here['text'] += c
            here['cells'] += n
        else:
            if here:
                yield here
            here = {'text': c, 'at': at, 'cells': n, 'width': n, 'style': style}
        at += n
    if here:
        yield here


def draw_run(run, y):
    text = run['text'].strip(' ')
    if not text:
        return ''
    # Blanks at the edges move the text instead: not every renderer keeps them.
    lead = len(run['text']) - len(run['text'].lstrip(' '))
    blanks = len(run['text']) - len(text)
    color, bold = run['style']
    look = (' fill="%s"' % color if color else '') + (' font-weight="bold"' if bold else '')
    return '<text x="%.1f" y="%d" textLength="%.1f"%s>%s</text>\n' % (
        EDGE + (run['at'] + lead) * CELL, y, (run['cells'] - blanks) * CELL, look,
        escape(text, quote=False))


def picture(lines, columns, title):
    rows, style = [], (None, False)
    for line in lines:
        row, style = cells(line, style)
        rows += wrap(row, columns)
    wide, high = EDGE * 2 + columns * CELL, EDGE * 2 + len(rows) * LINE
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" '
           'role="img">\n' % (wide, high, wide, high),
           '<title>%s</title>\n' % escape(title, quote=False),
           '<rect width="100%%" height="100%%" rx="6" fill="%s"/>\n' % BACK,
           '<g font-family="%s" font-size="%d" fill="%s" xml:space="preserve">\n'
           % (FONTS, SIZE, FRONT)]
    for i, row in enumerate(rows):
        out += [draw_run(r, EDGE + i * LINE + SIZE) for r in runs(row)]
    return ''.join(out) + '</g>\n</svg>\n'


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--command', help='shown first, behind a prompt')
    p.add_argument('--columns', type=int, default=100)
    a = p.parse_args()
    lines = sys.stdin.buffer.read().decode('utf-8').rstrip('\n').split('\n')
    if a.command:
        lines.insert(0, '\x1b[1m$ %s\x1b[m' % a.command)
    sys.stdout.buffer.write(picture(lines, a.columns, a.command or 'terminal').encode('utf-8'))


if __name__ == '__main__':
    main()
