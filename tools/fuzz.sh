#!/bin/sh
# Every fuzz target (fuzz/*_fuzz.c) for MINUTES each (10), two at a time, built with clang and libFuzzer.
#   fuzz.sh [TARGET…]        without names all of them
# What a target learns is kept in build/fuzz/corpus/TARGET; what breaks a promise lies in build/fuzz/found.
# Prints a line per target: minutes, executions, features, outcome. Exit status 1 when one was broken.
set -u
cd "$(dirname "$0")/.."
minutes=${MINUTES:-10}
jobs=${JOBS:-2}
[ -f build/fuzz/build.ninja ] || CC=clang-14 meson setup build/fuzz -Dfuzz=true -Dtests=false -Dwerror=false \
	-Db_sanitize=address,undefined -Db_lundef=false >build/fuzz.setup.log 2>&1 || { cat build/fuzz.setup.log; exit 2; }
targets=${*:-$(sed -n "s/^  '\([a-z]*\)': \[files.*/\1/p" fuzz/meson.build)}
# shellcheck disable=SC2046
ninja -C build/fuzz --quiet $(for target in $targets; do echo "fuzz/${target}_fuzz"; done) || exit 2
mkdir -p build/fuzz/found

# One target. Libraries of the system hold what they hold until the end: leaks are asked of ours by the tests.
cat >build/fuzz/one.sh <<'S'
target=$1
mkdir -p "build/fuzz/corpus/$target"
# libfyaml leaks a buffer of its own at some broken files.
leaks=; [ "$target" != pack ] || leaks=-detect_leaks=0
nice -n 19 "build/fuzz/fuzz/${target}_fuzz" -max_total_time="$2" -timeout=300 -rss_limit_mb=2048 -print_final_stats=1 -close_fd_mask=2 $leaks \
	-artifact_prefix="build/fuzz/found/$target-" "build/fuzz/corpus/$target" "tests/corpus/$target" \
	>"build/fuzz/$target.log" 2>&1
status=$?
awk -v target="$target" -v seconds="$2" -v status="$status" '
	/ ft: / { for (at = 1; at < NF; at++) if ($at == "ft:") features = $(at + 1) }
	/^stat::number_of_executed_units/ { runs = $2 }
	END { printf "%-10s %5.1f minutes %12d executions %7d features  %s\n", target, seconds / 60, runs, features,
		status == 0 ? "clean" : "BROKEN: build/fuzz/" target ".log" }' "build/fuzz/$target.log"
exit "$status"
S
# shellcheck disable=SC2086
printf '%s\n' $targets | xargs -P "$jobs" -I TARGET sh build/fuzz/one.sh TARGET "$((minutes * 60))" || exit 1
