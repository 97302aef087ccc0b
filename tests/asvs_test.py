#!/usr/bin/env python3
"""Holds the ASVS table of docs/security.md to its word: every item that must be there is there once, with one of
the four answers, and every test and document it names exists. tests/asvs-levels.txt lists sections of
OWASP ASVS 5.0.0 with the level of each of their items. Prints TAP.

A test is named `test/case`: `test` as meson lists it, `case` a function in its source or words in its script;
`browser/...` is a promise of tests/e2e,
`package/...` of tests/package_test.sh."""
import os, re, sys

root = sys.argv[1]
FULL = ('2.3', '5.', '6.', '7.', '8.', '11.', '13.', '16.')  # where level 3 counts too
ANSWERS = ('held', 'not applicable', 'open')


def read(path):
    with open(os.path.join(root, path), encoding='utf-8') as file:
        return file.read()


def required():
    items = {}
    for line in read('tests/asvs-levels.txt').splitlines():
        section, levels = line.split()
        for no, level in enumerate(levels, 1):
            if level != '3' or any((section + '.').startswith(one) for one in FULL):
                items[f'{section}.{no}'] = level
    return items


def sources():
    """Test name -> all text in which its cases are named."""
    found = {}
    build = read('tests/meson.build')
    for name, files in re.findall(r"unit_tests \+= \{'(\w+)': \[\[([^\]]*)\]", build):
        found[name] = ''.join(read('tests/' + one) for one in re.findall(r"'(\w+\.c)'", files))
    for name in re.findall(r"^ *test\('(\w+)'", build, re.M):
        block = build.split(f"test('{name}'", 1)[1].split("\ntest('", 1)[0]
        files = [one for one in re.findall(r"'([\w/.-]+\.(?:c|sh|py|mjs))'", block)
                 if os.path.exists(os.path.join(root, 'tests', one))]
        found.setdefault(name, '')
        found[name] += ''.join(read('tests/' + one) for one in files)
    found['package'] = read('tests/package_test.sh')
    folder = os.path.join(root, 'tests/e2e')
    found['browser'] = ''.join(read('tests/e2e/' + one) for one in sorted(os.listdir(folder)) if one.endswith('.mjs'))
    return found


def check(rows, wanted, tests):
    faults = []
    seen = set()
    for no, level, answer, shown in rows:
        if no in seen:
            faults.append(f'{no} stands there twice')
        seen.add(no)
        if no not in wanted:
            faults.append(f'{no} is not an item that is asked for')
            continue
        if level != wanted[no]:
            faults.append(f'{no} is of level {wanted[no]}, not {level}')
        if answer not in ANSWERS:
            faults.append(f'{no}: {answer!r} is none of {ANSWERS}')
        names = re.findall(r'`([^`]+)`', shown)
        if answer == 'held' and not names:
            faults.append(f'{no} is held, but nothing shows it')
        if answer != 'held' and len(shown.strip()) < 8:
            faults.append(f'{no}: {answer}, but no reason')
        faults += [f'{no}: {why}' for why in map(lambda one: missing(one, tests), names) if why]
    faults += [f'{no} is missing' for no in sorted(set(wanted) - seen)]
    return faults


def missing(name, tests):
    """Why what is named does not exist, or nothing."""
    if re.match(r'(docs|src|packaging|tools|bench|fuzz|tests|packs|po)/|Makefile|README|meson.build', name):
        path, _, heading = name.partition('#')
        if not os.path.exists(os.path.join(root, path)):
            return f'there is no {path}'
        if heading and heading.lower() not in [re.sub(r'\W+', '-', one).strip('-').lower()
                                               for one in re.findall(r'^#+ (.*)$', read(path), re.M)]:
            return f'{path} has no heading {heading}'
        return ''
    test, _, case = name.partition('/')
    if test not in tests:
        return f'there is no test {test}'
    if case and case not in tests[test]:
        return f'test {test} has no case {case!r}'
    return ''


tests = sources()
wanted = required()
text = read('docs/security.md')
rows = re.findall(r'^\| (\d+\.\d+\.\d+) \| ([123]) \| ([^|]*?) \| (.*) \|$', text, re.M)
faults = check(rows, wanted, tests)
# The check itself must be able to fail.
wrong = check([('1.2.4', '1', 'held', '`queryc/no such case`'), ('1.2.4', '2', 'yes', '')], {'1.2.4': '1', '1.2.5': '1'}, tests)
for name in re.findall(r'`([a-z]+/[a-z_0-9]{9,}|browser/[^`]+)`', text.split('## ASVS')[0]):
    why = missing(name, tests)
    if why:
        faults.append(why)
print('1..2')
for fault in faults:
    print('# ' + fault)
print(('not ok' if faults else 'ok') + f' 1 - {len(rows)} items of ASVS 5.0, each with what shows it, and that exists')
print(('ok' if len(wrong) >= 5 else 'not ok') + ' 2 - a missing item, a wrong answer and a test that does not exist are noticed')
sys.exit(1 if faults or len(wrong) < 5 else 0)
