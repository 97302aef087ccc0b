#!/bin/sh
# docs/rights.md is what the code says. usage: rights_test.sh RIGHTS_TABLE SOURCES
set -u
made=$(mktemp)
trap 'rm -f "$made" "$made.err"' EXIT
echo 1..2
if "$1" "$2/tests/rights/objects.txt" >"$made" 2>"$made.err"; then
	echo "ok 1 - every row with an object in its address says whose it may be"
	sed 's/^/# /' "$made.err"
else
	echo "not ok 1 - every row with an object in its address says whose it may be"
	sed 's/^/# /' "$made.err"
fi
if diff -u "$2/docs/rights.md" "$made" >"$made.err"; then
	echo "ok 2 - the table of rights is what the code says"
else
	echo "not ok 2 - the table of rights is what the code says"
	echo "# docs/rights.md is stale: run \"make rights\" and read what changed"
	sed 's/^/# /' "$made.err" | head -n 40
fi
