#!/bin/sh
# 10,000 staff imported through the pages: upload, preview, apply, the same file again, and a file of the next year, by curl
# against the real banshod. Beside it the bare reading of the same file (table_read() with its checks).
# usage: import.sh PROGRAMS BENCH
set -eu
programs=$1 bench=$2
. "$(dirname "$0")/lib.sh"
staff=${BENCH_STAFF:-10000} rounds=${BENCH_ROUNDS:-5}

"$programs/bansho" demo --data "$work/demo" --staff 60 --assets 200 --seed 7 >"$work/demo.log" 2>&1
port=$(free_port)
serve_start tls "$work/demo" "$port"
base=https://127.0.0.1:$port
session=$(sign_in "$base" system)
csrf=$(form_word "$base")
privileges_open "$base" 60

# CODES of sections of the demonstration, then a file that names them: FIRST-NUMBER SUFFIX
sqlite3 "$work/demo/bodies/takamatsu-demo/store.sqlite" "SELECT code FROM people_unit WHERE kind = 'section' ORDER BY code" >"$work/units"
file() {
	python3 - "$work/units" "$staff" "$1" <<'P'
import sys
units = open(sys.argv[1]).read().split()
families, given = '佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 髙橋 𠮟野'.split(), '太郎 花子 一郎 陽子 健 恵 翔太 美咲 蓮 葵'.split()
print('職員番号,氏名,フリガナ,所属コード,役職,メールアドレス,ログイン名')
for at in range(int(sys.argv[2])):
    post = '職員' if sys.argv[3] == 'first' or at % 7 else '主任'
    print(f'5{at:05d},{families[at % 12]}　{given[at // 12 % 10]},カナ　カナ,{units[at % len(units)]},{post},s{at}@example.lg.jp,5{at:05d}')
P
}
file first >"$work/first.csv"
file next >"$work/next.csv"

# FILE: upload and preview; the time of both in $work/time, the address of the preview in $work/where
preview() {
	curl -sk -o "$work/answer" -D "$work/head" -w '%{time_total}\n' -H "Cookie: __Host-session=$session" -H 'Sec-Fetch-Site: same-origin' \
		-F csrf="$csrf" -F kind=staff -F "day=$(TZ=Asia/Tokyo date +%F)" -F "file=@$1;filename=staff.csv" "$base/people/import" >"$work/upload"
	where=$(sed -n 's/^[Ll]ocation: *\([^\r]*\).*/\1/p' "$work/head")
	[ -n "$where" ] || { sed "s/<[^>]*>//g" "$work/answer" | grep . | head -n 30 >&2; exit 1; }
	curl -sk -o "$work/page" -w '%{time_total}\n' -H "Cookie: __Host-session=$session" "$base$where" >"$work/preview"
	awk '{ s += $1 } END { print s }' "$work/upload" "$work/preview" >>"$2"
}
apply() {
	digest=$(sed -n 's/.*name="digest" value="\([0-9a-f]*\)".*/\1/p' "$work/page" | head -n 1)
	path=${where%%\?*}
	day=$(sed -n 's/.*name="day" value="\([0-9-]*\)".*/\1/p' "$work/page" | head -n 1)
	curl -sk -o "$work/applied" -D "$work/head" -w '%{time_total}\n' -H "Cookie: __Host-session=$session" -H 'Sec-Fetch-Site: same-origin' \
		-d "csrf=$csrf" -d "digest=$digest" -d kind=staff -d "day=$day" "$base$path/apply" >"$1"
	grep -q '^HTTP/1.1 200' "$work/head" || { head -n 1 "$work/head" >&2; sed 's/<[^>]*>//g' "$work/applied" | grep . | head -n 40 >&2; exit 1; }
}
for _ in $(seq "$rounds"); do preview "$work/first.csv" "$work/new"; done
for _ in $(seq "$rounds"); do $bench/import_bench "$work/first.csv" >>"$work/bare"; done
apply "$work/apply"
kept=$(sqlite3 "$work/demo/bodies/takamatsu-demo/store.sqlite" "SELECT count(*) FROM people_person WHERE number GLOB '5[0-9][0-9][0-9][0-9][0-9]'")
[ "$kept" = "$staff" ] || { echo "$kept persons are kept, not $staff" >&2; exit 1; }
for _ in $(seq "$rounds"); do preview "$work/first.csv" "$work/same"; done
for _ in $(seq "$rounds"); do preview "$work/next.csv" "$work/changed"; done
"$programs/bansho" verify --data "$work/demo" >/dev/null || { echo "the journal does not verify" >&2; exit 1; }
bare=$(median "$work/bare")
say_line "bare reading of the table" "$bare" s
say_line "upload and preview, $staff new" "$(median "$work/new")" s "$(ratio "$(median "$work/new")" "$bare")" "bare reading"
say_line "applied (no accounts)" "$(cat "$work/apply")" s
say_line "with preview, in all" "$(awk -v a="$(median "$work/new")" -v b="$(cat "$work/apply")" 'BEGIN { print a + b }')" s
say_line "preview, nothing changed" "$(median "$work/same")" s
say_line "preview, every seventh changed" "$(median "$work/changed")" s
