#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check explain, of a rule."""
import json
import unittest

from program import Case, rules, run

SHOP = rules('profiles')


class Explain(Case):
    def explain(self, *words, status=0, stdin=None):
        return self.expect(run('explain', '--lang', 'en', '-r', SHOP, *words, stdin=stdin), status)

    def test_fired(self):
        r = self.explain('shop/miner', '-t', '全新矿机')
        self.assertIn('shop/miner: fired', r.out)
        self.assertIn('true     text in="title" terms="w"', r.out)
        self.assertIn('found in title: 矿机 (term 矿机 of shop/w)\n', r.out)
        self.assertNotIn('alone', r.out)
        self.assertIn('exception shop/museum\n    unknown  field', r.out)

    def test_near_miss(self):
        r = self.explain('miner', '-t', '杯', '--description', '矿机')
        self.assertIn('shop/miner: silent', r.out)
        self.assertIn('not counted in description: 矿机 (term 矿机 of shop/w; the condition does '
                      'not look at this field)\n', r.out)
        self.assertIn('one of these conditions alone kept it from firing:\n'
                      '    :9  text in="title" terms="w"  (false)\n', r.out)

    def test_not_in_force(self):
        self.assertIn('not in force', self.explain('later', '-t', '矿机').out)
        self.assertIn('fired', self.explain('later', '-t', '矿机', '--as-of', '2099-02-01').out)

    def test_input(self):
        two = '{"id":"x","title":"杯"}\n{"id":"y","title":"矿机"}\n'.encode()
        self.assertIn('silent', self.explain('miner', stdin=two).out)
        found = self.explain('miner', '-f', 'json', '-n', '2', '-', stdin=two).json()
        self.assertEqual(found['document'], 'y')
        self.assertEqual(found['result'], 'violated')
        self.assertEqual(found['conditions'][0]['truth'], 'true')
        self.assertEqual(found['conditions'][0]['actual'], 'title: 矿机')
        self.assertIn('no document 3', self.explain('miner', '-n', '3', stdin=two, status=1).err)

    def test_disguise_guard_and_distance(self):
        rule = self.write('x.xml', """<ruleset xmlns="urn:librules:ruleset:1" id="x" version="1"
  subject="listing"><title>x</title><source id="own" kind="platform-rule">y</source>
<terms id="a" tolerate="split homophone squeezed"><term>仿真枪</term>
<allow>仿真枪模型</allow></terms>
<terms id="b"><term>出售</term></terms><terms id="not"><term>不是</term></terms>
<rule id="r" severity="risk"><title>t</title>
<when><near in="title" within="3"><text terms="a"><guard before="3" terms="not"/></text>
<text terms="b"/></near></when>
<unless><field name="destinations" is="US"/></unless>
<outcome verdict="review"><message>m</message><cite source="own"/></outcome></rule></ruleset>
""")
        def told(title, *more, lang='en'):
            return self.expect(run('explain', '--lang', lang, '-r', rule, 'r', '-t', title, *more),
                               0).out
        self.assertIn('(term 仿真枪 of x/a; disguised by split character)', told('出售 仿真木仓'))
        self.assertIn('（词条 仿真枪，词表 x/a；伪装：拆字）', told('出售 仿真木仓', lang='zh-CN'))
        out = told('仿真枪今天全新出售')
        self.assertIn('x/r: silent', out)
        self.assertIn('distance: 4; allowed: 3\n', out)
        self.assertIn('距离：4 字；允许 3 字\n', told('仿真枪今天全新出售', lang='zh-CN'))
        self.assertIn('; guarded by 不是)', told('不是仿真枪 出售'))
        self.assertIn('; inside the allow-term 仿真枪模型)', told('仿真枪模型出售'))
        self.assertIn('the words do not stand in one value; allowed: 3\n', told('仿真枪模型出售'))
        self.assertIn(': exempt', told('仿真枪出售', '--destination', 'US'))
        found = json.loads(told('仿真枪今天全新出售', '-f', 'json'))['conditions'][0]
        self.assertEqual((found['within'], found['distance'], found['crosses'], found['decides']),
                         (3, 4, False, True))
        self.assertEqual(found['hits'][0], {'state': 'counts', 'field': 'title',
                                            'matched': '仿真枪', 'term': '仿真枪', 'list': 'x/a',
                                            'forms': []})

    def test_tables_and_options(self):
        path = self.write('x.csv', '编号;标题\n1;杯\n2;矿机\n3\n'.encode('gb18030'))
        r = self.explain('miner', '--against', path, '-e', 'gbk', '-n', '2')
        self.assertIn('shop/miner: fired', r.out)
        self.assertIn('编号 = id', r.err)
        self.assertIn('document 3', self.explain('miner', path, '-e', 'gbk', '-n', '3',
                                                 status=1).err)
        self.assertIn('silent', self.explain('miner', '--input', 'csv', stdin=b'title\nx\n').out)
        xlsx = self.write('x.xlsx', b'PK\3\4')
        self.assertIn('CSV UTF-8', self.explain('miner', xlsx, status=1).err)
        self.explain('miner', path, '--against', path, status=64)
        self.explain('miner', '-t', 'x', '--against', path, status=64)
        self.explain('miner', '--category', 'x', status=64)
        for option in ('--now', '--as-of'):
            self.explain('miner', '-t', 'x', option, 'soon', status=64)
        r = self.explain('miner', '-t', '矿机', '--now', '2026-01-01', '--channel', 'export')
        self.assertIn('fired', r.out)

    def test_bad_input(self):
        self.assertIn('document 1', self.explain('miner', stdin=b'{"title":', status=1).err)
        self.explain('miner', '/nowhere', status=1)
        self.explain('miner', 'a', 'b', status=64)

    def test_misspelt(self):
        self.assertIn('did you mean miner?', self.explain('minr', '-t', 'x', status=1).err)
        self.assertIn('did you mean shop/miner?',
                      self.explain('shop/minr', '-t', 'x', status=1).err)


class Chinese(Case):
    def test_words_of_the_language(self):
        r = run('explain', '--lang', 'zh-CN', '-r', rules('good'), '-t', '货架', 'r1',
                '--as-of', '2026-03-01')
        self.assertIn('  触发条件 when (2026-02-06)\n    不成立   text in=', r.out)
        for word in ('false', 'true', 'unknown'):
            self.assertNotIn(word, r.out)
        r = run('list', '--lang', 'zh-CN', '--as-of', '2026-03-01', rules('good'))
        self.assertIn('t.demo/r1  执行  不得发布  已核实  2026-02-06\n', r.out)
        r = run('list', '--lang', 'en', '--as-of', '2026-03-01', rules('good'))
        self.assertIn('t.demo/r1  enforce  reject  verified  2026-02-06\n', r.out)


if __name__ == '__main__':
    unittest.main()
