#!/usr/bin/env python3
"""The attack table on an export: each attack at a thousand random positions, none unnoticed by the checker that
shares no code with ours. TAP. SEED=… repeats a run, POSITIONS=… changes the number.
usage: attack_test.py PROGRAMS DRIVER PACK [POSITIONS]"""
import base64
import collections
import ctypes
import ctypes.util
import datetime
import functools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

import check_journal
import tlog
from check_journal import Checker, Files, canonical
from tlog import Checkpoint, Tree, bundle_entries, leaf_hash, sha256, tile_path, tile_widths

PROGRAMS, DRIVER, PACK = sys.argv[1:4]
POSITIONS = int(os.environ.get('POSITIONS') or (sys.argv[4:] + ['1000'])[0])
SEED = int(os.environ.get('SEED') or random.SystemRandom().randrange(1 << 32))
dice = random.Random(SEED)

# The same entries are met in every attempt: they are read and hashed once.
check_journal.read_entry = functools.lru_cache(None)(check_journal.read_entry)
check_journal.leaf_hash = leaf_hash = functools.lru_cache(None)(leaf_hash)


# ---- The thief: signs with the key of the log, by libcrypto (the checker itself has the command verify) ----

class Thief:
    def __init__(self, seed, name):
        self.crypto = ctypes.CDLL(ctypes.util.find_library('crypto'))
        for function in ('EVP_PKEY_new_raw_private_key', 'EVP_MD_CTX_new'):
            getattr(self.crypto, function).restype = ctypes.c_void_p
        self.key = ctypes.c_void_p(self.crypto.EVP_PKEY_new_raw_private_key(1087, None, seed, ctypes.c_size_t(32)))
        public, length = ctypes.create_string_buffer(32), ctypes.c_size_t(32)
        assert self.crypto.EVP_PKEY_get_raw_public_key(self.key, public, ctypes.byref(length)) == 1
        self.name, self.id = name, sha256(name.encode() + b'\n\x01' + public.raw)[:4]

    def sign(self, size, root):
        text = ('%s\n%d\n%s\n' % (self.name, size, base64.b64encode(root).decode())).encode()
        context = ctypes.c_void_p(self.crypto.EVP_MD_CTX_new())
        signature, length = ctypes.create_string_buffer(64), ctypes.c_size_t(64)
        assert self.crypto.EVP_DigestSignInit(context, None, None, None, self.key) == 1
        assert self.crypto.EVP_DigestSign(context, signature, ctypes.byref(length), text, ctypes.c_size_t(len(text))) == 1
        self.crypto.EVP_MD_CTX_free(context)
        line = '— %s %s\n' % (self.name, base64.b64encode(self.id + signature.raw).decode())
        return text + b'\n' + line.encode()


# ---- The journal that is attacked ----

def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def make_journal(folder):
    data, export = os.path.join(folder, 'data'), os.path.join(folder, 'all.zip')
    run(PROGRAMS + '/bansho', 'init', '--data', data, '--body', 'attack', '--name', '試験市', '--pack', PACK, '--admin',
        'root1', '--admin-name', '試験 太郎', '--admin-number', '1')
    run(DRIVER, 'fill', data, PROGRAMS, '140')
    run(DRIVER, 'fill', data, PROGRAMS, '150')
    run(PROGRAMS + '/bansho', 'export', '--data', data, export)
    with open(os.path.join(data, 'seal/attack/key'), 'rb') as file:
        seed = file.read()
    return Files.of_zip(export), seed


class Journal:
    """The newest log of an export, and how another one in its place would look."""

    def __init__(self, files, seed):
        self.files = files
        places = files['logs/index'].decode().split() if 'logs/index' in files else ['']
        self.prefix = 'logs/%s/' % places[-1] if places[-1] else ''
        self.note = files[self.prefix + 'checkpoint']
        self.size, self.origin = Checkpoint(self.note).size, Checkpoint(self.note).origin
        self.vkey = files['vkey'].decode().strip()
        self.bundles = [self.prefix + tile_path('entries', number, width) for number, width in tile_widths(self.size, 0)]
        self.entries = [entry for path in self.bundles for entry in bundle_entries(files[path])]
        self.thief = Thief(seed, self.origin)

    def with_entries(self, entries):
        """Everything computed anew and signed with the stolen key, as one who knows how would."""
        tree = Tree()
        for entry in entries:
            tree.add(leaf_hash(entry))
        own = (self.prefix + 'tile/', self.prefix + 'checkpoints/')
        made = Files({path: data for path, data in self.files.items() if not path.startswith(own)})
        level = 0
        while tree.size >> (8 * level):
            for number, width in tile_widths(tree.size, level):
                made[self.prefix + tile_path(level, number, width)] = tree.tile(level, number, width)
            level += 1
        for number, width in tile_widths(tree.size, 0):
            part = entries[number * 256:number * 256 + width]
            made[self.prefix + tile_path('entries', number, width)] = b''.join(
                len(entry).to_bytes(2, 'big') + entry for entry in part)
        made[self.prefix + 'checkpoint'] = self.thief.sign(tree.size, tree.root(tree.size))
        return made


# ---- The attacks: each gives the changed files and the kinds of which one must be found ----

def flip(data, at):
    return data[:at] + bytes([data[at] ^ dice.randrange(1, 256)]) + data[at + 1:]


def flip_entry(journal):
    files = Files(journal.files)
    path = dice.choice(journal.bundles)
    files[path] = flip(files[path], dice.randrange(len(files[path])))
    return files, {'root-differs', 'file-strange'}


def flip_tile(journal):
    files = Files(journal.files)
    path = dice.choice([path for path in files if path.startswith(journal.prefix + 'tile/') and '/entries/' not in path])
    files[path] = flip(files[path], dice.randrange(len(files[path])))
    return files, {'tile-wrong'}


def delete_newest(journal):
    """So many of the newest entries that whole bundles go too; the last is cut, named as it must be then or not."""
    files, keep = Files(journal.files), dice.randrange(1, journal.size)
    entries = journal.entries[:keep]
    for path in journal.bundles:
        del files[path]
    for number, width in tile_widths(keep if dice.random() < .5 else journal.size, 0):
        part = entries[number * 256:number * 256 + width]
        if part:
            files[journal.prefix + tile_path('entries', number, width)] = b''.join(
                len(entry).to_bytes(2, 'big') + entry for entry in part)
    return files, {'file-missing', 'file-strange'}


def edit_head(journal):
    files = Files(journal.files)
    text, gap, rest = journal.note.partition(b'\n\n')
    origin, size, root = text.split(b'\n')
    if dice.random() < .5:
        size = str(dice.choice([number for number in (dice.randrange(1 << dice.randrange(1, 40)), journal.size + 1,
                                                      journal.size - 1) if number != journal.size])).encode()
    else:
        root = base64.b64encode(flip(base64.b64decode(root), dice.randrange(32)))
    files[journal.prefix + 'checkpoint'] = b'\n'.join([origin, size, root]) + gap + rest
    return files, {'signature-bad'}


def flip_note(journal):
    """Any byte of the checkpoint: whatever is in the signature line is not signed, but must be its own signature."""
    files = Files(journal.files)
    files[journal.prefix + 'checkpoint'] = flip(journal.note, dice.randrange(len(journal.note)))
    return files, {'signature-bad', 'checkpoint-bad', 'key-other'}


def fork(journal):
    """An entry is another one, everything behind it computed anew and signed with the stolen key."""
    entries, at = list(journal.entries), dice.randrange(journal.size)
    changed = json.loads(entries[at])
    changed['who'] = {'person': dice.randrange(1, 1 << 30), 'through': 'web'}
    entries[at] = canonical(changed).encode()
    return journal.with_entries(entries), {'root-differs'}


def truncate(journal):
    return journal.with_entries(journal.entries[:dice.randrange(1, journal.size)]), {'tail-cut'}


ATTACKS = [
    ('a byte flipped in an entry', flip_entry, False), ('a byte flipped in a tile', flip_tile, False),
    ('the newest entries deleted', delete_newest, False), ('size or root edited in the checkpoint', edit_head, False),
    ('a byte flipped in the checkpoint', flip_note, False),
    ('history rewritten, signed with the stolen key', fork, True),
    ('truncated, or an old backup put back, and signed', truncate, True),
]


# ---- The test ----

count = failures = 0


def ok(passes, name):
    global count, failures
    count, failures = count + 1, failures + (not passes)
    print('%s %d - %s' % ('ok' if passes else 'not ok', count, name), flush=True)


def attack(journal, name, change, needs_kept):
    kinds, unnoticed, strange, alone = collections.Counter(), 0, [], 0
    for _ in range(POSITIONS):
        files, wanted = change(journal)
        found = {kind for kind, _, _ in Checker(files, journal.vkey, [journal.note] if needs_kept else []).check().findings}
        if needs_kept:
            alone += bool(Checker(files, journal.vkey).check().findings)
        kinds.update(found)
        unnoticed += not found
        if not found & wanted:
            strange.append(found)
    print('# %s: %s' % (name, ', '.join('%s %d' % pair for pair in kinds.most_common())))
    ok(unnoticed == 0, '%s: %d positions, %d unnoticed' % (name, POSITIONS, unnoticed))
    ok(not strange, '%s: each is called what it is %s' % (name, strange[:3] or ''))
    if needs_kept:
        ok(alone == 0, '%s: only a head kept elsewhere shows it (%d of %d seen without)' % (name, alone, POSITIONS))


def move_clock(journal):
    """A journal whose clock jumps about: every step back by more than a second is said, no other is."""
    entries, back = [], set()
    now = datetime.datetime(2026, 4, 1)
    for _ in range(-(-POSITIONS // journal.size)):
        for seq, entry in enumerate(journal.entries):
            seq += len(entries) - seq if entries else 0
            step = dice.choice([dice.randrange(-10 ** 7, 10 ** 7), dice.randrange(-2000, 2000), -1000, -1001, 0])
            now += datetime.timedelta(milliseconds=step)
            if step < -1000 and seq:
                back.add('entry %d' % seq)
            changed = dict(json.loads(entry), seq=seq, time=now.isoformat(timespec='milliseconds') + 'Z')
            entries.append(canonical(changed).encode())
    report = Checker(journal.with_entries(entries), journal.vkey).check()
    said = {where for kind, where, _ in report.remarks if kind == 'clock-back'}
    ok(said == back and not report.findings, 'the clock moved: %d steps back among %d entries, each said, no other'
       % (len(back), len(entries)))


def main():
    folder = tempfile.mkdtemp()
    try:
        files, seed = make_journal(folder)
    finally:
        shutil.rmtree(folder)
    print('# SEED=%d POSITIONS=%d' % (SEED, POSITIONS))
    journal = Journal(files, seed)
    report = Checker(files, journal.vkey, [journal.note]).check()
    ok(not report.findings and report.counts['entries'] >= 290, 'the untouched journal holds %s' % report.findings[:3])
    again = Checker(journal.with_entries(journal.entries), journal.vkey, [journal.note]).check()
    ok(not again.findings, 'and so it does made again from its entries %s' % again.findings[:3])
    for name, change, needs_kept in ATTACKS:
        attack(journal, name, change, needs_kept)
    move_clock(journal)
    print('1..%d' % count)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
