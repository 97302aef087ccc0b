#!/usr/bin/env python3
"""Makes a next version of a pack, for the tests of a change of policy. usage: next_version.py FROM TO [VERSION]

What is different: chapter 9 is renumbered to 12, one duty is reworded and given to another role, one is
gone and one new, a carry out of the house needs a second permission, the role chief is called
bureau-chief, the asset ledger loses the column made-on and gets the required column caretaker. CISO
publishes the version after it, everybody is asked to acknowledge this one. Prints the id of the clause
that is gone. With the name of a VERSION, only the version and one word are different."""
import os, re, shutil, sys

source, target = sys.argv[1:3]
shutil.copytree(source, target)
files = [os.path.join(top, name) for top, _, names in os.walk(target) for name in names if name.endswith('.yaml')]
pack = {path: open(path, encoding='utf-8').read() for path in files}


def path(*parts):
    return os.path.join(target, *parts)


about = path('pack.yaml')
if len(sys.argv) > 3:
    pack[about] = re.sub(r'version: "[^"]*"', f'version: "{sys.argv[3]}"', pack[about], count=1)
    three = path('clauses', '03.yaml')
    pack[three], done = re.subn('公開(する)?予定のない', '公開の見込みのない', pack[three], count=1)
    assert done == 1
else:
    pack[about] = re.sub(r'version: "[^"]*"', 'version: "2.0"', pack[about], count=1)
    if not re.search(r'^publishes:', pack[about], re.M):
        pack[about] += 'publishes: ciso\n'
    if not re.search(r'^acknowledged:', pack[about], re.M):
        pack[about] += 'acknowledged: yes\n'
    three = path('clauses', '03.yaml')
    # Gone: the last duty of chapter 3 that nothing else names but what proves it.
    items = re.split(r'(?m)^(?=  - id: )', pack[three])
    proofs = {name for name in pack if 'evidence' in os.path.relpath(name, target)}
    gone = None
    for at in reversed(range(1, len(items))):
        ident = re.match(r'  - id: "([^"]+)"', items[at]).group(1)
        named = '"' + re.escape(ident) + '["\\-]'
        uses = sum(len(re.findall(named, text)) for name, text in pack.items() if name not in proofs)
        if '\n    ja:' in items[at] and uses == 1:
            gone = ident
            del items[at]
            break
    assert gone is not None, 'no duty of chapter 3 can go'
    print(gone)
    pack[three] = ''.join(items)
    for name in proofs:
        lines = []
        for line in pack[name].splitlines(keepends=True):
            found = re.search(r'clauses: \[([^\]]*)\]', line)
            if found and f'"{gone}"' in found.group(1):
                left = [one for one in re.split(r',\s*', found.group(1)) if one != f'"{gone}"']
                if not left:
                    continue
                line = line[:found.start(1)] + ', '.join(left) + line[found.end(1):]
            lines.append(line)
        pack[name] = ''.join(lines)
    # Reworded, and another role's.
    begin = pack[three].index('- id: "3.1.1.c"')
    end = pack[three].index('- id:', begin + 5)
    duty = pack[three][begin:end].replace('公開予定のない資産は', '公開する予定のない情報資産は').replace('actor: manager', 'actor: responsible')
    assert 'responsible' in duty and '公開する予定' in duty
    pack[three] = pack[three][:begin] + duty + pack[three][end:]
    pack[three] = pack[three].rstrip('\n') + '''
  - id: "3.9"
    number: "3.9"
    under: "3"
    ja: "生成系の道具に情報資産を渡す前に、所属長が可否を決める。"
    en: "The head decides before information is given to generative tools"
    actor: manager
    kind: approve
    module: flow
'''
    # Chapter 9 is chapter 12 now, wherever it is named.
    nine = path('clauses', '09.yaml')
    for name in list(pack):
        pack[name] = re.sub(r'"9(\.[0-9A-Za-z.\-]+)"', r'"12\1"', pack[name])
    pack[nine] = re.sub(r'(number: ")9', r'\g<1>12', pack[nine])
    pack[nine] = re.sub(r'((?:id|under): )"9"', r'\1"12"', pack[nine])
    for name in list(pack):
        pieces = pack[name].split('"')  # every other one stands in quotes
        pieces[::2] = [re.sub(r'(?<![\w-])chief(?![\w-])', 'bureau-chief', piece) for piece in pieces[::2]]
        pack[name] = '"'.join(pieces)
    for name in list(pack):
        if 'code: transport' not in pack[name]:
            continue
        begin = pack[name].index('code: transport')
        step = pack[name].index('\n      - {verb: notification', begin)
        pack[name] = (pack[name][:step] + '\n      - {verb: permission, role: responsible, whose: applicant, order: 2}'
                      + pack[name][step:])
    asset = path('ledgers', 'asset.yaml')
    begin = pack[asset].index('  - name: made-on')
    end = pack[asset].index('  - name:', begin + 5)
    pack[asset] = pack[asset][:begin] + '''  - name: caretaker
    ja: "管理担当"
    en: "Caretaker"
    kind: text
    required: yes
    most: 80
''' + pack[asset][end:]
    for name in list(pack):
        pack[name] = re.sub(r'asset\.made-on', 'asset.caretaker', pack[name])
for name, text in pack.items():
    open(name, 'w', encoding='utf-8').write(text)
