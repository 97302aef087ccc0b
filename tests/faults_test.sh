#!/bin/sh
# The machine fails under load: disk full, read-only, no key, no folder, a clock set back, no file descriptors left.
# Each time: a clear message, nothing acknowledged is lost, nothing half-done, and it goes on when the cause is gone.
# Needs mounts of its own (root, or user namespaces). usage: faults_test.sh PROGRAMS DRIVER PACK
programs=$1
driver=$2
pack=$3
if [ "${FAULTS_INSIDE-}" = "" ]; then
	if unshare -m true 2>/dev/null; then FAULTS_INSIDE=1 exec unshare -m sh "$0" "$@"; fi
	if unshare -rm true 2>/dev/null; then FAULTS_INSIDE=1 exec unshare -rm sh "$0" "$@"; fi
	echo "1..0 # SKIP no mounts of one's own here"
	exit 0
fi
work=$(mktemp -d)
running=""
stop() { # kills what runs; its companions end with it
	[ -z "$running" ] || { kill -9 "$running"; wait "$running"; } 2>/dev/null
	running=""
}
finish() {
	stop
	umount "$work/disk" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
mkdir "$work/disk"
mount -t tmpfs -o size=48m none "$work/disk" || { echo "1..0 # SKIP no small disk"; exit 0; }
data=$work/disk/data
seal=$data/seal/fault
b=$programs/bansho

init() {
	"$b" init --data "$data" --body fault --name 試験市 --pack "$pack" --admin root1 --admin-name "試験 太郎" \
		--admin-number 1
}
start() {
	: >"$work/acts"
	: >"$work/said.driver"
	echo 0 >"$work/clock"
	CLOCK_FILE=$work/clock "$driver" steady "$data" "$programs" >>"$work/acts" 2>>"$work/said.driver" &
	running=$!
}
many() { wc -l <"$work/acts"; }
within() { # SECONDS COMMAND...: it comes true in that time
	seconds=$1
	shift
	tries=$((seconds * 10))
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || { echo "not within $seconds s: $*" >&2; tail -n 5 "$work/said.driver" >&2; return 1; }
		sleep 0.1
	done
}
goes_on() { # further acts are acknowledged
	from=$(many)
	further() { [ "$(many)" -gt $((from + 10)) ]; }
	within 30 further
}
stands() { ! kill -0 "$running" 2>/dev/null || { a=$(many); sleep 0.5; [ "$(many)" = "$a" ]; }; }
said() { within 30 grep -qF -e "$1" "$work/said.driver"; }
whole_words() { # what was acknowledged is there, the sealer's head is the store's tree, all verifies
	cp "$work/acts" "$work/acts.now"
	[ ! -s "$work/acts.now" ] || [ "$(tail -c 1 "$work/acts.now" | od -An -tx1 | tr -d ' ')" = 0a ] || sed -i '$ d' "$work/acts.now"
	"$driver" check "$data" "$programs" <"$work/acts.now" && "$driver" head "$data" "$programs" &&
		"$b" verify --data "$data"
}
there() { # taken down first: what is acknowledged meanwhile is not in the look that checks
	cp "$work/acts" "$work/acts.now"
	"$driver" check "$data" "$programs" <"$work/acts.now"
}
signed() { within 30 json 'd["signed"] == d["entries"] > 0' "$b" status --data "$data" --json; }
signed_or_nearly() { within 30 json 'd["entries"] - d["signed"] < 400' "$b" status --data "$data" --json; }

ok "a body on a small disk" init

# --- disk full
start
ok "acts are done" goes_on
fill_up() { dd if=/dev/zero of="$work/disk/ballast" bs=64k 2>/dev/null; [ -s "$work/disk/ballast" ]; }
ok "the disk fills up" fill_up
ok "disk full: it is said, and that nothing was done" said "空き容量がありません"
ok "disk full: nothing is acknowledged any more" within 10 stands
ok "disk full: reading goes on" exits 0 "$b" status --data "$data"
ok "disk full: what was acknowledged is there and verifies" whole_words
ok "disk full: a command says so" says "空き" "$b" user reset root1 --data "$data"
ok "disk full: and cannot run" exits 2 "$b" user reset root1 --data "$data"
ok "disk full: an export says so" says "書き出せません" "$b" export --data "$data" "$work/disk/all.zip"
no_half() { [ ! -e "$work/disk/all.zip" ] && [ "$(find "$work/disk" -maxdepth 1 -type f | grep -vc ballast)" = 0 ]; }
ok "disk full: and leaves no half of it" no_half
rm -f "$work/disk/ballast"
ok "space again: it goes on by itself" goes_on
ok "space again: and is signed" signed_or_nearly
ok "space again: all is there and verifies" whole_words

# --- the key is gone
mv "$seal/key" "$work/key"
ok "no key: acts go on" goes_on
ok "no key: it is said" said "署名鍵"
unsigned() { within 30 json 'd["signed"] < d["entries"]' "$b" status --data "$data" --json; }
ok "no key: what is not signed is counted" unsigned
ok "no key: what was acknowledged is there and verifies" whole_words
ok "no key: the sealer makes no new one by itself" test ! -e "$seal/key"
mv "$work/key" "$seal/key"
ok "the key is back: signing goes on by itself" within 40 signed_or_nearly
ok "the key is back: all is there and verifies" whole_words

# --- the sealer's folder is gone
mv "$seal" "$work/disk/away"
ok "no folder: acts go on" goes_on
ok "no folder: what was acknowledged is there" there
rm -rf "$seal"
mv "$work/disk/away" "$seal"
ok "the folder is back: signing goes on" within 40 signed_or_nearly
ok "the folder is back: all is there and verifies" whole_words

# --- the clock is set back
echo -90000000 >"$work/clock"
ok "clock set back: acts go on" goes_on
echo 0 >"$work/clock"
ok "clock put right: acts go on" goes_on
ok "clock set back: all is there and verifies" whole_words
ok "clock set back: verify says so, without calling the journal wrong" json \
	'd["ok"] and d["remarks"] >= 1 and any(f["kind"] == "clock-back" for f in d["findings"])' \
	"$b" verify --data "$data" --json

# --- no file descriptors left
open_now=$(find "/proc/$running/fd" -mindepth 1 | wc -l)
prlimit --pid "$running" --nofile="3:4096"
kill_sealer() { for child in $(cat /proc/"$running"/task/*/children); do kill -9 "$child"; done; }
kill_sealer
ok "no descriptors ($open_now in use), its sealer killed: it is said" said "ファイル"
ok "no descriptors: acts, whose files are open, go on" goes_on
ok "no descriptors: what was acknowledged is there and verifies" whole_words
prlimit --pid "$running" --nofile="1024:4096"
ok "descriptors again: it goes on" goes_on
ok "descriptors again: with a new sealer" within 40 signed_or_nearly
ok "descriptors again: all is there and verifies" whole_words

# --- a store, a pack, a body that is not there
stop
ok "after the kill all is there and verifies" whole_words
start_fails() { # WORDS
	says "$1" "$b" status --data "$data" && exits 2 "$b" status --data "$data"
}
mv "$data/bodies/fault/store.sqlite" "$work/disk/store"
ok "no store: it is said" start_fails "store.sqlite"
ok "no store: no empty one is made" test ! -e "$data/bodies/fault/store.sqlite"
mv "$work/disk/store" "$data/bodies/fault/store.sqlite"
mv "$data/bodies/fault/packs" "$work/disk/packs"
ok "no versions of the policy: the first one stands in its old place too" exits 0 "$b" status --data "$data"
mv "$data/bodies/fault/pack" "$work/disk/pack"
rm -rf "$data/bodies/fault/packs"
ok "no pack: it is said" exits 2 "$b" user reset root1 --data "$data"
mv "$work/disk/pack" "$data/bodies/fault/pack"
mv "$work/disk/packs" "$data/bodies/fault/packs"
ok "all back: it goes on" exits 0 "$b" user reset root1 --data "$data"
few() { (ulimit -n 4 && exec "$b" status --data "$data"); }
ok "too few descriptors from the start: cannot run, and says what it could not open" exits 2 few

# --- a disk that cannot be written
mount -o remount,ro "$work/disk"
ok "read-only: a change says so" says "読み取り専用" "$b" user reset root1 --data "$data"
ok "read-only: and cannot run" exits 2 "$b" user reset root1 --data "$data"
ok "read-only: verify, which needs its own files beside, says so too" says "読み取り専用" "$b" verify --data "$data"
mount -o remount,rw "$work/disk"
ok "writable again: it goes on" exits 0 "$b" user reset root1 --data "$data"
ok "writable again: all signed" signed
ok "writable again: all is there and verifies" whole_words
plan_done
