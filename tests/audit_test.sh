#!/bin/sh
# An outsider who has nothing but an exported bundle draws the samples of audits again; so does the Python
# of docs/audit.md. usage: audit_test.sh PROGRAMS ROOT
programs=$1
root=$2
work=$(mktemp -d)
export LC_ALL=C.UTF-8
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho
is() { ok "$1" test "$2" = "$3"; }
sample() { "$b" audit sample --bundle "$@"; }

"$b" demo --data "$work/data" --staff 60 --assets 200 --pack "$root/packs/takamatsu" >"$work/said" 2>&1
store=$(echo "$work"/data/bodies/*/store.sqlite)
is 'the demonstration has samples' "$(sqlite3 "$store" 'SELECT count(*) FROM audit_draw')" 2
"$b" export "$work/whole.zip" --data "$work/data" >"$work/said" 2>&1
"$b" export "$work/folder" --data "$work/data" >"$work/said" 2>&1
rm -rf "$work/data"

sample "$work/whole.zip" --json >"$work/out.json" 2>"$work/said"
is 'the bundle alone gives the same samples' "$?" 0
is 'both of them' "$(python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(len(d["samples"]), all(s["same"] for s in d["samples"]), d["findings"])' "$work/out.json")" '2 True 0'
sample "$work/folder" >"$work/words" 2>&1
is 'so does a bundle in a folder' "$(grep -c '同じ標本になりました' "$work/words")" 2

# The algorithm as written down, over what is in the bundle: no program of ours.
sed -n '/^```python/,/^```/p' "$root/docs/audit.md" | sed '1d;$d' >"$work/sample.py"
python3 - "$work" <<'PYTHON' >"$work/python" 2>"$work/said"
import json, pathlib, sys
work = pathlib.Path(sys.argv[1])
exec((work / 'sample.py').read_text())
entries, where = [], work / 'folder' / 'logs'
for place in (where / 'index').read_text().split():
    for path in sorted((where / place / 'tile' / 'entries').rglob('*'), key=lambda p: str(p).replace('x', '')):
        if path.is_dir(): continue
        bytes_, at = path.read_bytes(), 0
        while at < len(bytes_):
            size = bytes_[at] * 256 + bytes_[at + 1]
            entries.append(bytes_[at + 2:at + 2 + size]); at += 2 + size
entries = {json.loads(entry)['seq']: entry for entry in entries}
for seq, entry in sorted(entries.items()):
    said = json.loads(entry)
    if said['act'] != 'audit.sample': continue
    asked = said['data']
    print(seq, *sample(entries, **{key: asked[key] for key in ('origin', 'size', 'root', 'acts', 'since', 'until', 'seed', 'most')}))
PYTHON
python3 -c 'import json,sys
for s in json.load(open(sys.argv[1]))["samples"]: print(s["entry"], *s["entries"])' "$work/out.json" >"$work/ours"
is 'the Python of the documentation draws the same' "$(cat "$work/python")" "$(cat "$work/ours")"

# Somebody who tells of another sample than was drawn is found out: the entry no longer verifies.
cp -r "$work/folder" "$work/false"
python3 - "$work/false" <<'PYTHON'
import pathlib, re, sys
for path in pathlib.Path(sys.argv[1]).rglob('*'):
    if path.is_file() and b'"audit.sample"' in path.read_bytes():
        bytes_ = path.read_bytes()
        at = bytes_.index(b'"seed":"', bytes_.index(b'"audit.sample"')) + 8
        path.write_bytes(bytes_[:at + 3] + bytes([bytes_[at + 3] ^ 1]) + bytes_[at + 4:])
PYTHON
sample "$work/false" >"$work/words" 2>&1
is 'a bundle with another seed is found out' "$?" 1

first=$(sample "$work/whole.zip" --seed 'さいころ 1 2 3' --most 7 --acts ledger. 2>/dev/null)
is 'a seed of our own draws as many as asked' "$(echo "$first" | wc -w | tr -d ' ')" 7
is 'the same again' "$(sample "$work/folder" --seed 'さいころ 1 2 3' --most 7 --acts ledger. 2>/dev/null)" "$first"
sample "$work/whole.zip" --seed '' >"$work/words" 2>&1
is 'an empty seed is refused' "$?" 2
plan_done
