#!/bin/sh
# RFC 3161 stamps from a real authority (openssl ts) behind a little HTTP server.
# usage: stamp_test.sh PROGRAMS DRIVER PACK
programs=$1
driver=$2
pack=$3
work=$(mktemp -d)
export LC_ALL=C.UTF-8
server=""
finish() {
	[ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho
clock=$programs/bansho-clock
data=$work/data
store=$data/bodies/town/store.sqlite
once() { "$clock" --data "$data" --once; }
stamps() { sqlite3 "$store" 'SELECT count(*) FROM journal_stamp'; }

# --- an authority
authority() { # FOLDER
	mkdir -p "$1"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=authority" -days 30 \
		-keyout "$1/ca-key.pem" -out "$1/ca.pem" 2>/dev/null
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=stamps" \
		-keyout "$1/key.pem" -out "$1/request.pem" 2>/dev/null
	printf 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n' >"$1/extensions"
	openssl x509 -req -in "$1/request.pem" -CA "$1/ca.pem" -CAkey "$1/ca-key.pem" -CAcreateserial -days 30 \
		-extfile "$1/extensions" -out "$1/certificate.pem" 2>/dev/null
	echo 01 >"$1/serial"
	cat >"$1/config" <<CF
[tsa]
default_tsa = config_one
[config_one]
serial = $1/serial
signer_cert = $1/certificate.pem
signer_key = $1/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
CF
}
reply() { openssl ts -reply -config "$1/config" -queryfile "$2" -out "$3" 2>/dev/null; }
cat >"$work/server.py" <<'PY'
import http.server, subprocess, sys, os
folder = sys.argv[1]
class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        assert self.headers['Content-Type'] == 'application/timestamp-query'
        query = self.rfile.read(int(self.headers['Content-Length']))
        if os.path.exists(folder + '/replay'):
            query = open(folder + '/replay', 'rb').read()
        open(folder + '/last.tsq', 'wb').write(query)
        subprocess.run(['openssl', 'ts', '-reply', '-config', folder + '/config', '-queryfile', folder + '/last.tsq',
                        '-out', folder + '/last.tsr'], check=True, stderr=subprocess.DEVNULL)
        answer = open(folder + '/last.tsr', 'rb').read()
        self.send_response(200)
        self.send_header('Content-Type', 'application/timestamp-reply')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *words):
        pass
server = http.server.HTTPServer(('127.0.0.1', 0), Authority)
open(folder + '/port', 'w').write(str(server.server_port))
server.serve_forever()
PY

init() { "$b" init --data "$data" --body town --name 見本町 --pack "$pack" --admin kanri --admin-name "山﨑 花子" --admin-number 0001; }
ok "a body" exits 0 init
ok "an authority" authority "$work/tsa"
authority "$work/other"

# --- by files
keep() { "$b" journal stamp keep "$1" --data "$data"; }
query() { "$b" journal stamp query "$1" --data "$data"; }
ok "an authority by files" exits 0 "$b" journal stamp use - --ca "$work/tsa/ca.pem" --data "$data"
ok "a key is no certificate" exits 2 "$b" journal stamp use - --ca "$work/tsa/key.pem" --data "$data"
ok "a query for the newest checkpoint" exits 0 query "$work/1.tsq"
asks() { openssl ts -query -in "$work/1.tsq" -text 2>/dev/null | grep -qi 'sha256'; }
ok "which openssl reads" asks
ok "the authority answers" reply "$work/tsa" "$work/1.tsq" "$work/1.tsr"
reply "$work/other" "$work/1.tsq" "$work/other.tsr"
ok "another authority's answer is refused" exits 2 keep "$work/other.tsr"
openssl ts -query -data "$pack/pack.yaml" -sha256 -cert -out "$work/strange.tsq" 2>/dev/null
reply "$work/tsa" "$work/strange.tsq" "$work/strange.tsr"
ok "a stamp over something else is refused" ends 2 検証点のものではありません keep "$work/strange.tsr"
bent() { # every 97th byte bent, one after another: never kept
	size=$(stat -c %s "$work/1.tsr")
	for at in $(seq 0 97 $((size - 1))); do
		python3 -c 'import sys; d = bytearray(open(sys.argv[1], "rb").read()); d[int(sys.argv[3])] ^= 0x15; open(sys.argv[2], "wb").write(d)' \
			"$work/1.tsr" "$work/bent.tsr" "$at"
		keep "$work/bent.tsr" >/dev/null 2>&1 && { echo "kept with byte $at bent" >&2; return 1; }
	done
	[ "$(stamps)" = 0 ]
}
ok "a bent answer is never kept" bent
ok "the answer is kept" exits 0 keep "$work/1.tsr"
ok "once" ends 2 すでに keep "$work/1.tsr"
entry() { sqlite3 "$store" "SELECT entry FROM journal_entry WHERE entry LIKE '%journal.stamp%'" | grep -q "$(sha256sum <"$work/1.tsr" | cut -d' ' -f1)"; }
ok "its hash is in the next entry" entry
ok "verify counts it" json 'd["ok"] and d["stamps"] == 1' "$b" verify --data "$data" --json
out() { rm -rf "$work/all" && "$b" export "$work/all" --data "$data"; }
ok "the export holds it" exits 0 out
tsr=$(find "$work/all" -name '*.tsr')
ok "and openssl alone verifies it" openssl ts -verify -in "$tsr" -data "${tsr%.tsr}.checkpoint" -CAfile "$work/tsa/ca.pem"
ok "so does verify" json 'd["ok"] and d["stamps"] == 1' "$b" verify "$work/all" --json
sed -i '2s/.*/7/' "${tsr%.tsr}.checkpoint"
ok "a stamped checkpoint that was changed is found" exits 1 "$b" verify "$work/all"

# --- by the clock
mkdir -p "$work/tsa"
python3 "$work/server.py" "$work/tsa" &
server=$!
for _ in $(seq 300); do [ -s "$work/tsa/port" ] && break; sleep 0.1; done
ok "an authority over HTTP" exits 0 "$b" journal stamp use "http://127.0.0.1:$(cat "$work/tsa/port")/" --ca "$work/tsa/ca.pem" --data "$data"
once >/dev/null 2>&1
ok "not twice a day" test "$(stamps)" = 1
sqlite3 "$store" 'UPDATE journal_stamp SET "at" = "at" - 90000000'
cp "$work/1.tsq" "$work/tsa/replay"
ok "an answer to another question" says stamp once
ok "is not kept" test "$(stamps)" = 1
rm "$work/tsa/replay"
ok "a day later the clock asks" exits 0 once
ok "and keeps" test "$(stamps)" = 2
ok "verify is content" json 'd["ok"] and d["stamps"] == 2' "$b" verify --data "$data" --json
sqlite3 "$store" 'UPDATE journal_stamp SET answer = (SELECT answer FROM journal_stamp WHERE id = 1) WHERE id = 2'
ok "an exchanged stamp is found" ends 1 タイムスタンプ "$b" verify --data "$data"
plan_done
