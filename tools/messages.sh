#!/bin/sh
# Every message of the pages and of the C sources, against po/en.po.
#   messages.sh PAGEC SOURCE_FOLDER            prints the entries without English; exit 1 when there is one
#   messages.sh PAGEC SOURCE_FOLDER --update   puts new messages and references into po/en.po, drops unused ones
# Words that reach say() by way of a table are marked N_("…") (base/say.h). A function or macro that
# takes a message as an argument of its own is named below with that argument's number.
set -eu
export LC_ALL=C.UTF-8
pagec=$1
cd "$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find src -name '*.html' | LC_ALL=C sort >"$work/pages"
find src -name '*.c' | LC_ALL=C sort >"$work/code"
xargs "$pagec" --messages <"$work/pages" >"$work/pages.pot"
xgettext --from-code=UTF-8 --language=C --files-from="$work/code" --no-wrap \
	-k -kN_ -ksay -kreject:2 -krefuse -kmissing -kconflict -kbusy -kbroken -kerror_make:5 -klog_say \
	-kfault:3 -kfault_line:5 -kwarn_at:3 -kshape_map:3 -kshape_list:3 -krefer_known:3 -kREFER_TO:7 \
	-kFAIL:2 -kreport_entry:5 -kimport_field:3 -kprogress_begin -o "$work/code.pot" 2>"$work/warnings" ||
	{ cat "$work/warnings" >&2; exit 2; }
msgcat --use-first --no-wrap "$work/pages.pot" "$work/code.pot" |
	msggrep --no-wrap --msgid --regexp='[^ -~]' - >"$work/all.pot"
msgmerge --quiet --no-fuzzy-matching --no-wrap po/en.po "$work/all.pot" >"$work/merged.po"
if [ "${3-}" = --update ]; then
	msgattrib --no-obsolete --no-wrap "$work/merged.po" >po/en.po
fi
msgattrib --untranslated --no-obsolete --no-wrap "$work/merged.po" >"$work/untranslated.po"
cat "$work/untranslated.po"
! grep -q '^msgid ""*[^"]\|^"' "$work/untranslated.po"
