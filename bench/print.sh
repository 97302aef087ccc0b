#!/bin/sh
# Forms a second: form 2 of the golden pictures, with rare characters of names in it.
set -eu
cd "$(dirname "$0")/.."
ninja -C build/bench --quiet bench/print_bench src/programs/bansho-print
echo "PDF of a form, one process and its jail each, against a bare process drawing the same words"
build/bench/bench/print_bench build/bench/src/programs/bansho-print tests/golden/print-form2.json
