#!/bin/sh
# The logs as banshod serves them, held against the files of an export. Prints TAP.
#   log_test.sh PROGRAMS PACK
set -u
programs=$1
pack=$2
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
data=$work/data
"$programs/bansho" demo --data "$data" --staff 30 --assets 150 --pack "$pack" --today 2026-06-01 >"$work/said" 2>&1 || cat "$work/said" >&2
"$programs/bansho" journal export "$work/all" --data "$data" >"$work/said" 2>&1 || cat "$work/said" >&2
"$programs/banshod" --data "$data" --plain --port 0 >"$work/ready" 2>"$work/log" &
server=$!
for _ in $(seq 300); do grep -q ready "$work/ready" && break; sleep 0.1; done
at=$(sed -n 's/^ready //p' "$work/ready")log

same() { # PATH : what is served is the file of the export
	curl -s -D "$work/head" -o "$work/got" "$at/$1" && cmp "$work/got" "$work/all/logs/$1"
}
answers() { # STATUS PATH
	[ "$(curl -s -o "$work/got" -D "$work/head" -w '%{http_code}' "$at/$2")" = "$1" ]
}
every_hash() {
	(cd "$work/all/logs" && find . -path '*/tile/[0-9]/*' -type f | sed 's,^\./,,') >"$work/tiles"
	[ "$(wc -l <"$work/tiles")" -gt 3 ] || return 1
	while read -r path; do same "$path" || return 1; done <"$work/tiles"
}
immutable() { same 2025/tile/0/000 && grep -qi '^cache-control:.*immutable' "$work/head"; }
plain_404() { answers 404 "$1" && grep -qi '^content-type: text/plain' "$work/head"; }

ok "the export has a log for each fiscal year" test "$(cat "$work/all/logs/index" | tr '\n' ' ')" = "2025 2026 "
ok "an export in a folder verifies with the first key" "$programs/bansho" verify "$work/all" --key "$work/all/vkey"
ok "a closed log's checkpoint is its last" same 2025/checkpoint
ok "every tile of hashes is served as it is exported" every_hash
ok "the keys are served" same 2025/vkeys
ok "a full tile may be kept for ever" immutable
ok "entries ask who it is" answers 303 2025/tile/entries/000
ok "a tile that is not there yet is 404, in words for programs" plain_404 2026/tile/0/900
ok "another spelling of a tile is none" plain_404 2025/tile/0/x000/000
ok "a width of 256 is no partial tile" plain_404 2025/tile/0/000.p/256
ok "a year without a log is 404" plain_404 1999/checkpoint
"$programs/bansho" journal prove 12 --data "$data" >"$work/proof"
ok "a proof names the leaf and ends with the log's checkpoint" sh -c "sed -n 2p '$work/proof' | grep -qx 'index 12' && tail -n 5 '$work/proof' | cmp - '$work/all/logs/2025/checkpoint'"
"$programs/bansho" journal state --data "$data" --json >"$work/state"
ok "the state names both logs" python3 -c "import json;s=json.load(open('$work/state'));assert [l['place'] for l in s['logs']]==['2025','2026'] and s['logs'][0]['closed']"
plan_done
