-- What every body's store has: which steps of the schema were taken, settings, number series.
CREATE TABLE store_migration (
	id INTEGER PRIMARY KEY,
	room TEXT NOT NULL,
	number INTEGER NOT NULL,
	digest BLOB NOT NULL,
	UNIQUE (room, number)
) STRICT;
CREATE TABLE store_setting (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	value TEXT NOT NULL
) STRICT;
-- The next number of each series. Can be rebuilt from the rows it numbered.
CREATE TABLE store_counter_cache (
	id INTEGER PRIMARY KEY,
	series TEXT NOT NULL UNIQUE,
	next INTEGER NOT NULL
) STRICT;
