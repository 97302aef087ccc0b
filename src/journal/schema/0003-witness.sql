-- What others say of our checkpoints. Nothing here is ever changed or deleted.
-- Cosignatures of witnesses: "line" is the C2SP signature line, "witness" the key's name and id
-- ("pref.example/w1+0a1b2c3d"), "log" the log's number, "size" the size of its tree, "at" when we
-- kept it (the time the witness states is in the line).
CREATE TABLE journal_cosignature (
	id INTEGER PRIMARY KEY,
	log INTEGER NOT NULL,
	size INTEGER NOT NULL,
	witness TEXT NOT NULL,
	line TEXT NOT NULL,
	"at" INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_cosignature_by ON journal_cosignature (witness, log, size, id);
CREATE INDEX journal_cosignature_over ON journal_cosignature (log, size, id);

-- RFC 3161 answers over a checkpoint as the log signed it; "at" is the time they state, ms UTC.
CREATE TABLE journal_stamp (
	id INTEGER PRIMARY KEY,
	log INTEGER NOT NULL,
	size INTEGER NOT NULL,
	answer BLOB NOT NULL,
	"at" INTEGER NOT NULL
) STRICT;
