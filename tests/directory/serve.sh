#!/bin/sh
# A slapd for the browser tests, until it is ended. usage: serve.sh FOLDER MORE.ldif
# Prints "ready PORT" and leaves FOLDER/directory.conf for bansho-directory.
work=$1
. "$(dirname "$0")/slapd.sh"
trap 'slapd_stop; exit 0' TERM INT EXIT
more=$2
slapd_make 300 || exit 1
slapadd -q -f "$ldap/slapd.conf" -b dc=city -l "$more" || exit 1
slapd_start good || exit 1
printf 'read it\n' >"$work/password"
chmod 600 "$work/password"
cat >"$work/directory.conf" <<C
kind = openldap
url = ldap://127.0.0.1:$port
ca = $ldap/ca.pem
bind-dn = cn=reader,dc=city
password-file = $work/password
base = dc=city
seconds = 15
C
echo "ready $port"
while :; do sleep 1; done
