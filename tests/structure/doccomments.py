#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every exported function says what it does, takes and returns, which thread may call it, and
since when."""
import argparse
import re
import sys

import api
from sources import expect, finish


def check(path, text):
    problems = []
    for name, returns, params, comment, line in api.functions(text):
        def complain(what):
            problems.append('%s:%d: %s: %s' % (path, line, name, what))

        if not comment.startswith('/**'):
            complain('no documentation comment')
            continue
        body = re.sub(r'^[ \t]*/?\*+/?', '', comment, flags=re.M)
        if not re.match(r'\s*[A-Z].*?\.', body, re.S):
            complain('the comment begins with a sentence')
        documented = re.findall(r'@param(?:\[[a-z,]+\])?[ \t]+(\w+)[ \t]+\S', body)
        if documented != params:
            complain('@param %s, parameters %s' % (', '.join(documented) or 'none',
                                                   ', '.join(params) or 'none'))
        if (returns == 'void') == bool(re.search(r'@return[ \t]+\S', body)):
            complain('@return for a void function' if returns == 'void' else 'no @return')
        if not re.search(r'@par Threads[ \t]+\S', body):
            complain('no "@par Threads" with a text')
        if not re.search(r'@since \d+\.\d+[ \t]*$', body, re.M):
            complain('no "@since" with a version')
    return problems


GOOD = '''/**
 * Does it.
 * @param a      the one
 * @param[out] b the other
 * @return RLS_OK
 * @par Threads any
 * @since 0.1
 */
RLS_API int rls_f(int a, int *b);
'''


def self_test():
    bad = []
    expect(bad, 'good: %s' % check('a.h', GOOD), not check('a.h', GOOD))
    for gone in ('/**', ' * Does it.\n', ' * @param a      the one\n',
                 ' * @param[out] b the other\n',
                 ' * @return RLS_OK\n', ' * @par Threads any\n', ' * @since 0.1\n'):
        expect(bad, 'without ' + gone.strip(),
               check('a.h', GOOD.replace(gone, '/*' if gone == '/**' else '')))
    expect(bad, 'wrong name', check('a.h', GOOD.replace('int a,', 'int c,')))
    expect(bad, 'void', check('a.h', GOOD.replace('RLS_API int', 'RLS_API void')))
    return finish('doccomments self-test', bad)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--self-test', action='store_true')
    p.add_argument('--root', default='.')
    a = p.parse_args()
    if a.self_test:
        return self_test()
    problems = []
    for path, text in api.headers(a.root):
        problems += check(path, text)
    return finish('doccomments', problems)


if __name__ == '__main__':
    sys.exit(main())
