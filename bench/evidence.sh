#!/bin/sh
# Evidence of all clauses over the demonstration year, and for 4,000 staff and a million entries (BIG=no
# leaves that out; DATA=folder keeps and reuses it), in full and after one act.
# usage: evidence.sh PROGRAMS BENCH
set -eu
programs=$1 bench=$2
. "$(dirname "$0")/lib.sh"

echo "Evidence over the demonstration year (300 staff)"
demo_make "$work/data"
"$bench/evidence_bench" "$work/data" "$programs"
[ "${BIG:-}" = no ] && exit 0
echo "Evidence for 4,000 staff and ${ENTRIES:-1000000} entries"
data=${DATA:-$work/big}
[ -d "$data/bodies" ] || "$programs/bansho" demo --data "$data" --staff 4000 --entries "${ENTRIES:-1000000}" \
	--pack packs/takamatsu >"$work/big.log" 2>&1
"$bench/evidence_bench" "$data" "$programs"
