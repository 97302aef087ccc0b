#!/usr/bin/env python3
"""Holds the includes of src/ against docs/floors.txt: a folder includes only what its line allows,
nobody includes another folder's rooms.h or compiled queries, and only compiled queries include
store/query.h. Prints TAP."""
import os, re, sys

root = sys.argv[1]
allowed, floor = {}, {}
for line in open(os.path.join(root, 'docs/floors.txt'), encoding='utf-8'):
    words = line.split('#')[0].split()
    if words:
        floor[words[1]] = int(words[0])
        allowed[words[1]] = words[2:]
for folder, names in allowed.items():
    if names == ['..']:
        allowed[folder] = [other for other in floor if floor[other] < floor[folder]]
if 'programs' in allowed:
    allowed['programs'] = [other for other in floor if other != 'programs']

faults = []
seen = set()
for folder in sorted(os.listdir(os.path.join(root, 'src'))):
    top = os.path.join(root, 'src', folder)
    if not os.path.isdir(top):
        continue
    seen.add(folder)
    if folder not in allowed:
        faults.append(f'src/{folder}: not in docs/floors.txt')
        continue
    for name in sorted(os.listdir(top)):
        if not name.endswith(('.c', '.h')):
            continue
        path = os.path.join(top, name)
        for number, line in enumerate(open(path, encoding='utf-8'), 1):
            found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not found:
                continue
            target = found.group(1)
            other = target.split('/')[0] if '/' in target else folder
            where = f'src/{folder}/{name}:{number}'
            if other not in floor:
                faults.append(f'{where}: unknown folder {other}')
            elif other != folder and other not in allowed[folder]:
                faults.append(f'{where}: {folder} may not include {other}')
            elif other != folder and re.search(r'(^|/)(\w*rooms|\w+_sql)\.h$', target):
                faults.append(f'{where}: {target} is private to {other}')
            elif target == 'store/query.h' and folder != 'store':
                faults.append(f'{where}: only compiled queries include store/query.h')
for folder in floor:
    if folder not in seen:
        faults.append(f'docs/floors.txt: there is no src/{folder}')
print('1..1')
for fault in faults:
    print('# ' + fault)
print(('not ok' if faults else 'ok') + ' 1 - every include keeps to its floor')
sys.exit(1 if faults else 0)
