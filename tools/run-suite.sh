#!/bin/sh
# One suite of the browser: tools/run-suite.sh NAME; leaves its TAP and its words in build/browser/NAME.{tap,log}.
set -u
out=build/browser/$1
timeout 2400 node "tests/e2e/$1.mjs" build/bin >"$out.tap" 2>"$out.log"
status=$?
# A suite that ended before it could say what failed, still failed.
[ "$status" = 0 ] || grep -q '^not ok' "$out.tap" || echo "not ok 1 - $1 goes to its end (status $status)" >>"$out.tap"
exit "$status"
