-- Tablets at server rooms. room: a row of the pack's ledger of rooms. code: SHA-256 of the code with which a tablet
-- is tied, until `code_until`; token: SHA-256 of what the tablet shows since. Nothing is deleted: one that is
-- stopped keeps its token, so that it can be told.
CREATE TABLE entrance_tablet (
	id INTEGER PRIMARY KEY,
	room INTEGER NOT NULL,
	name TEXT NOT NULL,
	made INTEGER NOT NULL,
	made_by INTEGER NOT NULL,
	code TEXT,
	code_until INTEGER NOT NULL,
	token TEXT,
	tied INTEGER,
	handed INTEGER,
	stopped INTEGER,
	stopped_by INTEGER,
	why TEXT,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX entrance_tablet_by_room ON entrance_tablet (room);
CREATE UNIQUE INDEX entrance_tablet_by_token ON entrance_tablet (token) WHERE token IS NOT NULL;
CREATE UNIQUE INDEX entrance_tablet_by_code ON entrance_tablet (code) WHERE code IS NOT NULL;

-- Somebody at the door. mark: what the tablet called it (128 random bits), so that handing in twice is once. kind:
-- staff (by their post: person), listed (by name: list_row), visitor. state: inside, left, refused. entered, left:
-- when it happened, by the tablet's clock put right; taken: as the tablet's clock said; received: when it reached
-- Bansho. purpose: the pack's code, or empty. escort: who of the body was with them. trouble: unlisted (came in, and
-- was not permitted), empty: none. settled: when the trouble was explained. ledger_row: the row of the log.
CREATE TABLE entrance_visit (
	id INTEGER PRIMARY KEY,
	room INTEGER NOT NULL,
	tablet INTEGER NOT NULL,
	mark TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	person INTEGER,
	list_row INTEGER,
	name TEXT NOT NULL,
	of_words TEXT NOT NULL,
	purpose TEXT NOT NULL,
	words TEXT NOT NULL,
	id_shown INTEGER NOT NULL,
	moved INTEGER NOT NULL,
	impact INTEGER NOT NULL,
	escort TEXT NOT NULL,
	escort_person INTEGER,
	state TEXT NOT NULL,
	entered INTEGER NOT NULL,
	taken INTEGER NOT NULL,
	received INTEGER NOT NULL,
	left_at INTEGER,
	left_received INTEGER,
	left_mark TEXT,
	left_words TEXT,
	closed_by INTEGER,
	trouble TEXT NOT NULL,
	why TEXT NOT NULL,
	settled INTEGER,
	settled_by INTEGER,
	settled_words TEXT,
	told INTEGER,
	ledger_row INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX entrance_visit_by_room ON entrance_visit (room, entered);
CREATE INDEX entrance_visit_by_time ON entrance_visit (entered);
CREATE INDEX entrance_visit_inside ON entrance_visit (room) WHERE state = 'inside';
CREATE INDEX entrance_visit_troubled ON entrance_visit (room) WHERE trouble <> '' AND settled IS NULL;
CREATE UNIQUE INDEX entrance_visit_by_left ON entrance_visit (left_mark) WHERE left_mark IS NOT NULL;
CREATE INDEX entrance_visit_by_row ON entrance_visit (ledger_row) WHERE ledger_row IS NOT NULL;

-- What somebody had with them. permit: under which it was brought in, or 0. verdict: permitted, outside (it had none and
-- was left outside the room), unpermitted (it came in without one). out: taken out again when they left.
CREATE TABLE entrance_device (
	id INTEGER PRIMARY KEY,
	visit INTEGER NOT NULL,
	serial TEXT NOT NULL,
	permit INTEGER NOT NULL,
	verdict TEXT NOT NULL,
	is_out INTEGER
) STRICT;
CREATE INDEX entrance_device_by_visit ON entrance_device (visit);

-- A month of a room's log was looked through. month: its first day.
CREATE TABLE entrance_review (
	id INTEGER PRIMARY KEY,
	room INTEGER NOT NULL,
	month INTEGER NOT NULL,
	person INTEGER NOT NULL,
	role TEXT,
	at INTEGER NOT NULL,
	words TEXT NOT NULL,
	entries INTEGER NOT NULL,
	refused INTEGER NOT NULL,
	late INTEGER NOT NULL,
	troubled INTEGER NOT NULL,
	by_hand INTEGER NOT NULL
) STRICT;
CREATE INDEX entrance_review_by_room ON entrance_review (room, month);

CREATE VIEW shown_visit AS
	SELECT id, room, kind, person, list_row, name, of_words, state, entered, received, left_at, trouble, settled, ledger_row
	FROM entrance_visit;
