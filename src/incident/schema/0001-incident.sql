-- Cases of the CSIRT. source: staff, citizen, system, vendor. way: self, said, public, sheet. verdict NULL: not
-- judged yet. Three times: happened (may be unknown), known, entered. system: row of the ledger of systems.
-- grave, needed, crime: 1 no, 2 yes, NULL nobody has said. grounds: codes, one a line. persons: as the affected add up.
CREATE TABLE incident_case (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	damage TEXT NOT NULL,
	finder TEXT NOT NULL,
	contact TEXT NOT NULL,
	source TEXT NOT NULL,
	way TEXT NOT NULL,
	happened INTEGER,
	known INTEGER NOT NULL,
	said INTEGER,
	entered INTEGER NOT NULL,
	entered_by INTEGER,
	reporter INTEGER,
	unit INTEGER,
	system INTEGER,
	dossier INTEGER,
	is_drill INTEGER NOT NULL,
	state TEXT NOT NULL,
	verdict TEXT,
	judged INTEGER,
	judged_by INTEGER,
	judged_role TEXT,
	judged_words TEXT,
	grave INTEGER,
	needed INTEGER,
	crime INTEGER,
	class TEXT,
	grounds TEXT NOT NULL,
	persons INTEGER NOT NULL,
	disclosure TEXT,
	disclosure_words TEXT,
	concluded INTEGER,
	concluded_by INTEGER,
	concluded_role TEXT,
	closed INTEGER,
	closed_by INTEGER,
	closed_role TEXT,
	closed_words TEXT,
	change INTEGER NOT NULL,
	UNIQUE (number)
) STRICT;
CREATE INDEX incident_case_by_state ON incident_case (state, id);
CREATE INDEX incident_case_by_reporter ON incident_case (reporter, id);
CREATE INDEX incident_case_by_known ON incident_case (known, id);

-- The timeline: never changed; what is put right is a new entry, and the old one names it (replaced).
CREATE TABLE incident_entry (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL,
	at INTEGER NOT NULL,
	made INTEGER NOT NULL,
	person INTEGER,
	role TEXT,
	category TEXT NOT NULL,
	source TEXT NOT NULL,
	is_reported INTEGER NOT NULL,
	words TEXT NOT NULL,
	replaces INTEGER,
	replaced INTEGER
) STRICT;
CREATE INDEX incident_entry_by_time ON incident_entry (incident, at, id);

-- Who was told along the chain, and who has received it. level: how often somebody above was told because
-- nobody had. due: when that happens next; NULL: nobody is left. ended: no longer waited for.
CREATE TABLE incident_link (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL,
	code TEXT NOT NULL,
	role TEXT NOT NULL,
	unit INTEGER,
	told INTEGER NOT NULL,
	term INTEGER,
	due INTEGER,
	level INTEGER NOT NULL,
	escalated INTEGER,
	received INTEGER,
	person INTEGER,
	as_role TEXT,
	words TEXT,
	ended INTEGER,
	UNIQUE (incident, code)
) STRICT;
CREATE INDEX incident_link_by_due ON incident_link (due, id);

-- Steps of the playbook, tasks and orders. kind: play, task, contain, recover, prevent, stop. is_done: 1 done,
-- 0 not done because (answer), NULL open. basis: instructed, own.
CREATE TABLE incident_task (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL,
	kind TEXT NOT NULL,
	code TEXT,
	words TEXT NOT NULL,
	role TEXT,
	unit INTEGER,
	assignee INTEGER,
	at INTEGER NOT NULL,
	person INTEGER,
	given_role TEXT,
	basis TEXT,
	due INTEGER,
	told INTEGER,
	is_done INTEGER,
	answer TEXT,
	answered INTEGER,
	answered_by INTEGER
) STRICT;
CREATE INDEX incident_task_by_incident ON incident_task (incident, id);
CREATE INDEX incident_task_by_done ON incident_task (is_done, due, id);

-- digest NULL: a thing, not a file. taken: when it was secured. holder: who has it now.
CREATE TABLE incident_evidence (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL,
	no INTEGER NOT NULL,
	name TEXT NOT NULL,
	digest BLOB,
	size INTEGER NOT NULL,
	origin TEXT NOT NULL,
	taken INTEGER NOT NULL,
	at INTEGER NOT NULL,
	person INTEGER,
	holder TEXT NOT NULL,
	ended INTEGER
) STRICT;
CREATE INDEX incident_evidence_by_incident ON incident_evidence (incident, no);

-- doing: taken, handed, checked, returned, destroyed. is_same: what the check found (1 no, 2 yes).
CREATE TABLE incident_custody (
	id INTEGER PRIMARY KEY,
	evidence INTEGER NOT NULL,
	at INTEGER NOT NULL,
	made INTEGER NOT NULL,
	doing TEXT NOT NULL,
	holder TEXT NOT NULL,
	words TEXT NOT NULL,
	person INTEGER,
	is_same INTEGER
) STRICT;
CREATE INDEX incident_custody_by_evidence ON incident_custody (evidence, id);

-- What is concerned: a row of a ledger, or data by its description, and how many persons it is about.
CREATE TABLE incident_affected (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL,
	asset INTEGER,
	name TEXT NOT NULL,
	items TEXT NOT NULL,
	media TEXT NOT NULL,
	persons INTEGER NOT NULL,
	is_sure INTEGER NOT NULL,
	at INTEGER NOT NULL,
	person INTEGER,
	dropped INTEGER,
	dropped_by INTEGER,
	dropped_words TEXT
) STRICT;
CREATE INDEX incident_affected_by_incident ON incident_affected (incident, id);

-- Reports to authorities. stage: first, final, notice (no clock). day_one, due: days. waived: why not.
CREATE TABLE incident_outside (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL,
	authority TEXT NOT NULL,
	stage TEXT NOT NULL,
	day_one INTEGER NOT NULL,
	due INTEGER,
	made INTEGER NOT NULL,
	is_owed INTEGER NOT NULL,
	filed INTEGER,
	noted INTEGER,
	person INTEGER,
	way TEXT,
	reference TEXT,
	words TEXT,
	waived TEXT,
	told INTEGER,
	UNIQUE (incident, authority, stage)
) STRICT;
CREATE INDEX incident_outside_by_due ON incident_outside (due, id);

-- The calling tree: how a role, an authority, or somebody else is reached outside hours.
CREATE TABLE incident_contact (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	code TEXT NOT NULL,
	unit INTEGER,
	name TEXT NOT NULL,
	phone TEXT NOT NULL,
	mail TEXT NOT NULL,
	words TEXT NOT NULL,
	rank INTEGER NOT NULL,
	confirmed INTEGER NOT NULL,
	confirmed_by INTEGER,
	ended INTEGER
) STRICT;
CREATE INDEX incident_contact_by_rank ON incident_contact (rank, id);

CREATE VIEW shown_incident AS
	SELECT id, number, kind, title, state, verdict, source, is_drill, known, entered, judged, concluded, closed,
		unit, reporter, persons FROM incident_case;
CREATE VIEW shown_incident_link AS
	SELECT id, incident, code, role, unit, told, term, due, level, received, ended FROM incident_link;
CREATE VIEW shown_incident_task AS
	SELECT id, incident, kind, role, unit, assignee, at, due, is_done, answered FROM incident_task;
CREATE VIEW shown_incident_outside AS
	SELECT id, incident, authority, stage, due, is_owed, filed, waived FROM incident_outside;
CREATE VIEW shown_incident_contact AS SELECT id, kind, code, confirmed, ended FROM incident_contact;
