# SPDX-License-Identifier: Apache-2.0
"""Dictionaries and patterns: same seed, same words."""
import glob
import os
import re
import unicodedata
from collections import Counter

HAN = re.compile('[\u4e00-\u9fff]+')
# Letters, digits and Han only: what every engine takes as it is.
WORD = re.compile(r'[0-9A-Za-z\u4e00-\u9fff]{2,40}$')
SAMPLE_BYTES = 1 << 20
# Hits of exact terms in a kilobyte of listings, of 60,000 terms.
DENSITY = {'real': 7.6, 'sparse': 0.56, 'dense': 25.0}


def lexicon(paths):
    found = {}
    for path in paths:
        with open(path, encoding='utf-8', errors='ignore') as f:
            for line in f:
                word = unicodedata.normalize('NFC', line.strip())
                if WORD.match(word):
                    found[word] = None
    return list(found)


def lexicon_paths(data, file):
    return [file] if file else sorted(glob.glob(os.path.join(data, 'lexicons/*.txt'))) \
        if data else []


def grams(texts, longest=4):
    """How often each run of two to four Han stands in a sample, and the bytes of the sample."""
    counts, size = Counter(), 0
    for text in texts:
        size += len(text.encode())
        for run in HAN.findall(text):
            for n in range(2, longest + 1):
                counts.update(run[i:i + n] for i in range(len(run) - n + 1))
        if size > SAMPLE_BYTES:
            break
    return counts, size


def absent(counts, dice):
    """Words that look like words and stand in no text: two that do, one behind the other."""
    parts = sorted(g for g in counts if len(g) < 4)
    while True:
        word = dice.pick(parts) + dice.pick(parts)
        if dice.random() < 0.15:
            word += dice.pick(('vip', 'app', 'qq', '365', '168', '520', 'tv', 'xx'))
        if word not in counts:
            yield word


def dictionary(kind, count, counts, size, given, dice):
    """
    Distinct words, shuffled. A lexicon that is long enough is all of `real`; otherwise words of
    the texts are taken until they hit as often as they should, and words that do not occur.
    """
    chosen = dict.fromkeys(dice.shuffle(list(given))) if kind == 'real' else {}
    hits = sum(counts.get(w, 0) for w in chosen)
    # A larger dictionary than the usual one hits no more often.
    wanted = DENSITY[kind] * size / 1024 * min(1, count / 60000)
    if len(chosen) < count:
        for word in dice.shuffle(sorted(counts)):
            if hits >= wanted or len(chosen) >= count:
                break
            if word not in chosen:
                chosen[word] = None
                hits += counts[word]
        words = absent(counts, dice)
        while len(chosen) < count:
            chosen[next(words)] = None
    found = list(chosen)
    if kind != 'real' or len(given) < count:
        dice.shuffle(found)
    return found[:count]


def homophones(words, count):
    return [w for w in words if 2 <= len(w) <= 5 and HAN.fullmatch(w)][:count]


# Written by hand: what moderators of a shop look for. The last four have no factor.
BY_HAND = (
    '(?:最|极|顶)(?:佳|优秀|高级|先进)', '(?:国家|世界|宇宙)级(?:产品|品质|大师)?',
    '全网(?:最低|第一)价?',
    '加(?:我|个)?[ .]{0,2}(?:微信|薇信|vx)', '(?:微信|电话|手机)[:： ]{1,3}[0-9A-Za-z_-]{5,20}',
    'https?://[0-9a-z.-]{4,40}', '[0-9a-z._-]{2,30}@[0-9a-z-]{2,20}[.]com',
    '(?:根治|治愈|药到病除).{0,10}(?:糖尿病|高血压|肿瘤)', '好评.{0,6}返(?:现|[0-9]{1,3}元)',
    '(?:永不|绝不|从不)(?:反弹|复发|掉色)', '[0-9]{1,3}天(?:见效|瘦[0-9]{1,2}斤)',
    '1[3-9][0-9]{9}', '[0-9]{8,12}', '[a-z]{2,8}[0-9]{5,9}', '[0-9]{3,4}-[0-9]{7,8}')


def patterns(count, words, counts, dice):
    """Templates with words of the dictionary and, one time in five, of the texts."""
    usual = sorted(counts)
    han = [w for w in words if HAN.fullmatch(w) and len(w) <= 6]

    def word():
        return dice.pick(usual) if dice.random() < 0.2 else dice.pick(han)

    def spaced(text):
        return '[ ._*-]{0,2}'.join(text)

    templates = (
        lambda: '%s.{0,10}%s' % (word(), word()),
        lambda: '%s[ ._-]{0,3}%s' % (word(), word()),
        lambda: spaced(word()),
        lambda: '(?:%s|%s|%s).{0,4}%s' % (word(), word(), word(), word()),
        lambda: '[0-9]{1,4}(?:[.][0-9]{1,2})?(?:%s)%s' % (dice.pick(('元', '折', '片', 'kg', 'mg')),
                                                         word()),
        lambda: '%s[0-9]{2,6}' % word(),
        lambda: '%s[ ]*[:：][ ]*%s' % (word(), word()))
    made = dict.fromkeys(BY_HAND)
    while len(made) < count:
        made[dice.pick(templates)()] = None
    return list(made)[:count]
