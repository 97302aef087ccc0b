-- Who was told that something they sign in with runs out: once for each end. `what` is the card's number, 0
-- for a temporary password.
CREATE TABLE signin_reminder (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('password', 'card')),
	what INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	told INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX signin_reminder_by_end ON signin_reminder (person, kind, what, ends);
