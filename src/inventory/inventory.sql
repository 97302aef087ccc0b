-- ---- Loans ----

-- query inventory_loan_add(int id, int thing, text kind, int? person, text? firm, text words, text? storage, text? storage_words, int? permit, int? outing, int at, int at_by, int due) do
INSERT INTO inventory_loan (id, thing, kind, person, firm, words, storage, storage_words, permit, outing, at, at_by, due)
VALUES (:id, :thing, :kind, :person, :firm, :words, :storage, :storage_words, :permit, :outing, :at, :at_by, :due);

-- What a person has by this is ended here; outings end in flow, and their row here is left as it is.
-- query inventory_loan_end(int id, int now, int person, text? words) do
UPDATE inventory_loan SET back = :now, back_by = :person, back_words = :words WHERE id = :id;

-- query inventory_loan_open(int thing) maybe
-- column person_name text?
SELECT l.id, l.kind, l.person, l.firm, l.words, l.at, l.due, p.name AS person_name
FROM inventory_loan l LEFT JOIN shown_person p ON p.id = l.person
WHERE l.thing = :thing AND l.back IS NULL AND l.kind <> 'out' ORDER BY l.id DESC LIMIT 1;

-- query inventory_outing_open(int thing) maybe
-- column holder int?
-- column person_name text?
SELECT o.id, o.permit, o.out AS at, o.due, t.number, t.holder, p.name AS person_name
FROM shown_outing o JOIN shown_permit t ON t.id = o.permit LEFT JOIN shown_person p ON p.id = t.holder
WHERE o.back IS NULL AND (o.asset = :thing
	OR o.id IN (SELECT l.outing FROM inventory_loan l WHERE l.thing = :thing AND l.kind = 'out'))
ORDER BY o.id DESC LIMIT 1;

-- query inventory_loans_of(int thing, int most) many
-- column person_name text?
SELECT l.id, l.thing, l.kind, l.person, l.firm, l.words, l.storage, l.storage_words, l.at, l.due, l.back, p.name AS person_name
FROM inventory_loan l LEFT JOIN shown_person p ON p.id = l.person
WHERE l.thing = :thing AND l.kind <> 'out' ORDER BY l.id DESC LIMIT :most;

-- query inventory_outings_of(int thing, int most) many
-- column person_name text?
-- column holder int?
SELECT o.id, o.permit, o.out AS at, o.due, o.back, t.number, t.holder, p.name AS person_name
FROM shown_outing o JOIN shown_permit t ON t.id = o.permit LEFT JOIN shown_person p ON p.id = t.holder
WHERE (o.asset = :thing AND t.dossier IN (SELECT c.dossier FROM shown_dossier_asset c WHERE c.asset = :thing))
	OR o.id IN (SELECT l.outing FROM inventory_loan l WHERE l.thing = :thing AND l.kind = 'out')
ORDER BY o.id DESC LIMIT :most;

-- query inventory_loans_open(int person, int most) many
-- column unit_name text?
-- column person_name text?
SELECT l.id, l.thing, l.kind, l.person, l.firm, l.words, l.storage, l.storage_words, l.at, l.due, r.title, r.ledger, r.number,
	r.owner, u.name AS unit_name, p.name AS person_name
FROM inventory_loan l JOIN shown_row r ON r.id = l.thing LEFT JOIN shown_unit u ON u.id = r.owner
LEFT JOIN shown_person p ON p.id = l.person
WHERE l.back IS NULL AND l.kind <> 'out' AND (:person = 0 OR l.person = :person) ORDER BY l.due, l.id LIMIT :most;

-- query inventory_outings_open(int person, int most) many
-- column thing int?
-- column unit_name text?
-- column person_name text?
-- column holder int?
SELECT o.id, o.permit, o.out AS at, o.due, t.number AS permit_number, t.holder, coalesce(l.thing, o.asset) AS thing, r.title, r.ledger,
	r.number, r.owner, u.name AS unit_name, p.name AS person_name
FROM shown_outing o JOIN shown_permit t ON t.id = o.permit LEFT JOIN inventory_loan l ON l.outing = o.id AND l.kind = 'out'
JOIN shown_row r ON r.id = coalesce(l.thing, o.asset) LEFT JOIN shown_unit u ON u.id = r.owner
LEFT JOIN shown_person p ON p.id = t.holder
WHERE o.back IS NULL AND (:person = 0 OR t.holder = :person) ORDER BY o.due, o.id LIMIT :most;

-- What a person was lent and has not given back. Outings are flow's to count.
-- query inventory_loans_held(int person) one
-- column loans int
SELECT count(*) AS loans FROM inventory_loan WHERE person = :person AND back IS NULL AND kind <> 'out';

-- Is the person of that unit today, or of one below it?
-- query inventory_is_of(int person, int unit, int day) one
-- column has int
SELECT count(*) AS has FROM shown_assignment a JOIN shown_unit_under n ON n.unit = a.unit
WHERE a.person = :person AND n.above = :unit AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day);

-- query inventory_serves(int person, int day) one
-- column has int
SELECT count(*) AS has FROM shown_person p WHERE p.id = :person AND (p.since IS NULL OR p.since <= :day)
	AND (p.until IS NULL OR p.until >= :day)
	AND EXISTS (SELECT 1 FROM shown_assignment a WHERE a.person = p.id AND (a.since IS NULL OR a.since <= :day)
		AND (a.until IS NULL OR a.until >= :day));

-- ---- Stock-takes ----

-- query inventory_take_add(int id, int unit, int begun, int begun_by, int due, int expected) do
INSERT INTO inventory_take (id, unit, begun, begun_by, due, expected, change)
VALUES (:id, :unit, :begun, :begun_by, :due, :expected, 1);

-- query inventory_take_get(int id) maybe
-- column unit_name text?
-- column begun_name text?
-- column closed_name text?
SELECT t.id, t.unit, t.begun, t.begun_by, t.due, t.expected, t.closed, t.closed_by, t.words, t.change, u.name AS unit_name,
	p.name AS begun_name, c.name AS closed_name
FROM inventory_take t LEFT JOIN shown_unit u ON u.id = t.unit LEFT JOIN shown_person p ON p.id = t.begun_by
LEFT JOIN shown_person c ON c.id = t.closed_by WHERE t.id = :id;

-- query inventory_take_list(int most) many
SELECT id, unit FROM inventory_take ORDER BY CASE WHEN closed IS NULL THEN 0 ELSE 1 END, id DESC LIMIT :most;

-- query inventory_take_open(int unit) maybe
SELECT id FROM inventory_take WHERE unit = :unit AND closed IS NULL ORDER BY id DESC LIMIT 1;

-- query inventory_take_last(int unit) one
-- column closed int?
SELECT max(closed) AS closed FROM inventory_take WHERE unit = :unit;

-- query inventory_takes_running(int most) many
SELECT id, unit FROM inventory_take WHERE closed IS NULL ORDER BY due, id LIMIT :most;

-- query inventory_take_expect(int id) do
UPDATE inventory_take SET expected = expected + 1 WHERE id = :id;

-- query inventory_take_touch(int id) do
UPDATE inventory_take SET change = change + 1 WHERE id = :id;

-- query inventory_take_end(int id, int now, int person, text? role, text? words) do
UPDATE inventory_take SET closed = :now, closed_by = :person, role = :role, words = :words, change = change + 1 WHERE id = :id;

-- query inventory_item_add(int id, int take, int thing, text state, int is_typed, int? at, int? person, text? words) do
INSERT INTO inventory_item (id, take, thing, state, is_typed, at, person, words)
VALUES (:id, :take, :thing, :state, :is_typed, :at, :person, :words);

-- query inventory_item_of(int take, int thing) maybe
SELECT id, state FROM inventory_item WHERE take = :take AND thing = :thing;

-- query inventory_item_get(int id) maybe
SELECT id, take, thing, state, words FROM inventory_item WHERE id = :id;

-- query inventory_item_counts(int take, int most) many
-- column items int
-- column unexplained int
SELECT state, count(*) AS items, sum(CASE WHEN words IS NULL THEN 1 ELSE 0 END) AS unexplained
FROM inventory_item WHERE take = :take GROUP BY state ORDER BY state LIMIT :most;

-- query inventory_item_list(int take, int most) many
-- column title text?
-- column ledger text?
-- column number int?
-- column serial text?
-- column owner int?
-- column unit_name text?
-- column person_name text?
SELECT i.id, i.thing, i.state, i.is_typed, i.at, i.words, i.settled, i.settled_words, r.title, r.ledger, r.number, r.serial, r.owner,
	u.name AS unit_name, p.name AS person_name
FROM inventory_item i LEFT JOIN shown_row r ON r.id = i.thing LEFT JOIN shown_unit u ON u.id = r.owner
LEFT JOIN shown_person p ON p.id = i.person
WHERE i.take = :take
ORDER BY CASE i.state WHEN 'open' THEN 0 WHEN 'gone' THEN 1 WHEN 'stray' THEN 2 WHEN 'extra' THEN 3 WHEN 'away' THEN 4 ELSE 5 END,
	r.ledger, r.number, i.id LIMIT :most;

-- query inventory_item_seen(int id, int at, int? person, int is_typed) do
UPDATE inventory_item SET state = 'seen', at = :at, person = :person, is_typed = :is_typed WHERE id = :id;

-- query inventory_item_end(int id, text state, int at) do
UPDATE inventory_item SET state = :state, at = :at WHERE id = :id;

-- query inventory_item_say(int id, text words) do
UPDATE inventory_item SET words = :words WHERE id = :id;

-- Missing: gone in a closed stock-take, and not settled.
-- query inventory_item_gone(int thing) maybe
SELECT id, take FROM inventory_item WHERE thing = :thing AND state = 'gone' AND settled IS NULL ORDER BY id DESC LIMIT 1;

-- query inventory_item_settle(int thing, int now, int? person, text? words) do
UPDATE inventory_item SET settled = :now, settled_by = :person, settled_words = :words
WHERE thing = :thing AND state = 'gone' AND settled IS NULL;

-- query inventory_gone_list(int most) many
SELECT i.id, i.thing, i.at, i.words, r.title, r.ledger, r.number, r.owner FROM inventory_item i JOIN shown_row r ON r.id = i.thing
WHERE i.state = 'gone' AND i.settled IS NULL AND r.is_retired = 0 ORDER BY i.id LIMIT :most;

-- ---- Evidence ----

-- query inventory_count_loans(int now) one
-- column loans int
-- column away int
-- column overdue int
-- column repairs int
-- column unsafe int
SELECT count(*) AS loans, count(CASE WHEN back IS NULL THEN 1 END) AS away,
	count(CASE WHEN back IS NULL AND due < :now THEN 1 END) AS overdue,
	count(CASE WHEN kind = 'repair' THEN 1 END) AS repairs,
	count(CASE WHEN kind = 'repair' AND storage = 'secrecy' THEN 1 END) AS unsafe
FROM inventory_loan WHERE kind <> 'out';

-- query inventory_count_outings(int now) one
-- column outings int
-- column away int
-- column overdue int
SELECT count(*) AS outings, count(CASE WHEN back IS NULL THEN 1 END) AS away,
	count(CASE WHEN back IS NULL AND due > 0 AND due < :now THEN 1 END) AS overdue FROM shown_outing;

-- query inventory_count_left(int day, int from) one
-- column people int
-- column loans int
-- column outings int
SELECT (SELECT count(*) FROM shown_person p WHERE p.until IS NOT NULL AND p.until < :day AND p.until >= :from) AS people,
	(SELECT count(*) FROM inventory_loan l JOIN shown_person p ON p.id = l.person
		WHERE l.back IS NULL AND l.kind <> 'out' AND p.until IS NOT NULL AND p.until < :day) AS loans,
	(SELECT count(*) FROM shown_outing o JOIN shown_permit t ON t.id = o.permit JOIN shown_person p ON p.id = t.holder
		WHERE o.back IS NULL AND p.until IS NOT NULL AND p.until < :day) AS outings;

-- query inventory_person_left(int person, int day) one
-- column has int
SELECT count(*) AS has FROM shown_person p WHERE p.id = :person AND p.until IS NOT NULL AND p.until < :day;

-- query inventory_count_ended(text ledger) one
-- column ended int
-- column unpermitted int
SELECT count(*) AS ended, count(CASE WHEN coalesce(retired_by, 0) = 0 THEN 1 END) AS unpermitted
FROM shown_row WHERE ledger = :ledger AND is_retired = 1;

-- query inventory_last_closed() one
-- column closed int?
-- column running int
SELECT max(closed) AS closed, count(CASE WHEN closed IS NULL THEN 1 END) AS running FROM inventory_take;

-- ---- What time causes ----

-- query inventory_untold(int now, int later, int most) many
SELECT id, thing FROM inventory_loan
WHERE back IS NULL AND kind <> 'out' AND due < :now AND (told IS NULL OR (due < :later AND escalated IS NULL)) ORDER BY due, id LIMIT :most;

-- query inventory_loan_get(int id) maybe
-- column unit_name text?
-- column person_name text?
SELECT l.id, l.thing, l.kind, l.person, l.firm, l.due, l.told, l.escalated, l.at_by, r.title, r.owner, u.name AS unit_name, p.name AS person_name
FROM inventory_loan l JOIN shown_row r ON r.id = l.thing LEFT JOIN shown_unit u ON u.id = r.owner
LEFT JOIN shown_person p ON p.id = l.person WHERE l.id = :id AND l.back IS NULL;

-- query inventory_loan_told(int id, int now) do
UPDATE inventory_loan SET told = :now WHERE id = :id;

-- query inventory_loan_escalated(int id, int now) do
UPDATE inventory_loan SET told = coalesce(told, :now), escalated = :now WHERE id = :id;

-- query inventory_was_told(int thing, text what, int until) one
-- column has int
SELECT count(*) AS has FROM inventory_told WHERE thing = :thing AND what = :what AND until = :until;

-- query inventory_told_add(int id, int thing, text what, int until, int at) do
INSERT INTO inventory_told (id, thing, what, until, at) VALUES (:id, :thing, :what, :until, :at);
