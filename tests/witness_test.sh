#!/bin/sh
# Witnesses over loopback with the real programs. usage: witness_test.sh PROGRAMS DRIVER PACK
programs=$1
driver=$2
pack=$3
work=$(mktemp -d)
export LC_ALL=C.UTF-8
pids=""
finish() {
	for pid in $pids; do kill "$pid" 2>/dev/null; done
	for pid in $pids; do wait "$pid" 2>/dev/null; done
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho
w=$programs/bansho-witness
clock=$programs/bansho-clock
data=$work/data
store=$data/bodies/town/store.sqlite

acts() { # N: that many entries
	for no in $(seq "$1"); do "$driver" set "$data" "$programs" "test.$no" "$(date +%s%N)" || return 1; done
}
once() { "$clock" --data "$data" --once; }
ask() { "$clock" --data "$data" --ask-witness; }
newest_vkey() { sqlite3 "$store" 'SELECT vkey FROM journal_log_key ORDER BY id DESC LIMIT 1'; }
size() { sqlite3 "$store" 'SELECT max(id) + 1 FROM journal_entry'; }
seen() { "$w" log list --data "$work/w1" | awk -F '\t' -v o="$origin" '$1 == o { print $2 }'; }
seal() { "$b" journal carry out "$work/.seal" --data "$data" >/dev/null 2>&1; }

serve() { # NAME OPTION...: starts the witness and sets url
	name=$1
	shift
	"$w" serve --data "$work/$name" --port "${port-0}" "$@" >"$work/$name.out" 2>>"$work/$name.err" &
	pid=$!
	pids="$pids $pid"
	for _ in $(seq 300); do
		url=$(sed -n 's/^ready //p' "$work/$name.out")
		[ -n "$url" ] && return 0
		sleep 0.1
	done
	cat "$work/$name.err" >&2
	return 1
}
post() { # PATH FILE: status on stdout, body in $work/answer
	curl -s -o "$work/answer" -w '%{http_code} %{content_type}' -H 'Content-Type: text/plain' \
		--data-binary "@$2" "$url/$1"
}

# --- a body and a witness
init() { "$b" init --data "$data" --body town --name 見本町 --pack "$pack" --admin kanri --admin-name "山﨑 花子" --admin-number 0001; }
ok "a body" exits 0 init
origin=$(cut -d+ -f1 "$data/bodies/town/vkey")
ok "a witness" exits 0 "$w" init --data "$work/w1" --name pref.example/w1
ok "its key is its own" test "$(stat -c %a "$work/w1/key")" = 600
ok "and never made twice" exits 1 "$w" init --data "$work/w1" --name pref.example/w1
ok "it serves" serve w1 --plain
w1=$pid
w1_url=$url
port=${url##*:}
ok "plain only on this machine" exits 1 "$w" serve --data "$work/w1" --plain --listen 0.0.0.0 --port 0
ok "without a witness the start is warned, not stopped" ends 0 証人がいません ask
vkey1=$("$w" vkey --data "$work/w1")
ok "the body chooses the witness" ends 0 'bansho-witness log add' "$b" journal witness add "$vkey1" --url "$url" --data "$data"
ok "a log's key is no witness" says 証人の検証鍵ではありません "$b" journal witness add "$(cat "$data/bodies/town/vkey")" --data "$data"
ok "nothing goes out in plain to elsewhere" exits 2 "$b" journal witness add "$vkey1" --url http://192.0.2.1:1 --data "$data"

# --- honest growth
ok "an unknown origin is an alarm" ends 0 '証人はこの記録簿を知りません' once
alarm() { [ "$(sqlite3 "$store" "SELECT count(*) FROM journal_entry WHERE entry LIKE '%journal.witness-alarm%'")" = "$1" ]; }
notices() { [ "$(sqlite3 "$store" "SELECT count(*) FROM people_notice WHERE about = 'witness:pref.example/w1'")" = "$1" ]; }
ok "noted once" alarm 1
ok "and told to the operator" notices 1
ok "the witness's operator adds the log" exits 0 "$w" log add "$origin" "$(cat "$data/bodies/town/vkey")" --data "$work/w1"
ok "asked again, it cosigns" exits 0 once
same() { [ "$(seen)" -gt 1 ] && [ "$(seen)" -le "$(size)" ]; }
ok "the witness has seen the journal" same
back() { [ "$(sqlite3 "$store" "SELECT count(*) FROM journal_entry WHERE entry LIKE '%journal.witness-back%'")" = 1 ]; }
ok "that it is back is noted" back
acts 20 >/dev/null
seal
ok "growth is cosigned" exits 0 once
ok "up to the newest checkpoint" test "$(seen)" = "$(size)"
ok "verify says how far and until when" json \
	"d['ok'] and d['cosigned'][0]['witness'] == 'pref.example/w1' and d['cosigned'][0]['size'] == $(size) and d['cosigned'][0]['until'] > '2020'" \
	"$b" verify --data "$data" --json
ok "the export carries the cosignature" exits 0 "$b" export "$work/all.zip" --data "$data"
ok "and anybody checks it with the witness's key" json "d['ok'] and d['cosigned'][0]['size'] == d['size']" \
	"$b" verify "$work/all.zip" --witness "$vkey1" --json
ok "the start is fine" exits 0 ask
quiet() { ! ask 2>&1 | grep -q .; }
ok "and says nothing" quiet
place=$(printf %s "$origin" | sha256sum | cut -d' ' -f1)
reads() { curl -s "$url/$place/checkpoint" | head -n 1 | grep -qx "$origin"; }
ok "anybody reads the cosigned checkpoint" reads
ok "the cosigned checkpoint stands beside the store" test -s "$data"/bodies/town/witness/*

# --- the protocol, by hand
printf 'old 1\n\n' >"$work/request"
answers() { [ "$(post "$1" "$work/request")" = "$2" ] || { post "$1" "$work/request"; cat "$work/answer"; return 1; } >&2; }
ok "nonsense is 400" answers add-checkpoint "400 text/plain; charset=utf-8"
note=$(sqlite3 "$store" 'SELECT note FROM journal_checkpoint ORDER BY id LIMIT 1')
printf 'old 0\n\n%s\n' "$note" >"$work/request"
ok "rollback is 409 with the size" answers add-checkpoint "409 text/x.tlog.size"
ok "which is the one seen" test "$(cat "$work/answer")" = "$(seen)"
printf 'old 0\n\n%s\n' "$note" | sed "s#^$origin#elsewhere#" >"$work/request"
ok "an unknown origin is 404" answers add-checkpoint "404 text/plain; charset=utf-8"
printf 'old 0\n\n%s\n' "$note" | sed '/^—/s/[A-Za-z]\(......\)==$/x\1==/; /^—/!s/^[0-9][0-9]*$/9/' >"$work/request"
ok "a false signature is 403" answers add-checkpoint "403 text/plain; charset=utf-8"
head -c 200000 /dev/zero | tr '\0' a >"$work/request"
ok "too long a request is 400" answers add-checkpoint "400 text/plain; charset=utf-8"
ok "GET of a write is not found" test "$(curl -s -o /dev/null -w '%{http_code}' "$url/add-checkpoint")" = 405

# --- the witness dies under load and stays monotone
busy() {
	before=$(seen)
	for round in 1 2 3 4 5 6; do
		acts 3 >/dev/null
		seal
		once >/dev/null 2>&1 &
		asker=$!
		sleep 0.0"$round"
		kill -9 "$w1"
		wait "$asker"
		serve w1 --plain || return 1
		w1=$pid
		now=$(seen)
		[ "$now" -ge "$before" ] || { echo "went back from $before to $now" >&2; return 1; }
		before=$now
	done
}
ok "kill -9 never makes it forget" busy
ok "and it goes on" exits 0 once
ok "to the end" test "$(seen)" = "$(size)"

# --- a silent witness
ok "alarm after a minute's silence" exits 0 "$b" journal set witness.alarm-minutes 1 --data "$data"
kill "$w1"
wait "$w1" 2>/dev/null
acts 2 >/dev/null
seal
ok "a silent witness is logged, acts go on" says つながりません once
ok "the start is only warned" ends 0 確かめられませんでした ask
old=$(sqlite3 "$store" 'SELECT count(*) FROM journal_cosignature')
# The clock of the test is the store's: cosignatures of two minutes ago.
aged() { cp "$store" "$work/aged.sqlite" && sqlite3 "$store" 'UPDATE journal_cosignature SET "at" = "at" - 120000'; }
ok "two minutes pass" aged
ok "now it is an alarm" says 証言していません once
serve w1 --plain
w1=$pid
ok "and it comes back" exits 0 once
once
ok "up to date" test "$(seen)" = "$(size)"
ok "cosignatures only grew" test "$(sqlite3 "$store" 'SELECT count(*) FROM journal_cosignature')" -gt "$old"

# --- the central promise: a cut tail, signed anew with the stolen key
backup() { rm -rf "$work/$1" && cp -r "$data" "$work/$1"; }
restore() { rm -rf "$data" && cp -r "$work/$1" "$data"; }
backup early
acts 10 >/dev/null
seal
once
ok "the witness has seen ten more" test "$(seen)" = "$(size)"
backup good
steal() { # the key is copied, the store cut, a sealer's state made by hand: none, so it signs anything
	cp "$data/seal/town/key" "$work/stolen"
	cp "$work/early/bodies/town/store.sqlite" "$store"
	rm -f "$store-wal" "$store-shm" "$data/seal/town/head"
	rm -rf "$data/bodies/town/witness"
	sqlite3 "$store" 'DELETE FROM journal_cosignature'
	cp "$work/stolen" "$data/seal/town/key"
	acts "$1" >/dev/null && seal
}
ok "the thief cuts the tail and signs a shorter journal" steal 2
ok "verify of the house alone sees nothing" exits 0 "$b" verify --data "$data" --checkpoint "$data/seal/town/head"
ok "the start is refused" ends 1 'しかありません' ask
ok "run does not start" ends 2 '次にすること' timeout 60 "$b" run --data "$data" --port 0
was=$(seen)
ok "the witness refuses" says 'が記録簿に証言しません' once
ok "and keeps what it knew" test "$(seen)" = "$was"
restore good
ok "the thief writes more than was cut" steal 40
ok "the start is refused as a fork" ends 1 '中身が違います' ask
ok "the witness refuses the fork" says 'が記録簿に証言しません' once
ok "and still knows the honest one" test "$(seen)" = "$was"
none() { [ "$(sqlite3 "$store" 'SELECT count(*) FROM journal_cosignature')" = 0 ]; }
ok "not one cosignature for the thief" none

# --- a whole machine put back (VM restore)
restore early
ok "an old machine put back whole is refused at the start" ends 1 'bansho restore' ask
ok "run refuses, too" ends 2 '番所を始めません' timeout 60 "$b" run --data "$data" --port 0
despite() { # begins all the same when told so
	"$b" run --data "$data" --port 0 --plain --despite-witness >"$work/despite" 2>&1 &
	runner=$!
	for _ in $(seq 300); do grep -q '^ready' "$work/despite" && break; sleep 0.1; done
	kill "$runner"
	wait "$runner"
	grep -q '^ready' "$work/despite"
}
ok "unless the operator says so" despite
restore good

# --- only the store put back: what stands beside it remembers, without any network
kill "$w1"
wait "$w1" 2>/dev/null
cp "$work/early/bodies/town/store.sqlite" "$store"
rm -f "$store-wal" "$store-shm" "$data/seal/town/head"
ok "an old store alone is refused without network" ends 1 'の証言の控え' ask
restore good
cp "$work/early/bodies/town/store.sqlite" "$store"
rm -rf "$store-wal" "$store-shm" "$data/bodies/town/witness"
ok "and by the sealer's own head" ends 1 '署名のプログラム' ask
restore good
cut_note() { # a cosigned checkpoint taken out of the store
	top=$(sqlite3 "$store" 'SELECT max(size) FROM journal_cosignature')
	sqlite3 "$store" "DELETE FROM journal_checkpoint WHERE id >= $top"
}
ok "a cosigned checkpoint vanishes" cut_note
ok "verify finds it" ends 1 '証言した' "$b" verify --data "$data"
restore good

# --- keys roll and years turn without anybody's word
port=${w1_url##*:}
serve w1 --plain
w1=$pid
roll() { "$driver" roll "$data" "$programs" && acts 3 >/dev/null; }
vkey_now() { "$w" log list --data "$work/w1" | awk -F '\t' -v o="$1" '$1 == o { print $4 }'; }
was=$(vkey_now "$origin")
ok "the key rolls" roll
ok "and rolls, unseen by the witness" roll
ok "and rolls" roll
seal
ok "asked, it follows from key to key" exits 0 once
ok "to the newest checkpoint" test "$(seen)" = "$(size)"
ok "under a new key" test "$(vkey_now "$origin")" != "$was"
ok "the start is fine" exits 0 ask
turn() { "$driver" turn "$data" "$programs" && acts 3 >/dev/null && roll; }
ok "the year turns, and a key rolls in the next" turn
seal
next=${origin%/*}/2027
seen_next() { "$w" log list --data "$work/w1" | awk -F '\t' -v o="$next" '$1 == o { print $2 }'; }
ok "asked, it goes over to the next year" exits 0 once
first=$(sqlite3 "$store" 'SELECT max(first) FROM journal_log')
ok "to its newest checkpoint" test "$((first + $(seen_next)))" = "$(size)"
closed() { "$w" log list --data "$work/w1" | grep -F "$origin" | grep -q closed; }
ok "the old year is closed" closed
ok "the start is fine in the new year" exits 0 ask
ok "verify knows how far over both years" json "d['ok'] and d['cosigned'][0]['size'] == $(size)" "$b" verify --data "$data" --json
ok "the export of both years too" exits 0 "$b" export "$work/years.zip" --data "$data"
ok "verified" json "d['ok'] and d['cosigned'][0]['size'] == d['size'] == $(size)" "$b" verify "$work/years.zip" --witness "$vkey1" --json
backup later
restore good
ok "a machine of last year is refused at the start" exits 1 ask
restore later
"$w" init --data "$work/w4" --name late.example/w4 >/dev/null
ok "a witness that comes late, with the newest key only" exits 0 "$w" log add "$next" \
	"$(sqlite3 "$store" 'SELECT vkey FROM journal_log_key ORDER BY id DESC LIMIT 1')" --data "$work/w4"
unset port
ok "serves" serve w4 --plain
"$b" journal witness add "$("$w" vkey --data "$work/w4")" --url "$url" --data "$data" >/dev/null
once >/dev/null 2>&1
ok "cosigns from there on" json "[x for x in d if x['name'] == 'late.example/w4'][0]['size'] > $first" "$b" journal witness list --data "$data" --json
"$b" journal witness remove late.example/w4 --data "$data" >/dev/null
origin=$next

# --- HTTPS, with the witness's own certificate
unset port
ok "a second witness over HTTPS" exits 0 "$w" init --data "$work/w2" --name other.example/w2
ok "serves" serve w2
ok "known by its certificate" exits 0 "$b" journal witness add "$("$w" vkey --data "$work/w2")" --url "$url" \
	--ca "$work/w2/tls/tls-certificate.pem" --data "$data"
ok "it is told of the log" exits 0 "$w" log add "$origin" "$(newest_vkey)" --data "$work/w2"
once >/dev/null 2>&1
ok "it cosigns" json "[x for x in d if x['name'] == 'other.example/w2'][0]['size'] > 20" "$b" journal witness list --data "$data" --json
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -days 2 \
	-keyout "$work/other-key.pem" -out "$work/other.pem" 2>/dev/null
ok "another certificate is not taken" exits 0 "$b" journal witness add "$("$w" vkey --data "$work/w2")" --url "$url" --ca "$work/other.pem" --data "$data"
ok "and is only a warning" ends 0 'other.example/w2 に確かめられませんでした' ask
ok "a witness is let go" exits 0 "$b" journal witness remove other.example/w2 --data "$data"

# --- carried files
ok "a third witness without a network" exits 0 "$w" init --data "$work/w3" --name carried.example/w3
vkey3=$("$w" vkey --data "$work/w3")
ok "is chosen" exits 0 "$b" journal witness add "$vkey3" --data "$data"
ok "and told of the log" exits 0 "$w" log add "$origin" "$(newest_vkey)" --data "$work/w3"
out() { "$b" journal carry out "$1" --witness carried.example/w3 --data "$data"; }
take_in() { "$b" journal carry in "$1" --data "$data"; }
ok "which witness must be said" ends 2 --witness "$b" journal carry out "$work/x" --data "$data"
ok "a request is written" exits 0 out "$work/1.req"
acts 5 >/dev/null
ok "it is answered" ends 0 証言しました "$w" carry "$work/1.req" "$work/1.ans" --data "$work/w3"
ok "the answer is for the body" says '返事のファイルです' "$w" carry "$work/1.ans" "$work/x" --data "$work/w3"
ok "the request is for the witness" says '依頼のファイルです' take_in "$work/1.req"
ok "the answer is kept" ends 0 受け取りました take_in "$work/1.ans"
ok "twice is once" ends 0 すでに take_in "$work/1.ans"
ok "the next request goes on from there" exits 0 out "$work/2.req"
ok "by a proof" grep -q '^old [1-9]' "$work/2.req"
ok "answered" exits 0 "$w" carry "$work/2.req" "$work/2.ans" --data "$work/w3"
ok "carried twice it is answered again" ends 0 前にも "$w" carry "$work/2.req" "$work/2b.ans" --data "$work/w3"
ok "an older file is told to be old" ends 1 古い "$w" carry "$work/1.req" "$work/x" --data "$work/w3"
ok "another witness says so" ends 1 別の証人 "$w" carry "$work/2.req" "$work/x" --data "$work/w1"
ok "the remade answer is as good" exits 0 take_in "$work/2b.ans"
acts 3 >/dev/null
seal
ok "a request from too far on" exits 0 "$b" journal carry out "$work/3.req" --from "$(($(size) - first))" --witness carried.example/w3 --data "$data"
ok "is told what is missing" ends 1 'carry out --from' "$w" carry "$work/3.req" "$work/x" --data "$work/w3"
head -c 150 "$work/2.ans" >"$work/cut.ans"
ok "a torn file is refused" ends 2 もう一度写してください take_in "$work/cut.ans"
sed 's/^— carried.example.w3 ...../&x/' "$work/2.ans" >"$work/bent.ans"
ok "a bent answer is not kept" exits 2 take_in "$work/bent.ans"
ok "verify knows both" json "d['ok'] and {x['witness'] for x in d['cosigned'] if x['size'] > 0} == {'pref.example/w1', 'carried.example/w3'}" \
	"$b" verify --data "$data" --json
sqlite3 "$store" "UPDATE journal_cosignature SET line = replace(line, 'A', 'B') WHERE witness LIKE 'carried%'"
ok "an edited cosignature is found" ends 1 書き換えられています "$b" verify --data "$data"
plan_done
