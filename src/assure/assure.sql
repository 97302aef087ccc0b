-- query assure_judgement_add(int id, text clause, int person, text role, bool is_not_needed, text words, int at, int until) do
INSERT INTO assure_judgement (id, clause, person, role, is_not_needed, words, at, until)
VALUES (:id, :clause, :person, :role, :is_not_needed, :words, :at, :until);

-- query assure_judgements_of(text clause, int most) many
-- column is_not_needed bool
SELECT j.id, j.clause, j.person, j.role, j.is_not_needed, j.words, j.at, j.until, p.name AS person_name
FROM assure_judgement j LEFT JOIN shown_person p ON p.id = j.person
WHERE j.clause = :clause ORDER BY j.at DESC, j.id DESC LIMIT :most;

-- query assure_judgements_valid(int today, int most) many
-- column is_not_needed bool
SELECT j.id, j.clause, j.person, j.role, j.is_not_needed, j.words, j.at, j.until, p.name AS person_name
FROM assure_judgement j LEFT JOIN shown_person p ON p.id = j.person
WHERE j.until >= :today ORDER BY j.clause, j.at, j.id LIMIT :most;

-- The newest of each clause, valid or not. No version of the policy came into force between it and the one
-- that replaces it: after that the same number may mean another clause (carried.c).
-- query assure_judgements_newest(int most) many
-- column is_not_needed bool
SELECT j.id, j.clause, j.person, j.role, j.is_not_needed, j.words, j.at, j.until, p.name AS person_name
FROM assure_judgement j LEFT JOIN shown_person p ON p.id = j.person
WHERE NOT EXISTS (SELECT 1 FROM assure_judgement n
	WHERE n.clause = j.clause AND (n.at > j.at OR (n.at = j.at AND n.id > j.id))
		AND NOT EXISTS (SELECT 1 FROM shown_version v WHERE v.in_force >= j.at AND v.in_force < n.at))
ORDER BY j.clause LIMIT :most;

-- Judgements that end between the days, whose person was not told yet.
-- query assure_judgements_ending(int today, int until, int most) many
SELECT j.id, j.clause, j.person, j.until FROM assure_judgement j
WHERE j.until >= :today AND j.until <= :until AND j.reminded IS NULL
	AND NOT EXISTS (SELECT 1 FROM assure_judgement n
		WHERE n.clause = j.clause AND (n.at > j.at OR (n.at = j.at AND n.id > j.id))
			AND NOT EXISTS (SELECT 1 FROM shown_version v WHERE v.in_force >= j.at AND v.in_force < n.at))
ORDER BY j.id LIMIT :most;

-- query assure_judgement_reminded(int id, int at) do
UPDATE assure_judgement SET reminded = :at WHERE id = :id;

-- When time alone changes what rules about permits say.
-- query assure_next_due(int now) one
-- column at int?
SELECT min(due) AS at FROM shown_outing WHERE back IS NULL AND due >= :now;

-- query assure_next_stale(int before) one
-- column at int?
SELECT min(opened) AS at FROM shown_step WHERE state = 'open' AND opened >= :before;

-- query assure_next_report(int now) one
-- column at int?
SELECT min(due) AS at FROM shown_report WHERE sent IS NULL AND due >= :now;

-- query assure_reports_late(text occasion, int since) one
-- column late int
SELECT count(*) AS late FROM shown_report WHERE occasion = :occasion AND sent > due AND sent >= :since;

-- Rules bent: in force, to come, or over and not closed.
-- query assure_bent(int today, int most) many
SELECT b.clause, b.permit, p.number, p.from_day, p.until_day, p.ended
FROM shown_bent b JOIN shown_exception e ON e.permit = b.permit JOIN shown_permit p ON p.id = b.permit
WHERE e.closed IS NULL AND (p.from_day <= :today OR p.ended IS NOT NULL)
ORDER BY b.clause, p.until_day DESC, b.permit LIMIT :most;

-- ---- History ----

-- query assure_round_add(int id, int at, int size, int changed, text states) do
INSERT INTO assure_round (id, at, size, changed, states) VALUES (:id, :at, :size, :changed, :states);

-- query assure_round_newest(int before) maybe
SELECT id, at, size, changed, states FROM assure_round WHERE at < :before ORDER BY at DESC, id DESC LIMIT 1;

-- query assure_round_first() maybe
SELECT id, at, size, changed, states FROM assure_round ORDER BY at, id LIMIT 1;

-- query assure_round_next(int id) maybe
SELECT id, at, size, changed, states FROM assure_round WHERE id > :id ORDER BY id LIMIT 1;

-- query assure_state_add(int id, int round, text clause, text before, text state, text machine, bool is_disagreeing, text why, int good, int total, int at) do
INSERT INTO assure_state (id, round, clause, before, state, machine, is_disagreeing, why, good, total, at)
VALUES (:id, :round, :clause, :before, :state, :machine, :is_disagreeing, :why, :good, :total, :at);

-- The last of each clause before a moment.
-- query assure_states_at(int before, int most) many
-- column is_disagreeing bool
SELECT s.id, s.round, s.clause, s.before, s.state, s.machine, s.is_disagreeing, s.why, s.good, s.total, s.at
FROM assure_state s WHERE s.id IN (SELECT max(id) FROM assure_state WHERE at < :before GROUP BY clause)
ORDER BY s.clause LIMIT :most;

-- query assure_states_of(text clause, int most) many
-- column is_disagreeing bool
SELECT id, round, clause, before, state, machine, is_disagreeing, why, good, total, at
FROM assure_state WHERE clause = :clause ORDER BY at DESC, id DESC LIMIT :most;

-- ---- Findings ----

-- query assure_finding_add(int id, text number, text kind, text clause, text about, text why, text role, int? person, int due, int opened, int? follows, int? unit, text? detail) do
INSERT INTO assure_finding (id, number, kind, state, clause, about, why, role, person, plan, due, opened, done, follows, unit, detail)
VALUES (:id, :number, :kind, 'open', :clause, :about, :why, :role, :person, '', :due, :opened, '', :follows, :unit, :detail);

-- query assure_finding_end(int id, text state, int ended, int? ended_by, text done, int? settled) do
UPDATE assure_finding SET state = :state, ended = :ended, ended_by = :ended_by, done = :done, settled = :settled
WHERE id = :id;

-- query assure_finding_settle(int id, int settled) do
UPDATE assure_finding SET settled = :settled WHERE id = :id;

-- query assure_finding_set_plan(int id, text plan, int due, int? person) do
UPDATE assure_finding SET plan = :plan, due = :due, person = :person WHERE id = :id;

-- query assure_findings_lasting(int most) many
SELECT id, number, kind, state, clause, about, ended FROM assure_finding WHERE settled IS NULL
ORDER BY id LIMIT :most;

-- query assure_finding_one(int id) maybe
SELECT f.id, f.number, f.kind, f.state, f.clause, f.about, f.why, f.role, f.person, f.plan, f.due, f.opened,
	f.ended, f.ended_by, f.done, f.settled, f.follows, f.unit, f.detail, p.name AS person_name, e.name AS ended_by_name
FROM assure_finding f LEFT JOIN shown_person p ON p.id = f.person LEFT JOIN shown_person e ON e.id = f.ended_by
WHERE f.id = :id;

-- query assure_finding_list(text? state, text? kind, text? clause, text? role, int? opened_before, int most) many
SELECT f.id, f.number, f.kind, f.state, f.clause, f.about, f.why, f.role, f.person, f.plan, f.due, f.opened,
	f.ended, f.ended_by, f.done, f.settled, f.follows, f.unit, f.detail, p.name AS person_name, e.name AS ended_by_name
FROM assure_finding f LEFT JOIN shown_person p ON p.id = f.person LEFT JOIN shown_person e ON e.id = f.ended_by
WHERE (:state IS NULL OR f.state = :state) AND (:kind IS NULL OR f.kind = :kind)
	AND (:clause IS NULL OR f.clause = :clause) AND (:role IS NULL OR f.role = :role)
	AND (:opened_before IS NULL OR (f.opened < :opened_before AND (f.ended IS NULL OR f.ended >= :opened_before)))
ORDER BY f.id DESC LIMIT :most;

-- query assure_finding_tally(int today) one
-- column open int
-- column late int
SELECT count(*) AS open, count(CASE WHEN due < :today THEN 1 END) AS late FROM assure_finding WHERE state = 'open';

-- query assure_finding_figures(int since) one
-- column opened int
-- column ended int
SELECT count(CASE WHEN opened >= :since THEN 1 END) AS opened, count(CASE WHEN ended >= :since THEN 1 END) AS ended
FROM assure_finding;

-- query assure_accounts_late(text detail, int today) one
-- column late int
SELECT count(*) AS late FROM assure_finding WHERE kind = 'accounts' AND state = 'open' AND detail = :detail AND due < :today;

-- Who judged, or who applied for the exception: one of the two ids is 0.
-- query assure_author(int judgement, int permit) maybe
-- column person int
SELECT j.person AS person FROM assure_judgement j WHERE j.id = :judgement
UNION ALL
SELECT p.applicant AS person FROM shown_permit p WHERE p.id = :permit
LIMIT 1;

-- query assure_kept_counts(int person) one
-- column judgements int
-- column findings int
SELECT
	(SELECT count(*) FROM assure_judgement WHERE person = :person) AS judgements,
	(SELECT count(*) FROM assure_finding WHERE person = :person OR ended_by = :person) AS findings;
