#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Links between the documents lead somewhere: files exist, and so do the headings after #."""
import argparse
import os
import re
import subprocess
import sys
import unicodedata

LINK = re.compile(r'!?\[[^\]]*\]\(([^)\s]+)\)')
CODE = re.compile(r'^```.*?^```$|`[^`\n]*`', re.M | re.S)


def documents(root):
    try:
        out = subprocess.run(['git', '-C', root, 'ls-files', '-z', '--cached', '--others',
                              '--exclude-standard', '*.md'], capture_output=True,
                             check=True).stdout.decode()
        names = [n for n in out.split('\0') if n]
    except (OSError, subprocess.CalledProcessError):
        names = [os.path.join(folder, n)[len(root) + 1:] for folder in (root, root + '/docs')
                 for n in os.listdir(folder) if n.endswith('.md')]
    return sorted(set(n for n in names if os.path.exists(os.path.join(root, n))))


def slug(heading):
    """As the usual renderers name a heading."""
    text = re.sub(r'[`*_]', '', heading.strip()).lower()
    kept = [c for c in text if c in ' -' or c == '_' or unicodedata.category(c)[0] in 'LNM']
    return ''.join(kept).replace(' ', '-')


def anchors(path):
    with open(path, encoding='utf-8') as f:
        text = re.sub(r'^```.*?^```$', '', f.read(), flags=re.M | re.S)
    return {slug(m.group(1)) for m in re.finditer(r'^#+ +(.*)$', text, re.M)}


def check(root, name):
    with open(os.path.join(root, name), encoding='utf-8') as f:
        text = CODE.sub('', f.read())
    for m in LINK.finditer(text):
        target = m.group(1)
        if re.match(r'[a-z]+:', target):
            continue
        path, _, anchor = target.partition('#')
        file = os.path.join(root, os.path.dirname(name), path) if path else os.path.join(root, name)
        if not os.path.exists(file):
            yield '%s: %s does not exist' % (name, target)
        elif anchor and file.endswith('.md') and anchor not in anchors(file):
            yield '%s: %s has no heading #%s' % (name, path or name, anchor)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--root', default='.')
    root = os.path.realpath(p.parse_args().root)
    names = documents(root)
    problems = [problem for name in names for problem in check(root, name)]
    for problem in problems:
        print(problem)
    print('%d documents, %d problems' % (len(names), len(problems)))
    return 1 if problems or not names else 0


if __name__ == '__main__':
    sys.exit(main())
