-- What the states of clauses were on past days, and what was found out of order.

-- One look at all clauses: at most one a day unless something changed. size: entries of the journal it
-- rests on. states: how many clauses were in each state, as JSON.
CREATE TABLE assure_round (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	size INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	states TEXT NOT NULL
) STRICT;
CREATE INDEX assure_round_at ON assure_round (at);

-- A clause's state from then on, until its next row. before: empty in its first. The figures: of
-- so many, so many were in order. until: the day until which a judgement or an exception holds.
CREATE TABLE assure_state (
	id INTEGER PRIMARY KEY,
	round INTEGER NOT NULL,
	clause TEXT NOT NULL,
	before TEXT NOT NULL,
	state TEXT NOT NULL,
	machine TEXT NOT NULL,
	is_disagreeing INTEGER NOT NULL,
	why TEXT NOT NULL,
	good INTEGER NOT NULL,
	total INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX assure_state_clause ON assure_state (clause, at, id);

-- settled: since when the cause is gone, or another finding stands for it; NULL: the cause lasts.
CREATE TABLE assure_finding (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	clause TEXT NOT NULL,
	about TEXT NOT NULL,
	why TEXT NOT NULL,
	role TEXT NOT NULL,
	person INTEGER,
	plan TEXT NOT NULL,
	due INTEGER NOT NULL,
	opened INTEGER NOT NULL,
	ended INTEGER,
	ended_by INTEGER,
	done TEXT NOT NULL,
	settled INTEGER,
	follows INTEGER
) STRICT;
CREATE INDEX assure_finding_state ON assure_finding (state, due);
CREATE INDEX assure_finding_clause ON assure_finding (clause, id);
CREATE INDEX assure_finding_settled ON assure_finding (settled, id);

-- When the person was told that their judgement runs out.
ALTER TABLE assure_judgement ADD COLUMN reminded INTEGER;
