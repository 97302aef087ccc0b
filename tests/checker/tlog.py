"""Trees, notes and proofs as RFC 6962 / 9162 and the C2SP texts (signed-note, tlog-checkpoint, tlog-tiles,
tlog-proof, tlog-cosignature) lay them down. Python's standard library and the openssl command only; nothing
here was taken from Bansho's own sources."""
import base64
import binascii
import hashlib
import os
import re
import subprocess
import tempfile

TILE = 256


class Wrong(Exception):
    """What was read is not what the text it is written from allows."""


# ---- RFC 6962, section 2 ----

def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(entry):
    return sha256(b'\x00' + entry)


def node_hash(left, right):
    return sha256(b'\x01' + left + right)


class Tree:
    """All hashes of perfect subtrees over the leaves added, level by level."""

    def __init__(self):
        self.levels = [[]]

    @property
    def size(self):
        return len(self.levels[0])

    def add(self, leaf):
        self.levels[0].append(leaf)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            if level + 1 == len(self.levels):
                self.levels.append([])
            self.levels[level + 1].append(node_hash(*self.levels[level][-2:]))
            level += 1

    def span(self, start, end):
        """MTH(D[start:end]) where start is a multiple of the largest power of two below the length."""
        count = end - start
        if count == 0:
            return sha256(b'')
        if count & (count - 1) == 0 and start % count == 0:
            level = count.bit_length() - 1
            return self.levels[level][start >> level]
        half = 1 << ((count - 1).bit_length() - 1)
        return node_hash(self.span(start, start + half), self.span(start + half, end))

    def root(self, size):
        return self.span(0, size)

    def tile(self, level, number, width):
        """tlog-tiles: hashes n*256 … of level 8·l."""
        row = self.levels[8 * level] if 8 * level < len(self.levels) else []
        return b''.join(row[number * TILE:number * TILE + width])

    def consistency(self, old, new):
        """RFC 6962, section 2.1.2: SUBPROOF(m, D[n], true)."""
        def subproof(size, start, end, is_whole):
            if size == end - start:
                return [] if is_whole else [self.span(start, end)]
            half = 1 << ((end - start - 1).bit_length() - 1)
            if size <= half:
                return subproof(size, start, start + half, is_whole) + [self.span(start + half, end)]
            return subproof(size - half, start + half, end, False) + [self.span(start, start + half)]
        return subproof(old, 0, new, True) if 0 < old < new else []


def inclusion_root(leaf, index, size, proof):
    """RFC 9162, section 2.1.3.2: the root the proof leads to."""
    if not 0 <= index < size:
        raise Wrong('the index lies outside the tree')
    at, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Wrong('the proof is too long')
        if at & 1 or at == last:
            root = node_hash(sibling, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        at, last = at >> 1, last >> 1
    if last != 0:
        raise Wrong('the proof is too short')
    return root


def consistency_holds(old, old_root, new, new_root, proof):
    """RFC 9162, section 2.1.4.2."""
    if old == new or old == 0:
        return not proof and (old == 0 or old_root == new_root)
    if not 0 < old < new:
        return False
    proof = list(proof)
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


# ---- tlog-tiles: paths ----

def tile_path(level, number, width):
    """level is a number, or 'entries'."""
    parts = ['%03d' % (number % 1000)]
    while number >= 1000:
        number //= 1000
        parts.insert(0, 'x%03d' % (number % 1000))
    return 'tile/%s/%s%s' % (level, '/'.join(parts), '' if width == TILE else '.p/%d' % width)


def tile_widths(size, level):
    """(number, width) of every tile a tree of that size has at the level; one by one, for the size is only claimed."""
    units = size >> (8 * level)
    yield from ((number, TILE) for number in range(units // TILE))
    if units % TILE:
        yield units // TILE, units % TILE


def bundle_entries(data):
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at:at + 2], 'big')
        if at + 2 > len(data) or end > len(data):
            raise Wrong('it ends within an entry')
        entries.append(data[at + 2:end])
        at = end
    return entries


# ---- signed-note ----

def unbase64(text, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong('not base64: %.60r' % text) from None
    if base64.b64encode(data).decode() != text or length not in (None, len(data)):
        raise Wrong('not the base64 of %s bytes: %.60r' % (length or 'some', text))
    return data


class Key:
    """A vkey line: name+hash+base64(type ‖ key). Type 1: Ed25519; 4: timestamped Ed25519 of a witness."""

    def __init__(self, line):
        found = re.fullmatch(r'([^\s+]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/=]+)', line)
        if not found:
            raise Wrong('not a vkey line: %.80r' % line)
        self.line, self.name = line, found[1]
        data = unbase64(found[3], 33)
        self.type, self.public = data[0], data[1:]
        self.id = sha256(self.name.encode() + b'\n' + data)[:4]
        if self.type not in (1, 4) or self.id.hex() != found[2]:
            raise Wrong('the vkey of %s is of another type, or its number is not its own' % self.name)


class Note:
    """A signed note, taken apart but not verified: .text, .signatures [(name, id, bytes)]."""

    def __init__(self, data):
        try:
            whole = data.decode('utf-8')
        except UnicodeDecodeError:
            raise Wrong('a note that is not UTF-8') from None
        if re.search('[\x00-\x09\x0b-\x1f]', whole) or not whole.endswith('\n'):
            raise Wrong('a note with control characters, or cut off')
        text, gap, lines = whole.rpartition('\n\n')
        if not gap or not lines:
            raise Wrong('a note without an empty line before its signatures')
        self.text, self.signatures = text + '\n', []
        for line in lines[:-1].split('\n'):
            found = re.fullmatch('— ([^\\s+]+) ([0-9A-Za-z+/=]+)', line)
            if not found:
                raise Wrong('not a signature line: %.80r' % line)
            signature = unbase64(found[2])
            if len(signature) < 5:
                raise Wrong('a signature that is too short')
            self.signatures.append((found[1], signature[:4], signature[4:]))

    def by(self, key):
        """None: no signature of the key. Otherwise whether all of its signatures hold."""
        mine = [signature for name, id, signature in self.signatures if (name, id) == (key.name, key.id)]
        return all(self.holds(key, signature) for signature in mine) if mine else None

    def holds(self, key, signature):
        message = self.text.encode()
        if key.type == 4:
            if len(signature) != 72:
                return False
            when, signature = int.from_bytes(signature[:8], 'big'), signature[8:]
            message = b'cosignature/v1\ntime %d\n' % when + message
        return ed25519_holds(key.public, signature, message)

    def cosigned_at(self, key):
        return [int.from_bytes(signature[:8], 'big') for name, id, signature in self.signatures
                if (name, id) == (key.name, key.id)]


class Checkpoint(Note):
    """tlog-checkpoint: .origin, .size, .root. Extension lines are refused: nobody could audit them."""

    def __init__(self, data):
        super().__init__(data)
        lines = self.text[:-1].split('\n')
        if len(lines) != 3 or not lines[0] or not re.fullmatch('0|[1-9][0-9]{0,17}', lines[1]):
            raise Wrong('not the three lines of a checkpoint')
        self.data, self.origin, self.size = data, lines[0], int(lines[1])
        self.root = unbase64(lines[2], 32)


class Proof:
    """tlog-proof: .index, .hashes, .checkpoint."""

    def __init__(self, data):
        try:
            head, gap, note = data.decode('utf-8').partition('\n\n')
        except UnicodeDecodeError:
            raise Wrong('a proof that is not UTF-8') from None
        lines = head.split('\n')
        if lines.pop(0) != 'c2sp.org/tlog-proof@v1' or not gap:
            raise Wrong('not a tlog-proof')
        if lines and lines[0].startswith('extra '):
            unbase64(lines.pop(0)[6:])
        if not lines or not re.fullmatch('index (0|[1-9][0-9]{0,17})', lines[0]):
            raise Wrong('a tlog-proof without its index')
        self.index = int(lines[0][6:])
        self.hashes = [unbase64(line, 32) for line in lines[1:]]
        self.checkpoint = Checkpoint(note.encode())


# ---- RFC 8032 and RFC 3161, by the openssl command ----

SPKI = bytes.fromhex('302a300506032b6570032100')
_known = {}


def openssl(arguments, files):
    """Run openssl; '@name' in the arguments is the file of that name with those bytes."""
    with tempfile.TemporaryDirectory(dir='/dev/shm' if os.path.isdir('/dev/shm') else None) as folder:
        for name, data in files.items():
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(data)
        done = subprocess.run(
            ['openssl'] + [os.path.join(folder, part[1:]) if part[:1] == '@' else part for part in arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return done.returncode == 0, done.stdout.decode('utf-8', 'replace')


def ed25519_holds(public, signature, message):
    """Asked once for each: a checkpoint is met in several places."""
    if len(public) != 32 or len(signature) != 64:
        return False
    asked = sha256(public + signature + message)
    if asked not in _known:
        _known[asked] = openssl(
            ['pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER', '-inkey', '@key', '-in', '@message',
             '-sigfile', '@signature'],
            {'key': SPKI + public, 'message': message, 'signature': signature})[0]
    return _known[asked]


def stamp_holds(answer, certificates, message):
    """RFC 3161 with `openssl ts -verify`: whether, and its words."""
    return openssl(['ts', '-verify', '-in', '@answer', '-data', '@data', '-CAfile', '@certificates',
                    '-untrusted', '@certificates'],
                   {'answer': answer, 'data': message, 'certificates': certificates})
