-- Standing delegation (委任): while it runs, whoever holds the role that the pack's delegation `code`
-- names may exercise the powers named there. It hangs on the post that gives, which must carry the
-- giving role on every day it counts; who gave it is kept.
CREATE TABLE people_delegation (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	post INTEGER NOT NULL REFERENCES people_post (id),
	given_by INTEGER NOT NULL REFERENCES people_person (id),
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	reason TEXT NOT NULL
) STRICT;
CREATE INDEX people_delegation_by_code ON people_delegation (code, until);
CREATE INDEX people_delegation_by_post ON people_delegation (post, until);

-- Privileged windows: what a privileged grant or role lets a person change counts only in one, and
-- only in the session that opened it.
-- sealed people_window.reason by person
CREATE TABLE people_window (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	session INTEGER NOT NULL,
	reason TEXT NOT NULL,
	opened INTEGER NOT NULL,
	until INTEGER NOT NULL,
	ended INTEGER
) STRICT;
CREATE INDEX people_window_by_session ON people_window (session, until);
CREATE INDEX people_window_by_person ON people_window (person, id);

-- Whose data was proposed for erasure, and until when somebody has put it off; id is the person's.
-- sealed people_retention.reason by id
CREATE TABLE people_retention (
	id INTEGER PRIMARY KEY REFERENCES people_person (id),
	proposed INTEGER NOT NULL,
	held_until INTEGER,
	held_by INTEGER REFERENCES people_person (id),
	reason TEXT NOT NULL
) STRICT;
