#!/bin/sh
# Erasing a person, as an operator sees it: proof, backups, copies of the ring. usage: erasure_test.sh PROGRAMS PACK
programs=$1
pack=$2
. "$(dirname "$0")/started.sh"
b=$programs/bansho
body=$data/bodies/takamatsu-demo
store=$body/store.sqlite
ring=$data/keys/takamatsu-demo/ring

"$b" demo --data "$data" --pack "$pack" --staff 40 --assets 100 --seed 3 --today 2026-11-20 >/dev/null 2>&1
listed() { "$b" user list --data "$data" --json | python3 -c 'import json, sys
for one in json.load(sys.stdin): print(one["number"], one["name"])'; }
ok "there is somebody to erase" sh -c "test -n \"\$(sqlite3 '$store' \
	\"SELECT p.number FROM people_person p WHERE p.until < 20777 AND NOT EXISTS (SELECT 1 FROM people_erasure e WHERE e.id = p.id)\")\""
find_one() { sqlite3 "$store" "SELECT p.$1 FROM people_person p WHERE p.until < 20777
	AND NOT EXISTS (SELECT 1 FROM people_erasure e WHERE e.id = p.id) ORDER BY p.id LIMIT 1"; }
number=$(find_one number)
person=$(find_one id)
name=$(listed | awk -v n="$number" '$1 == n { print $2 }')
before=$("$b" verify --data "$data" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["erased"])')

nowhere() { # no name of staff stands in any file of the data folder
	listed | while read -r n who; do
		[ "$who" = "（消去済み）" ] && continue
		if grep -rqF "$who" "$data/bodies/takamatsu-demo" --exclude-dir=pack; then echo "$who" >&2; return 1; fi
	done
}
ok "no name stands in plain in the store, its log or the attachments" nowhere
sealed_blobs() { [ -n "$(ls "$body/blobs")" ] && ! grep -rqF 見本の書類 "$body/blobs"; }
ok "attachments neither" sealed_blobs

ok "a backup is taken before" exits 0 "$b" backup "$work/before.zip" --data "$data"
ok "and says that the ring is not in it" says "鍵束は入っていません" "$b" backup "$work/before2.zip" --data "$data"
ok "a copy of the ring too" says "取り替えて" "$b" keys export "$work/ring.old" --data "$data"
ok "the copy is for its owner alone" sh -c "test \"\$(stat -c %a '$work/ring.old')\" = 600"

serving=$(sqlite3 "$store" "SELECT number FROM people_person WHERE until IS NULL ORDER BY id LIMIT 1")
ok "somebody who serves is not erased" says "まだ職に就いています" \
	"$b" person erase "$serving" --data "$data" --basis request --confirm "$serving"
ok "without a basis nobody is" exits 2 "$b" person erase "$number" --data "$data" --confirm "$number"
ok "with another number typed nobody is" exits 2 "$b" person erase "$number" --data "$data" --basis retention --confirm "$serving"
cp "$ring" "$work/ring.before"
ok "somebody who left is" json "d['erased'] == $person" \
	"$b" person erase "$number" --data "$data" --basis retention --confirm "$number" --json
ok "and is nobody from then on" sh -c "! '$b' person erase '$number' --data '$data' --basis retention --confirm '$number'"
gone() { ! grep -qF "$name" "$store" && ! strings -el "$store" | grep -qF "$number"; }
ok "neither name nor number is in the store" gone
listed_gone() { ! listed | grep -qF "$name"; }
ok "nor in the list" listed_gone

ok "verify: erased, and every proof holds" json "d['ok'] and d['erased'] == $before + 1" "$b" verify --data "$data" --json
ok "and says so in words" says "職員 $person: 消去済み・証明は有効" "$b" verify --data "$data"
ok "the journal names neither name nor number" sh -c "! sqlite3 '$store' 'SELECT entry FROM journal_entry' | grep -qF '$number'"
ok "but the act, its reason and which key it was" sh -c \
	"sqlite3 '$store' 'SELECT entry FROM journal_entry' | grep person_erase | tail -1 | grep -q '\"basis\":\"retention\",\"key\":\"[0-9a-f]\\{64\\}\"'"

# --- keys and proof
kept() { cp "$work/ring.before" "$ring"; "$b" verify --data "$data" --json; }
ok "a key that came back is a finding" json 'not d["ok"] and d["findings"][0]["kind"] == "key-kept"' kept
ok "and is destroyed at the next opening" sh -c "'$b' user reset '$serving' --data '$data' && '$b' verify --data '$data'"
lost() {
	cp "$ring" "$work/ring.good"
	python3 - "$ring" "$ring" <<'P'
import hashlib, sys
ring = open(sys.argv[1], 'rb').read()
ring = ring[:32] + ring[32:-32][:-40]  # without the last person
open(sys.argv[2], 'wb').write(ring + hashlib.sha256(ring).digest())
P
	"$b" verify --data "$data" --json
	cp "$work/ring.good" "$ring"
}
ok "a key gone that nobody erased is a finding" json 'not d["ok"] and [f["kind"] for f in d["findings"]] == ["key-missing"]' lost
ok "an old copy brings back nobody who was erased" json 'd["taken"] == 0' "$b" keys import "$work/ring.old" --data "$data" --json
ok "all is well again" exits 0 "$b" verify --data "$data"
edited() {
	cp "$store" "$work/edited.sqlite"
	sqlite3 "$work/edited.sqlite" "UPDATE people_person SET name = 'Nobody' WHERE id = $person"
	"$b" verify "$work/edited.sqlite" --json
}
ok "an erased person's row that was edited is found" json \
	'[f["kind"] for f in d["findings"]] == ["row-edited"] and d["erased"] == '"$before" edited

# --- a backup from before, with the ring of today
ok "the old backup comes back" exits 0 "$b" restore "$work/before.zip" --data "$work/back"
ok "does not run without the ring" says "keys import" "$b" user reset "$serving" --data "$work/back"
ok "the copy of today" exits 0 "$b" keys export "$work/ring.new" --data "$data"
ok "goes with it" exits 0 "$b" keys import "$work/ring.new" --data "$work/back"
readable() { "$b" user list --data "$work/back" --json >"$work/list" && [ "$(grep -c 消去済み "$work/list")" = 1 ] && ! grep -qF "$name" "$work/list"; }
ok "everybody but who was erased can be read" readable
ok "and verify asks who erased them" json '"key-missing" in [f["kind"] for f in d["findings"]]' "$b" verify --data "$work/back" --json
ok "which is then done again" exits 0 "$b" person erase "$number" --data "$work/back" --basis retention --confirm "$number"
ok "another body's ring is refused" sh -c "'$b' demo --data '$work/other' --pack '$pack' --staff 20 --assets 100 >/dev/null 2>&1; \
	'$b' keys import '$work/ring.new' --data '$work/other' 2>&1 | grep -q 別の団体"

# --- the programs with a ring of their own folder
"$b" run --data "$data" --plain --port 0 >"$work/run" 2>"$work/run.err" &
running=$!
ready() {
	n=0
	while [ $n -lt 300 ]; do grep -q '^ready' "$work/run" && return 0; sleep 0.1; n=$((n + 1)); done
	cat "$work/run" "$work/run.err" >&2
	return 1
}
ok "the jailed server reaches its ring" ready
address=$(sed -n 's/^ready \(.*\)\/$/\1/p' "$work/run")
password=$(sqlite3 "$store" "SELECT value FROM store_setting WHERE name = 'demo.password'")
session=$(curl -s -D - -o /dev/null -H "Origin: $address" -d "login=system&password=$password" "$address/sign-in" |
	sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' | head -n 1)
page() { curl -s -H "Cookie: $session" "$address$1"; }
send() { # PATH FIELDS: as the form of that page; prints where it leads
	csrf=$(page "$1" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	curl -s -D - -o "$work/answer" -H "Cookie: $session" -H "Origin: $address" -d "csrf=$csrf&$2" "$address$1" |
		sed -n 's/^[Ll]ocation: \([^?\r]*\).*/\1/p'
}
csrf=$(page /privileges | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
window() { curl -s -o /dev/null -w '%{http_code}' -H "Cookie: $session" -H "Origin: $address" -d "csrf=$csrf&reason=shoukyo&minutes=60" "$address/privileges/open"; }
ok "the operator begins a privileged window" test "$(window)" = 303
keys_before=$(stat -c %s "$ring")
made=$(send /people/new "number=N99&family=Hanasaki&given=Kasumi&kana=&mail=&employment=regular&since=&language=ja")
ok "a new person's key goes into the ring" test "$(stat -c %s "$ring")" = $((keys_before + 40))
ok "and their page reads it" sh -c "curl -s -H 'Cookie: $session' '$address$made' | grep -q Hanasaki"
ok "the command line reads it too" sh -c "'$b' user list --data '$data' >/dev/null && '$b' verify --data '$data' >/dev/null"
first=$(send "$made/end" "last=2026-11-01")
ok "the server erases" sh -c "test -n '$first'"
erased=$(send "$made/erase" "basis=mistake&number=N99")
ok "for good" test "$erased" = "$made"
erased_page() { page "$made" | grep -q 消去済み && ! page "$made" | grep -q Hanasaki; }
ok "and says so on their page" erased_page
ok "verify agrees while it runs" json "d['ok'] and d['erased'] == $before + 2" "$b" verify --data "$data" --json
ok "without a complaint" sh -c "! grep -i error '$work/run.err'"
plan_done
