# SPDX-License-Identifier: Apache-2.0
"""Rule sets of many rules, as XML."""
from xml.sax.saxutils import escape

HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<ruleset xmlns="urn:librules:ruleset:1" id="%s" version="1" subject="listing" xml:lang="en">
<title>%s</title>
<source id="law" kind="law" published="2020-01-01" from="2020-01-01">Law</source>
'''
RULE = '''<rule id="%s" severity="risk"><title>%s</title>%s%s<outcome verdict="review">\
<message>Not allowed.</message><cite source="law"/></outcome></rule>
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


def write(out, real, patterns, homophones, more, scale, dice):
    def put(name, *parts):
        out.put(name + '.xml', ruleset('bench.' + name, *parts).encode(), 1)

    put('terms', in_lists('t', real, 20))
    put('patterns', in_lists('p', patterns, 10, 'pattern'),
        in_lists('h', homophones, 1, options=' tolerate="homophone"'))
