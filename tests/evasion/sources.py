# SPDX-License-Identifier: Apache-2.0
"""What is measured with: terms, titles and the tables of substitutes."""
import json
import os
import xml.etree.ElementTree as ElementTree

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'data')
RULESET = '{urn:librules:ruleset:1}'


def is_han(c):
    return '\u3400' <= c <= '\u9fff'


def read_lines(path):
    """Lines that are neither empty nor comments."""
    with open(path, encoding='utf-8') as f:
        return [line.strip() for line in f if line.strip() and not line.startswith('#')]


def read_rule_terms(path):
    """The terms of a rule file, without those that need something else to be a hit."""
    root = ElementTree.parse(path).getroot()
    return list(dict.fromkeys(t.text for t in root.iter(RULESET + 'term') if t.text))


def read_titles(path):
    """Plain lines, or JSON lines with a title."""
    titles = []
    for line in read_lines(path):
        title = json.loads(line).get('title') if line.startswith('{') else line
        if title:
            titles.append(title)
    return titles


class Tables:
    """The substitutes, from other sources than the engine's (data/README)."""

    def __init__(self, folder=DATA):
        self.sound = self.read(folder, 'sound.txt')
        self.shape = self.read(folder, 'shape.txt')
        self.latin = self.read(folder, 'latin.txt')
        self.emoji = self.read(folder, 'emoji.txt')
        self.traditional = self.read(folder, 'traditional.txt')
        self.parts = {k: v.split() for k, v in self.read(folder, 'parts.txt').items()}
        self.pinyin = {k: v.split() for k, v in self.read(folder, 'pinyin.txt').items()}

    @staticmethod
    def read(folder, name):
        rows = (line.split(' ', 1) for line in read_lines(os.path.join(folder, name)))
        return {key: value for key, value in rows}

    def syllables(self, term):
        """The pinyin of a term of Han characters, or None."""
        if term in self.pinyin and len(term) > 1:
            return self.pinyin[term]
        found = [self.pinyin.get(c) for c in term]
        return None if None in found else [s[0] for s in found]
