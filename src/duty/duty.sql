-- ---- Places ----

-- Units in which a post carries the role.
-- query duty_units(text role, int day) each
SELECT DISTINCT u.id, u.name FROM shown_post_role r JOIN shown_post p ON p.id = r.post JOIN shown_unit u ON u.id = p.unit
WHERE r.role = :role AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
	AND (p.since IS NULL OR p.since <= :day) AND (p.until IS NULL OR p.until >= :day)
	AND (u.until IS NULL OR u.until >= :day)
ORDER BY u.id;

-- What is known of every place of a duty; dropped ones say when it was due last, and nothing else.
-- query duty_places(text duty) each
-- column last int
-- column open int
-- column done_on int?
SELECT duty, unit, ledger_row, max(due) AS last, sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS open,
	max(done_on) AS done_on
FROM duty_occurrence WHERE duty = :duty GROUP BY duty, unit, ledger_row ORDER BY unit, ledger_row;

-- query duty_codes_open(int most) many
SELECT DISTINCT duty FROM duty_occurrence WHERE state = 'open' ORDER BY duty LIMIT :most;

-- query duty_open_of(text duty, int unit, int ledger_row, int most) many
SELECT id, due FROM duty_occurrence
WHERE duty = :duty AND unit = :unit AND ledger_row = :ledger_row AND state = 'open' ORDER BY due, id LIMIT :most;

-- ---- Occurrences ----

-- query duty_add(int id, text duty, int unit, int ledger_row, int due, int opens, int made, text? why) do
INSERT INTO duty_occurrence (id, duty, unit, ledger_row, due, opens, state, made, why, change)
VALUES (:id, :duty, :unit, :ledger_row, :due, :opens, 'open', :made, :why, 1);

-- query duty_get(int id) maybe
-- column unit_name text?
-- column row_title text?
-- column person_name text?
-- column handed_name text?
SELECT o.id, o.duty, o.unit, o.ledger_row, o.due, o.opens, o.state, o.made, o.why, o.done, o.done_on, o.person,
	o.deputy_for, o.role, o.words, o.record, o.put, o.source, o.handed, o.told, o.escalated, o.change,
	u.name AS unit_name, r.title AS row_title, p.name AS person_name, h.name AS handed_name
FROM duty_occurrence o LEFT JOIN shown_unit u ON u.id = o.unit LEFT JOIN shown_row r ON r.id = o.ledger_row
LEFT JOIN shown_person p ON p.id = o.person LEFT JOIN shown_person h ON h.id = o.handed
WHERE o.id = :id;

-- query duty_rows(text duty, text? state, int from, int until, int within, int row, int most) many
-- column unit_name text?
-- column row_title text?
-- column person_name text?
-- column handed_name text?
SELECT o.id, o.duty, o.unit, o.ledger_row, o.due, o.opens, o.state, o.made, o.why, o.done, o.done_on, o.person,
	o.deputy_for, o.role, o.words, o.record, o.put, o.source, o.handed, o.told, o.escalated, o.change,
	u.name AS unit_name, r.title AS row_title, p.name AS person_name, h.name AS handed_name
FROM duty_occurrence o LEFT JOIN shown_unit u ON u.id = o.unit LEFT JOIN shown_row r ON r.id = o.ledger_row
LEFT JOIN shown_person p ON p.id = o.person LEFT JOIN shown_person h ON h.id = o.handed
WHERE (:duty = '' OR o.duty = :duty) AND (coalesce(:state, '') = '' OR o.state = :state) AND o.due >= :from AND o.due <= :until
	AND (:within = 0 OR EXISTS (SELECT 1 FROM shown_unit_under n WHERE n.unit = o.unit AND n.above = :within))
	AND (:row = 0 OR o.ledger_row = :row)
ORDER BY o.due, o.duty, o.unit, o.id LIMIT :most;

-- query duty_handed_rows(int person, int most) many
SELECT id FROM duty_occurrence WHERE handed = :person AND state = 'open' ORDER BY due, id LIMIT :most;

-- Open ones of a role's duties in and below a unit.
-- query duty_waiting(text duty, int unit, int day, int most) many
SELECT o.id, o.unit, o.due FROM duty_occurrence o
WHERE o.duty = :duty AND o.state = 'open' AND o.opens <= :day
	AND (:unit = 0 OR EXISTS (SELECT 1 FROM shown_unit_under n WHERE n.unit = o.unit AND n.above = :unit))
ORDER BY o.due, o.id LIMIT :most;

-- query duty_due_in(int from, int until, int within) each
SELECT o.id, o.duty, o.due, o.opens, o.state FROM duty_occurrence o
WHERE o.due >= :from AND o.due <= :until AND o.state <> 'dropped'
	AND (:within = 0 OR EXISTS (SELECT 1 FROM shown_unit_under n WHERE n.unit = o.unit AND n.above = :within))
ORDER BY o.due, o.id;

-- query duty_tally_of(text duty, int today) one
-- column places int
-- column done int?
-- column late int?
-- column waiting int?
-- column excused int?
-- column next int?
-- column last int?
SELECT count(*) AS places, sum(CASE WHEN x.last IS NOT NULL THEN 1 ELSE 0 END) AS done, sum(x.late) AS late,
	sum(x.waiting) AS waiting, sum(x.excused) AS excused, min(x.next) AS next, max(x.last) AS last
FROM (SELECT max(CASE WHEN state = 'done' THEN done_on ELSE NULL END) AS last,
		sum(CASE WHEN state = 'open' AND due < :today THEN 1 ELSE 0 END) AS late,
		sum(CASE WHEN state = 'open' AND opens <= :today THEN 1 ELSE 0 END) AS waiting,
		sum(CASE WHEN state = 'excused' THEN 1 ELSE 0 END) AS excused,
		min(CASE WHEN state = 'open' THEN due ELSE NULL END) AS next
	FROM duty_occurrence WHERE duty = :duty AND state <> 'dropped' GROUP BY unit, ledger_row) x;

-- query duty_kept_of(int person) one
-- column done int
-- column excused int
-- column handed int
SELECT count(CASE WHEN state = 'done' AND person = :person THEN 1 END) AS done,
	count(CASE WHEN state = 'excused' AND person = :person THEN 1 END) AS excused,
	count(CASE WHEN state = 'open' AND handed = :person THEN 1 END) AS handed
FROM duty_occurrence WHERE person = :person OR handed = :person;

-- ---- Acts ----

-- query duty_finish(int id, text state, int done, int done_on, int? person, int? deputy_for, text? role, text? words, text? record, int? put, text? source) do
UPDATE duty_occurrence SET state = :state, done = :done, done_on = :done_on, person = :person, deputy_for = :deputy_for,
	role = :role, words = :words, record = :record, put = :put, source = :source, change = change + 1 WHERE id = :id;

-- query duty_drop(int id, int done, text words) do
UPDATE duty_occurrence SET state = 'dropped', done = :done, words = :words, change = change + 1 WHERE id = :id;

-- query duty_set_handed(int id, int? person) do
UPDATE duty_occurrence SET handed = :person, change = change + 1 WHERE id = :id;

-- ---- What time causes ----

-- A day begins nine hours before midnight UTC. Whom to escalate to is each duty's own matter.
-- Told at a time to come is told by a clock that was wrong: not told.
-- query duty_untold(int today, int now, int most) many
-- column told int
-- column escalated int
SELECT id, duty, unit, due, CASE WHEN told <= :now THEN told ELSE 0 END AS told,
	CASE WHEN escalated <= :now THEN escalated ELSE 0 END AS escalated FROM duty_occurrence
WHERE state = 'open' AND opens <= :today AND (told IS NULL OR told > :now OR (due < :today AND (told < (due + 1) * 86400000 - 32400000 OR escalated IS NULL)))
ORDER BY duty, unit, id LIMIT :most;

-- query duty_set_told(int id, int at) do
UPDATE duty_occurrence SET told = :at WHERE id = :id;

-- query duty_set_escalated(int id, int at) do
UPDATE duty_occurrence SET told = :at, escalated = :at WHERE id = :id;

-- query duty_place_of(text duty, int unit, int ledger_row) one
-- column last int?
-- column open int?
-- column done_on int?
SELECT max(due) AS last, sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS open, max(done_on) AS done_on
FROM duty_occurrence WHERE duty = :duty AND unit = :unit AND ledger_row = :ledger_row;
