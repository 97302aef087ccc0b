#!/bin/sh
# 32 browsers over HTTPS doing acts, against the bare SQLite writer alone. usage: acts.sh PROGRAMS BENCH
set -eu
programs=$1 bench=$2
. "$(dirname "$0")/lib.sh"
clients=32 each=${BENCH_ACTS:-300} rounds=${BENCH_ROUNDS:-5}
entries() { sqlite3 "$work/demo/bodies/takamatsu-demo/store.sqlite" 'SELECT count(*) FROM journal_entry'; }

demo_make "$work/demo"
port=$(free_port)
serve_start tls "$work/demo" "$port"
session=$(sign_in "https://127.0.0.1:$port" shokuin)
csrf=$(form_word "https://127.0.0.1:$port")
before=$(entries)
# A person's own setting: checked, changed, its entry noted and hashed into the tree.
"$bench/acts_https" "$port" "$session" "$csrf" /account/language language=en language=ja $clients "$each" "$rounds" "$work"
after=$(entries)
wanted=$((clients * (each * rounds + 10)))
[ $((after - before)) -ge $wanted ] || { echo "$wanted acts were acknowledged, $((after - before)) entries kept" >&2; exit 1; }
"$programs/bansho" verify --data "$work/demo" >/dev/null || { echo "the journal does not verify" >&2; exit 1; }
