#!/bin/sh
# Build the package, the bundle and a next version; run tests/package_test.sh and tests/boot_test.sh, both at once.
# TAP on stdout, one plan each.
set -eu
cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null || ! unshare -m -n -p -u --fork true 2>/dev/null; then
	echo "ok 1 - the package on a bare machine # SKIP needs root, debootstrap and own namespaces"
	echo "1..1"
	exit 0
fi
package=$(tools/build-deb.sh | tail -n 1)
next=${1:-build/check/tests/next}
if [ ! -x "$next/banshod" ]; then
	[ -f build/check/build.ninja ] || meson setup build/check >/dev/null
	ninja -C build/check --quiet tests/next/bansho tests/next/banshod tests/next/bansho-clock
fi
tools/build-bundle.sh "$package" >build/bundle.log 2>&1 || {
	if [ -f build/bare/bookworm.tar ]; then cat build/bundle.log >&2; exit 1; fi
	echo "ok 1 - the package on a bare machine # SKIP no way to a Debian mirror"
	echo "1..1"
	exit 0
}
bundle=$(tail -n 1 build/bundle.log)
version=$(dpkg-deb -f "$package" Version)
later=$(BANSHO_PROGRAMS_FROM=$PWD/$next tools/build-deb.sh "$version+next" | tail -n 1)
# Made while there is a way to the mirror; the test itself has none.
tools/bare-root.sh build/bare/unpacked systemd >>build/bundle.log 2>&1 || true
rm -rf build/bare/unpacked
sh tests/boot_test.sh "$bundle" "$later" >build/boot.tap 2>build/boot.err &
boot=$!
failed=0
sh tests/package_test.sh "$bundle" "$later" || failed=1
wait "$boot" || failed=1
cat build/boot.tap
cat build/boot.err >&2
exit $failed
