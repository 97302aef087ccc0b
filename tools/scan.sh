#!/bin/bash
# Outside scanners against a demonstration body, signed in: sslscan, wapiti, sqlmap, and nikto where it is
# installed (Debian non-free). Usage: tools/scan.sh [FOLDER OF THE PROGRAMS]. Takes some minutes; prints what each
# found and ends with 1 when it was anything of weight. Not part of `make test`.
set -u
cd "$(dirname "$0")/.." || exit 2
programs=$(readlink -f "${1:-build/bin}")
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
site=https://127.0.0.1:$port
found=0
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$work"' EXIT

say() { printf '\n== %s\n' "$*"; }
weigh() { # WORDS: something of weight
	printf 'FOUND: %s\n' "$*"
	found=1
}

"$programs/bansho" demo --pack packs/takamatsu --data "$work/data" --staff 60 --assets 200 >/dev/null || exit 2
"$programs/bansho" run --data "$work/data" --port "$port" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 100); do grep -q 'ready' "$work/log" && break; sleep 0.2; done

# The session of the operator, for whom most is open.
curl -sk -c "$work/jar" -o /dev/null -H "Origin: $site" --data-urlencode login=system --data-urlencode 'password=bansho-demo-2026' "$site/sign-in"
token=$(awk '/__Host-session/ { print $7 }' "$work/jar")
[ -n "$token" ] || { echo "cannot sign in"; cat "$work/log"; exit 2; }
cookie="__Host-session=$token"
alive() { curl -sk -b "$cookie" -o /dev/null -w '%{http_code}' "$site/ledger/asset"; }
[ "$(alive)" = 200 ] || { echo "the session does not hold"; exit 2; }

say sslscan
sslscan --no-colour "127.0.0.1:$port" >"$work/ssl"
grep -E '^(SSLv|TLSv)|Heartbleed|compression|renegotiation|Accepted|Preferred' "$work/ssl"
grep -Eq '^(SSLv[23]|TLSv1\.[01]) +enabled' "$work/ssl" && weigh "an old protocol"
grep -E 'Accepted|Preferred' "$work/ssl" | grep -Eiq 'RC4|3DES|NULL|EXP|anon|MD5|TLS_RSA' && weigh "a weak cipher"
grep -E 'vulnerable to heartbleed' "$work/ssl" | grep -vq 'not vulnerable' && weigh heartbleed

say "sqlmap: list, search, sort, ids and a form"
n=0
for target in "$site/ledger/asset?q=x&sort=name" "$site/people?q=a&unit=1" "$site/dossiers?q=1&state=sent" "$site/journal?about=dossier:1&before=9" "$site/map?q=1"; do
	n=$((n + 1))
	timeout 400 sqlmap -u "$target" --cookie="$cookie" --batch --level=2 --risk=2 --threads=4 --flush-session --disable-coloring \
		--ignore-code=400,404,422 --output-dir="$work/sqlmap" >"$work/sql.$n" 2>&1
	grep -E 'CRITICAL|injectable|WAF|unable' "$work/sql.$n" | tail -n 2
	grep -Eq 'is vulnerable|sqlmap identified the following injection' "$work/sql.$n" && weigh "sqlmap: $target"
done
timeout 300 sqlmap -u "$site/sign-in" --data='login=x&password=y' --headers="Origin: $site" --batch --level=2 --risk=2 --flush-session \
	--disable-coloring --ignore-code=400,403,422 --output-dir="$work/sqlmap" >"$work/sql.in" 2>&1
grep -E 'CRITICAL|injectable|WAF|unable' "$work/sql.in" | tail -n 2
grep -Eq 'is vulnerable|sqlmap identified the following injection' "$work/sql.in" && weigh "sqlmap: sign-in"

say wapiti
# Debian 12's wapiti writes the flags of an expression where its Python no longer takes them.
cat >"$work/wapiti.py" <<'P'
import re, runpy, sys
compile_ = re.compile
def compile_flags_first(pattern, flags=0):
    if isinstance(pattern, str) and pattern.endswith('(?ms)'):
        pattern = '(?ms)' + pattern[:-5]
    return compile_(pattern, flags)
re.compile = compile_flags_first
sys.argv[0] = '/usr/bin/wapiti'
runpy.run_path('/usr/bin/wapiti', run_name='__main__')
P
# It must not sign itself out.
timeout 1200 /usr/bin/python3 "$work/wapiti.py" -u "$site/" --scope domain -H "Cookie: $cookie" -x "$site/sign-out" --verify-ssl 0 -d 3 --max-links-per-page 20 \
	--max-scan-time 240 --max-attack-time 60 --flush-session --no-bugreport --store-session "$work/wapiti" \
	-m 'blindsql,crlf,csp,exec,file,http_headers,cookieflags,csrf,methods,permanentxss,redirect,sql,xss,xxe,htaccess,backup' \
	-f json -o "$work/wapiti.json" >"$work/wapiti.log" 2>&1
python3 - "$work/wapiti.json" <<'P' || weigh wapiti
import json, sys
try:
    report = json.load(open(sys.argv[1]))
except OSError as error:
    print('no report:', error)
    sys.exit(1)
print(report['infos'].get('crawled_pages_nbr', report['infos'].get('crawled_pages', '?')), 'pages crawled')
bad = 0
for kind, list_ in {**report['vulnerabilities'], **report['anomalies']}.items():
    for one in list_:
        print(kind, '-', one['method'], one['path'], one['info'][:200])
        bad += 1
print(bad, 'found')
sys.exit(1 if bad else 0)
P

if command -v nikto >/dev/null; then
	say nikto
	cp /etc/nikto/config.txt "$work/nikto.conf"
	echo "STATIC-COOKIE=\"__Host-session=$token\"" >>"$work/nikto.conf"
	timeout 900 nikto -config "$work/nikto.conf" -host 127.0.0.1 -port "$port" -ssl -nointeractive -Tuning 123457890abc -maxtime 600 >"$work/nikto" 2>&1
	grep '^+' "$work/nikto" || tail -n 3 "$work/nikto"
else
	say "nikto: not installed"
fi

say "afterwards"
[ "$(alive)" = 200 ] && echo "the session still holds" || { echo "session: $(alive)"; }
kill "$server"; wait "$server" 2>/dev/null
"$programs/bansho" verify --data "$work/data" | tail -n 5 || weigh "the journal"
grep -Ei 'sanitizer|assert|segv|broken' "$work/log" | head
exit "$found"
