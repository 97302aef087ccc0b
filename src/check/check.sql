-- ---- Campaigns ----

-- query check_campaign_add(int id, text checklist, text asks, text title, int since, int until, int planned, int? person) do
INSERT INTO check_campaign (id, checklist, asks, title, state, since, until, planned, planned_by)
VALUES (:id, :checklist, :asks, :title, 'planned', :since, :until, :planned, :person);

-- query check_unit_add(int id, int campaign, int unit) do
INSERT INTO check_campaign_unit (id, campaign, unit) VALUES (:id, :campaign, :unit);

-- query check_unit_list(int campaign, int most) many
-- column name text?
SELECT cu.id, cu.unit, u.name AS name FROM check_campaign_unit cu LEFT JOIN shown_unit u ON u.id = cu.unit
WHERE cu.campaign = :campaign ORDER BY cu.id LIMIT :most;

-- query check_campaign_get(int id) maybe
-- column planned_name text?
-- column opened_name text?
-- column closed_name text?
SELECT c.id, c.checklist, c.asks, c.title, c.state, c.since, c.until, c.planned, c.opened, c.closed, c.words, c.told, c.escalated,
	p.name AS planned_name, o.name AS opened_name, d.name AS closed_name
FROM check_campaign c LEFT JOIN shown_person p ON p.id = c.planned_by LEFT JOIN shown_person o ON o.id = c.opened_by
	LEFT JOIN shown_person d ON d.id = c.closed_by
WHERE c.id = :id;

-- query check_campaign_list(int most) many
SELECT id FROM check_campaign WHERE state <> 'withdrawn' ORDER BY since DESC, id DESC LIMIT :most;

-- query check_campaigns_in(text state, int most) many
SELECT id, checklist, since, until, told, escalated FROM check_campaign WHERE state = :state ORDER BY id LIMIT :most;

-- query check_campaign_open(int id, int at, int? person) do
UPDATE check_campaign SET state = 'open', opened = :at, opened_by = :person WHERE id = :id;

-- query check_campaign_close(int id, int at, int? person, text words) do
UPDATE check_campaign SET state = 'closed', closed = :at, closed_by = :person, words = :words WHERE id = :id;

-- query check_campaign_withdraw(int id, int at, int? person) do
UPDATE check_campaign SET state = 'withdrawn', closed = :at, closed_by = :person WHERE id = :id;

-- query check_campaign_told(int id, int at) do
UPDATE check_campaign SET told = :at WHERE id = :id;

-- query check_campaign_escalated(int id, int at) do
UPDATE check_campaign SET escalated = :at WHERE id = :id;

-- query check_tally(int campaign) one
-- column asked int
-- column answered int
-- column yes int
-- column no int
-- column na int
SELECT count(*) AS asked, coalesce(sum(CASE WHEN done IS NOT NULL THEN 1 ELSE 0 END), 0) AS answered,
	coalesce(sum(yes), 0) AS yes, coalesce(sum(no), 0) AS no, coalesce(sum(na), 0) AS na
FROM check_sheet WHERE campaign = :campaign AND is_excused = 0;

-- The campaign that says how things stand: the newest of the checklist that is over.
-- query check_newest_over(text checklist, int today) maybe
SELECT id, opened, until FROM check_campaign
WHERE checklist = :checklist AND (state = 'closed' OR (state = 'open' AND until < :today)) ORDER BY opened DESC, id DESC LIMIT 1;

-- query check_newest_running(text checklist, int today) maybe
SELECT id, opened, until FROM check_campaign
WHERE checklist = :checklist AND state = 'open' AND until >= :today ORDER BY opened DESC, id DESC LIMIT 1;

-- ---- Items ----

-- query check_item_add(int id, int campaign, int place, text code, text ja, text en, text help_ja, text help_en, text clauses, bool may_not_apply) do
INSERT INTO check_item (id, campaign, place, code, ja, en, help_ja, help_en, clauses, may_not_apply)
VALUES (:id, :campaign, :place, :code, :ja, :en, :help_ja, :help_en, :clauses, :may_not_apply);

-- query check_item_list(int campaign, int most) many
-- column may_not_apply bool
SELECT id, code, ja, en, help_ja, help_en, clauses, may_not_apply FROM check_item WHERE campaign = :campaign ORDER BY place LIMIT :most;

-- query check_item_tally(int campaign, int today, int most) many
-- column no int
-- column na int
-- column open int
-- column late int
SELECT a.item, coalesce(sum(CASE WHEN a.answer = 'no' THEN 1 ELSE 0 END), 0) AS no,
	coalesce(sum(CASE WHEN a.answer = 'na' THEN 1 ELSE 0 END), 0) AS na,
	coalesce(sum(CASE WHEN a.answer = 'no' AND a.done IS NULL THEN 1 ELSE 0 END), 0) AS open,
	coalesce(sum(CASE WHEN a.answer = 'no' AND a.done IS NULL AND a.due < :today THEN 1 ELSE 0 END), 0) AS late
FROM check_item i JOIN check_answer a ON a.item = i.id
WHERE i.campaign = :campaign GROUP BY a.item ORDER BY a.item LIMIT :most;

-- Late improvements of every campaign, by question: each is a finding.
-- query check_late_items(int today, int most) many
-- column late int
SELECT i.id, i.campaign, c.checklist, c.title, i.code, i.ja, i.en, i.clauses, count(*) AS late
FROM check_answer a JOIN check_item i ON i.id = a.item JOIN check_campaign c ON c.id = i.campaign
WHERE a.answer = 'no' AND a.done IS NULL AND a.due < :today
GROUP BY i.id, i.campaign, c.checklist, c.title, i.code, i.ja, i.en, i.clauses ORDER BY i.id LIMIT :most;

-- ---- Who is asked ----

-- query check_units_within(int campaign, int most) many
SELECT DISTINCT w.unit FROM check_campaign_unit cu JOIN shown_unit_under w ON w.above = cu.unit
WHERE cu.campaign = :campaign ORDER BY w.unit LIMIT :most;

-- query check_serving(int today) each
SELECT a.person, a.unit FROM shown_assignment a JOIN shown_person p ON p.id = a.person
WHERE (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.since IS NULL OR p.since <= :today) AND (p.until IS NULL OR p.until >= :today)
ORDER BY a.person, a.is_main DESC, a.id;

-- query check_heads(text role, int today) each
SELECT DISTINCT p.unit FROM shown_post_role r JOIN shown_post p ON p.id = r.post JOIN shown_assignment a ON a.post = p.id
JOIN shown_person h ON h.id = a.person
WHERE r.role = :role AND (r.since IS NULL OR r.since <= :today) AND (r.until IS NULL OR r.until >= :today)
	AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (h.until IS NULL OR h.until >= :today)
ORDER BY p.unit;

-- query check_rows(text ledger, int most) many
SELECT id, owner FROM shown_row WHERE ledger = :ledger AND is_retired = 0 ORDER BY id LIMIT :most;

-- ---- Sheets ----

-- query check_sheet_add(int id, int campaign, int? person, int unit, int? row) do
INSERT INTO check_sheet (id, campaign, person, unit, "row", yes, no, na, is_excused) VALUES (:id, :campaign, :person, :unit, :row, 0, 0, 0, 0);

-- query check_sheet_get(int id) maybe
-- column is_excused bool
-- column unit_name text?
-- column person_name text?
-- column row_title text?
-- column done_name text?
SELECT s.id, s.campaign, s.person, s.unit, s."row" AS row_id, s.done, s.yes, s.no, s.na, s.is_excused, c.checklist, c.asks, c.title, c.state,
	c.since, c.until, u.name AS unit_name, p.name AS person_name, r.title AS row_title, d.name AS done_name
FROM check_sheet s JOIN check_campaign c ON c.id = s.campaign LEFT JOIN shown_unit u ON u.id = s.unit
	LEFT JOIN shown_person p ON p.id = s.person LEFT JOIN shown_row r ON r.id = s."row" LEFT JOIN shown_person d ON d.id = s.done_by
WHERE s.id = :id;

-- query check_sheets_of_person(int person, int most) many
SELECT s.id, s.done FROM check_sheet s JOIN check_campaign c ON c.id = s.campaign
WHERE s.person = :person AND c.state = 'open' AND s.is_excused = 0 ORDER BY c.until, s.id LIMIT :most;

-- query check_sheets_of_units(int most) many
SELECT s.id, s.unit, s.done, c.checklist FROM check_campaign c JOIN check_sheet s ON s.campaign = c.id AND s.person IS NULL
WHERE c.state = 'open' ORDER BY c.until, s.id LIMIT :most;

-- By unit, then who: for those to whom answers are shown by name.
-- query check_sheets_in(int campaign, int unit, int most) many
-- column number text?
-- column name text?
-- column title text?
SELECT s.id, s.unit, s.done, s.no, s.na, s.is_excused, p.number AS number, p.name AS name, r.title AS title
FROM check_sheet s LEFT JOIN shown_person p ON p.id = s.person LEFT JOIN shown_row r ON r.id = s."row"
WHERE s.campaign = :campaign AND s.unit = :unit ORDER BY p.number, s.id LIMIT :most;

-- query check_unit_tally(int campaign, int today, int most) many
-- column name text?
-- column code text?
-- column asked int
-- column answered int
-- column no int
-- column open int
-- column late int
SELECT s.unit, u.name AS name, u.code AS code, count(*) AS asked,
	coalesce(sum(CASE WHEN s.done IS NOT NULL THEN 1 ELSE 0 END), 0) AS answered, coalesce(sum(s.no), 0) AS no,
	(SELECT count(*) FROM check_sheet x JOIN check_answer a ON a.sheet = x.id
		WHERE x.campaign = :campaign AND x.unit = s.unit AND a.answer = 'no' AND a.done IS NULL) AS open,
	(SELECT count(*) FROM check_sheet x JOIN check_answer a ON a.sheet = x.id
		WHERE x.campaign = :campaign AND x.unit = s.unit AND a.answer = 'no' AND a.done IS NULL AND a.due < :today) AS late
FROM check_sheet s LEFT JOIN shown_unit u ON u.id = s.unit
WHERE s.campaign = :campaign AND s.is_excused = 0 GROUP BY s.unit, u.name, u.code ORDER BY u.code, s.unit LIMIT :most;

-- query check_sheet_done(int id, int done, int? person, int? deputy_for, text? role, int yes, int no, int na) do
UPDATE check_sheet SET done = :done, done_by = :person, deputy_for = :deputy_for, role = :role, yes = :yes, no = :no, na = :na WHERE id = :id;

-- Whoever has left by the end of a campaign is not counted among those who did not answer.
-- query check_left(int campaign, int today, int most) many
SELECT s.id FROM check_sheet s JOIN shown_person p ON p.id = s.person
WHERE s.campaign = :campaign AND s.done IS NULL AND s.is_excused = 0 AND p.until IS NOT NULL AND p.until < :today ORDER BY s.id LIMIT :most;

-- query check_sheet_excuse(int id) do
UPDATE check_sheet SET is_excused = 1 WHERE id = :id;

-- ---- Answers ----

-- query check_answer_add(int id, int sheet, int item, text answer, text words, int? due) do
INSERT INTO check_answer (id, sheet, item, answer, words, due) VALUES (:id, :sheet, :item, :answer, :words, :due);

-- query check_answers_of(int sheet, int most) many
SELECT id, item, answer, words, due, done, done_words FROM check_answer WHERE sheet = :sheet ORDER BY id LIMIT :most;

-- query check_answer_get(int id) maybe
-- column unit_name text?
-- column row_title text?
SELECT a.id, a.sheet, a.item, a.answer, a.words, a.due, a.done, a.done_words, a.told, a.escalated, i.code, i.ja, i.en, i.clauses,
	s.person, s.unit, c.id AS campaign, c.checklist, c.title, u.name AS unit_name, r.title AS row_title
FROM check_answer a JOIN check_item i ON i.id = a.item JOIN check_sheet s ON s.id = a.sheet JOIN check_campaign c ON c.id = s.campaign
	LEFT JOIN shown_unit u ON u.id = s.unit LEFT JOIN shown_row r ON r.id = s."row"
WHERE a.id = :id;

-- query check_improves_of_person(int person, int most) many
SELECT a.id FROM check_sheet s JOIN check_answer a ON a.sheet = s.id
WHERE s.person = :person AND a.answer = 'no' AND a.done IS NULL ORDER BY a.due, a.id LIMIT :most;

-- query check_improves_of_units(int most) many
SELECT a.id, s.unit, c.checklist FROM check_answer a JOIN check_sheet s ON s.id = a.sheet JOIN check_campaign c ON c.id = s.campaign
WHERE a.answer = 'no' AND a.done IS NULL AND s.person IS NULL ORDER BY a.due, a.id LIMIT :most;

-- query check_answer_done(int id, int done, int? person, text words) do
UPDATE check_answer SET done = :done, done_by = :person, done_words = :words WHERE id = :id;

-- query check_answer_move(int id, int due, text words) do
UPDATE check_answer SET due = :due, words = :words, told = NULL WHERE id = :id;

-- ---- The clock ----

-- Told at a time to come is told by a clock that was wrong: told again.
-- query check_to_tell(int campaign, int before, int now, int today, int most) many
SELECT s.id, s.person, s.unit FROM check_sheet s LEFT JOIN shown_person p ON p.id = s.person
WHERE s.campaign = :campaign AND s.done IS NULL AND s.is_excused = 0 AND (s.told IS NULL OR s.told < :before OR s.told > :now)
	AND (s.person IS NULL OR p.until IS NULL OR p.until >= :today)
ORDER BY s.id LIMIT :most;

-- query check_sheet_told(int id, int at) do
UPDATE check_sheet SET told = :at WHERE id = :id;

-- query check_improves_to_tell(int until, int before, int now, int most) many
SELECT id FROM check_answer WHERE answer = 'no' AND done IS NULL AND due <= :until AND (told IS NULL OR told < :before OR told > :now) ORDER BY due, id LIMIT :most;

-- query check_answer_told(int id, int at) do
UPDATE check_answer SET told = :at WHERE id = :id;

-- query check_answer_escalated(int id, int at) do
UPDATE check_answer SET escalated = :at, told = :at WHERE id = :id;

-- ---- What is kept about a person ----

-- query check_kept_of(int person) one
-- column sheets int
-- column answers int
SELECT (SELECT count(*) FROM check_sheet WHERE person = :person) AS sheets,
	(SELECT count(*) FROM check_sheet s JOIN check_answer a ON a.sheet = s.id WHERE s.person = :person) AS answers;

-- query check_improve_tally(int campaign, int today) one
-- column open int
-- column late int
SELECT count(*) AS open, coalesce(sum(CASE WHEN a.due < :today THEN 1 ELSE 0 END), 0) AS late
FROM check_item i JOIN check_answer a ON a.item = i.id
WHERE i.campaign = :campaign AND a.answer = 'no' AND a.done IS NULL;

-- Nobody is left to put them right.
-- query check_improves_of_left(int today, int most) many
SELECT a.id FROM check_answer a JOIN check_sheet s ON s.id = a.sheet JOIN shown_person p ON p.id = s.person
WHERE a.answer = 'no' AND a.done IS NULL AND p.until IS NOT NULL AND p.until < :today ORDER BY a.id LIMIT :most;
