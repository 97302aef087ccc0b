#!/bin/sh
# A million entries verified, best of three rounds. ENTRIES=n for another number.
set -eu
cd "$(dirname "$0")/.."
ninja -C build/bench --quiet bench/verify_bench
echo "verify with every row compared, against reading and hashing the same bytes once"
build/bench/bench/verify_bench "${ENTRIES:-1000000}"
