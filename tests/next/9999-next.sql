-- A step that no release has: what a later version may do to the schema.
ALTER TABLE people_post ADD COLUMN note TEXT;
CREATE TABLE store_next (
	id INTEGER PRIMARY KEY,
	words TEXT NOT NULL
) STRICT;
