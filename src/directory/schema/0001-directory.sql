-- Whose password the directory keeps; id is the person's. key: the account's id there, which stays the
-- same when it is renamed. A tie that has ended stays as a row.
-- sealed directory_tie.key by id
CREATE TABLE directory_tie (
	id INTEGER PRIMARY KEY REFERENCES people_person (id),
	key TEXT NOT NULL,
	since INTEGER NOT NULL,
	ended INTEGER
) STRICT;

