#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check validate."""
import json
import os
import tempfile
import unittest

from program import Case, environment, rules, run


class Validate(Case):
    def test_good(self):
        r = self.expect(run('validate', rules('good')), 0)
        self.assertIn('1 source, 1 rule, ', r.out)
        self.assertIn('0 errors', r.out)
        self.expect(run('validate'), 0)
        self.assertEqual(self.expect(run('validate', '--quiet', '--rules', rules('good')), 0).err,
                         '')

    def test_broken(self):
        r = self.expect(run('validate', rules('broken')), 1)
        self.assertIn('demo.xml:', r.out)
        self.assertIn('error RLS-', r.out)
        self.assertIn('^', r.out)
        self.assertNotIn('0 errors', r.out)
        zh = self.expect(run('validate', '--lang', 'zh-CN', rules('broken')), 1)
        self.assertNotEqual(r.out, zh.out)
        self.assertIn('来源 1 个', zh.out)

    def test_all_sources_are_told(self):
        r = self.expect(run('validate', rules('broken'), rules('good')), 1)
        self.assertIn('2 sources', r.out)

    def test_json(self):
        self.assertEqual(self.expect(run('validate', '-f', 'json', rules('good')), 0).json(), [])
        r = self.expect(run('validate', '--format', 'json', rules('broken')), 1)
        found = r.json()
        self.assertGreaterEqual(len(found), 2)
        for d in found:
            self.assertIn(d['level'], ('error', 'warning', 'note'))
            self.assertRegex(d['code'], r'^RLS-\d{3,}$')
            self.assertTrue(d['message'])
            self.assertTrue(d['message_zh'])
            self.assertTrue(d['source'].endswith('demo.xml'))
            self.assertGreater(d['line'], 0)
        self.assertIn('1 source,', r.err)

    def test_werror(self):
        self.expect(run('validate', '--werror', rules('broken')), 1)

    def test_nothing_there(self):
        self.expect(run('validate', rules('empty')), 1)
        self.expect(run('validate', self.folder), 1)
        r = self.expect(run('validate', rules('missing')), 1)
        self.assertIn('rule-check: cannot read', r.err)
        env = environment(RULE_CHECK_RULES=os.path.join(self.folder, 'none'))
        self.expect(run('validate', env=env), 1)

    def test_not_xml(self):
        self.expect(run('validate', self.write('a.xml', b'\0\1\2')), 1)
        self.expect(run('validate', self.write('b.xml', '<ruleset')), 1)
        self.expect(run('validate', self.write('c.xml', '')), 1)

    def test_what_is_searched(self):
        with open(rules('good/demo.xml'), 'rb') as f:
            source = f.read()
        for name in ('schema', '.hidden', 'b', 'a'):
            os.mkdir(os.path.join(self.folder, name))
        names = ('schema/x.xml', '.hidden/x.xml', 'b/x.xml', 'a/x.xml', 'x.xml.bak', 'a/.x.xml')
        for i, name in enumerate(names):
            self.write(name, source.replace(b'id="t.demo"', b'id="t.demo%d"' % i))
        os.symlink(self.folder, os.path.join(self.folder, 'a', 'loop'))
        r = self.expect(run('validate', self.folder), 0)
        self.assertIn('2 sources, 2 rules', r.out)

    def corpus(self, data, *args, name='x.txt', status=0):
        path = self.write(name, data)
        return self.expect(run('validate', rules('good'), '--corpus', path, *args), status)

    def test_corpus_of_titles(self):
        titles = ['选矿机', '[正品] 矿机 %s' % ('x' * 80), '货架', '蚂蚁矿机 矿机', '{矿机}', '']
        r = self.corpus('\n'.join(titles))
        self.assertIn('t.demo/w: 3 documents\n  矿机: 3 documents, such as [正品] 矿机 xxx', r.out)
        self.assertIn('x, 蚂蚁矿机 矿机, {矿机}\n', r.out)
        self.assertIn('rule t.demo/r1 fires: 3 documents, such as ', r.out)
        self.assertIn('corpus: 5 documents; terms that stand in 2 of them or more: 1\n', r.out)
        self.assertNotIn('选矿机:', r.out)
        r = self.corpus('\n'.join(titles), '--common', '4')
        self.assertNotIn('矿机:', r.out)
        self.assertIn('stand in 4 of them or more: 0\n', r.out)
        self.corpus('\n'.join(titles), '--werror', status=1)
        self.corpus('\n'.join(titles), '--werror', '--common', '4')
        zh = self.corpus('\n'.join(titles), '--lang', 'zh-CN').out
        self.assertIn('语料：5 个文档；', zh)

    def test_corpus_of_a_list_with_terms_and_patterns(self):
        with open(os.path.join(rules('costs'), 'costs.xml'), encoding='utf-8') as f:
            both = f.read().replace('<terms id="p">', '<terms id="p"><term>杯</term>')
        path = self.write('both.xml', both)
        titles = self.write('x.txt', '杯 12a\n杯\n3b\n矿机\n矿机\n')
        r = self.expect(run('validate', path, '--corpus', titles, '-f', 'json'), 0)
        lists = {u['list']: u for u in r.json()['corpus']['lists']}
        self.assertEqual(len(lists), len(r.json()['corpus']['lists']))
        self.assertEqual(lists['costs/p']['documents'], 3)
        self.assertEqual({t['term']: t['documents'] for t in lists['costs/p']['terms']},
                         {'杯': 2, '[0-9]+[a-z]': 2})
        self.assertEqual(lists['costs/w']['documents'], 2)

    def test_corpus_tells_what_is_wrong_as_check_does(self):
        r = self.corpus('{"title":"a"}\n{title:1}\n', name='x.jsonl')
        self.assertIn('x.jsonl:2:2: document 2: a member name in double quotes is expected', r.err)
        r = self.corpus('title,id\na,1\nb\n', name='x.csv')
        self.assertIn('x.csv:3: document 2: 1 cells, but the header has 2', r.err)

    def test_corpus_of_documents(self):
        lines = '{"id":"a","title":"矿机"}\n{"title":"矿机"}\n{"id":\n{"id":"d"}\n'
        r = self.corpus(lines, '-f', 'json', name='x.jsonl')
        found = r.json()
        self.assertEqual(found['diagnostics'], [])
        corpus = found['corpus']
        self.assertEqual((corpus['documents'], corpus['malformed'], corpus['common']), (3, 1, 2))
        terms = corpus['lists'][0]['terms']
        self.assertEqual(corpus['lists'][0]['list'], 't.demo/w')
        self.assertEqual([(t['term'], t['documents']) for t in terms], [('矿机', 2)])
        self.assertEqual(terms[0]['examples'],
                         ['a', os.path.join(self.folder, 'x.jsonl') + ':2'])
        self.assertEqual([(u['rule'], u['documents']) for u in corpus['rules']],
                         [('t.demo/r1', 2)])
        r = self.corpus('id,tilte,title\n1,x,矿机\n2,y\n', name='x.csv')
        self.assertIn("did you mean 'title'?", r.err)
        self.assertIn('corpus: 1 document; terms', r.out)
        self.assertIn('1 malformed', r.out)
        more = self.write('y.txt', '矿机\n')
        self.assertIn('corpus: 4 documents;',
                      self.corpus(lines, '--corpus', more, name='x.jsonl').out)

    def test_corpus_rules(self):
        rule = self.write('x.xml', """<ruleset xmlns="urn:librules:ruleset:1" id="x" version="1"
  subject="listing"><title>x</title><source id="own" kind="platform-rule">y</source>
<terms id="a" tolerate="squeezed script"><term>矿机</term><term>礦場</term>
<term>显卡</term></terms>
<rule id="hit" severity="risk"><title>t</title><when><text in="title" terms="a"/></when>
<outcome verdict="review"><message>m</message><cite source="own"/></outcome></rule>
<rule id="dear" severity="risk"><title>t</title>
<when><all><text in="title" terms="a"/><field name="price" gt="5"/></all></when>
<outcome verdict="review"><message>m</message><cite source="own"/></outcome></rule>
<rule id="scoped" severity="risk"><title>t</title><applies><field name="category" under="电脑"/>
</applies><when><text in="title" terms="a"/></when>
<outcome verdict="review"><message>m</message><cite source="own"/></outcome></rule></ruleset>
""")
        titles = ['矿机', '矿 机 矿 机', '矿机 矿场', '显卡', '杯']
        corpus = self.write('c.txt', '\n'.join(titles) + '\n')

        def told(*args, lang='en'):
            return self.expect(run('validate', '--lang', lang, rule, '--corpus', corpus, *args),
                               0).out
        out = told()
        self.assertIn('rule x/hit fires: 4 documents, such as 矿机, 矿 机 矿 机, 矿机 矿场\n'
                      '  words: 矿机 2, 显卡 1, 矿 机 (矿机) 1, 矿场 (礦場) 1\n', out)
        self.assertIn('rule x/dear cannot be told: 4 documents, such as 矿机, 矿 机 矿 机, '
                      '矿机 矿场\n  missing: price 4\n', out)
        self.assertIn('undecided: category missing: 1 rule (4 documents)\n', out)
        self.assertIn('  words: 矿机 2, 显卡 1, ...\n', told('--top', '2'))
        self.assertIn('规则 x/dear 无法判定：4 个文档', told(lang='zh-CN'))
        found = json.loads(told('-f', 'json', '--top', '1'))['corpus']
        hit, dear = found['rules']
        self.assertEqual((hit['documents'], hit['word_count'], hit['words']),
                         (4, 4, [{'word': '矿机', 'term': '矿机', 'documents': 2}]))
        self.assertEqual(hit['indeterminate'], {'missing': [], 'documents': 0, 'examples': []})
        self.assertEqual(dear['documents'], 0)
        self.assertEqual(dear['indeterminate']['missing'], [{'fact': 'price', 'documents': 4}])
        self.assertEqual(dear['indeterminate']['documents'], 4)
        self.assertEqual(found['undecided'], [{'fact': 'category', 'rules': 1, 'documents': 4}])
        self.expect(run('validate', rule, '--top', '3'), 64)

    def test_many_words(self):
        rule = self.write('x.xml', """<ruleset xmlns="urn:librules:ruleset:1" id="x" version="1"
  subject="listing"><title>x</title><source id="own" kind="platform-rule">y</source>
<terms id="a"><pattern>编号\\d{5}</pattern></terms>
<rule id="hit" severity="risk"><title>t</title><when><text in="title" terms="a"/></when>
<outcome verdict="review"><message>m</message><cite source="own"/></outcome></rule></ruleset>
""")
        titles = ['编号%05d' % i for i in range(12000)] + ['编号00007']
        corpus = self.write('c.txt', '\n'.join(titles))
        out = self.expect(run('validate', '-f', 'json', rule, '--corpus', corpus), 0).json()
        hit, = out['corpus']['rules']
        self.assertEqual((hit['documents'], hit['word_count'], len(hit['words'])),
                         (12001, 10000, 10))
        self.assertEqual(hit['words'][0]['word'], '编号00007')
        self.assertEqual(hit['words'][0]['documents'], 2)

    def test_corpus_that_is_not_there(self):
        r = self.expect(run('validate', rules('good'), '--corpus',
                            os.path.join(self.folder, 'none')), 1)
        self.assertIn('cannot read', r.err)
        self.expect(run('validate', rules('broken'), '--corpus', self.write('x', 'x')), 1)
        self.expect(run('validate', rules('good'), '--common', '3'), 64)

    def test_corpus_that_cannot_be_read(self):
        titles = '矿机\n货架\n床单\n选矿机\n'
        gbk = titles.encode('gb18030')
        r = self.corpus(gbk, '-e', 'gbk')
        self.assertIn('corpus: 4 documents', r.out)
        self.assertEqual(self.corpus(gbk, '--encoding', 'gb18030', '--common', '1').out,
                         self.corpus(titles, '--common', '1').out)
        self.assertIn("'--encoding gb18030' reads it", self.corpus(gbk, status=1).err)
        self.assertIn('probably not GB18030', self.corpus('\udc80矿机\n'.encode(
            'utf-8', 'surrogateescape') * 3, '-e', 'gbk', status=1).err)
        for table in ('标题\n矿机\n', '标题,品牌\n矿机\n矿机,甲\n'):
            path = self.write('x.csv', table.encode('gbk'))
            with tempfile.TemporaryFile() as err:
                self.expect(run('validate', rules('good'), '--corpus', path, stderr=err), 1)
                err.seek(0)
                self.assertIn(b"'--encoding gb18030' reads it", err.read())
            self.corpus(table.encode('gbk'), '-e', 'gbk', name='x.csv')
        for data, name in (('', 'x.txt'), ('\n \n', 'x.txt'), ('id,title\n', 'x.csv')):
            r = self.corpus(data, name=name, status=1)
            self.assertIn('no listing to look at', r.err)
        r = self.corpus(titles.encode('utf-16'), status=1)
        self.assertIn('UTF-16', r.err)
        r = self.corpus(b'PK\3\4' + b'\0' * 9, name='x.xlsx', status=1)
        self.assertIn('CSV UTF-8', r.err)
        r = self.corpus('{"title":"x"}\n' + '{"title"\n' * 30)
        self.assertEqual(r.err.count('x.txt:'), 20)
        self.assertIn('x.txt:2:9: document 2: ', r.err)
        self.expect(run('validate', '-e', 'gbk', rules('good')), 64)
        zh = self.corpus('', '--lang', 'zh-CN', status=1)
        self.assertIn('没有可查看的商品', zh.err)

    def test_usage(self):
        self.expect(run('validate', '--format', 'jsonl'), 64)
        self.expect(run('validate', '--eror'), 64)

    @unittest.skipUnless(os.path.exists('/dev/full'), 'needs /dev/full')
    def test_full_device(self):
        with open('/dev/full', 'wb') as full:
            self.expect(run('validate', rules('good'), stdout=full), 1)


if __name__ == '__main__':
    unittest.main()
