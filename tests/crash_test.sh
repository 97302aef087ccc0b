#!/bin/sh
# Killed with -9 at twenty moments under load: every acknowledged act is there, the journal is whole.
# usage: crash_test.sh PROGRAMS DRIVER
programs=$1
driver=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
data=$work/data

"$programs/bansho" init --data "$data" --body crash --name 試験市 --pack "$3" --admin root1 \
	--admin-name "試験 太郎" --admin-number 1 >"$work/init" 2>&1 || sed 's/^/# /' "$work/init"
: >"$work/acknowledged"

round() {
	"$driver" write "$data" "$programs" >>"$work/acknowledged" 2>"$work/driver" &
	pid=$!
	# Between 0.15 and 1.2 seconds after its start.
	sleep "$(awk -v n="$(od -An -N2 -tu2 /dev/urandom)" 'BEGIN { printf "%.3f", 0.15 + n / 62000 }')"
	kill -9 "$pid"
	wait "$pid" 2>/dev/null
	# A line cut in two was never wholly acknowledged.
	[ "$(tail -c 1 "$work/acknowledged" | od -An -tx1 | tr -d ' ')" = 0a ] || [ ! -s "$work/acknowledged" ] ||
		sed -i '$ d' "$work/acknowledged"
	"$driver" check "$data" "$programs" <"$work/acknowledged"
}
n=1
while [ $n -le 20 ]; do
	ok "kill -9, moment $n: nothing acknowledged is lost" round
	n=$((n + 1))
done
ok "the kills came while acts were acknowledged" test "$(wc -l <"$work/acknowledged")" -gt 100
ok "afterwards the journal verifies, rows and all" exits 0 "$programs/bansho" verify --data "$data"
ok "and what came last is signed again" json 'd["signed"] == d["entries"]' sh -c \
	"'$programs/bansho' user reset root1 --data '$data' >/dev/null && '$programs/bansho' status --data '$data' --json"
plan_done
