# Sourced by directory_test.sh: the same directory through banshod, in a body of its own.
"$b" init --data "$data" --body town --name 見本町 --pack "$pack" --admin kanri --admin-name "山﨑 花子" --admin-number 1 \
	--lang ja >"$work/init" 2>&1 || cat "$work/init"
code=$(sed -n 's/^仮パスワード: //p' "$work/init")
printf '所属コード,所属名,種別,上位所属コード\n0101,総務課,課,\n' >"$work/units.csv"
"$b" import units "$work/units.csv" --data "$data" --yes >"$work/said" 2>&1 || cat "$work/said"
printf '職員番号,氏名,フリガナ,所属コード,職名\n101,鈴木 一郎,スズキ イチロウ,0101,課長\n102,佐藤 花子,サトウ ハナコ,0101,主事\n150,重複 一,,0101,主事\n160,星 印,,0101,主事\n161,括弧 印,,0101,主事\n' >"$work/staff.csv"
"$b" import staff "$work/staff.csv" --data "$data" --yes >"$work/said" 2>&1 || cat "$work/said"
serve() {
	"$built/banshod" --data "$data" --plain --port 0 >"$work/ready" 2>>"$work/banshod.log" &
	web=$!
	pids="$pids $web"
	for _ in $(seq 300); do grep -q ready "$work/ready" && break; sleep 0.1; done
	at=$(sed -n 's/^ready //p' "$work/ready")
	at=${at%/}
}
serve
get() { curl -s --max-time 120 -H "Origin: $at" -b "$work/jar" -c "$work/jar" "$@"; }
sign_in() { # LOGIN PASSWORD: the status
	rm -f "$work/jar"
	get -o "$work/page" -w '%{http_code}' --data-urlencode "login=$1" --data-urlencode "password=$2" "$at/sign-in"
}
signs_in() { [ "$(sign_in "$1" "$2")" = 303 ]; }
signs_in_from() { # COOKIE LOGIN PASSWORD: from a browser that is known
	[ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 120 -H "Origin: $at" -H "Cookie: $1" --data-urlencode "login=$2" \
		--data-urlencode "password=$3" "$at/sign-in")" = 303 ]
}
is_refused() { [ "$(sign_in "$1" "$2")" != 303 ]; }
token() { get "$at$1" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1; }
password="asagao to hashi no ue"
enter() {
	signs_in kanri "$code" || return 1
	csrf=$(token /password)
	get -o /dev/null --data-urlencode "csrf=$csrf" --data-urlencode "present=$code" --data-urlencode "password=$password" \
		--data-urlencode "again=$password" "$at/password"
	signs_in kanri "$password"
}
ok "the operator signs in with a password of Bansho's" enter
shows() { get "$at$1" >"$work/page"; grep -qF -e "$2" "$work/page" || { sed 's/<[^>]*>//g' "$work/page" | grep -v '^ *$' | head -n 40 | cut -c1-300 >&2; return 1; }; }
ok "and sees that the directory answers" shows /directory "つながっています"
ok "nobody is tied yet: the directory's password opens nothing" sh -c "! grep -q tied '$work/page'"
as_operator() { # what they do with others' accounts needs a privileged window
	signs_in kanri "$password" || return 1
	csrf=$(token /privileges)
	[ "$(get -o /dev/null -w '%{http_code}' --data-urlencode "csrf=$csrf" -d reason=check -d minutes=60 "$at/privileges/open")" = 303 ]
}
refused_yet() { is_refused suzuki pass-suzuki; }
ok "before it is tied an account of the directory signs nobody in" refused_yet
as_operator
read_accounts() { # keeps $work/where
	csrf=$(token /directory)
	get -o "$work/page" -w '%{redirect_url}' --data-urlencode "csrf=$csrf" "$at/directory/accounts" >"$work/where"
	grep -q '/directory/accounts/' "$work/where"
}
ok "5,208 accounts are read for the preview" read_accounts
preview() { get "$(cat "$work/where")" >"$work/preview"; }
preview
says_preview() { grep -qF -e "$1" "$work/preview" || { sed 's/<[^>]*>//g' "$work/preview" | grep -v '^ *$' | head -n 60 | cut -c1-300 >&2; return 1; }; }
ok "the preview counts them" says_preview "5,208件"
would_be() { [ "$(grep -o '">作る<' "$work/preview" | wc -l)" = "$1" ]; }
ok "two persons would be tied" would_be 2
ok "the operator is not, so that somebody can sign in when it is down" says_preview "番所の運用担当者です"
ok "nor is a number that stands there twice" says_preview "二つ以上あります"
ok "nor a login name that Bansho cannot have" says_preview "このログイン名は番所では使えません"
apply() { # keeps the status
	csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/preview" | head -n 1)
	digest=$(sed -n 's/.*name="digest" value="\([^"]*\)".*/\1/p' "$work/preview" | head -n 1)
	get -o "$work/page" -w '%{http_code}' --data-urlencode "csrf=$csrf" --data-urlencode "digest=$digest" "$(cat "$work/where")"
}
moved() { # between preview and applying somebody else changes whom it would tie
	"$b" user add 102 hanako --data "$data" >"$work/said" 2>&1 || cat "$work/said" >&2
	[ "$(apply)" = 409 ]
}
ok "what has changed since the preview is a conflict, and nothing is tied" moved
nobody_tied() { shows /directory "結び付いている職員(0人)"; }
ok "nothing was half applied" nobody_tied
"$b" user close 102 --data "$data" >/dev/null 2>&1
outage() { # the list is read; then the directory stops: what was previewed needs it no more
	read_accounts && preview && slapd_stop && [ "$(apply)" = 303 ]
}
ok "an_outage_between_preview_and_applying_leaves_nothing_half_done" outage
down_words() { is_refused suzuki pass-suzuki; grep -q "つながりません" "$work/page"; }
ok "server down: whoever is tied is told so" down_words
ok "and the operator signs in as ever" as_operator
failed_none() { json "[a for a in d if a['login'] == 'suzuki' and a['state'] == 'open']" "$b" user list --data "$data" --json; }
ok "nobody's failed attempts are counted for it" failed_none
slapd_start good
sleep 10 # for so long a server that was down is not asked again
ok "with the directory's password the person is in" signs_in suzuki pass-suzuki
ok "whose password page says where it is changed" shows /password "庁内のディレクトリ"
ok "and whose session says how they signed in" shows /account "鈴木"
proves() { # PASSWORD WORDS: what the proof before what weighs says, in the session there is
	get -o "$work/page" --data-urlencode "csrf=$(token /account)" -d what=password -d to=/account \
		--data-urlencode "password=$1" "$at/sign-in/proof"
	grep -qF -e "$2" "$work/page" || { sed 's/<[^>]*>//g' "$work/page" | grep -v '^ *$' | head -n 40 | cut -c1-300 >&2; return 1; }
}
ok "the same password proves it again before what weighs" proves pass-suzuki "確認できました"
ok "and no other does" proves pass-sato "パスワードが違います"
device=$(awk '/device/ { print $6 "=" $7 }' "$work/jar")
ok "a wrong password is not" is_refused suzuki pass-sato
ok "an_empty_password_signs_nobody_in" is_refused suzuki ""
ok "injection_in_a_login_name_signs_nobody_in" is_refused 'suzuki)(uid=*' pass-suzuki
ok "a_star_signs_nobody_in" is_refused 'suzuk*' pass-suzuki
lock() { for _ in 1 2 3 4 5 6; do is_refused suzuki wrong || return 1; done; is_refused suzuki pass-suzuki; }
ok "guesses_lock_the_account_here_like_any_other" lock
known() { signs_in_from "$device" suzuki pass-suzuki; }
ok "but_not_the_browser_its_owner_has_used_before" known
before=$(grep -c "断りました" "$work/directory.log")
is_refused suzuki wrong
ok "and_a_locked_account_is_not_guessed_at_in_the_directory" test "$before" = "$(grep -c "断りました" "$work/directory.log")"
ok "no name and no password is in the logs" sh -c "! grep -qE 'suzuki|鈴木|pass-|read it' '$work/directory.log' '$work/banshod.log'"
as_operator

# --- staff
staff() {
	csrf=$(token /people/import)
	get -o "$work/page" -w '%{redirect_url}' --data-urlencode "csrf=$csrf" "$at/directory/staff" >"$work/where"
	grep -q '/people/import/.*blank=1' "$work/where"
}
ok "staff are read for the import's own preview" staff
preview
ok "5,201 would be added, what is there twice is a fault" says_preview "5,201件"
ok "none ended, and nobody could be" sh -c "! grep -q 'name=\"ends\"' '$work/preview'"
ok "a blank cell takes nothing away: the reading of a name stays" sh -c "! grep -q 'スズキ' '$work/preview'"
ok "all of it is in a journal that verifies" exits 0 "$b" verify --data "$data"
