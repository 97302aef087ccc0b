-- One audit of a plan. kind: regular, special, outside (of a firm). Nothing is deleted; days planned.
CREATE TABLE audit_case (
	id INTEGER PRIMARY KEY,
	year INTEGER NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	aim TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	planned INTEGER NOT NULL,
	planner INTEGER NOT NULL,
	begun INTEGER,
	reported INTEGER,
	reporter INTEGER,
	report TEXT,
	received INTEGER,
	receiver INTEGER,
	closed INTEGER,
	closed_why TEXT,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_case_by_year ON audit_case (year, id);

-- What is audited: a unit with all below it, or what a firm does under an engagement.
CREATE TABLE audit_scope (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	unit INTEGER,
	engagement INTEGER
) STRICT;
CREATE INDEX audit_scope_by_audit ON audit_scope (audit, id);

-- Clauses looked at. result: met, weak, unmet, apart (does not apply); NULL until its auditor signed.
CREATE TABLE audit_item (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	clause TEXT NOT NULL,
	result TEXT,
	words TEXT,
	person INTEGER,
	at INTEGER,
	UNIQUE (audit, clause)
) STRICT;

CREATE TABLE audit_auditor (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	person INTEGER NOT NULL,
	is_lead INTEGER NOT NULL,
	named INTEGER NOT NULL,
	namer INTEGER NOT NULL,
	ended INTEGER,
	ended_why TEXT
) STRICT;
CREATE INDEX audit_auditor_by_audit ON audit_auditor (audit, id);
CREATE INDEX audit_auditor_by_person ON audit_auditor (person, audit);

-- A sample drawn from the journal: what it was drawn from, and the digest of what came.
CREATE TABLE audit_draw (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	seed TEXT NOT NULL,
	most INTEGER NOT NULL,
	acts TEXT NOT NULL,
	since INTEGER,
	until INTEGER,
	origin TEXT NOT NULL,
	size INTEGER NOT NULL,
	root BLOB NOT NULL,
	digest BLOB NOT NULL,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_draw_by_audit ON audit_draw (audit, id);

-- result: good, doubt; NULL until looked at.
CREATE TABLE audit_drawn (
	id INTEGER PRIMARY KEY,
	draw INTEGER NOT NULL,
	place INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	result TEXT,
	words TEXT,
	person INTEGER,
	at INTEGER,
	UNIQUE (draw, place)
) STRICT;

-- What auditors ask a unit to show, until a day.
CREATE TABLE audit_request (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	unit INTEGER NOT NULL,
	words TEXT NOT NULL,
	due INTEGER NOT NULL,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL,
	answer TEXT,
	answered INTEGER,
	answerer INTEGER,
	told INTEGER
) STRICT;
CREATE INDEX audit_request_by_audit ON audit_request (audit, id);
CREATE INDEX audit_request_open ON audit_request (due) WHERE answered IS NULL;

-- Working papers and what units handed in: the file lies with the attachments under its SHA-256.
CREATE TABLE audit_paper (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	item INTEGER,
	request INTEGER,
	title TEXT NOT NULL,
	digest BLOB NOT NULL,
	name TEXT NOT NULL,
	size INTEGER NOT NULL,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_paper_by_audit ON audit_paper (audit, id);

-- What was found. number: within the audit. told, escalated: the day the clock last did so.
CREATE TABLE audit_point (
	id INTEGER PRIMARY KEY,
	audit INTEGER NOT NULL,
	number INTEGER NOT NULL,
	clause TEXT NOT NULL,
	unit INTEGER NOT NULL,
	grade TEXT NOT NULL,
	title TEXT NOT NULL,
	words TEXT NOT NULL,
	wish TEXT NOT NULL,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL,
	due INTEGER,
	ordered INTEGER,
	answered INTEGER,
	settled INTEGER,
	told INTEGER,
	escalated INTEGER,
	change INTEGER NOT NULL,
	UNIQUE (audit, number)
) STRICT;
CREATE INDEX audit_point_open ON audit_point (due) WHERE settled IS NULL;
CREATE INDEX audit_point_by_unit ON audit_point (unit, id);

-- How a point went on: order, answer (being done), done, verified, returned.
CREATE TABLE audit_step (
	id INTEGER PRIMARY KEY,
	point INTEGER NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL,
	day INTEGER,
	person INTEGER NOT NULL,
	role TEXT,
	deputy_for INTEGER,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_step_by_point ON audit_step (point, id);

-- A session of the council. held: its minutes are kept and its decisions stand.
CREATE TABLE audit_meeting (
	id INTEGER PRIMARY KEY,
	day INTEGER NOT NULL,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	called INTEGER NOT NULL,
	caller INTEGER NOT NULL,
	minutes TEXT,
	present TEXT,
	held INTEGER,
	writer INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_meeting_by_day ON audit_meeting (day, id);

-- kind: plan, result, improvement, review, other. about: "audit:3", "review:2"; NULL: nothing kept here.
CREATE TABLE audit_agenda (
	id INTEGER PRIMARY KEY,
	meeting INTEGER NOT NULL,
	place INTEGER NOT NULL,
	kind TEXT NOT NULL,
	about TEXT,
	title TEXT NOT NULL,
	words TEXT NOT NULL,
	decision TEXT,
	decided TEXT,
	UNIQUE (meeting, place)
) STRICT;
CREATE INDEX audit_agenda_by_about ON audit_agenda (about, kind);

-- The yearly review (見直し), or one that a change asked for. decision: keep, change.
CREATE TABLE audit_review (
	id INTEGER PRIMARY KEY,
	year INTEGER NOT NULL,
	why TEXT NOT NULL,
	since INTEGER NOT NULL,
	started INTEGER NOT NULL,
	starter INTEGER NOT NULL,
	decided INTEGER,
	decider INTEGER,
	decision TEXT,
	words TEXT,
	change INTEGER NOT NULL
) STRICT;

-- What a review looked at, as it stood on the day of the decision, and what is made of it.
CREATE TABLE audit_input (
	id INTEGER PRIMARY KEY,
	review INTEGER NOT NULL,
	source TEXT NOT NULL,
	figures TEXT,
	words TEXT,
	person INTEGER,
	at INTEGER,
	UNIQUE (review, source)
) STRICT;

CREATE VIEW shown_audit AS
	SELECT id, year, kind, title, since, until, planned, begun, reported, received, closed FROM audit_case;
CREATE VIEW shown_audit_point AS
	SELECT id, audit, number, clause, unit, grade, title, at, due, ordered, answered, settled FROM audit_point;
CREATE VIEW shown_audit_request AS SELECT id, audit, unit, due, at, answered FROM audit_request;
CREATE VIEW shown_audit_meeting AS SELECT id, day, held FROM audit_meeting;
CREATE VIEW shown_audit_agenda AS SELECT id, meeting, kind, about, decision FROM audit_agenda;
CREATE VIEW shown_audit_review AS SELECT id, year, started, decided, decision FROM audit_review;
