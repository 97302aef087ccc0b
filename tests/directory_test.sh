#!/bin/sh
# The directory as banshod sees it, through bansho-directory, from a real slapd on loopback: certificates,
# passwords, 5,200 entries in pages, groups in groups, guesses and tricks, and servers that stop.
# usage: directory_test.sh PROGRAMS PACK
if ! [ -x /usr/sbin/slapd ] || ! command -v ldapsearch >/dev/null; then
	echo "1..0 # SKIP needs slapd and ldap-utils"
	exit 0
fi
built=$1
pack=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pids=""
finish() {
	slapd_stop
	for pid in $pids; do kill "$pid" 2>/dev/null; done
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
. "$here/tap.sh"
. "$here/directory/slapd.sh"
b=$built/bansho
data=$work/data
socket=$data/run/directory.sock

# --- the programs themselves
slapd_make 5200 || { echo "Bail out! slapd"; exit 1; }
slapd_start good || { echo "Bail out! slapd"; exit 1; }
printf 'read it\n' >"$work/password"
conf() { # FILE LINE...: what is usual, and then these lines in place of those of the same name
	file=$1
	shift
	cat >"$file" <<C
kind = openldap
url = ldap://127.0.0.1:$port
ca = $ldap/ca.pem
bind-dn = cn=reader,dc=city
password-file = $work/password
base = dc=city
privileged = outer;nothing
C
	for line in "$@"; do
		sed -i "/^${line%% *} = /d" "$file"
		printf '%s\n' "$line" >>"$file"
	done
}
mkdir -p "$data/run"
conf "$work/directory.conf"
listen() { # CONF SOCKET
	"$built/bansho-directory" --config "$1" --listen "$2" 2>>"$work/directory.log" &
	pids="$pids $!"
	for _ in $(seq 300); do [ -S "$2" ] && return 0; sleep 0.1; done
	return 1
}
# As when another file is read: the same question, of a process of its own.
ask_with() { # CONF WORD... < INPUT
	with=$1
	shift
	n=$((${n-0} + 1))
	listen "$with" "$work/s$n"
	python3 "$here/directory/ask.py" "$work/s$n" "$@"
}
ask() { python3 "$here/directory/ask.py" "$socket" "$@"; }
answers() { # STATE COMMAND...: of the companion
	wanted=$1
	shift
	"$@" </dev/null >"$work/answer" 2>"$work/answer.err"
	[ "$(head -n 1 "$work/answer")" = "$wanted" ] || { cat "$work/answer" "$work/answer.err" >&2; return 1; }
}
binds() { # STATE LOGIN PASSWORD
	printf '%s' "$3" >"$work/typed"
	ask bind town "$2" <"$work/typed" >"$work/answer" 2>"$work/answer.err"
	[ "$(head -n 1 "$work/answer")" = "$1" ] || { cat "$work/answer" "$work/answer.err" >&2; return 1; }
}
listen "$work/directory.conf" "$socket"

ok "check says how many accounts there are" says "5208" "$built/bansho-directory" --config "$work/directory.conf" check
ok "STARTTLS: a password that is right is taken" binds 0 suzuki pass-suzuki
conf "$work/ldaps.conf" "url = ldaps://127.0.0.1:$ports" "tls = ldaps"
ok "LDAPS: the same" says "5208" "$built/bansho-directory" --config "$work/ldaps.conf" check
ok "a wrong password is refused" binds 3 suzuki pass-sato
ok "a name nobody has is refused" binds 3 nobody pass-suzuki
ok "an_empty_password_is_no_proof" binds 3 suzuki ""
unauthenticated() { # what would have happened: this server takes a bind without a password for an anonymous one
	ldapwhoami -x -H "ldap://127.0.0.1:$port" -D uid=suzuki,ou=people,dc=city -w "" 2>&1 | grep -q anonymous
}
ok "as a server may take it" unauthenticated
ok "injection_a_star_is_only_a_star" binds 3 'suzuk*' pass-suzuki
ok "injection_a_bracket_ends_no_filter" binds 3 'nobody)(uid=suzuki' pass-suzuki
ok "injection_or_everybody" binds 3 '*)(|(uid=*' pass-suzuki
ok "injection_a_backslash_is_none" binds 3 'suzuk\69' pass-suzuki
ok "a login name of such signs is found as it is written" binds 0 'star*' 'pass-star*'
ok "brackets too" binds 0 'paren(s)' 'pass-paren(s)'
ok "a distinguished name is no login name" binds 3 'uid=suzuki,ou=people,dc=city' pass-suzuki
ok "a password of 1,000 signs is only a wrong one" binds 3 suzuki "$(head -c 1000 /dev/zero | tr '\0' x)"
conf "$work/other.conf" "body = village"
ok "another body's directory is not asked" answers 6 ask_with "$work/other.conf" about town

# --- certificates
slapd_stop
certificate_refused() { # CERT
	slapd_start "$1" || return 1
	printf 'pass-suzuki' >"$work/typed"
	ask bind town suzuki <"$work/typed" >"$work/answer"
	slapd_stop
	[ "$(head -n 1 "$work/answer")" = 5 ] || { cat "$work/answer" >&2; return 1; }
}
ok "a_certificate_of_another_authority_is_refused" certificate_refused stranger
ok "a_certificate_of_another_server_is_refused" certificate_refused elsewhere
ok "a_certificate_that_has_run_out_is_refused" certificate_refused past
ldaps_refused() {
	slapd_start stranger || return 1
	answers 5 ask_with "$work/ldaps.conf" about town
	failed=$?
	slapd_stop
	return $failed
}
ok "the same with LDAPS" ldaps_refused
no_password_sent() { # a server that speaks no TLS gets no password to read
	python3 "$here/directory/plain.py" "$work/heard" >"$work/plain.port" &
	plain=$!
	for _ in $(seq 300); do [ -s "$work/plain.port" ] && break; sleep 0.1; done
	conf "$work/plain.conf" "url = ldap://127.0.0.1:$(cat "$work/plain.port")" "seconds = 1"
	printf 'pass-suzuki' >"$work/typed"
	ask_with "$work/plain.conf" bind town suzuki <"$work/typed" >"$work/answer"
	kill $plain
	wait $plain 2>/dev/null
	[ "$(head -n 1 "$work/answer")" != 0 ] && [ -s "$work/heard" ] && ! grep -qa 'read it\|pass-suzuki' "$work/heard"
}
ok "a_server_that_refuses_encryption_hears_no_password" no_password_sent
conf "$work/off.conf" "url = ldap://dc1.city.example" "tls = off"
ok "plain LDAP to another machine is not even tried" exits 2 "$built/bansho-directory" --config "$work/off.conf" check
conf "$work/looks.conf" "url = ldap://127.0.0.1.city.example" "tls = off"
ok "nor to one whose name only looks like this machine" exits 2 "$built/bansho-directory" --config "$work/looks.conf" check
conf "$work/two.conf" "page = 3" "colour = red"
all_faults() { "$built/bansho-directory" --config "$work/two.conf" check >"$work/said" 2>&1; grep -q 'two.conf' "$work/said" && grep -q colour "$work/said"; }
ok "faults of the file are said with their lines" all_faults

# --- servers that stop
ok "server down: it is said, nothing hangs" answers 4 ask about town
conf "$work/second.conf" "url = ldap://127.0.0.1:1 ldap://127.0.0.1:$port"
slapd_start good
ok "the second server is asked when the first is down" answers 0 ask_with "$work/second.conf" about town

# --- lists
table() { # PYTHON over rows (dicts), of the answer
	python3 - "$work/list" "$1" <<'P'
import csv, io, sys
text = open(sys.argv[1], encoding='utf-8', newline='').read()
state, _, body = text.partition('\n')
assert state == '0', text[:300]
rows = {r['login']: r for r in csv.DictReader(io.StringIO(body, newline=''))}
ok = eval(sys.argv[2])
if not ok:
    print({k: rows[k] for k in list(rows)[:5]})
sys.exit(0 if ok else 1)
P
}
ask list town </dev/null >"$work/list"
ok "5,208 entries, though the server gives out 500 at once" table "len(rows) == 5208"
ok "names, numbers and mail as they stand there" table \
	"(rows['suzuki']['family'], rows['suzuki']['given'], rows['suzuki']['number'], rows['suzuki']['mail']) == ('鈴木', '一郎', '101', 'suzuki@city.example.jp')"
ok "groups_in_groups, and a circle of them ends" table "rows['suzuki']['groups'].split() == ['circle', 'inner', 'middle', 'outer']"
ok "a member written another way is the same; a posix group counts" table \
	"rows['sato']['groups'].split() == ['circle', 'inner', 'middle', 'outer', 'posix']"
ok "which of them are privileged" table "rows['sato']['privileged'] == 'outer' and rows['u00001']['privileged'] == '' and rows['u00001']['groups'] == 'everybody'"
slapd_stop
slapd_start good 1000
ok "a server's limit is said, and no part of a list passes for the whole" answers 6 ask list town
slapd_stop
slapd_start good
python3 "$here/directory/cut.py" "$port" 200000 >"$work/cut.port" &
pids="$pids $!"
for _ in $(seq 300); do [ -s "$work/cut.port" ] && break; sleep 0.1; done
conf "$work/cut.conf" "url = ldap://127.0.0.1:$(cat "$work/cut.port")" "page = 200" "seconds = 1"
ok "a server that stops in the middle of a list: no list" answers 4 ask_with "$work/cut.conf" list town
conf "$work/ad.conf" "kind = ad" "base = dc=ad" "bind-dn = cn=reader,dc=ad" "persons = (objectClass=user)"
sed -i '/^privileged/d' "$work/ad.conf"
ask_with "$work/ad.conf" list town </dev/null >"$work/list"
ok "Active Directory's names: who is disabled, locked, has run out" table \
	"'disabled' in rows['gone']['state'] and 'locked' in rows['shut']['state'] and rows['tanaka']['state'].strip() == '' and rows['gone']['expires'] == '2025-01-05' and rows['tanaka']['expires'] == ''"
ok "the last logon, from 100 ns since 1601" table "rows['tanaka']['logon'] == '1763078400000'"
ok "an id of bytes is written in hex" table "rows['tanaka']['id'] == '0102030405060708090a0b0c0d0e0f10'"
ok "privileged through memberOf and a group in a group" table "rows['tanaka']['privileged'].split('\n') == ['Administrators', 'Domain Admins']"

# --- through the pages
. "$here/directory/pages.sh"
plan_done
