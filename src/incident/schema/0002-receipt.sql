-- What people outside get back for a report: a number to name when they ask, and the key that their browser keeps.
-- id: the case. key: SHA-256 (hex) of the form's own random word and what was typed, so that the same form sent twice is one case.
CREATE TABLE incident_receipt (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL,
	number TEXT NOT NULL,
	made INTEGER NOT NULL,
	UNIQUE (key),
	UNIQUE (number)
) STRICT;
