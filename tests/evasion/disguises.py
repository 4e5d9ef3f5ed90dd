# SPDX-License-Identifier: Apache-2.0
"""The disguises: each takes a term, tables and a random generator, and gives the disguised term,
or None where the term cannot be disguised so."""
from sources import is_han

SEPARATORS = ['-', '·', ' ', '_', '*', '~', '|', '/', '+', '^', '★', '♥']
ZERO_WIDTH = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff']


def all_han(term):
    return all(map(is_han, term))


def some(rng, places):
    """One place or more, most often one."""
    if not places:
        return []
    return rng.sample(places, rng.choice([1, 1, min(2, len(places)), len(places)]))


def replace(term, chosen, new):
    return ''.join(new(c) if i in chosen else c for i, c in enumerate(term))


def look_alike(term, tables, rng):
    """One character; in Latin words up to half of them."""
    han = [i for i, c in enumerate(term) if c in tables.shape]
    if han:
        return replace(term, [rng.choice(han)], lambda c: rng.choice(tables.shape[c]))
    latin = [i for i, c in enumerate(term) if c in tables.latin]
    if not latin:
        return None
    chosen = rng.sample(latin, rng.randint(1, max(1, len(latin) // 2)))
    return replace(term, chosen, lambda c: rng.choice(tables.latin[c]))


def split(term, tables, rng):
    places = [i for i, c in enumerate(term) if c in tables.parts]
    chosen = some(rng, places)
    return replace(term, chosen, lambda c: rng.choice(tables.parts[c])) if chosen else None


def traditional(term, tables, rng):
    new = ''.join(tables.traditional.get(c, c) for c in term)
    return new if new != term else None


def initials(term, tables, rng):
    syllables = tables.syllables(term) if all_han(term) and len(term) >= 3 else None
    if not syllables:
        return None
    short = ''.join(s[0] for s in syllables)
    return rng.choice([short, short.upper()])


def full_pinyin(term, tables, rng):
    """Joined, spaced, capitalised, or mixed with the characters."""
    syllables = tables.syllables(term) if all_han(term) and len(term) >= 2 else None
    if not syllables:
        return None
    way = rng.randrange(5)
    if way == 0:
        return ' '.join(syllables)
    if way == 1:
        return ''.join(s.capitalize() for s in syllables)
    if way == 2:
        at = rng.randrange(len(term))
        return term[:at] + syllables[at] + term[at + 1:]
    return ''.join(syllables)


def homophone(term, tables, rng):
    places = [i for i, c in enumerate(term) if c in tables.sound]
    chosen = some(rng, places)
    return replace(term, chosen, lambda c: rng.choice(tables.sound[c])) if chosen else None


def shuffle(term, tables, rng):
    """The negative control: the characters in another order are another word."""
    if len(set(term)) < 2:
        return None
    while True:
        new = ''.join(rng.sample(term, len(term)))
        if new != term:
            return new


def emoji(term, tables, rng):
    places = [i for i, c in enumerate(term) if c in tables.emoji]
    chosen = some(rng, places)
    return replace(term, chosen, lambda c: rng.choice(tables.emoji[c].split())) if chosen else None


def separators(term, tables, rng):
    return rng.choice(SEPARATORS).join(term) if len(term) > 1 and all_han(term) else None


def zero_width(term, tables, rng):
    at = rng.randrange(1, len(term)) if len(term) > 1 else 0
    return term[:at] + rng.choice(ZERO_WIDTH) + term[at:] if at else None


def full_width(term, tables, rng):
    new = ''.join(chr(ord(c) + 0xfee0) if '!' <= c <= '~' else c for c in term)
    return new if new != term else None


# name -> (what makes it, the forms that a term has to tolerate)
DISGUISES = {
    'look-alike': (look_alike, 'lookalike'),
    'split': (split, 'split'),
    'traditional': (traditional, 'script'),
    'full pinyin': (full_pinyin, 'pinyin'),
    'initials': (initials, 'initials'),
    'homophone': (homophone, 'homophone'),
    'emoji': (emoji, 'emoji'),
    'separators': (separators, 'squeezed'),
    'zero-width': (zero_width, 'ignorable'),
    'full-width': (full_width, 'width'),
    'shuffle': (shuffle, 'lookalike homophone pinyin initials split repeat emoji'),
}
