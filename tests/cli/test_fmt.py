#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check fmt."""
import glob
import os
import stat
import unittest
import xml.etree.ElementTree as tree

from program import Case, environment, rules, run

SOURCE = os.environ['SOURCE_ROOT']

UNTIDY = """<?xml version="1.0"?>
<!-- what it is -->
<ruleset version='1'   xml:lang="zh-CN" subject="listing"
   id="t.demo" time-zone="Asia/Shanghai" xmlns="urn:librules:ruleset:1"><title>演示</title>
<title xml:lang="en">Demo</title><?keep me?>


<source id="s1" published="2020-01-01" kind="law" number='演"示"' issuer="演示机关"
from="2020-01-01">演示&#x89C4;定</source>
<terms tolerate="squeezed   width" id="w"> <!-- miners -->
<term>矿机</term> <term> 蚂蚁
矿机</term> <!-- why -->
      <allow>选矿机</allow></terms>
<rule severity="prohibited" id="r1"><title>禁</title><title xml:lang="en">No</title>
  <version from="2026-02-06"><when><text terms="w" in="title"></text></when><outcome
action="delist" verdict="reject"><message><![CDATA[不行]]></message><message
xml:lang="en">no</message><remedy>改</remedy><remedy xml:lang="en">mend</remedy><cite
source="s1"/></outcome></version>
<case expect="finding" as-of="2026-03-01"><listing><title>蚂蚁矿机</title></listing></case>
</rule>
</ruleset>"""

TIDY = """<?xml version="1.0"?>
<!-- what it is -->
<ruleset xmlns="urn:librules:ruleset:1" id="t.demo" version="1" subject="listing" xml:lang="zh-CN"
         time-zone="Asia/Shanghai">
  <title>演示</title>
  <title xml:lang="en">Demo</title>
  <?keep me?>

  <source id="s1" kind="law" number="演&quot;示&quot;" issuer="演示机关" published="2020-01-01"
          from="2020-01-01">演示&#x89C4;定</source>
  <terms id="w" tolerate="squeezed width"> <!-- miners -->
    <term>矿机</term>
    <term> 蚂蚁
矿机</term> <!-- why -->
    <allow>选矿机</allow>
  </terms>
  <rule id="r1" severity="prohibited">
    <title>禁</title>
    <title xml:lang="en">No</title>
    <version from="2026-02-06">
      <when><text in="title" terms="w"/></when>
      <outcome verdict="reject" action="delist">
        <message><![CDATA[不行]]></message>
        <message xml:lang="en">no</message>
        <remedy>改</remedy>
        <remedy xml:lang="en">mend</remedy>
        <cite source="s1"/>
      </outcome>
    </version>
    <case expect="finding" as-of="2026-03-01"><listing><title>蚂蚁矿机</title></listing></case>
  </rule>
</ruleset>
"""


def said(text):
    """What a source says: everything but blanks between elements."""
    builder = tree.TreeBuilder(insert_comments=True, insert_pis=True)
    root = tree.fromstring(text, tree.XMLParser(target=builder))

    def node(e):
        children = [node(c) for c in e]
        texts = [e.text or ''] + [c.tail or '' for c in e]
        if any(isinstance(c.tag, str) for c in e):
            texts = [t for t in texts if t.strip()]
        return (str(e.tag), sorted((k, ' '.join(v.split())) for k, v in e.attrib.items()),
                texts, children)
    return node(root)


class Fmt(Case):
    def tidy(self, text):
        return self.expect(run('fmt', stdin=text), 0).out

    def test_layout(self):
        self.assertEqual(self.tidy(UNTIDY), TIDY)
        self.assertEqual(self.tidy(TIDY), TIDY)
        self.assertEqual(self.tidy('\ufeff' + UNTIDY.replace('\n', '\r\n')), TIDY)
        self.assertEqual(said(TIDY), said(UNTIDY))

    def test_rows_of_terms(self):
        head = TIDY[:TIDY.index('  <terms')]
        tail = TIDY[TIDY.index('  <rule '):]
        words = ' '.join('<term>w%03d</term>' % i for i in range(7))
        text = head + '<terms id="w">%s\n%s\n%s\n\n<term>x</term>\n<allow>y</allow></terms>' % (
            words, words.replace('w0', 'v0'), '<term>z</term>') + tail
        lines = self.tidy(text).split('\n')
        self.assertLessEqual(max(len(line) for line in lines), 100)
        first = next(i for i, line in enumerate(lines) if 'w000' in line)
        self.assertIn('<term>w005</term>', lines[first + 1])
        self.assertIn('<term>v000</term>', lines[first + 1])
        self.assertIn('<term>z</term>', lines[first + 2])
        self.assertEqual(lines[first + 3:first + 6], ['', '    <term>x</term>',
                                                      '    <allow>y</allow>'])

    def test_what_is_not_understood_stays(self):
        odd = '<rule  id="r2"\n severity="risk"> stray <title>x</title></rule>'
        foreign = '<x:note  xmlns:x="urn:x"\n a=\'1\'> <x:b/>\n</x:note>'
        out = self.tidy(UNTIDY.replace('</ruleset>', odd + foreign + '</ruleset>'))
        self.assertIn('\n  ' + odd + '\n', out)
        self.assertIn('\n  ' + foreign + '\n', out)
        self.assertEqual(self.tidy(out), out)

    def test_files(self):
        path = self.write('a.xml', UNTIDY)
        os.chmod(path, 0o640)
        tidy = self.write('b.xml', TIDY)
        link = os.path.join(self.folder, 'c.xml')
        before = os.stat(tidy)
        os.symlink(path, link)
        r = self.expect(run('fmt', '--check', self.folder), 2)
        self.assertEqual(r.out.split(), [path, link])
        with open(path, encoding='utf-8') as f:
            self.assertEqual(f.read(), UNTIDY)
        self.assertEqual(self.expect(run('fmt', link), 0).out, link + '\n')
        self.assertTrue(os.path.islink(link))
        with open(path, encoding='utf-8') as f:
            self.assertEqual(f.read(), TIDY)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o640)
        self.assertEqual(self.expect(run('fmt', self.folder), 0).out, '')
        self.assertEqual(os.stat(tidy).st_mtime_ns, before.st_mtime_ns)
        self.expect(run('fmt', '--check', self.folder), 0)
        self.assertEqual(sorted(os.listdir(self.folder)), ['a.xml', 'b.xml', 'c.xml'])

    def test_broken(self):
        for bad in (UNTIDY.replace('</terms>', ''), '<ruleset', '', '<a/>', '\0\1'):
            path = self.write('x.xml', bad)
            r = self.expect(run('fmt', path), 1)
            self.assertIn(r.err.split('\n')[0], run('validate', path).out.split('\n'), bad)
            with open(path, encoding='utf-8') as f:
                self.assertEqual(f.read(), bad)
            self.assertEqual(run('fmt', stdin=bad).out, '')
        good = self.write('y.xml', UNTIDY)
        r = self.expect(run('fmt', path, good), 1)
        self.assertEqual(r.out, good + '\n')
        self.expect(run('fmt', os.path.join(self.folder, 'none.xml')), 1)
        self.expect(run('fmt', '--chek'), 64)

    def test_stream(self):
        self.expect(run('fmt', '--check', '-', stdin=UNTIDY), 2)
        self.assertEqual(self.expect(run('fmt', '-c', stdin=TIDY), 0).out, '')

    def test_every_source_says_the_same(self):
        """Shipped rules and all inputs of the tests of messages."""
        paths = glob.glob(os.path.join(SOURCE, 'rules-data', '**', '*.xml'), recursive=True)
        paths += glob.glob(os.path.join(SOURCE, 'tests', 'errors', '**', '*.xml'), recursive=True)
        paths += glob.glob(os.path.join(SOURCE, 'tests', 'cli', 'rules', '**', '*.xml'),
                           recursive=True)
        self.assertGreater(len(paths), 50)
        made = 0
        for path in paths:
            with open(path, 'rb') as f:
                text = f.read()
            r = run('fmt', stdin=text)
            if r.status == 1:
                self.assertIn('error', r.err)
                continue
            self.expect(r, 0)
            made += 1
            self.assertEqual(said(r.out), said(text), path)
            self.assertEqual(run('fmt', stdin=r.out).out, r.out, path)
        self.assertGreater(made, 40)

    def test_shipped_rules_judge_the_same(self):
        listings = os.path.join(SOURCE, 'examples', 'data')
        listings = glob.glob(os.path.join(listings, '*.jsonl'))
        for path in glob.glob(os.path.join(SOURCE, 'rules-data', '*', '*.xml')):
            if os.path.basename(os.path.dirname(path)) == 'schema':
                continue
            with open(path, 'rb') as f:
                tidy = self.write(os.path.basename(path), self.tidy(f.read()))
            found = []
            for source in (path, tidy):
                told = run('check', '-f', 'jsonl', '--now', '2026-03-01', '-r', source, *listings)
                reports = told.lines()
                for report in reports:
                    for member in ('digest', 'engine'):
                        report.pop(member, None)
                tested = run('test', '-f', 'tap', source).out
                tested = [line.split(' - ')[0] for line in tested.split('\n')]
                found.append((told.status, reports, tested))
            self.assertEqual(found[0], found[1])


if __name__ == '__main__':
    unittest.main()
