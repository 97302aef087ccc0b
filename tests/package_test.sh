#!/bin/sh
# The package on a bare Debian 12 without any network: install from the bundle, first administrator, upgrade,
# rollback, removal.  usage: package_test.sh BUNDLE.tar NEXT.deb   (as root; see tools/test-package.sh)
# NEXT.deb is the same package with a later version whose schema has one step more.
if [ -z "${BANSHO_ALONE-}" ]; then
	# Own network (loopback alone), own mounts, own processes: nothing is left behind.
	BANSHO_ALONE=1 exec unshare -m -n -p -u --fork --kill-child --mount-proc sh "$0" "$@"
fi
bundle=$1
next=$2
export LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/tmp}/bansho-package.XXXXXX")
root=$work/root
running=""
finish() {
	[ -n "$running" ] && kill "$running" 2>/dev/null && wait "$running" 2>/dev/null
	umount -R "$root/proc" "$root/dev" "$root/sys" 2>/dev/null
	mountpoint -q "$root/dev" || rm -rf --one-file-system "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
tools=$(dirname "$0")/../tools
hostname bansho-test
ip link set lo up 2>/dev/null || ifconfig lo up
"$tools/bare-root.sh" "$root" || { skip "the package on a bare machine" "no bare Debian (debootstrap)"; plan_done; exit; }
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev" &&
	mount --rbind /sys "$root/sys" && mount --make-rslave "$root/sys"
echo bansho-test >"$root/etc/hostname"
echo '127.0.0.1 localhost bansho.town.example' >"$root/etc/hosts"
tar -C "$root/root" -xf "$bundle"
cp "$next" "$root/root/"
kit=$(basename "$bundle" .tar)
next=$(basename "$next")
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive \
	LC_ALL=C.UTF-8 "$@" </dev/null; }
data=$root/var/lib/bansho

no_network() { ! curl -s --max-time 3 -o /dev/null http://deb.debian.org/; }
ok "there is no network" no_network
answers() {
	for answer in "name string 見本町" "code string town" "admin-name string 山﨑 花子" "admin-number string 0001" "admin string kanri"; do
		echo "bansho bansho/$answer"
	done | chroot "$root" env LC_ALL=C.UTF-8 debconf-set-selections
}
ok "the answers are given beforehand" answers
ok "install.sh installs from the bundle alone" inside sh -c "cd /root/$kit && sh install.sh >/root/install.log 2>&1 || { cat /root/install.log; exit 1; }"
ok "it says where the pages are" grep -q 'https://bansho-test:8443/' "$root/root/install.log"
ok "where the authority's certificate lies" grep -q 'tls-authority.pem' "$root/root/install.log"
ok "and, without systemd, how to start" grep -q 'bansho-start' "$root/root/install.log"
status() { inside dpkg-query -W -f '${Status}' bansho | grep -qx 'install ok installed'; }
ok "dpkg is satisfied" status

# --- what is there
owner() { [ "$(inside stat -c '%U:%G %a' "$2")" = "$1" ] || { inside stat -c '%U:%G %a' "$2" >&2; return 1; }; }
users() { for user in bansho bansho-clock bansho-sealer bansho-print bansho-sheet bansho-directory bansho-witness; do inside id -u $user >/dev/null || return 1; done; }
ok "each program has its user" users
ok "the bodies are bansho's and its group's" owner "bansho:bansho 2770" /var/lib/bansho/bodies
ok "and so is the key ring's folder" owner "bansho:bansho 2770" /var/lib/bansho/keys
members() { [ "$(for user in bansho bansho-clock bansho-sealer bansho-print bansho-sheet bansho-directory bansho-witness; do inside id -Gn $user; done | paste -sd ,)" = \
	bansho,bansho,bansho-sealer,bansho-print,bansho-sheet,bansho-directory,bansho-witness ]; }
ok "only the pages and the clock share a group" members
nobodys() { inside getent group bansho-permits | grep -q ':$'; }
ok "and who may ask after permits has one of its own, empty at first" nobodys
packs() { for pack in takamatsu minakami koga model; do inside bansho pack check "/usr/share/bansho/packs/$pack" >/dev/null || return 1; done; }
ok "every pack is there and sound" packs
ok "the signing key is the sealer's alone" owner "bansho-sealer:bansho-sealer 600" /var/lib/bansho/seal/town/key
ok "in a folder of its own" owner "bansho-sealer:bansho-sealer 700" /var/lib/bansho/seal
ok "the authority's key is root's alone" owner "root:root 600" /var/lib/bansho/tls-authority/key.pem
ok "and in a folder of root's" owner "root:root 700" /var/lib/bansho/tls-authority
ok "the set-up code is root's alone" owner "root:root 600" /var/lib/bansho/setup-code
code=$(awk '{ print $3 }' "$data/setup-code")
unseen() { [ -n "$code" ] && ! grep -rq "$code" "$root/root/install.log" "$root/var/log" "$root/var/cache/debconf"; }
ok "and stands in no log" unseen
man_pages() {
	for page in "$root"/usr/share/man/man?/ban* "$root"/usr/share/man/ja/man?/ban*; do
		[ -n "$(man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)" ] && { echo "$page" >&2; return 1; }
	done
	return 0
}
if command -v man >/dev/null; then ok "the manual pages render without a warning" man_pages; else skip "manual pages" "no man"; fi
clean() { ! grep -rqIiE 'proxy|artifact|registry' "$root/etc/bansho" "$root/usr/share/bansho" "$root/usr/share/doc/bansho/package.md" "$root/root/$kit/install.sh"; }
ok "nothing of the machine it was built on" clean

# --- it runs
start() {
	: >"$work/run" # what an earlier start said is not this one's
	chroot "$root" env -i LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/lib/bansho/bansho-start >"$work/run" 2>&1 </dev/null &
	running=$!
	for _ in $(seq 300); do
		grep -q '^ready' "$work/run" && return 0
		kill -0 "$running" 2>/dev/null || break
		sleep 0.1
	done
	cat "$work/run" >&2
	return 1
}
stop() {
	kill "$running" && wait "$running" 2>/dev/null
	running=""
	return 0
}
site=https://localhost:8443
get() { curl -s --cacert "${authority:-$data/tls-authority.pem}" -H "Origin: $site" -b "$work/jar" -c "$work/jar" "$@"; }
shows_sign_in() { get "${1:-$site}/sign-in" >"$work/page" && grep -q サインイン "$work/page"; }
ok "it starts by its configuration" start
as_bansho() { [ "$(inside stat -c %U "/proc/$(pgrep -x banshod --ns $$ | head -n 1)")" = bansho ]; }
ok "as the user bansho" as_bansho
runs() { # PROGRAM USER: all of that name, as soon as there are any
	for _ in $(seq 300); do
		pids=$(pgrep -x "$(echo "$1" | cut -c 1-15)" --ns $$)
		[ -z "$pids" ] || break
		sleep 0.1
	done
	[ -n "$pids" ] || return 1
	for pid in $pids; do [ "$(inside stat -c %U "/proc/$pid")" = "$2" ] || { ps -fp "$pid" >&2; return 1; }; done
}
all_apart() { for each in clock sealer print sheet; do runs bansho-$each bansho-$each || { echo $each >&2; return 1; }; done; }
ok "and clock, sealer, print and sheet each as its own" all_apart
ok "a sign-in page over TLS, the authority verified" shows_sign_in
other_name() { ! get --resolve other.example:8443:127.0.0.1 https://other.example:8443/ >/dev/null; }
ok "not for another name" other_name
no_trust() { ! curl -s "$site/sign-in" >/dev/null; }
ok "nor for who does not know the authority" no_trust
permit_of() { # GROUP: asked by a stranger's program of that group
	inside setpriv --reuid nobody --regid "$1" --clear-groups bansho permit check --person 0001 --socket /run/bansho/permits.sock --json
}
answers_permits() { permit_of bansho-permits >"$work/out1"; [ $? = 1 ] && grep -q '"state":"none"' "$work/out1"; }
ok "its group asks after permits" answers_permits
only_they() { permit_of nogroup >"$work/out1" 2>&1; [ $? = 2 ]; }
ok "nobody else" only_they

sign_in() {
	rm -f "$work/jar"
	get -o /dev/null -w '%{http_code} %{redirect_url}' --data-urlencode login=kanri --data-urlencode "password=$1" "$site/sign-in"
}
leads() { [ "$(sign_in "$1")" = "303 $site/$2" ] || { sign_in "$1" >&2; return 1; }; }
choose() {
	csrf=$(get "$site/password" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	[ "$(get -o "$work/page" -w '%{http_code}' --data-urlencode "csrf=$csrf" --data-urlencode "present=$1" \
		--data-urlencode "password=$2" --data-urlencode "again=$2" "$site/password")" = 303 ]
}
password="asagao to hashi no ue"
shown() { [ "$(inside bansho setup-code --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')" = "$code" ]; }
ok "bansho setup-code shows root the code" shown
not_shown() { ! inside setpriv --reuid bansho --regid bansho --init-groups bansho setup-code >/dev/null 2>&1; }
ok "and nobody else" not_shown
ok "the administrator signs in with it" leads "$code" password
ok "chooses a password" choose "$code" "$password"
ok "and is in" leads "$password" "?welcome=1"
used() { [ "$(sign_in "$code" | cut -c 1-3)" != 303 ]; }
ok "the code is used up" used
pdf() { sign_in "$password" >/dev/null && get -o "$work/paper" "$site/forms/2" && head -c 5 "$work/paper" | grep -q '%PDF-'; }
ok "a PDF is made" pdf
ok "as the user bansho, verify asks the sealer" json 'd["ok"]' inside setpriv --reuid bansho --regid bansho --init-groups bansho verify --json
ok "verify finds nothing" json 'd["ok"]' inside bansho verify --data /var/lib/bansho --json

# --- the authority and the operator's own certificate
constrained() {
	openssl x509 -noout -text -in "$data/tls-authority.pem" | grep -A4 'Name Constraints: critical' | grep -q 'DNS:bansho-test' || return 1
	# A certificate for another name, signed with the stolen key, is believed by nobody.
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=www.example -keyout "$work/k" -out "$work/r" 2>/dev/null
	echo subjectAltName=DNS:www.example >"$work/e"
	openssl x509 -req -days 2 -in "$work/r" -CA "$data/tls-authority/authority.pem" -CAkey "$data/tls-authority/key.pem" \
		-extfile "$work/e" -out "$work/c" 2>/dev/null
	! openssl verify -CAfile "$data/tls-authority.pem" "$work/c" >/dev/null 2>&1
}
ok "the authority can vouch for no other name" constrained
before=$(cat "$data/tls-authority.pem")
same_authority() { inside bansho-certificate renew >/dev/null && [ "$(cat "$data/tls-authority.pem")" = "$before" ]; }
ok "renewing keeps the authority" same_authority
stop
ok "and the new certificate serves" start
ok "under the same authority" shows_sign_in
stop
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=bansho.town.example \
	-addext subjectAltName=DNS:bansho.town.example -keyout "$root/etc/bansho/key.pem" -out "$root/etc/bansho/certificate.pem" 2>/dev/null
inside chown bansho /etc/bansho/key.pem
cp "$root/etc/bansho/bansho.conf" "$work/bansho.conf"
printf 'certificate = /etc/bansho/certificate.pem\ncertificate-key = /etc/bansho/key.pem\nprot = 1\n' >>"$root/etc/bansho/bansho.conf"
conf_line=$(grep -n prot "$root/etc/bansho/bansho.conf" | cut -d : -f 1)
ok "a faulty configuration is refused with its line" refuses "bansho.conf:$conf_line" inside bansho config
sed -i /prot/d "$root/etc/bansho/bansho.conf"
ok "with the operator's certificate it starts" start
own() { authority=$root/etc/bansho/certificate.pem get --resolve bansho.town.example:8443:127.0.0.1 https://bansho.town.example:8443/sign-in | grep -q サインイン; }
ok "and serves it" own
stop
cp "$work/bansho.conf" "$root/etc/bansho/bansho.conf"

# --- upgrade
head_of() { inside bansho verify --data /var/lib/bansho --json | python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["size"], d["root"], d["total"])'; }
was=$(head_of)
steps() { sqlite3 "$data/bodies/town/store.sqlite" "SELECT count(*) FROM store_migration WHERE number = 9999"; }
start >/dev/null 2>&1
install() { inside apt-get -y -qq --allow-downgrades install "$@"; }
while_running() { ! install "/root/$next" >"$work/out1" 2>&1 && grep -q 番所が動いています "$work/out1"; }
ok "while it runs by hand, the upgrade waits and says why" while_running
stop
untouched() { [ "$(steps)" = 0 ]; }
ok "the store is as it was" untouched
refuses_old() {
	chroot "$root" env -i LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin timeout 60 /usr/lib/bansho/bansho-start >"$work/out1" 2>&1 </dev/null
	[ $? = 2 ] && grep -q 'bansho upgrade' "$work/out1" && return 0
	cat "$work/out1" >&2
	return 1
}
ok "the new program does not touch a store of the old form" refuses_old
ok "stopped, dpkg finishes the upgrade" inside dpkg --configure bansho
upgraded() { [ "$(steps)" = 1 ]; }
ok "the store has the new form" upgraded
same_head() { [ "$(head_of)" = "$was" ]; }
ok "the tree head is unchanged and everything verifies" same_head
files_owner() { [ -z "$(find "$data/bodies/town" "$data/keys/town" "$data/seal/town" -uid 0)" ]; }
ok "no file has become root's" files_owner
ok "it runs" start
ok "and the administrator signs in" leads "$password" "?welcome=1"
stop

# --- rollback
later=$(($(head_of | cut -d ' ' -f 1) - $(echo "$was" | cut -d ' ' -f 1)))
ok "rollback says how many acts would be lost" refuses "--lose-later-acts $later" inside bansho rollback
ok "with their number it goes back" says "取り消した記録: ${later}件" inside bansho rollback --lose-later-acts "$later"
ok "the store has the old form" untouched
ok "the new program leaves it alone" refuses_old
ok "the old package is installed" install "/root/$kit/$kit.deb"
ok "it verifies there, sealer's head and all" json 'd["ok"] and d["size"] > '"${was%% *}" inside bansho verify --data /var/lib/bansho --json
ok "it runs again" start
ok "and signs in" leads "$password" "?welcome=1"
stop
ok "what came after is signed" json 'd["ok"] and d["signed"] == d["size"]' inside bansho verify --data /var/lib/bansho --json

# --- removal
digest() { (cd "$data" && find bodies keys seal tls -type f ! -name '*-shm' ! -name '*-wal' -print0 | sort -z | xargs -0 sha256sum); }
digest >"$work/before"
ok "remove says where the data are" says "/var/lib/bansho に残っています" inside apt-get -y -qq remove bansho
kept() { digest | cmp - "$work/before"; }
ok "and leaves them, byte for byte" kept
ok "with the configuration" test -f "$root/etc/bansho/bansho.conf"
ok "purge removes the configuration" inside apt-get -y -qq purge bansho
gone() { [ ! -e "$root/etc/bansho" ]; }
ok "all of it" gone
ok "and leaves the data" kept
ok "installed again" install "/root/$kit/$kit.deb"
ok "it goes on with them" start
ok "for the administrator" leads "$password" "?welcome=1"
stop

# --- nobody answers beforehand
inside apt-get -y -qq purge bansho >/dev/null 2>&1
rm -rf "$data"
ok "without answers it installs, and says what is next" says "bansho setup を実行し" install "/root/$kit/$kit.deb"
none() { [ -z "$(ls -A "$data/bodies")" ]; }
ok "no body is made up" none
ok "bansho setup makes it" inside bansho setup --name 村 --body mura --pack takamatsu --admin a.b --admin-name "森 一" --admin-number 1
ok "and it runs" start
ok "with a sign-in page" shows_sign_in
stop

# --- over a store of the first release
inside apt-get -y -qq purge bansho >/dev/null 2>&1
rm -rf "$data"
mkdir "$data" && tar -C "$data" --no-same-owner --no-overwrite-dir -xJf "$(dirname "$0")/upgrade/made-by-0.1.0.tar.xz"
read -r size first <"$(dirname "$0")/upgrade/made-by-0.1.0.head"
ok "installed over the data of 0.1.0" install "/root/$kit/$kit.deb"
ok "the key is the sealer's there too" owner "bansho-sealer:bansho-sealer 700" /var/lib/bansho/seal
first_head() { [ "$(head_of)" = "$size $first 0" ]; }
ok "its tree head is unchanged and everything verifies" first_head
ok "it runs" start
ok "with a sign-in page" shows_sign_in
stop
plan_done
