#!/usr/bin/env python3
"""Checks an export of a Bansho journal, or the tiles a Bansho serves, without any of Bansho's own code.

  check_journal.py EXPORT [options]            a folder or a ZIP file, as docs/journal.md describes it
  check_journal.py https://HOST/log/2026       what is served of one log (hashes; entries only with --cookie)

  --vkey LINE      a key of the journal, got by another way than the export; without it the export's own is taken
  --kept FILE      a checkpoint kept from earlier: the journal must still extend it (again for each)
  --witness VKEY   a witness whose cosignatures must hold (again for each)
  --need N         the newest checkpoint of the newest log must carry N cosignatures of such witnesses
  --tsa FILE       certificates (PEM) of time-stamping authorities, instead of those in the export
  --ca FILE        certificates (PEM) to believe the server by        --cookie TEXT   sent along
  --json           the outcome as JSON

Exit status: 0 everything holds, 1 something does not (each is a line), 2 it could not be checked.
Needs Python 3.9 or later and the openssl command. Written from RFC 6962, 8785, 9162, 3161 and the C2SP texts."""
import argparse
import datetime
import json
import os
import re
import ssl
import sys
import urllib.error
import urllib.request
import zipfile

from tlog import (TILE, Checkpoint, Key, Proof, Tree, Wrong, bundle_entries, consistency_holds, inclusion_root,
                  leaf_hash, stamp_holds, tile_path, tile_widths)

MEMBERS = {'about', 'act', 'body', 'clauses', 'data', 'part', 'rows', 'seq', 'time', 'v', 'who'}
ALWAYS = {'act', 'body', 'seq', 'time', 'v', 'who'}
TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z')
FILE_MOST = TILE * (65535 + 2)


# ---- RFC 8785 ----

def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode('utf-16-be'))
        return '{' + ','.join(json.dumps(name, ensure_ascii=False) + ':' + canonical(value[name]) for name in names) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(canonical, value)) + ']'
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2 ** 53 - 1:
        raise Wrong('a number that is not exact everywhere')
    return json.dumps(value, ensure_ascii=False)


def no_float(digits):
    raise Wrong('a number that is not whole: ' + digits[:30])


def read_entry(data):
    """The entry's members; Wrong when these bytes are not its canonical form."""
    try:
        value = json.loads(data.decode('utf-8'), parse_float=no_float, parse_constant=no_float)
        if not isinstance(value, dict) or canonical(value).encode('utf-8') != data:
            raise Wrong('not canonical JSON (RFC 8785)')
    except (UnicodeError, ValueError, RecursionError) as error:
        raise Wrong('not JSON: %s' % str(error)[:80]) from None
    if not ALWAYS <= set(value) <= MEMBERS or value['v'] != 1 or not isinstance(value['seq'], int):
        raise Wrong('members are missing, strange, or of another version')
    for row in value.get('rows', []):
        if not (isinstance(row, list) and len(row) == 3 and isinstance(row[0], str) and isinstance(row[1], int)
                and (row[2] is None or re.fullmatch('[0-9a-f]{64}', str(row[2])))):
            raise Wrong('a row that is not [table, id, digest]')
    if not isinstance(value['time'], str) or not TIME.fullmatch(value['time']):
        raise Wrong('a time of another form')
    try:
        value['time'] = datetime.datetime.fromisoformat(value['time'][:-1])
    except ValueError:
        raise Wrong('a time that never was: %s' % value['time']) from None
    return value


# ---- Where files come from ----

class Files(dict):
    """path -> bytes, all at hand."""
    is_whole = True

    @classmethod
    def of_folder(cls, folder):
        files = cls()
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(place, name)
                with open(path, 'rb') as file:
                    files[os.path.relpath(path, folder)] = file.read(FILE_MOST + 1)
        return files

    @classmethod
    def of_zip(cls, path):
        files = cls()
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.filename in files:
                    raise Wrong('the ZIP file holds %s twice' % info.filename)
                if not info.is_dir():
                    with archive.open(info) as member:
                        files[info.filename] = member.read(FILE_MOST + 1)
        return files


class Served:
    """The files of one log over HTTP; those not to be had are None."""
    is_whole = False

    def __init__(self, url, ca, cookie):
        self.url, self.got, self.refused = url.rstrip('/'), {}, set()
        self.context = ssl.create_default_context(cafile=ca) if url.startswith('https') else None
        self.headers = {'Accept-Encoding': 'identity', **({'Cookie': cookie} if cookie else {})}

    def get(self, path, usual=None):
        if path not in self.got:
            try:
                request = urllib.request.Request(self.url + '/' + path, headers=self.headers)
                with urllib.request.urlopen(request, timeout=30, context=self.context) as answer:
                    is_page = answer.headers.get_content_type() == 'text/html'
                    self.got[path] = None if is_page else answer.read(FILE_MOST + 1)
                    self.refused.update([path] if is_page else [])  # a page to sign in at
            except urllib.error.HTTPError as error:
                if error.code in (401, 403):
                    self.refused.add(path)
                self.got[path] = None
        return usual if self.got[path] is None else self.got[path]


# ---- Checking ----

class Report:
    def __init__(self):
        self.findings, self.remarks, self.counts = [], [], {}

    def find(self, kind, where, words):
        self.findings.append((kind, where, words))

    def remark(self, kind, where, words):
        self.remarks.append((kind, where, words))

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number


class Log:
    """One log of the journal: its checkpoints, entries and tree."""

    def __init__(self, place, prefix):
        self.place, self.prefix = place, prefix
        self.origin, self.first, self.keys = None, 0, []
        self.newest, self.checkpoints = None, []
        self.tree, self.entries = Tree(), []


class Checker:
    def __init__(self, files, vkey=None, kept=(), witnesses=(), need=0, tsa=None):
        self.files, self.given, self.kept, self.tsa = files, vkey, kept, tsa
        self.witnesses, self.need = [Key(line) for line in witnesses], need
        self.report, self.logs, self.used = Report(), [], set()
        self.body = self.last_time = None

    # -- files --

    def take(self, path, most=FILE_MOST):
        self.used.add(path)
        data = self.files.get(path)
        if data is None:
            if path not in getattr(self.files, 'refused', ()):
                self.report.find('file-missing', path, 'is not there')
        elif len(data) > most:
            self.report.find('file-strange', path, 'is far too long')
            data = None
        return data

    def line(self, path):
        data = self.take(path, 100000)
        try:
            text = (data or b'').decode('utf-8')
        except UnicodeDecodeError:
            text = ''
        if data is not None and (not text.strip() or text.count('\n') > 1):
            self.report.find('file-strange', path, 'is not one line')
        return text.strip()

    # -- the parts of a log --

    def read_keys(self, log, path):
        for line in (self.take(path, 1 << 20) or b'').decode('utf-8', 'replace').splitlines():
            try:
                log.keys.append(Key(line))
            except Wrong as wrong:
                self.report.find('key-bad', path, str(wrong))

    def read_checkpoint(self, log, path, size=None):
        data = self.take(path, 1 << 20)
        if data is None:
            return None
        try:
            checkpoint = Checkpoint(data)
        except Wrong as wrong:
            self.report.find('checkpoint-bad', path, str(wrong))
            return None
        checkpoint.path = path
        if checkpoint.origin != log.origin or size not in (None, checkpoint.size):
            self.report.find('checkpoint-bad', path, 'is of another log, or of another size')
            return None
        return checkpoint

    def read_log(self, place, prefix):
        log = Log(place, prefix)
        self.logs.append(log)
        if prefix:
            log.origin = self.line(prefix + 'origin')
            first = self.line(prefix + 'first')
            if re.fullmatch('0|[1-9][0-9]{0,17}', first):
                log.first = int(first)
            else:
                self.report.find('file-strange', prefix + 'first', 'is not a number')
            self.read_keys(log, prefix + 'vkeys')
        else:
            self.read_keys(log, 'vkey' if self.files.is_whole else 'vkeys')
            log.origin = log.keys[0].name if log.keys else None
        log.newest = self.read_checkpoint(log, prefix + 'checkpoint')
        earlier = re.compile(re.escape(prefix) + r'checkpoints/(0|[1-9]\d{0,17})')
        for path in sorted(self.files) if self.files.is_whole else []:
            found = earlier.fullmatch(path)
            checkpoint = self.read_checkpoint(log, path, int(found[1])) if found else None
            if checkpoint:
                log.checkpoints.append(checkpoint)
        if log.newest:
            log.checkpoints.append(log.newest)
        log.checkpoints.sort(key=lambda checkpoint: checkpoint.size)
        return log

    def read_entries(self, log):
        """The entries, one after another; False when they are not to be had (only hashes are served)."""
        size, hashes = log.newest.size, True
        for number, width in tile_widths(size, 0):
            path = log.prefix + tile_path('entries', number, width)
            data = self.take(path)
            if data is None and not self.files.is_whole:
                return False
            try:
                entries = bundle_entries(data or b'')
                if data is not None and len(entries) != width:
                    raise Wrong('holds %d entries, not %d' % (len(entries), width))
            except Wrong as wrong:
                self.report.find('file-strange', path, str(wrong))
                entries = []
            if len(entries) != width:
                hashes = False
                break
            for at, entry in enumerate(entries):
                log.tree.add(leaf_hash(entry))
                log.entries.append(self.judge_entry(log, number * TILE + at, entry))
        return hashes

    def judge_entry(self, log, index, data):
        seq = log.first + index
        self.report.count('entries')
        try:
            entry = read_entry(data)
        except Wrong as wrong:
            self.report.find('entry-strange', 'entry %d' % seq, str(wrong))
            return None
        if self.body is None:
            self.body = entry['body']
        if entry['seq'] != seq:
            self.report.find('entry-moved', 'entry %d' % seq, 'says it is entry %d' % entry['seq'])
        elif entry['body'] != self.body:
            self.report.find('entry-strange', 'entry %d' % seq, 'is of another body')
        if self.last_time and entry['time'] < self.last_time - datetime.timedelta(seconds=1):
            self.report.remark('clock-back', 'entry %d' % seq, 'was made at %s, by the clock, %s after the one before'
                               % (entry['time'].isoformat(), entry['time'] - self.last_time))
        self.last_time = entry['time']
        return entry

    def check_tiles(self, log):
        size = log.tree.size
        level = 0
        while size >> (8 * level):
            for number, width in tile_widths(size, level):
                path = log.prefix + tile_path(level, number, width)
                data = self.take(path, TILE * 32)
                self.report.count('tiles')
                if data is not None and data != log.tree.tile(level, number, width):
                    self.report.find('tile-wrong', path, 'is not what the entries hash to')
            level += 1

    def read_hashes(self, log):
        """Without entries: the tree from the served leaf hashes, held against the tiles above."""
        for number, width in tile_widths(log.newest.size, 0):
            path = log.prefix + tile_path(0, number, width)
            data = self.take(path, TILE * 32)
            if data is None or len(data) != 32 * width:
                self.report.find('tile-wrong', path, 'is missing or of another width')
                return
            for at in range(0, len(data), 32):
                log.tree.add(data[at:at + 32])
        self.report.remark('hashes-only', log.origin, 'the entries need a right to read them: only hashes were checked')

    def check_roots(self, log):
        """Every checkpoint against the tree, and each against the next by a consistency proof."""
        earlier = None
        for checkpoint in log.checkpoints:
            if checkpoint.size > log.tree.size:
                self.report.find('tail-cut', checkpoint.path, 'covers %d entries, of which %d are here'
                                 % (checkpoint.size, log.tree.size))
                continue
            if checkpoint.root != log.tree.root(checkpoint.size):
                self.report.find('root-differs', checkpoint.path, 'another root was signed for %d entries' % checkpoint.size)
            elif earlier is not None and not consistency_holds(
                    earlier.size, earlier.root, checkpoint.size, checkpoint.root,
                    log.tree.consistency(earlier.size, checkpoint.size)):
                self.report.find('not-consistent', checkpoint.path, 'does not extend that of %d' % earlier.size)
            else:
                earlier = checkpoint
            self.report.count('checkpoints')

    # -- keys (docs/journal.md: key rolls, turn of the year) --

    def announced(self, log):
        """(index, vkey line) of every key an entry of the log announces for this log."""
        for index, entry in enumerate(log.entries):
            if entry and entry['act'] == 'journal.key':
                yield index, entry.get('data', {}).get('vkey')

    def check_keys(self, log, first_key):
        """The keys in order, the checkpoints by them, and that each was announced under the one before."""
        keys = [(-1, first_key)] if first_key else []
        for index, line in self.announced(log):
            try:
                keys.append((index, Key(str(line))))
            except Wrong as wrong:
                self.report.find('key-bad', 'entry %d' % (log.first + index), str(wrong))
        listed, known = [key.line for key in log.keys], [key.line for _, key in keys]
        if listed and log.entries and listed != known[:len(listed)]:
            self.report.find('key-other', log.prefix + 'vkeys', 'is not the order of keys the entries announce')
        for _, key in keys:
            if key.name != log.origin or key.type != 1:
                self.report.find('key-other', key.name, 'is no name of a key of %s' % log.origin)
        self.check_signatures(log, keys)
        return keys

    def check_signatures(self, log, keys):
        by_key = [[] for _ in keys]
        for checkpoint in log.checkpoints:
            signers = [at for at, (_, key) in enumerate(keys) if checkpoint.by(key) is not None]
            if not signers:
                self.report.find('key-other', checkpoint.path, 'is signed by no key of this journal')
            for at in signers:
                if not checkpoint.by(keys[at][1]):
                    self.report.find('signature-bad', checkpoint.path, 'the signature does not hold')
                    continue
                by_key[at].append(checkpoint.size)
                if checkpoint.size <= keys[at][0]:
                    self.report.find('key-other', checkpoint.path, 'is signed with a key announced only later')
        for at in range(1, len(keys)):
            if by_key[at] and not any(size > keys[at][0] for size in by_key[at - 1]):
                self.report.find('key-other', keys[at][1].line, 'its announcement stands under no checkpoint of the key before')
            if by_key[at] and any(size > min(by_key[at]) for size in by_key[at - 1]):
                self.report.find('key-other', keys[at - 1][1].line, 'signed once more after the next key had')

    def check_turn(self, log, after):
        """The last entry of a log and the first of the next, each naming the other."""
        close, begin = log.entries[-1:] or [None], after.entries[:1] or [None]
        close, begin = close[0] or {}, begin[0] or {}
        words = close.get('data', {}) if close.get('act') == 'journal.close' else {}
        if words.get('next-origin') != after.origin:
            self.report.find('turn-wrong', log.origin, 'its last entry does not lead to %s' % after.origin)
        said = begin.get('data', {}) if begin.get('act') == 'journal.begin' else {}
        wanted = {'previous-origin': log.origin, 'previous-size': log.tree.size,
                  'previous-root': log.tree.root(log.tree.size).hex()}
        if {name: said.get(name) for name in wanted} != wanted:
            self.report.find('turn-wrong', after.origin, 'its first entry does not name the final head of %s' % log.origin)
        if log.newest is None or log.newest.size != log.tree.size:
            self.report.find('turn-wrong', log.origin, 'its final head is not signed')
        if after.first != log.first + log.tree.size:
            self.report.find('turn-wrong', after.origin, 'does not go on with the numbers')
        try:
            return Key(str(words.get('next-vkey')))
        except Wrong as wrong:
            self.report.find('key-bad', log.origin, str(wrong))
        return None

    def trust(self, chain):
        """The given key must be one of the chain: everything is held to it."""
        if self.given is None:
            self.report.remark('key-own', 'vkey', 'the key came along with the export: compare it with one got another way')
        elif self.given not in chain:
            self.report.find('key-other', 'vkey', 'the given key is none of this journal')

    # -- the rest of a log --

    def check_witnesses(self, log):
        good = {}
        for checkpoint in log.checkpoints:
            for witness in self.witnesses:
                answer = checkpoint.by(witness)
                if answer is False:
                    self.report.find('cosignature-bad', checkpoint.path, 'the cosignature of %s does not hold' % witness.name)
                elif answer:
                    good.setdefault(checkpoint.size, set()).add(witness.line)
                    self.report.count('cosignatures')
        if log is self.logs[-1] and log.newest and len(good.get(log.newest.size, ())) < self.need:
            self.report.find('cosignature-missing', log.newest.path, '%d of %d needed'
                             % (len(good.get(log.newest.size, ())), self.need))

    def check_stamps(self, log):
        notes = {checkpoint.size: checkpoint for checkpoint in log.checkpoints}
        for path in sorted(self.files) if self.files.is_whole else []:
            found = re.fullmatch(re.escape(log.prefix) + r'stamp/(\d{1,18})\.(tsr|cert)', path)
            if not found or found[2] == 'cert':
                self.used.update([path] if found else [])
                continue
            answer, certificates = self.take(path), self.tsa or self.files.get(path[:-3] + 'cert')
            checkpoint = notes.get(int(found[1]))
            if checkpoint is None or certificates is None:
                self.report.find('stamp-bad', path, 'its checkpoint or its certificate is not there')
                continue
            own = checkpoint.data[:checkpoint.data.index(b'\n', checkpoint.data.rindex(b'\n\n') + 2) + 1]
            if not any(stamp_holds(answer, certificates, data)[0]
                       for data in (checkpoint.data, own, checkpoint.text.encode())):
                self.report.find('stamp-bad', path, 'the time-stamp does not hold for this checkpoint')
            self.report.count('stamps')

    def check_kept(self):
        for data in self.kept:
            try:
                kept = Checkpoint(data)
            except Wrong as wrong:
                self.report.find('checkpoint-bad', 'kept', str(wrong))
                continue
            log = next((log for log in self.logs if log.origin == kept.origin), None)
            where = 'kept checkpoint of %d' % kept.size
            if log is None:
                self.report.find('log-missing', kept.origin, 'a kept checkpoint is of a log that is not here')
            elif not any(kept.by(key) for key in log.chain):
                self.report.find('key-other', where, 'is not signed by a key of this journal')
            elif kept.size > (log.newest.size if log.newest else 0):
                self.report.find('tail-cut', where, 'is newer than all that is here')
            elif log.tree.size and kept.root != log.tree.root(kept.size):
                self.report.find('root-differs', where, 'the journal was another one then')
            self.report.count('kept')

    # -- all of it --

    def check_whole(self, places):
        chain, key = [], None
        if '' not in places:
            vkey = self.line('vkey')
            try:
                key = Key(vkey)
            except Wrong as wrong:
                self.report.find('key-bad', 'vkey', str(wrong))
        for place in places:
            log = self.read_log(place, 'logs/%s/' % place if place else '')
            if log.newest:
                if self.read_entries(log):
                    self.check_tiles(log)
                elif not self.files.is_whole:
                    self.read_hashes(log)
                    self.check_tiles(log)
            self.check_roots(log)
            if len(self.logs) > 1:
                key = self.check_turn(self.logs[-2], log)
            elif not place or not log.entries:
                key = log.keys[0] if log.keys else None
            if not self.files.is_whole and log.keys and not log.entries:
                # Without the entries it cannot be seen how one key led to the next.
                key = next((one for one in log.keys if log.newest and log.newest.by(one) is not None), key)
            log.chain = [one for _, one in self.check_keys(log, key)]
            chain += [one.line for one in log.chain]
            self.check_witnesses(log)
            self.check_stamps(log)
        self.trust(chain)

    def check_object(self, places):
        """One object's entries, each with its proof; and those entries that led from key to key."""
        about = self.line('about')
        for place in places:
            self.read_log(place, 'logs/%s/' % place if place else '').proven = []
        first = self.line('vkey')
        if self.logs and [key.line for key in self.logs[0].keys[:1]] != [first]:
            self.report.find('key-other', 'vkey', 'is not the first key of the first log')
        names = [re.fullmatch(r'entry/(0|[1-9]\d{0,17})\.json', path) for path in self.files]
        for seq in sorted(int(name[1]) for name in names if name):
            self.check_proven(seq, about)
        if not any(act is None for log in self.logs for act, _, _ in log.proven):
            self.report.find('file-missing', 'entry/', 'there is not a single entry about it')
        chain, next_key = [], None
        for log in self.logs:
            keys = [(-1, next_key or log.keys[0])] if log.keys else []
            if next_key is None and log is not self.logs[0]:
                self.report.remark('key-own', log.origin, 'how its first key was announced is not in this export')
            next_key = None
            for act, proof, line in log.proven:
                signed = keys and proof.checkpoint.by(keys[-1][1])
                if act is None:
                    if log.newest is None or proof.checkpoint.data != log.newest.data:
                        self.report.find('proof-bad', proof.where, 'its checkpoint is another than the export holds')
                    continue
                if not signed:
                    self.report.find('key-other', proof.where, 'the key before did not sign what announces the next')
                try:
                    if act == 'journal.key':
                        keys.append((proof.index, Key(str(line))))
                    else:
                        next_key = Key(str(line))
                except Wrong as wrong:
                    self.report.find('key-bad', proof.where, str(wrong))
            log.chain = [key for _, key in keys]
            if [key.line for key in log.chain] != [key.line for key in log.keys]:
                self.report.find('key-other', log.prefix + 'vkeys', 'is not the order of keys the entries announce')
            self.check_signatures(log, keys[-1:])
            self.check_witnesses(log)
            chain += [key.line for key in log.chain]
        self.trust(chain)

    def check_proven(self, seq, about):
        where = 'entry %d' % seq
        data, proof = self.take('entry/%d.json' % seq), self.take('proof/%d.tlog-proof' % seq)
        if data is None or proof is None:
            return
        try:
            proof = Proof(proof)
        except Wrong as wrong:
            self.report.find('proof-bad', where, str(wrong))
            return
        log = next((log for log in self.logs if log.origin == proof.checkpoint.origin), None)
        if log is None:
            self.report.find('proof-bad', where, 'its log is not in the export')
            return
        try:
            root = inclusion_root(leaf_hash(data), proof.index, proof.checkpoint.size, proof.hashes)
            if proof.index != seq - log.first or root != proof.checkpoint.root:
                raise Wrong('the proof does not lead to the signed root')
        except Wrong as wrong:
            self.report.find('entry-edited', where, str(wrong))
        self.report.count('proofs')
        entry, proof.where = self.judge_entry(log, seq - log.first, data), where
        if entry is None:
            return
        act = entry['act'] if entry['act'] in ('journal.key', 'journal.close') else None
        words = entry.get('data', {})
        if act is None and about not in entry.get('about', []) and entry['act'] != 'journal.begin':
            self.report.find('entry-strange', where, 'is not about %s' % about)
        log.proven.append((act, proof, words.get('vkey' if act == 'journal.key' else 'next-vkey')))

    def check(self):
        is_whole = self.files.is_whole
        places = ['']
        if is_whole and 'logs/index' in self.files:
            places = (self.take('logs/index') or b'').decode('utf-8', 'replace').split()
            if not places or not all(re.fullmatch('[0-9A-Za-z-]{1,40}', place) for place in places):
                raise Wrong('logs/index names no logs')
        elif is_whole and 'about' in self.files and 'checkpoint' not in self.files:
            places = sorted({path.split('/')[1] for path in self.files if path.startswith('logs/')})
        if is_whole and 'README.txt' in self.files:
            self.used.add('README.txt')
        (self.check_object if is_whole and 'about' in self.files else self.check_whole)(places)
        self.check_kept()
        for path in sorted(set(self.files) - self.used) if is_whole else []:
            self.report.find('file-strange', path, 'does not belong here')
        return self.report


def say(report, is_json):
    if is_json:
        print(json.dumps({'ok': not report.findings, 'findings': report.findings, 'remarks': report.remarks,
                          'counts': report.counts}, ensure_ascii=False))
        return
    for kind, where, words in report.findings:
        print('WRONG  %s: %s: %s' % (kind, where, words))
    for kind, where, words in report.remarks:
        print('remark %s: %s: %s' % (kind, where, words))
    print('checked: ' + ', '.join('%d %s' % (number, what) for what, number in sorted(report.counts.items())))
    print('%d wrong' % len(report.findings) if report.findings else 'everything holds')


def main(words):
    asking = argparse.ArgumentParser(usage=__doc__, add_help=False)
    asking.add_argument('what')
    asking.add_argument('--json', action='store_true')
    asking.add_argument('--need', type=int, default=0)
    for name in ('--vkey', '--tsa', '--ca', '--cookie'):
        asking.add_argument(name)
    for name in ('--kept', '--witness'):
        asking.add_argument(name, action='append', default=[])
    options = asking.parse_args(words)

    def content(path):
        with open(path, 'rb') as file:
            return file.read()
    try:
        if re.match('https?://', options.what):
            files = Served(options.what, options.ca, options.cookie)
        else:
            files = (Files.of_folder if os.path.isdir(options.what) else Files.of_zip)(options.what)
        checker = Checker(files, options.vkey, [content(path) for path in options.kept], options.witness,
                          options.need, content(options.tsa) if options.tsa else None)
        report = checker.check()
    except (OSError, Wrong, zipfile.BadZipFile, NotImplementedError) as error:
        print('cannot check: %s' % error, file=sys.stderr)
        return 2
    say(report, options.json)
    return 1 if report.findings else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
