# SPDX-License-Identifier: Apache-2.0
"""Reads the public headers: exported functions with their comments, and structs."""
import glob
import os
import re
import sys

FUNCTION = re.compile(r'\bRLS_API\b\s*(?:RLS_CHECK\b\s*)?(?P<type>[^;{}()#]*?)'
                      r'\b(?P<name>rls_\w+)\s*\((?P<params>[^;{}]*)\)\s*;')
STRUCT = re.compile(r'^struct (?P<name>\w+) \{(?P<body>.*?)^\};', re.M | re.S)


def headers(root):
    for path in sorted(glob.glob(os.path.join(root, 'include', 'librules', '*.h'))):
        with open(path, encoding='utf-8') as f:
            yield os.path.relpath(path, root), f.read()


def no_comments(text):
    return re.sub(r'/\*.*?\*/', lambda m: re.sub(r'[^\n]', ' ', m.group(0)), text, flags=re.S)


def parameters(text):
    """Names of the parameters of a declaration."""
    names = []
    for part in text.split(','):
        m = re.search(r'(\w+)\s*(\[[^\]]*\])?\s*$', part.strip())
        if m and m.group(1) != 'void':
            names.append(m.group(1))
    return names


def functions(text):
    """(name, returns, parameters, comment, line) of each exported function of a header."""
    plain = no_comments(text)
    for m in FUNCTION.finditer(plain):
        begin = m.start()
        before = text[:begin].rstrip()
        comment = ''
        if before.endswith('*/'):
            comment = before[before.rindex('/*'):]
        yield (m.group('name'), ' '.join(m.group('type').split()), parameters(m.group('params')),
               comment, text.count('\n', 0, m.start('name')) + 1)


def marks(text):
    """How many functions are marked for export: each must have been understood."""
    return len(re.findall(r'^[ \t]*RLS_API\b', no_comments(text), re.M))


def structs(text):
    """(name, [members]) of each struct a header lays open."""
    for m in STRUCT.finditer(no_comments(text)):
        members = []
        for decl in m.group('body').split(';'):
            f = re.search(r'\(\s*\*\s*(\w+)\s*\)\s*\(', decl) or \
                re.search(r'(\w+)\s*(\[[^\]]*\])?\s*$', decl)
            if decl.strip() and f:
                members.append(f.group(1))
        yield m.group('name'), members


if __name__ == '__main__':
    sys.exit('a module, not a program')
