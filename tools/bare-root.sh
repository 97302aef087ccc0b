#!/bin/sh
# A bare Debian 12 as debootstrap makes it, kept as build/bare/bookworm.tar; then a fresh copy of it.
#   bare-root.sh FOLDER           an unpacked copy
#   bare-root.sh FOLDER systemd   one with systemd, as an installed machine has it (build/bare/systemd.tar)
#   bare-root.sh FOLDER network   with this machine's way to the mirror: only to download, never to ship
set -eu
cd "$(dirname "$0")/.."
to=$1
what=${2-}
keep() { # FOLDER TAR: nothing of this machine stays in it
	rm -f "$1"/var/cache/apt/archives/*.deb "$1/etc/resolv.conf" "$1/etc/hostname"
	tar -C "$1" -cf "$2.new" .
	mv "$2.new" "$2"
	rm -rf "$1"
}
network() { # FOLDER
	cp /etc/resolv.conf /etc/hosts "$1/etc/"
	cp /etc/apt/apt.conf.d/* "$1/etc/apt/apt.conf.d/" 2>/dev/null || true
	rm -f "$1/etc/apt/apt.conf.d/docker-clean"
	echo 'deb http://deb.debian.org/debian-security bookworm-security main' >>"$1/etc/apt/sources.list"
}
kept=build/bare/bookworm.tar
if [ ! -f $kept ]; then
	mkdir -p build/bare
	rm -rf build/bare/root
	debootstrap --variant=minbase bookworm build/bare/root http://deb.debian.org/debian >build/bare/log 2>&1 || {
		tail -n 5 build/bare/log >&2
		rm -rf build/bare/root
		exit 1
	}
	keep build/bare/root $kept
fi
if [ "$what" = systemd ] && [ ! -f build/bare/systemd.tar ]; then
	rm -rf build/bare/root
	mkdir -p build/bare/root
	tar -C build/bare/root -xf $kept
	cp -a build/bare/root/etc/apt build/bare/apt.was
	network build/bare/root
	chroot build/bare/root sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get -qq update &&
		apt-get -qq -y --no-install-recommends install systemd systemd-sysv dbus' >build/bare/log 2>&1 || {
		tail -n 5 build/bare/log >&2
		rm -rf build/bare/root build/bare/apt.was
		exit 1
	}
	rm -rf build/bare/root/etc/apt
	mv build/bare/apt.was build/bare/root/etc/apt
	rm -f build/bare/root/etc/hosts
	keep build/bare/root build/bare/systemd.tar
fi
[ "$what" != systemd ] || kept=build/bare/systemd.tar
rm -rf "$to"
mkdir -p "$to"
tar -C "$to" -xf "$kept"
[ "$what" != network ] || network "$to"
