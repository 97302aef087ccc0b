#!/bin/sh
# A big body: p95 of list and history pages through HTTP, memory of all processes, verify.
# 100,000 assets always, which leave about 120,000 entries; ENTRIES=n for more, BIG=1 for 10,000,000, which takes
# an hour or more: every one is made by an act as a person would. DATA=folder keeps and reuses it.
# usage: big.sh PROGRAMS
set -eu
programs=${1:-build/bench/src/programs}
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
	--entries "$entries" --pack packs/takamatsu >"$work/demo.log" 2>&1
echo "made in $(($(date +%s) - begin)) s"
store=$(echo "$data"/bodies/*/store.sqlite)
size=$(sqlite3 -cmd '.timeout 9000' "$store" 'SELECT max(id) + 1 FROM journal_entry')
echo "$size entries, $(sqlite3 -cmd '.timeout 9000' "$store" 'SELECT count(*) FROM ledger_row') assets, $(($(stat -c %s "$store") / 1000000)) MB"

"$programs/banshod" --data "$data" --port 0 --plain >"$work/log" 2>&1 &
server=$!
for _ in $(seq 300); do
	grep -q '^ready' "$work/log" && break
	sleep 0.1
done
at=$(sed -n 's,^ready \(http://[^/]*\)/.*,\1,p' "$work/log")
curl -s -o /dev/null -c "$work/jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode login=kansa \
	--data-urlencode password=bansho-demo-2026 "$at/sign-in"

# Processor time of the server so far, in ms.
spent() { awk '{ print ($14 + $15) * 10 }' "/proc/$server/stat"; }

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
memory() { for pid in $server $(pgrep -P "$server"); do awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup"; done |
	awk '{ all += $1 } END { printf "%.0f", all / 1024 }'; }
resident() { for pid in $server $(pgrep -P "$server"); do awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status"; done |
	awk '{ all += $1 } END { printf "%.0f", all / 1024 }'; }
echo "memory after these looks: $(resident) MB resident in all processes, $(memory) MB when shared pages count once"

begin=$(date +%s.%N)
"$programs/bansho" verify --data "$data" --json 2>/dev/null >"$work/verify"
awk -v a="$begin" -v b="$(date +%s.%N)" -v n="$size" 'BEGIN { printf "verify, every row compared: %.2f s, %.0f entries/s\n", b - a, n / (b - a) }'
grep -q '"ok":true' "$work/verify" || { cut -c 1-300 "$work/verify" >&2; exit 1; }
