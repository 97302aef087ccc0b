-- The organisation over time. Rows that were there before mean what they meant: a unit without a form
-- of its own is called today what it was always called.
-- sealed people_secondment.other by person

-- What a unit is called and where it stands, from a day on and until its next form. Before the first one
-- the row of people_unit says it, which also says when the unit begins and ends.
CREATE TABLE people_unit_form (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL REFERENCES people_unit (id),
	since INTEGER NOT NULL,
	parent INTEGER REFERENCES people_unit (id),
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('body', 'bureau', 'section', 'other')),
	"rank" INTEGER NOT NULL,
	withdrawn INTEGER -- the day it was taken back; it then never was
) STRICT;
CREATE INDEX people_unit_form_by_unit ON people_unit_form (unit, since);

-- What takes over when it has ended: open work and things of the one are the other's from the next day.
ALTER TABLE people_unit ADD COLUMN successor INTEGER REFERENCES people_unit (id);
ALTER TABLE people_post ADD COLUMN successor INTEGER REFERENCES people_post (id);

-- 事務取扱, 併任; NULL is 本務 or 兼務, as is_main says.
ALTER TABLE people_assignment ADD COLUMN beside TEXT CHECK (beside IN ('acting', 'joint'));

-- How they are employed; NULL is 正規.
ALTER TABLE people_person ADD COLUMN employment TEXT CHECK (employment IN
	('reappointed', 'fiscal', 'special', 'dispatched', 'contractor'));

-- Out: works for another body and has no duty here but what they are assigned to. In: the other way round.
CREATE TABLE people_secondment (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	way TEXT NOT NULL CHECK (way IN ('out', 'in')),
	other TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER
) STRICT;
CREATE INDEX people_secondment_by_person ON people_secondment (person);

-- Who works for the body without being of it.
CREATE TABLE people_firm (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	contact TEXT NOT NULL,
	until INTEGER
) STRICT;

-- A contract (above NULL) or the body's consent to one below it (再委託).
CREATE TABLE people_engagement (
	id INTEGER PRIMARY KEY,
	firm INTEGER NOT NULL REFERENCES people_firm (id),
	above INTEGER REFERENCES people_engagement (id),
	unit INTEGER NOT NULL REFERENCES people_unit (id),
	work TEXT NOT NULL,
	basis TEXT NOT NULL, -- number of the contract or of the permit that consents
	agreed INTEGER NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL
) STRICT;
CREATE INDEX people_engagement_by_firm ON people_engagement (firm);
CREATE INDEX people_engagement_by_above ON people_engagement (above);
CREATE INDEX people_engagement_by_unit ON people_engagement (unit);

-- A person who works under it; pledged: the day they signed that they keep secrets.
CREATE TABLE people_worker (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES people_person (id),
	engagement INTEGER NOT NULL REFERENCES people_engagement (id),
	pledged INTEGER NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL
) STRICT;
CREATE INDEX people_worker_by_person ON people_worker (person);
CREATE INDEX people_worker_by_engagement ON people_worker (engagement);

-- One row for every unit and stretch of days on which it is called the same; every day has its row.
-- Rebuilt from people_unit and people_unit_form. -1000000 and 10000000 are from ever and open.
CREATE TABLE people_unit_day_cache (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL,
	parent INTEGER,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	"rank" INTEGER NOT NULL,
	since INTEGER,
	until INTEGER,
	successor INTEGER,
	holds_from INTEGER NOT NULL,
	holds_to INTEGER NOT NULL
) STRICT;
CREATE INDEX people_unit_day_by_unit ON people_unit_day_cache (unit, holds_from);
CREATE INDEX people_unit_day_by_code ON people_unit_day_cache (code);
INSERT INTO people_unit_day_cache (id, unit, parent, code, name, kind, "rank", since, until, successor,
	holds_from, holds_to)
SELECT id, id, parent, code, name, kind, "rank", since, until, NULL, -1000000, 10000000
FROM people_unit;

-- Every unit with itself and all above it, on which days. A unit that has ended stands under its successor.
CREATE TABLE people_unit_tree_cache (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL,
	above INTEGER NOT NULL,
	steps INTEGER NOT NULL,
	holds_from INTEGER NOT NULL,
	holds_to INTEGER NOT NULL
) STRICT;
CREATE INDEX people_unit_tree_by_unit ON people_unit_tree_cache (unit, above);
CREATE INDEX people_unit_tree_by_above ON people_unit_tree_cache (above, unit);
INSERT INTO people_unit_tree_cache (id, unit, above, steps, holds_from, holds_to)
SELECT id, unit, above, steps, -1000000, 10000000 FROM people_unit_under_cache;

DROP VIEW shown_unit;
DROP VIEW shown_unit_under;
DROP VIEW shown_post;
DROP VIEW shown_person;
DROP VIEW shown_assignment;
DROP TABLE people_unit_under_cache;

-- As of today.
CREATE VIEW shown_unit AS
	SELECT unit AS id, code, name, kind, parent, "rank", since, until, successor
	FROM people_unit_day_cache WHERE holds_from <= body_today() AND holds_to >= body_today();
CREATE VIEW shown_unit_under AS
	SELECT unit, above, steps FROM people_unit_tree_cache
	WHERE holds_from <= body_today() AND holds_to >= body_today();
-- As of any day: holds_from <= :day AND holds_to >= :day.
CREATE VIEW shown_unit_on AS
	SELECT unit AS id, code, name, kind, parent, "rank", since, until, successor, holds_from,
		holds_to
	FROM people_unit_day_cache;
CREATE VIEW shown_unit_under_on AS
	SELECT unit, above, steps, holds_from, holds_to FROM people_unit_tree_cache;
CREATE VIEW shown_post AS
	SELECT id, unit, name, "rank", since, until, successor FROM people_post;
CREATE VIEW shown_person AS
	SELECT id, number, name, kana, mail, language, since, until, employment FROM people_person;
CREATE VIEW shown_assignment AS
	SELECT a.id AS id, a.person AS person, a.post AS post, p.unit AS unit, a.is_main AS is_main,
		a.since AS since, a.until AS until, a.beside AS beside
	FROM people_assignment a JOIN people_post p ON p.id = a.post;
CREATE VIEW shown_secondment AS
	SELECT id, person, way, other, since, until FROM people_secondment;
CREATE VIEW shown_firm AS SELECT id, code, name, until FROM people_firm;
CREATE VIEW shown_engagement AS
	SELECT id, firm, above, unit, work, basis, agreed, since, until FROM people_engagement;
CREATE VIEW shown_worker AS
	SELECT id, person, engagement, pledged, since, until FROM people_worker;
