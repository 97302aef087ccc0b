-- ---- Plans ----

-- query audit_case_add(int id, int year, text kind, text title, text aim, int since, int until, int now, int person) do
INSERT INTO audit_case (id, year, kind, title, aim, since, until, planned, planner, change)
VALUES (:id, :year, :kind, :title, :aim, :since, :until, :now, :person, 1);

-- query audit_case_list(int year, int most) many
SELECT id, year, kind, title, aim, since, until, planned, planner, begun, reported, reporter, report, received, receiver,
	closed, closed_why, change
FROM audit_case WHERE year = coalesce(nullif(:year, 0), year) ORDER BY id DESC LIMIT :most;

-- query audit_case_get(int id) maybe
SELECT id, year, kind, title, aim, since, until, planned, planner, begun, reported, reporter, report, received, receiver,
	closed, closed_why, change
FROM audit_case WHERE id = :id;

-- query audit_case_counts(int id) one
-- column items int
-- column signed_items int
-- column unmet int
-- column points int
-- column auditors int
SELECT (SELECT count(*) FROM audit_item WHERE audit = :id) AS items,
	(SELECT count(*) FROM audit_item WHERE audit = :id AND result IS NOT NULL) AS signed_items,
	(SELECT count(*) FROM audit_item WHERE audit = :id AND result IN ('weak', 'unmet')) AS unmet,
	(SELECT count(*) FROM audit_point WHERE audit = :id) AS points,
	(SELECT count(*) FROM audit_auditor WHERE audit = :id AND ended IS NULL) AS auditors;

-- query audit_case_begin(int id, int now) do
UPDATE audit_case SET begun = :now, change = change + 1 WHERE id = :id;

-- query audit_case_report(int id, int now, int person, text words) do
UPDATE audit_case SET reported = :now, reporter = :person, report = :words, change = change + 1 WHERE id = :id;

-- query audit_case_receive(int id, int now, int person) do
UPDATE audit_case SET received = :now, receiver = :person, change = change + 1 WHERE id = :id;

-- query audit_case_close(int id, int now, text why) do
UPDATE audit_case SET closed = :now, closed_why = :why, change = change + 1 WHERE id = :id;

-- query audit_scope_add(int id, int audit, int? unit, int? engagement) do
INSERT INTO audit_scope (id, audit, unit, engagement) VALUES (:id, :audit, :unit, :engagement);

-- query audit_scope_list(int audit, int most) many
-- column name text?
-- column firm text?
-- column work text?
SELECT s.id, s.unit, s.engagement, u.name AS name, f.name AS firm, e.work AS work
FROM audit_scope s LEFT JOIN shown_unit u ON u.id = s.unit LEFT JOIN shown_engagement e ON e.id = s.engagement
LEFT JOIN shown_firm f ON f.id = e.firm
WHERE s.audit = :audit ORDER BY s.id LIMIT :most;

-- query audit_scope_has(int audit, int unit) one
-- column has int
SELECT count(*) AS has FROM audit_scope s LEFT JOIN shown_engagement e ON e.id = s.engagement
JOIN shown_unit_under t ON t.unit = :unit AND t.above = coalesce(s.unit, e.unit) WHERE s.audit = :audit;

-- ---- Independence ----

-- query audit_belongs(int audit, int person, int since) one
-- column has int
SELECT count(*) AS has FROM audit_scope s JOIN shown_assignment a ON a.person = :person
	AND (a.until IS NULL OR a.until >= :since)
JOIN shown_unit_under t ON t.unit = a.unit AND t.above = s.unit WHERE s.audit = :audit;

-- query audit_stands_above(int audit, int unit) one
-- column has int
SELECT count(*) AS has FROM audit_scope s LEFT JOIN shown_engagement e ON e.id = s.engagement
JOIN shown_unit_under t ON t.unit = coalesce(s.unit, e.unit) AND t.above = :unit WHERE s.audit = :audit;

-- query audit_decided(int audit, int person, int since) one
-- column has int
SELECT count(*) AS has FROM shown_decision c JOIN shown_dossier d ON d.id = c.dossier
JOIN shown_unit_under t ON t.unit = d.unit JOIN audit_scope s ON s.unit = t.above
WHERE c.person = :person AND c.at >= :since AND s.audit = :audit;

-- query audit_works_for(int audit, int person, int since) one
-- column has int
SELECT count(*) AS has FROM audit_scope s JOIN shown_engagement e ON e.id = s.engagement
JOIN shown_engagement o ON o.firm = e.firm OR o.above = e.id
JOIN shown_worker w ON w.engagement = o.id AND w.person = :person AND (w.until IS NULL OR w.until >= :since)
WHERE s.audit = :audit;

-- ---- Auditors ----

-- query audit_auditor_add(int id, int audit, int person, bool is_lead, int now, int namer) do
INSERT INTO audit_auditor (id, audit, person, is_lead, named, namer) VALUES (:id, :audit, :person, :is_lead, :now, :namer);

-- query audit_auditor_end(int id, int now, text why) do
UPDATE audit_auditor SET ended = :now, ended_why = :why WHERE id = :id;

-- query audit_auditor_list(int audit, int most) many
-- column is_lead bool
-- column name text?
SELECT a.id, a.person, a.is_lead, a.named, a.ended, a.ended_why, p.name AS name
FROM audit_auditor a LEFT JOIN shown_person p ON p.id = a.person WHERE a.audit = :audit
ORDER BY a.ended IS NOT NULL, a.is_lead DESC, a.id LIMIT :most;

-- query audit_auditor_find(int audit, int person) maybe
-- column is_lead bool
SELECT id, is_lead FROM audit_auditor WHERE audit = :audit AND person = :person AND ended IS NULL;

-- query audit_auditor_open(int person) one
-- column has int
SELECT count(*) AS has FROM audit_auditor a JOIN audit_case c ON c.id = a.audit
WHERE a.person = :person AND a.ended IS NULL AND c.closed IS NULL;

-- ---- Items ----

-- query audit_item_add(int id, int audit, text clause) do
INSERT INTO audit_item (id, audit, clause) VALUES (:id, :audit, :clause);

-- query audit_item_list(int audit, int most) many
-- column name text?
SELECT i.id, i.clause, i.result, i.words, i.at, p.name AS name
FROM audit_item i LEFT JOIN shown_person p ON p.id = i.person WHERE i.audit = :audit ORDER BY i.id LIMIT :most;

-- query audit_item_find(int id, int audit) maybe
SELECT id, clause FROM audit_item WHERE id = :id AND audit = :audit;

-- query audit_item_of(int audit, text clause) maybe
SELECT id FROM audit_item WHERE audit = :audit AND clause = :clause;

-- query audit_item_sign(int id, text result, text words, int person, int now) do
UPDATE audit_item SET result = :result, words = :words, person = :person, at = :now WHERE id = :id;

-- ---- Samples ----

-- query audit_draw_add(int id, int audit, text seed, int most, text acts, int? since, int? until, text origin, int size, blob root, blob digest, int person, int now) do
INSERT INTO audit_draw (id, audit, seed, most, acts, since, until, origin, size, root, digest, person, at)
VALUES (:id, :audit, :seed, :most, :acts, :since, :until, :origin, :size, :root, :digest, :person, :now);

-- query audit_draw_list(int audit, int most) many
-- column count int
-- column looked int
-- column doubts int
-- column name text?
SELECT d.id, d.seed, d.most, d.acts, d.since, d.until, d.origin, d.size, d.root, d.digest, d.at, p.name AS name,
	(SELECT count(*) FROM audit_drawn n WHERE n.draw = d.id) AS count,
	(SELECT count(*) FROM audit_drawn n WHERE n.draw = d.id AND n.result IS NOT NULL) AS looked,
	(SELECT count(*) FROM audit_drawn n WHERE n.draw = d.id AND n.result = 'doubt') AS doubts
FROM audit_draw d LEFT JOIN shown_person p ON p.id = d.person WHERE d.audit = :audit ORDER BY d.id LIMIT :most;

-- query audit_drawn_add(int id, int draw, int place, int seq) do
INSERT INTO audit_drawn (id, draw, place, seq) VALUES (:id, :draw, :place, :seq);

-- query audit_drawn_list(int draw, int most) many
-- column name text?
SELECT n.id, n.place, n.seq, n.result, n.words, p.name AS name
FROM audit_drawn n LEFT JOIN shown_person p ON p.id = n.person WHERE n.draw = :draw ORDER BY n.place LIMIT :most;

-- query audit_drawn_find(int audit, int draw, int place) maybe
SELECT n.id, n.seq FROM audit_drawn n JOIN audit_draw d ON d.id = n.draw
WHERE d.audit = :audit AND n.draw = :draw AND n.place = :place;

-- query audit_drawn_set(int id, text result, text words, int person, int now) do
UPDATE audit_drawn SET result = :result, words = :words, person = :person, at = :now WHERE id = :id;

-- ---- Requests and papers ----

-- query audit_request_add(int id, int audit, int unit, text words, int due, int person, int now) do
INSERT INTO audit_request (id, audit, unit, words, due, person, at) VALUES (:id, :audit, :unit, :words, :due, :person, :now);

-- query audit_request_list(int audit, int most) many
-- column unit_name text?
-- column name text?
-- column title text
SELECT r.id, r.audit, r.unit, r.words, r.due, r.at, r.answer, r.answered, u.name AS unit_name, p.name AS name, c.title AS title
FROM audit_request r JOIN audit_case c ON c.id = r.audit LEFT JOIN shown_unit u ON u.id = r.unit
LEFT JOIN shown_person p ON p.id = r.answerer
WHERE r.audit = coalesce(nullif(:audit, 0), r.audit) AND (:audit <> 0 OR r.answered IS NULL) ORDER BY r.due, r.id LIMIT :most;

-- query audit_request_get(int id) maybe
SELECT id, audit, unit, words, due, answered FROM audit_request WHERE id = :id;

-- query audit_request_answer(int id, text words, int now, int person) do
UPDATE audit_request SET answer = :words, answered = :now, answerer = :person WHERE id = :id;

-- query audit_request_told(int id, int day) do
UPDATE audit_request SET told = :day WHERE id = :id;

-- query audit_paper_add(int id, int audit, int? item, int? request, text title, blob digest, text name, int size, int person, int now) do
INSERT INTO audit_paper (id, audit, item, request, title, digest, name, size, person, at)
VALUES (:id, :audit, :item, :request, :title, :digest, :name, :size, :person, :now);

-- query audit_paper_list(int audit, int most) many
-- column person_name text?
SELECT a.id, a.item, a.request, a.title, a.digest, a.name, a.size, a.at, p.name AS person_name
FROM audit_paper a LEFT JOIN shown_person p ON p.id = a.person WHERE a.audit = :audit ORDER BY a.id LIMIT :most;

-- ---- Points ----

-- query audit_point_new(int id, int audit, int number, text clause, int unit, text grade, text title, text words, text wish, int person, int now) do
INSERT INTO audit_point (id, audit, number, clause, unit, grade, title, words, wish, person, at, change)
VALUES (:id, :audit, :number, :clause, :unit, :grade, :title, :words, :wish, :person, :now, 1);

-- query audit_point_count(int audit) one
-- column points int
SELECT count(*) AS points FROM audit_point WHERE audit = :audit;

-- query audit_point_list(int audit, int most) many
-- column unit_name text?
-- column audit_title text
-- column is_reported bool
-- column is_done bool
SELECT p.id, p.audit, p.number, p.clause, p.unit, p.grade, p.title, p.words, p.wish, p.person, p.at, p.due, p.ordered,
	p.answered, p.settled, p.change, u.name AS unit_name, c.title AS audit_title,
	CASE WHEN c.reported IS NULL THEN 0 ELSE 1 END AS is_reported,
	CASE WHEN 'done' = (SELECT s.kind FROM audit_step s WHERE s.point = p.id ORDER BY s.id DESC LIMIT 1) THEN 1 ELSE 0 END AS is_done
FROM audit_point p JOIN audit_case c ON c.id = p.audit LEFT JOIN shown_unit u ON u.id = p.unit
WHERE p.audit = coalesce(nullif(:audit, 0), p.audit) AND (:audit <> 0 OR c.reported IS NOT NULL)
ORDER BY p.audit DESC, p.number LIMIT :most;

-- query audit_point_get(int id) maybe
-- column unit_name text?
-- column audit_title text
-- column is_reported bool
-- column is_done bool
SELECT p.id, p.audit, p.number, p.clause, p.unit, p.grade, p.title, p.words, p.wish, p.person, p.at, p.due, p.ordered,
	p.answered, p.settled, p.change, u.name AS unit_name, c.title AS audit_title,
	CASE WHEN c.reported IS NULL THEN 0 ELSE 1 END AS is_reported,
	CASE WHEN 'done' = (SELECT s.kind FROM audit_step s WHERE s.point = p.id ORDER BY s.id DESC LIMIT 1) THEN 1 ELSE 0 END AS is_done
FROM audit_point p JOIN audit_case c ON c.id = p.audit LEFT JOIN shown_unit u ON u.id = p.unit WHERE p.id = :id;

-- query audit_point_order(int id, int now, int due) do
UPDATE audit_point SET ordered = :now, due = :due, change = change + 1 WHERE id = :id;

-- query audit_point_answered(int id, int now) do
UPDATE audit_point SET answered = :now, change = change + 1 WHERE id = :id;

-- query audit_point_returned(int id) do
UPDATE audit_point SET answered = NULL, change = change + 1 WHERE id = :id;

-- query audit_point_settle(int id, int now) do
UPDATE audit_point SET settled = :now, change = change + 1 WHERE id = :id;

-- query audit_point_late(int day, int most) many
SELECT id, audit, number, unit, due, told, escalated FROM audit_point
WHERE ordered IS NOT NULL AND settled IS NULL AND due < :day ORDER BY id LIMIT :most;

-- query audit_point_told(int id, int? told, int? escalated) do
UPDATE audit_point SET told = :told, escalated = :escalated WHERE id = :id;

-- query audit_request_overdue(int day, int most) many
SELECT id, audit, unit, due, told FROM audit_request WHERE answered IS NULL AND due < :day ORDER BY id LIMIT :most;

-- query audit_step_add(int id, int point, text kind, text words, int? day, int person, text role, int deputy_for, int now) do
INSERT INTO audit_step (id, point, kind, words, day, person, role, deputy_for, at)
VALUES (:id, :point, :kind, :words, :day, :person, :role, nullif(:deputy_for, 0), :now);

-- query audit_step_list(int point, int most) many
-- column name text?
SELECT s.id, s.kind, s.words, s.day, s.person, s.at, p.name AS name
FROM audit_step s LEFT JOIN shown_person p ON p.id = s.person WHERE s.point = :point ORDER BY s.id LIMIT :most;

-- query audit_step_by(int point, int person) one
-- column has int
SELECT count(*) AS has FROM audit_step WHERE point = :point AND person = :person AND kind IN ('answer', 'done');

-- ---- Council ----

-- query audit_meeting_add(int id, int day, text title, text place, int now, int person) do
INSERT INTO audit_meeting (id, day, title, place, called, caller, change) VALUES (:id, :day, :title, :place, :now, :person, 1);

-- query audit_meeting_list(int most) many
-- column items int
-- column writer_name text?
SELECT m.id, m.day, m.title, m.place, m.called, m.minutes, m.present, m.held, m.change, p.name AS writer_name,
	(SELECT count(*) FROM audit_agenda a WHERE a.meeting = m.id) AS items
FROM audit_meeting m LEFT JOIN shown_person p ON p.id = m.writer ORDER BY m.day DESC, m.id DESC LIMIT :most;

-- query audit_meeting_get(int id) maybe
-- column items int
-- column writer_name text?
SELECT m.id, m.day, m.title, m.place, m.called, m.minutes, m.present, m.held, m.change, p.name AS writer_name,
	(SELECT count(*) FROM audit_agenda a WHERE a.meeting = m.id) AS items
FROM audit_meeting m LEFT JOIN shown_person p ON p.id = m.writer WHERE m.id = :id;

-- query audit_meeting_hold(int id, text minutes, text present, int now, int person) do
UPDATE audit_meeting SET minutes = :minutes, present = :present, held = :now, writer = :person, change = change + 1 WHERE id = :id;

-- query audit_meeting_touch(int id) do
UPDATE audit_meeting SET change = change + 1 WHERE id = :id;

-- query audit_agenda_add(int id, int meeting, int place, text kind, text? about, text title, text words) do
INSERT INTO audit_agenda (id, meeting, place, kind, about, title, words) VALUES (:id, :meeting, :place, :kind, :about, :title, :words);

-- query audit_agenda_list(int meeting, int most) many
SELECT a.id, a.place, a.kind, a.about, a.title, a.words, a.decision, a.decided, a.meeting, m.day
FROM audit_agenda a JOIN audit_meeting m ON m.id = a.meeting WHERE a.meeting = :meeting ORDER BY a.place LIMIT :most;

-- query audit_agenda_about(text about, int most) many
SELECT a.id, a.place, a.kind, a.about, a.title, a.words, a.decision, a.decided, a.meeting, m.day
FROM audit_agenda a JOIN audit_meeting m ON m.id = a.meeting WHERE a.about = :about ORDER BY a.id DESC LIMIT :most;

-- query audit_agenda_decide(int id, text decision, text words) do
UPDATE audit_agenda SET decision = :decision, decided = :words WHERE id = :id;

-- Decided, and not put off.
-- query audit_agenda_has(text about, text kind) one
-- column has int
SELECT count(*) AS has FROM audit_agenda WHERE about = :about AND kind = :kind AND decision IN ('noted', 'agreed');

-- ---- Review ----

-- query audit_review_add(int id, int year, text why, int since, int now, int person) do
INSERT INTO audit_review (id, year, why, since, started, starter, change) VALUES (:id, :year, :why, :since, :now, :person, 1);

-- query audit_review_list(int most) many
-- column decider_name text?
SELECT r.id, r.year, r.why, r.since, r.started, r.decided, r.decision, r.words, r.change, p.name AS decider_name
FROM audit_review r LEFT JOIN shown_person p ON p.id = r.decider ORDER BY r.id DESC LIMIT :most;

-- query audit_review_get(int id) maybe
-- column decider_name text?
SELECT r.id, r.year, r.why, r.since, r.started, r.decided, r.decision, r.words, r.change, p.name AS decider_name
FROM audit_review r LEFT JOIN shown_person p ON p.id = r.decider WHERE r.id = :id;

-- query audit_review_decide(int id, int now, int person, text decision, text words) do
UPDATE audit_review SET decided = :now, decider = :person, decision = :decision, words = :words, change = change + 1 WHERE id = :id;

-- query audit_review_touch(int id) do
UPDATE audit_review SET change = change + 1 WHERE id = :id;

-- query audit_input_list(int review, int most) many
-- column name text?
SELECT i.id, i.source, i.figures, i.words, p.name AS name
FROM audit_input i LEFT JOIN shown_person p ON p.id = i.person WHERE i.review = :review ORDER BY i.id LIMIT :most;

-- query audit_input_find(int review, text source) maybe
SELECT id, words FROM audit_input WHERE review = :review AND source = :source;

-- query audit_input_add(int id, int review, text source) do
INSERT INTO audit_input (id, review, source) VALUES (:id, :review, :source);

-- query audit_input_say(int id, text words, int person, int now) do
UPDATE audit_input SET words = :words, person = :person, at = :now WHERE id = :id;

-- query audit_input_fix(int id, text figures) do
UPDATE audit_input SET figures = :figures WHERE id = :id;

-- ---- What a review collects ----

-- query audit_figures(int since, int today) one
-- column reported int
-- column points int
-- column settled int
-- column late int
SELECT (SELECT count(*) FROM audit_case WHERE reported >= :since) AS reported,
	(SELECT count(*) FROM audit_point p JOIN audit_case c ON c.id = p.audit WHERE c.reported >= :since) AS points,
	(SELECT count(*) FROM audit_point p JOIN audit_case c ON c.id = p.audit WHERE c.reported >= :since AND p.settled IS NOT NULL) AS settled,
	(SELECT count(*) FROM audit_point p WHERE p.ordered IS NOT NULL AND p.settled IS NULL AND p.due < :today) AS late;

-- query audit_exception_figures(int since) one
-- column made int
-- column open int
SELECT (SELECT count(*) FROM shown_exception e JOIN shown_permit t ON t.id = e.permit WHERE t.issued >= :since) AS made,
	(SELECT count(*) FROM shown_exception e WHERE e.closed IS NULL) AS open;

-- query audit_report_figures(int since) one
-- column made int
-- column late int
SELECT count(*) AS made, count(CASE WHEN r.sent > r.due THEN 1 END) AS late FROM shown_report r WHERE r.sent >= :since;

-- query audit_refusal_figures(int since) one
-- column decided int
-- column refused int
SELECT count(*) AS decided, count(CASE WHEN verdict = 'refuse' THEN 1 END) AS refused FROM shown_decision WHERE at >= :since;

-- query audit_council_figures(int since) one
-- column held int
-- column decided int
SELECT (SELECT count(*) FROM audit_meeting WHERE held >= :since) AS held,
	(SELECT count(*) FROM audit_agenda a JOIN audit_meeting m ON m.id = a.meeting WHERE m.held >= :since AND a.decision = 'agreed') AS decided;

-- query audit_incident_figures(int since) one
-- column made int
-- column confirmed int
-- column open int
SELECT (SELECT count(*) FROM shown_incident WHERE is_drill = 0 AND entered >= :since) AS made,
	(SELECT count(*) FROM shown_incident WHERE is_drill = 0 AND entered >= :since AND verdict = 'incident') AS confirmed,
	(SELECT count(*) FROM shown_incident WHERE is_drill = 0 AND state NOT IN ('closed', 'dismissed')) AS open;

-- query audit_incident_kinds(int since, int most) many
-- column made int
SELECT kind, count(*) AS made FROM shown_incident WHERE is_drill = 0 AND entered >= :since
GROUP BY kind ORDER BY count(*) DESC, kind LIMIT :most;

-- query audit_duty_figures(int since, int today) one
-- column due int
-- column done int
-- column excused int
-- column late int
SELECT count(CASE WHEN due >= :since AND due < :today THEN 1 END) AS due,
	count(CASE WHEN due >= :since AND due < :today AND state = 'done' THEN 1 END) AS done,
	count(CASE WHEN due >= :since AND due < :today AND state = 'excused' THEN 1 END) AS excused,
	count(CASE WHEN due < :today AND state = 'open' THEN 1 END) AS late
FROM shown_occurrence WHERE state <> 'dropped';

-- ---- How it stands ----

-- query audit_stand_cases(int year, int since) one
-- column planned int
-- column begun int
-- column untold int
-- column unnamed int
-- column reported int?
-- column outside int?
-- column reports int
SELECT (SELECT count(*) FROM audit_case WHERE year = :year) AS planned,
	(SELECT count(*) FROM audit_case WHERE begun >= :since) AS begun,
	(SELECT count(*) FROM audit_case c WHERE c.begun >= :since AND NOT EXISTS (SELECT 1 FROM audit_agenda a
		WHERE a.about = 'audit:' || c.id AND a.kind = 'plan' AND a.decision IN ('noted', 'agreed'))) AS untold,
	(SELECT count(*) FROM audit_case c WHERE c.begun >= :since AND NOT EXISTS (SELECT 1 FROM audit_auditor a WHERE a.audit = c.id)) AS unnamed,
	(SELECT max(reported) FROM audit_case) AS reported,
	(SELECT max(reported) FROM audit_case WHERE kind = 'outside') AS outside,
	(SELECT count(*) FROM audit_case WHERE reported >= :since) AS reports;

-- query audit_stand_work(int since, int today) one
-- column unsigned_items int
-- column papers int
-- column without_papers int
-- column requests int
-- column requests_late int
SELECT (SELECT count(*) FROM audit_item i JOIN audit_case c ON c.id = i.audit WHERE c.reported >= :since AND i.result IS NULL) AS unsigned_items,
	(SELECT count(*) FROM audit_paper p JOIN audit_case c ON c.id = p.audit WHERE c.reported >= :since) AS papers,
	(SELECT count(*) FROM audit_case c WHERE c.reported >= :since AND NOT EXISTS (SELECT 1 FROM audit_paper p WHERE p.audit = c.id)) AS without_papers,
	(SELECT count(*) FROM audit_request r WHERE r.at >= :since) AS requests,
	(SELECT count(*) FROM audit_request r WHERE r.at >= :since AND r.answered IS NULL AND r.due < :today) AS requests_late;

-- query audit_stand_points(int since, int today) one
-- column points int
-- column unordered int
-- column open int
-- column late int
SELECT (SELECT count(*) FROM audit_point p JOIN audit_case c ON c.id = p.audit WHERE c.reported >= :since) AS points,
	(SELECT count(*) FROM audit_point p JOIN audit_case c ON c.id = p.audit WHERE c.reported IS NOT NULL AND p.ordered IS NULL
		AND p.settled IS NULL) AS unordered,
	(SELECT count(*) FROM audit_point WHERE ordered IS NOT NULL AND settled IS NULL) AS open,
	(SELECT count(*) FROM audit_point WHERE ordered IS NOT NULL AND settled IS NULL AND due < :today) AS late;

-- query audit_stand_council(int since) one
-- column unreceived int
-- column undecided int
-- column improvements int
-- column met int?
SELECT (SELECT count(*) FROM audit_case WHERE reported >= :since AND received IS NULL) AS unreceived,
	(SELECT count(*) FROM audit_case c WHERE c.reported >= :since AND NOT EXISTS (SELECT 1 FROM audit_agenda a
		WHERE a.about = 'audit:' || c.id AND a.kind = 'result' AND a.decision IN ('noted', 'agreed'))) AS undecided,
	(SELECT count(*) FROM audit_agenda a JOIN audit_meeting m ON m.id = a.meeting WHERE a.kind = 'improvement'
		AND a.decision = 'agreed' AND m.held >= coalesce((SELECT max(reported) FROM audit_case WHERE received IS NOT NULL), 0)) AS improvements,
	(SELECT max(held) FROM audit_meeting) AS met;

-- query audit_stand_review(int unused) one
-- column reviewed int?
-- column used int
SELECT (SELECT max(decided) FROM audit_review) AS reviewed,
	(SELECT count(*) FROM audit_input i WHERE i.source = 'audits' AND coalesce(i.words, '') <> ''
		AND i.review = (SELECT r.id FROM audit_review r WHERE r.decided IS NOT NULL ORDER BY r.id DESC LIMIT 1)) AS used
WHERE :unused = 0;

-- query audit_kept_of(int person) one
-- column named int
-- column signed_items int
-- column steps int
SELECT (SELECT count(*) FROM audit_auditor WHERE person = :person) AS named,
	(SELECT count(*) FROM audit_item WHERE person = :person) AS signed_items,
	(SELECT count(*) FROM audit_step WHERE person = :person) AS steps;
