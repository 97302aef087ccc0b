# What the topics of the bench share. Sourced with $programs (built programs) and $bench (built bench programs). Makes
# $work, a folder that goes with the topic; who starts more than serve_start does says so in a finish() of its own.
work=$(mktemp -d)
topic_end() {
	serve_stop_all
	wait 2>/dev/null || true
	rm -rf "$work"
}
finish() { topic_end; }
trap finish EXIT
trap 'exit 1' HUP INT TERM

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# NAME VALUE UNIT [RATIO OF]: one line of the result.
say_line() { printf '%-34s %8s  %-10s %s\n' "$1" "$2" "$3" "${4:+$4 to ${5:-}}"; }

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
best() { sort -n "$1" | tail -n 1; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf((a >= 10 * b) ? "%.0f" : "%.2f", a / b); else print "-" }'; }

# FOLDER: the demonstration body, made once a run.
demo_make() {
	"$programs/bansho" demo --data "$1" --seed 7 --pack "$(cd "$(dirname "$0")/.." && pwd)/packs/takamatsu" \
		>"$work/demo.log" 2>&1 || { cat "$work/demo.log" >&2; return 1; }
}

# NAME DATA PORT [--plain]: start banshod and wait until it is ready; its pid in $work/NAME.pid.
serve_start() {
	name=$1 data=$2 port=$3
	shift 3
	"$programs/banshod" --data "$data" --port "$port" "$@" >"$work/$name.log" 2>&1 &
	echo $! >"$work/$name.pid"
	for _ in $(seq 100); do
		grep -q '^ready' "$work/$name.log" && return 0
		sleep 0.1
	done
	cat "$work/$name.log" >&2
	return 1
}

serve_stop_all() {
	for pid in "$work"/*.pid; do
		[ ! -f "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
	done
}

# ADDRESS LOGIN: sign in as a person does; prints the session's token.
sign_in() {
	curl -sk -o /dev/null -c "$work/jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "login=$2" \
		--data-urlencode password=bansho-demo-2026 "$1/sign-in"
	awk '$6 ~ /session$/ { print $7 }' "$work/jar"
}

# ADDRESS: of who has just signed in by sign_in, the word that every form of theirs carries.
form_word() { curl -sk -b "$work/jar" "$1/account" | sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' | head -n 1; }

# ADDRESS MINUTES: they take up the special rights of their roles, without which an operator's acts are refused.
privileges_open() {
	[ "$(curl -sk -o "$work/opened" -w '%{http_code}' -b "$work/jar" -H 'Sec-Fetch-Site: same-origin' -d "csrf=$(form_word "$1")" \
		-d reason=bench -d "minutes=$2" "$1/privileges/open")" = 303 ] ||
		{ echo "no special rights were given" >&2; sed 's/<[^>]*>//g' "$work/opened" | grep . | head -n 30 >&2; return 1; }
}

# CONNECTIONS SECONDS URL [HEADER]: requests/s; 0 when an answer was not 2xx or 3xx.
load() {
	if [ -n "${4:-}" ]; then set -- "$1" "$2" "$3" -H "$4"; else set -- "$1" "$2" "$3"; fi
	connections=$1 seconds=$2 url=$3
	shift 3
	wrk -t1 "-c$connections" "-d${seconds}s" "$@" "$url" >"$work/wrk"
	if grep -q 'Non-2xx' "$work/wrk"; then
		cat "$work/wrk" >&2
		echo 0
	else
		sed -n 's,^Requests/sec: *,,p' "$work/wrk"
	fi
}
