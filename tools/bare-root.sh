#!/bin/sh
# A bare Debian 12 as debootstrap makes it, kept as build/bare/bookworm.tar; then a fresh copy of it.
#   bare-root.sh FOLDER           an unpacked copy
#   bare-root.sh FOLDER network   with this machine's way to the mirror: only to download, never to ship
set -eu
cd "$(dirname "$0")/.."
to=$1
kept=build/bare/bookworm.tar
if [ ! -f $kept ]; then
	mkdir -p build/bare
	rm -rf build/bare/root
	debootstrap --variant=minbase bookworm build/bare/root http://deb.debian.org/debian >build/bare/log 2>&1 || {
		tail -n 5 build/bare/log >&2
		rm -rf build/bare/root
		exit 1
	}
	rm -f build/bare/root/var/cache/apt/archives/*.deb build/bare/root/etc/resolv.conf build/bare/root/etc/hostname
	tar -C build/bare/root -cf $kept.new .
	mv $kept.new $kept
	rm -rf build/bare/root
fi
rm -rf "$to"
mkdir -p "$to"
tar -C "$to" -xf $kept
[ "${2-}" = network ] || exit 0
cp /etc/resolv.conf /etc/hosts "$to/etc/"
cp /etc/apt/apt.conf.d/* "$to/etc/apt/apt.conf.d/" 2>/dev/null || true
rm -f "$to/etc/apt/apt.conf.d/docker-clean"
echo 'deb http://deb.debian.org/debian-security bookworm-security main' >>"$to/etc/apt/sources.list"
