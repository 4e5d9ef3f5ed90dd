#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How `rule-check check` cuts its input into documents."""
import json
import os
import resource
import subprocess
import time
import unittest

from program import Case, check, environment, NOW, PROGRAM

MIB = 1024 * 1024


def listing(number, title='货架'):
    return {'id': str(number), 'title': title}


def line(number, title='货架'):
    return json.dumps(listing(number, title), ensure_ascii=False)


class Documents(Case):
    def ids(self, data, *args):
        """Ids of what was judged; line numbers of what was refused."""
        r = check('--format', 'jsonl', *args, stdin=data)
        found = [d['error']['line'] if 'error' in d else d['id'] for d in r.lines()]
        refused = any(isinstance(f, int) for f in found)
        self.expect(r, 1 if refused else 0)
        return found

    def test_lines(self):
        self.assertEqual(self.ids(line(1) + '\n' + line(2) + '\n'), ['1', '2'])
        self.assertEqual(self.ids(line(1) + '\r\n\r\n  \n' + line(2)), ['1', '2'])
        self.assertEqual(self.ids(line(1)), ['1'])

    def test_array(self):
        self.assertEqual(self.ids('[' + ','.join(line(i) for i in range(1, 6)) + ']'),
                         ['1', '2', '3', '4', '5'])
        self.assertEqual(self.ids(json.dumps([listing(1), listing(2)], indent=2)), ['1', '2'])
        self.assertEqual(self.ids(' \n [ ] \n', '--allow-empty'), [])

    def test_pretty_object(self):
        self.assertEqual(self.ids(json.dumps(listing(1), indent=4)), ['1'])
        both = json.dumps(listing(1), indent=4) + '\n' + json.dumps(listing(2), indent=0)
        self.assertEqual(self.ids(both), ['1', '2'])
        nested = dict(listing(1), attributes=[{'name': '材质', 'value': '{棉"['}])
        self.assertEqual(self.ids(json.dumps(nested, indent=0)), ['1'])

    def test_byte_order_mark(self):
        for data in (line(1), '[' + line(1) + ']', json.dumps(listing(1), indent=1)):
            self.assertEqual(self.ids(b'\xef\xbb\xbf' + data.encode()), ['1'])

    def test_utf16_is_named(self):
        r = check(stdin=line(1).encode('utf-16'))
        self.expect(r, 1)
        self.assertIn('UTF-16', r.err)

    def test_malformed_in_the_middle(self):
        for bad in ('{"id":"2"', '{"id":"2","title":"x', '{"id":"2"}}', 'null', '[1', '{"a":[',
                    '{"a":', 'x' * 1000, '{"id":"2"} {"id":"9"}', ']', '"'):
            data = '\n'.join((line(1), bad, line(3), line(4), ''))
            self.assertEqual(self.ids(data), ['1', 2, '3', '4'], bad)

    def test_malformed_first_line(self):
        for bad in ('{"id":"1"', '{"id":"1",', '{"id":"1","title":"x', '{', '{"a":{"b":"c"',
                    '{"a":[{"b":"c"}', 'x'):
            data = '\n'.join((bad, line(2), line(3), line(4), ''))
            self.assertEqual(self.ids(data), [1, '2', '3', '4'], bad)
        for bad in ('{"a":', '{"a":['):
            data = '\n'.join((bad, line(2), line(3), ''))
            self.assertEqual(self.ids(data), [1, '2', '3'], bad)

    def test_malformed_last_line(self):
        self.assertEqual(self.ids(line(1) + '\n{"id":'), ['1', 2])

    def test_malformed_element(self):
        self.assertEqual(self.ids('[%s,\n{"id":},\n%s]' % (line(1), line(3))), ['1', 2, '3'])
        self.assertEqual(self.ids('[\n%s,\n{"id":"2",\n%s\n]' % (line(1), line(3))),
                         ['1', 3, '3'])
        self.assertEqual(self.ids('[%s,,%s]' % (line(1), line(3))), ['1', 1, '3'])
        self.assertEqual(self.ids('[%s,]' % line(1)), ['1', 1])
        self.assertEqual(self.ids('[%s,\n7,\n"x,]"]' % line(1)), ['1', 2, 3])

    def test_unclosed_array(self):
        self.assertEqual(self.ids('[%s,\n%s\n' % (line(1), line(2))), ['1', '2', 3])
        self.assertEqual(self.ids('[%s,\n{"id":"2' % line(1)), ['1', 2])

    def test_input_kind(self):
        pretty = json.dumps(listing(1), indent=1)
        self.assertEqual(self.ids(pretty, '--input', 'jsonl'), [1, 2, 3, 4])
        self.assertEqual(self.ids(line(1) + line(2), '--input', 'json'), ['1', '2'])

    def test_place_of_an_error(self):
        r = check('--format', 'jsonl', stdin='[%s, {"id":}]' % line(1))
        error = r.lines()[1]['error']
        self.assertEqual((error['document'], error['line']), (2, 1))
        self.assertGreater(error['column'], len(line(1)))
        self.assertIn('<stdin>:1:', r.err)
        r = check('--format', 'jsonl', stdin='\n{\n"id": "1",\n"title": oops\n}\n')
        self.assertEqual(r.lines()[0]['error']['line'], 4)

    def test_nul_bytes(self):
        data = line(1).encode() + b'\n{"id":"2\0"}\n\0\0\0\n' + line(4).encode()
        r = check('--format', 'jsonl', stdin=data)
        self.expect(r, 1)
        found = r.lines()
        self.assertEqual(len(found), 4)
        self.assertEqual((found[0]['id'], found[3]['id']), ('1', '4'))
        self.assertEqual(found[2]['error']['line'], 3)

    def test_invalid_utf8_loses_nothing(self):
        data = b'{"id":"1","title":"\xff\xfe"}\n' + line(2).encode()
        r = check('--format', 'jsonl', stdin=data)
        self.assertEqual([d['id'] for d in r.lines()], ['1', '2'])

    def test_empty_input(self):
        for data in ('', '\n\n', '\ufeff', '[]'):
            r = self.expect(check('--format', 'json', stdin=data), 1)
            self.assertEqual(r.json()['documents'], [])
            self.assertEqual(r.json()['summary']['checked'], 0)
            self.assertIn('no document', r.err)
            r = self.expect(check('--allow-empty', stdin=data), 0)
            self.assertNotIn('no document', r.err)
        self.assertIn('no document', self.expect(check('--quiet', stdin=''), 1).err)
        self.expect(check('--allow-empty', stdin=line(1)), 0)

    def test_place_of_a_report(self):
        first = self.write('a.json', json.dumps([listing(1), listing(2)], indent=1))
        r = check('--format', 'jsonl', first, '-', stdin='\n' + line(3) + '\n')
        found = [(d['input'], d['line'], d['document']) for d in r.lines()]
        self.assertEqual(found, [(first, 2, 1), (first, 6, 2), ('<stdin>', 2, 1)])
        for d in r.lines():
            self.assertEqual(list(d)[:4], ['input', 'line', 'document', 'format'])
        whole = check('--format', 'json', first).json()
        self.assertEqual(whole['documents'][1]['document'], 2)
        self.assertNotIn('input', check('--format', 'jsonl', '--text', 'x').lines()[0])

    def test_many_malformed(self):
        data = ''.join('{"id":\n' if i % 2 else line(i) + '\n' for i in range(2000))
        bad = self.write('bad.jsonl', data)
        few = self.write('few.jsonl', '{"id":\n' * 20)
        r = self.expect(check(bad, few), 1)
        self.assertEqual(r.err.count('bad.jsonl:'), 20 + 1)
        self.assertIn('bad.jsonl: ... and 980 more\n', r.err)
        self.assertEqual(r.err.count('few.jsonl:'), 20)
        r = self.expect(check('--format', 'jsonl', bad), 1)
        self.assertEqual(r.err.count('bad.jsonl:'), 1000)
        self.assertEqual(len(r.lines()), 2000)

    def test_plain_text(self):
        for data in ('id,title\n1,货架\n', '  货架\n', '"id","title"\n'):
            r = self.expect(check(stdin=data), 1)
            self.assertEqual(r.err.count('looks like a table'), 1)
        for data in ('{"id":\n7\n', '[7]', '[1,2', line(1) + '\nx\n'):
            self.assertNotIn('looks like a table', check(stdin=data).err)

    def test_notes(self):
        r = check(stdin=line(1) + '\n{"id":"2","title":"货架","title":"货架"}\n')
        self.assertIn('<stdin>:2: 2: pass', r.out)
        self.assertNotIn('<stdin>:1', r.out)
        self.assertIn('notes: RLS-601 in 1 document (', r.err)
        r = check('--format', 'json', stdin='{"title":"a","title":"b"}\n' * 300)
        notes = r.json()['summary']['notes']
        self.assertEqual([(n['code'], n['documents']) for n in notes], [('RLS-601', 300)])

    def test_another_encoding(self):
        gbk = (line(1) + '\n').encode('gb18030')
        self.assertIn('--encoding gb18030', check(stdin=gbk * 500).err)
        self.assertNotIn('--encoding', check(stdin=gbk + line(2).encode()).err)
        r = check(self.write('a.jsonl', gbk), self.write('b.jsonl', line(1)))
        self.assertEqual(r.err.count('--encoding'), 1)
        self.assertIn('a.jsonl: probably GBK', r.err)

    def test_largest_line(self):
        filler = 'x' * (16 * MIB - len(line(1, '')))
        for extra, expected in (('', ['1', '2']), ('x', [1, '2'])):
            data = line(1, filler + extra) + '\n' + line(2) + '\n'
            self.assertEqual(self.ids(data), expected)

    def test_huge_documents_are_passed_over(self):
        huge = line(1, 'x{["\\' * (10 * MIB))
        pretty = json.dumps(listing(1, 'x{[' * (10 * MIB)), indent=1)
        self.assertEqual(self.ids(huge + '\n' + line(2)), [1, '2'])
        self.assertEqual(self.ids('[%s,\n%s]' % (huge, line(2))), [1, '2'])
        self.assertEqual(self.ids(pretty + '\n' + line(2)), [1, '2'])

    def test_many_files(self):
        names = [self.write('%02d.json' % i, json.dumps(listing(i), indent=2)) for i in range(20)]
        r = self.expect(check('--format', 'jsonl', *names), 0)
        self.assertEqual([d['id'] for d in r.lines()], [str(i) for i in range(20)])

    def test_results_do_not_wait_for_the_end(self):
        with subprocess.Popen([PROGRAM, 'check', *NOW, '--format', 'jsonl'], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=environment()) as p:
            for i in range(3):
                p.stdin.write(line(i).encode() + b'\n')
                p.stdin.flush()
                self.assertEqual(json.loads(p.stdout.readline())['id'], str(i))
            p.stdin.close()
            self.assertEqual(p.wait(20), 0)

    def test_pipes_that_do_not_block(self):
        data = '\n'.join(line(i) for i in range(20000)).encode()
        r = check('--format', 'jsonl', stdin=data,
                  preexec_fn=lambda: [os.set_blocking(fd, False) for fd in (0, 1)])
        self.expect(r, 0)
        self.assertEqual(len(r.lines()), 20000)

    def test_bounded_memory(self):
        limit = 400 * MIB

        def confine():
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        if os.environ.get('CLI_SANITIZE', 'none') != 'none':
            self.skipTest('sanitizers need more')
        begun = time.monotonic()
        data = b'[' + b','.join([line(1, 'x' * MIB).encode()] * 600) + b']'
        r = check('--format', 'jsonl', '--jobs', '4', stdin=data, preexec_fn=confine)
        self.expect(r, 0)
        self.assertEqual(len(r.lines()), 600)
        self.assertLess(time.monotonic() - begun, 100)


class Members(Case):
    def test_unknown_members_are_told_once(self):
        documents = ''.join(json.dumps(d) + '\n' for d in (
            {'title': 'x', 'url': 'a', 'shop': {'city': 'b'}}, {'title': 'x', 'url': 'c'},
            {'title': 'x', '商品标题': 'y'}, {'title': 'x', 'attributes': {'any': 'y'}}))
        r = self.expect(check('-j', '1', stdin=documents), 0)
        self.assertEqual(r.out, '')
        self.assertIn("unknown member 'url' in 2 documents\n"
                      "unknown member 'shop.city' in 1 document\n"
                      "unknown member '商品标题' in 1 document: did you mean 'title'?\n", r.err)
        self.assertNotIn('any', r.err)
        zh = check('--lang', 'zh-CN', stdin=documents)
        self.assertIn('未知成员“url”：2 个文档\n', zh.err)
        s = check('-f', 'json', '-j', '3', stdin=documents * 500).json()['summary']
        self.assertEqual(s['unknown_members'],
                         [{'member': 'url', 'documents': 1000},
                          {'member': 'shop.city', 'documents': 500},
                          {'member': '商品标题', 'documents': 500, 'meant': 'title'}])
        self.assertNotIn('unknown', check('-q', stdin=documents).err)

    def test_many_unknown_members(self):
        many = ''.join('{"title":"x","m%d":1}\n' % i for i in range(12))
        self.assertIn('further unknown members: 2\n', check(stdin=many).err)
        s = check('-f', 'json', stdin=many).json()['summary']
        self.assertEqual((len(s['unknown_members']), s['unknown_members_cut']), (12, 0))
        self.assertIn("unknown member '' in 1 document\n", check(stdin='{"title":"x","":1}').err)

    def test_more_unknown_members_than_are_kept(self):
        many = ''.join('{"title":"x","m%d":1}\n' % i for i in range(10000))
        err = check('-j', '1', stdin=many).err
        self.assertIn('further unknown members: 9990\n', err)
        many += '{"title":"x","n":1,"m7":1}\n' * 2
        self.assertIn('further unknown members: at least 9991\n', check('-j', '1', stdin=many).err)
        self.assertIn('其余未知成员：至少 9991 个\n', check('--lang', 'zh', stdin=many).err)
        s = check('-f', 'json', '-j', '1', stdin=many).json()['summary']
        self.assertEqual((len(s['unknown_members']), s['unknown_members_cut']), (10000, 2))
        self.assertEqual(s['unknown_members'][0], {'member': 'm7', 'documents': 3})


if __name__ == '__main__':
    unittest.main()
