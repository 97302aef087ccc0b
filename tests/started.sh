# For shell tests that start a program of ours: a work folder, ended with $running, the program that runs. Source it.
work=$(mktemp -d)
running=""
finish() {
	[ -n "$running" ] && kill "$running" 2>/dev/null && wait "$running" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
. "$(dirname "$0")/tap.sh"
data=$work/data
