-- Units, posts, persons and what joins them. Days are day numbers; since and until both count, NULL
-- is open. Moments are milliseconds UTC.
CREATE TABLE people_unit (
	id INTEGER PRIMARY KEY,
	parent INTEGER REFERENCES people_unit (id),
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('body', 'bureau', 'section', 'other')),
	"rank" INTEGER NOT NULL,
	since INTEGER,
	until INTEGER
) STRICT;
CREATE INDEX people_unit_by_code ON people_unit (code);
CREATE INDEX people_unit_by_parent ON people_unit (parent);

-- Every unit with itself and all above it; id is unit * 64 + steps. Rebuilt from people_unit.
CREATE TABLE people_unit_under_cache (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL,
	above INTEGER NOT NULL,
	steps INTEGER NOT NULL
) STRICT;
CREATE INDEX people_unit_under_by_unit ON people_unit_under_cache (unit, above);
CREATE INDEX people_unit_under_by_above ON people_unit_under_cache (above, unit);

CREATE TABLE people_post (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL REFERENCES people_unit (id),
	name TEXT NOT NULL,
	"rank" INTEGER NOT NULL,
	since INTEGER,
	until INTEGER
) STRICT;
CREATE INDEX people_post_by_unit ON people_post (unit);

-- Roles of the pack that a post carries (充て職).
CREATE TABLE people_post_role (
	id INTEGER PRIMARY KEY,
	post INTEGER NOT NULL REFERENCES people_post (id),
	role TEXT NOT NULL,
	since INTEGER,
	until INTEGER
) STRICT;
CREATE INDEX people_post_role_by_post ON people_post_role (post);
CREATE INDEX people_post_role_by_role ON people_post_role (role);

-- All personal data of a person stand in this one row.
CREATE TABLE people_person (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	family TEXT NOT NULL,
	given TEXT NOT NULL,
	kana TEXT NOT NULL,
	mail TEXT NOT NULL,
	language TEXT NOT NULL CHECK (language IN ('ja', 'en')),
	since INTEGER,
	until INTEGER
) STRICT;

-- What search sees of a person, and the order of lists.
CREATE TABLE people_person_cache (
	id INTEGER PRIMARY KEY,
	folded TEXT NOT NULL,
	sort TEXT NOT NULL
) STRICT;
CREATE INDEX people_person_sorted ON people_person_cache (sort, id);

CREATE TABLE people_assignment (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	post INTEGER NOT NULL REFERENCES people_post (id),
	is_main INTEGER NOT NULL,
	since INTEGER,
	until INTEGER
) STRICT;
CREATE INDEX people_assignment_by_person ON people_assignment (person);
CREATE INDEX people_assignment_by_post ON people_assignment (post);

CREATE TABLE people_deputy (
	id INTEGER PRIMARY KEY,
	post INTEGER NOT NULL REFERENCES people_post (id),
	absent INTEGER NOT NULL REFERENCES people_person (id),
	deputy INTEGER NOT NULL REFERENCES people_person (id),
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	reason TEXT NOT NULL
) STRICT;
CREATE INDEX people_deputy_by_post ON people_deputy (post, absent);
CREATE INDEX people_deputy_by_deputy ON people_deputy (deputy);
CREATE INDEX people_deputy_by_absent ON people_deputy (absent);

CREATE TABLE people_grant (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	kind TEXT NOT NULL CHECK (kind IN ('operator', 'people', 'ledger', 'auditor')),
	unit INTEGER REFERENCES people_unit (id),
	since INTEGER,
	until INTEGER
) STRICT;
CREATE INDEX people_grant_by_person ON people_grant (person);

-- One account at most per person; id is the person's.
CREATE TABLE people_account (
	id INTEGER PRIMARY KEY REFERENCES people_person (id),
	login TEXT NOT NULL UNIQUE,
	password TEXT NOT NULL,
	is_temporary INTEGER NOT NULL,
	temporary_until INTEGER,
	changed INTEGER NOT NULL,
	failed INTEGER NOT NULL,
	failed_since INTEGER NOT NULL,
	locked_until INTEGER,
	last_sign_in INTEGER,
	is_closed INTEGER NOT NULL
) STRICT;

CREATE TABLE people_session (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	token BLOB NOT NULL UNIQUE,
	created INTEGER NOT NULL,
	until INTEGER NOT NULL,
	idle_minutes INTEGER NOT NULL,
	must_change INTEGER NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL,
	ended INTEGER
) STRICT;
CREATE INDEX people_session_by_person ON people_session (person, ended);

-- When a session was last seen; kept every few minutes, so not in the journal.
CREATE TABLE people_session_seen_cache (
	id INTEGER PRIMARY KEY,
	seen INTEGER NOT NULL
) STRICT;

CREATE TABLE people_notice (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	about TEXT NOT NULL,
	words TEXT NOT NULL,
	path TEXT NOT NULL,
	created INTEGER NOT NULL,
	read_at INTEGER
) STRICT;
CREATE INDEX people_notice_by_person ON people_notice (person, id);
CREATE INDEX people_notice_unread ON people_notice (person, read_at);

CREATE TABLE people_outbox (
	id INTEGER PRIMARY KEY,
	address TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
	tries INTEGER NOT NULL,
	due INTEGER NOT NULL,
	created INTEGER NOT NULL
) STRICT;
CREATE INDEX people_outbox_by_due ON people_outbox (state, due);

CREATE VIEW shown_unit AS
	SELECT id, code, name, kind, parent, "rank", since, until FROM people_unit;
CREATE VIEW shown_unit_under AS SELECT unit, above, steps FROM people_unit_under_cache;
CREATE VIEW shown_post AS SELECT id, unit, name, "rank", since, until FROM people_post;
CREATE VIEW shown_post_role AS SELECT post, role, since, until FROM people_post_role;
CREATE VIEW shown_person AS
	SELECT id, number, name, kana, mail, language, since, until FROM people_person;
CREATE VIEW shown_assignment AS
	SELECT a.id AS id, a.person AS person, a.post AS post, p.unit AS unit, a.is_main AS is_main,
		a.since AS since, a.until AS until
	FROM people_assignment a JOIN people_post p ON p.id = a.post;
