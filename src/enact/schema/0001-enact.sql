-- Versions of the policy: proposed, published for a day, in force, past. The files of each lie under
-- packs/DIGEST/ beside the store. A version that was withdrawn and proposed again is a new row.
CREATE TABLE enact_version (
	id INTEGER PRIMARY KEY,
	digest BLOB NOT NULL,
	pack TEXT NOT NULL,
	version TEXT NOT NULL,
	title TEXT NOT NULL,
	state TEXT NOT NULL,
	is_acknowledged INTEGER NOT NULL,
	change INTEGER NOT NULL,
	proposed INTEGER NOT NULL,
	proposed_by INTEGER,
	effective INTEGER,
	published INTEGER,
	published_by INTEGER,
	published_role TEXT,
	in_force INTEGER,
	ended INTEGER,
	withdrawn_by INTEGER,
	why TEXT
) STRICT;
CREATE INDEX enact_version_by_state ON enact_version (state, id);

-- What a version touches, and what was decided about it. done: when it was carried out.
CREATE TABLE enact_item (
	id INTEGER PRIMARY KEY,
	version INTEGER NOT NULL,
	kind TEXT NOT NULL,
	code TEXT NOT NULL,
	choice TEXT NOT NULL,
	target TEXT,
	answered INTEGER NOT NULL,
	answered_by INTEGER,
	done INTEGER,
	UNIQUE (version, kind, code)
) STRICT;
CREATE INDEX enact_item_by_done ON enact_item (version, done);

CREATE TABLE enact_acknowledgement (
	id INTEGER PRIMARY KEY,
	version INTEGER NOT NULL,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (version, person)
) STRICT;

-- Who was told to read the version, how often and when last.
CREATE TABLE enact_told (
	id INTEGER PRIMARY KEY,
	version INTEGER NOT NULL,
	person INTEGER NOT NULL,
	times INTEGER NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (version, person)
) STRICT;

CREATE VIEW shown_version AS
	SELECT id, digest, pack, version, title, state, is_acknowledged, effective, published, in_force, ended
	FROM enact_version;
-- Carried over to another clause or role by a version that has come into force.
