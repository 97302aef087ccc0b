#!/bin/sh
# Every message of the pages and of the C sources, against po/en.po.
#   messages.sh PAGEC SOURCE_FOLDER              prints the entries without English; exit 1 when there is one
#   messages.sh PAGEC SOURCE_FOLDER --update     puts new messages and references into po/en.po, drops unused ones
#   messages.sh PAGEC SOURCE_FOLDER --unmarked   prints Japanese strings in C that are no message; exit 1 likewise
# Words that reach say() by way of a table are marked N_("…") (base/say.h). A function or macro that
# takes a message as an argument of its own is named below with that argument's number.
set -eu
export LC_ALL=C.UTF-8
pagec=$(realpath "$1")
what=${3-}
cd "$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Files that recognise or write Japanese as data: names of eras, headings of imports, cells of sets, sample people.
data='^src/(base/day_words|cli/demo[a-z_]*|cli/walk(_[a-z]+)?|directory/entry|draft/[a-z]+|journal/bundle|access/columns|ledger/import|reconcile/source_contract|oscal/(taken_theirs|taken_words|pack_yaml)|pages/(people|access_directory)|paper/(ledger_xlsx|print_page|rows_paper|sheet_csv|sheet_xlsx)|people/(employment|import[a-z_]*|terms|password_words|own_names|quality)|policy/(lint_refers|sources|statutes|value)|reconcile/list|transfer/(table|words|plan_units)|web/answer)[.]c$'

run() { # gettext's warnings are for other programs than ours; its failures count
	"$@" 2>"$work/warned" || { cat "$work/warned" >&2; exit 2; }
}

none_in() { # PO ; its first entry is the header, and gettext writes no file for no entry
	[ -e "$1" ] || return 0
	awk 'BEGIN { RS = ""; ORS = "\n\n" } NR > 1' "$1" >"$work/left"
	cat "$work/left"
	[ ! -s "$work/left" ]
}

extract() { # OUT OPTION... ; the files on stdin
	out=$1
	shift
	run xgettext --from-code=UTF-8 --language=C --files-from=- --no-wrap "$@" -o "$out"
}

messages_of_code() { # OUT
	extract "$1" -k -kN_ -ksay -kreject:2 -krefuse -kmissing -kconflict -kbusy -kbroken -kerror_make:5 -klog_say -klog_warn \
		-kfault:3 -kfault_line:5 -kwarn_at:4 -knote:4 -kshape_map:3 -kshape_list:3 -krefer_known:3 -kREFER_TO:7 -kFAIL:2 \
		-kFAULT:3 -kreport_entry:5 -kimport_field:3 -kprogress_begin
}

find src -name '*.html' | sort >"$work/pages"
find src -name '*.c' | sort >"$work/code"
if [ "$what" = --unmarked ]; then
	grep -Ev "$data" "$work/code" >"$work/guarded"
	messages_of_code "$work/marked.pot" <"$work/guarded"
	extract "$work/strings.pot" --extract-all <"$work/guarded"
	# An empty string among them would stand for the header a second time.
	awk 'BEGIN { RS = ""; ORS = "\n\n" } NR == 1 || !/\nmsgid ""\nmsgstr ""$/' "$work/strings.pot" >"$work/every.pot"
	run msgcat --no-wrap --unique -o "$work/others.po" "$work/every.pot" "$work/marked.pot"
	run msggrep --no-wrap --msgid --regexp='[ぁ-んァ-ヶ一-龠]' -o "$work/unmarked.po" "$work/others.po"
	none_in "$work/unmarked.po"
	exit 0
fi

messages_of_code "$work/code.pot" <"$work/code"
xargs "$pagec" --messages <"$work/pages" >"$work/pages.pot"
run msgcat --use-first --no-wrap -o "$work/both.pot" "$work/pages.pot" "$work/code.pot"
run msggrep --no-wrap --msgid --regexp='[^ -~]' -o "$work/all.pot" "$work/both.pot"
run msgmerge --quiet --no-fuzzy-matching --no-wrap -o "$work/merged.po" po/en.po "$work/all.pot"
if [ "$what" = --update ]; then
	msgattrib --no-obsolete --no-wrap "$work/merged.po" >po/en.po
fi
run msgattrib --untranslated --no-obsolete --no-wrap -o "$work/untranslated.po" "$work/merged.po"
none_in "$work/untranslated.po"
