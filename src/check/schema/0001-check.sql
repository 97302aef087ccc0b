-- A campaign of a checklist of the pack. state: planned, open, closed, withdrawn. since, until: days.
-- words: what closing it said. told: when who runs it was last reminded of its end; escalated: when heads
-- were told whose people have not answered.
CREATE TABLE check_campaign (
	id INTEGER PRIMARY KEY,
	checklist TEXT NOT NULL,
	asks TEXT NOT NULL,
	title TEXT NOT NULL,
	state TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	planned INTEGER NOT NULL,
	planned_by INTEGER,
	opened INTEGER,
	opened_by INTEGER,
	closed INTEGER,
	closed_by INTEGER,
	words TEXT,
	told INTEGER,
	escalated INTEGER
) STRICT;
CREATE INDEX check_campaign_by_checklist ON check_campaign (checklist, opened);

-- Units it asks, with all below them; none: the whole body.
CREATE TABLE check_campaign_unit (
	id INTEGER PRIMARY KEY,
	campaign INTEGER NOT NULL,
	unit INTEGER NOT NULL
) STRICT;
CREATE INDEX check_campaign_unit_by_campaign ON check_campaign_unit (campaign, unit);

-- What it asks, as the policy had it when the campaign was opened. clauses: ids, spaces between.
CREATE TABLE check_item (
	id INTEGER PRIMARY KEY,
	campaign INTEGER NOT NULL,
	place INTEGER NOT NULL,
	code TEXT NOT NULL,
	ja TEXT NOT NULL,
	en TEXT NOT NULL,
	help_ja TEXT NOT NULL,
	help_en TEXT NOT NULL,
	clauses TEXT NOT NULL,
	may_not_apply INTEGER NOT NULL
) STRICT;
CREATE INDEX check_item_by_campaign ON check_item (campaign, place);

-- One asked: a person, a section (neither person nor row), or a system (row of a ledger). unit: of the
-- person, the section, or who runs the system, when it was asked. Items of an answered sheet that have no
-- row in check_answer were answered with yes.
CREATE TABLE check_sheet (
	id INTEGER PRIMARY KEY,
	campaign INTEGER NOT NULL,
	person INTEGER,
	unit INTEGER NOT NULL,
	"row" INTEGER,
	done INTEGER,
	done_by INTEGER,
	deputy_for INTEGER,
	role TEXT,
	yes INTEGER NOT NULL,
	no INTEGER NOT NULL,
	na INTEGER NOT NULL,
	told INTEGER,
	is_excused INTEGER NOT NULL
) STRICT;
CREATE INDEX check_sheet_by_campaign ON check_sheet (campaign, unit);
CREATE INDEX check_sheet_by_person ON check_sheet (person, campaign) WHERE person IS NOT NULL;
CREATE INDEX check_sheet_of_units ON check_sheet (campaign, id) WHERE person IS NULL;

-- answer: no, na. words: why it does not apply; of a no: what will be done until `due`, then what was done.
CREATE TABLE check_answer (
	id INTEGER PRIMARY KEY,
	sheet INTEGER NOT NULL,
	item INTEGER NOT NULL,
	answer TEXT NOT NULL,
	words TEXT NOT NULL,
	due INTEGER,
	done INTEGER,
	done_by INTEGER,
	done_words TEXT,
	told INTEGER,
	escalated INTEGER
) STRICT;
CREATE INDEX check_answer_by_sheet ON check_answer (sheet, item);
CREATE INDEX check_answer_by_item ON check_answer (item, answer);
CREATE INDEX check_answer_open ON check_answer (due) WHERE answer = 'no' AND done IS NULL;
