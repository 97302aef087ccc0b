#!/bin/sh
# The house as an installation runs it: each program its own user, companions as services, all in a
# network namespace with loopback alone; strace says who connected where. usage: walls_test.sh PROGRAMS DRIVER PACK
if [ "$(id -u)" != 0 ] || ! command -v strace >/dev/null || ! command -v setpriv >/dev/null ||
	! command -v systemd-socket-activate >/dev/null || ! unshare -n true 2>/dev/null; then
	echo "1..0 # SKIP needs root, strace, setpriv, unshare -n and systemd-socket-activate"
	exit 0
fi
if [ "${BANSHO_INSIDE-}" = "" ]; then
	BANSHO_INSIDE=1 exec unshare -n sh "$0" "$@"
fi
PATH=/usr/sbin:/usr/bin:/sbin:/bin
ip link set lo up
built=$1
driver=$2
pack=$3
work=$(mktemp -d)
chmod 755 "$work"
pids=""
finish() {
	for pid in $pids; do kill "$pid" 2>/dev/null; done
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"

# Users by number (none need exist), the group they share, and one of none of it.
web=61001 clock=61002 sealer=61003 print=61004 sheet=61005 stranger=61006 group=61000
as() { # UID GID COMMAND...
	user=$1 of=$2
	shift 2
	setpriv --reuid "$user" --regid "$of" --clear-groups "$@"
}
# The build may lie where only root may look; services find their programs in a folder open to all.
programs=$work/programs
mkdir "$programs"
cp "$built"/banshod "$built"/bansho "$built"/bansho-[a-z]* "$programs" 2>/dev/null
cp -r "$pack" "$work/pack"
chmod -R a+rX "$programs" "$work/pack"
data=$work/data
mkdir -p "$data/bodies" "$data/seal" "$data/tls" "$data/run/sealer"
mkdir "$data/keys"
chown $web:$group "$data/bodies" "$data/keys" "$data/tls"
chmod 2770 "$data/bodies" "$data/keys"
chown $sealer:$sealer "$data/seal"
chmod 700 "$data/seal"
chown $sealer:$group "$data/run/sealer"
chmod 2750 "$data/run/sealer"
store=$data/bodies/town/store.sqlite

calls=execve,socket,connect,sendto,sendmsg,bind,listen
traced() { # NAME COMMAND...: every socket it or its children open, in trace.NAME
	trace=$1
	shift
	strace -f -qq -e trace=$calls -e signal=none -o "$work/trace.$trace" "$@"
}
begin() { # NAME UID GID COMMAND...: in the background; ended with strace, which is what we know by its number
	name=$1 user=$2 of=$3
	shift 3
	(exec strace -I 2 -f -qq -e trace=$calls -e signal=none -o "$work/trace.$name" \
		setpriv --reuid "$user" --regid "$of" --clear-groups "$@") >"$work/$name.out" 2>"$work/$name.err" &
	pids="$pids $!"
}
appears() { # PATH or waits
	n=0
	while [ ! -e "$1" ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
	[ -e "$1" ]
}
hears() { # WORDS FILE
	n=0
	while ! grep -qF "$1" "$2" 2>/dev/null && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
	grep -F "$1" "$2"
}

# --- the sealer as a service: its group is given by name, so the name must be known here
grep -q "^bansho-test:" /etc/group || { echo "bansho-test:x:$group:" >>/etc/group; added=1; }
finish_group() { [ -n "${added-}" ] && sed -i '/^bansho-test:/d' /etc/group; }
trap 'finish_group; finish' EXIT
begin sealer $sealer $sealer "$programs/bansho-sealer" --data "$data" --body town listen \
	--socket "$data/run/sealer/town.sock" --group bansho-test
ok "the sealer listens as a user of its own" appears "$data/run/sealer/town.sock"
key_is_closed() { appears "$data/seal/town/key" && [ "$(stat -c '%u %a' "$data/seal/town/key")" = "$sealer 600" ]; }
ok "it made the key, readable by nobody else" key_is_closed
begin print 0 0 systemd-socket-activate --accept --inetd -l "$data/run/print.sock" \
	setpriv --reuid $print --regid $print --clear-groups "$programs/bansho-print" --service
begin sheet 0 0 systemd-socket-activate --accept --inetd -l "$data/run/sheet.sock" \
	setpriv --reuid $sheet --regid $sheet --clear-groups "$programs/bansho-sheet" --service
appears "$data/run/print.sock" && appears "$data/run/sheet.sock"
chmod 666 "$data/run/print.sock" "$data/run/sheet.sock"

# --- a body made by the web's user: the key stays with the sealer
init() {
	as $web $group "$programs/bansho" init --data "$data" --body town --name 見本町 --pack "$work/pack" --admin kanri \
		--admin-name "山﨑 花子" --admin-number 1
}
ok "the web's user makes a body though the key is closed to it" init
password=$(sed -n 's/.*仮パスワード: *\([A-Za-z0-9-]*\).*/\1/p' "$work/out")
same_key() { [ "$(cat "$data/bodies/town/vkey")" = "$(cat "$data/seal/town/vkey")" ]; }
ok "with the sealer's public key" same_key
closed() { ! as $web $group cat "$data/seal/town/key" 2>/dev/null; }
ok "which it cannot read itself" closed
turned_away() {
	as $stranger $stranger python3 - "$data/run/sealer/town.sock" <<'P'
import socket, sys
s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1])
except PermissionError:
    sys.exit(0)
sys.exit(1)
P
}
ok "a stranger does not reach the sealer's socket" turned_away
chmod 777 "$data/run/sealer" "$data/run/sealer/town.sock"
not_answered() {
	as $stranger $stranger python3 - "$data/run/sealer/town.sock" <<'P'
import socket, struct, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(10)
s.connect(sys.argv[1])
m = b'{"do":"head"}'
try:
    s.sendall(struct.pack('>I', len(m)) + m)
    answer = s.recv(10)
except (BrokenPipeError, ConnectionResetError):
    answer = b''
sys.exit(len(answer))
P
}
ok "and if the folder were open, it is turned away by its user" not_answered
ok "which the sealer says" hears "$stranger" "$work/sealer.err"
chmod 2750 "$data/run/sealer"

# --- pages and clock, two users, one store
begin web $web $group "$programs/banshod" --data "$data" --port 0 --metrics "$work/metrics.sock"
chmod 777 "$work"
ok "banshod serves as a user of its own" hears "ready " "$work/web.out"
chmod 755 "$work"
base=$(sed -n 's/^ready \(.*\)\/$/\1/p' "$work/web.out")
c() { curl -sk --noproxy '*' -b "$work/jar" -c "$work/jar" "$@"; }
page() { # PATH WORDS
	c "$base$1" >"$work/page" && grep -q "$2" "$work/page"
}
csrf() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/page" | head -n 1; }
sign_in() {
	[ "$(c -o "$work/page" -w '%{http_code}' -H "Origin: $base" -H "Sec-Fetch-Site: same-origin" \
		--data-urlencode "login=kanri" --data-urlencode "password=$1" "$base/sign-in")" = 303 ]
}
ok "the sign-in page is there" page /sign-in password
ok "the administrator signs in" sign_in "$password"
page /password csrf
new_password() {
	[ "$(c -o "$work/page2" -w '%{http_code}' -H "Origin: $base" -H "Sec-Fetch-Site: same-origin" \
		--data-urlencode "csrf=$(csrf)" --data-urlencode "present=$password" --data-urlencode "password=$1" \
		--data-urlencode "again=$1" "$base/password")" = 303 ] || { cat "$work/page2"; return 1; }
}
ok "and chooses a password" new_password 'Kamome-tobu-umi-8147'
for path in / /dossiers /ledger/asset /people /map /journal /settings; do
	ok "page $path" page $path "<h1"
done
ok "the page of the system's state" page /health 'システムの状態'
ok "a page that is not there names its request" page /no/such/page '見つかりません'
clock_once() { traced clock setpriv --reuid $clock --regid $group --clear-groups "$programs/bansho-clock" --data "$data" --once; }
ok "the clock runs as another user" clock_once
both_write() { # whatever was made beside the store is the group's
	for file in "$store" "$store-wal" "$store-shm" "$data/bodies/town/clock.state" "$data/keys/town/ring" "$data/keys/town/ring.lock"; do
		[ ! -e "$file" ] || [ "$(stat -c '%g %a' "$file")" = "$group 660" ] || { stat "$file"; return 1; }
	done
}
ok "the store and all beside it belong to the group" both_write

# --- print and sheet as services
printf '所属コード,所属名,種別,上位所属コード\n0101,総務課,課,\n' >"$work/units.csv"
printf '職員番号,氏名,所属コード,職名,メールアドレス\n10,髙橋 優,0101,課長,yuu@city.example.jp\n' >"$work/staff.csv"
chmod 644 "$work"/*.csv
import() { as $web $group "$programs/bansho" import "$1" "$work/$1.csv" --data "$data" --yes; }
ok "an import is read by the sheet service" import units
ok "and another" import staff
ok "it was the service: a process of its user" grep -q "bansho-sheet" "$work/trace.sheet"
pdf() { c -o "$work/paper" "$base/forms/2" && head -c 5 "$work/paper" | grep -q '%PDF-'; }
ok "a PDF is made by the print service" pdf
ok "by a process of its user" grep -q "bansho-print" "$work/trace.print"

# --- mail to a relay on this machine
cat >"$work/relay.py" <<'P'
import socket, sys
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
open(sys.argv[1] + '.new', 'w').write(str(s.getsockname()[1]))
import os; os.rename(sys.argv[1] + '.new', sys.argv[1])
while True:
    c, _ = s.accept(); f = c.makefile('rwb'); data = False
    def say(w): f.write(w + b'\r\n'); f.flush()
    say(b'220 relay')
    for line in f:
        if data:
            if line == b'.\r\n': data = False; say(b'250 taken'); open(sys.argv[1] + '.mail', 'w').write('1')
        elif line.upper().startswith(b'DATA'): data = True; say(b'354 go on')
        elif line.upper().startswith(b'QUIT'): say(b'221 bye'); break
        else: say(b'250 ok')
    c.close()
P
python3 "$work/relay.py" "$work/relay" &
pids="$pids $!"
appears "$work/relay"
put() { as $web $group "$driver" set "$data" "$programs" "$1" "$2"; }
cp "$driver" "$programs/driver"
driver=$programs/driver
chmod a+rx "$driver"
put mail.relay "smtp://127.0.0.1:$(cat "$work/relay")"
put mail.from bansho@city.example.jp
as $web $group "$driver" notify "$data" "$programs" 10 "知らせ"
ok "the clock mails" clock_once
ok "and the relay has it" appears "$work/relay.mail"

# --- the operator's socket
u() { curl -s --unix-socket "$work/metrics.sock" "http://localhost$1"; }
ok "health is JSON with every part" json \
	"{i['name'] for i in d['items']} == {'store','sealing','clock','mail','disk','certificate','backup'} and d['state'] in ('fine','warn')" u /health
metric() { u /metrics | grep -qE "$1"; }
ok "metrics: requests by status" metric '^bansho_requests_total\{status="200"\} [1-9]'
ok "metrics: their latency" metric '^bansho_request_seconds_bucket\{le="\+Inf"\} [1-9]'
ok "metrics: acts" metric '^bansho_acts_total\{result="done"\} [1-9]'
ok "metrics: commits" metric '^bansho_commits_total [1-9]'
ok "metrics: sessions" metric '^bansho_sessions 1$'
ok "metrics: memory" metric '^process_resident_memory_bytes [1-9][0-9]{6}'
sealed() { n=0; until metric '^bansho_sealing_trouble 0$' && u /metrics | awk '/^bansho_journal_entries/{e=$2} /^bansho_journal_signed/{s=$2} END{exit e!=s}'; do
	n=$((n + 1)); [ $n -lt 300 ] || return 1; sleep 0.1; done; }
ok "metrics: what is signed catches up with the entries" sealed
well_formed() { u /metrics | python3 -c 'import re, sys
for line in sys.stdin:
    assert re.match(r"# TYPE [a-z_]+ (counter|gauge|histogram)$|[a-z_]+(\{[a-z]+=\"[^\"]*\"\})? [0-9.]+$", line), line'; }
ok "metrics: the format holds" well_formed
no_persons() { ! { u /health; u /metrics; cat "$work"/*.err; } | grep -E '花子|髙橋|yuu@|kanri'; }
ok "neither these nor the logs name anybody" no_persons

# --- the request's name, on the page and in the log
forbidden() {
	c -o "$work/page" -H "Origin: http://evil.example" --data "login=x&password=y" "$base/sign-in"
	hears "403 POST /sign-in" "$work/web.err"
}
ok "what was refused is a line of the log" forbidden
named() { grep -qE '^(<4>|warning )banshod: \[[a-z2-9]{10}\] 403 POST /sign-in$' "$work/web.err"; }
ok "with level, program and the request's name" named

# --- the sealer's folder is closed to who verifies: it is asked
says_head() { as $web $group "$programs/bansho" verify --data "$data" --json; }
ok "verify holds the store against what the sealer says it signed" json 'd["ok"] and d["signed"] == d["size"]' says_head
mv "$data/run/sealer/town.sock" "$data/run/sealer/away"
ok "and without the sealer it does not pretend to" refuses "bansho-sealer@town" says_head
mv "$data/run/sealer/away" "$data/run/sealer/town.sock"
copy() { as $web $group "$programs/bansho" backup "$data/bodies/.copy" --data "$data" && cmp "$data/bodies/.copy/seal/head" "$data/seal/town/head"; }
ok "a backup has the sealer's head" copy
no_key() { as $web $group "$programs/bansho" backup "$data/bodies/.copy2" --with-key --data "$data"; }
ok "and not its key" refuses root no_key
init_two() { as $web $group "$programs/bansho" init --data "$data" --body two --name 二 --pack "$work/pack" --admin a --admin-name "山 花" --admin-number 1; }
ok "without a sealer no body is begun" refuses "bansho-sealer@two" init_two
nothing_begun() { [ ! -e "$data/bodies/two" ]; }
ok "not even its folder" nothing_begun

# --- who connected where
for pid in $pids; do kill "$pid" 2>/dev/null; done
wait 2>/dev/null
pids=""
cat >"$work/who.py" <<'P'
import re, sys, glob
# Every process is the program it last executed; children are what their parent was until then.
bad, connected, seen = [], set(), set()
for path in glob.glob(sys.argv[1] + '/trace.*'):
    name = {}
    top = path.rsplit('.', 1)[1]
    for line in open(path, errors='replace'):
        m = re.match(r'(\d+) +(.*)', line)
        if not m: continue
        pid, call = m.groups()
        e = re.match(r'execve\("([^"]+)".*= 0$', call)
        if e: name[pid] = e.group(1).rsplit('/', 1)[1]; seen.add(name[pid])
        who = name.get(pid, top)
        who = {'web': 'banshod', 'clock': 'bansho-clock', 'sealer': 'bansho-sealer'}.get(who, who)
        if re.match(r'connect\(', call) and 'AF_INET' in call:
            connected.add(who)
            if who != 'bansho-clock': bad.append(f'{who}: {call}')
        if re.match(r'socket\(AF_INET6?, SOCK_(DGRAM|RAW)', call) and who != 'bansho-clock': bad.append(f'{who}: {call}')
        if re.match(r'send(to|msg)\(', call) and 'sin_port' in call and who != 'bansho-clock': bad.append(f'{who}: {call}')
        if who == 'banshod' and re.match(r'connect\(', call) and 'AF_UNIX' not in call: bad.append(f'{who}: {call}')
if connected != {'bansho-clock'}: bad.append(f'connected: {connected}')
missing = {'banshod', 'bansho-clock', 'bansho-sealer', 'bansho-print', 'bansho-sheet'} - seen
if missing: bad.append(f'not traced: {missing}')
print('\n'.join(bad))
sys.exit(1 if bad else 0)
P
ok "strace: bansho-clock connected over IP, and nobody else did or opened UDP" python3 "$work/who.py" "$work"
ok "and root, without any of them running, finds that all of it verifies" exits 0 "$programs/bansho" verify --data "$data"
plan_done
