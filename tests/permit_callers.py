#!/usr/bin/env python3
"""Callers of the permits' socket as they should not be, beside one as it should: prints "good NAME" or
"bad NAME" for each promise. usage: permit_callers.py SOCKET NUMBER HOLDER"""
import json, socket, sys, time

path, number, holder = sys.argv[1:]


def call():
    one = socket.socket(socket.AF_UNIX)
    one.settimeout(30)
    one.connect(path)
    return one


def question(**more):
    return json.dumps({'v': 1, **more}).encode() + b'\n'


class Lines:
    def __init__(self, one):
        self.one, self.rest = one, b''

    def next(self):
        while b'\n' not in self.rest:
            got = self.one.recv(65536)
            if not got:
                return None
            self.rest += got
        line, self.rest = self.rest.split(b'\n', 1)
        return json.loads(line)


def tell(name, is_kept):
    print('good' if is_kept else 'bad', name, flush=True)


def answers(one):
    one.sendall(question(id='x', permit=number, at='2026-11-21T12:00'))
    answer = Lines(one).next()
    return answer is not None and answer['state'] == 'valid' and answer['id'] == 'x'


good = call()
tell('one connection asks again and again', all(answers(good) for _ in range(200)))

lines = Lines(good)
good.sendall(b''.join(question(id=str(no), person=holder) for no in range(500)))
tell('questions sent at once are answered in their order',
     [lines.next()['id'] for _ in range(500)] == [str(no) for no in range(500)])

whole = question(permit=number, at='2026-11-21T12:00')
for byte in whole:
    good.sendall(bytes([byte]))
tell('a question may come byte by byte', Lines(good).next()['state'] == 'valid')

for name, line in (('no JSON', b'nonsense\n'), ('a list', b'[]\n'), ('another version', b'{"v":2,"person":"1"}\n'),
                   ('a name that is not known', b'{"v":1,"person":"1","scop":{}}\n'),
                   ('a name given twice', b'{"v":1,"person":"1","person":"2"}\n'), ('bytes that are no text', b'\xff\xfe\n'),
                   ('an empty line', b'\n'), ('NUL', b'{"v":1,"person":"\x00"}\n')):
    good.sendall(line)
    answer = Lines(good).next()
    tell(name + ' is an error, and the connection goes on',
         answer is not None and answer['state'] == 'error' and 'permit' not in answer and answers(good))

long = call()
long.sendall(b'x' * 5000)
lines = Lines(long)
first = lines.next()
tell('a line without end is refused and the caller sent away', first['state'] == 'error' and lines.next() is None)

deaf = call()
deaf.setblocking(False)
sent = 0
try:
    for _ in range(20000):
        sent += deaf.send(question(permit=number))
except BlockingIOError:
    pass
tell('who takes no answers is not listened to any more', sent < 20000 * len(question(permit=number)))
slow = call()
slow.sendall(b'{"v":1,')
began = time.monotonic()
tell('while they dawdle, others are answered', all(answers(good) for _ in range(50)))
slow.settimeout(30)
tell('who does not finish a line is sent away', slow.recv(1) == b'' and time.monotonic() - began < 29)

crowd = [call() for _ in range(100)]
late = call()
tell('a crowd keeps no newcomer out', answers(late))
gone = 0
for one in crowd:
    one.settimeout(2)
    try:
        gone += one.recv(1) == b''
    except (TimeoutError, ConnectionResetError):
        pass
    if gone >= 80:
        break
tell('who was silent longest made room', gone >= 80)
half = call()
half.sendall(question(permit=number, at='2026-11-21T12:00'))
half.shutdown(socket.SHUT_WR)
lines = Lines(half)
tell('who hangs up after asking still gets the answer', lines.next()['state'] == 'valid' and lines.next() is None)
tell('done', True)
