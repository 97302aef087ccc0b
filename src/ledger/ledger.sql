-- Rows by their id, serial, parent.

-- query ledger_row_read(int id) maybe
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row WHERE id = :id;

-- query ledger_row_by_serial(text ledger, text folded) maybe
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row WHERE ledger = :ledger AND serial_folded = :folded AND is_retired = 0;

-- query ledger_row_by_number(text ledger, int number) maybe
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row WHERE ledger = :ledger AND number = :number;

-- query ledger_row_copies(int parent, int most) many
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row WHERE parent = :parent AND is_retired = 0 ORDER BY number LIMIT :most;

-- query ledger_copies_lowest(int parent) maybe
SELECT number, title, class_rank FROM ledger_row
WHERE parent = :parent AND is_retired = 0 ORDER BY class_rank, number LIMIT 1;

-- The units below these, two at most: whether it is one unit alone.
-- query ledger_units_within(int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8) many
SELECT DISTINCT unit FROM shown_unit_under
WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8) LIMIT 2;

-- Lists. One query per order, each walking its index from where the last page ended.

-- query ledger_list_number(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8, int after_number, int most) many
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR instr(folded, :w1) > 0)
	AND (:w2 IS NULL OR instr(folded, :w2) > 0)
	AND (:w3 IS NULL OR instr(folded, :w3) > 0)
	AND (:w4 IS NULL OR instr(folded, :w4) > 0)
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)))
	AND number > :after_number
ORDER BY number LIMIT :most;

-- query ledger_list_owner(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8, int after_number, int most) many
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR instr(folded, :w1) > 0)
	AND (:w2 IS NULL OR instr(folded, :w2) > 0)
	AND (:w3 IS NULL OR instr(folded, :w3) > 0)
	AND (:w4 IS NULL OR instr(folded, :w4) > 0)
	AND owner = :owner
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)))
	AND number > :after_number
ORDER BY number LIMIT :most;

-- Living rows with nothing narrowed, as most pages are opened: the terms above, and columns that are
-- the same in every row, cost as much as the rows.
-- query ledger_list_number_all(text ledger, int after_number, int most) many
SELECT id, number, title, class AS class_code, owner, serial, parent, revision, created, changed,
	confirmed, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = 0 AND number > :after_number
ORDER BY number LIMIT :most;

-- query ledger_list_owner_all(text ledger, int owner, int after_number, int most) many
SELECT id, number, title, class AS class_code, owner, serial, parent, revision, created, changed,
	confirmed, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = 0 AND owner = :owner AND number > :after_number
ORDER BY number LIMIT :most;

-- In another order than the numbers': words are looked for in the index that holds them, which is four
-- times as fast as fetching every row in that order.
-- query ledger_list_title(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8, text after_title, int after_number, int most) many
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR id IN (SELECT id FROM ledger_row
		WHERE ledger = :ledger AND is_retired = :is_retired
		AND instr(folded, :w1) > 0
		AND (:w2 IS NULL OR instr(folded, :w2) > 0)
		AND (:w3 IS NULL OR instr(folded, :w3) > 0)
		AND (:w4 IS NULL OR instr(folded, :w4) > 0)))
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)))
	AND (title, number) > (:after_title, :after_number)
ORDER BY title, number LIMIT :most;

-- query ledger_list_class(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8, int after_rank, int after_number, int most) many
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR id IN (SELECT id FROM ledger_row
		WHERE ledger = :ledger AND is_retired = :is_retired
		AND instr(folded, :w1) > 0
		AND (:w2 IS NULL OR instr(folded, :w2) > 0)
		AND (:w3 IS NULL OR instr(folded, :w3) > 0)
		AND (:w4 IS NULL OR instr(folded, :w4) > 0)))
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)))
	AND (class_rank, number) < (:after_rank, :after_number)
ORDER BY class_rank DESC, number DESC LIMIT :most;

-- query ledger_list_changed(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8, int after_changed, int after_number, int most) many
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR id IN (SELECT id FROM ledger_row
		WHERE ledger = :ledger AND is_retired = :is_retired
		AND instr(folded, :w1) > 0
		AND (:w2 IS NULL OR instr(folded, :w2) > 0)
		AND (:w3 IS NULL OR instr(folded, :w3) > 0)
		AND (:w4 IS NULL OR instr(folded, :w4) > 0)))
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)))
	AND (changed, number) < (:after_changed, :after_number)
ORDER BY changed DESC, number DESC LIMIT :most;

-- query ledger_count(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8) one
-- column total int
SELECT count(*) AS total FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR instr(folded, :w1) > 0)
	AND (:w2 IS NULL OR instr(folded, :w2) > 0)
	AND (:w3 IS NULL OR instr(folded, :w3) > 0)
	AND (:w4 IS NULL OR instr(folded, :w4) > 0)
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)));

-- The same total from what is counted already; confirmations and words are not.
-- query ledger_count_kept(text ledger, int is_retired, text? class_code, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8) one
-- column total int
SELECT coalesce(sum(row_count), 0) AS total FROM ledger_count_cache
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)));

-- query ledger_row_counted(int id) maybe
SELECT ledger, owner, class AS class_code FROM ledger_row WHERE id = :id;

-- query ledger_count_step(text ledger, int is_retired, int owner, text class_code, int by) do
UPDATE ledger_count_cache SET row_count = row_count + :by
WHERE ledger = :ledger AND is_retired = :is_retired AND owner = :owner AND class = :class_code;

-- query ledger_count_add(int id, text ledger, int is_retired, int owner, text class_code, int row_count) do
INSERT INTO ledger_count_cache (id, ledger, is_retired, owner, class, row_count)
VALUES (:id, :ledger, :is_retired, :owner, :class_code, :row_count);

-- Counting a column that the index of all rows lacks keeps SQLite on the index of the owner.
-- query ledger_count_owner(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8) one
-- column total int
SELECT count(revision) AS total FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR instr(folded, :w1) > 0)
	AND (:w2 IS NULL OR instr(folded, :w2) > 0)
	AND (:w3 IS NULL OR instr(folded, :w3) > 0)
	AND (:w4 IS NULL OR instr(folded, :w4) > 0)
	AND owner = :owner
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)));

-- query ledger_walk(text ledger, int is_retired, text? class_code, int? unconfirmed, text? w1, text? w2, text? w3, text? w4, int? owner, int? u1, int? u2, int? u3, int? u4, int? u5, int? u6, int? u7, int? u8) each
SELECT id, ledger, number, title, class AS class_code, owner, serial, parent, is_retired, revision,
	created, changed, confirmed, retired, retired_by, field_values
FROM ledger_row
WHERE ledger = :ledger AND is_retired = :is_retired
	AND (:class_code IS NULL OR class = :class_code)
	AND (:unconfirmed IS NULL OR confirmed < :unconfirmed)
	AND (:w1 IS NULL OR instr(folded, :w1) > 0)
	AND (:w2 IS NULL OR instr(folded, :w2) > 0)
	AND (:w3 IS NULL OR instr(folded, :w3) > 0)
	AND (:w4 IS NULL OR instr(folded, :w4) > 0)
	AND (:owner IS NULL OR owner = :owner)
	AND (:u1 IS NULL OR owner IN (SELECT unit FROM shown_unit_under
		WHERE above IN (:u1, :u2, :u3, :u4, :u5, :u6, :u7, :u8)))
ORDER BY number;

-- query ledger_row_add(int id, text ledger, int number, text title, text class_code, int class_rank, int owner, text? serial, text? serial_folded, int? parent, int now, text field_values, text folded) do
INSERT INTO ledger_row (id, ledger, number, title, class, class_rank, owner, serial, serial_folded,
	parent, is_retired, revision, created, changed, confirmed, field_values, folded)
VALUES (:id, :ledger, :number, :title, :class_code, :class_rank, :owner, :serial, :serial_folded,
	:parent, 0, 1, :now, :now, :now, :field_values, :folded);

-- query ledger_row_change(int id, int revision, text title, text class_code, int class_rank, int owner, text? serial, text? serial_folded, int? parent, int now, text field_values, text folded) do
UPDATE ledger_row SET title = :title, class = :class_code, class_rank = :class_rank, owner = :owner,
	serial = :serial, serial_folded = :serial_folded, parent = :parent, revision = revision + 1,
	changed = :now, field_values = :field_values, folded = :folded
WHERE id = :id AND revision = :revision AND is_retired = 0;

-- query ledger_row_retire(int id, int now, int? dossier) do
UPDATE ledger_row SET is_retired = 1, retired = :now, retired_by = :dossier, revision = revision + 1,
	changed = :now
WHERE id = :id AND is_retired = 0;

-- query ledger_rows_confirm(text ledger, int unit, int now) do
UPDATE ledger_row SET confirmed = :now
WHERE ledger = :ledger AND owner = :unit AND is_retired = 0;

-- query ledger_confirmation_add(int id, text ledger, int unit, int at, int person, int row_count, blob digest) do
INSERT INTO ledger_confirmation (id, ledger, unit, at, person, row_count, digest)
VALUES (:id, :ledger, :unit, :at, :person, :row_count, :digest);

-- query ledger_confirmed_units(text ledger, int since, int most) many
-- column row_count int
-- column stale int
-- column at int?
SELECT r.owner, count(*) AS row_count, sum(CASE WHEN r.confirmed < :since THEN 1 ELSE 0 END) AS stale,
	(SELECT max(c.at) FROM ledger_confirmation c WHERE c.ledger = r.ledger AND c.unit = r.owner) AS at
FROM ledger_row r WHERE r.ledger = :ledger AND r.is_retired = 0
GROUP BY r.ledger, r.owner ORDER BY r.owner LIMIT :most;

-- All living rows of a ledger at once, out of the index that holds what lists filter by.
-- query ledger_totals_of(text ledger, int since, int soon) one
-- column row_count int
-- column stale int
-- column soon_stale int
-- column units_stale int
SELECT count(*) AS row_count, count(CASE WHEN confirmed < :since THEN 1 END) AS stale,
	count(CASE WHEN confirmed < :soon THEN 1 END) AS soon_stale,
	count(DISTINCT CASE WHEN confirmed < :since THEN owner END) AS units_stale
FROM ledger_row WHERE ledger = :ledger AND is_retired = 0;

-- query ledger_version_add(int id, int row_id, int revision, int at, int person, text act, text? why, text field_values) do
INSERT INTO ledger_version (id, row_id, revision, at, person, act, why, field_values)
VALUES (:id, :row_id, :revision, :at, :person, :act, :why, :field_values);

-- query ledger_versions_of(int row_id, int before, int most) many
SELECT revision, at, person, act, why, field_values
FROM ledger_version WHERE row_id = :row_id AND revision < :before ORDER BY revision DESC LIMIT :most;

-- query ledger_unit_exists(int id) maybe
SELECT id FROM shown_unit WHERE id = :id;

-- The codes first: a code is unique among living units, a name need not be.
-- query ledger_unit_called(text name, int today) many
-- column is_code int
SELECT id, code = :name AS is_code FROM shown_unit
WHERE (code = :name OR name = :name) AND (until IS NULL OR until >= :today)
ORDER BY is_code DESC, id LIMIT 2;

-- Units whose name the words end with: 総務局情報政策課.
-- query ledger_unit_ending(text name, int today) many
SELECT id FROM shown_unit
WHERE substr(:name, -length(name)) = name AND (until IS NULL OR until >= :today)
ORDER BY id LIMIT 50;

-- query ledger_unit_name(int id) maybe
SELECT name FROM shown_unit WHERE id = :id;

-- query ledger_person_exists(int id) maybe
SELECT id, name FROM shown_person WHERE id = :id;
