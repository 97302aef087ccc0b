-- A list handed in for one side of a reconciliation. code: the pack's. side: left, right. name: of the file.
-- digest: SHA-256 of the list as it is kept beside the store (UTF-8 CSV under the pack's column names);
-- source: of the file as it was handed in. Nothing is deleted; the newest of a side counts.
CREATE TABLE reconcile_list (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	side TEXT NOT NULL,
	at INTEGER NOT NULL,
	person INTEGER,
	name TEXT NOT NULL,
	encoding TEXT NOT NULL,
	row_count INTEGER NOT NULL,
	digest BLOB NOT NULL,
	source BLOB NOT NULL
) STRICT;
CREATE INDEX reconcile_list_by_side ON reconcile_list (code, side, id);

-- One run: what was held against what, as of `seen`, and what came of it. The digests name the two sets and
-- the result as they are kept beside the store. left_list, right_list: lists handed in, or NULL. left_wait,
-- right_wait: days a row without counterpart was waited for. differences: all there were; those beyond the
-- most that are followed one by one stand in the result alone.
CREATE TABLE reconcile_run (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	at INTEGER NOT NULL,
	seen INTEGER NOT NULL,
	person INTEGER,
	left_digest BLOB NOT NULL,
	right_digest BLOB NOT NULL,
	result_digest BLOB NOT NULL,
	pack BLOB NOT NULL,
	left_list INTEGER,
	right_list INTEGER,
	left_wait INTEGER NOT NULL,
	right_wait INTEGER NOT NULL,
	left_count INTEGER NOT NULL,
	right_count INTEGER NOT NULL,
	matched INTEGER NOT NULL,
	waiting INTEGER NOT NULL,
	left_only INTEGER NOT NULL,
	right_only INTEGER NOT NULL,
	differing INTEGER NOT NULL,
	unclear INTEGER NOT NULL,
	differences INTEGER NOT NULL,
	added INTEGER NOT NULL,
	gone INTEGER NOT NULL
) STRICT;
CREATE INDEX reconcile_run_by_code ON reconcile_run (code, id);

-- A difference that runs found, from the first that did (first_run) to the first that no longer does
-- (end_run). key: normalised, what makes it the same difference in the next run. title: for people. differs:
-- places of the pack's comparisons, separated by commas. left_row, right_row: JSON objects of the columns.
-- due: put right by then. words, until: why it may stay as it is, and how long. Nothing is deleted.
CREATE TABLE reconcile_difference (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	kind TEXT NOT NULL,
	"key" TEXT NOT NULL,
	title TEXT NOT NULL,
	differs TEXT NOT NULL,
	left_row TEXT,
	right_row TEXT,
	left_count INTEGER NOT NULL,
	right_count INTEGER NOT NULL,
	first_run INTEGER NOT NULL,
	opened INTEGER NOT NULL,
	due INTEGER NOT NULL,
	words TEXT,
	until INTEGER,
	explained INTEGER,
	person INTEGER,
	end_run INTEGER,
	ended INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX reconcile_difference_open ON reconcile_difference (code, kind, "key") WHERE end_run IS NULL;
CREATE INDEX reconcile_difference_by_code ON reconcile_difference (code, id);

-- When its owners were told last that a reconciliation is to be run, or that differences are past their day.
CREATE TABLE reconcile_told (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	run_told INTEGER,
	run_escalated INTEGER,
	due_told INTEGER
) STRICT;
CREATE UNIQUE INDEX reconcile_told_by_code ON reconcile_told (code);

CREATE VIEW shown_reconciliation_run AS
	SELECT id, code, at, seen, person, matched, waiting, left_only, right_only, differing, unclear, differences
	FROM reconcile_run;
CREATE VIEW shown_reconciliation_difference AS
	SELECT id, code, kind, opened, due, until, ended FROM reconcile_difference;
