#!/bin/sh
# The query compiler stops the build with file and line for every mistake. Prints TAP.
set -u
queryc=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

refuses() { # PROMISE WORDS-OF-THE-FAULT LINE ; the query file on stdin
	count=$((count + 1))
	cat >"$work/bad.sql"
	if "$queryc" --room house --out "$work" "$work/bad.sql" "$root/src/store/schema/0001-store.sql" \
		"$root/tests/house/0001-house.sql" 2>"$work/said"; then
		echo "not ok $count - $1 (it compiled)"
	elif grep -q "bad.sql:$3: .*$2" "$work/said"; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' "$work/said"
	fi
}

refuses "a wrong column" "no such column: titel" 2 <<'Q'
-- query house_a(int id) maybe
SELECT titel FROM house_room WHERE id = :id;
Q
refuses "a wrong column in the third line of a statement" "no such column: titel" 4 <<'Q'
-- query house_a(int id) maybe
SELECT id,
	name,
	titel
FROM house_room WHERE id = :id;
Q
refuses "a wrong table" "no such table: house_rom" 2 <<'Q'
-- query house_a() one
SELECT id FROM house_rom;
Q
refuses "a parameter that the header does not name" ":nme is not in the header" 2 <<'Q'
-- query house_a(text name) maybe
SELECT id FROM house_room WHERE name = :nme;
Q
refuses "a parameter that the statement does not use" "does not use its parameter :other" 1 <<'Q'
-- query house_a(int id, int other) maybe
SELECT id FROM house_room WHERE id = :id;
Q
refuses "another room's table" "may not read .store_setting" 2 <<'Q'
-- query house_a() many
SELECT id FROM store_setting LIMIT 5;
Q
refuses "counting another room's table" "may not read .store_setting" 3 <<'Q'
-- query house_a() one
-- column n int
SELECT count(*) AS n FROM store_setting;
Q
refuses "changing another room's table" "may not change .store_setting" 2 <<'Q'
-- query house_a(int id) do
DELETE FROM store_setting WHERE id = :id;
Q
refuses "a statement that changes but claims to read" "its kind must be do" 1 <<'Q'
-- query house_a(int id) maybe
DELETE FROM house_room WHERE id = :id;
Q
refuses "a statement that reads but claims to change" "changes nothing" 1 <<'Q'
-- query house_a(int id) do
SELECT id FROM house_room WHERE id = :id;
Q
refuses "a list without a limit" "give it a LIMIT" 2 <<'Q'
-- query house_a() many
SELECT id FROM house_room;
Q
refuses "a result without a declared type" "has no declared type" 1 <<'Q'
-- query house_a() one
SELECT count(*) AS n FROM house_room;
Q
refuses "a result without a name" "needs a name" 2 <<'Q'
-- query house_a() one
SELECT count(*) FROM house_room;
Q
refuses "a sealed column written through an ordinary parameter" "write it through: sealed name" 1 <<'Q'
-- query house_a(int id, text name) do
UPDATE house_guest SET name = :name WHERE id = :id;
Q
refuses "a sealed column left out of an insert's sealed parameters" "write it through: sealed words" 1 <<'Q'
-- query house_a(int id, sealed name, text words) do
INSERT INTO house_guest (id, name, words) VALUES (:id, :name, :words);
Q
refuses "a sealed parameter without its owner" "needs its owner: int id" 1 <<'Q'
-- query house_a(int guest, sealed name) do
UPDATE house_guest SET name = :name WHERE id = :guest;
Q
refuses "searching a sealed column" "SQL sees ciphertext" 2 <<'Q'
-- query house_a(text name) maybe
SELECT id FROM house_guest WHERE name = :name;
Q
refuses "sorting by a sealed column of a view" "SQL sees ciphertext" 2 <<'Q'
-- query house_a(int most) many
SELECT id, name FROM shown_guest ORDER BY lower(name) LIMIT :most;
Q
refuses "two statements" "more than one statement" 2 <<'Q'
-- query house_a(int id) do
DELETE FROM house_room WHERE id = :id; DELETE FROM house_room WHERE id = :id;
Q
refuses "emptying a table" "DELETE without WHERE" 2 <<'Q'
-- query house_a() do
DELETE FROM house_room;
Q
refuses "REPLACE, which deletes unnoticed" "REPLACE deletes" 2 <<'Q'
-- query house_a(int id, text name) do
INSERT OR REPLACE INTO house_room (id, name) VALUES (:id, :name);
Q
refuses "a function outside the common subset" "random() is not in the subset" 3 <<'Q'
-- query house_a() one
-- column n int
SELECT random() AS n;
Q
refuses "a schema change" "only SELECT, INSERT" 2 <<'Q'
-- query house_a() do
DROP TABLE house_room;
Q
refuses "a name used twice" "was used at line 1" 3 <<'Q'
-- query house_a(int id) maybe
SELECT id FROM house_room WHERE id = :id;
-- query house_a(int id) maybe
SELECT id FROM house_room WHERE id = :id;
Q
refuses "a name outside the room" "must begin with .house_" 1 <<'Q'
-- query people_a(int id) maybe
SELECT id FROM house_room WHERE id = :id;
Q
refuses "an unknown type" "unknown type" 1 <<'Q'
-- query house_a(integer id) maybe
SELECT id FROM house_room WHERE id = :id;
Q

schema_refuses() { # PROMISE WORDS SQL
	count=$((count + 1))
	printf '%s\n' "$3" >"$work/bad-schema.sql"
	printf -- '-- query house_a() one\nSELECT 1 AS n;\n' >"$work/one.sql"
	if "$queryc" --room house --out "$work" "$work/one.sql" "$work/bad-schema.sql" 2>"$work/said"; then
		echo "not ok $count - $1 (it compiled)"
	elif grep -q "$2" "$work/said"; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' "$work/said"
	fi
}
schema_refuses "a table that is not STRICT" "must be STRICT" "CREATE TABLE house_x (id INTEGER PRIMARY KEY);"
schema_refuses "a table without our id" "must begin with: id" "CREATE TABLE house_x (name TEXT) STRICT;"
schema_refuses "a trigger" "is a trigger" \
	"CREATE TABLE house_x (id INTEGER PRIMARY KEY) STRICT; CREATE TRIGGER house_t AFTER INSERT ON house_x BEGIN SELECT 1; END;"
schema_refuses "an id that SQLite makes" "AUTOINCREMENT" "CREATE TABLE house_x (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;"
echo "1..$count"
