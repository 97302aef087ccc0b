#!/bin/sh
# A policy as text becomes a draft pack: three numbering styles with all their quirks, the counts
# known by hand, and input nobody should have given it. Prints TAP.
#   draft_test.sh PROGRAMS TESTS
set -u
export LC_ALL=C.UTF-8
programs=$1
texts=$2/drafts
bansho=$programs/bansho
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$2/tap.sh"

draft() { # NAME
	"$bansho" pack draft "$texts/$1.txt" --into "$work/$1" --json --lang en
}
clause() { # NAME EXPRESSION OF c (id -> its lines as one text)
	python3 - "$work/$1" "$2" <<'END'
import glob, re, sys
c = {}
for name in sorted(glob.glob(sys.argv[1] + '/clauses/*.yaml')):
    for part in re.split(r'(?m)^  - id: ', open(name, encoding='utf-8').read())[1:]:
        c[part.split('"')[1]] = part
ok = eval(sys.argv[2])
if not ok:
    print(sorted(c), file=sys.stderr)
sys.exit(0 if ok else 1)
END
}

# What stands in decimal.txt, counted by eye.
ok "decimal: everything there is found" json "d['counts'] == dict(articles=0, bullets=0, chapters=4, circled=0, contents=13,
  deadlines=3, discretionary=1, duties=28, form_citations=3, forms=2, kana=2, lettered=16, notes=4, numbered=4,
  paragraphs=0, periods=2, questions=14, references_resolved=3, references_unresolved=2, roles=5, sections=6,
  statutes=1, terms=1)" draft decimal
ok "decimal: the draft loads" "$bansho" pack check "$work/decimal"
ok "a note at the end of a page does not cut its clause" clause decimal \
	"'委任することができる。' in c['2.1.c'] and '報告しなければならない。' in c['3.3.b']"
ok "a note's own (1) to (3) are no clauses" clause decimal "'2.1.b.1' not in c and '前号に近い' in c['n1']"
ok "notes stand under the clause that bears their mark" clause decimal \
	"'under: \"2.1.b\"' in c['n1'] and 'under: \"2.1.c\"' in c['n2'] and 'under: \"3.3.b\"' in c['n4'] and 'note: yes' in c['n4']"
ok "page numbers and running headers are in no clause" clause decimal \
	"not any('情報安全基準' in c[i] for i in c if i != 'cover') and not any('ことが1' in c[i] for i in c)"
ok "letters set wide are one name" clause decimal "'ja: \"CISOは' in c['2.1.b'] and 'actor: ciso' in c['2.1.b']"
ok "the printed sentence stays as it was" clause decimal "'Ｃ Ｉ Ｓ Ｏは' in c['2.1.b'] and '（※¹）' in c['2.1.b']"
ok "must, must not, may, endeavour" clause decimal \
	"'modality' not in c['3.2.1.a'] and 'modality: must-not' in c['3.2.1.c'] and 'modality: may' in c['2.1.b'] and 'modality: endeavour' in c['3.2.2.b']"
ok "two sentences are two duties, the form with them" clause decimal \
	"'ja:' in c['3.2.2.a-1'] and 'form: \"2-1\"' in c['3.2.2.a-2'] and 'form: \"1\"' in c['3.2.1.a']"
ok "a deadline with a number is a value, one without is left open" clause decimal \
	"'\n      within: deadline.24-hours' in c['3.3.b'] and '# within: deadline.promptly' in c['3.2.2.a-2'] and '# every: period.regularly' in c['3.3.a']"
ok "a citation that leads nowhere has no target" clause decimal \
	"'printed: \"5.2.(1)\"' in c['n2'] and 'to: \"5' not in c['n2'] and 'to: \"3.3\"' in c['n2']"
ok "a) within a list is the clause beside it" clause decimal "'to: \"3.2.1.a\"' in c['3.2.1.c']"
ok "a second actor is kept" clause decimal "'actor: staff' in c['3.2.2.b'] and 'also: [manager]' in c['3.2.2.b']"
ok "a role nobody defines is named" clause decimal "'統括情報セキュリティ管理者' in c['3.3.a'].split('names:')[1]"
ok "statutes with their number" clause decimal "'個人情報の保護に関する法律' in c['3.3.c'].split('statutes:')[1]"
ok "what is not decided is asked with line and clause" json "{(q['line'], q['clause']) for q in d['questions']} >= {(18, ''), (46, 'n2'), (91, ''), (86, '3.2.1.b'), (100, '3.3.a'), (101, '3.3.b')}" \
	"$bansho" pack draft "$texts/decimal.txt" --json --lang en
ok "the editions of cover, table and supplements" grep -q 'enacted: "2021-04-01", effective: "2021-04-01"' "$work/decimal/pack.yaml"
ok "an organisation named in the text is a role" grep -q '電子化推進会議' "$work/decimal/roles.yaml"

ok "dashed: everything there is found" json "{k: v for k, v in d['counts'].items() if v} == dict(bullets=2, chapters=2, circled=2,
  duties=12, form_citations=1, forms=1, numbered=3, periods=1, questions=11, references_resolved=1,
  references_unresolved=1, roles=4, sections=7, terms=2)" draft dashed
ok "dashed: the draft loads" "$bansho" pack check "$work/dashed"
ok "2―1―1 ① is 2.1.1.1, bullets under ● are clauses, the preface is 0" clause dashed \
	"{'2.1.1.1', '2.1.1.2', '1.2.1.1', '1.2.1.2', '0', 'g.VPN', 'g.1'} <= set(c)"
ok "2―1―2 is cited and found" clause dashed "'to: \"2.1.2\"' in c['2.1.1.2']"

ok "articles: everything there is found" json "{k: v for k, v in d['counts'].items() if v} == dict(articles=5, chapters=2, deadlines=1,
  duties=13, kana=2, numbered=2, paragraphs=6, periods=1, questions=6, references_resolved=3,
  references_unresolved=1, roles=3, sections=2, statutes=1, terms=1)" draft articles
ok "articles: the draft loads" "$bansho" pack check "$work/articles"
ok "第3条第2項第1号 is 3.2.1, イ under 号 is a" clause articles \
	"'to: \"3.2.1\"' in c['4.1'] and '第3条第2項第2号' in c['3.2.2'] and '3.2.2.a' in c and '3.2.2.b' in c"
ok "an article of one paragraph has no paragraph" clause articles "'1.1' not in c and 'ja:' in c['1'] and '目的' in c['1']"
ok "前項 and 前号 are found" clause articles "'to: \"2.1\"' in c['2.2'] and 'to: \"3.2.1\"' in c['3.2.2']"
ok "an article of a statute is no citation" clause articles "'第34条' in c['4.2'] and 'refers' not in c['4.2']"

ok "without --into nothing is written" json "d['files']" "$bansho" pack draft "$texts/articles.txt" --json
ok "a folder with something in it is left alone" refuses "空ではありません" "$bansho" pack draft "$texts/articles.txt" --into "$work/articles" --lang ja
ok "no such file" exits 2 "$bansho" pack draft "$work/none.txt"
head -c 5000000 /dev/zero | tr '\0' 'a' >"$work/huge.txt"
ok "a huge file is refused" exits 2 "$bansho" pack draft "$work/huge.txt"
yes '1' | head -n 1000000 >"$work/lines.txt"
ok "a million lines are refused by their number" refuses "100000行まで" "$bansho" pack draft "$work/lines.txt" --lang ja
head -c 100000 "$bansho" >"$work/binary.txt"
ok "a program is no policy" refuses "UTF-8" "$bansho" pack draft "$work/binary.txt" --lang ja
iconv -f UTF-8 -t UTF-16LE "$texts/articles.txt" >"$work/wide.txt"
ok "UTF-16 is refused with what to do" refuses "iconv" "$bansho" pack draft "$work/wide.txt" --lang ja
printf 'これは番号のない文章である。\n次の行も同じである。\n' >"$work/prose.txt"
ok "no numbering: the styles it knows are named" refuses "第1条" "$bansho" pack draft "$work/prose.txt" --lang ja
: >"$work/empty.txt"
ok "an empty file is refused" refuses "番号の付いた条項" "$bansho" pack draft "$work/empty.txt" --lang ja
head -c 70000 /dev/zero | tr '\0' 'a' >"$work/line.txt"
ok "a line without end is refused" refuses "1行目が長すぎます" "$bansho" pack draft "$work/line.txt" --lang ja
seq -f '第%.0f条　職員は、第1条に従わなければならない。' 1 9999 >"$work/many.txt"
ok "more clauses than a pack may hold are refused" refuses "文書を分けて" "$bansho" pack draft "$work/many.txt" --lang ja
seq -f '第%.0f条　職員は、第1条に従わなければならない。' 1 4000 >"$work/full.txt"
ok "four thousand articles are read and load" sh -c '"$1" pack draft "$2/full.txt" --into "$2/full" >/dev/null && "$1" pack check "$2/full"' sh "$bansho" "$work"
plan_done
