#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check check --baseline and --write-baseline."""
import json
import os
import unittest

from program import Case, check

OLD = ({'id': 'b', 'title': '矿机'}, {'id': 'a"\n', 'title': '蚂蚁矿机', 'description': '矿机'},
       {'id': 'c', 'title': '货架'})
NEW = ({'id': 'd', 'title': '矿机'},)


def lines(*documents):
    return ''.join(json.dumps(d, ensure_ascii=False) + '\n' for d in documents)


class Baseline(Case):
    def make(self, *documents):
        path = os.path.join(self.folder, 'base.jsonl')
        self.expect(check('--write-baseline', path, stdin=lines(*documents)), 0)
        with open(path, encoding='utf-8') as f:
            self.text = f.read()
        return path

    def test_write(self):
        path = self.make(*OLD)
        known = [json.loads(line) for line in self.text.split('\n')[:-1]]
        self.assertEqual([k['document'] for k in known], ['a"\n', 'b'])
        self.assertEqual({tuple(k) for k in known}, {('document', 'rule', 'finding')})
        self.assertEqual(known[1]['rule'], 't.demo/r1')
        first = self.text
        for jobs in ('1', '4'):
            again = lines(*OLD[::-1])
            self.expect(check('-j', jobs, '--baseline', path, '--write-baseline', path,
                              stdin=again), 0)
            with open(path, encoding='utf-8') as f:
                self.assertEqual(f.read(), first)

    def test_known_findings_do_not_count(self):
        path = self.make(*OLD)
        r = self.expect(check('-b', path, stdin=lines(*OLD)), 0)
        self.assertEqual(r.out, '')
        self.assertIn('baseline: 2 known, 0 gone\n', r.err)
        r = self.expect(check('-b', path, '--all', stdin=lines(*OLD)), 0)
        self.assertIn('  known from the baseline: t.demo/r1\n', r.out)
        r = self.expect(check('-b', path, stdin=lines(*OLD + NEW)), 2)
        self.assertIn('d: reject', r.out)
        self.assertNotIn('known from', r.out)
        self.expect(check('-b', path, '--fail-on', 'pass', stdin=lines(*OLD)), 0)
        self.expect(check('-b', path, '--fail-on', 'pass', stdin=lines(*NEW)), 2)
        zh = check('-b', path, '--lang', 'zh-CN', stdin=lines(*OLD))
        self.assertIn('基线：已知 2 个', zh.err)

    def test_another_finding_of_the_same_document(self):
        path = self.make(*OLD)
        moved = dict(OLD[0], title='货架', description='矿机')
        self.expect(check('-b', path, stdin=lines(moved)), 2)
        elsewhere = dict(OLD[0], title='现货 矿机 包邮')
        self.expect(check('-b', path, stdin=lines(elsewhere)), 0)

    def test_json(self):
        path = self.make(*OLD)
        fixed = {'id': 'b', 'title': '货架'}
        r = self.expect(check('-b', path, '-f', 'json', stdin=lines(fixed, *NEW)), 2)
        found = r.json()
        self.assertEqual([d['known'] for d in found['documents']], [[], []])
        end = found['summary']['baseline']
        self.assertEqual((end['known'], end['unchecked']), (0, 1))
        self.assertEqual([json.dumps(g, separators=(',', ':')) for g in end['gone']],
                         self.text.split('\n')[1:2])
        r = self.expect(check('-b', path, '-f', 'jsonl', stdin=lines(*OLD)), 0)
        report = r.lines()[0]
        self.assertEqual(report['known'], [report['findings'][0]['id']])
        self.assertEqual(report['verdict'], 'reject')
        self.assertNotIn('known', check('-f', 'jsonl', stdin=lines(*OLD)).lines()[0])

    def test_documents_without_an_id(self):
        path = os.path.join(self.folder, 'x')
        r = self.expect(check('--write-baseline', path, stdin=lines({'title': '矿机'})), 0)
        self.assertIn('have findings but no id of their own: 1;', r.err)
        with open(path, encoding='utf-8') as f:
            known = json.loads(f.read())
        self.assertEqual(set(known), {'digest', 'rule', 'finding'})
        self.expect(check('-b', path, stdin=lines({'title': '矿机'})), 0)
        self.expect(check('-b', path, stdin=lines({'id': '1', 'title': '矿机'})), 2)
        self.expect(check('-b', path, stdin=lines({'id': known['digest'], 'title': '矿机'})), 2)
        r = check('-b', path, stdin=lines({'title': '矿机'}, {'title': '另一台矿机'}))
        self.expect(r, 2)
        self.assertIn('baseline: 1 known, 0 gone\n', r.err)
        r = check('-b', path, stdin=lines({'title': '另一台矿机'}))
        self.assertIn('baseline: 0 known, 0 gone, 1 of documents not', r.err)

    def test_rows_and_a_title_without_an_id(self):
        path = os.path.join(self.folder, 'x')
        first = self.write('a.csv', 'title,brand\n"矿机",x\n')
        self.expect(check('--write-baseline', path, first), 0)
        self.expect(check('-b', path, first), 0)
        for other in ('title,brand\n矿机,y\n', 'title,origin\n"矿机",x\n'):
            self.expect(check('-b', path, self.write('b.csv', other)), 2)
        self.expect(check('--write-baseline', path, '-t', '矿机'), 0)
        self.expect(check('-b', path, '-t', '矿机'), 0)
        self.expect(check('-b', path, '-t', '矿机', '--description', '货'), 2)

    def test_rows_that_share_an_article_number(self):
        """Colours of one article have its number, which is the id of none."""
        path = os.path.join(self.folder, 'x')
        for name in ('款号', '货号', 'SKU'):
            head = '标题,%s\n矿机 红,K1\n' % name
            first, second = self.write('1.csv', head), self.write('2.csv', head + '矿机 蓝,K1\n')
            r = self.expect(check('--write-baseline', path, first), 0)
            self.assertIn('no id of their own: 1;', r.err)
            self.expect(check('-b', path, first), 0)
            r = self.expect(check('-b', path, second), 2)
            self.assertIn('baseline: 1 known, 0 gone\n', r.err)
            self.assertIn('K1: reject', r.out)
            self.assertNotIn('known from', r.out)
        own = self.write('3.csv', '标题,款号,商品ID\n矿机 红,K1,1\n')
        self.expect(check('--write-baseline', path, own), 0)
        self.expect(check('-b', path, self.write('4.csv', '标题,款号,商品ID\n矿机 蓝,K1,1\n')), 0)

    def test_what_cannot_be_known(self):
        """An incomplete report is no finding that a baseline could hold."""
        path = self.make(*OLD)
        r = check('-b', path, '--write-baseline', path, stdin='{"id":"e"}\n')
        self.expect(r, 2)

    def test_made_by_an_older_version(self):
        path = self.write('old.jsonl', '{"document":"1","rule":"r","finding":"f"}\n'
                          '{"document":null,"rule":"r","finding":"f"}\n')
        r = self.expect(check('-b', path, stdin='{}'), 1)
        self.assertIn('old.jsonl:2:43: this baseline was made by an older version', r.err)
        self.assertIn("write it anew with '--write-baseline'", r.err)
        r = self.expect(check('-b', path, '--lang', 'zh-CN', stdin='{}'), 1)
        self.assertIn('old.jsonl:2:43：此基线由旧版本生成', r.err)

    def test_reading(self):
        good = '{"document":"1","rule":"r","finding":"f"}'
        for bad, place in (('<<<<<<< HEAD', '2:1'), ('{"document":"1"}', '2:17'),
                           (good + ' x', '2:43'), ('[]', '2:1'), ('{"rule":"矿', '2:11'),
                           ('{"rule":7}', '2:9'), ('{"rule":"\\ud800","finding":"f"}', '2:16'),
                           ('{"rule":null,"finding":"f"}', '2:28'),
                           ('{"document":null,"rule":"r"}', '2:29'), ('{"document":null', '2:17'),
                           ('{"rule":"r","finding":"f"}', '2:27'),
                           ('{"document":"1","digest":"2","rule":"r","finding":"f"}', '2:55')):
            path = self.write('bad.jsonl', good + '\n' + bad + '\n')
            r = self.expect(check('-b', path, stdin='{}'), 1)
            self.assertIn('bad.jsonl:%s: this is no line of' % place, r.err, bad)
        path = self.write('good.jsonl', '\n' + good + '\r\n' + good + '\n{"finding":"f", "rule" : '
                          '"\\u77ff\\ud83e\\ude99\\n", "digest":"00","note":null}')
        r = self.expect(check('-b', path, stdin='{"id":"1","title":"x"}'), 0)
        self.assertIn('baseline: 0 known, 1 gone, 1 of documents not', r.err)
        self.expect(check('-b', os.path.join(self.folder, 'none'), stdin='{}'), 1)
        r = self.expect(check('-b', self.write('empty', ''), stdin='{"title":"矿机"}'), 2)
        self.expect(check('--write-baseline', os.path.join(self.folder, 'no', 'x'),
                          stdin='{"title":"x"}'), 1)


if __name__ == '__main__':
    unittest.main()
