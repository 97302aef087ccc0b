#!/bin/sh
# OSCAL out and in, held against NIST's schema by validators that are not ours (python3-jsonschema,
# libjson-validator-perl). usage: oscal_test.sh PROGRAMS SOURCE
programs=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/tap.sh"
b=$programs/bansho
here=$source/tests/oscal
schema=$here/oscal_complete_schema_1.2.1.json
valid() { python3 "$here/validate.py" "$schema" "$@"; }
valid_again() { perl "$here/validate.pl" "$schema" "$@"; }
edited() { python3 "$here/edit.py" "$1" "$2" "$3"; }
same() { diff -r "$1" "$2"; }
loads() { exits 0 "$b" pack check "$1"; }
twice() { # perl is optional: another opinion where it is installed
	what=$1
	shift
	ok "$what: valid" valid "$@"
	if perl -MJSON::Validator -e 1 2>/dev/null; then
		ok "$what: valid to a second validator" valid_again "$@"
	else
		skip "$what: valid to a second validator" "no libjson-validator-perl"
	fi
}

# --- The validator can say no
python3 - "$work" <<'EOF'
import json, sys
bad = {'catalog': {'uuid': 'x', 'metadata': {'title': 't', 'last-modified': 'now', 'version': '1', 'oscal-version': '1.2.1'},
                   'groups': [], 'surprise': 1}}
json.dump(bad, open(sys.argv[1] + '/bad.json', 'w'))
EOF
ok "the validator refuses what is no OSCAL" exits 1 valid "$work/bad.json"

# --- Every pack, whatever stands in packs/: out, valid, and back to the letter
for pack in "$source"/packs/*/ "$source"/tests/packs/whole/; do
	[ -e "$pack/pack.yaml" ] || continue
	this=$(basename "$pack")
	out=$work/$this
	ok "$this: exported" exits 0 "$b" oscal export "$out" --pack "${pack%/}"
	twice "$this" "$out"/*.json
	"$b" oscal export "$out.again" --pack "${pack%/}" >/dev/null
	ok "$this: two exports are the same bytes" same "$out" "$out.again"
	ok "$this: imported without a difference" exits 0 "$b" oscal import "$out"/*.json "$out.back"
	ok "$this: the pack came back to the letter" same "${pack%/}" "$out.back"

	# Without the files it carries, the catalog alone still holds the clauses, roles and parameters.
	edited strip "$out/catalog.json" "$work/bare.json"
	rm -rf "$work/bare" "$work/bare.out"
	ok "$this: the catalog alone becomes a pack" exits 0 "$b" oscal import "$work/bare.json" "$work/bare"
	"$b" oscal export "$work/bare.out" --pack "$work/bare" >/dev/null 2>&1
	edited essence "$out/catalog.json" "$work/a.json"
	edited essence "$work/bare.out/catalog.json" "$work/b.json" 2>/dev/null
	ok "$this: with every clause, role and parameter as it was" same "$work/a.json" "$work/b.json"
done

# --- A catalog of ours that somebody edited
catalog=$work/whole/catalog.json
try() { # HOW: edits the catalog and imports it
	edited "$1" "$catalog" "$work/$1.json"
	rm -rf "$work/$1"
	"$b" oscal import "$work/$1.json" "$work/$1" --json
}
ok "an edited duty wins over the file inside" json \
	'not d["untouched"] and d["ours"] and d["errors"] == [] and "[whole_smt." in d["differences"][0]["where"]' try reword
ok "and stands in the pack" grep -q 'すべての機関は、この基準を\*必ず\*守る。' -r "$work/reword/clauses"
ok "the other files stay as they are" cmp "$source/tests/packs/whole/occasions.yaml" "$work/reword/occasions.yaml"
ok "an added control becomes a clause, what it lacks is listed" json 'd["clauses"] > 0 and d["errors"] == []' try add
ok "in to-answer.md" grep -q added-1 "$work/add/to-answer.md"
ok "a renamed role wins" json 'len(d["differences"]) == 1' try rename
ok "and stands in the pack" grep -q 改めた役割の名前 "$work/rename/roles.yaml"
ok "a property nobody knows is told as lost" json 'any("props" in x["where"] for x in d["differences"][1:])' try prop
ok "differences end with 1" exits 1 "$b" oscal import "$work/reword.json" "$work/reword.one"
ok "a file inside that is not its hash is refused" refuses "ハッシュ" try bytes
ok "a file inside that would leave the folder is refused" refuses "outside.yaml" try leave
ok "and nothing was written there" test ! -e "$work/outside.yaml"
ok "a wrong type is refused with its place" refuses "catalog.groups[0].title" try type
ok "two controls of one id are refused" refuses "二度" try twice

# --- Catalogs of others
harbour=$here/foreign/harbour
ok "the invented profile and components are valid" valid "$harbour-profile.json" "$harbour-component.json" "$here/foreign/minato-catalog.json"
ok "a catalog of others becomes a pack" json 'd["clauses"] == 5 and d["errors"] == [] and d["to_answer"] > 0 and not d["ours"]' \
	"$b" oscal import "$harbour-catalog.json" "$work/harbour" --json
ok "that loads" loads "$work/harbour"
ok "what it lacks is listed" grep -q "lk-1_smt.b" "$work/harbour/to-answer.md"
ok "what a pack has no place for is kept to read" grep -q "A register on paper serves" "$work/harbour/from-catalog.md"
ok "a prohibition stays one" grep -q "modality: must-not" -r "$work/harbour/clauses"
ok "parameters within parameters are put into words" grep -q "〔in the office / at 〔name of the harbour〕〕" -r "$work/harbour/clauses"
ok "it can be exported again" exits 0 "$b" oscal export "$work/harbour.out" --pack "$work/harbour"
twice "exported again" "$work/harbour.out"/*.json
ok "a profile selects and sets" json 'd["clauses"] == 4 and d["errors"] == []' \
	"$b" oscal import "$harbour-catalog.json" "$harbour-profile.json" "$harbour-component.json" "$work/small" --json
ok "the parameter is the profile's" grep -q "usual: 14" "$work/small/parameters.yaml"
ok "what was not selected is not there" sh -c "! grep -rq watch_1 '$work/small/clauses'"
ok "a Japanese catalog becomes a pack" json 'd["clauses"] == 2 and d["errors"] == []' \
	"$b" oscal import "$here/foreign/minato-catalog.json" "$work/minato" --json
ok "that loads" loads "$work/minato"
ok "ids that a pack cannot have are listed" grep -q "第1条 →" "$work/minato/to-answer.md"
ok "a period in its words is a parameter in days" grep -q "usual: 1095" "$work/minato/parameters.yaml"
ok "a folder with something in it is not written into" refuses "空ではありません" \
	"$b" oscal import "$here/foreign/minato-catalog.json" "$work/minato"
ok "a profile alone is no pack" refuses "catalog" "$b" oscal import "$harbour-profile.json" "$work/nothing"

# --- A body: every model, valid, and the same bytes twice
demo=$work/demo
"$b" demo --data "$demo" --seed 7 --staff 60 --assets 200 --today 2026-11-20 >/dev/null 2>&1
body=$work/body
ok "every model of the demonstration body" json 'len(d["files"]) == 6' "$b" oscal export "$body" --data "$demo" --json
twice "the demonstration body" "$body"/*.json
"$b" oscal export "$body.again" --data "$demo" >/dev/null
ok "two exports of the body are the same bytes" same "$body" "$body.again"
# A body keeps what is policy; what the folder says to its readers (README.md) stays behind.
cp -r "$source/packs/takamatsu" "$work/policy"
rm -f "$work/policy"/*.md
"$b" oscal export "$work/policy.out" --pack "$work/policy" >/dev/null
ok "its catalog is the pack's, whoever exports it" cmp "$body/catalog.json" "$work/policy.out/catalog.json"
states() { # the same states as bansho evidence tells
	"$b" evidence --data "$demo" --json >"$work/evidence.json" || return 1
	python3 - "$work/evidence.json" "$body/assessment-results.json" <<'EOF'
import json, sys
evidence, results = (json.load(open(name)) for name in sys.argv[1:])
clauses = evidence['clauses'] if isinstance(evidence, dict) else evidence
told = {c['clause']: c['state'] for c in clauses}
prop = lambda o, name: next(p['value'] for p in o['props'] if p['name'] == name)
found = {prop(f, 'clause'): prop(f, 'state') for f in results['assessment-results']['results'][0]['findings']}
sys.exit(told != found)
EOF
}
ok "the results tell the states that bansho evidence tells" states
ok "profile and components of a body come back without a difference" exits 0 \
	"$b" oscal import "$body/catalog.json" "$body/profile.json" "$body/component-definition.json" "$work/body.back"
ok "a model that needs a body says so" refuses "--data" "$b" oscal export "$work/none" --pack "$source/packs/takamatsu" --model poam
ok "an unknown model is refused" refuses "poam" "$b" oscal export "$work/none" --pack "$source/packs/takamatsu" --model nothing
ok "results cannot become a pack" refuses "assessment-results" "$b" oscal import "$body/assessment-results.json" "$work/none"
plan_done
