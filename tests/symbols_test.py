#!/usr/bin/env python3
"""Looks at the built archives with nm -u: outside base/ nobody allocates, copies strings or reads
numbers by hand, and outside store/ nobody speaks SQLite. Prints TAP."""
import os, re, subprocess, sys

build = sys.argv[1]
banned = set('malloc calloc realloc free strdup strndup strcpy strcat strncpy strncat stpcpy sprintf '
             'vsprintf __sprintf_chk __vsprintf_chk __strcpy_chk __strcat_chk atoi atol atoll strtol '
             'strtoll strtoul strtoull system popen localtime localtime_r getenv setenv gets scanf '
             'sscanf'.split())
# Why a room may use what the rule bans: at the border of a library that asks for it.
allowed = {
    'store': {'malloc', 'calloc', 'realloc', 'free'},  # connections and hook memory outlive every arena
    'web': {'malloc', 'calloc', 'realloc', 'free'},    # libmicrohttpd and GnuTLS hand memory over
    'policy': {'free'},                                # libfyaml hands memory over
    'print': {'free'},                                 # pango and qrencode hand memory over
    'paper': {'free'},
}
faults = []
count = 0
for top, _, names in os.walk(os.path.join(build, 'src')):
    for name in names:
        found = re.match(r'lib(\w+)\.a$', name)
        if not found or found.group(1) in ('base', 'schema'):
            continue
        room = found.group(1)
        count += 1
        out = subprocess.run(['nm', '-uA', os.path.join(top, name)], capture_output=True, text=True).stdout
        for line in out.splitlines():
            words = line.split()
            symbol = words[-1].split('@')[0]
            member = words[0]
            if symbol in banned and symbol not in allowed.get(room, set()):
                faults.append(f'{room}: {member} uses {symbol}')
            if symbol.startswith('sqlite3_') and room != 'store':
                faults.append(f'{room}: {member} speaks SQLite ({symbol})')
print('1..1')
if count == 0:
    faults.append('no archives found')
for fault in sorted(set(faults)):
    print('# ' + fault)
print(('not ok' if faults else 'ok') + ' 1 - rooms keep to base for memory, strings and numbers, to store for SQL')
sys.exit(1 if faults else 0)
