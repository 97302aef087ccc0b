#!/bin/sh
# The command line as an operator uses it. usage: cli_test.sh PROGRAMS PACK
programs=$1
pack=$2
work=$(mktemp -d)
running=""
finish() {
	[ -n "$running" ] && kill "$running" 2>/dev/null && wait "$running" 2>/dev/null
	mountpoint -q "$work/small" 2>/dev/null && umount "$work/small"
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho
demo=$work/demo
store=$demo/bodies/takamatsu-demo/store.sqlite

# --- help and exit statuses
for command in init demo run import user person keys pack evidence verify export backup restore status setup setup-code upgrade rollback config; do
	ok "$command --help says how and ends with 0" exits 0 says "bansho $command" "$b" $command --help
done
ok "help lists the commands and the exit statuses" says "終了状態" "$b" --help
ok "in English where the place or --lang says so" exits 0 "$b" verify --help --lang en
ok "an unknown command cannot run" exits 2 "$b" frobnicate
ok "an unknown option cannot run" exits 2 "$b" verify --frobnicate
ok "an option without its value cannot run" exits 2 "$b" verify --data
ok "without --data it says what is missing" says "--data" "$b" evidence
ok "no body: run says what to do" says "bansho demo" "$b" run --data "$work/nothing"
ok "no body: exit 2" exits 2 "$b" run --data "$work/nothing"
ok "errors are JSON too" json 'd["errors"][0]["kind"] == "missing" and d["errors"][0]["words"]' \
	"$b" status --data "$work/nothing" --json

# --- packs
ok "pack check counts every clause of Takamatsu" json \
	'd["clauses"] == 413 and d["forms"] == 37 and d["without_evidence"] == 0 and d["errors"] == []' "$b" pack check "$pack" --json
ok "a good pack ends with 0" exits 0 "$b" pack check "$pack"
cp -r "$pack" "$work/pack"
sed -i 's/^    scope: body$/    scope: planet/' "$work/pack/roles.yaml"
echo 'surprise: yes' >>"$work/pack/pack.yaml"
ok "a bad pack ends with 1" exits 1 "$b" pack check "$work/pack"
ok "its mistakes come all at once, with file and line" json \
	'len(d["errors"]) >= 2 and {e["file"] for e in d["errors"]} >= {"roles.yaml", "pack.yaml"} and all(e["line"] > 0 for e in d["errors"])' \
	"$b" pack check "$work/pack" --json
ok "a pack that is not there cannot be checked" exits 2 "$b" pack check "$work/no-pack"
cp -r "$(dirname "$0")/packs/whole" "$work/whole"
ok "a pack with nothing to mend has no warning" json 'd["errors"] == [] and d["warnings"] == []' \
	"$b" pack check "$work/whole" --json
sed -i 's/平成26年法律第104号/平成28年法律第31号/' "$work/whole/clauses/01.yaml"
sed -i '/町長が指名する/d' "$work/whole/roles.yaml"
ok "a warning has its code, file and line" json \
	'[(w["code"], w["file"], w["line"] > 0) for w in d["warnings"]] == [("statute-number", "clauses/01.yaml", True), ("role-not-appointed", "roles.yaml", True)]' \
	"$b" pack check "$work/whole" --json
ok "warnings stop nothing" exits 0 "$b" pack check "$work/whole"
ok "warnings stand under their file" says "clauses/01.yaml" "$b" pack check "$work/whole"
ok "warnings are counted by kind" says "1 statute-number" "$b" pack check "$work/whole"

# --- demo
first() { "$b" demo --data "$demo" --seed 7 --today 2026-11-20 --json; }
ok "demo makes a body without one refused act" json \
	'd["refused"] == 0 and d["staff"] == 300 and d["units"] == 30 and d["assets"] == 2000' first
cp "$work/json" "$work/first.json"
ok "a second demo in the same place is refused" exits 2 "$b" demo --data "$demo"
ok "the pack of a body is checked against its people" json \
	'[w["words"] for w in d["warnings"] if w["code"] == "role-unheld" and w["file"] == "roles.yaml"]' \
	"$b" pack check --data "$demo" --json
ok "without a folder and without a body there is nothing to check" exits 2 "$b" pack check
ok "and says that the body is there" says "takamatsu-demo" "$b" demo --data "$demo"
again() { "$b" demo --data "$work/again" --seed 7 --today 2026-11-20 --json; }
ok "the same seed makes the same body" json "d == json.load(open('$work/first.json'))" again
names() { # names stand there only sealed; their list is what the program reads
	"$b" user list --data "$1"
	sqlite3 "$1/bodies/takamatsu-demo/store.sqlite" \
	"SELECT number, until FROM people_person ORDER BY id; SELECT number, state FROM flow_dossier ORDER BY id"; }
same_names() { [ "$(names "$demo")" = "$(names "$work/again")" ]; }
ok "down to names and states" same_names
states() { [ "$(sqlite3 "$store" 'SELECT count(DISTINCT state) FROM flow_dossier')" = 8 ]; }
ok "with dossiers in every state" states
overdue() { [ "$(sqlite3 "$store" "SELECT count(*) FROM flow_step WHERE escalated IS NOT NULL")" -gt 0 ]; }
ok "some of them escalated" overdue
ok "verify finds nothing wrong" json 'd["ok"] and d["total"] == 0 and d["size"] == d["signed"] > 5000' \
	"$b" verify --data "$demo" --json
ok "verify of the store file alone as well" exits 0 "$b" verify "$store"
ok "--entries goes on until there are so many" json 'd["entries"] >= 3000 and d["refused"] == 0' \
	"$b" demo --data "$work/tiny" --staff 40 --assets 100 --entries 3000 --json
ok "a number out of bounds is refused with its bounds" says "20" "$b" demo --data "$work/x" --staff 1

# --- evidence, status
ok "evidence lists every clause with state and why" json \
	'len(d["clauses"]) == 413 and all(c["clause"] and c["state"] and c["why"] for c in d["clauses"])' "$b" evidence --data "$demo" --json
# As the demonstration left it on its last day, whatever day it is now.
last_day() { "$b" evidence --data "$demo" --at 2026-11-20 --json >"$work/last.json"; }
ok "what stood on the demonstration's last day can be read" last_day
ok "records show most clauses" json \
	'd["states"]["fulfilled"] + d["states"]["enforced"] > 413 / 3 and d["states"]["missing"] < 413 / 5' cat "$work/last.json"
ok "missing is only what a part of Bansho still to come would show, each with that reason" \
	python3 "$(dirname "$0")/only_awaited.py" "$work/last.json"
ok "a program is told for which part a clause waits" json \
	'{part for c in d["clauses"] for part in c.get("awaits", [])} == {"gate", "zone", "watch"}' "$b" evidence --data "$demo" --json
ok "evidence of a past day is what was written down then" json 'd["entry"] > 0 and len(d["clauses"]) == 413 and d["rings"]["done"] > 0' \
	"$b" evidence --data "$demo" --at "$(date -d '-40 days' +%F)" --json
ok "a day before the first record is said to have none" says "最初の記録" "$b" evidence --data "$demo" --at H20.4.1
ok "a day that is none is refused" says "日付が読めません" "$b" evidence --data "$demo" --at きのう
ok "status is one JSON object" json 'd["entries"] == d["signed"] and d["body"] == "takamatsu-demo"' \
	"$b" status --data "$demo" --json

# --- init and users
init() { "$b" init --data "$work/own" --body town --name 見本町 --pack "$(dirname "$pack")/../packs/./$(basename "$pack")" --admin Kanri --admin-name "山﨑 花子" --admin-number 0001; }
ok "init shows the temporary password once" says "仮パスワード" init
ok "the pack is copied whole, from whatever path" "$b" pack check "$work/own/bodies/town/pack"
ok "the public key lies beside the store" says "town.bansho" cat "$work/own/bodies/town/vkey"
ok "init does not touch a body that is there" exits 2 init
ok "init names what is missing" says "--admin" "$b" init --data "$work/own2" --body town --name x --pack "$pack"
ok "nothing is made of a bad pack" exits 2 "$b" init --data "$work/own3" --body town --name x --pack "$work/pack" \
	--admin a1 --admin-name x --admin-number 1
ok "not even a folder" test ! -e "$work/own3/bodies/town"
ok "user list shows the operator" json 'd[0]["login"] == "kanri" and "operator" in d[0]["grants"] and d[0]["state"] == "temporary"' \
	"$b" user list --data "$work/own" --json
ok "user reset gives a new password" says "仮パスワード" "$b" user reset kanri --data "$work/own"
ok "the last operator cannot be taken away" exits 2 "$b" user grant kanri --kind operator --end --data "$work/own"
ok "who runs it is not made its auditor" says "監査の担当になれません" "$b" user grant 0001 --kind auditor --data "$work/own"
ok "user grant" exits 0 "$b" user grant 0001 --kind ledger --data "$work/own"
ok "an unknown person is said" says "nobody" "$b" user close nobody --data "$work/own"

# --- import: what groupware really writes
printf '所属コード,所属名,種別,上位所属コード\r\n0100,総務局,局,\r\n0101,総務課,課,0100\r\n' |
	iconv -f UTF-8 -t CP932 >"$work/units.csv"
ok "units in CP932: the preview counts" json 'd["added"] == 2 and not d["applied"] and d["encoding"] == "CP932"' \
	"$b" import units "$work/units.csv" --data "$work/own" --json
digest=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["digest"])' "$work/json")
ok "a preview changes nothing" json 'd["added"] == 2' "$b" import units "$work/units.csv" --data "$work/own" --json
zeros=0000000000000000000000000000000000000000000000000000000000000000
ok "another digest than the preview's is refused" exits 2 \
	"$b" import units "$work/units.csv" --data "$work/own" --apply --digest $zeros
ok "apply with the digest does it" json 'd["applied"]' \
	"$b" import units "$work/units.csv" --data "$work/own" --apply --digest "$digest" --json
ok "the same file again changes nothing" json 'd["added"] == 0 and d["same"] == 2' \
	"$b" import units "$work/units.csv" --data "$work/own" --json
{
	printf '\377\376'
	printf '職員番号\t氏名\t氏名カナ\t所属コード\t職名\tログイン名\r\n0010\t髙橋 優\tタカハシ ユウ\t0101\t課長\ttakahashi\r\n0011\t𠮷田 学\tヨシダ マナブ\t0101\t主事\t\r\n' |
		iconv -f UTF-8 -t UTF-16LE
} >"$work/staff.csv"
ok "staff in UTF-16LE with tabs called CSV" json 'd["added"] == 2 and d["encoding"].startswith("UTF-16LE")' \
	"$b" import staff "$work/staff.csv" --data "$work/own" --json
ok "applied with accounts" exits 0 "$b" import staff "$work/staff.csv" --data "$work/own" --yes --accounts "$work/passwords.csv"
ok "whose passwords stand in a file only the owner reads" sh -c \
	"grep -q takahashi '$work/passwords.csv' && [ \$(stat -c %a '$work/passwords.csv') = 600 ]"
ok "supplementary characters came through" sh -c "'$b' user list --data '$work/own' | grep -q 髙橋"
printf '職員番号,氏名,所属コード\r\n0012,見本 一,9999\r\n' >"$work/wrong.csv"
ok "a wrong row is exit 1" exits 1 "$b" import staff "$work/wrong.csv" --data "$work/own"
ok "with its line" json 'any(f["line"] == 2 and not f["hint"] for f in d["faults"])' \
	"$b" import staff "$work/wrong.csv" --data "$work/own" --json
ok "and is not applied" json 'not d["applied"]' "$b" import staff "$work/wrong.csv" --data "$work/own" --yes --json
ok "no table at all is refused" exits 2 "$b" import staff "$store" --data "$work/own"
printf '情報資産名,形態,保管場所,所管課,重要性分類\r\n課税台帳,USBメモリ,金庫,総務課,Ⅰ\r\n広報写真,NAS,サーバ室,総務課,Ⅲ\r\n' |
	iconv -f UTF-8 -t CP932 >"$work/assets.csv"
ok "the ledger from CP932" json 'd["applied"] and d["added"] == 2 and d["wrong"] == 0' \
	"$b" import ledger "$work/assets.csv" --data "$work/own" --yes --json
ok "after all that the journal verifies" exits 0 "$b" verify --data "$work/own"

# --- proof
ok "export writes a bundle" exits 0 "$b" export "$work/all.zip" --data "$demo"
ok "which verifies without the store" json 'd["ok"] and d["size"] > 5000' "$b" verify "$work/all.zip" --json
ok "export of one dossier" exits 0 "$b" export "$work/one.zip" --data "$demo" --about dossier:12
ok "verifies too" exits 0 "$b" verify "$work/one.zip"
ok "export does not write over a file" exits 2 "$b" export "$work/one.zip" --data "$demo"
cp "$demo/seal/takamatsu-demo/head" "$work/earlier"
vkey=$(cat "$demo/seal/takamatsu-demo/vkey")
ok "with the key known from elsewhere" json 'd["ok"] and d["key_given"]' "$b" verify "$store" --key "$vkey" --json
ok "another key is found out" exits 1 "$b" verify "$store" --key "$(cat "$work/own/seal/town/vkey" 2>/dev/null)"
cp -r "$demo" "$work/tampered"
sqlite3 "$work/tampered/bodies/takamatsu-demo/store.sqlite" "UPDATE flow_dossier SET purpose = 'x' WHERE id = 12"
ok "a row changed behind our back is exit 1" exits 1 "$b" verify --data "$work/tampered"
ok "and named" json 'any(f["kind"] == "row-edited" for f in d["findings"])' "$b" verify --data "$work/tampered" --json
cut_tail() {
	rm -rf "$work/cut" && cp -r "$demo" "$work/cut"
	sqlite3 "$work/cut/bodies/takamatsu-demo/store.sqlite" \
		"DELETE FROM journal_checkpoint WHERE id > 1000; DELETE FROM journal_entry WHERE id >= 6000; DELETE FROM journal_tile"
	! "$b" verify "$work/cut/bodies/takamatsu-demo/store.sqlite" --checkpoint "$work/earlier"
}
ok "a cut tail is found with an earlier checkpoint" cut_tail
ok "verify of something else cannot run" exits 2 "$b" verify "$0"

# --- backup and restore
acting() { n=0; while [ ! -e "$work/stop" ]; do "$b" user reset kanri --data "$work/own" >/dev/null 2>&1; n=$((n + 1)); done; echo $n >"$work/acted"; }
acting &
actor=$!
ok "backup while acts run" json 'd["size"] > 0 and not d["key"]' "$b" backup "$work/own.zip" --data "$work/own" --json
ok "backup into a folder" exits 0 "$b" backup "$work/own-folder" --data "$work/own"
touch "$work/stop"
wait $actor
ok "restore proves the head and says so" says "検証点と合っています" "$b" restore "$work/own.zip" --data "$work/back"
ok "what was restored verifies" exits 0 "$b" verify --data "$work/back"
ok "it has no signing key, and says so" says "署名鍵がありません" "$b" restore "$work/own-folder" --data "$work/back2"
ok "restore never writes over a body" exits 2 "$b" restore "$work/own.zip" --data "$work/back"
ok "backup never writes over a file" exits 2 "$b" backup "$work/own.zip" --data "$work/own"
ok "with the key when asked" json 'd["key"]' "$b" backup "$work/key.zip" --data "$work/own" --with-key --json
ok "restore with the key" exits 0 "$b" restore "$work/key.zip" --data "$work/back3"
ok "without the key ring it does not begin, and says what to do" says "keys import" "$b" user reset kanri --data "$work/back3"
ok "a copy of the ring" exits 0 "$b" keys export "$work/ring" --data "$work/own"
ok "comes back" json 'd["taken"] > 1' "$b" keys import "$work/ring" --data "$work/back3" --json
ok "goes on signing" json 'd["signed"] == d["entries"]' sh -c \
	"'$b' user reset kanri --data '$work/back3' >/dev/null && '$b' status --data '$work/back3' --json"
tampered_backup() {
	rm -rf "$work/t" && cp -r "$work/own-folder" "$work/t"
	sqlite3 "$work/t/store.sqlite" "UPDATE people_person SET family = 'x'"
	"$b" restore "$work/t" --data "$work/back4"
}
ok "a backup whose files changed is refused" exits 2 tampered_backup
tampered_list() { # the list put right as well: then the journal tells
	rm -rf "$work/t" && cp -r "$work/own-folder" "$work/t"
	sqlite3 "$work/t/store.sqlite" "UPDATE people_person SET family = 'x'"
	python3 - "$work/t" <<'P'
import hashlib, json, sys
path = sys.argv[1] + '/manifest.json'
manifest = json.load(open(path))
for one in manifest['files']:
    one['sha256'] = hashlib.sha256(open(sys.argv[1] + '/' + one['name'], 'rb').read()).hexdigest()
json.dump(manifest, open(path, 'w'))
P
	"$b" restore "$work/t" --data "$work/back4"
}
ok "a tampered backup with a matching list is found out by its journal" exits 1 tampered_list
ok "and nothing was put in place" test ! -e "$work/back4/bodies/town"
ok "a checkpoint later than the backup refuses it" exits 1 \
	"$b" restore "$work/own.zip" --data "$work/back5" --checkpoint "$work/own/seal/town/head"
evil() {
	python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z: z.writestr("pack/../../../evil", "x")' "$work/evil.zip"
	"$b" restore "$work/evil.zip" --data "$work/back6"
}
ok "a backup that would write elsewhere is refused" exits 2 evil

# --- when things go wrong
nokey() {
	mv "$work/own/seal/town/key" "$work/kept"
	"$b" user reset kanri --data "$work/own"
}
ok "without the signing key acts go on" exits 0 nokey
ok "and it says what is the matter" says "署名鍵" "$b" user reset kanri --data "$work/own"
mv "$work/kept" "$work/own/seal/town/key"
ok "with the key back everything gets signed" json 'd["signed"] == d["entries"]' sh -c \
	"'$b' user reset kanri --data '$work/own' >/dev/null && '$b' status --data '$work/own' --json"
mkdir "$work/small"
if mount -t tmpfs -o size=14m none "$work/small" 2>/dev/null; then
	"$b" backup "$work/full.zip" --data "$work/own" --with-key >/dev/null
	"$b" restore "$work/full.zip" --data "$work/small" >/dev/null
	"$b" keys import "$work/ring" --data "$work/small" >/dev/null
	filled() {
		dd if=/dev/zero of="$work/small/filler" bs=4096 >/dev/null 2>&1
		n=0
		while [ $n -lt 300 ]; do "$b" user reset kanri --data "$work/small" || return; n=$((n + 1)); done
	}
	ok "a full disk is said in plain words" says "空き" filled
	rm -f "$work/small/filler"
	ok "with room again acts go on" exits 0 "$b" user reset kanri --data "$work/small"
	ok "and nothing was lost or broken" exits 0 "$b" verify --data "$work/small"
	umount "$work/small"
else
	skip "a full disk is said in plain words" "may not mount here"
fi

# --- run
port=0
"$b" run --data "$demo" --port $port >"$work/run" 2>"$work/run.err" &
running=$!
ready() {
	n=0
	while [ $n -lt 300 ]; do
		grep -q '^ready https://127.0.0.1:' "$work/run" && return 0
		kill -0 $running || { cat "$work/run.err"; return 1; }
		sleep 0.1
		n=$((n + 1))
	done
	cat "$work/run" "$work/run.err" >&2
	return 1
}
ok "run says ready with the address" ready
address=$(sed -n 's/^ready //p' "$work/run")
names_people() {
	n=0
	until grep -q 'shokuin' "$work/run"; do
		[ $n -lt 300 ] || { cat "$work/run" "$work/run.err" >&2; return 1; }
		sleep 0.1
		n=$((n + 1))
	done
}
ok "and whom to sign in as" names_people
ok "the pages answer over TLS" sh -c "curl -skL '$address' | grep -q 番所"
children() { ps -o pid= --ppid $running | wc -l; }
restarts() {
	victim=$(ps -o pid=,args= --ppid $running | awk '/banshod/ { print $1 }')
	kill -9 "$victim"
	n=0
	while [ $n -lt 300 ]; do
		[ "$(grep -c '^ready' "$work/run")" -ge 2 ] && return 0
		sleep 0.1
		n=$((n + 1))
	done
	return 1
}
ok "a program that dies is started again" restarts
ok "acts of the command line work beside the server" exits 0 "$b" user reset shokuin --data "$demo"
all_end() {
	before=$(ps -o pid= --ppid $running)
	kill -TERM $running
	wait $running
	status=$?
	running=""
	for one in $before; do
		! kill -0 "$one" 2>/dev/null || { echo "still there: $one"; return 1; }
	done
	return $status
}
ok "SIGTERM ends all of them, with 0" all_end
ok "and everything is signed and in order" json 'd["ok"] and d["size"] == d["signed"]' "$b" verify --data "$demo" --json
plan_done
