#!/usr/bin/env python3
"""Passes a connection on to a port of this machine, and cuts it after so many bytes of the answer. Prints its port."""
import socket, sys, threading

to, most = int(sys.argv[1]), int(sys.argv[2])
door = socket.socket()
door.bind(('127.0.0.1', 0))
door.listen(5)
print(door.getsockname()[1], flush=True)

def pump(a, b, limit=None):
    done = 0
    try:
        while True:
            some = a.recv(4096)
            done += len(some)
            if not some or (limit is not None and done > limit):
                break
            b.sendall(some)
    except OSError:
        pass
    for one in (a, b):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        one.close()

while True:
    near, _ = door.accept()
    far = socket.create_connection(('127.0.0.1', to))
    threading.Thread(target=pump, args=(near, far), daemon=True).start()
    threading.Thread(target=pump, args=(far, near, most), daemon=True).start()
