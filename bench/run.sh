#!/bin/sh
# Speed of Bansho against bare baselines in the same run. Prints ratios; medians beside.
set -eu
cd "$(dirname "$0")/.."
[ -f build/bench/build.ninja ] || meson setup build/bench -Dtests=true >/dev/null
ninja -C build/bench --quiet bench/acts_bench
echo "acts through the act interface against a bare SQLite writer (one row and one entry each)"
build/bench/bench/acts_bench
programs=build/bench/src/programs bench=build/bench/bench
ninja -C build/bench --quiet bench/print_bench bench/verify_bench src/programs/bansho src/programs/banshod \
	src/programs/bansho-sealer src/programs/bansho-print
bench/print.sh $programs $bench
bench/verify.sh $programs $bench
bench/big.sh $programs
