#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes rules-data/calendar/cn.xml from the yearly files of holiday-cn.

workdays.py 2024.json 2025.json ... > cn.xml

A year without days is left out: nobody knows its working days yet.
"""
import json
import sys
from xml.sax.saxutils import escape

HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- Made by tools/workdays.py from holiday-cn, Copyright (c) 2019 NateScarlet; see
     LICENSE.holiday-cn-MIT. It follows the yearly notices of the State Council, which are named
     above each year. -->
<calendar xmlns="urn:librules:ruleset:1" id="cn" xml:lang="zh-CN">
  <title>中国法定节假日与调休</title>
  <title xml:lang="en">Public holidays and shifted working days of China</title>'''


def write(year):
    for paper in year['papers']:
        print('  <!-- %s -->' % escape(paper))
    print('  <year of="%d">' % year['year'])
    for day in sorted(year['days'], key=lambda d: d['date']):
        name = 'holiday' if day['isOffDay'] else 'workday'
        print('    <%s day="%s">%s</%s>' % (name, day['date'], escape(day['name']), name))
    print('  </year>')


def main():
    print(HEAD)
    for path in sorted(sys.argv[1:]):
        with open(path, encoding='utf-8') as f:
            year = json.load(f)
        if year['days']:
            write(year)
    print('</calendar>')


if __name__ == '__main__':
    main()
