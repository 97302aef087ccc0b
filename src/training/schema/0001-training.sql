-- Plans of a 年度. state: open (being made), decided. reported: the day on which its results were reported.
CREATE TABLE training_plan (
	id INTEGER PRIMARY KEY,
	year INTEGER NOT NULL UNIQUE,
	state TEXT NOT NULL,
	made INTEGER NOT NULL,
	made_by INTEGER,
	decided INTEGER,
	decided_by INTEGER,
	decided_role TEXT,
	reported INTEGER,
	reported_where TEXT,
	change INTEGER NOT NULL
) STRICT;

-- A course of the plan, from a day to a day. opened: when its people were first asked.
CREATE TABLE training_item (
	id INTEGER PRIMARY KEY,
	plan INTEGER NOT NULL REFERENCES training_plan (id),
	course TEXT NOT NULL,
	begins INTEGER NOT NULL,
	due INTEGER NOT NULL,
	place TEXT NOT NULL,
	opened INTEGER,
	headed INTEGER,
	UNIQUE (plan, course)
) STRICT;

-- Somebody is asked to take a course. why: plan, joined, drill, class. state: open, passed, excused, ended.
-- item: of the plan; drill: whose mail was opened. how: test, read, class, passed-on. told, times: reminders.
CREATE TABLE training_enrolment (
	id INTEGER PRIMARY KEY,
	course TEXT NOT NULL,
	person INTEGER NOT NULL,
	why TEXT NOT NULL,
	item INTEGER,
	drill INTEGER,
	since INTEGER NOT NULL,
	due INTEGER NOT NULL,
	state TEXT NOT NULL,
	ended INTEGER,
	how TEXT,
	score INTEGER,
	tries INTEGER NOT NULL,
	class INTEGER,
	stand_in INTEGER,
	words TEXT,
	told INTEGER,
	times INTEGER NOT NULL
) STRICT;
CREATE INDEX training_enrolment_by_person ON training_enrolment (person, course, since);
CREATE INDEX training_enrolment_by_course ON training_enrolment (course, state, due);
CREATE INDEX training_enrolment_by_item ON training_enrolment (item, state);
CREATE INDEX training_enrolment_by_state ON training_enrolment (state, due);

-- Every try at a test. wrong: numbers of the questions answered wrongly, "2,5"; given: the answers, "1,3,2".
CREATE TABLE training_try (
	id INTEGER PRIMARY KEY,
	enrolment INTEGER NOT NULL REFERENCES training_enrolment (id),
	at INTEGER NOT NULL,
	asked INTEGER NOT NULL,
	"right" INTEGER NOT NULL,
	is_passed INTEGER NOT NULL,
	given TEXT NOT NULL,
	pack BLOB NOT NULL
) STRICT;
CREATE INDEX training_try_by_enrolment ON training_try (enrolment, id);

-- A class that was held, with its attendance list.
CREATE TABLE training_class (
	id INTEGER PRIMARY KEY,
	course TEXT NOT NULL,
	held INTEGER NOT NULL,
	place TEXT NOT NULL,
	attended INTEGER NOT NULL,
	stood_in INTEGER NOT NULL,
	at INTEGER NOT NULL,
	by INTEGER
) STRICT;

-- A drill by mail. state: planned, running, ended, cancelled. unit: it and those below; NULL: all.
CREATE TABLE training_drill (
	id INTEGER PRIMARY KEY,
	lure TEXT NOT NULL,
	audience TEXT NOT NULL,
	unit INTEGER,
	sends INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	state TEXT NOT NULL,
	made INTEGER NOT NULL,
	made_by INTEGER,
	without_mail INTEGER NOT NULL,
	ended INTEGER
) STRICT;
CREATE INDEX training_drill_by_state ON training_drill (state, sends);

-- Who gets a mail of a drill. token: SHA-256 of what stands in the link. unit: where they were then.
CREATE TABLE training_target (
	id INTEGER PRIMARY KEY,
	drill INTEGER NOT NULL REFERENCES training_drill (id),
	person INTEGER NOT NULL,
	unit INTEGER,
	token BLOB NOT NULL UNIQUE,
	sent INTEGER NOT NULL,
	opened INTEGER,
	reported INTEGER,
	UNIQUE (drill, person)
) STRICT;

-- Suspicious mail that somebody reported. drill: it was one of ours.
CREATE TABLE training_report (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL,
	drill INTEGER,
	subject TEXT NOT NULL,
	words TEXT NOT NULL,
	is_opened INTEGER NOT NULL
) STRICT;
CREATE INDEX training_report_by_person ON training_report (person, at);
