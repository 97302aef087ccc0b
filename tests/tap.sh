# For shell tests: TAP from commands. Source it, then say plan_done at the end.
count=0
failures=0
ok() { # NAME COMMAND...: passes when the command does
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/out" 2>"$work/err"; then
		echo "ok $count - $name"
	else
		failures=$((failures + 1))
		echo "not ok $count - $name"
		sed 's/^/# out: /' "$work/out" | head -n 20
		sed 's/^/# err: /' "$work/err" | head -n 20
	fi
}
exits() { # STATUS COMMAND...: the command ends with exactly that
	wanted=$1
	shift
	"$@"
	got=$?
	[ "$got" = "$wanted" ] || { echo "exit status $got, not $wanted" >&2; return 1; }
}
says() { # WORDS COMMAND...: out or err of the command holds them, whatever its status
	words=$1
	shift
	"$@" >"$work/said" 2>&1
	grep -qF -e "$words" "$work/said" || { echo "does not say: $words" >&2; cat "$work/said" >&2; return 1; }
}
ends() { # STATUS WORDS COMMAND...: exactly that status, and says the words
	wanted=$1
	words=$2
	shift 2
	"$@" >"$work/said" 2>&1
	got=$?
	[ "$got" = "$wanted" ] && grep -qF -e "$words" "$work/said" && return 0
	echo "exit status $got, not $wanted, or not said: $words" >&2
	cat "$work/said" >&2
	return 1
}
refuses() { ends 2 "$@"; } # WORDS COMMAND...: it could not run, and says so
json() { # EXPRESSION OF d, COMMAND...: python is satisfied with the JSON on stdout
	expression=$1
	shift
	"$@" >"$work/json" 2>"$work/json.err"
	python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
ok = eval(sys.argv[2])
print(repr(d)[:2000] if not ok else "")
sys.exit(0 if ok else 1)' "$work/json" "$expression" || { cat "$work/json.err" >&2; return 1; }
}
skip() { # NAME WHY
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}
plan_done() {
	echo "1..$count"
	[ "$failures" = 0 ]
}
