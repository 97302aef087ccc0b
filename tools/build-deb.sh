#!/bin/sh
# The Debian package, into build/deb. Extra programs and units are taken along when they are there.
#   tools/build-deb.sh [VERSION]   another version, of the same programs: for the tests
set -eu
cd "$(dirname "$0")/.."
here=$PWD
export LC_ALL=C.UTF-8
plain=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
version=${1:-$plain}
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
mkdir -p build
[ -f build/package/build.ninja ] ||
	meson setup build/package -Dtests=false -Dpacks=/usr/share/bansho/packs >build/package.setup.log 2>&1 || {
		cat build/package.setup.log
		exit 1
	}
ninja -C build/package --quiet
built=${BANSHO_PROGRAMS_FROM:-$here/build/package/src/programs}
from() { if [ -x "$built/$1" ]; then echo "$built/$1"; else echo "$here/build/package/src/programs/$1"; fi; }

top=$here/build/deb
root=$top/root
rm -rf "$root"
mkdir -p "$root/DEBIAN"
lib=$root/usr/lib/bansho
put() { install -D -m "$1" "$2" "$3"; }
programs=""
for program in bansho banshod bansho-sealer bansho-clock bansho-print bansho-sheet bansho-directory bansho-witness; do
	put 0755 "$(from $program)" "$lib/$program"
	strip --remove-section=.comment --remove-section=.note "$lib/$program"
	programs="$programs $lib/$program"
done
put 0755 packaging/debian/bansho-certificate "$lib/bansho-certificate"
put 0755 packaging/debian/bansho-start "$lib/bansho-start"
mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/share/bansho"
ln -s ../lib/bansho/bansho "$root/usr/bin/bansho"
ln -s ../lib/bansho/bansho-certificate "$root/usr/sbin/bansho-certificate"
ln -s ../lib/bansho/bansho-witness "$root/usr/sbin/bansho-witness"
ln -s ../lib/bansho/bansho-directory "$root/usr/sbin/bansho-directory"
# Everything a pack is made of: its files and the texts of its courses.
(cd packs && find . \( -name '*.yaml' -o -path '*/courses/*.md' \) -exec install -D -m 0644 {} "$root/usr/share/bansho/packs/{}" \;)
put 0644 packaging/debian/bansho.conf "$root/etc/bansho/bansho.conf"
put 0644 packaging/debian/witness.conf "$root/etc/bansho/witness.conf"
put 0644 packaging/debian/bansho.bash-completion "$root/usr/share/bash-completion/completions/bansho"
ln -s bansho "$root/usr/share/bash-completion/completions/bansho-witness"
for unit in packaging/debian/*.service packaging/debian/*.timer packaging/systemd/*.service packaging/systemd/*.socket \
	packaging/systemd/*.target packaging/systemd/*.path packaging/systemd/*.timer; do
	[ ! -f "$unit" ] || put 0644 "$unit" "$root/lib/systemd/system/${unit##*/}"
done
for kind in sysusers tmpfiles; do
	for file in packaging/systemd/$kind.d/*.conf packaging/systemd/*.$kind; do
		[ ! -f "$file" ] || put 0644 "$file" "$root/usr/lib/$kind.d/bansho.conf"
	done
done

document=$root/usr/share/doc/bansho
put 0644 packaging/debian/copyright "$document/copyright"
sed -n '1,$p' src/pages/static/tokens.LICENSE >"$document/tokens.LICENSE"
put 0644 README.ja.md "$document/README.ja.md"
cp docs/package.md docs/journal.md docs/command-line.md docs/permits.md docs/directory.md docs/pack-format.md docs/your-own-policy.md "$document/"
[ ! -f docs/operation.md ] || cp docs/operation.md "$document/"
date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
printf 'bansho (%s) bookworm; urgency=medium\n\n  * Version %s.\n\n -- the authors of Bansho <bansho@localhost>  %s\n' \
	"$version" "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$document/changelog.gz"
python3 tools/man-pages.py "$here/build/package/src/programs" packaging/debian "$root/usr/share/man" "$version" "$date"
find "$root/usr/share/man" -type f -exec gzip -9n {} +
chmod -R u=rwX,go=rX "$root/usr" "$root/etc"

# dpkg-shlibdeps wants a source tree; it gets one that holds nothing else.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/debian"
cp packaging/debian/control.in "$work/debian/control"
# shellcheck disable=SC2086
(cd "$work" && dpkg-shlibdeps -O $programs 2>"$work/warned") >"$work/depends" || {
	cat "$work/warned" >&2
	exit 1
}
depends=$(sed -n 's/^shlibs:Depends=//p' "$work/depends")
{
	sed -n '/^Package: bansho$/,$p' packaging/debian/control.in |
		sed "s/^Architecture: any/Architecture: $architecture/; s/\${shlibs:Depends}/$depends/; /^Package:/a Version: $version"
} >"$work/control"
sed -n 's/^\(Section\|Priority\|Maintainer\):/&/p' packaging/debian/control.in >"$work/common"
{
	grep '^Package:\|^Version:\|^Architecture:\|^Depends:' "$work/control"
	cat "$work/common"
	echo "Installed-Size: $(du -sk --apparent-size "$root" | cut -f 1)"
	sed -n '/^Description:/,$p' "$work/control"
} >"$root/DEBIAN/control"
printf '/etc/bansho/%s\n' bansho.conf witness.conf >"$root/DEBIAN/conffiles"
put 0644 packaging/debian/templates "$root/DEBIAN/templates"
for script in config postinst prerm postrm; do put 0755 packaging/debian/$script "$root/DEBIAN/$script"; done
(cd "$root" && find etc usr lib -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$top/bansho_${version}_$architecture.deb" >/dev/null
echo "$top/bansho_${version}_$architecture.deb"
