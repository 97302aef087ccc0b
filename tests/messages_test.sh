#!/bin/sh
# Everything Bansho says to people has English words. Prints TAP.
#   messages_test.sh PAGEC SOURCE_FOLDER
set -u
export LC_ALL=C.UTF-8
pagec=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0
failed=0

holds() { # PROMISE ; the status of what ran before, which wrote its complaints to $work/said
	if [ "$status" -eq 0 ]; then
		echo "ok $((count += 1)) - $1"
	else
		echo "not ok $((count += 1)) - $1"
		head -n 200 "$work/said" | sed 's/^/# /'
		failed=1
	fi
}

sh "$root/tools/messages.sh" "$pagec" "$root" >"$work/said" 2>&1
status=$?
holds "every message of the pages and of the C sources has English"

sh "$root/tools/messages.sh" "$pagec" "$root" --unmarked >"$work/said" 2>&1
status=$?
holds "no Japanese string in C escapes the list of messages (mark it N_)"

msgfmt --check-format -o /dev/null "$root/po/en.po" >"$work/said" 2>&1
status=$?
holds "gettext reads po/en.po and finds the same conversions in both languages"

"$pagec" --catalogue "$work/english.c" --po "$root/po/en.po" >"$work/said" 2>&1
status=$?
holds "the catalogue compiles"

msgattrib --translated --no-obsolete --no-wrap "$root/po/en.po" | grep -c '^msgid' >"$work/said"
status=0
[ "$(cat "$work/said")" -gt 1000 ] || status=1
holds "the list of messages is not empty by mistake"

msgattrib --only-fuzzy --no-obsolete "$root/po/en.po" >"$work/said" 2>&1
status=0
[ ! -s "$work/said" ] || status=1
holds "no English is a guess (fuzzy)"

echo "1..$count"
exit $failed
