#!/bin/sh
# Forms a second: form 2 of the golden pictures, with rare characters of names in it.
# usage: print.sh PROGRAMS BENCH
set -eu
echo "PDF of a form, one process and its jail each, against a bare process drawing the same words"
"$2/print_bench" "$1/bansho-print" tests/golden/print-form2.json
