#!/bin/sh
# A drill by mail through a real Postfix of our own. usage: training_mail_test.sh PROGRAMS DRIVER PACK
programs=$1
driver=$2
pack=$3
work=$(mktemp -d)
postfix_at=""
server=""
finish() {
	[ -n "$server" ] && kill "$server" 2>/dev/null
	[ -n "$postfix_at" ] && /usr/sbin/postfix -c "$postfix_at" stop >/dev/null 2>&1
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
if [ "$(id -u)" != 0 ] || [ ! -x /usr/sbin/postfix ]; then
	echo "1..0 # SKIP needs root and postfix"
	exit 0
fi
chmod 755 "$work"
data=$work/data
mail=$work/mail
port=$((23000 + $(od -An -N2 -tu2 /dev/urandom) % 3000)) # below those the kernel gives away, no other test's
. "$(dirname "$0")/postfix.sh"
boxes="yuu@city.example.jp=yuu, manabu@city.example.jp=manabu"
set_to() { "$driver" set "$data" "$programs" "$1" "$2"; }
clock() { "$programs/bansho-clock" --data "$data" --once; }
store() { sqlite3 -readonly "$data/bodies/town/store.sqlite" "$1"; }
gives() { [ "$(store "$2")" = "$1" ] || { store "$2" >&2; return 1; }; }
arrived() { # BOX: the drill's mail is in it
	n=0
	while [ $n -lt 300 ]; do
		[ -s "$mail/$1" ] && drill_in "$1" >/dev/null 2>&1 && return 0
		sleep 0.1
		n=$((n + 1))
	done
	cat "$work/log" >&2
	return 1
}
drill_in() { # BOX: prints the link, when sender, subject and body are the drill's
	python3 - "$mail/$1" <<'P'
import email, email.policy, mailbox, re, sys
links = []
for raw in mailbox.mbox(sys.argv[1], factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default)):
    if 'お届けセンター' not in raw['From']:
        continue
    assert raw['Subject'] == 'お荷物をお届けできませんでした', raw['Subject']
    assert 'bansho@city.example.jp' in raw['From']
    links += re.findall(r'https://bansho.example.jp/m/[0-9a-f]{32}(?=\s)', raw.get_content())
assert len(links) == 1, links
print(links[0])
P
}
differ() { [ "$(drill_in yuu)" != "$(drill_in manabu)" ]; }
no_token_kept() { # what stands in the links stands nowhere in the store once it is sent
	for box in yuu manabu; do
		token=$(drill_in "$box" | sed 's|.*/m/||')
		grep -qa "$token" "$data"/bodies/town/store.sqlite* && return 1
	done
	return 0
}

"$programs/bansho" init --data "$data" --body town --name 見本町 --pack "$pack" --admin kanri --admin-name "山﨑 花子" \
	--admin-number 1 >/dev/null
printf '所属コード,所属名,種別,上位所属コード\n0101,総務課,課,\n' >"$work/units.csv"
printf '職員番号,氏名,所属コード,職名,メールアドレス\n10,髙橋 優,0101,課長,yuu@city.example.jp\n11,𠮷田 学,0101,主事,manabu@city.example.jp\n12,辻󠄀 誠,0101,主事,\n' >"$work/staff.csv"
"$programs/bansho" import units "$work/units.csv" --data "$data" --yes >/dev/null
"$programs/bansho" import staff "$work/staff.csv" --data "$data" --yes >/dev/null
set_to body.url https://bansho.example.jp
set_to mail.from bansho@city.example.jp
set_to mail.relay "smtp://127.0.0.1:1"
start_postfix >"$work/postfix" 2>&1 || sed 's/^/# /' "$work/postfix"

ok "a drill is planned by who keeps training" "$driver" drill "$data" "$programs" 10 parcel
ok "while the relay is down the clock goes on" says "つながりません" clock
ok "everybody with an address has a link" gives 2 "SELECT count(*) FROM training_target"
ok "who has none is counted" gives 1 "SELECT without_mail FROM training_drill"
ok "nothing was lost" gives 2 "SELECT count(*) FROM people_outbox WHERE sender IS NOT NULL AND state = 'waiting'"
set_to mail.relay "smtp://127.0.0.1:$port"
ok "with the relay back it is sent" clock
ok "it arrives as from the sender of its template" arrived yuu
ok "at the other as well" arrived manabu
ok "each with a link of its own" differ
clock >/dev/null 2>&1
ok "it is sent once" gives 2 "SELECT count(*) FROM people_outbox WHERE sender IS NOT NULL"
ok "no token can be read from the store" no_token_kept
"$programs/banshod" --data "$data" --port $((port + 1)) >"$work/server" 2>&1 &
server=$!
link=https://127.0.0.1:$((port + 1))/m/$(drill_in yuu | sed 's|.*/m/||')
fetch() { curl -sk --noproxy '*' "$@"; }
n=0
until fetch "$link" >/dev/null || [ $n -gt 150 ]; do
	sleep 0.2
	n=$((n + 1))
done
says_nothing() { fetch "$link" | grep -q '続ける' && ! fetch "$link" | grep -qE '髙橋|総務課|yuu|訓練'; }
open_link() { [ "$(fetch -o "$work/page" -w '%{http_code}' -H "Origin: ${link%/m/*}" -X POST "$link")" = 303 ]; }
ok "the link leads to a page that says nothing about whose it is, nor that it is a drill" says_nothing
ok "what only fetches it is not counted" gives 0 "SELECT count(*) FROM training_target WHERE opened IS NOT NULL"
ok "opening it is" open_link
ok "once" gives 1 "SELECT count(*) FROM training_target WHERE opened IS NOT NULL"
ok "and teaches" says '訓練のメールでした' fetch "$link"
ok "whoever opened it is asked to take a course" gives "mail drill" "SELECT course || ' ' || why FROM training_enrolment WHERE why = 'drill'"
ok "all of it is in a journal that verifies" exits 0 "$programs/bansho" verify --data "$data"
plan_done
