#!/bin/sh
# Machines ask after permits: bansho permit check on the store and through the socket of a real banshod, and
# callers who are slow, greedy or rude. usage: permit_test.sh PROGRAMS PACK
set -u
programs=$1 pack=$2
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/permit-test-XXXXXX)
. "$tests/tap.sh"
bansho=$programs/bansho
data=$work/data socket=$work/permits.sock
server=
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

"$bansho" demo --data "$data" --staff 40 --seed 3 --today 2026-11-21 --pack "$pack" >"$work/demo.log" 2>&1 || {
	cat "$work/demo.log" >&2
	echo "1..0 # SKIP no demonstration body"
	exit 1
}
check() { "$bansho" permit check --data "$data" "$@"; }
# The demonstration ends on its own day; today may be long after it.
at=2026-11-21T12:00
ok "the list has permits" json 'len(d) > 10 and all(one["state"] in ("valid", "not-yet", "expired", "revoked") for one in d)' \
	"$bansho" permit list --data "$data" --json
set -- $("$bansho" permit list --data "$data" --json | python3 -c '
import json, sys
for one in json.load(sys.stdin):
    if one["from"] <= "2026-11-20" and one["until"] >= "2026-11-22" and one["because"] in ("in-force", "out", "ended"):
        print(one["permit"], one["holder"], one["occasion"], one["until"])
        break')
number=$1 holder=$2 occasion=$3 until=$4
ok "a permit in force: exit 0" exits 0 check --permit "$number" --at "$at"
ok "and by its holder and occasion, as JSON" json \
	"d['state'] == 'valid' and d['v'] == 1 and d['holder'] == '$holder' and d['occasion'] == '$occasion' and d['until'] == '$until' and d['clauses'] and d['entry'] > 0 and d['reason']['ja'] and d['reason']['en']" \
	check --person "$holder" --occasion "$occasion" --at "$at" --json
ok "the day after its last: expired, exit 1" exits 1 check --permit "$number" --at 2199-01-01T00:00
ok "and says so" json "d['state'] == 'expired' and d['because'] == 'ended' and d['permit'] == '$number'" check --permit "$number" --at 2199-01-01T00:00 --json
ok "before it was issued: not yet" json "d['state'] == 'not-yet'" check --permit "$number" --at 2001-01-01T00:00 --json
ok "nobody: none, exit 1" exits 1 check --person 999999
ok "for another device: none" json "d['state'] == 'none' and 'permit' not in d" check --person "$holder" --scope device=ABC --at "$at" --json
ok "an occasion alone is no question: exit 2" exits 2 check --occasion "$occasion"
ok "nor is a scope without a value" exits 2 check --scope device
ok "no socket: exit 2, never valid" exits 2 "$bansho" permit check --socket "$work/none.sock" --person "$holder"

serve() {
	"$programs/banshod" --data "$data" --port 0 --plain --permits "$socket" >"$work/log" 2>&1 &
	server=$!
	for _ in $(seq 300); do
		grep -q '^ready' "$work/log" && return 0
		sleep 0.1
	done
	cat "$work/log" >&2
	return 1
}
serve || exit 1
ok "the socket is ours and our group's" sh -c "[ \"\$(stat -c %a '$socket')\" = 660 ]"
asks() { "$bansho" permit check --socket "$socket" "$@"; }
ok "through the socket: exit 0" exits 0 asks --permit "$number" --at "$at"
same() {
	check --permit "$number" --at "$at" --json >"$work/one" && asks --permit "$number" --at "$at" --json >"$work/other" && cmp "$work/one" "$work/other"
}
ok "the same answer as from the store" same
ok "and exit 1 when there is none" exits 1 asks --person 999999
ok "and exit 2 when it is no question" exits 2 asks --occasion "$occasion"
# Another group than ours takes a member or root.
ok "an unknown group is refused" refuses nowhere-group "$programs/banshod" --data "$data" --port 0 --plain \
	--permits "$work/other.sock" --permits-group nowhere-group
python3 "$tests/permit_callers.py" "$socket" "$number" "$holder" >"$work/callers" 2>"$work/callers.err" || sed 's/^/# /' "$work/callers.err"
while read -r word rest; do
	case $word in
	good) ok "$rest" true ;;
	bad) ok "$rest" false ;;
	esac
done <"$work/callers"
ok "every rude caller was heard of" grep -q '^good done' "$work/callers"
stops() { kill -TERM "$server" && wait "$server"; }
ok "it ends as asked, with callers still there" stops
server=
plan_done
