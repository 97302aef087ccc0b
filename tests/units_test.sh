#!/bin/sh
# Each systemd unit is as closed as promised: exposure at most 2.0. usage: units_test.sh SOURCE_FOLDER
units=$1/packaging/systemd
if ! command -v systemd-analyze >/dev/null; then
	echo "1..0 # SKIP needs systemd-analyze (package systemd)"
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
for unit in "$units"/*.service; do
	ok "$(basename "$unit"): exposure at most 2.0" exits 0 systemd-analyze security --offline=true --threshold=20 \
		--no-pager "$unit"
done
# A unit that leaves a door open is found, so the limit means something.
sed '/^CapabilityBoundingSet=\|^NoNewPrivileges=\|^ProtectSystem=\|^SystemCallFilter=\|^Private\|^Protect\|^IPAddressDeny/d' \
	"$units/banshod.service" >"$work/open.service"
open_one() { ! systemd-analyze security --offline=true --threshold=20 --no-pager "$work/open.service"; }
ok "an open one is not let through" open_one

# The units as systemd reads them: every file they name made up, so that only the units are judged.
root=$work/root
mkdir -p "$root/usr/lib/bansho" "$root/lib/systemd/system" "$root/etc"
cp "$units"/*.service "$units"/*.socket "$units"/*.target "$root/lib/systemd/system"
for program in banshod bansho-sealer bansho-clock bansho-print bansho-sheet bansho-directory bansho-witness; do
	printf '#!/bin/sh\n' >"$root/usr/lib/bansho/$program"
	chmod 755 "$root/usr/lib/bansho/$program"
done
verify() {
	systemd-analyze verify --man=no --recursive-errors=no --root="$root" bansho.target banshod.service bansho-clock.service bansho-ask.service \
		bansho-sealer@town.service bansho-print.socket bansho-sheet.socket bansho-witness.service \
		bansho-directory.socket bansho-print@1.service bansho-sheet@1.service bansho-directory@1.service >"$work/verify" 2>&1
	! grep -E "bansho.*(Unknown|Failed to parse|Invalid|ignoring)" "$work/verify"
}
ok "systemd understands every line" verify
users() { # every user a unit runs as is made by sysusers.d
	sed -n 's/^User=//p' "$units"/*.service | sort -u | while read -r user; do
		grep -qE "^u $user " "$units/sysusers.d/bansho.conf" || { echo "$user" >&2; exit 1; }
	done
}
ok "every user is made by sysusers.d" users
one_each() { # the clock has two units
	for unit in "$units"/*.service; do
		echo "$(sed -n 's/^User=//p' "$unit") $(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$unit")"
	done | sort -u | cut -d ' ' -f 1 | uniq -d >"$work/twice"
	[ ! -s "$work/twice" ]
}
ok "no two programs share a user" one_each
only_named() { # whose packets may leave, and who has a network at all
	for unit in bansho-sealer@ bansho-print@ bansho-sheet@; do
		grep -qx 'PrivateNetwork=yes' "$units/$unit.service" && grep -qx 'IPAddressDeny=any' "$units/$unit.service" || return 1
	done
	grep -qx 'IPAddressDeny=any' "$units/bansho-clock.service" && grep -qx 'IPAddressDeny=any' "$units/bansho-directory@.service"
}
ok "sealer, print and sheet have no network, clock and directory only what is named" only_named
# Nothing that writes starts before the witnesses were asked.
asked_first() { for unit in banshod bansho-clock; do grep -q '^Requires=.*bansho-ask.service' "$units/$unit.service" &&
	grep -q '^After=.*bansho-ask.service' "$units/$unit.service" || return 1; done; }
ok "pages and clock wait for what the witnesses say" asked_first
plan_done
