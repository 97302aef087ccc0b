-- What is personal is sealed under a key of the person it is about (docs/security.md). Rows that
-- stand there in plain are sealed at the next opening, in an act (people.seal).
-- sealed people_person.name by id as name
-- sealed people_person.family by id
-- sealed people_person.given by id
-- sealed people_person.kana by id
-- sealed people_person.mail by id
-- sealed people_deputy.reason by absent
-- sealed people_notice.words by person as name
-- sealed people_outbox.address by person
-- sealed people_outbox.subject by person
-- sealed people_outbox.body by person
-- sealed people_session.address by person
-- sealed people_session.agent by person
ALTER TABLE people_outbox ADD COLUMN person INTEGER;

-- Search works on names in memory. This says which persons changed after which version of that.
DROP TABLE people_person_cache;
CREATE TABLE people_person_cache (
	id INTEGER PRIMARY KEY,
	version INTEGER NOT NULL
) STRICT;
CREATE INDEX people_person_by_version ON people_person_cache (version);

-- Whose key was destroyed; id is the person's. mark: which key it was (docs/journal.md).
CREATE TABLE people_erasure (
	id INTEGER PRIMARY KEY REFERENCES people_person (id),
	basis TEXT NOT NULL,
	mark BLOB NOT NULL,
	at INTEGER NOT NULL
) STRICT;
