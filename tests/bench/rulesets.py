# SPDX-License-Identifier: Apache-2.0
"""Rule sets of many rules, as XML."""
import json
from xml.sax.saxutils import escape

HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<ruleset xmlns="urn:librules:ruleset:1" id="%s" version="1" subject="listing" xml:lang="zh-CN">
<title>%s</title>
<source id="law" kind="law" published="2020-01-01" from="2020-01-01">Law</source>
'''
RULE = '''<rule id="%s" severity="risk"><title>%s</title>%s%s\
<outcome verdict="review"><message>不得出售。</message>\
<message xml:lang="en">Not allowed.</message><cite source="law"/></outcome></rule>
'''


def terms(name, words, element='term', options=''):
    return '<terms id="%s"%s>%s</terms>\n' % (
        name, options, ''.join('<%s>%s</%s>' % (element, escape(w), element) for w in words))


def rule(name, when, applies=''):
    return RULE % (name, name, applies and '<applies>' + applies + '</applies>',
                   '<when>' + when + '</when>')


def in_lists(prefix, words, lists, element='term', options=''):
    """The words dealt out to lists, each with a rule of its own."""
    return ''.join(terms(prefix + str(i), words[i::lists], element, options) +
                   rule(prefix + str(i), '<text in="*" terms="%s%d"/>' % (prefix, i))
                   for i in range(lists) if words[i::lists])


def ruleset(name, *parts):
    return HEAD % (name, name) + ''.join(parts) + '</ruleset>\n'


def field(name, test, value):
    return '<field name="%s" %s="%s"/>' % (name, test, value)


def structured(count):
    """
    Rules of three conditions, one of which few documents share: in `applies` or in `when`, first
    or last, about a field or an attribute.
    """
    made = []
    for i in range(count):
        brand, price = field('brand', 'is', 'B%d' % (i % 50)), field('price', 'gt', i % 400)
        material = field('attributes.材质', 'in', '棉 麻 M%d' % (i % 7))
        category = field('category', 'is', 'C%d' % i)
        model = field('attributes.型号', 'is', 'M%d' % i)
        applies, conditions = ((category, (brand, price)), ('', (brand, category, price)),
                               (model, (material, price)), ('', (price, material, model)))[i % 4]
        made.append(rule('s%d' % i, '<all>' + ''.join(conditions) + '</all>', applies))
    return ''.join(made)


def structured_document(number):
    """The document to which rule `number` applies, and no other."""
    return json.dumps({'id': 'd%d' % number, 'title': '商品', 'category': 'C%d' % number,
                       'brand': 'B%d' % (number % 50), 'price': '450', 'origin': '中国',
                       'attributes': [{'name': n, 'value': v} for n, v in (
                           ('颜色', '白色'), ('材质', '棉'), ('型号', 'M%d' % number),
                           ('产地', '浙江'), ('尺寸', '30cm'), ('重量', '500g'), ('风格', '简约'),
                           ('适用', '成人'), ('季节', '四季'))]}, ensure_ascii=False)


def hung_on_words(words):
    """A list and a rule for each word."""
    return ''.join(terms('w%d' % i, [w]) +
                   rule('w%d' % i, '<text in="*" terms="w%d"/>' % i) for i, w in enumerate(words))


SCALES = (10000, 20000, 50000, 100000)
HITTING = 300  # words that occur, whatever the number of rules


def write(out, found, hitting, scale, dice):
    def put(name, *parts):
        out.put(name + '.xml', ruleset('bench.' + name, *parts).encode(), 1)

    put('terms', in_lists('t', found['real'], 20))
    put('patterns', in_lists('p', found['patterns'], 10, 'pattern'),
        in_lists('h', found['homophones'], 1, options=' tolerate="homophone"'))
    put('one-rule', rule('r', field('price', 'lt', '0')))
    rules = 10000 // scale
    put('structured', structured(rules))
    out.write('structured-json', [structured_document(dice.below(rules)) for _ in range(500)])
    rest = list(dict.fromkeys(w for w in found['absent'] if w not in set(hitting)))
    for count in SCALES:
        words = hitting + rest[:count // scale - len(hitting)]
        put('scale-%d' % count, hung_on_words(dice.shuffle(words)))
