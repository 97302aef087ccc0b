#!/bin/sh
# The offline bundle: the package, what it needs beyond a bare Debian 12, an index for apt, install.sh.
# Needs root, debootstrap and a way to the Debian mirror.  usage: build-bundle.sh PACKAGE.deb
set -eu
cd "$(dirname "$0")/.."
package=$1
name=$(basename "$package" .deb)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tools/bare-root.sh "$work/root" network
cp "$package" "$work/root/"
chroot "$work/root" sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y -d \
	-o APT::Keep-Downloaded-Packages=true -o Dir::Cache::archives=/var/cache/apt/archives \
	-o DPkg::Post-Invoke= -o APT::Update::Post-Invoke= --no-install-recommends install /'"$name.deb" >"$work/log" 2>&1 || {
	tail -n 20 "$work/log" >&2
	exit 1
}
bundle=$work/$name
mkdir "$bundle"
cp "$package" "$work"/root/var/cache/apt/archives/*.deb "$bundle/"
cp packaging/bundle/install.sh packaging/bundle/README.ja "$bundle/"
(cd "$bundle" && dpkg-scanpackages --multiversion . >Packages 2>/dev/null && sha256sum -- *.deb Packages install.sh >SHA256SUMS)
mkdir -p build/bundle
tar -C "$work" --owner=0 --group=0 --sort=name -cf "build/bundle/$name.tar" "$name"
echo "$PWD/build/bundle/$name.tar"
