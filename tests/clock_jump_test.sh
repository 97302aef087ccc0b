#!/bin/sh
# A machine's clock that jumps ahead and is set right again, under the real server (clock_at.c).
# usage: clock_jump_test.sh PROGRAMS CLOCK_AT.so PACK
programs=$1
preload=$2
pack=$3
ports=26000
. "$(dirname "$0")/moved_clock.sh"

sign_in() { # NAME PASSWORD JAR: 303 when it opened; a stranger's browser unless the jar knows better
	[ "$(curl -sS -o /dev/null -w '%{http_code}' -b "$work/$3" -c "$work/$3" -H "Origin: $base" --data-urlencode "login=$1" \
		--data-urlencode "password=$2" "$base/sign-in")" = 303 ]
}
opens() { [ "$(curl -sS -o /dev/null -w '%{http_code}' -b "$work/$1" "$base/account")" = 200 ]; }
shut() { [ "$(curl -sS -o /dev/null -w '%{http_code}' -b "$work/$1" "$base/account")" = 303 ]; }
refused() { ! sign_in "$@"; }
good=bansho-demo-2026

"$programs/bansho" demo --data "$data" --staff 30 --assets 200 --seed 7 --pack "$pack" >"$work/demo" 2>&1
LD_PRELOAD="$preload" "$programs/banshod" --data "$data" --plain --port "$port" >"$work/run" 2>&1 &
running=$!
for _ in $(seq 300); do grep -q '^ready' "$work/run" && break; sleep 0.1; done

ok "somebody signs in" sign_in shokuin "$good" early
ok "and is in" opens early
minutes 40
ok "forty minutes ahead an idle session is over" shut early
minutes 0
ok "set right, it has its half hour as before" opens early
minutes 28800
ok "twenty days ahead somebody signs in" sign_in kacho "$good" ahead
ok "and is in" opens ahead
for guess in 1 2 3 4 5 6; do sign_in dairi "wrong $guess" "guess$guess"; done
ok "there an account is locked" refused dairi "$good" stranger
for guess in $(seq 40); do sign_in "nobody$guess" wrong "none$guess"; done
ok "there the address has to wait" refused ciso "$good" another
minutes 0
ok "set right, a session from the future is none" shut ahead
ok "a session from before goes on" opens early
ok "nobody stays locked for twenty days" sign_in dairi "$good" stranger
ok "no address waits for twenty days" sign_in ciso "$good" another
ok "who was signed in ahead signs in anew" sign_in kacho "$good" ahead
ok "and is in" opens ahead
minutes -120
ok "two hours behind, a session is from the future" shut ahead
ok "and signing in works" sign_in kansa "$good" behind
ok "and is in" opens behind
minutes 0
ok "the journal verifies whatever the clock said" exits 0 "$programs/bansho" verify --data "$data"
plan_done
