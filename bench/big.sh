#!/bin/sh
# A big body: p95 of list and history pages through HTTP, memory of all processes, verify.
# 100,000 assets always, which leave about 120,000 entries; ENTRIES=n for more, BIG=1 for 10,000,000, made by
# bench/fill.c: looks at assets, ten an act, each an entry and a changed row. DATA=folder keeps and reuses it.
# usage: big.sh PROGRAMS BENCH
set -eu
programs=${1:-build/bench/src/programs} bench=${2:-build/bench/bench}
[ "${BIG:-}" = 1 ] && entries=10000000 || entries=${ENTRIES:-0}
work=$(mktemp -d)
data=${DATA:-$work/data}
server=
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	wait 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT

begin=$(date +%s)
[ -d "$data/bodies" ] || "$programs/bansho" demo --data "$data" --staff 1000 --assets 100000 \
	--pack packs/takamatsu >"$work/demo.log" 2>&1
[ "$entries" = 0 ] || "$bench/fill" "$data" "$programs" "$entries" | tail -n 1
echo "made in $(($(date +%s) - begin)) s"
store=$(echo "$data"/bodies/*/store.sqlite)
size=$(sqlite3 -cmd '.timeout 9000' "$store" 'SELECT max(id) + 1 FROM journal_entry')
echo "$size entries, $(sqlite3 -cmd '.timeout 9000' "$store" 'SELECT count(*) FROM ledger_row') assets, $(($(stat -c %s "$store") / 1000000)) MB"

"$programs/bansho" run --data "$data" --port 0 --plain >"$work/log" 2>&1 &
server=$!
for _ in $(seq 300); do
	grep -q '^ready' "$work/log" && break
	sleep 0.1
done
at=$(sed -n 's,^ready \(http://[^/]*\)/.*,\1,p' "$work/log")
curl -s -o /dev/null -c "$work/jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode login=kansa \
	--data-urlencode password=bansho-demo-2026 "$at/sign-in"

# run, banshod, bansho-clock and their sealers.
family() {
	pids=$server
	for level in 1 2 3; do
		pids=$(echo "$pids $(pgrep -d ' ' -P "$(echo $pids | tr ' ' ,)")" | tr ' ' '\n' | sort -un | tr '\n' ' ')
	done
	echo $pids
}
# Processor time of all of them so far, in ms.
spent() { for pid in $(family); do cat "/proc/$pid/stat"; done 2>/dev/null | awk '{ all += ($14 + $15) * 10 } END { print all }'; }

# NAME PATTERN: 200 pages, # in the pattern being another random object each time.
look() {
	awk -v url="$at$2" -v seed="$size" 'BEGIN { srand(seed); for (n = 0; n < 200; n++) {
		page = url; sub(/#/, int(1 + rand() * 100000), page)
		printf "url = \"%s\"\noutput = /dev/null\n", page } }' >"$work/urls"
	before=$(spent)
	curl -s -b "$work/jar" -w '%{http_code} %{time_total}\n' -K "$work/urls" >"$work/times"
	grep -qv '^200 ' "$work/times" && { echo "$1: an answer was not 200" >&2; sort "$work/times" | head -n 3 >&2; }
	awk '{ print $2 * 1000 }' "$work/times" | sort -n | awk -v name="$1" -v own="$(($(spent) - before))" '{ v[NR] = $1 }
		END { printf "%-38s median %7.1f ms   p95 %7.1f ms   processor %5.1f ms a page\n",
			name, v[int((NR + 1) / 2)], v[int(NR * 0.95)], own / NR }'
}
look 'ledger list' '/ledger/asset'
look 'ledger list, by title' '/ledger/asset?sort=title'
look 'ledger list, words searched' '/ledger/asset?q=%E5%8F%B0%E5%B8%B3+#'
# Every commit makes what was kept between looks stale.
csrf=$(curl -s -b "$work/jar" "$at/account" | sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' | head -n 1)
awk -v url="$at/account/language" 'BEGIN { for (n = 0; n < 20000; n++)
	printf "url = \"%s\"\noutput = /dev/null\n", url }' >"$work/posts"
curl -s -b "$work/jar" -H 'Sec-Fetch-Site: same-origin' -d "csrf=$csrf&language=ja" -K "$work/posts" &
poster=$!
sleep 1
look 'ledger list, another committing' '/ledger/asset'
look 'by title, another committing' '/ledger/asset?sort=title'
kill "$poster" 2>/dev/null || true
wait "$poster" 2>/dev/null || true
look 'an asset with its versions' '/ledger/asset/#'
look 'history of an object' '/journal?about=asset%3A#'
look 'journal' '/journal'

# Proportional shares, so that what processes share counts once.
memory() { for pid in $(family); do awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup"; done 2>/dev/null |
	awk '{ all += $1 } END { printf "%.0f", all / 1024 }'; }
resident() { for pid in $(family); do awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status"; done 2>/dev/null |
	awk '{ all += $1 } END { printf "%.0f", all / 1024 }'; }
# Eight clients at once on all of the pages above.
for client in 1 2 3 4 5 6 7 8; do
	for no in $(seq 100); do
		for page in /ledger/asset "/ledger/asset/$((client * 1000 + no))" "/journal?about=asset%3A$((client * 2000 + no))" /journal; do
			printf 'url = "%s%s"\noutput = /dev/null\n' "$at" "$page"
		done
	done >"$work/urls.$client"
	curl -s -b "$work/jar" -w '%{http_code} %{time_total}\n' -K "$work/urls.$client" >"$work/times.$client" &
	clients="${clients:-} $!"
done
most=0
while kill -0 ${clients##* } 2>/dev/null; do
	now=$(resident)
	[ "$now" -le "$most" ] || most=$now
	sleep 0.3
done
wait $clients
cat "$work"/times.[1-8] | awk '$1 != 200 { bad++ } { print $2 * 1000 } END { if (bad) print bad " answers were not 200" >"/dev/stderr" }' | sort -n |
	awk '{ v[NR] = $1 } END { printf "%-38s median %7.1f ms   p95 %7.1f ms\n", "all of these, 8 clients at once", v[int((NR + 1) / 2)], v[int(NR * 0.95)] }'
echo "memory with 8 clients: at most $most MB resident in all $(family | wc -w) processes together; now $(resident), $(memory) when shared pages count once"

begin=$(date +%s.%N)
"$programs/bansho" verify --data "$data" --json 2>/dev/null >"$work/verify"
awk -v a="$begin" -v b="$(date +%s.%N)" -v n="$size" 'BEGIN { printf "verify, every row compared: %.2f s, %.0f entries/s\n", b - a, n / (b - a) }'
grep -q '"ok":true' "$work/verify" || { cut -c 1-300 "$work/verify" >&2; exit 1; }
