-- Rows of the ledgers the pack defines, their versions, and yearly confirmations.
CREATE TABLE ledger_row (
	id INTEGER PRIMARY KEY,
	ledger TEXT NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	class TEXT NOT NULL,
	class_rank INTEGER NOT NULL,
	owner INTEGER NOT NULL,
	serial TEXT,
	serial_folded TEXT,
	parent INTEGER,
	is_retired INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	confirmed INTEGER NOT NULL,
	retired INTEGER,
	retired_by INTEGER,
	field_values TEXT NOT NULL,
	folded TEXT NOT NULL,
	UNIQUE (ledger, number)
) STRICT;
CREATE INDEX ledger_row_owner ON ledger_row (ledger, is_retired, owner, number);
-- Holds what lists filter by, so that a search reads this index and not the rows.
CREATE INDEX ledger_row_number ON ledger_row (ledger, is_retired, number, owner, class, confirmed, folded);
CREATE INDEX ledger_row_title ON ledger_row (ledger, is_retired, title, number);
CREATE INDEX ledger_row_class ON ledger_row (ledger, is_retired, class_rank, number);
CREATE INDEX ledger_row_changed ON ledger_row (ledger, is_retired, changed, number);
CREATE UNIQUE INDEX ledger_row_serial ON ledger_row (ledger, serial_folded)
	WHERE is_retired = 0 AND serial_folded IS NOT NULL;
CREATE INDEX ledger_row_parent ON ledger_row (parent) WHERE parent IS NOT NULL;

CREATE TABLE ledger_version (
	id INTEGER PRIMARY KEY,
	row_id INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	at INTEGER NOT NULL,
	person INTEGER NOT NULL,
	act TEXT NOT NULL,
	why TEXT,
	field_values TEXT NOT NULL,
	UNIQUE (row_id, revision)
) STRICT;

CREATE TABLE ledger_confirmation (
	id INTEGER PRIMARY KEY,
	ledger TEXT NOT NULL,
	unit INTEGER NOT NULL,
	at INTEGER NOT NULL,
	person INTEGER NOT NULL,
	row_count INTEGER NOT NULL,
	digest BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_confirmation_unit ON ledger_confirmation (ledger, unit, at);

CREATE VIEW shown_row AS
	SELECT id, ledger, number, title, class, class_rank, owner, serial, parent, is_retired, revision,
		created, changed, confirmed, retired, retired_by
	FROM ledger_row;
