#!/bin/sh
# Several logs before the checker that shares no code with ours: keys rolled, a year turned, exports as ZIP, as a
# folder and of one object. usage: logs_test.sh PROGRAMS DRIVER PACK
programs=$1
driver=$2
pack=$3
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../tap.sh"
data=$work/data
b=$programs/bansho
export CLOCK_FILE="$work/clock"
echo 0 >"$CLOCK_FILE"
check() { python3 "$here/check_journal.py" "$@"; }

make() {
	"$b" init --data "$data" --body logs --name 試験市 --pack "$pack" --admin root1 --admin-name "試験 太郎" --admin-number 1 &&
		"$driver" fill "$data" "$programs" 270 && "$b" journal roll --data "$data" &&
		"$driver" fill "$data" "$programs" 20 && "$b" journal roll --data "$data" &&
		"$driver" fill "$data" "$programs" 20 && cp "$data/seal/logs/head" "$work/kept" &&
		echo 36000000000 >"$CLOCK_FILE" && "$driver" fill "$data" "$programs" 5 && "$driver" turn "$data" "$programs" &&
		"$driver" fill "$data" "$programs" 40
}
ok "a journal of two years, with three keys in the first" make
ok "it is exported" "$b" export --data "$data" "$work/all.zip"
mkdir "$work/all"
unzip -q "$work/all.zip" -d "$work/all"
two() { [ "$(wc -l <"$work/all/logs/index")" = 2 ]; }
ok "as two logs" two
ok "the export holds" exits 0 check "$work/all.zip"
ok "as a folder too" exits 0 check "$work/all"
n=0
for vkeys in "$work"/all/logs/*/vkeys; do
	while read -r vkey; do
		n=$((n + 1))
		ok "it holds by key $n, known from elsewhere" exits 0 check "$work/all" --vkey "$vkey"
	done <"$vkeys"
done
ok "four keys in all" test "$n" = 4
ok "it extends a head kept from before the turn" exits 0 check "$work/all" --kept "$work/kept"
ok "another key is none of this journal" says "none of this journal" check "$work/all" --vkey \
	"x+8cbfa6a1+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

spoilt() { # WORDS COMMAND...: after the command in a copy, the checker says the words and ends with 1
	words=$1
	shift
	rm -rf "$work/copy"
	cp -r "$work/all" "$work/copy"
	(cd "$work/copy/logs" && "$@") && says "$words" check "$work/copy" && exits 1 check "$work/copy"
}
year=$(head -n 1 "$work/all/logs/index")
next=$(tail -n 1 "$work/all/logs/index")
ok "keys in another order are found" spoilt "order of keys" sh -c "sort -r $year/vkeys >x; [ \"\$(cat x)\" != \"\$(cat $year/vkeys)\" ] || sort $year/vkeys >x; mv x $year/vkeys"
ok "a year left out is found" spoilt "key-other" sh -c "sed -i 1d index; rm -r $year"
ok "years in another order are found" spoilt "turn-wrong" sh -c "echo $next >index; echo $year >>index"
ok "a roll under no checkpoint of the key before is found" spoilt "key-other" sh -c "rm -r $year/checkpoints"
ok "a first number changed is found" spoilt "turn-wrong" sh -c "echo 5 >$next/first"
for about in unit:2 unit:300 body; do
	"$b" export --data "$data" --about "$about" "$work/one.zip" >/dev/null 2>&1 || continue
	ok "the export of $about holds" exits 0 check "$work/one.zip"
	rm -f "$work/one.zip"
done
plan_done
