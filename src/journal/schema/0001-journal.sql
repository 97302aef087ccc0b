-- The journal. Nothing here is ever changed or deleted: the store's authorizer allows INSERT only.
-- An entry; id is its sequence number, from 0.
CREATE TABLE journal_entry (
	id INTEGER PRIMARY KEY,
	entry TEXT NOT NULL,
	leaf BLOB NOT NULL
) STRICT;

-- Which entries belong to an object's history; id is 8 * entry + place in its "about".
CREATE TABLE journal_about (
	id INTEGER PRIMARY KEY,
	about TEXT NOT NULL,
	entry INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_about_history ON journal_about (about, entry);

-- The salt of an entry's row digests: destroyed one day, the entry says nothing any more, and holds.
CREATE TABLE journal_salt (
	id INTEGER PRIMARY KEY,
	salt BLOB NOT NULL
) STRICT;

-- Full tiles of 256 hashes (C2SP tlog-tiles); id is level * 2^40 + number.
CREATE TABLE journal_tile (
	id INTEGER PRIMARY KEY,
	hashes BLOB NOT NULL
) STRICT;

-- Signed heads; id is the tree size, "at" is milliseconds UTC by our clock.
CREATE TABLE journal_checkpoint (
	id INTEGER PRIMARY KEY,
	note TEXT NOT NULL,
	"at" INTEGER NOT NULL
) STRICT;

-- Public keys the checkpoints were signed with; id is the first tree size signed.
CREATE TABLE journal_key (
	id INTEGER PRIMARY KEY,
	vkey TEXT NOT NULL
) STRICT;
