#!/bin/sh
# Speed of Bansho against bare baselines and peers in the same run. One topic after another; each is a
# script or program of its own that prints lines "name  value  unit  ratio to NAME" with the medians of
# interleaved rounds. usage: run.sh [TOPIC...]. To add a topic, add it to the list and to topic().
set -eu
cd "$(dirname "$0")/.."
tools/install-packages.sh bench/packages.txt
[ "${BENCH_PEERS:-yes}" = no ] || tools/install-packages.sh bench/packages-peers.txt ||
	echo "some of bench/packages-peers.txt cannot be installed: what is missing is not measured" >&2
[ -f build/bench/build.ninja ] || meson setup build/bench -Dtests=true >/dev/null
ninja -C build/bench --quiet bench/acts_bench bench/bare_list bench/acts_https bench/print_bench bench/verify_bench bench/fill bench/pack_bench bench/evidence_bench bench/consult_bench bench/monday bench/import_bench bench/access_bench bench/duty_bench \
	src/programs/bansho src/programs/banshod src/programs/bansho-sealer src/programs/bansho-clock src/programs/bansho-print src/programs/bansho-sheet
programs=build/bench/src/programs bench=build/bench/bench

topic() {
	case $1 in
	list)
		echo "A list page of 50 rows, wrk beside the server on the same cores"
		bench/list.sh $programs $bench
		;;
	acts)
		echo "Acts through the act interface against a bare SQLite writer (one row and one entry each)"
		$bench/acts_bench
		;;
	acts-https)
		echo "Acts by 32 signed-in browsers over HTTPS against the same bare writer alone"
		bench/acts.sh $programs $bench
		;;
	print)
		bench/print.sh $programs $bench
		;;
	verify)
		bench/verify.sh $programs $bench
		;;
	pack)
		echo "A pack read, checked and linted, against libfyaml alone reading the same files"
		$bench/pack_bench packs/*/
		;;
	access)
		echo "A list of 10,000 accounts held against 10,000 staff: preview, apply, check"
		mkdir -p "$bench/access.data" && rm -rf "$bench/access.data"/* && $bench/access_bench packs/takamatsu "$bench/access.data" 10000
		;;
	duty)
		echo "10,000 open duties"
		mkdir -p "$bench/duty.data" && rm -rf "$bench/duty.data"/* && $bench/duty_bench packs/takamatsu "$bench/duty.data" 10000
		;;
	evidence)
		bench/evidence.sh $programs $bench
		;;
	permits)
		echo "Permits asked after by device among 100,000, against a bare SELECT on the same file"
		$bench/consult_bench packs/takamatsu
		;;
	monday)
		echo "4,000 people sign in within ten minutes beside normal work, against bare argon2id"
		bench/monday.sh $programs $bench
		;;
	check)
		echo "4,000 people answer a self-check within ten minutes beside normal work"
		bench/check.sh $programs $bench
		;;
	import)
		echo "10,000 staff imported through the pages, against the bare reading of the file"
		bench/import.sh $programs $bench
		;;
	big)
		bench/big.sh $programs $bench
		;;
	*)
		echo "no such topic: $1" >&2
		return 1
		;;
	esac
}

failed=""
for name in "${@:-list acts acts-https print verify pack evidence permits access duty import monday big}""${@:-list acts acts-https print verify pack evidence permits access import monday check big}"; do
	# shellcheck disable=SC2086
	for one in $name; do
		topic "$one" || failed="$failed $one"
		echo
	done
done
[ -z "$failed" ] || { echo "not measured to the end:$failed" >&2; exit 1; }
