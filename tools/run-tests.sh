#!/bin/sh
# Every test: unit tests plain and under ASan+UBSan, house rules, the browser. Prints the failures
# and ends with one line of counts; exit status 1 when anything failed.
set -u
cd "$(dirname "$0")/.."
here=$PWD
jobs=$(nproc)
failed=0

lane() { # NAME OPTIONS...
	name=$1
	shift
	[ -f "build/$name/build.ninja" ] || meson setup "build/$name" "$@" >"build/$name.setup.log" 2>&1 || {
		cat "build/$name.setup.log"
		return 1
	}
	ninja -C "build/$name" -j "$jobs" --quiet || return 1
	meson test -C "build/$name" --no-rebuild --num-processes "$jobs" --timeout-multiplier "${TIMES:-1}" \
		--print-errorlogs >"build/$name.test.log" 2>&1
	status=$?
	grep -E '^ *[0-9]+/[0-9]+ ' "build/$name.test.log" | sed "s/^/$name: /"
	[ "$status" = 0 ] || { sed -n '/Summary of Failures/,$p' "build/$name.test.log"; tail -n 200 "build/$name.test.log"; }
	return "$status"
}

mkdir -p build
(cd tests/checker && npm ci --silent --no-audit --no-fund >"$here/build/npm-checker.log" 2>&1) || cat build/npm-checker.log
echo "== plain build and tests"
lane check || failed=1
# gcc warns falsely about code it has instrumented; the plain lane is where a warning is an error.
echo "== ASan + UBSan"
ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 TIMES=4 \
	lane sanitize -Dwerror=false -Db_sanitize=address,undefined -Db_lundef=false || failed=1
echo "== browser"
mkdir -p build/bin
for program in bansho banshod bansho-sealer bansho-clock bansho-print bansho-sheet bansho-directory; do
	cp -f "build/check/src/programs/$program" build/bin/ || failed=1
done
rm -rf build/browser && mkdir -p build/browser
(cd tests/e2e && npm ci --silent --no-audit --no-fund >"$here/build/npm.log" 2>&1) || cat build/npm.log
# As many suites at a time as there are cores, the longest first: each has a house of its own.
suites="run packs incident training audit access factors duty check april cases contract inventory entrance reconcile
	directory telework enact cards settings"
printf '%s\n' $suites | xargs -P "$jobs" -n 1 tools/run-suite.sh || failed=1
for suite in $suites; do
	cat "build/browser/$suite.tap"
	! grep -q '^not ok' "build/browser/$suite.tap" || tail -n 60 "build/browser/$suite.log" >&2
done >build/browser.tap
grep -E '^(not )?ok ' build/browser.tap

echo "== package"
mkdir -p build
tools/test-package.sh build/check/tests/next >build/package.tap 2>build/package.log || failed=1
grep -E '^(not )?ok ' build/package.tap
grep -q '^not ok' build/package.tap && { grep '^#' build/package.tap; tail -n 40 build/package.log; }

# The counts, from meson's JUnit files (one case per promise) and the browser's TAP.
cat build/package.tap >>build/browser.tap
python3 - build/check build/sanitize build/browser.tap "$failed" <<'P'
import re, sys, os
import xml.etree.ElementTree as tree
passed = failed = skipped = 0
for folder in sys.argv[1:3]:
    path = os.path.join(folder, 'meson-logs', 'testlog.junit.xml')
    if not os.path.exists(path):
        failed += 1
        continue
    for case in tree.parse(path).iter('testcase'):
        kinds = {child.tag for child in case}
        if kinds & {'failure', 'error'}:
            failed += 1
        elif 'skipped' in kinds:
            skipped += 1
        else:
            passed += 1
for line in open(sys.argv[3]):
    if re.match(r'ok \d+.*# SKIP', line):
        skipped += 1
    elif line.startswith('ok '):
        passed += 1
    elif line.startswith('not ok '):
        failed += 1
if sys.argv[4] != '0' and failed == 0:
    failed = 1
print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
sys.exit(1 if failed else 0)
P
