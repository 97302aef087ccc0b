#!/usr/bin/env python3
"""Ask a bansho-directory as banshod does: a wire message of words, then the input to its end.
usage: ask.py SOCKET WORD... < input     prints the state (0 done, 3 refused, 4 down, 5 unsafe, 6 wrong) and what came with it
       ask.py SOCKET --cut N WORD...     goes away after N bytes of the answer"""
import socket, struct, sys

words = sys.argv[2:]
cut = None
if words and words[0] == '--cut':
    cut, words = int(words[1]), words[2:]
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
line.settimeout(120)
request = b''.join(word.encode('utf-8', 'surrogateescape') + b'\0' for word in words)
line.sendall(struct.pack('>I', len(request)) + request + sys.stdin.buffer.read())
line.shutdown(socket.SHUT_WR)
got = b''
while True:
    some = line.recv(1 << 16)
    if not some or (cut is not None and len(got) >= cut):
        break
    got += some
head, _, body = got.partition(b'\n')
if cut is None:
    status, length = head.split(b' ')
    assert int(length) == len(body), (head, len(body))
    sys.stdout.buffer.write(status + b'\n' + body)
