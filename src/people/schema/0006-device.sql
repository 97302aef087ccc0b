-- Which browsers somebody has signed in from. A stranger's wrong guesses hold up strangers; who comes
-- from a browser that is known has guesses of their own. token: SHA-256 of a cookie, the same for
-- everybody who shares the desk.
CREATE TABLE people_device (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	token BLOB NOT NULL,
	created INTEGER NOT NULL,
	used INTEGER NOT NULL,
	failed INTEGER NOT NULL,
	locked_until INTEGER
) STRICT;
CREATE UNIQUE INDEX people_device_by_token ON people_device (token, person);
CREATE INDEX people_device_by_person ON people_device (person, used);

-- How often an account was locked since somebody signed in: each lock is twice as long.
ALTER TABLE people_account ADD COLUMN locks INTEGER;
