#!/bin/sh
# Install the Debian packages named in the list files that are missing. One list or more.
set -eu
missing=""
for package in $(cat "$@" | sed 's/#.*//'); do
	case "$package" in
	nodejs) command -v node >/dev/null 2>&1 && continue ;;
	npm) command -v npm >/dev/null 2>&1 && continue ;;
	esac
	dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# Postfix is for the tests to start by hand: no mail system of this machine's own.
case "$missing" in
*postfix*) echo "postfix postfix/main_mailer_type select No configuration" | $sudo debconf-set-selections ;;
esac
# Redmine is started by the bench with a store of its own: no database of this machine's.
case "$missing" in
*redmine*) echo "redmine redmine/instances/default/dbconfig-install boolean false" | $sudo debconf-set-selections ;;
esac
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
