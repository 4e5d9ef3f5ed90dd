#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures how many disguised terms are found, and what tolerating the disguise costs on ordinary
titles: terms are disguised, put into titles, and judged by rule-check, which sees a rule of each
term and nothing else."""
import argparse
import os
import random
import sys
from types import SimpleNamespace

from disguises import DISGUISES, all_han
from engine import Engine
from sources import DATA, Tables, read_lines, read_rule_terms, read_titles

ALWAYS = 'width case compat script ignorable'


def put(term, title, rng):
    """A term between two words of a title; what is written in Latin letters stands apart."""
    places = [0, len(title)] + [i for i, c in enumerate(title) if c == ' ']
    at = rng.choice(places)
    apart = ' ' if term.isascii() or not all_han(term) else ''
    before, after = title[:at], title[at:]
    return before + (apart if before else '') + term + (apart if after else '') + after


def disguised(make, terms, titles, tables, rng, per_term):
    """(term, text) of each term that can be disguised so, in titles of the clean ones."""
    rows = []
    for term in terms:
        for _ in range(per_term):
            new = make(term, tables, rng)
            if new is not None:
                rows.append((term, put(new, rng.choice(titles), rng)))
    return rows


def measure(engine, name, terms, titles, tables, args):
    make, form = DISGUISES[name]
    rng = random.Random('%s %s' % (args.seed, name))
    rules = engine.rules(terms, '%s %s' % (ALWAYS, form))
    clean = [t for t, hit in zip(titles, engine.judge(engine.plain, titles)) if not hit]
    rows = disguised(make, terms, clean, tables, rng, args.per_term)
    found = engine.judge(rules, [text for _, text in rows])
    missed = [row for row, hit in zip(rows, found) if row[0] not in hit]
    false = [(hit, t) for t, hit in zip(clean, engine.judge(rules, clean)) if hit]
    return SimpleNamespace(name=name, rows=len(rows), found=len(rows) - len(missed),
                           recall=1 - len(missed) / len(rows) if rows else 0.0,
                           false=1000 * len(false) / len(clean), missed=missed, harm=false)


def print_table(results):
    print('| disguise | disguised | found | recall | added false hits per 1,000 titles |')
    print('| --- | ---: | ---: | ---: | ---: |')
    for r in results:
        print('| %s | %d | %d | %.1f %% | %.1f |'
              % (r.name, r.rows, r.found, 100 * r.recall, r.false))


def print_examples(results, n):
    for r in results:
        for term, text in r.missed[:n] if r.name != 'shuffle' else []:
            print('%s, missed: %s in %s' % (r.name, term, text))
        for hit, text in r.harm[:n]:
            print('%s, false: %s in %s' % (r.name, ' '.join(sorted(hit)), text))


def load(args):
    terms = [t for path in args.terms or [os.path.join(DATA, 'terms.txt')]
             for t in read_lines(path)]
    for path in args.rules or []:
        terms += read_rule_terms(path)
    terms = list(dict.fromkeys(terms))
    titles = [t for path in args.titles or [os.path.join(DATA, 'titles.txt')]
              for t in read_titles(path)]
    rng = random.Random(args.seed)
    if args.sample and args.sample < len(terms):
        terms = rng.sample(terms, args.sample)
    return terms, list(dict.fromkeys(titles))


def parse(argv):
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--rule-check', default=os.environ.get('RULE_CHECK', 'rule-check'))
    p.add_argument('--terms', action='append', metavar='FILE', help='one a line; may repeat')
    p.add_argument('--rules', metavar='FILE', action='append',
                   help='add the terms of this rule file; may repeat')
    p.add_argument('--titles', action='append', metavar='FILE',
                   help='one a line, or JSON lines; may repeat')
    p.add_argument('--disguise', action='append', choices=DISGUISES, help='only these')
    p.add_argument('--sample', type=int, metavar='N', help='so many terms, chosen by the seed')
    p.add_argument('--per-term', type=int, default=3, metavar='N')
    p.add_argument('--seed', default='2026')
    p.add_argument('--examples', type=int, default=0, metavar='N',
                   help='show so many missed and false ones of each disguise')
    return p.parse_args(argv)


def run(args):
    terms, titles = load(args)
    tables = Tables()
    with Engine(args.rule_check) as engine:
        engine.plain = engine.rules(terms, ALWAYS)
        return terms, titles, [measure(engine, name, terms, titles, tables, args)
                               for name in args.disguise or DISGUISES]


def main():
    args = parse(sys.argv[1:])
    terms, titles, results = run(args)
    print('%d terms, %d titles, seed %s\n' % (len(terms), len(titles), args.seed))
    print_table(results)
    print_examples(results, args.examples)


if __name__ == '__main__':
    main()
