# A real slapd on loopback for tests: source it with $work set. slapd_make, slapd_start NAME CERT, slapd_stop.
# dc=city: OpenLDAP's own names; 5,200 persons, groups in groups. dc=ad: the names of Active Directory.
PATH=$PATH:/usr/sbin
ldap=$work/ldap
mkdir -p "$ldap/db" "$ldap/ad" "$ldap/run"

ldap_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
ldap_cert() { # NAME SUBJECT SAN CA DAYS: NAME.pem and NAME.key, signed by CA (or by itself)
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$ldap/$1.key" -subj "/CN=$2" -out "$ldap/$1.csr" 2>/dev/null
	printf 'subjectAltName=%s\n' "$3" >"$ldap/$1.ext"
	openssl x509 -req -in "$ldap/$1.csr" -CA "$ldap/$4.pem" -CAkey "$ldap/$4.key" -CAcreateserial -days "$5" \
		-extfile "$ldap/$1.ext" -out "$ldap/$1.pem" 2>/dev/null
}
ldap_past() { # NAME CA: as NAME.csr, but it was good for January 2024 only
	: >"$ldap/index.txt"
	printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index.txt\nnew_certs_dir=%s\nrand_serial=yes\npolicy=p\n[p]\ncommonName=supplied\n' \
		"$ldap" "$ldap" >"$ldap/ca.conf"
	openssl ca -batch -notext -config "$ldap/ca.conf" -in "$ldap/$1.csr" -out "$ldap/$1.pem" -cert "$ldap/$2.pem" -keyfile "$ldap/$2.key" \
		-md sha256 -startdate 20240101000000Z -enddate 20240201000000Z -extfile "$ldap/$1.ext" 2>"$ldap/ca.log" || cat "$ldap/ca.log"
}
ldap_ca() { # NAME
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$ldap/$1.key" -subj "/CN=$1" -days 30 \
		-out "$ldap/$1.pem" 2>/dev/null
}
ldap_entries() {
	python3 - "$1" <<'P'
import sys
count = int(sys.argv[1])
out = sys.stdout
def entry(dn, **attributes):
    out.write(f'dn: {dn}\n')
    for name, values in attributes.items():
        for value in values if isinstance(values, list) else [values]:
            out.write(f'{name}: {value}\n')
    out.write('\n')
entry('dc=city', objectClass=['dcObject', 'organization'], dc='city', o='city')
entry('ou=people,dc=city', objectClass='organizationalUnit', ou='people')
entry('ou=groups,dc=city', objectClass='organizationalUnit', ou='groups')
entry('cn=reader,dc=city', objectClass=['organizationalRole', 'simpleSecurityObject'], cn='reader', userPassword='read it')
def person(uid, number, family, given, **more):
    entry(f'uid={uid},ou=people,dc=city', objectClass='inetOrgPerson', uid=uid, cn=f'{family}　{given}', sn=family, givenName=given,
          **({'employeeNumber': number} if number else {}), userPassword=more.pop('password', f'pass-{uid}'), **more)
person('suzuki', '101', '鈴木', '一郎', mail='suzuki@city.example.jp')
person('sato', '102', '佐藤', '花子')
person('o.kanri', '1', '山﨑', '花子')
person('twice1', '150', '重複', '一')
person('twice2', '150', '重複', '二')
person('stranger', '999', '知らぬ', '人')
person('star*', '160', '星', '印')
person('paren(s)', '161', '括弧', '印')
for no in range(count):
    person(f'u{no:05d}', f'{10000 + no}', '試験', f'{no}番', departmentNumber='総務課')
people = [f'uid=u{no:05d},ou=people,dc=city' for no in range(count)]
def group(cn, members):
    entry(f'cn={cn},ou=groups,dc=city', objectClass='groupOfNames', cn=cn, member=members)
group('inner', ['uid=suzuki,ou=people,dc=city', 'cn=circle,ou=groups,dc=city'])
group('middle', ['cn=inner,ou=groups,dc=city'])
group('outer', ['cn=middle,ou=groups,dc=city', 'UID=sato, OU=People,dc=city'])
group('circle', ['cn=outer,ou=groups,dc=city'])
group('everybody', people)
entry('cn=posix,ou=groups,dc=city', objectClass='posixGroup', cn='posix', gidNumber='5000', memberUid='sato')
P
}
ldap_ad_entries() {
	python3 - <<'P'
def entry(dn, **attributes):
    print(f'dn: {dn}')
    for name, values in attributes.items():
        for value in values if isinstance(values, list) else [values]:
            print(f'{name}: {value}')
    print()
entry('dc=ad', objectClass=['dcObject', 'organization'], dc='ad', o='ad')
entry('cn=reader,dc=ad', objectClass=['organizationalRole', 'simpleSecurityObject'], cn='reader', userPassword='read it')
def person(name, number, control, **more):
    entry(f'cn={name},dc=ad', objectClass=['user', 'extensibleObject', 'simpleSecurityObject'], cn=name, sAMAccountName=name, displayName=f'{name} 様', sn=name,
          employeeNumber=number, userAccountControl=control, userPassword=f'pass-{name}', objectCategory='cn=person,dc=ad', instanceType='4', nTSecurityDescriptor='x', objectSid='x', **more)
person('Tanaka', '201', '512', lastLogonTimestamp='134075520000000000', accountExpires='9223372036854775807',
       pwdLastSet='134075520000000000', **{'objectGUID:': 'AQIDBAUGBwgJCgsMDQ4PEA=='}, department='総務課', title='課長', memberOf='cn=Domain Admins,dc=ad')
person('gone', '202', '514', accountExpires='133805088000000000')
person('shut', '203', '512', lockoutTime='134075520000000000')
entry('cn=Domain Admins,dc=ad', objectClass='group', groupType='2', instanceType='4', nTSecurityDescriptor='x', objectCategory='cn=group,dc=ad', cn='Domain Admins', memberOf='cn=Administrators,dc=ad')
entry('cn=Administrators,dc=ad', objectClass='group', groupType='2', instanceType='4', nTSecurityDescriptor='x', objectCategory='cn=group,dc=ad', cn='Administrators')
P
}
slapd_make() { # PERSONS
	ldap_ca ca
	ldap_ca other-ca
	ldap_cert good 127.0.0.1 IP:127.0.0.1 ca 30
	ldap_cert stranger 127.0.0.1 IP:127.0.0.1 other-ca 30
	ldap_cert elsewhere dc1.city.example DNS:dc1.city.example ca 30
	ldap_cert past 127.0.0.1 IP:127.0.0.1 ca 30
	ldap_past past ca
	port=$(ldap_port)
	ports=$(ldap_port)
	slapd_conf good
	ldap_entries "$1" >"$ldap/city.ldif"
	ldap_ad_entries >"$ldap/ad.ldif"
	slapadd -q -f "$ldap/slapd.conf" -b dc=city -l "$ldap/city.ldif" >"$ldap/add.log" 2>&1 || { cat "$ldap/add.log"; return 1; }
	slapadd -q -f "$ldap/slapd.conf" -b dc=ad -l "$ldap/ad.ldif" >"$ldap/add.log" 2>&1 || { cat "$ldap/add.log"; return 1; }
}
slapd_conf() { # CERT [SIZELIMIT]
	cat >"$ldap/slapd.conf" <<C
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/msuser.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile $ldap/run/pid
TLSCACertificateFile $ldap/ca.pem
TLSCertificateFile $ldap/$1.pem
TLSCertificateKeyFile $ldap/$1.key
allow bind_anon_dn
sizelimit ${2:-500}
idletimeout 60
database mdb
suffix dc=city
rootdn cn=root,dc=city
rootpw root
directory $ldap/db
maxsize 1073741824
dbnosync
index uid,employeeNumber eq
limits dn.exact="cn=reader,dc=city" size.pr=unlimited size.prtotal=${2:-unlimited}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=reader,dc=city" read by * auth
database mdb
suffix dc=ad
rootdn cn=root,dc=ad
rootpw root
directory $ldap/ad
dbnosync
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=reader,dc=ad" read by * auth
C
}
slapd_start() { # CERT [SIZELIMIT]
	slapd_conf "$@"
	slapd -f "$ldap/slapd.conf" -h "ldap://127.0.0.1:$port ldaps://127.0.0.1:$ports" -d 0 >"$ldap/slapd.log" 2>&1 &
	slapd_pid=$!
	for _ in $(seq 300); do
		ldapsearch -x -H "ldap://127.0.0.1:$port" -b '' -s base >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	cat "$ldap/slapd.log"
	return 1
}
slapd_stop() {
	[ -n "${slapd_pid-}" ] || return 0
	kill "$slapd_pid" 2>/dev/null
	for _ in $(seq 30); do kill -0 "$slapd_pid" 2>/dev/null || break; sleep 0.1; done
	kill -9 "$slapd_pid" 2>/dev/null # it waits for whoever it was writing to
	wait "$slapd_pid" 2>/dev/null
	slapd_pid=
}
