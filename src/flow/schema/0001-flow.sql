-- Dossiers with their content, routes and decisions; permits and their use; disposal by serial.
CREATE TABLE flow_dossier (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	change INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	state TEXT NOT NULL,
	purpose TEXT NOT NULL,
	applicant INTEGER NOT NULL,
	post INTEGER,
	unit INTEGER NOT NULL,
	lead TEXT NOT NULL,
	digest BLOB,
	pack BLOB,
	why TEXT,
	created INTEGER NOT NULL,
	sent INTEGER,
	changed INTEGER NOT NULL,
	granted INTEGER,
	ended INTEGER
) STRICT;
CREATE INDEX flow_dossier_by_applicant ON flow_dossier (applicant, id);
CREATE INDEX flow_dossier_by_unit ON flow_dossier (unit, id);
CREATE INDEX flow_dossier_by_state ON flow_dossier (state, id);

CREATE TABLE flow_find_cache (
	id INTEGER PRIMARY KEY,
	folded TEXT NOT NULL
) STRICT;

CREATE TABLE flow_answer (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	name TEXT NOT NULL,
	item TEXT NOT NULL,
	value TEXT NOT NULL,
	UNIQUE (dossier, name, item)
) STRICT;

CREATE TABLE flow_chosen (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	asset INTEGER NOT NULL,
	class_then TEXT,
	owner_then INTEGER
) STRICT;
CREATE INDEX flow_chosen_by_dossier ON flow_chosen (dossier);
CREATE INDEX flow_chosen_by_asset ON flow_chosen (asset);

CREATE TABLE flow_occasion (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	occasion TEXT NOT NULL,
	is_wanted INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_occasion_by_dossier ON flow_occasion (dossier);
CREATE INDEX flow_occasion_by_code ON flow_occasion (occasion, dossier);

CREATE TABLE flow_frozen (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	digest BLOB NOT NULL,
	content TEXT NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (dossier, revision)
) STRICT;

-- role: who decides now (empty: nobody can); wished: whom the policy names.
CREATE TABLE flow_step (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	place INTEGER NOT NULL,
	verb INTEGER NOT NULL,
	wished TEXT NOT NULL,
	role TEXT NOT NULL,
	unit INTEGER,
	state TEXT NOT NULL,
	opened INTEGER,
	reminded INTEGER,
	escalated INTEGER,
	escalated_role TEXT,
	decision INTEGER
) STRICT;
CREATE INDEX flow_step_by_dossier ON flow_step (dossier, revision);
CREATE INDEX flow_step_by_state ON flow_step (state, opened);

CREATE TABLE flow_part (
	id INTEGER PRIMARY KEY,
	step INTEGER NOT NULL,
	occasion TEXT NOT NULL,
	clause TEXT
) STRICT;
CREATE INDEX flow_part_by_step ON flow_part (step);

CREATE TABLE flow_decision (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	verdict TEXT NOT NULL,
	person INTEGER NOT NULL,
	post INTEGER,
	deputy_for INTEGER,
	role TEXT NOT NULL,
	basis INTEGER NOT NULL,
	words TEXT NOT NULL,
	digest BLOB NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_decision_by_dossier ON flow_decision (dossier);
CREATE INDEX flow_decision_by_person ON flow_decision (person, id);

CREATE TABLE flow_permit (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	dossier INTEGER NOT NULL,
	occasion TEXT NOT NULL,
	state TEXT NOT NULL,
	from_day INTEGER NOT NULL,
	until_day INTEGER NOT NULL,
	leaves INTEGER,
	returns INTEGER,
	is_signed_out INTEGER NOT NULL,
	conditions TEXT NOT NULL,
	issued INTEGER NOT NULL,
	ended INTEGER,
	ended_why TEXT,
	reminded INTEGER
) STRICT;
CREATE INDEX flow_permit_by_dossier ON flow_permit (dossier);
CREATE INDEX flow_permit_by_state ON flow_permit (state, until_day);
CREATE INDEX flow_permit_by_occasion ON flow_permit (occasion, state);

-- reminded: 0 not yet, 1 before it was due, 2 when overdue, 3 told to the head of the unit.
CREATE TABLE flow_outing (
	id INTEGER PRIMARY KEY,
	permit INTEGER NOT NULL,
	asset INTEGER,
	what TEXT NOT NULL,
	out INTEGER NOT NULL,
	due INTEGER,
	back INTEGER,
	out_by INTEGER NOT NULL,
	back_by INTEGER,
	reminded INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_outing_by_permit ON flow_outing (permit);
CREATE INDEX flow_outing_by_back ON flow_outing (back, due);

CREATE TABLE flow_extension (
	id INTEGER PRIMARY KEY,
	permit INTEGER NOT NULL,
	dossier INTEGER NOT NULL,
	until_day INTEGER NOT NULL,
	reason TEXT NOT NULL,
	answer TEXT,
	state TEXT NOT NULL,
	role TEXT NOT NULL,
	unit INTEGER,
	asked_by INTEGER NOT NULL,
	asked INTEGER NOT NULL,
	decided_by INTEGER,
	decided INTEGER,
	digest BLOB NOT NULL
) STRICT;
CREATE INDEX flow_extension_by_permit ON flow_extension (permit);
CREATE INDEX flow_extension_by_state ON flow_extension (state, id);

CREATE TABLE flow_item (
	id INTEGER PRIMARY KEY,
	dossier INTEGER NOT NULL,
	form TEXT NOT NULL,
	serial TEXT NOT NULL,
	folded TEXT NOT NULL,
	what TEXT NOT NULL,
	is_listed INTEGER NOT NULL,
	asset INTEGER,
	end_code TEXT NOT NULL,
	is_verified INTEGER NOT NULL,
	struck_why TEXT
) STRICT;
CREATE INDEX flow_item_by_dossier ON flow_item (dossier);
CREATE INDEX flow_item_by_serial ON flow_item (folded);

CREATE VIEW shown_dossier AS
	SELECT id, number, change, revision, state, applicant, post, unit, digest, created, sent, changed,
		granted, ended
	FROM flow_dossier;
CREATE VIEW shown_dossier_occasion AS SELECT id, dossier, occasion FROM flow_occasion;
CREATE VIEW shown_dossier_asset AS SELECT id, dossier, asset, class_then, owner_then FROM flow_chosen;
CREATE VIEW shown_decision AS
	SELECT id, dossier, revision, verdict, person, post, deputy_for, role, digest, at FROM flow_decision;
CREATE VIEW shown_step AS
	SELECT id, dossier, revision, place, verb, wished, role, unit, state, opened, escalated, decision
	FROM flow_step;
CREATE VIEW shown_permit AS
	SELECT id, number, dossier, occasion, state, from_day, until_day, returns, issued, ended
	FROM flow_permit;
CREATE VIEW shown_outing AS SELECT id, permit, asset, out, due, back FROM flow_outing;
CREATE VIEW shown_item AS
	SELECT id, dossier, form, is_listed, asset, end_code, is_verified,
		CASE WHEN struck_why IS NULL THEN 0 ELSE 1 END AS is_struck
	FROM flow_item;
