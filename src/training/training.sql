-- ---- Plans ----

-- query training_plan_add(int id, int year, int now, int? person) do
INSERT INTO training_plan (id, year, state, made, made_by, change) VALUES (:id, :year, 'open', :now, :person, 1);

-- query training_plan_get(int id) maybe
-- column decided_name text?
SELECT p.id, p.year, p.state, p.made, p.decided, p.decided_by, p.decided_role, p.reported, p.reported_where, p.change,
	q.name AS decided_name
FROM training_plan p LEFT JOIN shown_person q ON q.id = p.decided_by WHERE p.id = :id;

-- query training_plan_by_year(int year) maybe
SELECT id FROM training_plan WHERE year = :year;

-- query training_plan_years(int most) many
SELECT year FROM training_plan ORDER BY year DESC LIMIT :most;

-- query training_plan_set_decided(int id, int now, int? person, text role) do
UPDATE training_plan SET state = 'decided', decided = :now, decided_by = :person, decided_role = :role,
	change = change + 1 WHERE id = :id;

-- query training_plan_set_reported(int id, int day, text place) do
UPDATE training_plan SET reported = :day, reported_where = :place, change = change + 1 WHERE id = :id;

-- query training_plan_touch(int id) do
UPDATE training_plan SET change = change + 1 WHERE id = :id;

-- query training_reported_last() one
-- column day int?
SELECT max(reported) AS day FROM training_plan;

-- query training_item_add(int id, int plan, text course, int begins, int due) do
INSERT INTO training_item (id, plan, course, begins, due, place) VALUES (:id, :plan, :course, :begins, :due, '');

-- query training_item_get(int id) maybe
SELECT id, plan, course, begins, due, place, opened FROM training_item WHERE id = :id;

-- query training_item_change(int id, int begins, int due, text place) do
UPDATE training_item SET begins = :begins, due = :due, place = :place WHERE id = :id;

-- query training_item_list(int plan, int most) many
SELECT i.id, i.plan, i.course, i.begins, i.due, i.place, i.opened
FROM training_item i WHERE i.plan = :plan ORDER BY i.begins, i.id LIMIT :most;

-- A course in a year, counted as training_count_list counts it: everybody once, who serves on the day.
-- query training_item_count(text course, int since, int until, int day, int today) one
-- column asked int
-- column passed int?
-- column excused int?
-- column waiting int?
-- column late int?
SELECT count(*) AS asked, sum(CASE WHEN e.state = 'passed' THEN 1 ELSE 0 END) AS passed,
	sum(CASE WHEN e.state = 'excused' THEN 1 ELSE 0 END) AS excused,
	sum(CASE WHEN e.state = 'open' THEN 1 ELSE 0 END) AS waiting,
	sum(CASE WHEN e.state = 'open' AND e.due < :today THEN 1 ELSE 0 END) AS late
FROM training_enrolment e JOIN shown_assignment a ON a.person = e.person JOIN shown_unit u ON u.id = a.unit
WHERE e.course = :course AND e.since >= :since AND e.since <= :until AND e.state <> 'ended' AND e.why <> 'drill'
	AND a.is_main = 1 AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
	AND NOT EXISTS (SELECT 1 FROM training_enrolment n WHERE n.person = e.person AND n.course = e.course
		AND n.id > e.id AND n.since <= :until AND n.state <> 'ended' AND n.why <> 'drill');

-- Courses whose people are asked now: begun, and not over, or not opened yet.
-- query training_item_running(int today, int most) many
SELECT i.id, i.course, i.begins, i.due, i.opened FROM training_item i JOIN training_plan p ON p.id = i.plan
WHERE p.state = 'decided' AND i.begins <= :today AND (i.due >= :today OR i.opened IS NULL)
ORDER BY i.begins, i.id LIMIT :most;

-- query training_item_open(int id, int due, int now) do
UPDATE training_item SET opened = :now, due = :due WHERE id = :id;

-- Courses that are over with people missing, whose heads were not told.
-- query training_item_to_head(int today, int most) many
SELECT i.id, i.course, i.due FROM training_item i
WHERE i.opened IS NOT NULL AND i.headed IS NULL AND i.due < :today ORDER BY i.id LIMIT :most;

-- Did anybody take it?
-- query training_item_taken(int item) one
-- column taken int
SELECT count(*) AS taken FROM training_enrolment e WHERE e.item = :item AND e.state = 'passed';

-- query training_item_headed(int id, int now) do
UPDATE training_item SET headed = :now WHERE id = :id;

-- query training_item_units(int item, int today, int most) many
-- column missing int
SELECT a.unit, count(*) AS missing FROM training_enrolment e JOIN shown_assignment a ON a.person = e.person
WHERE e.item = :item AND e.state = 'open' AND a.is_main = 1 AND (a.since IS NULL OR a.since <= :today)
	AND (a.until IS NULL OR a.until >= :today)
GROUP BY a.unit ORDER BY a.unit LIMIT :most;

-- ---- Audiences ----

-- Who serves with a post, holds the role ('': any), is employed so (',fiscal,'; '': any), began on `served` or later
-- (0: whenever), and has not been asked to take the course since the day `since`.
-- query training_lacking(text role, text employments, int served, text course, int since, int today, int most) many
SELECT DISTINCT a.person FROM shown_assignment a JOIN shown_person p ON p.id = a.person
WHERE (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.until IS NULL OR p.until >= :today)
	AND (:role = '' OR EXISTS (SELECT 1 FROM shown_post_role r WHERE r.post = a.post AND r.role = :role
		AND (r.since IS NULL OR r.since <= :today) AND (r.until IS NULL OR r.until >= :today)))
	AND (:employments = '' OR instr(:employments, ',' || p.employment || ',') > 0)
	AND (:served = 0 OR p.since >= :served)
	AND NOT EXISTS (SELECT 1 FROM training_enrolment e WHERE e.person = a.person AND e.course = :course
		AND e.since >= :since)
ORDER BY a.person LIMIT :most;

-- query training_members(text role, text employments, int served, int unit, int today, int after, int most) many
-- column person int
SELECT DISTINCT a.person AS person FROM shown_assignment a JOIN shown_person p ON p.id = a.person
WHERE a.person > :after AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.until IS NULL OR p.until >= :today)
	AND (:role = '' OR EXISTS (SELECT 1 FROM shown_post_role r WHERE r.post = a.post AND r.role = :role
		AND (r.since IS NULL OR r.since <= :today) AND (r.until IS NULL OR r.until >= :today)))
	AND (:employments = '' OR instr(:employments, ',' || p.employment || ',') > 0)
	AND (:served = 0 OR p.since >= :served)
	AND (:unit = 0 OR EXISTS (SELECT 1 FROM shown_unit_under u WHERE u.unit = a.unit AND u.above = :unit))
ORDER BY a.person LIMIT :most;

-- ---- Enrolments ----

-- query training_enrolment_add(int id, text course, int person, text why, int? item, int? drill, int since, int due) do
INSERT INTO training_enrolment (id, course, person, why, item, drill, since, due, state, tries, times)
VALUES (:id, :course, :person, :why, :item, :drill, :since, :due, 'open', 0, 0);

-- query training_enrolment_get(int id, int today) maybe
-- column number text?
-- column name text?
-- column unit int?
SELECT e.id, e.course, e.person, e.why, e.since, e.due, e.state, e.ended, e.how, e.score, e.tries, e.stand_in, e.words,
	p.number AS number, p.name AS name,
	(SELECT a.unit FROM shown_assignment a WHERE a.person = e.person AND (a.since IS NULL OR a.since <= :today)
		AND (a.until IS NULL OR a.until >= :today) ORDER BY a.is_main DESC, a.id LIMIT 1) AS unit
FROM training_enrolment e LEFT JOIN shown_person p ON p.id = e.person WHERE e.id = :id;

-- query training_enrolment_of(int person, int most) many
SELECT id FROM training_enrolment WHERE person = :person AND state <> 'ended'
ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, CASE WHEN state = 'open' THEN due ELSE -since END, id LIMIT :most;

-- query training_enrolment_open(int person, text course) maybe
SELECT id FROM training_enrolment WHERE person = :person AND course = :course AND state = 'open'
ORDER BY due, id LIMIT 1;

-- query training_enrolment_missing(int unit, text course, int today, int most) many
SELECT e.id FROM training_enrolment e
WHERE e.state = 'open' AND e.why <> 'drill' AND (:course = '' OR e.course = :course)
	AND EXISTS (SELECT 1 FROM shown_assignment a WHERE a.person = e.person AND a.is_main = 1
		AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
		AND (:unit = 0 OR EXISTS (SELECT 1 FROM shown_unit_under u WHERE u.unit = a.unit AND u.above = :unit)))
ORDER BY e.due, e.id LIMIT :most;

-- query training_late_in(int unit, int today) one
-- column late int
SELECT count(*) AS late FROM training_enrolment e
WHERE e.state = 'open' AND e.why <> 'drill' AND e.due < :today
	AND EXISTS (SELECT 1 FROM shown_assignment a JOIN shown_unit_under u ON u.unit = a.unit
		WHERE a.person = e.person AND a.is_main = 1 AND (a.since IS NULL OR a.since <= :today)
		AND (a.until IS NULL OR a.until >= :today) AND u.above = :unit);

-- query training_count_list(int since, int today, int most) many
-- column asked int
-- column passed int
-- column excused int
-- column late int
SELECT a.unit, u.name AS unit_name, e.course, count(*) AS asked,
	sum(CASE WHEN e.state = 'passed' THEN 1 ELSE 0 END) AS passed,
	sum(CASE WHEN e.state = 'excused' THEN 1 ELSE 0 END) AS excused,
	sum(CASE WHEN e.state = 'open' AND e.due < :today THEN 1 ELSE 0 END) AS late
FROM training_enrolment e JOIN shown_assignment a ON a.person = e.person JOIN shown_unit u ON u.id = a.unit
WHERE e.since >= :since AND e.state <> 'ended' AND e.why <> 'drill' AND a.is_main = 1
	AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND NOT EXISTS (SELECT 1 FROM training_enrolment n WHERE n.person = e.person AND n.course = e.course
		AND n.id > e.id AND n.state <> 'ended' AND n.why <> 'drill')
GROUP BY a.unit, e.course ORDER BY u.code, a.unit, e.course LIMIT :most;

-- query training_enrolment_end(int id, text state, int now, text how, int? score, int? class, text? words) do
UPDATE training_enrolment SET state = :state, ended = :now, how = :how, score = :score, class = :class, words = :words
WHERE id = :id;

-- query training_enrolment_tried(int id) do
UPDATE training_enrolment SET tries = tries + 1 WHERE id = :id;

-- query training_enrolment_stood_in(int id, int stand_in, int class) do
UPDATE training_enrolment SET stand_in = :stand_in, class = :class WHERE id = :id;

-- query training_enrolment_told(int id, int now) do
UPDATE training_enrolment SET told = :now, times = times + 1 WHERE id = :id;

-- Never told, or told before `before` and due soon or late; five times at most.
-- query training_to_tell(int before, int now, int soon, int most) many
SELECT id, person, course, due, times, why FROM training_enrolment
WHERE state = 'open' AND (times = 0 OR (times < 5 AND (told <= :before OR told > :now) AND due <= :soon))
ORDER BY due, id LIMIT :most;

-- query training_left(int today, int most) many
SELECT e.id FROM training_enrolment e JOIN shown_person p ON p.id = e.person
WHERE e.state = 'open' AND p.until IS NOT NULL AND p.until < :today ORDER BY e.id LIMIT :most;

-- query training_share_of(text course, int today) one
-- column asked int
-- column passed int?
-- column excused int?
-- column waiting int?
-- column late int?
-- column due int?
-- column last int?
SELECT count(*) AS asked, sum(CASE WHEN e.state = 'passed' THEN 1 ELSE 0 END) AS passed,
	sum(CASE WHEN e.state = 'excused' THEN 1 ELSE 0 END) AS excused,
	sum(CASE WHEN e.state = 'open' THEN 1 ELSE 0 END) AS waiting,
	sum(CASE WHEN e.state = 'open' AND e.due < :today THEN 1 ELSE 0 END) AS late,
	min(CASE WHEN e.state = 'open' AND e.due >= :today THEN e.due ELSE NULL END) AS due,
	max(CASE WHEN e.state = 'passed' THEN e.ended ELSE NULL END) AS last
FROM training_enrolment e JOIN shown_person p ON p.id = e.person
WHERE e.course = :course AND e.state <> 'ended' AND (p.until IS NULL OR p.until >= :today)
	AND NOT EXISTS (SELECT 1 FROM training_enrolment n WHERE n.person = e.person AND n.course = e.course
		AND n.id > e.id AND n.state <> 'ended');

-- ---- Tries ----

-- query training_try_add(int id, int enrolment, int now, int asked, int right, bool is_passed, text given, blob pack) do
INSERT INTO training_try (id, enrolment, at, asked, "right", is_passed, given, pack)
VALUES (:id, :enrolment, :now, :asked, :right, :is_passed, :given, :pack);

-- query training_try_get(int id) maybe
-- column is_passed bool
SELECT t.id, t.enrolment, t.at, t.asked, t."right" AS right_count, t.is_passed, t.given, e.person
FROM training_try t JOIN training_enrolment e ON e.id = t.enrolment WHERE t.id = :id;

-- ---- Classes ----

-- query training_class_add(int id, text course, int held, text place, int attended, int stood_in, int now, int? by) do
INSERT INTO training_class (id, course, held, place, attended, stood_in, at, by)
VALUES (:id, :course, :held, :place, :attended, :stood_in, :now, :by);

-- query training_class_list(int most) many
SELECT id, course, held, place, attended, stood_in, at FROM training_class ORDER BY held DESC, id DESC LIMIT :most;

-- ---- Drills ----

-- query training_drill_add(int id, text lure, text audience, int? unit, int sends, int ends, int now, int? person) do
INSERT INTO training_drill (id, lure, audience, unit, sends, ends, state, made, made_by, without_mail)
VALUES (:id, :lure, :audience, :unit, :sends, :ends, 'planned', :now, :person, 0);

-- query training_drill_get(int id) maybe
-- column unit_name text?
-- column targets int
-- column opened int
-- column reported int
-- column both int
SELECT d.id, d.lure, d.audience, d.unit, d.sends, d.ends, d.state, d.without_mail, d.ended, u.name AS unit_name,
	(SELECT count(*) FROM training_target t WHERE t.drill = d.id) AS targets,
	(SELECT count(*) FROM training_target t WHERE t.drill = d.id AND t.opened IS NOT NULL) AS opened,
	(SELECT count(*) FROM training_target t WHERE t.drill = d.id AND t.reported IS NOT NULL) AS reported,
	(SELECT count(*) FROM training_target t WHERE t.drill = d.id AND t.opened IS NOT NULL
		AND t.reported IS NOT NULL) AS both
FROM training_drill d LEFT JOIN shown_unit u ON u.id = d.unit WHERE d.id = :id;

-- query training_drill_list(int most) many
SELECT id FROM training_drill ORDER BY sends DESC, id DESC LIMIT :most;

-- query training_drill_newest_ended() maybe
SELECT id FROM training_drill WHERE state = 'ended' ORDER BY ended DESC, id DESC LIMIT 1;

-- query training_drill_to_send(int now, int most) many
SELECT id, lure, audience, unit, ends FROM training_drill
WHERE state IN ('planned', 'sending') AND sends <= :now ORDER BY sends, id LIMIT :most;

-- query training_drill_to_end(int today, int most) many
SELECT id, made_by FROM training_drill WHERE state = 'running' AND ends < :today ORDER BY ends, id LIMIT :most;

-- query training_drill_set(int id, text state) do
UPDATE training_drill SET state = :state WHERE id = :id;

-- query training_drill_sent(int id, int without_mail, int ends) do
UPDATE training_drill SET without_mail = without_mail + :without_mail, ends = :ends WHERE id = :id;

-- query training_drill_end(int id, int now) do
UPDATE training_drill SET state = 'ended', ended = :now WHERE id = :id;

-- query training_target_add(int id, int drill, int person, int? unit, blob token, int now) do
INSERT INTO training_target (id, drill, person, unit, token, sent) VALUES (:id, :drill, :person, :unit, :token, :now);

-- query training_target_last(int drill) one
-- column person int?
SELECT max(person) AS person FROM training_target WHERE drill = :drill;

-- query training_target_by_token(blob token) maybe
SELECT t.id, t.drill, t.person, t.opened, d.lure, d.state, d.ends
FROM training_target t JOIN training_drill d ON d.id = t.drill WHERE t.token = :token;

-- query training_target_opened(int id, int now) do
UPDATE training_target SET opened = :now WHERE id = :id;

-- query training_target_reported(int id, int now) do
UPDATE training_target SET reported = :now WHERE id = :id;

-- Drills running now in which the person is, or which ended not long ago.
-- query training_target_of(int person, int most) many
SELECT t.id, t.drill, t.reported, d.lure FROM training_target t JOIN training_drill d ON d.id = t.drill
WHERE t.person = :person AND d.state IN ('sending', 'running') ORDER BY d.sends DESC, d.id DESC LIMIT :most;

-- query training_target_units(int drill, int most) many
-- column unit int
-- column name text?
-- column targets int
-- column opened int
-- column reported int
-- column ignored int
SELECT coalesce(t.unit, 0) AS unit, u.name AS name, count(*) AS targets,
	sum(CASE WHEN t.opened IS NOT NULL THEN 1 ELSE 0 END) AS opened,
	sum(CASE WHEN t.reported IS NOT NULL THEN 1 ELSE 0 END) AS reported,
	sum(CASE WHEN t.opened IS NULL AND t.reported IS NULL THEN 1 ELSE 0 END) AS ignored
FROM training_target t LEFT JOIN shown_unit u ON u.id = t.unit
WHERE t.drill = :drill GROUP BY coalesce(t.unit, 0) ORDER BY coalesce(t.unit, 0) LIMIT :most;

-- query training_target_persons(int drill, int most) many
-- column number text?
-- column name text?
-- column unit_name text?
SELECT t.person, t.opened, t.reported, p.number AS number, p.name AS name, u.name AS unit_name
FROM training_target t LEFT JOIN shown_person p ON p.id = t.person LEFT JOIN shown_unit u ON u.id = t.unit
WHERE t.drill = :drill AND (t.opened IS NOT NULL OR t.reported IS NOT NULL) ORDER BY t.opened, t.id LIMIT :most;

-- query training_report_add(int id, int person, int now, int? drill, text subject, text words, bool is_opened) do
INSERT INTO training_report (id, person, at, drill, subject, words, is_opened)
VALUES (:id, :person, :now, :drill, :subject, :words, :is_opened);

-- query training_report_list(int today, int most) many
-- column is_opened bool
-- column number text?
-- column name text?
-- column unit_name text?
SELECT r.id, r.person, r.at, r.subject, r.words, r.is_opened, p.number AS number, p.name AS name,
	(SELECT u.name FROM shown_assignment a JOIN shown_unit u ON u.id = a.unit WHERE a.person = r.person
		AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
		ORDER BY a.is_main DESC, a.id LIMIT 1) AS unit_name
FROM training_report r LEFT JOIN shown_person p ON p.id = r.person
WHERE r.drill IS NULL ORDER BY r.id DESC LIMIT :most;

-- Of drills that are over alone: nobody learns from a page that one is running.
-- query training_kept_of(int person) one
-- column tries int
-- column drills int
-- column opened int
-- column reported int
-- column suspicious int
SELECT (SELECT count(*) FROM training_try t JOIN training_enrolment e ON e.id = t.enrolment WHERE e.person = :person) AS tries,
	(SELECT count(*) FROM training_target t JOIN training_drill d ON d.id = t.drill
		WHERE t.person = :person AND d.state = 'ended') AS drills,
	(SELECT count(*) FROM training_target t JOIN training_drill d ON d.id = t.drill
		WHERE t.person = :person AND d.state = 'ended' AND t.opened IS NOT NULL) AS opened,
	(SELECT count(*) FROM training_target t JOIN training_drill d ON d.id = t.drill
		WHERE t.person = :person AND d.state = 'ended' AND t.reported IS NOT NULL) AS reported,
	(SELECT count(*) FROM training_report r WHERE r.person = :person AND r.drill IS NULL) AS suspicious;
