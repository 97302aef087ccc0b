#!/bin/sh
# 番所を、この入れ物の中のパッケージだけで入れます。root で: sh install.sh
set -eu
cd "$(dirname "$0")"
[ "$(id -u)" = 0 ] || { echo "root で実行してください。" >&2; exit 2; }
sha256sum --quiet -c SHA256SUMS || { echo "入れ物が壊れています。写し直してください。" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cp -- *.deb Packages "$work/"
chmod 644 "$work"/*
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
echo "deb [trusted=yes] file:$work ./" >"$work/sources.list"
# Only this folder is a source: neither the machine's lists nor its network.
alone="-o Dir::Etc::sourcelist=$work/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$work/lists
	-o Dir::Cache=$work/cache -o APT::Sandbox::User=root"
# shellcheck disable=SC2086
apt-get -qq $alone update
# shellcheck disable=SC2086
apt-get -y $alone --no-install-recommends "$@" install "$work"/bansho_*.deb
if [ -z "$(ls -A /var/lib/bansho/bodies)" ]; then
	[ -t 0 ] || { echo "番所: 次に bansho setup を実行してください。" >&2; exit 0; }
	bansho setup
	[ ! -d /run/systemd/system ] || /usr/lib/bansho/bansho-start
fi
port=$(bansho config port)
names=$(bansho config names)
name=${names%% *}
echo "番所の画面: https://${name:-$(hostname)}:${port:-8443}/"
bansho-certificate show
