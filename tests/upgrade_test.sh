#!/bin/sh
# Upgrade and rollback of a store that the first release made, by these programs and by those of a next
# version whose schema has one step more. usage: upgrade_test.sh PROGRAMS NEXT FIXTURES
programs=$1
next=$2
fixtures=$3
. "$(dirname "$0")/started.sh"
# The next version's programs with the companions they start.
mkdir "$work/next"
cp "$next/bansho" "$next/banshod" "$next/bansho-clock" "$work/next/"
cp "$programs/bansho-sealer" "$programs/bansho-sheet" "$work/next/"
b=$programs/bansho
n=$work/next/bansho
read -r size root <"$fixtures/made-by-0.1.0.head"
body=$data/bodies/takamatsu-demo
store=$body/store.sqlite
fresh() {
	rm -rf "$data" && mkdir "$data" && tar -C "$data" -xJf "$fixtures/made-by-0.1.0.tar.xz"
}
root_of() { python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["size"], d["root"], d["total"])'; }
proves() { # PROGRAM SIZE: no finding, and the first release's tree still begins it
	json "d['ok'] and d['total'] == 0 and d['size'] == $2" "$1" verify --data "$data" --json
}
steps() { sqlite3 "$store" "SELECT count(*) FROM store_migration WHERE number = 9999"; }
same_bytes() { [ "$(sha256sum <"$store")" = "$digest" ]; }

# --- the store of the first release
fresh
begins() { [ "$("$b" verify --data "$data" --json | root_of)" = "$size $root 0" ]; }
ok "0.1.0's store is what 0.1.0 said it is" begins
ok "this version upgrades it, or says that nothing is to be done" json \
	"d[0]['state'] in ('upgraded', 'current') and d[0]['size'] == $size and d[0]['root'] == '$root'" \
	"$b" upgrade --data "$data" --json
ok "the tree is 0.1.0's, and everything verifies" begins
# What the rooms added since: their tables are as in a store that this version makes.
"$b" init --data "$work/new" --body new --name 見本町 --pack "$(dirname "$0")/../packs/takamatsu" --admin kanri \
	--admin-name "山﨑 花子" --admin-number 1 >/dev/null 2>&1
made=$work/new/bodies/new/store.sqlite
steps_in() { sqlite3 -readonly "$1" "SELECT room || ' ' || number FROM store_migration ORDER BY room, number"; }
same_steps() { [ -n "$(steps_in "$made")" ] && [ "$(steps_in "$store")" = "$(steps_in "$made")" ]; }
ok "every step of every room is taken" same_steps
rooms() { for step in "duty 1" "incident 1" "training 1" "check 1" "audit 1" "people 7"; do steps_in "$store" | grep -qx "$step" || { echo "$step" >&2; return 1; }; done; }
ok "duties, incidents, training, checks, audits and senders of mail among them" rooms
tables_of() { sqlite3 -readonly "$1" "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"; }
same_tables() { tables_of "$store" >"$work/upgraded" && tables_of "$made" >"$work/made" && diff "$work/made" "$work/upgraded" >&2; }
ok "its tables are those of a new store" same_tables
ok "and the clock of this version goes on in it" exits 0 "$programs/bansho-clock" --data "$data" --once
still() { proves "$b" "$("$b" verify --data "$data" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["size"])')"; }
ok "which verifies, whatever it did" still
fresh
"$b" upgrade --data "$data" >/dev/null 2>&1
ok "a second upgrade has nothing to do" json "d[0]['state'] == 'current'" "$b" upgrade --data "$data" --json

# --- to the next version
rm -rf "$body/previous" "$store-wal" "$store-shm"
digest=$(sha256sum <"$store")
ok "--check proves on a copy" json "d[0]['state'] == 'possible' and d[0]['steps'] == 1 and d[0]['root'] == '$root'" \
	"$n" upgrade --check --data "$data" --json
ok "and leaves the store as it was" same_bytes
only_store() { [ ! -e "$body/store.beside.sqlite" ] && [ ! -e "$body/previous" ]; }
ok "and nothing lies beside it" only_store
ok "upgrade switches" json "d[0]['state'] == 'upgraded' and d[0]['size'] == $size and d[0]['root'] == '$root'" \
	"$n" upgrade --data "$data" --json
has_step() { [ "$(steps)" = 1 ]; }
ok "the step is in the store" has_step
ok "the tree is the same and everything verifies" proves "$n" "$size"
kept() { [ "$(sha256sum <"$body/previous/store.sqlite")" = "$digest" ]; }
ok "the store before is kept, byte for byte" kept
ok "with a record of size, root and versions" json "d['size'] == $size and d['root'] == '$root' and d['from'] and d['to']" \
	cat "$body/previous/record.json"
ok "the older program will not write to it" says "新しい版" "$b" user close 1 --data "$data"

# --- back, with nothing lost
ok "rollback goes back" json "d['acts_undone'] == 0" "$n" rollback --data "$data" --json
no_step() { [ "$(steps)" = 0 ]; }
ok "the step is gone" no_step
ok "the older program verifies the same tree" begins
ok "what rollback replaced is kept" test -f "$body/later/store.sqlite"
ok "there is nothing more to go back to" refuses "戻せる前の保存ファイルがありません" "$n" rollback --data "$data"

# --- back, although acts were made since
login=$(sqlite3 "$store" "SELECT login FROM people_account ORDER BY id LIMIT 1")
"$n" upgrade --data "$data" >/dev/null 2>&1
"$n" user grant "$login" --kind auditor --data "$data" >"$work/grant" 2>&1
"$n" user reset "$login" --data "$data" >"$work/reset" 2>&1
grants() { sqlite3 "$store" "SELECT count(*) FROM people_grant WHERE kind = 'auditor'"; }
after=$(grants)
now=$("$n" verify --data "$data" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["size"])')
later=$((now - size))
more() { [ "$later" -ge 2 ]; }
ok "acts since the upgrade are in the journal" more
digest=$(sha256sum <"$store")
ok "rollback is refused and says how many" refuses "--lose-later-acts $later" "$n" rollback --data "$data"
ok "and with another number" refuses "${later}件で、1件ではありません" "$n" rollback --lose-later-acts 1 --data "$data"
ok "nothing has changed" same_bytes
ok "with the right number it goes back" json "d['acts_undone'] == $later" \
	"$n" rollback --lose-later-acts "$later" --data "$data" --json
undone() { [ "$(grants)" = $((after - 1)) ]; }
ok "what the acts did is undone" undone
ok "the step is gone again" no_step
ok "the journal kept them and has one entry more; the sealer's head is extended" proves "$b" $((now + 1))
tells() { sqlite3 "$store" "SELECT entry FROM journal_entry ORDER BY id DESC LIMIT 1" | grep -q "\"acts-undone\":$later"; }
ok "the last entry says how many were undone" tells
ok "the older program acts on" exits 0 "$b" user reset "$login" --data "$data"
signed() { json "d['signed'] == d['size'] > $now + 1" "$b" verify --data "$data" --json; }
ok "and the sealer signs, because the journal only grew" signed
ok "up again from there" json "d[0]['state'] == 'upgraded'" "$n" upgrade --data "$data" --json
ok "which verifies" exits 0 "$n" verify --data "$data"

# --- what is refused
fresh
"$b" upgrade --data "$data" >/dev/null 2>&1
rm -rf "$body/previous"
"$b" run --data "$data" --port 0 --plain >"$work/run" 2>&1 &
running=$!
for _ in $(seq 300); do grep -q '^ready' "$work/run" && break; sleep 0.1; done
ok "not while Bansho runs" refuses "番所が動いています" "$n" upgrade --data "$data"
kill "$running" && wait "$running" 2>/dev/null
running=""
rm -rf "$body/previous"
sqlite3 "$store" "UPDATE people_post SET name = 'x' WHERE id = 1; PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
digest=$(sha256sum <"$store")
ok "a store somebody has edited is not switched" refuses "切り替えませんでした" "$n" upgrade --data "$data"
no_rest() { same_bytes && [ ! -e "$body/previous" ] && [ ! -e "$body/store.beside.sqlite" ]; }
ok "and stays as it is, with nothing beside" no_rest
fresh
echo 'surprise: yes' >>"$body/pack/pack.yaml"
ok "a policy the new program does not take: not switched" refuses "surprise" "$n" upgrade --data "$data"
fresh
dd if=/dev/urandom of="$body/store.sqlite" bs=4096 seek=20 count=1 conv=notrunc 2>/dev/null
ok "a broken store: not switched" exits 2 "$n" upgrade --data "$data"

# --- killed at any moment, an upgrade can be done again
survives() {
	for round in $(seq 12); do
		fresh
		timeout --foreground -s KILL "0.$(printf %03d $((round * 12)))" "$n" upgrade --data "$data" >/dev/null 2>&1
		[ -f "$store" ] || { echo "round $round: no store" >&2; return 1; }
		"$n" upgrade --data "$data" --json >"$work/again" 2>&1 || { cat "$work/again" >&2; return 1; }
		[ "$(steps)" = 1 ] || { echo "round $round: not upgraded" >&2; return 1; }
		proves "$n" "$size" || { echo "round $round" >&2; return 1; }
	done
}
ok "killed at 12 moments, the store is there and the next upgrade is whole" survives
plan_done
