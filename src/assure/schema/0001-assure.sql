-- What persons judged about clauses. A new judgement follows an old one; none is changed.
CREATE TABLE assure_judgement (
	id INTEGER PRIMARY KEY,
	clause TEXT NOT NULL,
	person INTEGER NOT NULL,
	role TEXT NOT NULL,
	is_not_needed INTEGER NOT NULL,
	words TEXT NOT NULL,
	at INTEGER NOT NULL,
	until INTEGER NOT NULL
) STRICT;
CREATE INDEX assure_judgement_clause ON assure_judgement (clause, at);
