#!/usr/bin/env python3
"""A server that answers everything with "unwilling" and writes down what it hears. Prints its port."""
import socket, sys

door = socket.socket()
door.bind(('127.0.0.1', 0))
door.listen(5)
print(door.getsockname()[1], flush=True)
heard = open(sys.argv[1], 'ab', buffering=0)
while True:
    line, _ = door.accept()
    line.settimeout(3)
    try:
        while True:
            some = line.recv(4096)
            if not some:
                break
            heard.write(some)
            # LDAPMessage { id, extendedResp { unwillingToPerform, "", "" } }
            line.sendall(bytes.fromhex('300c0201') + some[4:5] + bytes.fromhex('78070a0135') + bytes.fromhex('04000400'))
    except OSError:
        pass
    line.close()
