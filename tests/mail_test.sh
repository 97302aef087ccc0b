#!/bin/sh
# Notices by mail through a real Postfix of our own. usage: mail_test.sh PROGRAMS DRIVER PACK
programs=$1
driver=$2
pack=$3
work=$(mktemp -d)
postfix_at=""
finish() {
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
port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 3000)) # below those the kernel gives away, no other test's

. "$(dirname "$0")/postfix.sh"
boxes="yuu@city.example.jp=yuu, manabu@city.example.jp=manabu"
set_to() { "$driver" set "$data" "$programs" "$1" "$2"; }
tell() { "$driver" notify "$data" "$programs" "$1" "$2"; }
clock() { "$programs/bansho-clock" --data "$data" --once; }
waiting() { json "d['mails_waiting'] == $1" "$programs/bansho" status --data "$data" --json; }
arrived() { # BOX
	n=0
	while [ $n -lt 300 ]; do
		[ -s "$mail/$1" ] && return 0
		sleep 0.1
		n=$((n + 1))
	done
	cat "$work/log" >&2
	return 1
}

"$programs/bansho" init --data "$data" --body town --name 見本町 --pack "$pack" --admin kanri --admin-name "山﨑 花子" \
	--admin-number 1 >/dev/null
printf '所属コード,所属名,種別,上位所属コード\n0101,総務課,課,\n' >"$work/units.csv"
staff() { # ADDRESS ADDRESS ADDRESS
	printf '職員番号,氏名,所属コード,職名,メールアドレス\n10,髙橋 優,0101,課長,%s\n11,𠮷田 学,0101,主事,%s\n12,辻󠄀 誠,0101,主事,%s\n' "$@" >"$work/staff.csv"
	"$programs/bansho" import staff "$work/staff.csv" --data "$data" --yes >/dev/null
}
"$programs/bansho" import units "$work/units.csv" --data "$data" --yes >/dev/null
# What the clock has to tell of its own (the policy wants acknowledging) is told before anybody has an
# address, so that the mails counted below are this test's.
staff "" "" ""
clock
staff yuu@city.example.jp manabu@city.example.jp nobody@city.example.jp
start_postfix >"$work/postfix" 2>&1 || sed 's/^/# /' "$work/postfix"
subject='承認待ちの申請があります。辻󠄀さんと髙橋さんの申請で、件名が一行に入りきらないほど長いもの'

ok "a notice is made" tell 10 "$subject"
ok "without a relay the clock runs" clock
ok "and the mail stays" waiting 1
ok "nothing has been said to anybody" test ! -e "$mail/yuu"
set_to mail.relay "smtp://127.0.0.1:$port"
ok "a relay without a sender is said" says "mail.from" clock
set_to mail.from bansho@city.example.jp
ok "with a relay and a sender the clock sends" clock
ok "the mail has left" waiting 0
ok "and arrives" arrived yuu
message() {
	python3 - "$mail/yuu" "$1" <<'P'
import email, email.policy, sys
raw = open(sys.argv[1], 'rb').read()
start = raw.index(b'\n') + 1 if raw.startswith(b'From ') else 0
m = email.message_from_bytes(raw[start:], policy=email.policy.default)
assert m['Subject'] == sys.argv[2], m['Subject']
assert '見本町' in m['From'] and 'bansho@city.example.jp' in m['From'], m['From']
assert '/dossiers/1' in m.get_content(), m.get_content()
assert all(len(l) <= 998 and all(b < 128 for b in l) for l in raw.split(b'\n'))
assert max(len(l) for l in raw.split(b'\n')) <= 130
assert m['Message-ID'] and m['Date'] and m['Auto-Submitted'] == 'auto-generated'
P
}
ok "subject, sender and body are read as they were meant" message "$subject"
ok "encrypted, because the relay offers it" grep -q 'using TLS' "$mail/yuu"
ok "a recipient that the relay does not know" tell 12 "宛先のない知らせ"
ok "does not keep the next from going" tell 11 "次の知らせ"
clock >"$work/clock" 2>&1
ok "the next arrived" arrived manabu
ok "the refused one waits for its next try" waiting 1
ok "and the refusal is in the log without the address" sh -c "grep -q '受け取りません' '$work/clock' && ! grep -q '髙橋' '$work/clock'"
set_to mail.tls required
tell 10 "証明書を求める知らせ"
ok "a certificate nobody vouches for is refused when encryption is required" says "つながりません" clock
set_to mail.ca "$work/etc/cert.pem"
set_to mail.relay "smtp://localhost:$port"
rm -f "$mail/yuu"
ok "with its authority known it is taken" clock
ok "and arrives encrypted" arrived yuu
set_to mail.relay "smtp://127.0.0.1:1"
tell 10 "届かない知らせ"
ok "a relay that is down is said, and no try is counted" says "つながりません" clock
ok "the mail waits" waiting 2
ok "a case is reported while the relay is down" "$driver" incident "$data" "$programs" 11 "共有フォルダが開けない"
ok "the clock goes on" says "つながりません" clock
told() { [ "$(sqlite3 -readonly "$data/bodies/town/store.sqlite" "SELECT count(*) FROM incident_link WHERE code = 'manager' AND due IS NOT NULL")" = 1 ]; }
ok "who is told first has it before them, with its time" told
ok "and its mail waits with the others" waiting 3
set_to mail.relay "smtp://localhost:$port"
rm -f "$mail/manabu"
ok "with the relay back it is sent" clock
ok "and arrives" arrived manabu
ok "nothing but what a relay refused waits" waiting 1
set_to mail.relay "http://127.0.0.1:$port"
ok "anything but SMTP is refused" says "smtp://" clock
ok "all of it is in a journal that verifies" exits 0 "$programs/bansho" verify --data "$data"
plan_done
