CREATE TABLE house_room (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	note TEXT,
	picture BLOB,
	seats INTEGER
) STRICT;
CREATE TABLE house_visit_cache (id INTEGER PRIMARY KEY, room INTEGER NOT NULL) STRICT;
CREATE TABLE journal_test (id INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT;
CREATE VIEW shown_house AS SELECT id, name FROM house_room;
-- sealed house_guest.name by id as name
-- sealed house_guest.words by id
CREATE TABLE house_guest (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	words TEXT NOT NULL,
	room INTEGER
) STRICT;
CREATE VIEW shown_guest AS SELECT id, name FROM house_guest;
