-- ---- Tablets ----

-- query entrance_tablet_add(int id, int room, text name, int made, int made_by, text code, int code_until) do
INSERT INTO entrance_tablet (id, room, name, made, made_by, code, code_until, change)
VALUES (:id, :room, :name, :made, :made_by, :code, :code_until, 1);

-- query entrance_tablet_get(int id) maybe
SELECT id, room, name, made, made_by, code, code_until, token, tied, handed, stopped, stopped_by, why, change
FROM entrance_tablet WHERE id = :id;

-- query entrance_tablet_by_code(text code) maybe
SELECT id, room, code_until, tied, stopped, change FROM entrance_tablet WHERE code = :code;

-- query entrance_tablet_by_token(text token) maybe
SELECT id, room, name, made, made_by, code_until, tied, handed, stopped, why, change
FROM entrance_tablet WHERE token = :token;

-- query entrance_tablets_of(int room, int most) many
-- column made_name text?
-- column stopped_name text?
SELECT t.id, t.room, t.name, t.made, t.code_until, t.tied, t.handed, t.stopped, t.why, t.change,
	m.name AS made_name, s.name AS stopped_name
FROM entrance_tablet t LEFT JOIN shown_person m ON m.id = t.made_by LEFT JOIN shown_person s ON s.id = t.stopped_by
WHERE t.room = :room ORDER BY t.made DESC, t.id DESC LIMIT :most;

-- query entrance_set_tied(int id, text token, int tied) do
UPDATE entrance_tablet SET token = :token, tied = :tied, code = NULL, change = change + 1 WHERE id = :id;

-- query entrance_set_stopped(int id, int stopped, int stopped_by, text why) do
UPDATE entrance_tablet SET stopped = :stopped, stopped_by = :stopped_by, why = :why, code = NULL, change = change + 1
WHERE id = :id;

-- query entrance_set_handed(int id, int handed) do
UPDATE entrance_tablet SET handed = :handed WHERE id = :id;

-- ---- Rooms ----

-- query entrance_room_counts(int room) one
-- column tablets int
-- column inside int
-- column troubled int
-- column last int?
-- column reviewed int?
SELECT (SELECT count(*) FROM entrance_tablet WHERE room = :room AND tied IS NOT NULL AND stopped IS NULL) AS tablets,
	(SELECT count(*) FROM entrance_visit WHERE room = :room AND state = 'inside') AS inside,
	(SELECT count(*) FROM entrance_visit WHERE room = :room AND trouble <> '' AND settled IS NULL) AS troubled,
	(SELECT max(entered) FROM entrance_visit WHERE room = :room AND state <> 'refused') AS last,
	(SELECT max(month) FROM entrance_review WHERE room = :room) AS reviewed;

-- ---- Visits ----

-- query entrance_visit_add(int id, int room, int tablet, text mark, text kind, int? person, int? list_row, text name, text of_words, text purpose, text words, int id_shown, int moved, int impact, text escort, int? escort_person, text state, int entered, int taken, int received, text trouble, text why, int? ledger_row) do
INSERT INTO entrance_visit (id, room, tablet, mark, kind, person, list_row, name, of_words, purpose, words, id_shown, moved,
	impact, escort, escort_person, state, entered, taken, received, trouble, why, ledger_row, change)
VALUES (:id, :room, :tablet, :mark, :kind, :person, :list_row, :name, :of_words, :purpose, :words, :id_shown, :moved,
	:impact, :escort, :escort_person, :state, :entered, :taken, :received, :trouble, :why, :ledger_row, 1);

-- query entrance_visit_by_mark(text mark) maybe
SELECT id, room, state, entered, ledger_row, change FROM entrance_visit WHERE mark = :mark;

-- query entrance_visit_by_left(text mark) maybe
SELECT id FROM entrance_visit WHERE left_mark = :mark;

-- query entrance_visit_leave(int id, int left_at, int left_received, text? left_mark, text left_words, int? closed_by) do
UPDATE entrance_visit SET state = 'left', left_at = :left_at, left_received = :left_received, left_mark = :left_mark,
	left_words = :left_words, closed_by = :closed_by, change = change + 1 WHERE id = :id;

-- query entrance_visit_settle(int id, int settled, int settled_by, text words) do
UPDATE entrance_visit SET settled = :settled, settled_by = :settled_by, settled_words = :words, change = change + 1
WHERE id = :id;

-- query entrance_visit_told(int id, int told) do
UPDATE entrance_visit SET told = :told WHERE id = :id;

-- query entrance_visit_get(int id) maybe
-- column settled_name text?
SELECT v.id, v.room, v.mark, v.kind, v.person, v.list_row, v.name, v.of_words, v.purpose, v.words, v.id_shown, v.moved, v.impact,
	v.escort, v.state, v.entered, v.taken, v.received, v.left_at, v.left_received, v.left_words, v.closed_by, v.trouble, v.why,
	v.settled, v.settled_words, v.ledger_row, v.change, p.name AS settled_name
FROM entrance_visit v LEFT JOIN shown_person p ON p.id = v.settled_by WHERE v.id = :id;

-- query entrance_visits_of(int room, int from, int until, text? state, int only_troubled, int long_before, int most) many
-- column settled_name text?
SELECT v.id, v.room, v.mark, v.kind, v.person, v.list_row, v.name, v.of_words, v.purpose, v.words, v.id_shown, v.moved, v.impact,
	v.escort, v.state, v.entered, v.taken, v.received, v.left_at, v.left_received, v.left_words, v.closed_by, v.trouble, v.why,
	v.settled, v.settled_words, v.ledger_row, v.change, p.name AS settled_name
FROM entrance_visit v LEFT JOIN shown_person p ON p.id = v.settled_by
WHERE (:room = 0 OR v.room = :room) AND v.entered >= :from AND v.entered < :until
	AND (coalesce(:state, '') = '' OR v.state = :state)
	AND (:only_troubled = 0 OR (v.trouble <> '' AND v.settled IS NULL) OR (v.state = 'inside' AND v.entered < :long_before))
ORDER BY v.entered DESC, v.id DESC LIMIT :most;

-- query entrance_device_add(int id, int visit, text serial, int permit, text verdict) do
INSERT INTO entrance_device (id, visit, serial, permit, verdict) VALUES (:id, :visit, :serial, :permit, :verdict);

-- query entrance_devices_of(int visit, int most) many
SELECT id, serial, permit, verdict, is_out FROM entrance_device WHERE visit = :visit ORDER BY id LIMIT :most;

-- query entrance_device_out(int id, int is_out) do
UPDATE entrance_device SET is_out = :is_out WHERE id = :id;

-- Inside past an hour of the evening, and nobody has been asked yet.
-- query entrance_visits_untold(int most) many
SELECT id, room, entered FROM entrance_visit WHERE state = 'inside' AND told IS NULL ORDER BY room, entered, id LIMIT :most;

-- ---- Months ----

-- query entrance_month_counts(int room, int from, int until, int late_ms) one
-- column entries int
-- column refused int
-- column late int
-- column inside int
-- column troubled int
SELECT count(CASE WHEN state <> 'refused' THEN 1 END) AS entries, count(CASE WHEN state = 'refused' THEN 1 END) AS refused,
	count(CASE WHEN received - entered > :late_ms OR (closed_by IS NULL AND left_received - left_at > :late_ms) THEN 1 END) AS late,
	count(CASE WHEN state = 'inside' THEN 1 END) AS inside,
	count(CASE WHEN trouble <> '' AND settled IS NULL THEN 1 END) AS troubled
FROM entrance_visit WHERE room = :room AND entered >= :from AND entered < :until;

-- query entrance_first_entry(int room) one
-- column first int?
SELECT min(entered) AS first FROM entrance_visit WHERE room = :room;

-- Rows of the log that no tablet took.
-- query entrance_by_hand(text ledger, int owner, int from, int until) one
-- column rows int
SELECT count(*) AS rows FROM shown_row r
WHERE r.ledger = :ledger AND (:owner = 0 OR r.owner = :owner) AND r.is_retired = 0 AND r.created >= :from AND r.created < :until
	AND NOT EXISTS (SELECT 1 FROM entrance_visit v WHERE v.ledger_row = r.id);

-- The same by the day (JST) they were written on, in one reading however many months there are.
-- query entrance_by_hand_days(text ledger, int owner, int from, int until, int most) many
-- column day int
-- column rows int
SELECT (r.created + 32400000) / 86400000 AS day, count(*) AS rows FROM shown_row r
WHERE r.ledger = :ledger AND (:owner = 0 OR r.owner = :owner) AND r.is_retired = 0 AND r.created >= :from AND r.created < :until
	AND NOT EXISTS (SELECT 1 FROM entrance_visit v WHERE v.ledger_row = r.id)
GROUP BY (r.created + 32400000) / 86400000 ORDER BY 1 LIMIT :most;

-- query entrance_review_add(int id, int room, int month, int person, text? role, int at, text words, int entries, int refused, int late, int troubled, int by_hand) do
INSERT INTO entrance_review (id, room, month, person, role, at, words, entries, refused, late, troubled, by_hand)
VALUES (:id, :room, :month, :person, :role, :at, :words, :entries, :refused, :late, :troubled, :by_hand);

-- query entrance_review_of(int room, int month) maybe
-- column name text?
SELECT e.id, e.at, e.words, p.name AS name FROM entrance_review e LEFT JOIN shown_person p ON p.id = e.person
WHERE e.room = :room AND e.month = :month ORDER BY e.id DESC LIMIT 1;

-- ---- How it stands ----

-- query entrance_stand_of(int room, int since) one
-- column entries int
-- column refused int
-- column unlisted int
-- column unlisted_open int
-- column device_open int
-- column unshown int
-- column moves int
-- column unattended int
SELECT count(CASE WHEN state <> 'refused' THEN 1 END) AS entries, count(CASE WHEN state = 'refused' THEN 1 END) AS refused,
	count(CASE WHEN trouble = 'unlisted' THEN 1 END) AS unlisted,
	count(CASE WHEN trouble = 'unlisted' AND settled IS NULL THEN 1 END) AS unlisted_open,
	count(CASE WHEN trouble = 'device' AND settled IS NULL THEN 1 END) AS device_open,
	count(CASE WHEN state <> 'refused' AND id_shown = 0 THEN 1 END) AS unshown,
	count(CASE WHEN moved = 1 THEN 1 END) AS moves,
	count(CASE WHEN moved = 1 AND escort = '' AND kind <> 'staff' THEN 1 END) AS unattended
FROM entrance_visit WHERE room = :room AND entered >= :since;

-- query entrance_long_inside(int long_before) one
-- column visits int
SELECT count(*) AS visits FROM entrance_visit WHERE state = 'inside' AND entered < :long_before;

-- query entrance_carried_since(int since) one
-- column devices int
SELECT count(*) AS devices FROM entrance_device d JOIN entrance_visit v ON v.id = d.visit
WHERE v.entered >= :since AND d.verdict <> 'outside';
