#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the named character references of HTML, which Python knows, as constant tables."""
import html.entities
import sys


def rows():
    """(name with its semicolon if it has one, code points), by the bytes of the name."""
    return sorted((name, [ord(c) for c in text]) for name, text in html.entities.html5.items())


def write(out):
    names, lines = '', []
    for name, codes in rows():
        first, second = codes + [0] * (2 - len(codes))
        lines.append('    {%d, %d, 0x%x, 0x%x},\n' % (len(names), len(name), first, second))
        names += name
    out.write('/* Made by html_entities.py. */\n#include "text/html_reference.h"\n\n')
    out.write('const char html_entity_names[] = {\n')
    for at in range(0, len(names), 20):
        out.write('    %s,\n' % ', '.join("'%s'" % c for c in names[at:at + 20]))
    out.write('};\n\nconst struct html_entity html_entities[] = {\n%s};\n' % ''.join(lines))
    first = [name[0] for name, _ in rows()]
    starts = [sum(c < chr(code) for c in first) for code in range(129)]
    out.write('const uint16_t html_entity_starts[129] = {\n')
    for at in range(0, len(starts), 16):
        out.write('    %s,\n' % ', '.join(map(str, starts[at:at + 16])))
    out.write('};\n')


with open(sys.argv[1], 'w', encoding='utf-8') as f:
    write(f)
