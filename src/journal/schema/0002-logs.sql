-- Logs: the journal is a row of logs, one per fiscal year; id is the log's number from 0, "first" the
-- sequence number of its leaf 0. A store made by 0.1.0 has no row for its first log: its origin is
-- then the body's code with ".bansho/journal". In a log after the first, ids of tiles and checkpoints
-- begin at log * 2^48.
CREATE TABLE journal_log (
	id INTEGER PRIMARY KEY,
	first INTEGER NOT NULL,
	origin TEXT NOT NULL,
	place TEXT NOT NULL
) STRICT;

-- Keys that an entry announced; id is that entry's number, "log" the log whose key it is. The key a
-- body began with stands in journal_key.
CREATE TABLE journal_log_key (
	id INTEGER PRIMARY KEY,
	log INTEGER NOT NULL,
	vkey TEXT NOT NULL
) STRICT;
CREATE INDEX journal_log_key_of ON journal_log_key (log, id);
