#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tables and encodings as inputs of `rule-check check`, and misspelt platforms."""
import csv
import io
import json
import os
import unittest

from program import Case, check, environment, rules


def table(*rows, **dialect):
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


class Tables(Case):
    def judged(self, data, *args, name='x.csv', status=None):
        """Reports and refusals of a table, by number of document."""
        r = check('--format', 'jsonl', *args, self.write(name, data))
        if status is not None:
            self.expect(r, status)
        self.err = r.err
        return r.lines()

    def test_same_as_json(self):
        document = {'id': '7', 'title': '全新"蚂蚁,矿机"\n现货', 'price': '见描述',
                    'attributes': {'材质': '矿机'}, 'category': '电脑'}
        names = ['id', 'title', 'price', 'attributes.材质', 'category', 'brand']
        cells = ['7', document['title'], '见描述', '矿机', '电脑', '']
        got = self.judged(table(names, cells), status=2)[0]
        want = check('--format', 'jsonl', stdin=json.dumps(document)).lines()[0]
        self.assertEqual((got['line'], got['document'], got['id']), (2, 1, '7'))
        for member in ('findings', 'verdict', 'notes', 'assumptions', 'undecided', 'complete'):
            self.assertEqual(got[member], want[member], member)
        self.assertEqual(len(got['findings'][0]['evidence']), 2)

    def test_how_rows_are_cut(self):
        for end in ('\n', '\r\n'):
            data = end.join(('id,title', '1,a', '', '2,"b%sc"' % end, '"3","a"', '4,d"e', '  5 ,x',
                             ',', ' ,', ''))
            found = self.judged(data, status=0)
            self.assertEqual([d['id'] for d in found], ['1', '2', '3', '4', '  5 '])
            self.assertEqual([d['line'] for d in found], [2, 4, 6, 7, 8])
        self.assertEqual(len(self.judged('\ufeffid,title\n1,a', status=0)), 1)
        self.assertNotIn('column', self.err)
        self.assertEqual(len(self.judged('id\ttitle\n1\ta,b\n', name='x.tsv', status=0)), 1)
        r = check('--format', 'jsonl', '--input', 'csv', stdin='id,title\n1,a\n')
        self.assertEqual(r.lines()[0]['id'], '1')

    def test_wrong_number_of_cells(self):
        found = self.judged('id,title\n1,a\n2\n3,c,d\n4,矿机\n', status=2)
        self.assertEqual([d.get('id') for d in found], ['1', None, None, '4'])
        for d, line, n in ((found[1], 3, 1), (found[2], 4, 3)):
            self.assertEqual((d['error']['line'], d['error']['column'], d['error']['document']),
                             (line, 1, line - 1))
            self.assertEqual(d['error']['reason'], '%d cells, but the header has 2' % n)
        self.assertIn('x.csv:3:1: row 3 (document 2): ', self.err)
        self.assertEqual([found[i]['error']['row'] for i in (1, 2)], [3, 4])
        self.assertIn('2 malformed', self.err)

    def test_a_quotation_mark_spoils_one_row(self):
        for bad, column in (('2,"b', 3), ('2,"b" c', 6), ('"2"x,b', 4)):
            found = self.judged('id,title\n1,a\n%s\n3,"c"\n4,d\n' % bad)
            self.assertEqual([d.get('id') for d in found], ['1', None, '3', '4'], bad)
            self.assertEqual((found[1]['error']['line'], found[1]['error']['column']),
                             (3, column), bad)
        found = self.judged('id,title\n1,"a')
        self.assertEqual(found[0]['error']['line'], 2)

    def test_names_of_columns(self):
        found = self.judged('id,tilte,shop,,category.id\n1,矿机,x,y,5\n2,矿机,,,\n', status=2)
        self.assertEqual(len(found), 2)
        self.assertEqual(self.err.count("'tilte'"), 1)
        self.assertIn("did you mean 'title'?", self.err)
        self.assertIn("column 'shop' is no field", self.err)
        self.assertIn('column 4 has no name', self.err)
        self.assertNotIn('category', self.err)
        self.judged('1,矿机\n2,矿机\n', status=2)
        self.assertIn('no column is a field', self.err)
        zh = check('--lang', 'zh-CN', self.write('y.csv', 'tilte\nx\n'))
        self.assertIn('是否指“title”', zh.err)

    def test_names_that_people_give(self):
        title, more = '全新"蚂蚁,矿机"', '矿机'
        row = ['7', title, '电脑', '9', '棉', more, 'x']
        rows = [['*商品编号', '商品标题（必填）', '類目', '价格(元)', '材质', '净含量（克）',
                 'Brand'], row]
        plain = [['id', 'title', 'category', 'price', 'attributes.材质', 'attributes.净含量',
                  'brand'], row]
        want = self.judged(table(*plain), name='y.csv', status=2)[0]
        self.assertEqual(self.err.count('\n'), 2)
        got = self.judged(table(*rows), status=2)[0]
        self.assertEqual([e['field'] for e in got['findings'][0]['evidence']],
                         ['title', 'attributes.净含量'])
        self.assertEqual(got['findings'], want['findings'])
        self.assertIn('x.csv: columns read as fields: *商品编号 = id, 商品标题（必填） = title, '
                      '類目 = category, 价格(元) = price, 材质 = attributes.材质, '
                      '净含量（克） = attributes.净含量, Brand = brand\n', self.err)
        self.assertEqual(self.err.count('\n'), 3)

    def test_two_columns_that_mean_one_field(self):
        found = self.judged('title,商品名称,标题\n,矿机,\n', status=2)[0]
        self.assertEqual(found['findings'][0]['evidence'][0]['field'], 'attributes.商品名称')
        self.assertIn("column '商品名称' is read as 'attributes.商品名称': column 'title' is the "
                      "'title' already", self.err)
        found = self.judged('标题,商品名称,title\n,,矿机\n', status=2)[0]
        self.assertEqual(found['findings'][0]['evidence'][0]['field'], 'title')

    def test_what_is_the_id(self):
        for name in ('货号', '商品货号', '款号', 'SKU', 'sku编码', '货品编号', '宝贝ID', '商品ID',
                     '商品编号', '宝贝编码', 'SPU'):
            found = self.judged('标题,%s\n矿机,A7\n' % name, status=2)[0]
            self.assertEqual(found['id'], 'A7', name)
            self.assertIn('%s = id' % name, self.err)
        found = self.judged('标题,货号\n货架,矿机\n', status=2)[0]
        self.assertEqual((found['id'], found['findings'][0]['evidence'][0]['field']),
                         ('矿机', 'attributes.货号'))
        for header in ('货号,商品ID', 'SKU,id'):
            found = self.judged('标题,%s\n矿机,1,2\n' % header, status=2)[0]
            self.assertEqual(found['id'], '2', header)
            self.assertNotIn('already', self.err)

    def test_unknown_names(self):
        self.judged('标题,品牌名字,店铺备注,店铺备注\n矿机,,,\n', status=2)
        self.assertIn("column '品牌名字' is no field that rules look at; did you mean '品牌名'?",
                      self.err)
        self.assertEqual(self.err.count("'attributes.店铺备注'"), 1)
        hard = os.path.join(os.environ['SOURCE_ROOT'], 'tests', 'hard-rules')
        r = check('-s', 'merchant', '-r', hard, self.write('z.csv', '名称,店铺备注\nx,y\n'))
        self.assertIn('kept as a fact of that name', r.err)
        self.assertIn('名称 = name', r.err)

    def test_what_parts_cells(self):
        for name, delimiter in (('x.csv', ','), ('x.csv', ';'), ('x.csv', '\t'), ('x.tsv', '\t'),
                                ('x.tsv', ','), ('x.tsv', ';')):
            data = table(['id', '标题', '描述,;\t\n(x)'], ['1', '矿机', 'a,b;c\td\ne'],
                         delimiter=delimiter)
            found = self.judged('\r\n' + data, name=name, status=2)
            self.assertEqual([(d['id'], d['line']) for d in found], [('1', 4)], (name, delimiter))
        found = self.judged('id\ttitle,x,y\n1\t矿机\n', name='x.tsv', status=2)
        self.assertEqual(found[0]['id'], '1')
        self.assertEqual(len(self.judged('标题\n矿机,x\n', status=1)), 1)
        self.assertEqual(len(self.judged('标题\n矿机;x\n', name='y.tsv', status=2)), 1)

    def test_rows_are_numbered_as_in_spreadsheets(self):
        found = self.judged('\n标题,id\n"a\nb",1\n,\n矿机\n', status=1)
        self.assertEqual(found[1]['error']['row'], 5)
        self.assertIn('x.csv:6:1: row 5 (document 2): 1 cells', self.err)
        zh = check('--lang', 'zh-CN', self.write('x.csv', '标题,id\nx\n'))
        self.assertIn('x.csv:2:1：表格第 2 行（第 1 个文档）：', zh.err)

    def test_files_of_spreadsheets(self):
        for name, data in (('x.xlsx', b'PK\3\4' + b'\0' * 100), ('x.csv', b'PK\3\4'),
                           ('x.xls', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')):
            found = self.judged(data, name=name, status=1)
            self.assertEqual(len(found), 1, name)
            self.assertIn("save it as 'CSV UTF-8 (*.csv)'", self.err)
        self.assertIn('另存为', check('--lang', 'zh-CN', stdin=b'PK\3\4').err)

    def test_nothing_in_it(self):
        for data in ('', 'id,title\n', '\n\n'):
            self.assertEqual(self.judged(data, status=1), [])
            self.assertEqual(self.judged(data, '--allow-empty', status=0), [])

    def test_broken_header(self):
        found = self.judged('id,"title\n', status=1)
        self.assertEqual((found[0]['error']['line'], found[0]['error']['column']), (1, 4))
        self.judged('id,"a"b\n1,2\n', status=1)

    def test_large(self):
        rows = [['id', 'title']] + [[i, 'x' * 50] for i in range(20000)] + [['last', '矿机']]
        found = self.judged(table(*rows), '--jobs', '4', status=2)
        self.assertEqual(len(found), 20001)
        self.assertEqual([d['line'] for d in found], list(range(2, 20003)))
        self.assertEqual(found[-1]['verdict'], 'reject')
        huge = 'id,title\n1,a\n2,%s\n3,矿机\n' % ('y' * (17 * 1024 * 1024))
        found = self.judged(huge, status=2)
        self.assertEqual([d.get('id') for d in found], ['1', None, '3'])
        self.assertEqual(found[1]['error']['kind'], 'too-large')


class Encodings(Case):
    def test_gb18030(self):
        documents = [{'id': str(i), 'title': t} for i, t in
                     enumerate(('全新矿机', '镕｛堃\\', '𠮷野家', 'plain'))]
        text = ''.join(json.dumps(d, ensure_ascii=False) + '\n' for d in documents)
        want = check('--format', 'jsonl', stdin=text).out
        for name in ('gb18030', 'gbk', 'gb2312'):
            got = check('--format', 'jsonl', '--encoding', name, stdin=text.encode('gb18030'))
            self.assertEqual(got.out, want)
        array = json.dumps(documents, ensure_ascii=False)
        r = check('--format', 'jsonl', '-e', 'gbk', stdin=array.encode('gb18030'))
        self.assertEqual([d['id'] for d in r.lines()], ['0', '1', '2', '3'])
        rows = table(['id', 'title'], *([d['id'], d['title']] for d in documents))
        path = self.write('gb.csv', rows.encode('gb18030'))
        found = self.expect(check('--format', 'jsonl', '-e', 'gb18030', path), 2).lines()
        evidence = found[0]['findings'][0]['evidence'][0]
        self.assertEqual(evidence['bytes'], [6, 12])
        self.expect(check('--encoding', 'big5', path), 64)

    def test_split_anywhere(self):
        """Characters that lie across two reads."""
        text = 'id,title\n' + ''.join('%d,%s𠮷矿机\n' % (i, '镕' * (i % 7)) for i in range(9000))
        path = self.write('x.csv', text.encode('gb18030'))
        r = self.expect(check('--format', 'jsonl', '-e', 'gbk', path), 2)
        self.assertEqual({d['verdict'] for d in r.lines()}, {'reject'})
        self.assertEqual(r.err.count('\n'), 2)

    def test_bytes_that_are_no_characters(self):
        data = '{"id":"1","title":"矿机"}\n'.encode('gbk') + \
            b'{"id":"2","title":"\xff' + '矿机"}\n'.encode('gbk') + b'{"id":"3"}'
        r = self.expect(check('--format', 'jsonl', '-e', 'gbk', stdin=data), 2)
        self.assertEqual([d['id'] for d in r.lines()], ['1', '2', '3'])
        self.assertEqual(r.lines()[1]['notes'][0]['code'], 'RLS-602')
        self.assertIn('<stdin>:2:20: document 2: ', r.err)
        r = check('--format', 'jsonl', '-e', 'gbk', stdin=b'{"id":"1","title":"\x81"}\n\x81')
        self.assertEqual(len(r.lines()), 2)
        path = self.write('x.csv', b'id,title\n1,a\n2,\xe7\n3,b\n')
        r = check('--format', 'jsonl', path)
        self.assertEqual(r.lines()[1]['notes'][0]['code'], 'RLS-602')
        self.assertIn('x.csv:3:3: row 3 (document 2): ', r.err)

    def test_hints(self):
        line = '{"title":"纯棉四件套"}\n'
        r = check(stdin=(line * 9 + '{"title":"x"}\n').encode('gbk'))
        self.assertIn("'--encoding gb18030' reads it", r.err)
        r = check(stdin=(line * 9).encode() + line.encode('gbk'))
        self.assertNotIn('--encoding', r.err)
        r = check('-e', 'gbk', stdin=(line * 9).encode())
        self.assertIn('probably not GB18030', r.err)
        r = check(stdin='id,title\n1,a\n')
        self.assertIn("'--input csv' reads", r.err)

    def test_a_mark_wins(self):
        path = self.write('x.csv', '\ufeffid,title\n1,矿机\n')
        self.expect(check('-q', '-e', 'gbk', path), 2)


class Platforms(Case):
    def test_misspelt(self):
        scoped = environment(RULE_CHECK_RULES=rules('scoped'))
        for args, told in ((('--platform', 'taoboa'), "did you mean 'taobao'?"),
                           (('--platform', 'zzz'), 'no rule names it;'),
                           (('--platform', 'TaoBao'), None), (('--platform', '1688'), None),
                           (('--channel', 'xyz'), None)):
            r = check(*args, stdin='{"title":"x"}', env=scoped)
            if told:
                self.assertIn(told, r.err)
            else:
                self.assertNotIn('no rule names', r.err)
        self.assertNotIn('no rule names', check('--platform', 'x', stdin='{}').err)

    def test_misspelt_in_documents(self):
        scoped = environment(RULE_CHECK_RULES=rules('scoped'))
        document = '{"title":"矿机","platform":"%s"}\n'
        r = self.expect(check(stdin=(document % 'taoboa') * 3 + document % 'pdd', env=scoped), 0)
        self.assertEqual(r.out, '')
        self.assertEqual(r.err.count('RLS-613'), 2)
        self.assertIn('notes: RLS-613 in 3 documents (no rule names "taoboa": it counts as none of '
                      'those that rules name: did you mean taobao?)\n', r.err)
        self.assertIn('in 1 document (no rule names "pdd": ', r.err)
        for name in ('taobao', 'TaoBao', 'tmall', '1688'):
            self.assertNotIn('RLS-613', check(stdin=document % name, env=scoped).err)
        path = self.write('x.csv', 'title,平台\n矿机,taoboa\n')
        r = check('-f', 'json', '--lang', 'zh-CN', path, env=scoped).json()
        note = r['documents'][0]['notes'][0]
        self.assertEqual((note['code'], note['field']), ('RLS-613', 'platform'))
        self.assertIn('是否想写 taobao？', r['summary']['notes'][0]['message'])

    def test_values_beyond_the_first(self):
        scoped = environment(RULE_CHECK_RULES=rules('scoped'))
        names = ['p%d' % i for i in range(100)] + ['shop'] * 2
        many = ''.join('{"title":"x","platform":"%s"}\n' % name for name in names)
        r = check('-f', 'json', stdin=many, env=scoped).json()
        told = r['summary']['notes']
        self.assertEqual(len(told), 33)
        self.assertEqual((told[-1]['documents'], told[-1]['message']),
                         (69, 'no rule names further values; a document counts once for each'))
        self.assertEqual(told[0]['documents'], 2)
        self.assertIn('"shop"', told[0]['message'])
        self.assertEqual(sum(n['documents'] for n in told), 102)

    def test_a_value_is_counted_wherever_it_stands(self):
        """Batches that are full of other values lose none of it."""
        scoped = environment(RULE_CHECK_RULES=rules('scoped'))
        names = ['q%d' % i if i % 100 else 'shop' for i in range(1, 5001)]
        many = ''.join('{"title":"x","platform":"%s"}\n' % name for name in names)
        for jobs in ('1', '3'):
            r = check('-j', jobs, stdin=many, env=scoped)
            self.assertIn('RLS-613 in 50 documents (no rule names "shop"', r.err)
            self.assertIn('RLS-613 in 4919 documents (no rule names further values;', r.err)


if __name__ == '__main__':
    unittest.main()
