#!/bin/sh
# The configuration file and the first administrator. usage: conf_test.sh PROGRAMS PACK
programs=$1
pack=$2
. "$(dirname "$0")/started.sh"
b=$programs/bansho
conf=$work/bansho.conf
root=$(cd "$(dirname "$0")/.." && pwd)

sed "s,^data = .*,data = $data," "$root/packaging/debian/bansho.conf" >"$conf"
ok "the configuration that is installed is in order" exits 0 "$b" config --config "$conf"
value() { [ "$("$b" config "$1" --config "$conf")" = "$2" ]; }
ok "and says where the data lie" value data "$data"
wrong() { printf '%s\n' "data = $data" "$1" >"$work/wrong.conf"; says "wrong.conf:2: $2" "$b" config --config "$work/wrong.conf"; }
ok "an unknown key: where, and what there is" wrong "prot = 8443" "「prot」という項目はありません"
ok "a bad port: what would be right" wrong "port = 99999" "「port」に「99999」は使えません。1から65535まで"
ok "a bad address" wrong "listen = everywhere" "「listen」に「everywhere」は使えません"
ok "neither yes nor no" wrong "plain = maybe" "「plain」に「maybe」は使えません"
ok "a relative path" wrong "certificate = cert.pem" "「certificate」に「cert.pem」は使えません。「/」で始まる"
ok "no value" wrong "port =" "「port」に「」は使えません。値がありません"
ok "no '='" wrong "port 8443" "「項目 = 値」"
ok "twice" wrong "data = /x" "「data」が二度"
both() {
	printf 'prot = 1\nlisten = x\n' >"$work/wrong.conf"
	says ":1: " "$b" config --config "$work/wrong.conf" && grep -q ":2: " "$work/said"
}
ok "all faults at once" both
ok "exit 2" exits 2 "$b" config --config "$work/wrong.conf"
half() { printf "certificate = /x\n" >"$work/half.conf"; says "両方" "$b" config --config "$work/half.conf"; }
ok "a certificate without its key is half a decision" half
ok "banshod says the same and does not start" says "wrong.conf:1" "$programs/banshod" --config "$work/wrong.conf"
ok "so does bansho-clock" says "wrong.conf:1" "$programs/bansho-clock" --once --config "$work/wrong.conf"
ok "a missing file" exits 2 "$b" config --config "$work/none.conf"

# --- the first administrator
ok "setup without a terminal says what is missing" says "--name" "$b" setup --config "$conf" </dev/null
nothing() { [ ! -e "$data/bodies" ] && [ ! -e "$data/setup-code" ]; }
ok "and makes nothing" nothing
ok "setup-code before: there is none" refuses "bansho setup" "$b" setup-code --config "$conf"
setup() {
	"$b" setup --config "$conf" --name 見本町 --body town --pack "$pack" --admin kanri --admin-name "山﨑 花子" \
		--admin-number 0001 >"$work/setup"
}
ok "setup makes the body and the administrator" setup
code=$(awk '{ print $3 }' "$data/setup-code")
hidden() { [ -n "$code" ] && ! grep -q "$code" "$work/setup"; }
ok "without showing the code" hidden
mode() { [ "$(stat -c %a "$data/setup-code")" = 600 ]; }
ok "only its owner may read it" mode
ok "setup-code shows it, with an end" json "d['login'] == 'kanri' and d['code'] == '$code' and d['until']" \
	"$b" setup-code --config "$conf" --json
ok "a second setup is refused" refuses "もうあります" setup
ok "--data wins over the configuration" exits 2 "$b" status --config "$conf" --data "$work/elsewhere"
ok "the configuration's --data serves" exits 0 "$b" status --config "$conf"

# --- it is used once
"$b" run --config "$conf" --listen 127.0.0.1 --port 0 >"$work/run" 2>&1 &
running=$!
for _ in $(seq 300); do grep -q '^ready' "$work/run" && break; sleep 0.1; done
address=$(sed -n 's/^ready //p' "$work/run" | head -n 1)
get() { curl -sk -H "Origin: ${address%/}" -b "$work/jar" -c "$work/jar" "$@"; }
sign_in() { # PASSWORD: prints where it leads
	rm -f "$work/jar"
	get -o /dev/null -w '%{http_code} %{redirect_url}' --data-urlencode login=kanri --data-urlencode "password=$1" "${address}sign-in"
}
leads() { [ "$(sign_in "$1")" = "303 ${address}$2" ] || { sign_in "$1" >&2; return 1; }; }
ok "the code signs in, and leads to choosing a password" leads "$code" password
new=$("$b" setup-code --new --config "$conf" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')
differs() { [ -n "$new" ] && [ "$new" != "$code" ]; }
ok "--new makes another" differs
refused() { case "$(sign_in "$1")" in 303*) return 1 ;; esac; }
ok "the one before is no good any more" refused "$code"
ok "the new one is" leads "$new" password
choose() {
	csrf=$(get "${address}password" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	[ "$(get -o "$work/page" -w '%{http_code}' --data-urlencode "csrf=$csrf" --data-urlencode "present=$1" \
		--data-urlencode "password=$2" --data-urlencode "again=$2" "${address}password")" = 303 ]
}
ok "a password is chosen" choose "$new" "asagao to hashi no ue"
ok "the code is no good any more" refused "$new"
ok "the password is" leads "asagao to hashi no ue" "?welcome=1"
ok "setup-code says that it was used" refuses "bansho user reset" "$b" setup-code --config "$conf"
gone() { [ ! -s "$data/setup-code" ]; }
ok "nothing of it is left" gone
ok "--new is refused then" exits 2 "$b" setup-code --new --config "$conf"
kill "$running" && wait "$running" 2>/dev/null
running=""
journaled() { for act in people.account_open people.account_reset people.password_change; do
	sqlite3 "$data/bodies/town/store.sqlite" "SELECT entry FROM journal_entry" | grep -q "\"act\":\"$act\"" || return 1
done; }
ok "making, renewing and ending it stand in the journal" journaled
ok "which verifies" exits 0 "$b" verify --config "$conf"
plan_done
