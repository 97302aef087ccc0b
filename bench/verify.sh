#!/bin/sh
# A million entries verified, best of three rounds. ENTRIES=n for another number.
# usage: verify.sh PROGRAMS BENCH
set -eu
echo "verify with every row compared, against reading and hashing the same bytes once"
"$2/verify_bench" "${ENTRIES:-1000000}"
