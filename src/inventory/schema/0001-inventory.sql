-- A thing handed out: to a person within the house (lend), to a firm for repair (repair), or out of the house under
-- a permit whose own record of it (flow's outing) does not name the row (out). thing: the ledger row. firm, storage,
-- storage_words: of a repair: what was done with what it stores. due, back: moments; back NULL: not yet. Nothing is
-- deleted.
CREATE TABLE inventory_loan (
	id INTEGER PRIMARY KEY,
	thing INTEGER NOT NULL,
	kind TEXT NOT NULL,
	person INTEGER,
	firm TEXT,
	words TEXT NOT NULL,
	storage TEXT,
	storage_words TEXT,
	permit INTEGER,
	outing INTEGER,
	at INTEGER NOT NULL,
	at_by INTEGER NOT NULL,
	due INTEGER NOT NULL,
	back INTEGER,
	back_by INTEGER,
	back_words TEXT,
	told INTEGER,
	escalated INTEGER
) STRICT;
CREATE INDEX inventory_loan_by_thing ON inventory_loan (thing, id);
CREATE INDEX inventory_loan_open ON inventory_loan (due, id) WHERE back IS NULL;
CREATE INDEX inventory_loan_by_person ON inventory_loan (person, back);
CREATE INDEX inventory_loan_by_outing ON inventory_loan (outing) WHERE outing IS NOT NULL;

-- A stock-take of one unit. expected: how many things it was to find, when it began.
CREATE TABLE inventory_take (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL,
	begun INTEGER NOT NULL,
	begun_by INTEGER NOT NULL,
	due INTEGER NOT NULL,
	expected INTEGER NOT NULL,
	closed INTEGER,
	closed_by INTEGER,
	role TEXT,
	words TEXT,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX inventory_take_by_unit ON inventory_take (unit, id);

-- What a stock-take expected or met. thing: 0 for something that no ledger has. state: open, seen, away (lent, in
-- repair or out, as recorded), gone (not found, explained), extra (another unit's, or off the ledger), stray (in no
-- ledger). words: the explanation, or what a stray is. settled: when a gone one was found again or written off.
CREATE TABLE inventory_item (
	id INTEGER PRIMARY KEY,
	take INTEGER NOT NULL,
	thing INTEGER NOT NULL,
	state TEXT NOT NULL,
	is_typed INTEGER NOT NULL,
	at INTEGER,
	person INTEGER,
	words TEXT,
	settled INTEGER,
	settled_by INTEGER,
	settled_words TEXT
) STRICT;
CREATE INDEX inventory_item_by_take ON inventory_item (take, state, id);
CREATE INDEX inventory_item_by_thing ON inventory_item (thing, state);

-- Software whose owners were told that its support ends (soon) or has ended: once for each day it named.
CREATE TABLE inventory_told (
	id INTEGER PRIMARY KEY,
	thing INTEGER NOT NULL,
	what TEXT NOT NULL,
	until INTEGER NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (thing, what, until)
) STRICT;

CREATE VIEW shown_loan AS
	SELECT id, thing, kind, person, permit, outing, at, due, back FROM inventory_loan;
CREATE VIEW shown_take AS SELECT id, unit, begun, due, closed, expected FROM inventory_take;
CREATE VIEW shown_take_item AS SELECT id, take, thing, state, settled FROM inventory_item;
