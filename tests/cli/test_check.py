#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check check: options, formats, statuses."""
import json
import os
import random
import signal
import subprocess
import unittest

from program import Case, check, environment, NOW, PROGRAM, rules, run

BAD = '{"id":"bad","title":"蚂蚁矿机"}\n'
GOOD = '{"id":"good","title":"振动选矿机"}\n'
BROKEN = '{"id":\n'


def catalogue(n):
    """Listings of very different sizes, some of them bad, some broken."""
    pick = random.Random(7)
    lines = []
    for i in range(n):
        title = pick.choice(('蚂蚁矿机', '振动选矿机', '货架', '矿 机', '木制玩具'))
        description = '说明' * pick.choice((0, 1, 10, 100, 3000))
        text = json.dumps({'id': str(i), 'title': title, 'description': description},
                          ensure_ascii=False)
        lines.append(text[:-3] if i % 97 == 5 else text)
    return '\n'.join(lines) + '\n'


class Status(Case):
    def test_clean(self):
        r = self.expect(check(stdin=GOOD), 0)
        self.assertEqual(r.out, '')

    def test_findings(self):
        r = self.expect(check(stdin=GOOD + BAD), 2)
        self.assertIn('bad', r.out)
        self.assertNotIn('good', r.out)

    def test_malformed(self):
        r = self.expect(check(stdin=GOOD + BROKEN + GOOD), 1)
        self.assertIn('rule-check: <stdin>:2', r.err)
        self.assertIn('2 checked', r.err)
        self.assertIn('1 malformed', r.err)

    def test_findings_win(self):
        self.expect(check(stdin=BROKEN + GOOD + BAD), 2)
        self.expect(check('--fail-on', 'never', stdin=BROKEN + BAD), 1)

    def test_fail_on(self):
        for level, status in (('pass', 2), ('advise', 2), ('review', 2), ('reject', 2),
                              ('never', 0)):
            self.expect(check('--fail-on', level, stdin=BAD), status)
            self.expect(check('--fail-on', level, stdin=GOOD), 0)
        advice = ('-r', rules('advice'))
        for level, status in (('pass', 2), ('advise', 2), ('review', 0), ('reject', 0)):
            self.expect(check(*advice, '--fail-on', level, stdin=BAD), status)
        self.expect(check(*advice, stdin=BAD), 0)

    def test_unreadable(self):
        good = self.write('good.jsonl', GOOD)
        bad = self.write('bad.jsonl', BAD)
        missing = os.path.join(self.folder, 'missing.jsonl')
        r = self.expect(check('--format', 'jsonl', good, missing, self.folder, good), 1)
        self.assertEqual(len(r.lines()), 2)
        self.assertIn(missing, r.err)
        self.assertIn(self.folder + ':', r.err)
        self.expect(check(missing, bad), 2)
        r = self.expect(check('--format', 'json', missing), 1)
        self.assertEqual(r.json()['summary']['unreadable'], 1)

    def test_usage(self):
        for args in (('--frmt', 'json'), ('--format', 'yaml'), ('--format',), ('--jobs', '0'),
                     ('--jobs', '65'), ('--jobs', 'x'), ('--as-of', 'yesterday'), ('-Z',),
                     ('--fail-on', 'maybe'), ('--text', 'a', 'file'), ('--description', 'x'),
                     ('--subject', 'shipment'), ('--text', 'a', '--subject', 'message'),
                     ('--quiet=yes',), ('--lang', 'fr'), ('--deadline', '-1')):
            r = self.expect(check(*args), 64)
            self.assertTrue(r.err.startswith('rule-check: '), r.err)
            self.assertEqual(r.out, '')

    def test_rules_that_cannot_be_used(self):
        for path in (rules('broken'), rules('empty'), rules('missing'), self.folder):
            r = self.expect(check('-r', path, stdin=GOOD), 1)
            self.assertIn('rule-check: ', r.err)
            self.assertEqual(r.out, '')
        r = check('-r', rules('broken'), stdin=GOOD)
        self.assertIn('demo.xml:', r.err)

    def test_rules_given_twice(self):
        self.expect(check('-r', rules('good'), '-r', rules('good/demo.xml'), stdin=BAD), 2)
        both = rules('good') + ':' + rules('advice')
        self.expect(check(stdin=BAD, env=environment(RULE_CHECK_RULES=both)), 2)


class Formats(Case):
    def test_json(self):
        r = self.expect(check('--format', 'json', stdin=GOOD + BROKEN + BAD), 2)
        whole = r.json()
        self.assertEqual(len(whole['documents']), 3)
        self.assertEqual(whole['documents'][1]['error']['line'], 2)
        self.assertEqual(whole['documents'][1]['error']['document'], 2)
        self.assertTrue(whole['documents'][1]['error']['reason'])
        s = whole['summary']
        self.assertEqual((s['checked'], s['malformed'], s['rules']), (2, 1, 1))
        self.assertEqual(s['verdicts'], {'pass': 1, 'advise': 0, 'review': 0, 'reject': 1})
        self.assertEqual(s['undecided'], [])

    def test_jsonl(self):
        r = self.expect(check('--format', 'jsonl', stdin=GOOD + BROKEN + BAD), 2)
        found = r.lines()
        self.assertEqual([d.get('verdict') for d in found], ['pass', None, 'reject'])
        self.assertEqual(found[1]['error']['kind'], 'malformed')

    def test_text(self):
        r = check('--all', stdin=GOOD + BAD)
        self.assertIn('<stdin>:1:', r.out)
        self.assertIn('<stdin>:2:', r.out)
        self.assertNotIn('\x1b', r.out)
        self.assertIn('reject 1', r.err)
        self.assertIn('\x1b', check('--color', 'always', stdin=BAD).out)

    def test_quiet(self):
        for form in ('text', 'json', 'jsonl'):
            r = self.expect(check('--quiet', '--format', form, stdin=GOOD + BAD), 2)
            self.assertEqual((r.out, r.err), ('', ''))
        self.assertIn('<stdin>:1', check('--quiet', stdin=BROKEN).err)

    def test_control_characters_stay_out(self):
        r = check(stdin='{"id":"\\u001b[31m\\u009b","title":"矿机"}\n')
        self.assertNotIn('\x1b', r.out)
        self.assertNotIn('\x9b', r.out)

    def test_text_option(self):
        r = self.expect(run('check', *NOW, '--lang', 'en', '--text', '全新蚂蚁矿机'), 2)
        self.assertIn('The listing offers a mining machine', r.out)
        self.assertEqual(r.err, '')
        r = self.expect(check('--text', '货架', '--description', '二手矿机', '--category', '工具',
                              '--format', 'json'), 2)
        self.assertEqual(len(r.json()['documents']), 1)
        self.assertTrue(self.expect(check('--text', '货架'), 0).out)

    def test_html(self):
        page = '<p>出售<b>蚂蚁</b>矿&#26426;</p><i hidden>货架</i>'
        for r in (check('--text', '货架', '--description', page, '--format', 'json'),
                  check('--format', 'json', stdin=json.dumps({'description': page}))):
            evidence = self.expect(r, 2).json()['documents'][0]['findings'][0]['evidence'][0]
            found = page.encode()[slice(*evidence['bytes'])].decode()
            self.assertEqual(found, page[slice(*evidence['code_points'])])
            self.assertIn('矿&#26426;', found)
            self.assertEqual(evidence['excerpt'], '出售蚂蚁矿机')
        text = json.dumps({'description': page, 'description_type': 'text'})
        self.expect(check('--format', 'json', stdin=text), 0)

    def test_as_of(self):
        for day, status in (('2026-02-05', 0), ('2026-02-06', 2),
                            ('2026-02-05T23:59:59+08:00', 0), ('2026-02-06T00:00:00+08:00', 2),
                            ('2026-02-05T16:00:00Z', 2), ('2026-02-05T15:59:59Z', 0)):
            self.expect(run('check', '--as-of', day, '--text', '矿机'), status)
            self.expect(run('check', '--now', day, '--text', '矿机'), status)
        self.expect(check('--as-of=2026-02-05', '--text', '矿机'), 0)

    def test_language(self):
        zh, en = '标题或描述中出售矿机', 'The listing offers a mining machine'
        for env, expected in (({}, en), ({'LANG': 'zh_CN.UTF-8'}, zh), ({'LC_ALL': 'zh'}, zh),
                              ({'LANG': 'zh_CN.UTF-8', 'LC_ALL': 'C'}, en),
                              ({'LANG': 'C', 'LC_MESSAGES': 'zh_TW'}, zh)):
            r = check('--text', '矿机', env=environment(**env))
            self.assertIn(expected, r.out, env)
        self.assertIn(zh, check('--lang', 'zh-CN', '--text', '矿机').out)
        r = check('--lang', 'en', stdin=BAD, env=environment(LANG='zh_CN.UTF-8'))
        self.assertIn('1 checked', r.err)
        self.assertIn('没有', run('check', '--oops', '--lang', 'zh-CN').err)

    def test_redact(self):
        r = check('--format', 'jsonl', '--redact', stdin='{"title":"密语矿机"}')
        self.assertNotIn('密语', r.out)
        self.assertEqual(r.lines()[0]['verdict'], 'reject')

    def test_context_is_taken(self):
        r = check('--platform', 'taobao', '--channel', 'domestic', '--destination', 'CN',
                  '--destination', 'HK', '--strict', '--deadline', '10000', '--format', 'json',
                  stdin=GOOD)
        self.expect(r, 0)

    def test_progress(self):
        r = check('--progress', stdin=GOOD)
        self.expect(r, 0)
        self.assertNotIn('\x1b', check(stdin=catalogue(500)).err)


class Streams(Case):
    def test_order_does_not_depend_on_jobs(self):
        data = catalogue(4000).encode()
        for form in ('jsonl', 'text', 'json'):
            args = ('--format', form, '--all')
            one = self.expect(check(*args, '--jobs', '1', stdin=data), 2)
            four = self.expect(check(*args, '--jobs', '4', stdin=data), 2)
            if form == 'json':
                a, b = one.json(), four.json()
                for s in (a['summary'], b['summary']):
                    del s['elapsed_ms'], s['documents_per_second']
                self.assertEqual(a, b)
                continue
            self.assertTrue(one.out == four.out, form)
            same = [line for line in one.err.splitlines() if line.startswith('rule-check')]
            self.assertEqual(same, [line for line in four.err.splitlines()
                                    if line.startswith('rule-check')])

    def pipe_status(self, handler):
        path = self.write('many.jsonl', catalogue(4000))
        args = [PROGRAM, 'check', *NOW, '--format', 'jsonl', path]
        with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=environment(),
                              preexec_fn=lambda: signal.signal(signal.SIGPIPE, handler)) as p:
            p.stdout.readline()
            p.stdout.close()
            errors = p.stderr.read().decode()
            status = p.wait(60)
        self.assertNotIn('cannot write', errors)
        return status

    def test_reader_that_goes(self):
        self.assertEqual(self.pipe_status(signal.SIG_DFL), -signal.SIGPIPE)
        self.assertEqual(self.pipe_status(signal.SIG_IGN), 141)

    def test_head(self):
        path = self.write('many.jsonl', catalogue(4000))
        script = '"$0" check --now 2026-03-01 -f jsonl "$1" 2>/dev/null | head -1 | wc -l'
        done = subprocess.run(['sh', '-c', script, PROGRAM, path], env=environment(),
                              stdout=subprocess.PIPE, timeout=60)
        self.assertEqual(done.stdout.strip(), b'1')

    @unittest.skipUnless(os.path.exists('/dev/full'), 'needs /dev/full')
    def test_full_device(self):
        for args in (('--format', 'jsonl'), ('--format', 'json'), ('--all',)):
            for data in (GOOD, catalogue(4000)):
                with open('/dev/full', 'wb') as full:
                    r = self.expect(check(*args, stdin=data, stdout=full), 1)
                self.assertIn('rule-check: cannot write standard output', r.err)
        r = self.expect(check('--output', '/dev/full', stdin=BAD), 1)
        self.assertIn('/dev/full', r.err)

    def test_output_file(self):
        path = self.write('report.jsonl', 'x' * 100000)
        r = self.expect(check('--format', 'jsonl', '-o', path, stdin=BAD), 2)
        self.assertEqual(r.out, '')
        with open(path, encoding='utf-8') as f:
            self.assertEqual(json.load(f)['verdict'], 'reject')
        r = self.expect(check('-o', os.path.join(self.folder, 'no', 'where'), stdin=BAD), 1)
        self.assertIn('cannot write', r.err)

    def test_output_never_replaces_an_input(self):
        path = self.write('list.jsonl', BAD)
        self.expect(check('-o', path, path), 1)
        with open(path, encoding='utf-8') as f:
            self.assertEqual(f.read(), BAD)

    def test_standard_input_by_name(self):
        path = self.write('list.jsonl', BAD)
        r = self.expect(check('--format', 'jsonl', path, '-', stdin=GOOD), 2)
        self.assertEqual(len(r.lines()), 2)

    def test_closed_descriptors(self):
        script = '"$0" check --now 2026-03-01 -q --allow-empty <&- >&- 2>&-'
        done = subprocess.run(['sh', '-c', script, PROGRAM], env=environment(), timeout=60)
        self.assertEqual(done.returncode, 0)


UNDECIDED = '''<ruleset xmlns="urn:librules:ruleset:1" id="t.scope" version="1"
  subject="listing"><title>x</title><source id="own" kind="platform-rule">y</source>
  <rule id="r" severity="risk"><title>x</title><title xml:lang="en">x</title>
  <applies><field name="category.id" is="7"/></applies>
  <when><field name="title" present="yes"/></when>
  <outcome verdict="reject"><message>x</message><message xml:lang="en">x</message>
  <cite source="own"/></outcome></rule></ruleset>'''


class Undecided(Case):
    def test_the_summary_says_what_passed_undecided(self):
        path = self.write('r.xml', UNDECIDED)
        documents = '{"title":"x"}\n{"title":"x","category":{"id":"8"}}\n{"title":"y"}\n'
        r = self.expect(check('-r', path, stdin=documents), 0)
        self.assertIn('undecided: category.id missing: 1 rule (2 documents)\n'
                      'undecided: passed without these rules: 2 documents; --strict takes them for '
                      'review\n', r.err)
        zh = check('-r', path, '--lang', 'zh-CN', stdin=documents)
        self.assertIn('2 个文档；加 --strict', zh.err)
        found = check('-r', path, '-f', 'json', stdin=documents).json()['summary']
        self.assertEqual(found['unsettled'], 2)
        r = self.expect(check('-r', path, '--strict', stdin=documents), 2)
        self.assertNotIn('passed without', r.err)
        self.expect(check('-r', path, stdin='{"title":"x","category":{"id":"7"}}'), 2)


if __name__ == '__main__':
    unittest.main()
