#!/bin/sh
# A list page of 50 rows: Bansho signed in, over HTTP and TLS, beside the bare handler and the peers.
# All servers are up at once and are loaded in turn, round after round. usage: list.sh PROGRAMS BENCH
set -eu
programs=$1 bench=$2
rounds=${BENCH_ROUNDS:-5} seconds=${BENCH_SECONDS:-3}
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/peers.sh"
bare_fifo=$work/bare.fifo
finish() {
	exec 9>&- || true
	peers_stop
	topic_end
}

demo_make "$work/demo"
cp -r "$work/demo" "$work/demo-tls"
plain=$(free_port) tls=$(free_port) bare=$(free_port) bare_tls=$(free_port)
serve_start plain "$work/demo" "$plain" --plain
serve_start tls "$work/demo-tls" "$tls"
store=$work/demo/bodies/takamatsu-demo/store.sqlite
mkfifo "$bare_fifo"
threads=$(nproc)
"$bench/bare_list" "$store" "$bare" "$threads" <"$bare_fifo" >"$work/bare.log" &
"$bench/bare_list" "$store" "$bare_tls" "$threads" "$work/demo-tls/tls/tls-key.pem" \
	"$work/demo-tls/tls/tls-certificate.pem" <"$bare_fifo" >"$work/bare-tls.log" &
exec 9>"$bare_fifo"
[ "${BENCH_PEERS:-yes}" = no ] || peers_start "$(free_port)" "$(free_port)" 9>&-

page=/ledger/asset
all=$(sign_in "http://127.0.0.1:$plain" kansa)
own=$(sign_in "http://127.0.0.1:$plain" kacho)
all_tls=$(sign_in "https://127.0.0.1:$tls" kansa)
rows() { curl -sk -H "Cookie: $1" "$2$page" | grep -o '<td class="number">' | wc -l; }
for seen in "$(rows "session=$all" "http://127.0.0.1:$plain")" "$(rows "session=$own" "http://127.0.0.1:$plain")" \
	"$(rows "__Host-session=$all_tls" "https://127.0.0.1:$tls")"; do
	[ "$seen" = 50 ] || { echo "the ledger page has $seen rows, not 50" >&2; exit 1; }
done

for _ in $(seq "$rounds"); do
	load 8 "$seconds" "http://127.0.0.1:$bare/" >>"$work/r.bare"
	load 8 "$seconds" "http://127.0.0.1:$plain$page" "Cookie: session=$all" >>"$work/r.all"
	load 8 "$seconds" "http://127.0.0.1:$plain$page" "Cookie: session=$own" >>"$work/r.own"
	load 8 "$seconds" "https://127.0.0.1:$tls$page" "Cookie: __Host-session=$all_tls" >>"$work/r.tls"
	load 8 "$seconds" "https://127.0.0.1:$bare_tls/" >>"$work/r.baretls"
	[ -z "$fossil_url" ] || load 4 "$seconds" "$fossil_url" >>"$work/r.fossil"
	[ -z "$redmine_url" ] || load 4 "$seconds" "$redmine_url" "Cookie: $redmine_cookie" >>"$work/r.redmine"
done

base=$(median "$work/r.bare") page_all=$(median "$work/r.all")
show() { # NAME FILE [BASE OF]
	if [ -s "$work/$2" ]; then
		value=$(median "$work/$2")
		say_line "$1" "$value" requests/s "${3:+$(ratio "$value" "$3")}" "${4:+$4 (best $(best "$work/$2"))}"
	else
		say_line "$1" "not measured" "" ""
	fi
}
against() { # NAME FILE: how many times Bansho's page the peer's
	[ ! -s "$work/$2" ] || say_line "ledger page" "$page_all" requests/s "$(ratio "$page_all" "$(median "$work/$2")")" "$1"
}
show "bare handler" r.bare "$base" "bare handler"
show "ledger page, whole body" r.all "$base" "bare handler"
show "ledger page, own unit" r.own "$base" "bare handler"
show "ledger page, TLS" r.tls "$page_all" "ledger page, whole body"
show "bare handler, TLS" r.baretls "$base" "bare handler"
show "Fossil ticket list" r.fossil
against "Fossil ticket list" r.fossil
show "Redmine issue list" r.redmine
against "Redmine issue list" r.redmine
