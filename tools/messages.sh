#!/bin/sh
# List every message without an English form: messages.sh PAGEC SOURCE_FOLDER
# Prints the untranslated entries in po format; exit 1 when there is one.
set -eu
pagec=$1
cd "$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$pagec" --messages $(find src -name '*.html' | sort) >"$work/pages.pot"
find src -name '*.c' | sort | xgettext --from-code=UTF-8 --language=C --files-from=- \
	-ksay -kreject:2 -krefuse -kmissing -kconflict -kbusy -kbroken -o "$work/code.pot"
msgcat --use-first "$work/pages.pot" "$work/code.pot" >"$work/all.pot"
msgmerge --quiet --no-fuzzy-matching po/en.po "$work/all.pot" >"$work/merged.po"
msgattrib --untranslated --no-obsolete "$work/merged.po" >"$work/untranslated.po"
cat "$work/untranslated.po"
! grep -q '^msgid "..*\|^"' "$work/untranslated.po"
