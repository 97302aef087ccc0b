#!/bin/sh
# Monday: 4,000 people sign in within ten minutes beside normal work, on the real banshod over TLS.
# usage: monday.sh PROGRAMS BENCH; BENCH_STAFF=4000 BENCH_MONDAY=600 (seconds) BENCH_PAGES=20 BENCH_WORK=2 (a second); KEEP=FOLDER keeps the body it makes
set -eu
programs=$1 bench=$2
. "$(dirname "$0")/lib.sh"
staff=${BENCH_STAFF:-4000}
data=${KEEP:-$work/demo}

[ -d "$data" ] || "$programs/bansho" demo --data "$data" --staff $((staff * 6 / 5)) --assets 400 --seed 7 >"$work/demo.log" 2>&1
store=$data/bodies/takamatsu-demo/store.sqlite
# Whoever may sign in today, eight of them for the normal work.
sqlite3 "$store" "SELECT a.login FROM people_account a JOIN people_person p ON p.id = a.id WHERE a.is_closed = 0 AND a.is_temporary = 0
	AND (p.until IS NULL OR p.until > $(date +%s) / 86400 + 1) AND a.login GLOB '[0-9]*'
	AND EXISTS (SELECT 1 FROM people_assignment s WHERE s.person = a.id AND s.until IS NULL) ORDER BY a.id LIMIT $((staff + 8))" >"$work/logins"
entries() { sqlite3 "$store" "SELECT count(*) FROM people_session"; }
port=$(free_port)
serve_start tls "$data" "$port"
before=$(entries)
"$bench/monday" "$port" "$work/logins" bansho-demo-2026 "${BENCH_MONDAY:-600}" "${BENCH_PAGES:-20}" "${BENCH_WORK:-2}"
after=$(entries)
people=$(($(wc -l <"$work/logins") - 8))
[ $((after - before)) -ge "$people" ] || { echo "$((after - before)) sessions are kept of $people" >&2; exit 1; }
ticks=$(awk '{ print $14 + $15 }' "/proc/$(cat "$work/tls.pid")/stat")
say_line "processor of banshod, all of it" "$(awk -v t="$ticks" -v h="$(getconf CLK_TCK)" 'BEGIN { printf("%.0f", t / h) }')" s
say_line "memory of banshod" "$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$(cat "$work/tls.pid")/status")" MB
"$programs/bansho" verify --data "$data" >/dev/null || { echo "the journal does not verify" >&2; exit 1; }
