#!/bin/sh
# Every command of docs/your-own-policy.md, run as it stands, block by block. Prints TAP.
#   tutorial_test.sh PROGRAMS SOURCE
set -u
export LC_ALL=C.UTF-8
export BANSHO_SOURCE=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$2/tests/tap.sh"
mkdir "$work/bin" "$work/afternoon"
ln -s "$1/bansho" "$work/bin/bansho"
export PATH="$work/bin:$PATH"
awk -v out="$work/block" '/^```sh/ { no++; on = 1; next } /^```/ { on = 0 } on { print > (out no) }' "$2/docs/your-own-policy.md"
cd "$work/afternoon" || exit 1
for no in 1 2 3 4 5 6 7 8 9; do
	[ -e "$work/block$no" ] || break
	ok "block $no: $(head -n 1 "$work/block$no" | cut -c 1-50)" sh -eu "$work/block$no"
done
ok "all eight steps and the second draft were there" test "$no" = 9
ok "the numbers the tutorial decided are used" json "d['errors'] == [] and not [w for w in d['warnings'] if w['code'] in ('deadline-without-number', 'period-without-number', 'parameter-unused')]" \
	bansho pack check midorino --json
ok "five clauses have evidence" json "d['clauses'] - sum(w['code'] == 'clause-without-evidence' for w in d['warnings']) == 5" \
	bansho pack check midorino --json
ok "the pack is the body's own" grep -q '^mode: adopted' midorino/pack.yaml
plan_done
