#!/bin/sh
# Killed with -9 at random moments under load, ROUNDS times (60; make test-long: 1,000): every acknowledged act
# is there, what the sealer signed is the tree of the store and only grows, and the whole verifies.
# usage: crash_test.sh PROGRAMS DRIVER PACK [ROUNDS]
programs=$1
driver=$2
pack=$3
rounds=${ROUNDS:-${4:-60}}
each=20
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
data=$work/data
acknowledged=0

fresh() {
	rm -rf "$data"
	"$programs/bansho" init --data "$data" --body crash --name 試験市 --pack "$pack" --admin root1 \
		--admin-name "試験 太郎" --admin-number 1 >"$work/init" 2>&1 || sed 's/^/# /' "$work/init"
	: >"$work/all"
	size=0
}

# Between 0.03 and 0.6 seconds after its start: also while it is starting.
moment() { awk -v n="$(od -An -N2 -tu2 /dev/urandom)" 'BEGIN { printf "%.3f", 0.03 + n / 115000 }'; }

round() { # the driver alone, or with its sealer at the same moment
	setsid "$driver" write "$data" "$programs" >"$work/acknowledged" 2>"$work/driver" &
	pid=$!
	sleep "$(moment)"
	if [ $((n % 2)) = 0 ]; then kill -9 "$pid"; else kill -9 -- "-$pid" 2>/dev/null || kill -9 "$pid"; fi
	wait "$pid" 2>/dev/null
	# A line cut in two was never wholly acknowledged.
	[ ! -s "$work/acknowledged" ] || [ "$(tail -c 1 "$work/acknowledged" | od -An -tx1 | tr -d ' ')" = 0a ] ||
		sed -i '$ d' "$work/acknowledged"
	cat "$work/acknowledged" >>"$work/all"
	"$driver" check "$data" "$programs" <"$work/acknowledged" || return 1
	before=$size
	size=$("$driver" head "$data" "$programs") || { echo "round $n: the sealer signed another tree"; return 1; }
	[ "$size" -ge "$before" ] || { echo "round $n: the head shrank from $before to $size"; return 1; }
}

several() {
	while [ "$n" -le "$last" ]; do
		round || return 1
		n=$((n + 1))
	done
	"$driver" check "$data" "$programs" <"$work/all"
}

n=1
while [ "$n" -le "$rounds" ]; do
	fresh
	first=$n
	last=$((n + each - 1))
	[ "$last" -le "$rounds" ] || last=$rounds
	ok "kill -9, rounds $first to $last: nothing acknowledged is lost, the head only grew" several
	n=$((last + 1))
	acknowledged=$((acknowledged + $(wc -l <"$work/all")))
	ok "rounds $first to $last: the journal verifies, rows and all" exits 0 "$programs/bansho" verify --data "$data"
done
echo "# $rounds rounds, $acknowledged acts acknowledged"
ok "the kills came while acts were acknowledged" test "$acknowledged" -gt $((rounds * 5))
ok "and what came last is signed again" json 'd["signed"] == d["entries"]' sh -c \
	"'$programs/bansho' user reset root1 --data '$data' >/dev/null && '$programs/bansho' status --data '$data' --json"
plan_done
