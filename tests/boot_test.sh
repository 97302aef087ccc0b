#!/bin/sh
# A machine with systemd as its first process, in namespaces of its own and without any network: installed from
# the bundle, every unit as it is shipped.  usage: boot_test.sh BUNDLE.tar NEXT.deb   (as root; see tools/test-package.sh)
if [ -z "${BANSHO_ALONE-}" ]; then
	BANSHO_ALONE=1 exec unshare -m -n -p -u -i -C --fork --kill-child --mount-proc sh "$0" "$@"
fi
bundle=$1
next=$2
export LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/tmp}/bansho-boot.XXXXXX")
root=$work/root
machine=""
finish() {
	[ -n "$machine" ] && kill -9 "$machine" 2>/dev/null && wait "$machine" 2>/dev/null
	umount -R "$root" 2>/dev/null
	mountpoint -q "$root" || rm -rf --one-file-system "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
tools=$(dirname "$0")/../tools
not_here() { skip "the machine as systemd runs it" "$1"; plan_done; exit; }
hostname bansho-test
ip link set lo up
mount --make-rprivate /
"$tools/bare-root.sh" "$root" systemd || not_here "no Debian with systemd (debootstrap)"
tar -C "$root/root" -xf "$bundle"
cp "$next" "$root/root/next.deb"
kit=$(basename "$bundle" .tar)
echo bansho-test >"$root/etc/hostname"
echo '127.0.0.1 localhost bansho-test' >"$root/etc/hosts"
mount --bind "$root" "$root"

# --- boot: what a container manager would lay out, no more
cat >"$work/boot" <<'B'
cd "$1" || exit 1
mount -t proc proc proc && mount -t sysfs sysfs sys && mount -t cgroup2 cgroup2 sys/fs/cgroup && mount -t tmpfs tmpfs run || exit 1
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
	touch dev/$name && mount --bind /dev/$name dev/$name || exit 1
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
exec chroot . /usr/bin/env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system
B
unshare -m -p --fork --kill-child --mount-proc sh "$work/boot" "$root" >"$work/console" 2>&1 </dev/null &
machine=$!
first=""
for _ in $(seq 100); do
	first=$(pgrep -P "$machine" | head -n 1)
	[ -n "$first" ] && [ "$(cat "/proc/$first/comm")" = systemd ] && break
	kill -0 "$machine" 2>/dev/null || break
	sleep 0.1
done
inside() { nsenter -t "$first" -m -p -i -C -r -w /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
	DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@" </dev/null; }
for _ in $(seq 200); do
	state=$(inside systemctl is-system-running 2>/dev/null)
	case "$state" in running | degraded) break ;; esac
	sleep 0.1
done
case "$state" in running | degraded) ;; *) tail -n 5 "$work/console" >&2; not_here "systemd does not start in namespaces here" ;; esac
data=$root/var/lib/bansho

# --- install
answers() {
	for answer in "name string 見本町" "code string town" "admin-name string 山﨑 花子" "admin-number string 0001" "admin string kanri"; do
		echo "bansho bansho/$answer"
	done >"$root/root/answers"
	inside debconf-set-selections /root/answers
}
ok "systemd runs; the answers are given beforehand" answers
install_all() { inside sh -c "cd /root/$kit && sh install.sh" >"$work/install.log" 2>&1 || { cat "$work/install.log"; return 1; }; }
ok "install.sh installs, and everything starts" install_all
active() {
	for unit in banshod.service bansho-clock.service bansho-sealer@town.service bansho-print.socket bansho-sheet.socket \
		banshod-metrics.socket banshod-permits.socket bansho.target bansho-certificate.timer; do
		inside systemctl is-active --quiet "$unit" || { inside systemctl status --no-pager -n 20 "$unit"; return 1; }
	done
}
ok "every unit is active" active
none_failed() { [ -z "$(inside systemctl list-units --failed --no-legend 'bansho*' | tee /dev/stderr)" ]; }
ok "and none has failed" none_failed
asked() { [ "$(inside systemctl show -p ExecMainStatus --value bansho-ask.service)" = 0 ] && inside journalctl -u bansho-ask | grep -q 証人がいません; }
ok "the witnesses were asked before" asked
runs_as() { # USER COMMAND-NAME
	pid=$(inside systemctl show -p MainPID --value "$2")
	[ "$(inside stat -c '%U' "/proc/$pid")" = "$1" ] || { inside stat -c '%U' "/proc/$pid" >&2; return 1; }
}
ok "banshod is bansho's" runs_as bansho banshod
ok "the clock bansho-clock's" runs_as bansho-clock bansho-clock
ok "the sealer bansho-sealer's" runs_as bansho-sealer bansho-sealer@town
closed() { [ "$(inside stat -c '%U:%G %a' /var/lib/bansho/seal)" = "bansho-sealer:bansho-sealer 700" ] &&
	! inside setpriv --reuid bansho --regid bansho --init-groups cat /var/lib/bansho/seal/town/head; }
ok "whose folder is closed to the pages' user" closed

# --- it works
site=https://localhost:8443
get() { curl -s --max-time 60 --cacert "$data/tls-authority.pem" -H "Origin: $site" -b "$work/jar" -c "$work/jar" "$@"; }
shows_sign_in() { get --retry 20 --retry-connrefused --retry-delay 1 "$site/sign-in" | grep -q サインイン; }
ok "a sign-in page over TLS, the local authority verified" shows_sign_in
code=$(awk '{ print $3 }' "$data/setup-code")
password="asagao to hashi no ue"
sign_in() {
	rm -f "$work/jar"
	[ "$(get -o /dev/null -w '%{http_code}' --data-urlencode login=kanri --data-urlencode "password=$1" "$site/sign-in")" = 303 ]
}
enter() {
	sign_in "$code" || return 1
	csrf=$(get "$site/password" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	get -o /dev/null --data-urlencode "csrf=$csrf" --data-urlencode "present=$code" --data-urlencode "password=$password" \
		--data-urlencode "again=$password" "$site/password"
	sign_in "$password"
}
ok "the first administrator chooses a password and signs in" enter
pdf() { get -o "$work/paper" "$site/forms/2" && head -c 5 "$work/paper" | grep -q '%PDF-'; }
ok "a PDF is made" pdf
accepted() { [ "$(inside systemctl show -p NAccepted --value "bansho-$1.socket")" -gt 0 ]; }
ok "through print.sock" accepted print
printf '所属コード,所属名,種別,上位所属コード\n0101,総務課,課,\n' >"$root/root/units.csv"
ok "an import" inside bansho import units /root/units.csv --yes --day "$(date -d "-60 days" +%F)"
ok "is read through sheet.sock" accepted sheet
asks() { curl -s --max-time 20 --unix-socket "/proc/$first/root/run/bansho/metrics.sock" "http://localhost$1"; }
ok "health on the operator's socket" json "{i['name'] for i in d['items']} >= {'store','sealing','clock','mail','disk','certificate','backup'} and d['state'] != 'bad'" asks /health
metric() { asks /metrics | grep -qE "$1"; }
ok "and metrics" metric '^bansho_requests_total\{status="200"\} [1-9]'
permit_of() { # GROUP: asked by a stranger's program of that group
	inside setpriv --reuid nobody --regid "$1" --clear-groups bansho permit check --person 0001 --socket /run/bansho/permits.sock --json
}
answers_permits() { permit_of bansho-permits >"$work/out1"; [ $? = 1 ] && grep -q '"state":"none"' "$work/out1"; }
ok "its group asks after permits" answers_permits
only_they() { permit_of nogroup >"$work/out1" 2>&1; [ $? = 2 ]; }
ok "nobody else" only_they

# --- what an operator does, as root
b() { inside bansho "$@"; }
as_bansho() { inside setpriv --reuid bansho --regid bansho --init-groups bansho "$@"; }
ok "bansho status" json 'd' b status --json
signed() { for _ in $(seq 300); do json 'd["ok"] and d["signed"] == d["size"]' "$@" && return 0; sleep 0.1; done; return 1; }
ok "bansho verify: all is signed" signed b verify --data /var/lib/bansho --json
ok "the same as the user bansho, who asks the sealer" signed as_bansho verify --data /var/lib/bansho --json
ok "bansho status as bansho" json 'd' as_bansho status --json
ok "bansho backup" b backup /root/copy.zip
ok "with the signing key" b backup /root/copy-key.zip --with-key
ok "bansho backup as bansho" as_bansho backup /var/lib/bansho/bodies/.copy.zip
ok "bansho keys export" b keys export /root/ring
ok "bansho journal export" b journal export /root/journal.zip
ok "bansho journal prove" b journal prove 1 /root/proof
ok "bansho journal roll" b journal roll
ok "bansho journal state, as bansho" json 'd["logs"][0]["keys"] == 2' as_bansho journal state --json
witnessed() { inside bansho-witness init --data /var/lib/bansho/witness --name pref.example/witness >"$work/vkey" && b journal witness add "$(cat "$work/vkey")"; }
ok "a witness on this machine, without a line to it" witnessed
known() { # origin and key of the log, as the witness's keeper types them
	b journal state --json >"$work/state" && inside bansho-witness log add --data /var/lib/bansho/witness $(python3 -c 'import json, sys
log = json.load(open(sys.argv[1]))["logs"][0]
print(log["origin"], log["vkey"])' "$work/state")
}
ok "it learns of the journal" known
carry() { b journal carry out /root/ask && inside bansho-witness carry /root/ask /root/answer --data /var/lib/bansho/witness && b journal carry in /root/answer; }
ok "bansho journal carry, there and back" carry
printf '職員番号,氏名,所属コード,職名,メールアドレス\n10,髙橋 優,0101,課長,yuu@city.example.jp\n' >"$root/root/staff.csv"
erase() { # somebody who has left
	b import staff /root/staff.csv --yes --day "$(date -d "-60 days" +%F)" && b import staff /root/nobody.csv --yes --end-missing --day "$(date -d "-10 days" +%F)" &&
		b person erase 10 --basis mistake --confirm 10
}
printf '職員番号,氏名,所属コード,職名,メールアドレス\n0001,山﨑 花子,0101,係長,\n' >"$root/root/nobody.csv"
ok "bansho person erase" erase
ok "verify still holds" signed b verify --data /var/lib/bansho --json
owners() { [ -z "$(inside find /var/lib/bansho/bodies/town /var/lib/bansho/keys /var/lib/bansho/seal /var/lib/bansho/witness -uid 0 | tee /dev/stderr)" ]; }
ok "no file has become root's" owners
apart() { [ -z "$(inside find /var/lib/bansho/seal ! -user bansho-sealer | tee /dev/stderr)" ]; }
ok "and what the sealer has is the sealer's alone" apart
works() { get "$site/people" | grep -q '<h1'; }
ok "the pages go on meanwhile" works
witness_serves() { inside systemctl start bansho-witness && for _ in $(seq 300); do curl -sk --max-time 5 https://127.0.0.1:8444/x/checkpoint -o /dev/null && return 0; sleep 0.1; done
	inside journalctl -u bansho-witness --no-pager; return 1; }
ok "bansho-witness.service serves" witness_serves

# --- stopped, killed, old
restart() { inside systemctl restart bansho.target && shows_sign_in && active; }
ok "systemctl restart bansho.target" restart
kill_it() { # UNIT: killed, it is there again
	before=$(inside systemctl show -p MainPID --value "$1")
	inside sh -c "kill -9 $before"
	for _ in $(seq 150); do
		after=$(inside systemctl show -p MainPID --value "$1")
		[ "$after" != 0 ] && [ "$after" != "$before" ] && inside systemctl is-active --quiet "$1" && return 0
		sleep 0.2
	done
	return 1
}
ok "kill -9 of banshod: it is started again" kill_it banshod
ok "and answers" shows_sign_in
ok "kill -9 of the sealer: the same" kill_it bansho-sealer@town
acts() { b import staff /root/staff2.csv --yes && signed b verify --data /var/lib/bansho --json; }
sed 's/^10,髙橋 優/11,緑 一/' "$root/root/staff.csv" >"$root/root/staff2.csv"
ok "and signs again" acts
secure() { # what systemd says of the units as they run
	for unit in banshod bansho-clock bansho-sealer@town bansho-witness bansho-ask; do
		inside systemd-analyze security --no-pager --threshold=20 "$unit" >"$work/security" 2>&1 || { tail -n 2 "$work/security" >&2; return 1; }
	done
}
ok "systemd-analyze security of what runs: at most 2.0" secure
upgrade() {
	inside apt-get -y -qq install /root/next.deb >"$work/upgrade.log" 2>&1 && grep -q 切り替えました "$work/upgrade.log" && active && sign_in "$password" && return 0
	cat "$work/upgrade.log" >&2
	return 1
}
ok "upgraded while it runs: stopped, switched, started" upgrade
ok "and all is signed" signed b verify --data /var/lib/bansho --json
old_store() {
	inside systemctl stop bansho.target banshod bansho-clock && inside cp -a /var/lib/bansho/bodies/town /var/lib/bansho/bodies/.old &&
		b import staff /root/staff3.csv --yes && signed b verify --data /var/lib/bansho --json &&
		inside rm -r /var/lib/bansho/bodies/town && inside mv /var/lib/bansho/bodies/.old /var/lib/bansho/bodies/town
}
sed 's/^10,髙橋 優/12,青 二/' "$root/root/staff.csv" >"$root/root/staff3.csv"
ok "stopped, an act by hand is signed; then an older copy is put back" old_store
inside systemctl start bansho.target >/dev/null 2>&1
nothing() { sleep 1; inside systemctl is-failed --quiet bansho-ask && ! inside systemctl is-active --quiet banshod && ! inside systemctl is-active --quiet bansho-clock; }
ok "nothing starts on it" nothing
why() { inside journalctl -u bansho-ask --no-pager | grep -q 古い控え; }
ok "and the log says why" why
plan_done
