#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may use whom. Checks the #include lines and, given the static library, what is called."""
import argparse
import os
import re
import subprocess
import sys
from collections import defaultdict

from sources import expect, finish, line_of, read, strip, tracked

# A folder of librules/ and the folders it may use. Public headers are open to all.
MATRIX = {
    'base':    '',
    'text':    'base',
    'match':   'base text',
    'facts':   'base text',
    'xml':     'base',
    'model':   'base xml',
    'set':     'base text match facts',
    'finding': 'base set',
    'compile': 'base text match facts xml model set finding',
    'eval':    'base text match facts set finding',
    'track':   'base text match facts set finding eval',
    'report':  'base set finding',
}

# Judging never reaches reading rules, however long the way.
BUILDING = {'xml', 'model', 'compile'}
JUDGING = {'eval', 'track', 'report'}

# Other libraries: how their headers begin, and the only files that may include them.
OUTSIDE = {
    'libxml2':  (('libxml/',), ('xml/reader.c',)),
    'ICU':      (('unicode/',), ('text/icu.c', 'text/fold_gen.c', 'text/sound_gen.c',
                               'text/pair_gen.cpp', 'text/variant_gen.c', 'facts/zone.c')),
    'PCRE2':    (('pcre2.h',), ('match/pattern_code.h',)),
    'simdjson': (('simdjson.h',), ('facts/json.cpp',)),
    'libmd':    (('sha2.h', 'md5.h', 'sha.h'), ('set/digest.c', 'text/digest_gen.c',
                                                 'tools/digest.c')),
    'wide registers': (('immintrin.h',), ('match/fast_avx512.c', 'match/fast_avx2.c')),
    'pthread':  (('pthread.h', 'threads.h'), ('set/holder.c',)),
}

# What the C library and POSIX offer; anything else is an outside library.
SYSTEM = set('''assert ctype errno fcntl fenv float inttypes iso646 limits locale math signal
    stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings time
    unistd uchar wchar wctype getopt dirent iconv poll sched glob libgen fnmatch
    sys/stat sys/types sys/mman sys/time sys/wait sys/resource sys/ioctl sys/uio'''.split())
SYSTEM_CPP = set('''algorithm array atomic charconv cstddef cstdint cstdlib cstring limits memory
    new set string string_view type_traits utility vector'''.split())

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(<[^>]+>|"[^"]+")', re.M)


def allowed(folder):
    return set(MATRIX[folder].split()) | {folder}


def closure(edges, start):
    seen, todo = set(), [start]
    while todo:
        for n in edges.get(todo.pop(), ()):
            if n not in seen:
                seen.add(n)
                todo.append(n)
    return seen


def check_matrix():
    """The table itself: known names, no cycle, no way from judging to building."""
    problems = []
    edges = {f: allowed(f) - {f} for f in MATRIX}
    for f, uses in edges.items():
        problems += ['matrix: %s uses unknown folder %s' % (f, u)
                     for u in sorted(uses - set(MATRIX))]
        if f in closure(edges, f):
            problems.append('matrix: %s reaches itself' % f)
        if f in JUDGING:
            problems += ['matrix: %s reaches %s' % (f, b)
                         for b in sorted(closure(edges, f) & BUILDING)]
    return problems


def check_outside(name, where, header):
    for library, (starts, files) in OUTSIDE.items():
        if any(header.startswith(s) if s.endswith('/') else header == s for s in starts):
            if name not in files:
                return ['%s: %s may be included in %s only' % (where, library, ', '.join(files))]
            return []
    known = header.endswith('.h') and header[:-2] in SYSTEM
    if name.endswith('.cpp'):
        known = known or header in SYSTEM_CPP
    return [] if known else ['%s: <%s> is not a header of the C library' % (where, header)]


def check_library_file(name, text, graph):
    """A file of librules/, its name relative to there."""
    problems = []
    folder = name.split('/')[0]
    if folder not in MATRIX:
        return ['librules/%s: no such folder in the matrix' % name]
    # Comments go, the names of the headers stay.
    for m in INCLUDE.finditer(strip(text, keep_strings=True)):
        where = 'librules/%s:%d' % (name, line_of(text, m.start()))
        quoted, header = m.group(1)[0] == '"', m.group(1)[1:-1]
        if header.startswith('librules/'):
            if quoted:
                problems.append('%s: public headers are written <%s>' % (where, header))
        elif quoted:
            if '..' in header.split('/'):
                problems.append('%s: "%s": paths begin in librules/' % (where, header))
                continue
            target = header if '/' in header else folder + '/' + header
            to = target.split('/')[0]
            graph[name].add(target)
            if to not in MATRIX:
                problems.append('%s: "%s" is in no folder of the matrix' % (where, header))
            elif to not in allowed(folder):
                problems.append('%s: %s may not use %s' % (where, folder, to))
        else:
            problems += check_outside(name, where, header)
    return problems


def check_user_file(name, text):
    """A file of tools/ or examples/: the installed surface only."""
    problems = []
    base = os.path.dirname(name)
    for m in INCLUDE.finditer(strip(text, keep_strings=True)):
        where = '%s:%d' % (name, line_of(text, m.start()))
        quoted, header = m.group(1)[0] == '"', m.group(1)[1:-1]
        if quoted:
            # A header of the program's own folder.
            if '..' in header.split('/') or re.match(r'(librules|%s)/' % '|'.join(MATRIX), header):
                problems.append('%s: "%s": %s sees <librules/...> only'
                                % (where, header, base.split('/')[0]))
        elif not header.startswith('librules/') and header != 'pthread.h':
            problems += check_outside(name, where, header)
    return problems


def check_files(files):
    """files: path from the top -> text."""
    problems, graph = [], defaultdict(set)
    for path, text in files.items():
        if not path.endswith(('.c', '.h', '.cpp', '.def')):
            continue
        if path.startswith('librules/'):
            problems += check_library_file(path[len('librules/'):], text, graph)
        elif path.startswith(('tools/', 'examples/')):
            problems += check_user_file(path, text)
    for name in sorted(graph):
        if name in closure(graph, name):
            problems.append('librules/%s includes itself, by way of others' % name)
        if name.split('/')[0] in JUDGING:
            problems += ['librules/%s reaches %s' % (name, t) for t in sorted(closure(graph, name))
                         if t.split('/')[0] in BUILDING]
    return problems


def check_calls(symbols):
    """symbols: (object, kind, symbol) of nm. Calls keep the matrix even without a header; exported
    functions are open to all, except that judging must not reach building through them."""
    problems, home, edges = [], {}, defaultdict(set)
    for obj, kind, symbol in symbols:
        if kind in 'TDRBC' and home.setdefault(symbol, obj) != obj:
            problems.append('%s is defined by %s and %s' % (symbol, home[symbol], obj))
    folder_of = {o: re.sub(r'^(meson-generated_|\.\._)+', '', o).split('_')[0]
                 for o, _, _ in symbols}
    for obj, kind, symbol in symbols:
        to = home.get(symbol)
        if kind != 'U' or to is None or to == obj:
            continue
        edges[obj].add(to)
        a, b = folder_of[obj], folder_of[to]
        if a in MATRIX and b in MATRIX and b not in allowed(a) and not symbol.startswith('rls_'):
            problems.append('%s calls %s of %s: %s may not use %s' % (obj, symbol, to, a, b))
    for obj in sorted(edges):
        if folder_of[obj] in JUDGING:
            problems += ['%s reaches %s by calls' % (obj, t) for t in sorted(closure(edges, obj))
                         if folder_of[t] in BUILDING]
    return problems


def nm(nm_program, archive):
    out = subprocess.run([nm_program, '-A', '-P', archive], capture_output=True, text=True,
                         check=True).stdout
    symbols = []
    for line in out.splitlines():
        m = re.match(r'.*\[(?:.*/)?([^/\]]+)\]: (\S+) (\S)', line)
        if m and (m.group(3).isupper() or m.group(3) == 'w'):
            symbols.append((m.group(1), m.group(3), m.group(2)))
    return symbols


def self_test():
    bad = []

    def refused(name, path, text, word):
        found = check_files({path: text})
        expect(bad, name, any(word in p for p in found))

    def passes(name, path, text):
        found = check_files({path: text})
        expect(bad, '%s: %s' % (name, found), not found)

    refused('upward', 'librules/base/a.c', '#include "text/forms.h"\n', 'may not use text')
    refused('eval to compile', 'librules/eval/a.c', '#include "compile/c.h"\n', 'may not use')
    refused('report to text', 'librules/report/a.c', '  #  include "text/forms.h"\n', 'may not use')
    refused('unknown folder', 'librules/misc/a.c', '\n', 'no such folder')
    refused('dots', 'librules/eval/a.c', '#include "../base/mem.h"\n', 'begin in')
    refused('libxml2', 'librules/model/a.c', '#include <libxml/parser.h>\n', 'libxml2 may')
    refused('ICU', 'librules/match/a.c', '#include <unicode/uchar.h>\n', 'ICU may')
    refused('PCRE2', 'librules/match/scan.c', '#include <pcre2.h>\n', 'PCRE2 may')
    refused('simdjson', 'librules/facts/b.cpp', '#include <simdjson.h>\n', 'simdjson may')
    refused('libmd', 'librules/eval/a.c', '#include <sha2.h>\n', 'libmd may')
    refused('pthread', 'librules/eval/a.c', '#include <pthread.h>\n', 'pthread may')
    refused('unknown library', 'librules/base/a.c', '#include <glib.h>\n', 'not a header')
    refused('quoted public', 'librules/base/a.c', '#include "librules/base.h"\n', 'are written')
    refused('tool inside', 'tools/a.c', '#include "base/mem.h"\n', 'sees')
    refused('tool library', 'tools/a.c', '#include <libxml/parser.h>\n', 'may be included')
    refused('example inside', 'examples/a.c', '#include "../librules/base/mem.h"\n', 'sees')
    passes('comment', 'librules/base/a.c', '/* #include "text/forms.h" */\n')
    passes('good', 'librules/eval/a.c', '#include <librules/set.h>\n#include <string.h>\n'
           '#include "own.h"\n#include "set/program.h"\n')
    passes('good tool', 'tools/a.c', '#include <librules/librules.h>\n#include "args.h"\n')
    found = check_files({'librules/base/a.h': '#include "base/b.h"\n',
                         'librules/base/b.h': '#include "base/a.h"\n'})
    expect(bad, 'cycle of files', any('includes itself' in p for p in found))
    found = check_files({'librules/eval/a.c': '#include "set/p.h"\n',
                         'librules/set/p.h': '#include "model/m.h"\n'})
    expect(bad, 'long way', any('eval/a.c reaches model/m.h' in p for p in found))
    found = check_calls([('eval_a.c.o', 'U', 'model_read'), ('model_m.c.o', 'T', 'model_read')])
    expect(bad, 'call', any('may not use model' in p for p in found))
    found = check_calls([('report_a.c.o', 'U', 'rls_x'), ('set_s.c.o', 'T', 'rls_x'),
                         ('set_s.c.o', 'U', 'rls_y'), ('compile_c.c.o', 'T', 'rls_y')])
    expect(bad, 'call by exported names', any('reaches compile' in p for p in found))
    found = check_calls([('xml_a.c.o', 'T', 'scan'), ('match_b.c.o', 'T', 'scan')])
    expect(bad, 'one name, two functions', any('is defined by' in p for p in found))
    for key, value in (('base', 'eval'), ('set', 'compile'), ('eval', 'nothing')):
        kept, MATRIX[key] = MATRIX[key], value
        expect(bad, 'table %s: %s' % (key, value), check_matrix())
        MATRIX[key] = kept
    return finish('matrix self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    p.add_argument('--archive', help='the static library')
    p.add_argument('--nm', default='nm')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    files = {n: read(a.root, n) for n in tracked(a.root)
             if n.endswith(('.c', '.h', '.cpp', '.def'))}
    problems = check_matrix() + check_files(files)
    if a.archive:
        symbols = nm(a.nm, a.archive)
        if not symbols:
            problems.append('%s: no symbols' % a.archive)
        problems += check_calls(symbols)
    return finish('matrix', problems)


if __name__ == '__main__':
    sys.exit(main())
