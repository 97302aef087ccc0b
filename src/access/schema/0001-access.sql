-- Systems of the body as far as their accounts go; id is the row of the ledger of systems.
-- is_for_all: everybody has an account there (mail, directory), so a move alone is nothing to look at.
-- columns: which heading fed what in the newest list. is_used_known: it said when accounts were used.
CREATE TABLE access_system (
	id INTEGER PRIMARY KEY,
	is_for_all INTEGER NOT NULL,
	is_used_known INTEGER NOT NULL,
	columns TEXT,
	list INTEGER,
	listed INTEGER
) STRICT;

-- Every list of accounts that was taken in.
CREATE TABLE access_list (
	id INTEGER PRIMARY KEY,
	system INTEGER NOT NULL,
	at INTEGER NOT NULL,
	person INTEGER,
	source TEXT NOT NULL,
	digest BLOB NOT NULL,
	lines INTEGER NOT NULL,
	added INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	absent INTEGER NOT NULL
) STRICT;
CREATE INDEX access_list_by_system ON access_list (system, id);

-- kind: person, shared, machine, unknown. unit: where the person was when it was given or last reviewed.
-- list: the newest list it stood in. used: the day it was last used. label: what the list calls somebody
-- whom Bansho does not know; gone as soon as the person is known. Nothing is deleted: closed.
CREATE TABLE access_account (
	id INTEGER PRIMARY KEY,
	system INTEGER NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	kind TEXT NOT NULL,
	person INTEGER,
	unit INTEGER,
	is_privileged INTEGER NOT NULL,
	is_disabled INTEGER NOT NULL,
	label TEXT,
	why TEXT,
	used INTEGER,
	list INTEGER,
	added INTEGER NOT NULL,
	reviewed INTEGER,
	closed INTEGER,
	closed_by INTEGER,
	closed_why TEXT,
	change INTEGER NOT NULL,
	UNIQUE (system, name)
) STRICT;
CREATE INDEX access_account_by_person ON access_account (person, system) WHERE person IS NOT NULL;

-- Who may use a shared account. until: NULL while they may; both days count.
CREATE TABLE access_user (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL,
	person INTEGER NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER
) STRICT;
CREATE INDEX access_user_by_account ON access_user (account, person);
CREATE INDEX access_user_by_person ON access_user (person, account);

-- Decided with a reason to leave something as it is until a day.
CREATE TABLE access_kept (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL,
	until INTEGER NOT NULL,
	person INTEGER NOT NULL,
	role TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX access_kept_by_account ON access_kept (account, kind, until);

-- The yearly review; due: the day until which units answer.
CREATE TABLE access_round (
	id INTEGER PRIMARY KEY,
	year INTEGER NOT NULL,
	started INTEGER NOT NULL,
	due INTEGER NOT NULL,
	person INTEGER
) STRICT;

-- One unit's part of it. digest: of exactly what was answered. deputy_for: in whose place.
CREATE TABLE access_review (
	id INTEGER PRIMARY KEY,
	round INTEGER NOT NULL,
	unit INTEGER NOT NULL,
	done INTEGER,
	person INTEGER,
	deputy_for INTEGER,
	role TEXT,
	accounts INTEGER,
	removals INTEGER,
	changes INTEGER,
	digest BLOB,
	told INTEGER,
	escalated INTEGER,
	UNIQUE (round, unit)
) STRICT;

-- What a unit asked for; "as it is" stands in the review's digest and count alone.
CREATE TABLE access_answer (
	id INTEGER PRIMARY KEY,
	review INTEGER NOT NULL,
	account INTEGER NOT NULL,
	answer TEXT NOT NULL,
	words TEXT NOT NULL,
	at INTEGER NOT NULL,
	handled INTEGER,
	handled_by INTEGER,
	handled_words TEXT
) STRICT;
CREATE INDEX access_answer_by_account ON access_answer (account, handled);
CREATE INDEX access_answer_by_review ON access_answer (review, id);

CREATE VIEW shown_access_account AS
	SELECT id, system, name, kind, person, is_privileged, is_disabled, used, added, closed FROM access_account;
CREATE VIEW shown_access_user AS SELECT id, account, person, since, until FROM access_user;
