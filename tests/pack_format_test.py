#!/usr/bin/env python3
"""docs/pack-format.md against the loader: whoever has only the docs must be able to write a pack. TAP."""
import glob
import re
import sys

root = sys.argv[1]


def read(path):
    with open(f"{root}/{path}", encoding="utf-8") as file:
        return file.read()


doc = read("docs/pack-format.md")
loaders = "".join(read(f"src/policy/{path.rsplit('/', 1)[1]}") for path in glob.glob(f"{root}/src/policy/*.c"))
names = read("src/policy/names.c")
count = 0


def in_doc(word):
    return re.search(r"(?<![\w-])" + re.escape(word) + r"(?![\w-])", doc)


def ok(what, missing):
    global count
    count += 1
    print(("not ok" if missing else "ok"), count, "-", what)
    for one in sorted(missing):
        print("#", one)


def table(name):
    body = re.search(r"\b" + name + r"\[\] = \{(.*?)\};", names, re.S).group(1)
    found = set(re.findall(r'^\s*"([^"]+)",', body, re.M))
    assert found, name
    return found


keys = set(re.findall(r'\{"([a-z-]+)",\s*(?:true|false)\}', loaders))
assert len(keys) > 60
ok("every key the loader takes is in the docs", {key for key in keys if not in_doc(key)})
for kind in ("outcomes", "controls", "parts", "parameters"):
    ok(f"every name of {kind} is in the docs", {name for name in table(kind) if not in_doc(name)})
codes = set(re.findall(r'(?<!\w)(?:note|warn_at)\([^";]*"([a-z-]+)"', loaders)) | {"role-unheld"}
assert len(codes) > 20
listed = set(re.findall(r"^\| `([a-z]+(?:-[a-z]+)+)` \| ", doc[doc.index("## Warnings"):], re.M))
ok("every warning is in the table of warnings", codes - listed)
ok("the table of warnings has no other", listed - codes)
tests = read("tests/lint_test.c")
ok("every warning is seen by a test", {code for code in codes if f'"{code}"' not in tests})
packs = "".join(open(path, encoding="utf-8").read() for folder in ("packs", "tests/packs")
                for path in glob.glob(f"{root}/{folder}/**/*.yaml", recursive=True))
ok("every key is used by a pack that is tested",
   {key for key in keys if not re.search(r"(?<![\w-])" + re.escape(key) + r":", packs)})
print(f"1..{count}")
