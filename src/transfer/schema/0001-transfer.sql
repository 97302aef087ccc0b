-- Transfer lists (人事異動): staged as typed, asked for, decided, written as assignments of a coming day.
-- Days are day numbers, moments milliseconds UTC.
CREATE TABLE transfer_list (
	id INTEGER PRIMARY KEY,
	title TEXT NOT NULL,
	day INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'asked', 'decided', 'withdrawn')),
	change INTEGER NOT NULL,
	created INTEGER NOT NULL,
	created_by INTEGER,
	changed_by INTEGER,
	asked INTEGER,
	asked_by INTEGER,
	digest BLOB,
	decided INTEGER,
	decided_by INTEGER,
	decided_role TEXT,
	withdrawn INTEGER,
	withdrawn_by INTEGER,
	why TEXT
) STRICT;
CREATE INDEX transfer_list_by_state ON transfer_list (state, day);

-- One line as it was typed. person: whom its number meant when it was read, 0 for one who comes.
-- What names a person is sealed under that person's key, or the body's.
-- sealed transfer_line.number by person
-- sealed transfer_line.name by person
-- sealed transfer_line.kana by person
-- sealed transfer_line.note by person
CREATE TABLE transfer_line (
	id INTEGER PRIMARY KEY,
	list INTEGER NOT NULL REFERENCES transfer_list (id),
	place INTEGER NOT NULL,
	kind TEXT NOT NULL,
	person INTEGER NOT NULL,
	number TEXT NOT NULL,
	name TEXT NOT NULL,
	kana TEXT NOT NULL,
	from_unit TEXT NOT NULL,
	from_post TEXT NOT NULL,
	to_unit TEXT NOT NULL,
	to_post TEXT NOT NULL,
	above TEXT NOT NULL,
	day INTEGER,
	note TEXT NOT NULL,
	is_dropped INTEGER NOT NULL
) STRICT;
CREATE INDEX transfer_line_by_list ON transfer_line (list, place, id);
CREATE INDEX transfer_line_by_person ON transfer_line (person, list);

-- What a decided list has written, in order; was: the last day before, to put it back.
CREATE TABLE transfer_done (
	id INTEGER PRIMARY KEY,
	list INTEGER NOT NULL REFERENCES transfer_list (id),
	what TEXT NOT NULL,
	object INTEGER NOT NULL,
	was INTEGER
) STRICT;
CREATE INDEX transfer_done_by_list ON transfer_done (list, id);

-- What ends with the move although nothing makes it end: answered by whoever corrects the list.
CREATE TABLE transfer_end (
	id INTEGER PRIMARY KEY,
	list INTEGER NOT NULL REFERENCES transfer_list (id),
	kind TEXT NOT NULL CHECK (kind IN ('grant', 'deputy', 'assignment')),
	object INTEGER NOT NULL,
	UNIQUE (list, kind, object)
) STRICT;

-- What somebody who leaves has to give back.
CREATE TABLE transfer_return (
	id INTEGER PRIMARY KEY,
	list INTEGER NOT NULL REFERENCES transfer_list (id),
	person INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('card', 'outing', 'permit', 'other')),
	object INTEGER,
	words TEXT NOT NULL,
	returned INTEGER,
	returned_by INTEGER
) STRICT;
CREATE INDEX transfer_return_by_person ON transfer_return (list, person, id);

-- Who leaves has acknowledged that secrecy goes on; is_paper: personnel holds the signed sheet.
CREATE TABLE transfer_pledge (
	id INTEGER PRIMARY KEY,
	list INTEGER NOT NULL REFERENCES transfer_list (id),
	person INTEGER NOT NULL,
	at INTEGER NOT NULL,
	by_person INTEGER,
	is_paper INTEGER NOT NULL,
	UNIQUE (list, person)
) STRICT;

-- Who was told what: 'coming' some days before, 'begins' on the day, 'unreturned' after it.
CREATE TABLE transfer_told (
	id INTEGER PRIMARY KEY,
	list INTEGER NOT NULL,
	person INTEGER NOT NULL,
	stage TEXT NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (list, person, stage)
) STRICT;
