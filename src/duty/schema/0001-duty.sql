-- What is to be done once: one due day of one duty in one place. duty: the pack's code. unit: 0 for a duty of
-- the whole body. ledger_row: what it is about, or 0. opens: the day from which it is to be done. state: open,
-- done, excused (not done, with a reason), dropped (its place is gone). why: what happened (duties done when
-- needed). done: when it was entered; done_on: the day on which it was done. record: a JSON object of the
-- duty's fields. put: the ledger row it wrote. source: what fulfilled it elsewhere ("training:3"). handed: who
-- was asked to do it. told, escalated: when its holders and those above were told. Nothing is deleted.
CREATE TABLE duty_occurrence (
	id INTEGER PRIMARY KEY,
	duty TEXT NOT NULL,
	unit INTEGER NOT NULL,
	ledger_row INTEGER NOT NULL,
	due INTEGER NOT NULL,
	opens INTEGER NOT NULL,
	state TEXT NOT NULL,
	made INTEGER NOT NULL,
	why TEXT,
	done INTEGER,
	done_on INTEGER,
	person INTEGER,
	deputy_for INTEGER,
	role TEXT,
	words TEXT,
	record TEXT,
	put INTEGER,
	source TEXT,
	handed INTEGER,
	told INTEGER,
	escalated INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX duty_occurrence_by_place ON duty_occurrence (duty, unit, ledger_row, state, due, done_on);
CREATE INDEX duty_occurrence_by_due ON duty_occurrence (due, id);
CREATE INDEX duty_occurrence_open ON duty_occurrence (opens, duty, unit) WHERE state = 'open';
CREATE INDEX duty_occurrence_handed ON duty_occurrence (handed) WHERE handed IS NOT NULL;

CREATE VIEW shown_occurrence AS
	SELECT id, duty, unit, ledger_row, due, opens, state, done, done_on, person, source FROM duty_occurrence;
