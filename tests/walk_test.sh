#!/bin/sh
# Every pack that lies in packs/ is walked, whoever put it there: each sheet drawn empty, each occasion
# asked, filled at its bounds, decided by simulated holders, used, recorded, printed; the journal of all
# that verified. usage: walk_test.sh PROGRAMS PACKS
programs=$1
packs=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho

# Every kind of warning that a pack keeps stands in its README with the reason.
reasoned() { # PACK
	"$b" pack check "$1" --json | python3 -c '
import json, sys
kinds = {w["code"] for w in json.load(sys.stdin)["warnings"]}
readme = open(sys.argv[1] + "/README.md", encoding="utf-8").read() if kinds else ""
missing = sorted(kind for kind in kinds if kind not in readme)
sys.exit("no reason given for: " + ", ".join(missing) if missing else 0)' "$1"
}

for pack in "$packs"/*/; do
	pack_name=$(basename "$pack")
	ok "$pack_name: checks without a mistake" exits 0 "$b" pack check "$pack"
	ok "$pack_name: says why each warning stays" reasoned "$pack"
	ok "$pack_name: goes through from beginning to end" exits 0 "$b" pack walk "$pack"
	ok "$pack_name: every occasion and sheet was tried" json \
		'd["wrong"] == 0 and d["cases"] > 10 and d["sheets"] > 5' "$b" pack walk "$pack" --json
	# A body that has its story is made by the other tests.
	[ "$pack_name" = takamatsu ] ||
		ok "$pack_name: a demonstration body can be made of it" json 'd["refused"] == 0' \
			"$b" demo --data "$work/demo-$pack_name" --pack "$pack" --json
done

# What cannot be lived through is found, and said where.
cp -r "$packs/minakami" "$work/endless"
sed -i "s/when: 'end-witness and .*'}/when: 'end-what = \"never\"'}/; s/when: 'end-certificate'}/when: 'end-what = \"nor this\"'}/" \
	"$work/endless/forms/dispose.yaml"
ok "an item that can never end is found" says "場面 dispose" "$b" pack walk "$work/endless"
ok "and told by the exit status" exits 1 "$b" pack walk "$work/endless"
cp -r "$packs/minakami" "$work/faulty"
echo "  - nonsense" >>"$work/faulty/evidence.yaml"
ok "a pack with mistakes is not walked" exits 2 "$b" pack walk "$work/faulty"
ok "no folder, no walk" exits 2 "$b" pack walk "$work/nowhere"
ls -d /tmp/bansho-pack-walk-* >"$work/left" 2>/dev/null
ok "nothing is left behind" [ ! -s "$work/left" ]
plan_done
