#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the sources must not contain, and what they must look like."""
import argparse
import re
import sys
import unicodedata

from sources import expect, finish, line_of, read, strip, tracked

COLUMNS = 100

# Functions that nothing in librules/ may call, and why.
BANNED = [
    (r'strcpy|strncpy|strcat|strncat|stpcpy|sprintf|vsprintf|gets|sscanf|alloca',
     'writes or reads without a bound'),
    (r'strtok|strtok_r|strtod|strtof|atoi|atol|atoll|atof|setlocale|uselocale|newlocale|localeconv'
     r'|isalpha|isdigit|isspace|isalnum|toupper|tolower|strcoll|strcasecmp|strncasecmp',
     'keeps state or follows the locale'),
    (r'getenv|secure_getenv|setenv|putenv|unsetenv', 'reads or changes the environment'),
    (r'signal|sigaction|raise|fork|vfork|system|popen|exec[lv]p?e?', 'belongs to the host'),
    (r'pthread_create|thrd_create', 'the library starts no threads'),
    (r'localtime|gmtime|localtime_r|mktime|timegm|tzset|strftime', 'time zones come from facts/'),
    (r'rand|srand|random|drand48', 'results are reproducible'),
    (r'exit|_exit|_Exit|quick_exit|abort|atexit', 'the host decides when to end'),
    (r'printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|fputc|putc|perror|fwrite',
     'output goes through callbacks'),
    (r'xmlCleanupParser|xmlSetGenericErrorFunc|xmlSetStructuredErrorFunc|xmlMemSetup|xmlGcMemSetup'
     r'|u_cleanup|u_setMemoryFunctions|xmlSetExternalEntityLoader',
     'changes another library for the whole process'),
]
# Functions with one home.
HOMES = [
    (r'malloc|calloc|realloc|reallocarray|free|strdup|strndup|aligned_alloc|posix_memalign'
     r'|asprintf|vasprintf|open_memstream|getline',
     ('librules/base/mem.c',), 'memory comes from struct mem'),
    (r'xmlInitParser', ('librules/xml/reader.c',), 'libxml2 is initialised in one place'),
    (r'clock_gettime', ('librules/base/costs.c', 'librules/eval/options.c'),
     'clocks are read in one place'),
]

# Kept apart so that this file does not find itself.
LOOSE_ENDS = '|'.join(('TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'))

CODE = ('.c', '.h', '.cpp', '.def')
SCRIPTS = ('.py', '.sh')


def generator(path):
    """Programs of the build, which print tables and may fail loudly."""
    return path.endswith(('_gen.c', '_gen.cpp'))


def calls(text, names):
    """Calls of plain functions: not members (m->free(), t.free()), not parts of other names."""
    for m in re.finditer(r'(?<![\w.])(?<!->)(%s)\s*\(' % names, text):
        yield m.start(), m.group(1)


def width(line):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def check_bans(path, text):
    code = strip(text)
    found = []
    for names, why in BANNED:
        found += [(at, '%s is banned: %s' % (n, why)) for at, n in calls(code, names)]
    for names, homes, why in HOMES:
        if path not in homes:
            found += [(at, '%s is used in %s only: %s' % (n, ' and '.join(homes), why))
                      for at, n in calls(code, names)]
    for m in re.finditer(r'\b(_Thread_local|thread_local|__thread|goto\s*\*)', code):
        found.append((m.start(), '%s: all state lives in objects' % m.group(1)))
    return ['%s:%d: %s' % (path, line_of(code, at), what) for at, what in sorted(found)]


def declarations(code):
    """(offset, head, depth) of everything that ends in ; = or { outside parentheses."""
    depth = parens = 0
    start = 0
    i = 0
    while i < len(code):
        c = code[i]
        if c in '([':
            parens += 1
        elif c in ')]':
            parens -= 1
        elif parens == 0 and c in ';{}=':
            head = code[start:i]
            if c in ';={' and head.strip():
                yield start + len(head) - len(head.lstrip()), head.strip(), c, depth
            if c == '=':
                # Skip the initialiser.
                level = 0
                while i < len(code) and not (code[i] == ';' and level == 0):
                    level += (code[i] in '({[') - (code[i] in ')}]')
                    i += 1
            elif c == '{':
                # extern "C" and namespaces are transparent.
                if not re.search(r'\bextern\s+"[^"]*"$|\bnamespace\b[\w\s]*$', head.strip()):
                    depth += 1
            elif c == '}':
                depth = max(0, depth - 1)
            start = i + 1
        i += 1


def is_mutable_object(head, end):
    """Whether a declaration makes an object that can change."""
    head = ' '.join(head.split())
    head = re.sub(r'__attribute__\s*\(\(.*?\)\)', '', head)
    if end == '{' or re.match(r'(typedef|extern|namespace|return|goto|case|default|using|template'
                              r'|_?[Ss]tatic_assert)\b', head):
        return False
    if 'constexpr' in head:
        return False
    to_function = re.match(r'[\w\s*]*\(\s*\*\s*(const\s+)?\w+\s*(\[[^\]]*\])*\s*\)\s*\(', head)
    if to_function:
        return not to_function.group(1)
    if '(' in head and end != '=':
        return False
    if re.match(r'(static\s+)?(const\s+)?(struct|union|enum)\s+\w+$', head):
        return False
    if not re.match(r'[A-Za-z_][\w\s*,\[\]+\-/()]*$', head) or ' ' not in head:
        return False
    tail = head.rsplit('*', 1)
    return not re.search(r'\bconst\b', tail[-1])


def check_globals(path, text):
    code = strip(text)
    code = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*',
                  lambda m: re.sub(r'[^\n]', ' ', m.group(0)), code, flags=re.M)
    problems = []
    for at, head, end, depth in declarations(code):
        # At file scope everything counts; inside functions what is static.
        if depth and not re.match(r'static\b', head):
            continue
        if is_mutable_object(head, end):
            problems.append('%s:%d: an object that can change outside any object of the library: %s'
                            % (path, line_of(code, at), ' '.join(head.split())[:60]))
    return problems


def check_lines(path, text):
    problems = []
    for n, line in enumerate(text.split('\n'), 1):
        where = '%s:%d' % (path, n)
        if '\t' in line:
            problems.append(where + ': a tab')
        if line != line.rstrip():
            problems.append(where + ': blanks at the end')
        if width(line) > COLUMNS:
            problems.append('%s: %d columns, more than %d' % (where, width(line), COLUMNS))
        if re.search(r'\b(%s)\b' % LOOSE_ENDS, line):
            problems.append(where + ': a loose end; finish it or file an issue')
    if text and not text.endswith('\n'):
        problems.append(path + ': no newline at the end')
    if text.endswith('\n\n'):
        problems.append(path + ': empty lines at the end')
    if 'SPDX-License-Identifier: Apache-2.0' not in '\n'.join(text.split('\n', 3)[:3]):
        problems.append(path + ': no line "SPDX-License-Identifier: Apache-2.0" at the top')
    return problems


def check_guard(path, text):
    """Private headers have guards named after their path."""
    if not path.startswith('librules/') or not path.endswith('.h'):
        return []
    guard = re.sub(r'\W', '_', path).upper()
    if re.search(r'#ifndef %s\n#define %s\n' % (guard, guard), text):
        return []
    return ['%s: no include guard %s' % (path, guard)]


def check(path, text):
    problems = []
    script = path.endswith(SCRIPTS) or text.startswith('#!') or path.endswith('meson.build')
    if path.endswith(CODE) or script:
        problems += check_lines(path, text)
    if path.startswith('librules/') and path.endswith(CODE):
        if not generator(path):
            problems += check_bans(path, text)
            problems += check_globals(path, text)
        problems += check_guard(path, text)
    return problems


SPDX = '/* SPDX-License-Identifier: Apache-2.0 */\n'


def self_test():
    bad = []

    def refused(line, word, path='librules/eval/a.c'):
        found = check(path, SPDX + line + '\n')
        expect(bad, '%s must be refused' % line.strip(), any(word in p for p in found))

    def passes(line, path='librules/eval/a.c'):
        found = check(path, SPDX + line + '\n')
        expect(bad, '%s must pass: %s' % (line.strip(), found), not found)

    def body(line):
        return 'static int f(void)\n{\n    %s\n}' % line

    for call in ('strcpy(a, b)', 'strcat(a, b)', 'sprintf(a, b)', 'gets(a)', 'strtok(a, b)',
                 'setlocale(0, 0)', 'getenv(a)', 'signal(2, f)', 'pthread_create(a, b, c, d)',
                 'xmlCleanupParser()', 'xmlSetGenericErrorFunc(0, 0)', 'xmlInitParser()',
                 'exit(1)', 'abort()', 'printf(a)', 'fprintf(a, b)', 'p = malloc(1)',
                 'p = calloc(1, 1)', 'p = realloc(p, 1)', 'free (p)', 'p = strdup(a)',
                 'clock_gettime(0, &t)', 'localtime(&t)'):
        refused(body(call + ';'), re.search(r'(\w+) ?\(', call).group(1))
    for global_ in ('static int count;', 'int count = 0;', 'static const char *names[2];',
                    'static int table[] = {1, 2};', 'static void (*hook)(int);',
                    'struct mem here;', 'static struct point p = {1, 2};', '_Atomic int n;',
                    body('static int calls;'), body('static char buffer[10];')):
        refused(global_, 'can change')
    refused('static _Thread_local int x;', '_Thread_local')
    refused('#define A 1\nstatic int x;', ':3: an object')
    for fine in ('static const int count = 1;', 'static const char *const names[] = {"a", "b"};',
                 'static int f(int (*each)(void *), void *user);', 'struct point;',
                 'struct point {\n    int x;\n};', 'enum { A = 1 };', 'typedef int (*fn)(void);',
                 'extern const struct mem mem_libc;', 'static void (*const hook)(int) = f;',
                 'static_assert(sizeof(int) == 4, "int");', 'MESSAGE(12, "free(p)")',
                 body('int x = 1;'), body('static const int x = 1;'), body('m->free(p);'),
                 body('mem_free(p);'), '/* never call malloc() or exit() */',
                 'static const struct mem m = {f, g};', body('return snprintf(a, 1, "x") > 0;'),
                 'static const uint8_t grid[2][2] = {{1, 2}, {3, 4}};'):
        passes(fine)
    passes(body('free(p);'), 'librules/base/mem.c')
    passes(body('xmlInitParser();'), 'librules/xml/reader.c')
    passes(body('printf("x");'), 'tools/a.c')
    passes(body('exit(1);'), 'librules/text/fold_gen.c')
    for line, word in (('\tint x;', 'a tab'), ('int x; ', 'blanks'), ('/*' + 'x' * 99, 'columns'),
                       ('/*' + '\u5b57' * 50 + '*/', 'columns'), ('/* TO' 'DO later */', 'loose'),
                       ('/* FIX' 'ME */', 'loose'), ('/* XX' 'X */', 'loose'),
                       ('/* HA' 'CK */', 'loose'), ('int x;\n', 'empty lines')):
        refused(line, word, 'tools/a.c')
    for path in ('tools/a.c', 'include/librules/a.h', 'librules/facts/json.cpp', 'tests/a.py',
                 'tests/a.sh'):
        expect(bad, 'missing SPDX in ' + path, any('SPDX' in p for p in check(path, 'x\n')))
    for path, text, word in (('tools/a', '#!/bin/sh\n', 'SPDX'),
                             ('tools/a.c', SPDX + 'x', 'newline'),
                             ('librules/set/a.h', SPDX + '#pragma once\n', 'guard')):
        expect(bad, path + ': ' + word, any(word in p for p in check(path, text)))
    return finish('codestyle self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    problems = []
    for name in tracked(a.root):
        # Data of tests and rules is checked by its own suites.
        if not name.endswith(CODE + SCRIPTS + ('meson.build',)) and '.' in name.split('/')[-1]:
            continue
        problems += check(name, read(a.root, name))
    return finish('codestyle', problems)


if __name__ == '__main__':
    sys.exit(main())
