#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check profile."""
import json
import unittest

from program import Case, rules, run

DOCUMENTS = ''.join(json.dumps(d, ensure_ascii=False) + '\n' for d in (
    {'title': '矿机', 'price': 6},
    {'title': '选矿机', 'price': 3},
    {'title': '矿业机9 12a', 'price': 1},
    {'title': '杯', 'price': 9}))
TIMES = ('ns', 'worst_ns')


def counters(result):
    """Without what depends on the clock."""
    whole = result.json()
    del whole['ns']
    for table in ('stages', 'rules', 'patterns', 'lists'):
        for row in whole[table]:
            for name in TIMES:
                row.pop(name, None)
            if table == 'stages':
                del row['share']
    return whole


class Profile(Case):
    def profile(self, *options, stdin=DOCUMENTS, status=0):
        return self.expect(run('profile', '--lang', 'en', '-r', rules('costs'), *options,
                               stdin=stdin), status)

    def by_steps(self, *options, **more):
        return self.profile('-f', 'json', '--by', 'steps', *options, **more)

    def test_json(self):
        whole = self.by_steps().json()
        self.assertEqual((whole['documents'], whole['malformed'], whole['by']), (4, 0, 'steps'))
        self.assertEqual([s['stage'] for s in whole['stages']],
                         ['read', 'scan', 'patterns', 'judge', 'report'])
        self.assertEqual(whole['ns'], sum(s['ns'] for s in whole['stages']))
        self.assertAlmostEqual(sum(s['share'] for s in whole['stages']), 1, places=2)
        read, scan, _, judge, report = whole['stages']
        self.assertEqual((read['times'], scan['times']), (4, 4))
        self.assertEqual(scan['characters'], sum(len(json.loads(line)['title'])
                                                 for line in DOCUMENTS.splitlines()))
        found = {r['rule']: r for r in whole['rules']}
        self.assertEqual(judge['times'], sum(r['judged'] for r in found.values()))
        self.assertEqual(report['times'], sum(r['findings'] for r in found.values()))
        self.assertEqual({i: (r['judged'], r['findings']) for i, r in found.items()},
                         {'costs/word': (1, 1), 'costs/price': (4, 2), 'costs/pattern': (1, 1)})
        self.assertAlmostEqual(sum(r['share'] for r in found.values()), 1, places=2)
        for r in found.values():
            self.assertTrue(r['source'].endswith('costs.xml'))
            self.assertGreaterEqual(r['ns'], r['worst_ns'])

    def test_patterns_and_lists(self):
        whole = self.by_steps().json()
        woken, everywhere = sorted(whole['patterns'], key=lambda p: p['line'])
        self.assertEqual((woken['pattern'], woken['line']), ('矿.{0,3}机\\d', 14))
        self.assertGreater(woken['factors'], 0)
        self.assertEqual(woken['matches'], 1)
        self.assertEqual((everywhere['factors'], everywhere['list']), (0, 'costs/p'))
        self.assertEqual((everywhere['texts'], everywhere['matches']), (1, 1))
        self.assertGreaterEqual(everywhere['runs'], everywhere['matches'])
        [words] = whole['lists']
        self.assertEqual((words['list'], words['terms'], words['hits'], words['excused']),
                         ('costs/w', 3, 1, 1))

    def test_counters_are_the_same_in_every_run(self):
        path = self.write('many.jsonl', DOCUMENTS * 300)
        first = counters(self.by_steps(path))
        self.assertEqual(first['documents'], 1200)
        for jobs in ('1', '3'):
            self.assertEqual(counters(self.by_steps('-j', jobs, path)), first)

    def test_order(self):
        for key, name in (('steps', 'conditions'), ('hits', 'findings'), ('time', 'ns')):
            rows = self.profile('-f', 'json', '--by', key).json()['rules']
            values = [r[name] for r in rows]
            self.assertEqual(values, sorted(values, reverse=True))
        whole = self.profile('-f', 'json', '--by', 'hits', '--top', '1').json()
        self.assertEqual([r['rule'] for r in whole['rules']], ['costs/price'])
        self.assertEqual(len(whole['patterns']), 1)
        # Shares are of all, not of those that are shown.
        self.assertEqual(whole['rules'][0]['share'], 0.5)
        self.assertEqual(len(self.profile('-f', 'json', '--top', '0').json()['rules']), 3)

    def test_text(self):
        out = self.profile('--by', 'steps', '-n', '2').out
        self.assertRegex(out, r'\A4 documents: \d+\.\d\d ms, \d+\.\d us each\n\n')
        self.assertIn('\nrules by steps: 2 of 3\n', out)
        self.assertRegex(out, r'%  +\d+\.\d\d  +\d+\.\d  +4  +\d+  +2  costs/price\n')
        self.assertRegex(out, r'costs\.xml:15  \[0-9\]\+\[a-z\]\n')
        self.assertRegex(out, r'costs\.xml:8  costs/w\n')
        # What nothing was done for is not told.
        out = self.profile(stdin='{"title":"杯","price":1}\n').out
        self.assertNotIn('terms lists', out)
        self.assertNotIn('costs/word', out)

    def test_chinese(self):
        r = self.expect(run('profile', '--lang', 'zh-CN', '--by', 'hits', '-r', rules('costs'),
                            stdin=DOCUMENTS), 0)
        self.assertTrue(r.out.startswith('4 个文档：'))
        self.assertIn('\n规则（按命中）：', r.out)
        # Headings stand over their numbers: a Chinese character is two columns wide.
        head, row = r.out.split('\n规则')[1].splitlines()[1:3]
        width = sum(2 if ord(c) > 0x2e80 else 1 for c in head)
        self.assertEqual(width - 2 * len('规则'), len(row) - len('costs/price'))

    def test_inputs_and_options_of_check(self):
        table = self.write('goods.csv', 'id,title\n1,矿机\n2,杯\n')
        self.assertEqual(self.by_steps(table).json()['documents'], 2)
        gbk = self.write('gbk.csv', 'title\n矿机\n'.encode('gb18030'))
        self.assertEqual(self.by_steps('-e', 'gb18030', gbk).json()['lists'][0]['hits'], 1)
        one = self.by_steps('--text', '矿机', '--description', 'x').json()
        self.assertEqual((one['documents'], one['lists'][0]['hits']), (1, 1))
        early = self.expect(run('profile', '-f', 'json', '-r', rules('good'), '--as-of',
                                '2026-01-01', stdin=DOCUMENTS), 0).json()
        self.assertEqual([r['findings'] for r in early['rules']], [0] * len(early['rules']))
        off = self.expect(run('profile', '-f', 'json', '-r', rules('profiles'), '--profile',
                              'trial', stdin=DOCUMENTS), 0).json()
        self.assertEqual(off['documents'], 4)

    def test_exit_status(self):
        r = self.profile(stdin='{"title":"矿机"}\n{]\n', status=1)
        self.assertIn('document 2', r.err)
        self.assertIn('1 document:', r.out)
        self.assertIn('; 1 malformed', r.out)
        self.assertIn('no document', self.profile(stdin='', status=1).err)
        self.profile('--allow-empty', stdin='')
        self.expect(run('profile', '-r', rules('broken'), stdin=DOCUMENTS), 1)
        self.profile('--by', 'zeit', status=64)
        self.profile('--top', '-1', status=64)
        self.profile('--quiet', status=64)
        self.profile('--text', 'x', 'file', status=64)
        self.profile('/nonexistent', status=1)


if __name__ == '__main__':
    unittest.main()
