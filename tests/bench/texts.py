# SPDX-License-Identifier: Apache-2.0
"""Goods that are there, and listings composed of them: same seed, same texts."""
import html
import json
import math
import os
import random

FILES = ('listings/litemall.jsonl', 'listings/leyou-phones.jsonl', 'private/titles.jsonl')
SHORTEST, LONGEST = 200, 4200  # bytes of a listing


class Dice:
    """Only random() is the same in every version of Python; all else is made of it."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def pick(self, items):
        return items[self.below(len(items))]

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def clean(text):
    """One line, and no NUL: records end with one."""
    return ' '.join(text.replace('\0', ' ').split())


def load(root, data):
    """The goods of the data folder, or of the catalogue that the repository ships."""
    if data:
        paths = [os.path.join(data, name) for name in FILES]
        paths = [p for p in paths if os.path.exists(p)]
    else:
        paths = [os.path.join(root, 'examples/data/catalogue.jsonl')]
    goods, seen = [], set()
    for path in paths:
        with open(path, encoding='utf-8') as f:
            for line in f:
                g = json.loads(line)
                g['title'] = clean(g['title'])
                if g['title'] and g['title'] not in seen:
                    seen.add(g['title'])
                    goods.append(g)
    if not goods:
        raise SystemExit('no goods in %s' % (data or root))
    return goods


def halves(title):
    """Cut near the middle, at a blank if there is one near."""
    middle = len(title) // 2
    blank = title.find(' ', middle)
    cut = blank if 0 < blank < middle + 6 else middle
    return title[:cut].strip(), title[cut:].strip()


def titles(goods, count, dice):
    """Real titles; when they are few, new ones of about 100 bytes are made of halves of them."""
    found = [g['title'] for g in goods]
    dice.shuffle(found)
    real = len(found)
    if real < count:
        found = found[:0] if real < count // 4 else found
        pieces = [half for g in goods for half in halves(g['title']) if half]
        while len(found) < count:
            want, new = dice.between(50, 150), ''
            while len(new.encode()) < want:
                new = clean(new + ' ' + dice.pick(pieces))
            found.append(new)
    return found[:count]


def attributes_of(good):
    pairs = [(clean(a.get('name') or ''), clean(str(a.get('value') or '')))
             for a in good.get('attributes') or []]
    return [(n, v[:200]) for n, v in pairs if n and v]


def sentences(goods):
    """What descriptions are made of: descriptions, attributes as sellers write them, titles."""
    found = []
    for g in goods:
        if g.get('description'):
            found.append(clean(g['description']))
        found += [n + '：' + v for n, v in attributes_of(g)]
    dull = [g['title'] for g in goods]
    return found, dull


def listings(goods, count, dice):
    """Composed ones; their lengths are log-uniform."""
    spoken, dull = sentences(goods)
    with_attributes = [a for a in map(attributes_of, goods) if a]
    made = []
    for number in range(count):
        want = math.exp(math.log(SHORTEST) + dice.random() * math.log(LONGEST / SHORTEST))
        listing = {'id': 'b%d' % number, 'title': dice.pick(goods)['title'],
                   'category': clean(dice.pick(goods).get('category') or '其他'),
                   'price': '%d.%02d' % (dice.between(1, 9999), dice.below(100)),
                   'images': ['https://img.example.com/%08x/%d.jpg' % (dice.below(1 << 32), i)
                              for i in range(dice.below(4))],
                   'attributes': []}
        if with_attributes and want > 600:
            listing['attributes'] = dice.pick(with_attributes)[:8]
        size = len(text_of(listing).encode())
        pieces = []
        while size < want:
            piece = dice.pick(spoken if spoken and dice.random() < 0.5 else dull)
            pieces.append(piece)
            size += len(piece.encode()) + 3
        listing['pieces'] = pieces
        listing['joints'] = [dice.pick('，。；！ ') for _ in pieces]
        made.append(listing)
    return made


def description(listing):
    return ''.join(p + j for p, j in zip(listing['pieces'], listing['joints'])).strip()


def text_of(listing):
    """All that a rule on every text field looks at, as one text."""
    lines = [listing['title'], listing['category']]
    lines += [n + '：' + v for n, v in listing['attributes']]
    if listing.get('pieces'):
        lines.append(description(listing))
    return '\n'.join(lines)


def as_json(listing, described):
    """The document; described is the description."""
    return json.dumps({'id': listing['id'], 'title': listing['title'],
                       'category': listing['category'], 'price': listing['price'],
                       'attributes': [{'name': n, 'value': v} for n, v in listing['attributes']],
                       'images': listing['images'], 'description': described},
                      ensure_ascii=False)


def as_html(listing):
    """The description as sellers' editors write it."""
    out = []
    for i, (piece, joint) in enumerate(zip(listing['pieces'], listing['joints'])):
        shown = html.escape(piece).replace(' ', '&nbsp;' if i % 3 == 0 else ' ') + joint
        if i % 4 == 1:
            shown = '<span style="color: #ff0000;"><strong>' + shown + '</strong></span>'
        out.append('<p style="text-align:center">' + shown + '</p>' if i % 2 else shown + '<br/>')
    out += ['<img src="%s" width="750">' % u for u in listing['images']]
    return '<div class="detail">' + ''.join(out) + '</div>'
