#!/bin/sh
# Every pack that lies in packs/ is walked, whoever put it there: each sheet drawn empty, each occasion
# asked, filled at its bounds, decided by simulated holders, used, recorded, printed; the journal of all
# that verified. usage: walk_test.sh PROGRAMS PACKS MORE_PACKS
programs=$1
packs=$2
more=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho
walk() { # ...: as `bansho pack walk`, its process noted, for the folder it makes is named by it
	"$b" pack walk "$@" &
	walker=$!
	echo "$walker" >>"$work/walkers"
	wait "$walker"
}
walk_to() { # FILE, ...: a walk whose JSON is kept
	walk_out=$1
	shift
	walk "$@" --json >"$walk_out"
}
left_behind() {
	while read -r walker; do
		ls -d /tmp/bansho-pack-walk-"$walker"-* 2>/dev/null
	done <"$work/walkers"
}
stopped() { # SIGNAL: a walk told to stop ends by the signal, when its folder was there
	"$b" pack walk "$packs/minakami" >/dev/null 2>&1 &
	walker=$!
	echo "$walker" >>"$work/walkers"
	until ls -d /tmp/bansho-pack-walk-"$walker"-*/bodies >/dev/null 2>&1; do
		kill -0 "$walker" || return 1
		sleep 0.05
	done
	kill -s "$1" "$walker"
	wait "$walker"
	[ $? -gt 128 ]
}

# Every kind of warning that a pack keeps stands in its README with the reason.
reasoned() { # PACK
	"$b" pack check "$1" --json | python3 -c '
import json, sys
kinds = {w["code"] for w in json.load(sys.stdin)["warnings"]}
readme = open(sys.argv[1] + "/README.md", encoding="utf-8").read() if kinds else ""
missing = sorted(kind for kind in kinds if kind not in readme)
sys.exit("no reason given for: " + ", ".join(missing) if missing else 0)' "$1"
}

for pack in "$packs"/*/ "$more/telework/" "$more/whole/"; do
	pack_name=$(basename "$pack")
	ok "$pack_name: checks without a mistake" exits 0 "$b" pack check "$pack"
	case $pack in "$packs"/*) ok "$pack_name: says why each warning stays" reasoned "$pack" ;; esac
	ok "$pack_name: goes through from beginning to end" exits 0 walk_to "$work/$pack_name.json" "$pack"
	ok "$pack_name: every occasion and sheet was tried" json \
		'd["wrong"] == 0 and d["cases"] > 10 and d["sheets"] > 5' cat "$work/$pack_name.json"
	# A body that has its story is made by the other tests.
	[ "$pack_name" = takamatsu ] ||
		ok "$pack_name: a demonstration body can be made of it" json 'd["refused"] == 0' \
			"$b" demo --data "$work/demo-$pack_name" --pack "$pack" --json
done
only_awaited() { # PACK: of its demonstration body nothing is missing but what waits for a part of Bansho
	"$b" evidence --data "$work/demo-$1" --json >"$work/evidence.json" &&
		python3 "$(dirname "$0")/only_awaited.py" "$work/evidence.json"
}
for pack_name in minakami koga; do
	ok "$pack_name: missing is only what a part of Bansho still to come would show, each with that reason" only_awaited "$pack_name"
done
# The answers to its sheets are of the day that is asked for, long ago or not.
ok "a demonstration body of a past day refuses nothing either" json 'd["refused"] == 0' \
	"$b" demo --data "$work/demo-past" --pack "$packs/koga" --today 2024-02-29 --json

# What cannot be lived through is found, and said where.
cp -r "$packs/minakami" "$work/endless"
sed -i "s/when: 'end-witness and .*'}/when: 'end-what = \"never\"'}/; s/when: 'end-certificate'}/when: 'end-what = \"nor this\"'}/" \
	"$work/endless/forms/dispose.yaml"
ok "an item that can never end is found" says "場面 dispose" walk "$work/endless"
ok "and told by the exit status" exits 1 walk "$work/endless"
cp -r "$packs/minakami" "$work/faulty"
echo "  - nonsense" >>"$work/faulty/evidence.yaml"
ok "a pack with mistakes is not walked" exits 2 walk "$work/faulty"
ok "no folder, no walk" exits 2 walk "$work/nowhere"
ok "in English too" exits 0 walk "$more/whole" --lang en
ok "a walk ends when it is told to" stopped TERM
ok "and when it is interrupted" stopped HUP
left_behind >"$work/left"
ok "nothing is left behind" [ ! -s "$work/left" ]
plan_done
