-- ---- Lists handed in ----

-- query reconcile_list_add(int id, text code, text side, int at, int? person, text name, text encoding, int row_count, blob digest, blob source) do
INSERT INTO reconcile_list (id, code, side, at, person, name, encoding, row_count, digest, source)
VALUES (:id, :code, :side, :at, :person, :name, :encoding, :row_count, :digest, :source);

-- query reconcile_list_newest(text code, text side) maybe
-- column person_name text?
SELECT l.id, l.at, l.person, l.name, l.encoding, l.row_count, l.digest, l.source, p.name AS person_name
FROM reconcile_list l LEFT JOIN shown_person p ON p.id = l.person
WHERE l.code = :code AND l.side = :side ORDER BY l.id DESC LIMIT 1;

-- query reconcile_list_get(text code, int id) maybe
-- column person_name text?
SELECT l.id, l.at, l.person, l.name, l.encoding, l.row_count, l.digest, l.source, p.name AS person_name
FROM reconcile_list l LEFT JOIN shown_person p ON p.id = l.person
WHERE l.code = :code AND l.id = :id;

-- ---- Runs ----

-- query reconcile_run_add(int id, text code, int at, int seen, int? person, blob left_digest, blob right_digest, blob result_digest, blob pack, int? left_list, int? right_list, int left_wait, int right_wait, int left_count, int right_count, int matched, int waiting, int left_only, int right_only, int differing, int unclear, int differences, int added, int gone) do
INSERT INTO reconcile_run (id, code, at, seen, person, left_digest, right_digest, result_digest, pack, left_list, right_list,
	left_wait, right_wait, left_count, right_count, matched, waiting, left_only, right_only, differing, unclear,
	differences, added, gone)
VALUES (:id, :code, :at, :seen, :person, :left_digest, :right_digest, :result_digest, :pack, :left_list, :right_list,
	:left_wait, :right_wait, :left_count, :right_count, :matched, :waiting, :left_only, :right_only, :differing, :unclear,
	:differences, :added, :gone);

-- query reconcile_runs_of(text code, int id, int most) many
-- column person_name text?
SELECT r.id, r.code, r.at, r.seen, r.person, r.left_digest, r.right_digest, r.result_digest, r.left_list, r.right_list,
	r.left_wait, r.right_wait, r.left_count, r.right_count, r.matched, r.waiting, r.left_only, r.right_only,
	r.differing, r.unclear, r.differences, r.added, r.gone, p.name AS person_name
FROM reconcile_run r LEFT JOIN shown_person p ON p.id = r.person
WHERE r.code = :code AND (:id = 0 OR r.id = :id) ORDER BY r.id DESC LIMIT :most;

-- ---- Differences ----

-- query reconcile_difference_add(int id, text code, text kind, text key, text title, text differs, text? left_row, text? right_row, int left_count, int right_count, int run, int opened, int due) do
INSERT INTO reconcile_difference (id, code, kind, "key", title, differs, left_row, right_row, left_count, right_count,
	first_run, opened, due, change)
VALUES (:id, :code, :kind, :key, :title, :differs, :left_row, :right_row, :left_count, :right_count, :run, :opened, :due, 1);

-- query reconcile_difference_renew(int id, text title, text differs, text? left_row, text? right_row, int left_count, int right_count) do
UPDATE reconcile_difference SET title = :title, differs = :differs, left_row = :left_row, right_row = :right_row,
	left_count = :left_count, right_count = :right_count, change = change + 1
WHERE id = :id;

-- query reconcile_difference_reopen(int id, int until, int due) do
UPDATE reconcile_difference SET until = :until, due = :due, change = change + 1 WHERE id = :id;

-- query reconcile_difference_end(int id, int run, int ended) do
UPDATE reconcile_difference SET end_run = :run, ended = :ended, change = change + 1 WHERE id = :id;

-- query reconcile_difference_explain(int id, text words, int until, int explained, int? person) do
UPDATE reconcile_difference SET words = :words, until = :until, explained = :explained, person = :person,
	change = change + 1
WHERE id = :id;

-- query reconcile_there(text code, int most) many
SELECT id, kind, "key", title, differs, left_row, right_row, left_count, right_count, until FROM reconcile_difference
WHERE code = :code AND end_run IS NULL ORDER BY kind, "key", id LIMIT :most;

-- query reconcile_differences_of(text code, int there, int run, int today, int most) many
-- column person_name text?
-- column place int
SELECT d.id, d.code, d.kind, d."key", d.title, d.differs, d.left_row, d.right_row, d.left_count, d.right_count,
	d.first_run, d.opened, d.due, d.words, d.until, d.explained, d.person, d.end_run, d.ended, d.change,
	p.name AS person_name,
	CASE WHEN d.end_run IS NOT NULL THEN 3 WHEN d.until >= :today THEN 2 WHEN d.due < :today THEN 0 ELSE 1 END AS place
FROM reconcile_difference d LEFT JOIN shown_person p ON p.id = d.person
WHERE d.code = :code AND (:there = 0 OR d.end_run IS NULL)
	AND (:run = 0 OR d.first_run = :run OR d.end_run = :run)
ORDER BY place, d.due, d.id LIMIT :most;

-- query reconcile_difference_get(int id) maybe
-- column person_name text?
SELECT d.id, d.code, d.kind, d."key", d.title, d.differs, d.left_row, d.right_row, d.left_count, d.right_count,
	d.first_run, d.opened, d.due, d.words, d.until, d.explained, d.person, d.end_run, d.ended, d.change,
	p.name AS person_name
FROM reconcile_difference d LEFT JOIN shown_person p ON p.id = d.person WHERE d.id = :id;

-- query reconcile_tally(text code, int today) one
-- column open int?
-- column late int?
-- column explained int?
SELECT sum(CASE WHEN until >= :today THEN 0 ELSE 1 END) AS open,
	sum(CASE WHEN until >= :today OR due >= :today THEN 0 ELSE 1 END) AS late,
	sum(CASE WHEN until >= :today THEN 1 ELSE 0 END) AS explained
FROM reconcile_difference WHERE code = :code AND end_run IS NULL;

-- ---- Telling ----

-- query reconcile_told_get(text code) maybe
SELECT id, run_told, run_escalated, due_told FROM reconcile_told WHERE code = :code;

-- query reconcile_told_add(int id, text code) do
INSERT INTO reconcile_told (id, code) VALUES (:id, :code);

-- query reconcile_told_set(int id, int? run_told, int? run_escalated, int? due_told) do
UPDATE reconcile_told SET run_told = :run_told, run_escalated = :run_escalated, due_told = :due_told WHERE id = :id;

-- ---- What is kept about a person: in the sets, and where these come from ----

-- query reconcile_runs_count(text code) one
-- column runs int
SELECT count(*) AS runs FROM reconcile_run WHERE code = :code;

-- query reconcile_sources_hold(int person) one
-- column loans int
-- column visits int
-- column works int
SELECT (SELECT count(*) FROM shown_loan WHERE person = :person) AS loans,
	(SELECT count(*) FROM shown_visit WHERE person = :person) AS visits,
	(SELECT count(*) FROM shown_contract_worker WHERE person = :person) AS works;

-- ---- Sources: people ----

-- query reconcile_people() each
-- column unit_name text?
SELECT p.id, p.number, p.name, p.since, p.until, p.employment,
	(SELECT min(u.name) FROM shown_assignment a JOIN shown_unit u ON u.id = a.unit
		WHERE a.person = p.id AND a.is_main = 1 AND (a.since IS NULL OR a.since <= body_today())
			AND (a.until IS NULL OR a.until >= body_today())) AS unit_name
FROM shown_person p ORDER BY p.id;

-- Room people holds a worker's days within those of the engagement and of every one above, all agreed to.
-- query reconcile_workers() each
-- column is_named int
SELECT w.id, p.number, p.name, f.name AS firm_name, e.work, e.agreed, w.pledged, w.since, w.until,
	EXISTS (SELECT 1 FROM shown_contract_worker c WHERE c.worker = w.id) AS is_named
FROM shown_worker w JOIN shown_person p ON p.id = w.person JOIN shown_engagement e ON e.id = w.engagement
JOIN shown_firm f ON f.id = e.firm ORDER BY w.id;

-- ---- Sources: contracts ----

-- query reconcile_links() each
SELECT id, above FROM shown_contract_link ORDER BY id;

-- The days on which somebody may work are those of room people; `worker` is there once everything is.
-- query reconcile_contract_workers() each
-- column person_number text?
-- column person_name text?
-- column firm_name text?
-- column may_since int?
-- column may_until int?
SELECT w.id, w.link, w.since, w.until, w.ended, w.pledged, w.trained, w.worker, l.state AS link_state, l.engagement, c.title,
	c.number AS contract_number, p.number AS person_number, p.name AS person_name, f.name AS firm_name, k.since AS may_since,
	k.until AS may_until
FROM shown_contract_worker w JOIN shown_contract_link l ON l.id = w.link JOIN shown_contract c ON c.id = l.contract
LEFT JOIN shown_person p ON p.id = w.person LEFT JOIN shown_firm f ON f.id = l.firm LEFT JOIN shown_worker k ON k.id = w.worker
ORDER BY w.id;

-- query reconcile_handovers() each
-- column firm_name text?
-- column link_engagement int?
SELECT h.id, h.link, h.day, h.what, h.class, h.copies, h.is_test, h.serial, h.file, h.file_name, h.received, h.state, h.claimed,
	h.verified, c.title, c.number AS contract_number, c.until, c.ended, l.engagement AS link_engagement, f.name AS firm_name
FROM shown_contract_handover h JOIN shown_contract c ON c.id = h.contract LEFT JOIN shown_contract_link l ON l.id = h.link
LEFT JOIN shown_firm f ON f.id = l.firm ORDER BY h.id;

-- ---- Sources: permits of any kind, things, doors ----

-- query reconcile_permits() each
-- column holder_name text?
-- column holder_number text?
-- column unit_name text?
SELECT t.id, t.number, t.occasion, t.state, t.from_day, t.until_day, p.name AS holder_name, p.number AS holder_number,
	u.name AS unit_name
FROM shown_permit t LEFT JOIN shown_person p ON p.id = t.holder LEFT JOIN shown_unit u ON u.id = t.unit ORDER BY t.id;

-- Within the house, and in repair.
-- query reconcile_loans() each
-- column unit_name text?
-- column person_name text?
-- column person_number text?
SELECT l.id, l.kind, l.firm, l.at, l.due, l.back, r.title, r.serial, u.name AS unit_name, p.name AS person_name,
	p.number AS person_number
FROM shown_loan l JOIN shown_row r ON r.id = l.thing LEFT JOIN shown_unit u ON u.id = r.owner LEFT JOIN shown_person p ON p.id = l.person
WHERE l.kind <> 'out' ORDER BY l.id;

-- Out of the house: room flow's record of it; the thing is that of the ledger, or the one that room inventory handed out.
-- query reconcile_things_out() each
-- column permit_number text?
-- column until_day int?
-- column title text?
-- column serial text?
-- column unit_name text?
-- column person_name text?
-- column person_number text?
SELECT o.id, o.what, o.out AS at, o.due, o.back, t.number AS permit_number, t.until_day, r.title, r.serial, u.name AS unit_name,
	p.name AS person_name, p.number AS person_number
FROM shown_outing o LEFT JOIN shown_permit t ON t.id = o.permit LEFT JOIN shown_loan l ON l.outing = o.id AND l.kind = 'out'
LEFT JOIN shown_row r ON r.id = coalesce(l.thing, o.asset) LEFT JOIN shown_unit u ON u.id = r.owner
LEFT JOIN shown_person p ON p.id = o.out_by ORDER BY o.id;

-- query reconcile_visits() each
-- column room_name text?
SELECT v.id, v.kind, v.name, v.of_words, v.escort, v.state, v.entered, v.received, v.left_at, v.left_received, v.trouble, v.settled,
	r.title AS room_name
FROM shown_visit v LEFT JOIN shown_row r ON r.id = v.room ORDER BY v.id;

-- query reconcile_visit_devices() each
SELECT id, visit, serial, verdict FROM shown_visit_device ORDER BY visit, id;
