-- ---- Cases ----

-- query incident_case_insert(int id, text number, text kind, text title, text place, text damage, text finder, text contact, text source, text way, int? happened, int known, int? said, int entered, int? entered_by, int? reporter, int? unit, int? system, int? dossier, bool is_drill, int? crime, text? class) do
INSERT INTO incident_case (id, number, kind, title, place, damage, finder, contact, source, way, happened, known, said,
	entered, entered_by, reporter, unit, system, dossier, is_drill, state, crime, class, grounds, persons, change)
VALUES (:id, :number, :kind, :title, :place, :damage, :finder, :contact, :source, :way, :happened, :known, :said,
	:entered, :entered_by, :reporter, :unit, :system, :dossier, :is_drill, 'reported', :crime, :class, '', 0, 1);

-- query incident_case_row(int id) maybe
-- column is_drill bool
-- column unit_name text?
-- column system_title text?
-- column reporter_name text?
-- column entered_by_name text?
-- column judged_by_name text?
-- column concluded_by_name text?
-- column closed_by_name text?
SELECT c.id, c.number, c.kind, c.title, c.place, c.damage, c.finder, c.contact, c.source, c.way, c.happened, c.known,
	c.said, c.entered, c.entered_by, c.reporter, c.unit, c.system, c.dossier, c.is_drill, c.state, c.verdict,
	c.judged, c.judged_role, c.judged_words, c.grave, c.needed, c.crime, c.class, c.grounds, c.persons,
	c.disclosure, c.disclosure_words, c.concluded, c.closed, c.closed_words, c.change,
	u.name AS unit_name, r.title AS system_title, p.name AS reporter_name, e.name AS entered_by_name,
	j.name AS judged_by_name, o.name AS concluded_by_name, x.name AS closed_by_name
FROM incident_case c LEFT JOIN shown_unit u ON u.id = c.unit LEFT JOIN shown_row r ON r.id = c.system
	LEFT JOIN shown_person p ON p.id = c.reporter LEFT JOIN shown_person e ON e.id = c.entered_by
	LEFT JOIN shown_person j ON j.id = c.judged_by LEFT JOIN shown_person o ON o.id = c.concluded_by
	LEFT JOIN shown_person x ON x.id = c.closed_by
WHERE c.id = :id;

-- query incident_case_numbered(text number) maybe
SELECT id FROM incident_case WHERE number = :number;

-- query incident_case_rows(text? state, bool living, text? kind, int? known_from, int? known_to, bool drills, int? reporter, int before, int most) many
-- column unit int?
SELECT c.id, c.title, c.number, c.place, c.unit, c.reporter, c.entered_by FROM incident_case c
WHERE (:state IS NULL OR c.state = :state) AND (:living = 0 OR c.state IN ('reported', 'open', 'concluded'))
	AND (:kind IS NULL OR c.kind = :kind) AND (:known_from IS NULL OR c.known >= :known_from)
	AND (:known_to IS NULL OR c.known < :known_to) AND (:drills = 1 OR c.is_drill = 0)
	AND (:reporter IS NULL OR c.reporter = :reporter OR c.entered_by = :reporter) AND c.id < :before
ORDER BY c.id DESC LIMIT :most;

-- query incident_case_judge(int id, text state, text verdict, int now, int? person, text role, text words, text kind, int? grave, int? needed, int? crime, text? class, text grounds) do
UPDATE incident_case SET state = :state, verdict = :verdict, judged = :now, judged_by = :person, judged_role = :role,
	judged_words = :words, kind = :kind, grave = :grave, needed = :needed, crime = :crime, class = :class,
	grounds = :grounds, change = change + 1 WHERE id = :id;

-- query incident_case_facts(int id, text kind, int? grave, int? needed, int? crime, text? class, text grounds, int persons, int? unit, int? system, text? disclosure, text? disclosure_words) do
UPDATE incident_case SET kind = :kind, grave = :grave, needed = :needed, crime = :crime, class = :class,
	grounds = :grounds, persons = :persons, unit = :unit, system = :system, disclosure = :disclosure,
	disclosure_words = :disclosure_words, change = change + 1 WHERE id = :id;

-- query incident_case_conclude(int id, int now, int? person, text role) do
UPDATE incident_case SET state = 'concluded', concluded = :now, concluded_by = :person, concluded_role = :role,
	change = change + 1 WHERE id = :id;

-- query incident_case_close(int id, int now, int? person, text role, text words) do
UPDATE incident_case SET state = 'closed', closed = :now, closed_by = :person, closed_role = :role,
	closed_words = :words, change = change + 1 WHERE id = :id;

-- How much waits in a case, and how much of it is late.
-- query incident_case_waiting(int id, int now, int today) one
-- column waiting int
-- column links_late int
-- column open_tasks int
-- column tasks_late int
-- column outside_late int
-- column next_due int?
SELECT (SELECT count(*) FROM incident_link l WHERE l.incident = :id AND l.received IS NULL AND l.ended IS NULL) AS waiting,
	(SELECT count(*) FROM incident_link l WHERE l.incident = :id AND l.received IS NULL AND l.ended IS NULL
		AND l.term IS NOT NULL AND l.term < :now) AS links_late,
	(SELECT count(*) FROM incident_task t WHERE t.incident = :id AND t.is_done IS NULL) AS open_tasks,
	(SELECT count(*) FROM incident_task t WHERE t.incident = :id AND t.is_done IS NULL AND t.due IS NOT NULL
		AND t.due < :now) AS tasks_late,
	(SELECT count(*) FROM incident_outside o WHERE o.incident = :id AND o.filed IS NULL AND o.waived IS NULL
		AND o.is_owed = 1 AND o.due IS NOT NULL AND o.due < :today) AS outside_late,
	(SELECT min(o.due) FROM incident_outside o WHERE o.incident = :id AND o.filed IS NULL AND o.waived IS NULL) AS next_due;

-- query incident_receipt_insert(int id, text key, text number, int now) do
INSERT INTO incident_receipt (id, key, number, made) VALUES (:id, :key, :number, :now);

-- query incident_receipt_row(text key) maybe
SELECT number, made FROM incident_receipt WHERE key = :key;

-- ---- The timeline ----

-- query incident_entry_insert(int id, int incident, int at, int now, int? person, text? role, text category, text source, bool is_reported, text words, int? replaces) do
INSERT INTO incident_entry (id, incident, at, made, person, role, category, source, is_reported, words, replaces)
VALUES (:id, :incident, :at, :now, :person, :role, :category, :source, :is_reported, :words, :replaces);

-- query incident_entry_row(int id) maybe
SELECT id, incident, category, replaced FROM incident_entry WHERE id = :id;

-- query incident_entry_replace(int id, int by) do
UPDATE incident_entry SET replaced = :by WHERE id = :id AND replaced IS NULL;

-- query incident_entry_rows(int incident, bool reported, bool replaced, int most) many
-- column is_reported bool
-- column person_name text?
SELECT e.id, e.at, e.made, e.person, e.role, e.category, e.source, e.is_reported, e.words, e.replaces, e.replaced,
	p.name AS person_name
FROM incident_entry e LEFT JOIN shown_person p ON p.id = e.person
WHERE e.incident = :incident AND (:reported = 0 OR e.is_reported = 1) AND (:replaced = 1 OR e.replaced IS NULL)
ORDER BY e.at, e.id LIMIT :most;

-- query incident_entry_count(int incident) one
-- column entries int
SELECT count(*) AS entries FROM incident_entry WHERE incident = :incident;

-- ---- The chain ----

-- query incident_link_insert(int id, int incident, text code, text role, int? unit, int now, int? due) do
INSERT INTO incident_link (id, incident, code, role, unit, told, term, due, level)
VALUES (:id, :incident, :code, :role, :unit, :now, :due, :due, 0);

-- query incident_link_rows(int incident, int most) many
-- column unit_name text?
-- column person_name text?
SELECT l.id, l.incident, l.code, l.role, l.unit, l.told, l.term, l.due, l.level, l.escalated, l.received, l.person,
	l.as_role, l.words, l.ended, u.name AS unit_name, p.name AS person_name
FROM incident_link l LEFT JOIN shown_unit u ON u.id = l.unit LEFT JOIN shown_person p ON p.id = l.person
WHERE l.incident = :incident ORDER BY l.id LIMIT :most;

-- query incident_link_row(int id) maybe
-- column person_name text?
SELECT l.id, l.incident, l.code, l.role, l.unit, l.told, l.term, l.due, l.level, l.escalated, l.received, l.ended,
	p.name AS person_name
FROM incident_link l LEFT JOIN shown_person p ON p.id = l.person WHERE l.id = :id;

-- query incident_link_receive(int id, int now, int? person, text role, text words) do
UPDATE incident_link SET received = :now, person = :person, as_role = :role, words = :words, due = NULL
WHERE id = :id AND received IS NULL;

-- query incident_link_escalate(int id, int now, int? due) do
UPDATE incident_link SET level = level + 1, escalated = :now, due = :due WHERE id = :id;

-- query incident_link_end(int id, int now) do
UPDATE incident_link SET ended = :now, due = NULL WHERE id = :id AND received IS NULL AND ended IS NULL;

-- query incident_link_late(int now, int most) many
SELECT l.id, l.incident, l.code, l.unit, l.term, c.number FROM incident_link l JOIN incident_case c ON c.id = l.incident
WHERE l.received IS NULL AND l.ended IS NULL AND l.term IS NOT NULL AND l.term < :now ORDER BY l.term, l.id LIMIT :most;

-- Told more than a day to come (`ahead`): by a clock that was wrong, whose term would not end for as long.
-- query incident_link_due(int now, int ahead, int most) many
SELECT id, incident FROM incident_link
WHERE due IS NOT NULL AND (due <= :now OR coalesce(escalated, told) > :ahead) ORDER BY due, id LIMIT :most;

-- query incident_link_open(int most) many
SELECT l.id, l.incident, l.code, l.role, l.unit, l.level, l.term FROM incident_link l
WHERE l.received IS NULL AND l.ended IS NULL ORDER BY l.id LIMIT :most;

-- ---- Tasks ----

-- query incident_task_insert(int id, int incident, text kind, text? code, text words, text? role, int? unit, int? assignee, int now, int? person, text? given_role, text? basis, int? due) do
INSERT INTO incident_task (id, incident, kind, code, words, role, unit, assignee, at, person, given_role, basis, due)
VALUES (:id, :incident, :kind, :code, :words, :role, :unit, :assignee, :now, :person, :given_role, :basis, :due);

-- query incident_task_rows(int incident, int most) many
-- column unit_name text?
-- column assignee_name text?
-- column given_by_name text?
-- column answered_by_name text?
SELECT t.id, t.incident, t.kind, t.code, t.words, t.role, t.unit, t.assignee, t.at, t.person, t.given_role, t.basis,
	t.due, t.is_done, t.answer, t.answered, u.name AS unit_name, a.name AS assignee_name, g.name AS given_by_name,
	w.name AS answered_by_name
FROM incident_task t LEFT JOIN shown_unit u ON u.id = t.unit LEFT JOIN shown_person a ON a.id = t.assignee
	LEFT JOIN shown_person g ON g.id = t.person LEFT JOIN shown_person w ON w.id = t.answered_by
WHERE t.incident = :incident ORDER BY t.id LIMIT :most;

-- query incident_task_row(int id) maybe
SELECT id, incident, kind, code, words, role, unit, assignee, person, due, is_done FROM incident_task WHERE id = :id;

-- query incident_task_answer_set(int id, bool is_done, text answer, int at, int? person) do
UPDATE incident_task SET is_done = :is_done, answer = :answer, answered = :at, answered_by = :person
WHERE id = :id AND is_done IS NULL;

-- query incident_task_open(int most) many
SELECT t.id, t.incident, t.kind, t.role, t.unit, t.assignee, t.due FROM incident_task t
	JOIN incident_case c ON c.id = t.incident
WHERE t.is_done IS NULL AND c.state IN ('open', 'reported', 'concluded') ORDER BY t.id LIMIT :most;

-- Told at a time to come is told by a clock that was wrong: told again.
-- query incident_task_late(int now, int most) many
SELECT t.id, t.incident FROM incident_task t JOIN incident_case c ON c.id = t.incident
WHERE t.is_done IS NULL AND t.due IS NOT NULL AND t.due <= :now AND (t.told IS NULL OR t.told > :now)
	AND c.state IN ('open', 'reported', 'concluded') ORDER BY t.due, t.id LIMIT :most;

-- query incident_task_told(int id, int now) do
UPDATE incident_task SET told = :now WHERE id = :id;

-- ---- Evidence ----

-- query incident_evidence_insert(int id, int incident, int no, text name, blob? digest, int size, text origin, int taken, int now, int? person, text holder) do
INSERT INTO incident_evidence (id, incident, no, name, digest, size, origin, taken, at, person, holder)
VALUES (:id, :incident, :no, :name, :digest, :size, :origin, :taken, :now, :person, :holder);

-- query incident_evidence_rows(int incident, int most) many
-- column person_name text?
SELECT e.id, e.incident, e.no, e.name, e.digest, e.size, e.origin, e.taken, e.at, e.holder, e.ended, p.name AS person_name
FROM incident_evidence e LEFT JOIN shown_person p ON p.id = e.person
WHERE e.incident = :incident ORDER BY e.no LIMIT :most;

-- query incident_evidence_row(int id) maybe
-- column person_name text?
SELECT e.id, e.incident, e.no, e.name, e.digest, e.size, e.origin, e.taken, e.at, e.holder, e.ended, p.name AS person_name
FROM incident_evidence e LEFT JOIN shown_person p ON p.id = e.person WHERE e.id = :id;

-- query incident_evidence_last(int incident) one
-- column no int?
SELECT max(no) AS no FROM incident_evidence WHERE incident = :incident;

-- query incident_evidence_held(int id, text holder, int? ended) do
UPDATE incident_evidence SET holder = :holder, ended = :ended WHERE id = :id;

-- query incident_custody_insert(int id, int evidence, int at, int now, text doing, text holder, text words, int? person, int? is_same) do
INSERT INTO incident_custody (id, evidence, at, made, doing, holder, words, person, is_same)
VALUES (:id, :evidence, :at, :now, :doing, :holder, :words, :person, :is_same);

-- query incident_custody_rows(int evidence, int most) many
-- column person_name text?
SELECT c.id, c.at, c.made, c.doing, c.holder, c.words, c.is_same, p.name AS person_name
FROM incident_custody c LEFT JOIN shown_person p ON p.id = c.person
WHERE c.evidence = :evidence ORDER BY c.id LIMIT :most;

-- ---- What is concerned ----

-- query incident_affected_insert(int id, int incident, int? asset, text name, text items, text media, int persons, bool is_sure, int now, int? person) do
INSERT INTO incident_affected (id, incident, asset, name, items, media, persons, is_sure, at, person)
VALUES (:id, :incident, :asset, :name, :items, :media, :persons, :is_sure, :now, :person);

-- query incident_affected_rows(int incident, int most) many
-- column is_sure bool
-- column person_name text?
SELECT a.id, a.asset, a.name, a.items, a.media, a.persons, a.is_sure, a.at, p.name AS person_name
FROM incident_affected a LEFT JOIN shown_person p ON p.id = a.person
WHERE a.incident = :incident AND a.dropped IS NULL ORDER BY a.id LIMIT :most;

-- query incident_affected_row(int id) maybe
SELECT id, incident, name, persons, dropped FROM incident_affected WHERE id = :id;

-- query incident_affected_end(int id, int now, int? person, text words) do
UPDATE incident_affected SET dropped = :now, dropped_by = :person, dropped_words = :words
WHERE id = :id AND dropped IS NULL;

-- query incident_affected_sum(int incident) one
-- column persons int
SELECT coalesce(sum(persons), 0) AS persons FROM incident_affected WHERE incident = :incident AND dropped IS NULL;

-- ---- Outside ----

-- query incident_outside_insert(int id, int incident, text authority, text stage, int day_one, int? due, int now, bool is_owed) do
INSERT INTO incident_outside (id, incident, authority, stage, day_one, due, made, is_owed)
VALUES (:id, :incident, :authority, :stage, :day_one, :due, :now, :is_owed);

-- query incident_outside_rows(int incident, int most) many
-- column is_owed bool
-- column person_name text?
SELECT o.id, o.incident, o.authority, o.stage, o.day_one, o.due, o.is_owed, o.filed, o.way, o.reference, o.words,
	o.waived, o.told, p.name AS person_name
FROM incident_outside o LEFT JOIN shown_person p ON p.id = o.person
WHERE o.incident = :incident ORDER BY o.id LIMIT :most;

-- query incident_outside_row(int id) maybe
-- column is_owed bool
SELECT id, incident, authority, stage, due, is_owed, filed, waived FROM incident_outside WHERE id = :id;

-- query incident_outside_file_set(int id, int at, int now, int? person, text way, text reference, text words) do
UPDATE incident_outside SET filed = :at, noted = :now, person = :person, way = :way, reference = :reference,
	words = :words, waived = NULL WHERE id = :id AND filed IS NULL;

-- query incident_outside_waive(int id, int now, int? person, text words) do
UPDATE incident_outside SET waived = :words, noted = :now, person = :person WHERE id = :id AND filed IS NULL;

-- query incident_outside_term(int id, int day_one, int? due, bool is_owed) do
UPDATE incident_outside SET day_one = :day_one, due = :due, is_owed = :is_owed WHERE id = :id AND filed IS NULL;

-- Reports due by a day of which nobody was reminded since another.
-- query incident_outside_near(int by, int told_before, int now, int most) many
SELECT o.id, o.incident, o.authority, o.stage, o.due FROM incident_outside o JOIN incident_case c ON c.id = o.incident
WHERE o.filed IS NULL AND o.waived IS NULL AND o.is_owed = 1 AND o.due IS NOT NULL AND o.due <= :by
	AND (o.told IS NULL OR o.told < :told_before OR o.told > :now) AND c.state IN ('open', 'concluded')
ORDER BY o.due, o.id LIMIT :most;

-- query incident_outside_told(int id, int now) do
UPDATE incident_outside SET told = :now WHERE id = :id;

-- query incident_outside_open(int most) many
SELECT o.id, o.incident, o.due FROM incident_outside o JOIN incident_case c ON c.id = o.incident
WHERE o.filed IS NULL AND o.waived IS NULL AND c.state IN ('open', 'concluded') ORDER BY o.id LIMIT :most;

-- ---- Contacts ----

-- query incident_contact_insert(int id, text kind, text code, int? unit, text name, text phone, text mail, text words, int rank, int now, int? person) do
INSERT INTO incident_contact (id, kind, code, unit, name, phone, mail, words, rank, confirmed, confirmed_by)
VALUES (:id, :kind, :code, :unit, :name, :phone, :mail, :words, :rank, :now, :person);

-- query incident_contact_set(int id, text kind, text code, int? unit, text name, text phone, text mail, text words, int rank, int now, int? person) do
UPDATE incident_contact SET kind = :kind, code = :code, unit = :unit, name = :name, phone = :phone, mail = :mail,
	words = :words, rank = :rank, confirmed = :now, confirmed_by = :person WHERE id = :id AND ended IS NULL;

-- query incident_contact_end_set(int id, int now) do
UPDATE incident_contact SET ended = :now WHERE id = :id AND ended IS NULL;

-- query incident_contact_rows(int most) many
-- column confirmed_by_name text?
SELECT c.id, c.kind, c.code, c.unit, c.name, c.phone, c.mail, c.words, c.rank, c.confirmed, p.name AS confirmed_by_name
FROM incident_contact c LEFT JOIN shown_person p ON p.id = c.confirmed_by
WHERE c.ended IS NULL ORDER BY c.rank, c.id LIMIT :most;

-- query incident_contact_confirm(int now, int? person) do
UPDATE incident_contact SET confirmed = :now, confirmed_by = :person WHERE ended IS NULL;

-- ---- Figures ----

-- query incident_figure_cases(int since, int late_entered, int late_judged, int judge_ms, int cause_ms) one
-- column cases int
-- column drills int
-- column judged int
-- column judged_late int
-- column unjudged_late int
-- column confirmed int
-- column closed int
-- column dismissed int
-- column concluded int
-- column concluded_late int
-- column unconcluded_late int
-- column citizens int
-- column disclosed int
-- column last_drill int?
SELECT coalesce(sum(CASE WHEN is_drill = 0 THEN 1 ELSE 0 END), 0) AS cases,
	coalesce(sum(is_drill), 0) AS drills,
	coalesce(sum(CASE WHEN is_drill = 0 AND judged IS NOT NULL THEN 1 ELSE 0 END), 0) AS judged,
	coalesce(sum(CASE WHEN is_drill = 0 AND judged - entered > :judge_ms THEN 1 ELSE 0 END), 0) AS judged_late,
	coalesce(sum(CASE WHEN is_drill = 0 AND judged IS NULL AND entered < :late_entered THEN 1 ELSE 0 END), 0) AS unjudged_late,
	coalesce(sum(CASE WHEN is_drill = 0 AND verdict = 'incident' THEN 1 ELSE 0 END), 0) AS confirmed,
	coalesce(sum(CASE WHEN is_drill = 0 AND state = 'closed' THEN 1 ELSE 0 END), 0) AS closed,
	coalesce(sum(CASE WHEN is_drill = 0 AND state = 'dismissed' THEN 1 ELSE 0 END), 0) AS dismissed,
	coalesce(sum(CASE WHEN is_drill = 0 AND concluded IS NOT NULL THEN 1 ELSE 0 END), 0) AS concluded,
	coalesce(sum(CASE WHEN is_drill = 0 AND verdict = 'incident' AND concluded - judged > :cause_ms THEN 1 ELSE 0 END), 0) AS concluded_late,
	coalesce(sum(CASE WHEN is_drill = 0 AND verdict = 'incident' AND concluded IS NULL AND judged < :late_judged
		THEN 1 ELSE 0 END), 0) AS unconcluded_late,
	coalesce(sum(CASE WHEN is_drill = 0 AND source = 'citizen' THEN 1 ELSE 0 END), 0) AS citizens,
	coalesce(sum(CASE WHEN is_drill = 0 AND verdict = 'incident' AND disclosure IS NOT NULL THEN 1 ELSE 0 END), 0) AS disclosed,
	max(CASE WHEN is_drill = 1 THEN entered ELSE 0 END) AS last_drill
FROM incident_case WHERE entered >= :since;

-- query incident_figure_links(text? code, int since, int now) one
-- column links int
-- column received int
-- column received_late int
-- column unanswered int
SELECT count(*) AS links, coalesce(sum(CASE WHEN l.received IS NOT NULL THEN 1 ELSE 0 END), 0) AS received,
	coalesce(sum(CASE WHEN l.received IS NOT NULL AND l.term IS NOT NULL AND l.received > l.term THEN 1 ELSE 0 END), 0) AS received_late,
	coalesce(sum(CASE WHEN l.received IS NULL AND l.ended IS NULL AND l.term IS NOT NULL AND l.term < :now THEN 1 ELSE 0 END), 0) AS unanswered
FROM incident_link l JOIN incident_case c ON c.id = l.incident
WHERE c.entered >= :since AND (:code IS NULL OR l.code = :code);

-- query incident_figure_tasks(int since, int now) one
-- column orders int
-- column orders_answered int
-- column orders_late int
-- column tasks int
-- column tasks_answered int
-- column tasks_late int
SELECT coalesce(sum(CASE WHEN t.kind NOT IN ('play', 'task') THEN 1 ELSE 0 END), 0) AS orders,
	coalesce(sum(CASE WHEN t.kind NOT IN ('play', 'task') AND t.is_done IS NOT NULL THEN 1 ELSE 0 END), 0) AS orders_answered,
	coalesce(sum(CASE WHEN t.kind NOT IN ('play', 'task') AND t.is_done IS NULL AND t.due IS NOT NULL AND t.due < :now THEN 1 ELSE 0 END), 0) AS orders_late,
	coalesce(sum(CASE WHEN t.kind IN ('play', 'task') THEN 1 ELSE 0 END), 0) AS tasks,
	coalesce(sum(CASE WHEN t.kind IN ('play', 'task') AND t.is_done IS NOT NULL THEN 1 ELSE 0 END), 0) AS tasks_answered,
	coalesce(sum(CASE WHEN t.kind IN ('play', 'task') AND t.is_done IS NULL AND t.due IS NOT NULL AND t.due < :now THEN 1 ELSE 0 END), 0) AS tasks_late
FROM incident_task t JOIN incident_case c ON c.id = t.incident WHERE c.entered >= :since AND c.is_drill = 0;

-- query incident_figure_outside(int since, int today) one
-- column outside int
-- column filed int
-- column outside_late int
-- column waived int
SELECT count(*) AS outside, coalesce(sum(CASE WHEN o.filed IS NOT NULL THEN 1 ELSE 0 END), 0) AS filed,
	coalesce(sum(CASE WHEN o.filed IS NULL AND o.waived IS NULL AND o.is_owed = 1 AND o.due IS NOT NULL AND o.due < :today THEN 1 ELSE 0 END), 0) AS outside_late,
	coalesce(sum(CASE WHEN o.waived IS NOT NULL THEN 1 ELSE 0 END), 0) AS waived
FROM incident_outside o JOIN incident_case c ON c.id = o.incident WHERE c.entered >= :since;

-- query incident_figure_evidence(int since) one
-- column evidence int
-- column files int
SELECT count(*) AS evidence, coalesce(sum(CASE WHEN e.digest IS NOT NULL THEN 1 ELSE 0 END), 0) AS files
FROM incident_evidence e WHERE e.at >= :since;

-- query incident_figure_contacts(int since) one
-- column contacts int
-- column stale int
SELECT count(*) AS contacts, coalesce(sum(CASE WHEN confirmed < :since THEN 1 ELSE 0 END), 0) AS stale
FROM incident_contact WHERE ended IS NULL;

-- The next moments at which something becomes late.
-- query incident_figure_next(int now, int judge_ms, int cause_ms) one
-- column link int?
-- column task int?
-- column judge int?
-- column cause int?
SELECT (SELECT min(term) FROM incident_link WHERE received IS NULL AND ended IS NULL AND term >= :now) AS link,
	(SELECT min(due) FROM incident_task WHERE is_done IS NULL AND due >= :now) AS task,
	(SELECT min(entered + :judge_ms) FROM incident_case WHERE judged IS NULL AND entered + :judge_ms >= :now) AS judge,
	(SELECT min(judged + :cause_ms) FROM incident_case WHERE verdict = 'incident' AND concluded IS NULL
		AND judged + :cause_ms >= :now) AS cause;

-- query incident_figure_kind(text kind, int since) one
-- column cases int
SELECT count(*) AS cases FROM incident_case WHERE kind = :kind AND entered >= :since AND is_drill = 0;

-- query incident_kept_of(int person) one
-- column reported int
-- column typed int
-- column entries int
-- column tasks int
SELECT (SELECT count(*) FROM incident_case WHERE reporter = :person) AS reported,
	(SELECT count(*) FROM incident_case WHERE entered_by = :person AND (reporter IS NULL OR reporter <> :person)) AS typed,
	(SELECT count(*) FROM incident_entry WHERE person = :person) AS entries,
	(SELECT count(*) FROM incident_task WHERE person = :person) AS tasks;
