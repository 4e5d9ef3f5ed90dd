# SPDX-License-Identifier: Apache-2.0
"""Peers that are programs of their own, and rule-check: rounds of process CPU time in turn."""
import glob
import json
import os
import re
import statistics
import subprocess
import time

HERE = os.path.dirname(os.path.realpath(__file__))
SAME_STATE = 0.15  # as in slices.c
SLICE_MS = 300
WARM_MS = 4000     # a JIT compiler needs it
WINDOW = 400       # texts of a slice


class Program:
    """Speaks the protocol of serve.h."""

    def __init__(self, name, command, pinned):
        self.name = name
        # A program that cannot begin says why on stderr.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        preexec_fn=pinned, text=True)
        ready = self.process.stdout.readline().split()
        if len(ready) != 3 or ready[0] != 'ready':
            raise OSError('%s does not begin' % name)
        self.build_ns, self.bytes = int(ready[1]), int(ready[2])

    def ask(self, *numbers):
        self.process.stdin.write(' '.join(map(str, numbers)) + '\n')
        self.process.stdin.flush()
        return [int(float(n)) for n in self.process.stdout.readline().split()]

    def run(self, ms, start, count):
        """ns by text, and the hits of one pass."""
        texts, spent, hits = self.ask(ms, start, count)
        return spent / texts, hits

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def pin():
    """Keeps a process, with all its threads, on the last processor."""
    if hasattr(os, 'sched_setaffinity'):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def records(folder, name):
    with open(os.path.join(folder, name), 'rb') as f:
        return [len(r) for r in f.read().split(b'\0')[:-1]]


def compare(ours, peer, lengths, rounds, tiny):
    """As duel_run in slices.c."""
    slice_ms, warm = (1, 1) if tiny else (SLICE_MS, WARM_MS)
    peer.run(warm, 0, min(WINDOW, len(lengths)))
    ours.run(slice_ms, 0, len(lengths))
    row = {'ours_hits': ours.run(0, 0, len(lengths))[1],
           'peer_hits': peer.run(0, 0, len(lengths))[1], 'counted': len(lengths)}
    ratios, mine, theirs, dropped, sentinel = [], [], [], 0, []
    for i in range(3 * rounds):
        if len(ratios) == rounds:
            break
        start = i * WINDOW % len(lengths)
        took, states = {}, {}
        for who in (ours, peer) if i % 2 else (peer, ours):
            before = ours.ask('s')[0]
            took[who] = who.run(slice_ms, start, WINDOW)[0]
            sentinel += [before, ours.ask('s')[0]]
            states[who] = sum(sentinel[-2:]) / 2
        low, high = sorted(states.values())
        if high - low > SAME_STATE * low:
            dropped += 1
            continue
        ratios.append(took[peer] / took[ours])
        mine.append(took[ours])
        theirs.append(took[peer])
    row.update(rounds=len(ratios), dropped=dropped, text_bytes=sum(lengths) / len(lengths),
               calm_ns=min(sentinel), loud_ns=max(sentinel))
    if ratios:
        row.update(ratio=statistics.median(ratios), low=min(ratios), high=max(ratios),
                   ours_ns=statistics.median(mine), peer_ns=statistics.median(theirs))
    return row


def peer_command(peers, name, mode):
    """The command of a peer that was built, or None."""
    if not peers:
        return None
    if name == 'daachorse':
        program = os.path.join(peers, 'daachorse')
        return [program] if os.access(program, os.X_OK) else None
    folder = os.path.join(peers, 'sensitive-word')
    if not os.path.exists(os.path.join(folder, 'Peer.class')):
        return None
    # A fixed heap and one thread to collect it.
    return ['java', '-XX:+UseSerialGC', '-Xms1g', '-Xmx1g', '-cp',
            os.pathsep.join([folder, os.path.join(folder, '*')]), 'Peer'] + [mode]


def version(peers, name):
    """Of daachorse what it is built with, of sensitive-word what is there; '' if unknown."""
    if name == 'daachorse':
        with open(os.path.join(HERE, 'peers', name, 'Cargo.toml'), encoding='utf-8') as f:
            found = re.search(r'^daachorse = "=([^"]*)"', f.read(), re.M)
    else:
        jars = glob.glob(os.path.join(peers or '', name, name + '-*.jar'))
        found = re.search(name + r'-([0-9][^/]*)[.]jar$', jars[0]) if peers and jars else None
    return found.group(1) if found else ''


def lexicon(peers):
    """The list of words that sensitive-word brings, unpacked; or None."""
    found = glob.glob(os.path.join(peers or '', 'sensitive-word', 'sensitive_word_dict.txt'))
    return found[0] if found and peers else None


# id, what is served, the peer, its mode, texts, what must hold, note
FOLDS = 'ours folds, finds more where forms differ, gives offsets'
LEFTMOST = 'the peer takes one term a place, folds otherwise; texts decoded beforehand'
ROWS = (
    ('exact terms 60k, daachorse', 'exact', 'daachorse', None, 'listings', None, None),
    ('exact terms 60k, daachorse, titles', 'exact', 'daachorse', None, 'titles', None, None),
    ('terms 60k, daachorse', 'full', 'daachorse', None, 'listings', 2, FOLDS),
    ('terms 60k, daachorse, titles', 'full', 'daachorse', None, 'titles', None, FOLDS),
    ('terms 60k, sensitive-word', 'full', 'sensitive-word', 'default', 'listings', 25, LEFTMOST),
    ('terms 60k, sensitive-word, titles', 'full', 'sensitive-word', 'default', 'titles', None,
     LEFTMOST),
    ('terms 60k, sensitive-word, no folding', 'full', 'sensitive-word', 'minimal', 'listings', None,
     'ours folds, the peer takes one term a place; texts decoded beforehand'),
    ('whole check, sensitive-word', 'whole', 'sensitive-word', 'full', 'listings', None,
     'ours reads JSON and decides: hits are findings; the peer has everything on'),
)


def measure(a, folder, rules):
    """Rows of all peers that are there."""
    for name, served, peer, mode, texts, goal, note in ROWS:
        row = {'id': name, 'what': '%s, 60,000 terms, %s' % (served, texts), 'ours': 'librules',
               'peer': ' '.join(filter(None, (peer, version(a.peers, peer), mode))), 'note': note,
               'same_hits': served == 'exact'}
        if goal:
            row.update(target='faster', goal=goal)
        command = peer_command(a.peers, peer, mode)
        if not command:
            row['absent'] = 'the peer is not there'
            yield row
            continue
        files = [os.path.join(folder, 'terms-real'), os.path.join(folder, texts)]
        at = len(command) if not mode else len(command) - 1
        ours = Program('librules', [a.bench, '--inputs', folder, '--serve',
                                    served + ':' + texts] + rules, pin)
        try:
            other = Program(peer, command[:at] + files + command[at:], pin)
            row.update(compare(ours, other, records(folder, texts), a.rounds or 9, a.tiny))
            row.update(build_ns=ours.build_ns, peer_build_ns=other.build_ns)
            other.close()
        except (OSError, ValueError) as e:
            row['absent'] = str(e) or 'the peer failed'
        ours.close()
        if row['same_hits'] and row.get('ours_hits') != row.get('peer_hits'):
            row['absent'] = 'hits differ'
            for time_of in ('ratio', 'low', 'high', 'ours_ns', 'peer_ns'):
                row.pop(time_of, None)
        elif not row.get('rounds') and 'absent' not in row:
            row['absent'] = 'the machine is too restless'
        yield row


SMALL = {'id': 's1', 'title': '纯棉四件套', 'category': '家纺', 'price': '199.00',
         'attributes': [{'name': '材质', 'value': '棉'}], 'description': '柔软亲肤,可机洗。'}


def cold_start(a, folder, rules):
    """rule-check on one small listing, from nothing to its exit: milliseconds of the wall."""
    row = {'id': 'rule-check, cold', 'what': 'rule-check check on one listing, all shipped rules',
           'ours': 'rule-check', 'target': 'below', 'goal': 60, 'unit': 'ms'}
    if not a.rule_check:
        return dict(row, absent='rule-check was not given')
    listing = os.path.join(folder, 'small.json')
    with open(listing, 'w', encoding='utf-8') as f:
        json.dump(SMALL, f, ensure_ascii=False)
    command = [a.rule_check, 'check', '--fail-on', 'never', listing]
    for path in rules:
        command += ['--rules', path]
    walls, cpus = [], []
    for _ in range(2 if a.tiny else 15):
        begin, before = time.monotonic(), os.times()
        done = subprocess.run(command, capture_output=True, check=False)
        after = os.times()
        walls.append((time.monotonic() - begin) * 1e3)
        cpus.append((after.children_user + after.children_system -
                     before.children_user - before.children_system) * 1e3)
        if done.returncode != 0:
            return dict(row, absent='rule-check failed')
    return dict(row, value=statistics.median(walls), low=min(walls), high=max(walls),
                note='CPU time %.0f ms' % statistics.median(cpus))
