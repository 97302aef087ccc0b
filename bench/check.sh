#!/bin/sh
# A self-check: 4,000 people sign in and answer within ten minutes (a morning has twenty times that) beside normal work, on the real
# banshod over TLS. usage: check.sh PROGRAMS BENCH; BENCH_STAFF=4000 BENCH_MONDAY=600 (seconds) BENCH_PAGES=20 BENCH_WORK=2; KEEP=FOLDER keeps the body
set -eu
programs=$1 bench=$2
work=$(mktemp -d)
. "$(dirname "$0")/lib.sh"
finish() {
	serve_stop_all
	wait 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
staff=${BENCH_STAFF:-4000}
data=${KEEP:-$work/demo}

[ -d "$data" ] || "$programs/bansho" demo --data "$data" --staff $((staff * 6 / 5)) --assets 400 --seed 7 >"$work/demo.log" 2>&1
store=$data/bodies/takamatsu-demo/store.sqlite
sqlite3 "$store" "SELECT a.login FROM people_account a JOIN people_person p ON p.id = a.id WHERE a.is_closed = 0 AND a.is_temporary = 0
	AND (p.until IS NULL OR p.until > $(date +%s) / 86400 + 1) AND a.login GLOB '[0-9]*'
	AND EXISTS (SELECT 1 FROM people_assignment s WHERE s.person = a.id AND s.until IS NULL) ORDER BY a.id LIMIT $((staff + 8))" >"$work/logins"
runner=$(sqlite3 "$store" "SELECT c.login FROM people_post_role r JOIN people_assignment a ON a.post = r.post
	JOIN people_account c ON c.id = a.person WHERE r.role = 'chief' AND a.until IS NULL LIMIT 1")
port=$(free_port)
serve_start tls "$data" "$port"
"$bench/monday" "$port" "$work/logins" bansho-demo-2026 "${BENCH_MONDAY:-600}" "${BENCH_PAGES:-20}" "${BENCH_WORK:-2}" "$runner"
people=$(($(wc -l <"$work/logins") - 8))
answered=$(sqlite3 "$store" "SELECT count(*) FROM check_sheet WHERE done IS NOT NULL AND campaign = (SELECT max(id) FROM check_campaign)")
[ "$answered" -ge $((people * 9 / 10)) ] || { echo "$answered of $people have answered" >&2; exit 1; }
say_line "sheets answered" "$answered" ""
ticks=$(awk '{ print $14 + $15 }' "/proc/$(cat "$work/tls.pid")/stat")
say_line "processor of banshod, all of it" "$(awk -v t="$ticks" -v h="$(getconf CLK_TCK)" 'BEGIN { printf("%.0f", t / h) }')" s
"$programs/bansho" verify --data "$data" >/dev/null || { echo "the journal does not verify" >&2; exit 1; }
