#!/bin/sh
# A new version of the policy with the real programs, whose day is faked (clock_at.c).
# usage: enact_test.sh PROGRAMS CLOCK_AT.so PACK
programs=$1
preload=$2
pack=$3
here=$(cd "$(dirname "$0")" && pwd)
ports=29000
. "$(dirname "$0")/moved_clock.sh"
b=$programs/bansho

day_iso() { # the day that is so many days from the machine's, in Japan
	TZ=Asia/Tokyo date -d "$1 days" +%F
}
at() { LD_PRELOAD="$preload" "$@"; }
state_of() { # NO STATE
	json "[v['state'] for v in d if v['no'] == $1] == ['$2']" at "$b" pack versions --data "$data" --json
}

# The first version names nobody who publishes, whatever the pack does: then the command line does.
cp -r "$pack" "$work/first"
sed -i '/^publishes:/d' "$work/first/pack.yaml"
at "$b" init --data "$data" --body town --name 試験町 --pack "$work/first" --admin root --admin-name "管理 者" --admin-number 1 \
	--lang ja >"$work/init" 2>&1
password=$(sed -n 's/^仮パスワード: //p' "$work/init")
ok "a body's pack is its first version" json "len(d) == 1 and d[0]['state'] == 'in-force'" at "$b" pack versions --data "$data" --json
digest=$(at "$b" pack versions --data "$data" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["digest"])')
ok "and lies on the shelf" test -f "$data/bodies/town/packs/$digest/pack.yaml"

cp -r "$work/first" "$work/same"
python3 "$here/next_version.py" "$work/first" "$work/second" >"$work/gone"
python3 "$here/next_version.py" "$work/second" "$work/third" 3.0
ok "the next version loads" at "$b" pack check "$work/second"
ok "diff: a renumbered chapter is moved, one clause is new and one gone" json \
	"d['duties']['new'] == 1 and d['duties']['gone'] == 1 and any(c['kind'] == 'moved' and c['before']['id'] == '9.3.b' and c['after']['id'] == '12.3.b' for c in d['clauses'])" \
	"$b" pack diff "$work/first" "$work/second" --json
ok "diff in words marks what is gone and new" says '{+公開する予定+}' "$b" pack diff "$work/first" "$work/second" --lang ja
ok "nothing is different from itself" json "d['duties']['kept'] == sum(d['duties'].values()) and d['parts'] == []" \
	"$b" pack diff "$work/first" "$work/same" --json
ok "propose" at "$b" pack propose "$work/second" --data "$data"
ok "the same again is refused" refuses "同じ内容の版" at "$b" pack propose "$work/second" --data "$data" --lang ja
ok "it is no version in force yet" state_of 2 proposed
ok "another body's policy is refused" sh -c "sed 's/^id: .*/id: other/' '$work/second/pack.yaml' >'$work/id' && cp -r '$work/second' '$work/other' && cp '$work/id' '$work/other/pack.yaml'"
ok "by its id" refuses "この団体の方針は" at "$b" pack propose "$work/other" --data "$data" --lang ja
ok "a day that has passed is refused" refuses "施行日" at "$b" pack publish 2 --effective "$(day_iso -1)" --data "$data" --lang ja
ok "publish for tomorrow" at "$b" pack publish 2 --effective "$(day_iso 1)" --data "$data"
ok "published, not in force" state_of 2 published

# ---- While people work, midnight comes ----
LD_PRELOAD="$preload" "$b" run --data "$data" --plain --port "$port" >"$work/run.out" 2>"$work/run.err" &
running=$!
wait_for() { # SECONDS COMMAND...
	left=$(($1 * 5))
	shift
	until "$@" >/dev/null 2>&1; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 0.2
	done
}
ok "the programs run" wait_for 30 grep -q '^ready' "$work/run.out"
jar=$work/jar
page() { curl -sS --retry 40 --retry-connrefused --retry-delay 1 --retry-all-errors --max-time 20 -b "$jar" -c "$jar" "$@"; }
csrf() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1; }
sign_in() {
	page -o /dev/null -H "Origin: $base" --data-urlencode "login=root" --data-urlencode "password=$password" "$base/sign-in"
	token=$(page "$base/password" | csrf)
	page -o /dev/null -H "Origin: $base" --data-urlencode "csrf=$token" \
		--data-urlencode "present=$password" --data-urlencode "password=tanuki-no-harappa-27" --data-urlencode "again=tanuki-no-harappa-27" "$base/password"
	page "$base/policy" | grep -q 'name="words"'
}
ok "somebody signs in" sign_in
page "$base/policy" >"$work/policy.before"
ok "its chapter has its old number" grep -q '9\.3 b)' "$work/policy.before"
( while [ ! -e "$work/stop" ]; do
	page -o /dev/null -w '%{http_code}\n' "$base/sign-in" >>"$work/codes" 2>>"$work/codes.err"
	sleep 0.1
done ) &
asking=$!
days 1
ok "at its day it is in force with nobody present" wait_for 60 state_of 2 in-force
ok "the version before is past" state_of 1 past
in_second() { # a day has passed: the session has ended with it
	page -o /dev/null -H "Origin: $base" --data-urlencode "login=root" --data-urlencode "password=tanuki-no-harappa-27" "$base/sign-in"
	page "$base/policy" | grep -q '12\.3 b)'
}
ok "the pages show the new version" wait_for 30 in_second
touch "$work/stop"
wait "$asking"
ok "no request was lost beyond a retry" sh -c 'sort "$1" | uniq -c; ! grep -vq "^200$" "$1"' sh "$work/codes"
ok "the clock goes on under it" wait_for 60 sh -c 'grep -c "bansho-clock" "$1" | grep -qv "^0$"' sh "$work/run.err"
privileged() { # as whoever operates must say before they act
	token=$(page "$base/privileges" | csrf)
	[ "$(page -o "$work/opened" -w '%{http_code}' -H "Origin: $base" --data-urlencode "csrf=$token" --data-urlencode "reason=名称の変更" \
		--data-urlencode "minutes=30" "$base/privileges/open")" = 303 ]
}
ok "a privileged window is opened under the new version" privileged
name_it() { # an act of the web
	token=$(page "$base/settings" | csrf)
	code=$(page -o "$work/act" -w '%{http_code}' -H "Origin: $base" --data-urlencode "csrf=$token" --data-urlencode "name=新試験町" \
		--data-urlencode "address=" "$base/settings/body")
	[ "$code" = 303 ] && page "$base/settings" | grep -q 新試験町 || { echo "$code"; cat "$work/act"; return 1; }
}
ok "an act under the new version is done" name_it

# ---- What the version in force says about the next ----
ok "propose a third" at "$b" pack propose "$work/third" --data "$data"
ok "now only the role it names publishes" refuses "役割" at "$b" pack publish 3 --effective "$(day_iso 5)" --data "$data" --lang ja
kill "$running"
wait "$running"
running=""

# ---- Carried along ----
ok "a backup" at "$b" backup "$work/backup.zip" --data "$data" --with-key
ok "is restored" at "$b" restore "$work/backup.zip" --data "$work/again"
ok "with every version" test -f "$work/again/bodies/town/packs/$digest/pack.yaml"
ok "and the one in force" json "[v['no'] for v in d if v['state'] == 'in-force'] == [2]" at "$b" pack versions --data "$work/again" --json
mv "$data/bodies/town/packs" "$work/packs"
ok "without its files it says what to bring back" refuses "控えから packs フォルダーを戻してください" at "$b" status --data "$data" --lang ja
mv "$work/packs" "$data/bodies/town/packs"
second=$(at "$b" pack versions --data "$data" --json | python3 -c 'import json, sys; print([v["digest"] for v in json.load(sys.stdin) if v["no"] == 2][0])')
chmod u+w "$data/bodies/town/packs/$second/pack.yaml"
echo "# changed" >>"$data/bodies/town/packs/$second/pack.yaml"
ok "changed files are not taken for the version" refuses "しまったときと違います" at "$b" status --data "$data" --lang ja
sed -i '$d' "$data/bodies/town/packs/$second/pack.yaml"
ok "put right, it goes on" at "$b" status --data "$data"
ok "everything verifies" at "$b" verify --data "$data"
plan_done
