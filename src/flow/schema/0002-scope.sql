-- Whom and what a permit lets pass, reports on their clock, rules that a permit bends, rows that a
-- dossier wrote into ledgers, and in which roles a decision counts.

-- holder: whom it lets pass; NULL: the applicant. is_default_end: 1 when nobody stated an end.
ALTER TABLE flow_permit ADD COLUMN holder INTEGER;
ALTER TABLE flow_permit ADD COLUMN is_default_end INTEGER;
CREATE INDEX flow_permit_by_holder ON flow_permit (holder, state);

-- What machines compare: one row for each value. folded: without width, case and kind of kana.
CREATE TABLE flow_scope (
	id INTEGER PRIMARY KEY,
	permit INTEGER NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	folded TEXT NOT NULL
) STRICT;
CREATE INDEX flow_scope_by_permit ON flow_scope (permit);
CREATE INDEX flow_scope_by_value ON flow_scope (name, folded);

-- Duties that a permit bends.
CREATE TABLE flow_bent (
	id INTEGER PRIMARY KEY,
	permit INTEGER NOT NULL,
	clause TEXT NOT NULL
) STRICT;
CREATE INDEX flow_bent_by_permit ON flow_bent (permit);
CREATE INDEX flow_bent_by_clause ON flow_bent (clause);

-- The register of exceptions; id is the permit's. It stays open, run out or not, until it is closed.
CREATE TABLE flow_exception (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	measure TEXT NOT NULL,
	is_emergency INTEGER NOT NULL,
	reviewed INTEGER,
	closed INTEGER,
	closed_by INTEGER,
	result TEXT
) STRICT;
CREATE INDEX flow_exception_by_dossier ON flow_exception (dossier);
CREATE INDEX flow_exception_by_closed ON flow_exception (closed, id);

CREATE TABLE flow_review (
	id INTEGER PRIMARY KEY,
	permit INTEGER NOT NULL,
	day INTEGER NOT NULL,
	person INTEGER NOT NULL,
	role TEXT NOT NULL,
	words TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_review_by_permit ON flow_review (permit);

-- happened: NULL while nobody said; due: until then it must be sent; sent: when it first was.
-- reminded: 0 not yet, 1 before it was due, 2 when it was late.
CREATE TABLE flow_report (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	occasion TEXT NOT NULL,
	happened INTEGER,
	due INTEGER NOT NULL,
	sent INTEGER,
	reminded INTEGER NOT NULL,
	UNIQUE (dossier, occasion)
) STRICT;
CREATE INDEX flow_report_by_occasion ON flow_report (occasion, sent, due);
CREATE INDEX flow_report_by_sent ON flow_report (sent, due);

-- A decision counts for several steps, in the role of each.
CREATE TABLE flow_capacity (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	decision INTEGER NOT NULL,
	step INTEGER NOT NULL,
	role TEXT NOT NULL,
	post INTEGER,
	deputy_for INTEGER,
	basis INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_capacity_by_dossier ON flow_capacity (dossier);

-- Rows of ledgers that a dossier wrote.
CREATE TABLE flow_made (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	occasion TEXT NOT NULL,
	asset INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_made_by_dossier ON flow_made (dossier);
CREATE INDEX flow_made_by_asset ON flow_made (asset);

DROP VIEW shown_permit;
CREATE VIEW shown_permit AS
	SELECT t.id, t.number, t.dossier, t.occasion, t.state, t.from_day, t.until_day, t.returns, t.issued, t.ended,
		t.conditions, t.ended_why, t.is_default_end, coalesce(t.holder, d.applicant) AS holder,
		d.applicant, d.unit
	FROM flow_permit t JOIN flow_dossier d ON d.id = t.dossier;
CREATE VIEW shown_bent AS SELECT id, permit, clause FROM flow_bent;
CREATE VIEW shown_exception AS
	SELECT e.id, e.id AS permit, e.dossier, e.is_emergency, e.reviewed, e.closed, t.from_day, t.until_day, t.ended
	FROM flow_exception e JOIN flow_permit t ON t.id = e.id;
CREATE VIEW shown_report AS SELECT id, dossier, occasion, happened, due, sent FROM flow_report;
