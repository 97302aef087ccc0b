-- query flow_dossier_add(int id, text number, text purpose, int applicant, int? post, int unit, text lead, int now) do
INSERT INTO flow_dossier (id, number, change, revision, state, purpose, applicant, post, unit, lead, created, changed)
VALUES (:id, :number, 1, 1, 'draft', :purpose, :applicant, :post, :unit, :lead, :now, :now);

-- The unit is called as it is today, or as it was when the dossier ended.
-- query flow_dossier_get(int id) maybe
-- column applicant_name text
-- column post_name text
-- column unit_name text
SELECT d.id, d.number, d.change, d.revision, d.state, d.purpose, d.applicant, d.post, d.unit, d.lead, d.digest,
	d.pack, d.why, d.created, d.sent, d.changed, d.granted, d.ended,
	p.name AS applicant_name, o.name AS post_name, u.name AS unit_name
FROM flow_dossier d
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_post o ON o.id = d.post
LEFT JOIN shown_unit_on u ON u.id = d.unit
	AND u.holds_from <= coalesce((d.ended + 32400000) / 86400000, body_today())
	AND u.holds_to >= coalesce((d.ended + 32400000) / 86400000, body_today())
WHERE d.id = :id;

-- Versions of the policy under which something is being decided.
-- query flow_packs_open(int most) many
SELECT DISTINCT pack FROM flow_dossier WHERE state = 'sent' AND pack IS NOT NULL ORDER BY pack LIMIT :most;

-- query flow_dossier_by_number(text number) maybe
SELECT id FROM flow_dossier WHERE number = :number;

-- query flow_dossier_write(int id, text purpose, text lead, int now) do
UPDATE flow_dossier SET purpose = :purpose, lead = :lead, change = change + 1, changed = :now WHERE id = :id;

-- query flow_dossier_touch(int id, int now) do
UPDATE flow_dossier SET change = change + 1, changed = :now WHERE id = :id;

-- query flow_dossier_freeze(int id, int revision, blob digest, blob pack, int now) do
UPDATE flow_dossier SET state = 'sent', revision = :revision, digest = :digest, pack = :pack, sent = :now,
	change = change + 1, changed = :now WHERE id = :id;

-- query flow_dossier_grant(int id, int now) do
UPDATE flow_dossier SET state = 'granted', granted = :now, changed = :now WHERE id = :id;

-- query flow_dossier_end(int id, text state, text? why, int? ended) do
UPDATE flow_dossier SET state = :state, why = :why, ended = :ended WHERE id = :id;

-- query flow_find_add(int id, text folded) do
INSERT INTO flow_find_cache (id, folded) VALUES (:id, :folded);

-- query flow_find_change(int id, text folded) do
UPDATE flow_find_cache SET folded = :folded WHERE id = :id;

-- What search finds a dossier by. The applicant's name is not among it: people_named() finds that.
-- query flow_find_old(int after, int most) many
SELECT id, number, purpose FROM flow_dossier WHERE id > :after ORDER BY id LIMIT :most;

-- What stands against erasing a person.
-- query flow_person_open(int person) one
-- column dossiers int?
SELECT count(*) AS dossiers FROM flow_dossier
WHERE applicant = :person AND state IN ('sent', 'granted');

-- query flow_person_out(int person) one
-- column out int?
SELECT count(*) AS out FROM flow_outing WHERE back IS NULL AND out_by = :person;

-- query flow_answers(int dossier, int most) many
SELECT id, name, item, value FROM flow_answer WHERE dossier = :dossier ORDER BY name, item LIMIT :most;

-- query flow_answer_find(int dossier, text name, text item) maybe
SELECT id, value FROM flow_answer WHERE dossier = :dossier AND name = :name AND item = :item;

-- query flow_answer_add(int id, int dossier, text name, text item, text value) do
INSERT INTO flow_answer (id, dossier, name, item, value) VALUES (:id, :dossier, :name, :item, :value);

-- query flow_answer_change(int id, text value) do
UPDATE flow_answer SET value = :value WHERE id = :id;

-- query flow_chosen_list(int dossier) many
SELECT id, asset, class_then, owner_then FROM flow_chosen WHERE dossier = :dossier ORDER BY id LIMIT 400;

-- query flow_chosen_add(int id, int dossier, int asset) do
INSERT INTO flow_chosen (id, dossier, asset) VALUES (:id, :dossier, :asset);

-- query flow_chosen_drop(int id) do
DELETE FROM flow_chosen WHERE id = :id;

-- query flow_chosen_freeze(int id, text class_then, int? owner_then) do
UPDATE flow_chosen SET class_then = :class_then, owner_then = :owner_then WHERE id = :id;

-- query flow_occasions(int dossier) many
SELECT id, occasion, is_wanted FROM flow_occasion WHERE dossier = :dossier ORDER BY id LIMIT 100;

-- query flow_occasion_add(int id, int dossier, text occasion, int is_wanted) do
INSERT INTO flow_occasion (id, dossier, occasion, is_wanted) VALUES (:id, :dossier, :occasion, :is_wanted);

-- query flow_occasion_drop(int id) do
DELETE FROM flow_occasion WHERE id = :id;

-- query flow_frozen_add(int id, int dossier, int revision, blob digest, text content, int at) do
INSERT INTO flow_frozen (id, dossier, revision, digest, content, at)
VALUES (:id, :dossier, :revision, :digest, :content, :at);

-- query flow_frozen_get(int dossier, int revision) maybe
SELECT digest, content FROM flow_frozen WHERE dossier = :dossier AND revision = :revision;

-- What is decided keeps the unit's name of its day (JST); what is open goes by today's.
-- query flow_steps(int dossier, int revision) many
-- column unit_name text
SELECT s.id, s.place, s.verb, s.wished, s.role, s.unit, s.state, s.opened, s.escalated, s.escalated_role, s.decision,
	s.delegation, u.name AS unit_name
FROM flow_step s LEFT JOIN flow_decision e ON e.id = s.decision
LEFT JOIN shown_unit_on u ON u.id = s.unit
	AND u.holds_from <= coalesce((e.at + 32400000) / 86400000, body_today())
	AND u.holds_to >= coalesce((e.at + 32400000) / 86400000, body_today())
WHERE s.dossier = :dossier AND s.revision = :revision ORDER BY s.place, s.id LIMIT 100;

-- query flow_step_add(int id, int dossier, int revision, int place, int verb, text wished, text role, int? unit, text? delegation) do
INSERT INTO flow_step (id, dossier, revision, place, verb, wished, role, unit, state, delegation)
VALUES (:id, :dossier, :revision, :place, :verb, :wished, :role, :unit, 'behind', :delegation);

-- query flow_step_open(int id, text role, int now) do
UPDATE flow_step SET state = 'open', role = :role, opened = :now WHERE id = :id;

-- query flow_step_role(int id, text role) do
UPDATE flow_step SET role = :role WHERE id = :id;

-- query flow_step_done(int id, int decision) do
UPDATE flow_step SET state = 'done', decision = :decision WHERE id = :id;

-- query flow_step_drop(int dossier, int revision) do
UPDATE flow_step SET state = 'dropped' WHERE dossier = :dossier AND revision = :revision AND state IN ('behind', 'open');

-- query flow_step_reminded(int id, int now) do
UPDATE flow_step SET reminded = :now WHERE id = :id;

-- query flow_step_escalate(int id, text? role, int now) do
UPDATE flow_step SET escalated = :now, escalated_role = :role WHERE id = :id;

-- query flow_part_add(int id, int step, text occasion, text? clause) do
INSERT INTO flow_part (id, step, occasion, clause) VALUES (:id, :step, :occasion, :clause);

-- query flow_parts(int dossier, int revision) many
SELECT t.step, t.occasion, t.clause FROM flow_part t JOIN flow_step s ON s.id = t.step
WHERE s.dossier = :dossier AND s.revision = :revision ORDER BY t.id LIMIT 2000;

-- query flow_decisions(int dossier) many
-- column name text
-- column post_name text
-- column deputy_for_name text
SELECT d.id, d.revision, d.verdict, d.person, d.post, d.deputy_for, d.role, d.basis, d.words, d.digest, d.at,
	d.delegation, p.name AS name, o.name AS post_name, f.name AS deputy_for_name
FROM flow_decision d
LEFT JOIN shown_person p ON p.id = d.person
LEFT JOIN shown_post o ON o.id = d.post
LEFT JOIN shown_person f ON f.id = d.deputy_for
WHERE d.dossier = :dossier ORDER BY d.id LIMIT 1000;

-- query flow_decision_add(int id, int dossier, int revision, text verdict, int person, int? post, int? deputy_for, text role, int basis, text words, blob digest, int at, int? delegation) do
INSERT INTO flow_decision (id, dossier, revision, verdict, person, post, deputy_for, role, basis, words, digest, at, delegation)
VALUES (:id, :dossier, :revision, :verdict, :person, :post, :deputy_for, :role, :basis, :words, :digest, :at, :delegation);

-- query flow_permits(int dossier) many
SELECT id, number, dossier, occasion, state, from_day, until_day, leaves, returns, is_signed_out, conditions, issued,
	ended, ended_why, holder, is_default_end
FROM flow_permit WHERE dossier = :dossier ORDER BY id LIMIT 100;

-- query flow_permit_get(int id) maybe
SELECT id, number, dossier, occasion, state, from_day, until_day, leaves, returns, is_signed_out, conditions, issued,
	ended, ended_why, holder, is_default_end
FROM flow_permit WHERE id = :id;

-- query flow_permit_add(int id, text number, int dossier, text occasion, int from_day, int until_day, int? leaves, int? returns, int is_signed_out, text conditions, int now, int holder, int? is_default_end) do
INSERT INTO flow_permit (id, number, dossier, occasion, state, from_day, until_day, leaves, returns, is_signed_out,
	conditions, issued, holder, is_default_end)
VALUES (:id, :number, :dossier, :occasion, 'valid', :from_day, :until_day, :leaves, :returns, :is_signed_out,
	:conditions, :now, :holder, :is_default_end);

-- query flow_permit_state(int id, text state) do
UPDATE flow_permit SET state = :state WHERE id = :id;

-- query flow_permit_end(int id, text state, text? why, int now) do
UPDATE flow_permit SET state = :state, ended = :now, ended_why = :why WHERE id = :id;

-- query flow_permit_until(int id, int until_day) do
UPDATE flow_permit SET until_day = :until_day, reminded = NULL, is_default_end = NULL WHERE id = :id;

-- query flow_permit_reminded(int id, int now) do
UPDATE flow_permit SET reminded = :now WHERE id = :id;

-- query flow_outings(int permit) many
-- column out_name text
-- column back_name text
SELECT o.id, o.permit, o.asset, o.what, o.out, o.due, o.back, o.out_by, o.back_by,
	p.name AS out_name, b.name AS back_name
FROM flow_outing o
LEFT JOIN shown_person p ON p.id = o.out_by
LEFT JOIN shown_person b ON b.id = o.back_by
WHERE o.permit = :permit ORDER BY o.id LIMIT 2000;

-- query flow_outing_add(int id, int permit, int? asset, text what, int now, int? due, int person) do
INSERT INTO flow_outing (id, permit, asset, what, out, due, out_by, reminded)
VALUES (:id, :permit, :asset, :what, :now, :due, :person, 0);

-- query flow_outing_back(int id, int now, int person) do
UPDATE flow_outing SET back = :now, back_by = :person WHERE id = :id;

-- query flow_outing_due(int permit, int due) do
UPDATE flow_outing SET due = :due, reminded = 0 WHERE permit = :permit AND back IS NULL;

-- query flow_outing_reminded(int id, int level) do
UPDATE flow_outing SET reminded = :level WHERE id = :id;

-- query flow_extensions(int permit) many
-- column by_name text
SELECT e.id, e.until_day, e.reason, e.answer, e.state, e.role, e.unit, e.asked_by, e.asked, e.decided_by, e.decided,
	e.digest, e.delegation, p.name AS by_name
FROM flow_extension e LEFT JOIN shown_person p ON p.id = e.decided_by
WHERE e.permit = :permit ORDER BY e.id LIMIT 200;

-- query flow_extension_add(int id, int permit, int dossier, int until_day, text reason, text role, int? unit, int asked_by, int now, blob digest, text? power) do
INSERT INTO flow_extension (id, permit, dossier, until_day, reason, state, role, unit, asked_by, asked, digest, power)
VALUES (:id, :permit, :dossier, :until_day, :reason, 'asked', :role, :unit, :asked_by, :now, :digest, :power);

-- query flow_extension_decide(int id, text state, text? answer, int person, int now, int? delegation) do
UPDATE flow_extension SET state = :state, answer = :answer, decided_by = :person, decided = :now,
	delegation = :delegation
WHERE id = :id;

-- query flow_items(int dossier) many
SELECT id, form, serial, folded, what, is_listed, asset, end_code, is_verified, struck_why
FROM flow_item WHERE dossier = :dossier ORDER BY id LIMIT 2000;

-- query flow_item_add(int id, int dossier, text form, text serial, text folded, text what, int is_listed, int? asset) do
INSERT INTO flow_item (id, dossier, form, serial, folded, what, is_listed, asset, end_code, is_verified)
VALUES (:id, :dossier, :form, :serial, :folded, :what, :is_listed, :asset, '', 0);

-- query flow_item_drop(int id) do
DELETE FROM flow_item WHERE id = :id;

-- query flow_item_end(int id, text end_code, int is_verified) do
UPDATE flow_item SET end_code = :end_code, is_verified = :is_verified WHERE id = :id;

-- query flow_item_strike(int id, text why) do
UPDATE flow_item SET struck_why = :why WHERE id = :id;

-- query flow_item_elsewhere(text folded, int dossier) maybe
SELECT d.number FROM flow_item i JOIN flow_dossier d ON d.id = i.dossier
WHERE i.folded = :folded AND i.dossier <> :dossier AND i.struck_why IS NULL AND i.is_listed = 1
	AND d.state IN ('sent', 'granted')
LIMIT 1;

-- query flow_list_mine(int person, text? state, text w1, text w2, text w3, text p1, text p2, text p3, int after, int most) many
-- column applicant_name text
-- column unit_name text
-- column is_told int
SELECT d.id, d.number, d.purpose, d.lead, d.state, d.changed, p.name AS applicant_name, u.name AS unit_name,
	NOT EXISTS (SELECT 1 FROM flow_step s WHERE s.dossier = d.id AND s.revision = d.revision AND s.verb = 0) AS is_told
FROM flow_dossier d
JOIN flow_find_cache f ON f.id = d.id
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE d.applicant = :person AND d.id < :after AND (:state IS NULL OR d.state = :state)
	AND (instr(f.folded, :w1) > 0 OR instr(:p1, ',' || d.applicant || ',') > 0)
	AND (instr(f.folded, :w2) > 0 OR instr(:p2, ',' || d.applicant || ',') > 0)
	AND (instr(f.folded, :w3) > 0 OR instr(:p3, ',' || d.applicant || ',') > 0)
ORDER BY d.id DESC LIMIT :most;

-- query flow_list_all(int whole, text units, text? state, text w1, text w2, text w3, text p1, text p2, text p3, int after, int most) many
-- column applicant_name text
-- column unit_name text
-- column is_told int
SELECT d.id, d.number, d.purpose, d.lead, d.state, d.changed, p.name AS applicant_name, u.name AS unit_name,
	NOT EXISTS (SELECT 1 FROM flow_step s WHERE s.dossier = d.id AND s.revision = d.revision AND s.verb = 0) AS is_told
FROM flow_dossier d
JOIN flow_find_cache f ON f.id = d.id
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE d.id < :after AND d.state <> 'draft' AND (:state IS NULL OR d.state = :state)
	AND (instr(f.folded, :w1) > 0 OR instr(:p1, ',' || d.applicant || ',') > 0)
	AND (instr(f.folded, :w2) > 0 OR instr(:p2, ',' || d.applicant || ',') > 0)
	AND (instr(f.folded, :w3) > 0 OR instr(:p3, ',' || d.applicant || ',') > 0)
	AND (:whole = 1 OR EXISTS (SELECT 1 FROM shown_unit_under v
		WHERE v.unit = d.unit AND instr(:units, ',' || v.above || ',') > 0))
ORDER BY d.id DESC LIMIT :most;

-- query flow_list_waiting(text roles, int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT s.id AS step, s.verb, s.wished, s.unit AS step_unit, s.opened, s.escalated, s.escalated_role, s.delegation, d.id, d.number,
	d.purpose, d.lead, d.state, d.changed, d.applicant, p.name AS applicant_name, u.name AS unit_name
FROM flow_step s
JOIN flow_dossier d ON d.id = s.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE s.state = 'open' AND s.id > :after
	AND (instr(:roles, ',' || s.role || '@0,') > 0 OR instr(:roles, ',' || s.escalated_role || '@0,') > 0
	OR EXISTS (SELECT 1 FROM shown_unit_under v WHERE v.unit = s.unit
		AND (instr(:roles, ',' || s.role || '@' || v.above || ',') > 0
		OR instr(:roles, ',' || s.escalated_role || '@' || v.above || ',') > 0)))
ORDER BY s.id LIMIT :most;

-- query flow_list_asked(text roles, int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT e.id AS extension, e.permit, e.role, e.power, e.unit AS step_unit, e.asked, e.asked_by, d.id, d.number, d.purpose, d.lead,
	d.state, d.changed, p.name AS applicant_name, u.name AS unit_name
FROM flow_extension e
JOIN flow_dossier d ON d.id = e.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE e.state = 'asked' AND e.id > :after
	AND (instr(:roles, ',' || e.role || '@0,') > 0
	OR EXISTS (SELECT 1 FROM shown_unit_under v WHERE v.unit = e.unit
		AND instr(:roles, ',' || e.role || '@' || v.above || ',') > 0))
ORDER BY e.id LIMIT :most;

-- query flow_list_out(int person, int whole, text units, int due_before, int after, int most) many
-- column due int?
-- column applicant_name text
-- column unit_name text
SELECT t.id AS permit, min(coalesce(o.due, 9007199254740991)) AS due, d.id, d.number, d.purpose, d.lead, d.state, d.changed,
	p.name AS applicant_name, u.name AS unit_name
FROM flow_outing o
JOIN flow_permit t ON t.id = o.permit
JOIN flow_dossier d ON d.id = t.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE o.back IS NULL AND t.id > :after
	AND (:due_before = 0 OR o.due < :due_before)
	AND (d.applicant = :person OR :whole = 1 OR EXISTS (SELECT 1 FROM shown_unit_under v
		WHERE v.unit = d.unit AND instr(:units, ',' || v.above || ',') > 0))
GROUP BY t.id ORDER BY t.id LIMIT :most;

-- query flow_list_ending(int person, int whole, text units, int today, int until, int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT t.id AS permit, t.until_day, d.id, d.number, d.purpose, d.lead, d.state, d.changed,
	p.name AS applicant_name, u.name AS unit_name
FROM flow_permit t
JOIN flow_dossier d ON d.id = t.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE t.state = 'valid' AND t.until_day >= :today AND t.until_day <= :until AND t.id > :after
	AND (d.applicant = :person OR :whole = 1 OR EXISTS (SELECT 1 FROM shown_unit_under v
		WHERE v.unit = d.unit AND instr(:units, ',' || v.above || ',') > 0))
ORDER BY t.id LIMIT :most;

-- query flow_list_slow(int whole, text units, int before, int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT s.id AS step, s.verb, s.opened, d.id, d.number, d.purpose, d.lead, d.state, d.changed,
	p.name AS applicant_name, u.name AS unit_name
FROM flow_step s
JOIN flow_dossier d ON d.id = s.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE s.state = 'open' AND s.opened < :before AND s.id > :after
	AND (:whole = 1 OR EXISTS (SELECT 1 FROM shown_unit_under v
		WHERE v.unit = s.unit AND instr(:units, ',' || v.above || ',') > 0))
ORDER BY s.id LIMIT :most;

-- query flow_list_stuck(int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT s.id AS step, s.verb, s.wished, s.unit AS step_unit, s.opened, d.id, d.number, d.purpose, d.lead, d.state,
	d.changed, d.applicant, p.name AS applicant_name, u.name AS unit_name
FROM flow_step s
JOIN flow_dossier d ON d.id = s.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE s.state = 'open' AND s.role = '' AND s.id > :after ORDER BY s.id LIMIT :most;

-- query flow_list_late(text? occasion, int now, int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT r.id AS report, r.due, r.sent, r.occasion, d.id, d.number, d.purpose, d.lead, d.state, d.changed,
	p.name AS applicant_name, u.name AS unit_name
FROM flow_report r
JOIN flow_dossier d ON d.id = r.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE r.id < :after AND (:occasion IS NULL OR r.occasion = :occasion)
	AND (r.sent > r.due OR (r.sent IS NULL AND r.due < :now AND d.state IN ('draft', 'returned')))
ORDER BY r.id DESC LIMIT :most;

-- query flow_list_unbalanced(int whole, text units, int after, int most) many
-- column applicant_name text
-- column unit_name text
SELECT d.id, d.number, d.purpose, d.lead, d.state, d.changed, p.name AS applicant_name, u.name AS unit_name
FROM flow_dossier d
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE d.id < :after AND d.state = 'granted'
	AND EXISTS (SELECT 1 FROM flow_item i WHERE i.dossier = d.id AND i.struck_why IS NULL
		AND (i.is_listed = 0 OR i.end_code = ''))
	AND (:whole = 1 OR EXISTS (SELECT 1 FROM shown_unit_under v
		WHERE v.unit = d.unit AND instr(:units, ',' || v.above || ',') > 0))
ORDER BY d.id DESC LIMIT :most;

-- query flow_count_mine(int person) one
-- column open int?
-- column returned int?
SELECT sum(CASE WHEN state IN ('draft', 'sent', 'returned', 'granted') THEN 1 ELSE 0 END) AS open,
	sum(CASE WHEN state = 'returned' THEN 1 ELSE 0 END) AS returned
FROM flow_dossier WHERE applicant = :person;

-- query flow_count_out(int person, int now) one
-- column out int?
-- column overdue int?
SELECT count(*) AS out, sum(CASE WHEN o.due < :now THEN 1 ELSE 0 END) AS overdue
FROM flow_outing o JOIN flow_permit t ON t.id = o.permit JOIN flow_dossier d ON d.id = t.dossier
WHERE o.back IS NULL AND d.applicant = :person;

-- query flow_earlier_by_asset(int asset, int dossier, int most) many
SELECT t.id FROM flow_chosen c JOIN flow_permit t ON t.dossier = c.dossier
WHERE c.asset = :asset AND c.dossier <> :dossier ORDER BY t.id DESC LIMIT :most;

-- query flow_earlier_by_applicant(int applicant, text occasion, int dossier, int most) many
SELECT t.id FROM flow_permit t JOIN flow_dossier d ON d.id = t.dossier
WHERE t.occasion = :occasion AND d.applicant = :applicant AND d.id <> :dossier ORDER BY t.id DESC LIMIT :most;

-- query flow_earlier_granted(text occasion, int unit, int dossier) maybe
SELECT d.id, d.revision FROM flow_dossier d JOIN flow_occasion o ON o.dossier = d.id
WHERE o.occasion = :occasion AND d.unit = :unit AND d.id < :dossier AND d.granted IS NOT NULL
ORDER BY d.id DESC LIMIT 1;

-- query flow_due_steps(int after) many
SELECT s.id, s.dossier, s.wished, s.role, s.unit, s.verb, s.opened, s.reminded, s.escalated, s.escalated_role,
	s.delegation, d.applicant
FROM flow_step s JOIN flow_dossier d ON d.id = s.dossier
WHERE s.state = 'open' AND s.id > :after ORDER BY s.id LIMIT 500;

-- query flow_due_expiry(int today, int most) many
SELECT id, dossier FROM flow_permit WHERE state IN ('valid', 'returned') AND until_day < :today ORDER BY id LIMIT :most;

-- query flow_due_permit_reminder(int until, int most) many
SELECT id, dossier FROM flow_permit
WHERE state IN ('valid', 'out') AND until_day <= :until AND reminded IS NULL ORDER BY id LIMIT :most;

-- query flow_due_outings(int before, int overdue, int escalate, int most) many
SELECT o.id, o.permit, t.dossier, o.due, o.reminded
FROM flow_outing o JOIN flow_permit t ON t.id = o.permit
WHERE o.back IS NULL AND ((o.due < :escalate AND o.reminded < 3) OR (o.due < :overdue AND o.reminded < 2)
	OR (o.due < :before AND o.reminded < 1))
ORDER BY o.id LIMIT :most;

-- query flow_outing_get(int id) maybe
SELECT id, permit, due, back, reminded FROM flow_outing WHERE id = :id;

-- query flow_state_dossiers(text occasion) one
-- column sent int?
-- column granted int?
-- column last_dossier int?
-- column last int?
SELECT count(d.sent) AS sent, count(d.granted) AS granted,
	max(CASE WHEN d.granted IS NOT NULL THEN d.id END) AS last_dossier, max(d.granted) AS last
FROM flow_occasion o JOIN flow_dossier d ON d.id = o.dossier WHERE o.occasion = :occasion;

-- query flow_state_permits(text occasion) one
-- column living int
SELECT count(*) AS living FROM flow_permit WHERE occasion = :occasion AND state IN ('valid', 'out');

-- query flow_state_overdue(text occasion, int now) one
-- column overdue int
SELECT count(*) AS overdue FROM flow_outing o JOIN flow_permit t ON t.id = o.permit
WHERE t.occasion = :occasion AND o.back IS NULL AND o.due < :now;

-- query flow_state_waiting(text occasion, int before) one
-- column late int
SELECT count(*) AS late FROM flow_step s JOIN flow_part t ON t.step = s.id
WHERE t.occasion = :occasion AND s.state = 'open' AND s.opened < :before;

-- query flow_state_items(text occasion) one
-- column open int?
-- column claimed int?
SELECT sum(CASE WHEN i.is_listed = 0 OR i.end_code = '' THEN 1 ELSE 0 END) AS open,
	sum(CASE WHEN i.is_listed = 1 AND i.end_code <> '' AND i.is_verified = 0 THEN 1 ELSE 0 END) AS claimed
FROM flow_item i JOIN flow_occasion o ON o.dossier = i.dossier JOIN flow_dossier d ON d.id = i.dossier
WHERE o.occasion = :occasion AND i.struck_why IS NULL AND d.state IN ('granted', 'complete');

-- query flow_due_step(int id) maybe
SELECT s.id, s.dossier, s.wished, s.role, s.unit, s.verb, s.opened, s.reminded, s.escalated, s.escalated_role,
	s.delegation, d.applicant
FROM flow_step s JOIN flow_dossier d ON d.id = s.dossier WHERE s.id = :id AND s.state = 'open';

-- query flow_due_permit(int id) maybe
SELECT id, dossier, state, until_day, reminded FROM flow_permit WHERE id = :id;

-- For a new version of the policy: what is going on in an occasion.
-- query flow_count_going_on(text occasion) one
-- column sent int
-- column editable int
SELECT coalesce(sum(d.state = 'sent'), 0) AS sent,
	coalesce(sum(d.state IN ('draft', 'returned')), 0) AS editable
FROM flow_occasion o JOIN flow_dossier d ON d.id = o.dossier WHERE o.occasion = :occasion;

-- query flow_count_living(text occasion) one
-- column living int
SELECT count(*) AS living FROM flow_permit
WHERE occasion = :occasion AND state IN ('valid', 'out', 'returned');

-- query flow_list_sent_of(text occasion, int after, int most) many
SELECT d.id FROM flow_occasion o JOIN flow_dossier d ON d.id = o.dossier
WHERE o.occasion = :occasion AND o.dossier > :after AND d.state = 'sent' ORDER BY o.dossier LIMIT :most;

-- query flow_list_living_of(text occasion, int after, int most) many
SELECT id FROM flow_permit
WHERE occasion = :occasion AND id > :after AND state IN ('valid', 'out', 'returned') ORDER BY id LIMIT :most;

-- query flow_reports(int dossier) many
SELECT id, occasion, happened, due, sent FROM flow_report WHERE dossier = :dossier ORDER BY id LIMIT 100;

-- query flow_report_get(int dossier, text occasion) maybe
SELECT id, happened, due, sent FROM flow_report WHERE dossier = :dossier AND occasion = :occasion;

-- query flow_report_add(int id, int dossier, text occasion, int? happened, int due, int? sent) do
INSERT INTO flow_report (id, dossier, occasion, happened, due, sent, reminded)
VALUES (:id, :dossier, :occasion, :happened, :due, :sent, 0);

-- A later end of the clock is reminded of again.
-- query flow_report_change(int id, int? happened, int due, int? sent) do
UPDATE flow_report SET happened = :happened, due = :due, sent = :sent, reminded = CASE WHEN due < :due THEN 0 ELSE reminded END
WHERE id = :id;

-- query flow_report_drop(int id) do
DELETE FROM flow_report WHERE id = :id;

-- query flow_report_reminded(int id, int level) do
UPDATE flow_report SET reminded = :level WHERE id = :id;

-- query flow_due_reports(int before, int now, int most) many
SELECT r.id, r.dossier FROM flow_report r JOIN flow_dossier d ON d.id = r.dossier
WHERE r.sent IS NULL AND d.state IN ('draft', 'returned')
	AND ((r.due < :now AND r.reminded < 2) OR (r.due < :before AND r.reminded < 1))
ORDER BY r.id LIMIT :most;

-- query flow_due_report(int id) maybe
SELECT r.id, r.dossier, r.due, r.reminded, r.occasion FROM flow_report r JOIN flow_dossier d ON d.id = r.dossier
WHERE r.id = :id AND r.sent IS NULL AND d.state IN ('draft', 'returned');

-- query flow_state_reports(text occasion, int now) one
-- column sent int?
-- column late int?
-- column running int?
-- column waiting int?
SELECT count(r.sent) AS sent, sum(CASE WHEN r.sent > r.due THEN 1 ELSE 0 END) AS late,
	sum(CASE WHEN r.sent IS NULL THEN 1 ELSE 0 END) AS running,
	sum(CASE WHEN r.sent IS NULL AND r.due < :now THEN 1 ELSE 0 END) AS waiting
FROM flow_report r JOIN flow_dossier d ON d.id = r.dossier
WHERE r.occasion = :occasion AND (r.sent IS NOT NULL OR d.state IN ('draft', 'returned'));

-- query flow_capacities(int dossier) many
SELECT decision, step, role, post, deputy_for, basis, delegation FROM flow_capacity WHERE dossier = :dossier ORDER BY id LIMIT 2000;

-- query flow_capacity_add(int id, int dossier, int decision, int step, text role, int? post, int? deputy_for, int basis, int? delegation) do
INSERT INTO flow_capacity (id, dossier, decision, step, role, post, deputy_for, basis, delegation)
VALUES (:id, :dossier, :decision, :step, :role, :post, :deputy_for, :basis, :delegation);

-- query flow_made_list(int dossier) many
SELECT id, occasion, asset FROM flow_made WHERE dossier = :dossier ORDER BY id LIMIT 200;

-- query flow_made_add(int id, int dossier, text occasion, int asset) do
INSERT INTO flow_made (id, dossier, occasion, asset) VALUES (:id, :dossier, :occasion, :asset);

-- query flow_dossier_applicant(int id) maybe
SELECT applicant FROM flow_dossier WHERE id = :id;

-- query flow_scopes(int permit) many
SELECT name, value FROM flow_scope WHERE permit = :permit ORDER BY id LIMIT 1000;

-- query flow_scope_add(int id, int permit, text name, text value, text folded) do
INSERT INTO flow_scope (id, permit, name, value, folded) VALUES (:id, :permit, :name, :value, :folded);

-- Permits in force of an occasion, of a person or their unit.
-- query flow_needed(text occasion, int person, int unit, int day) maybe
SELECT t.id, t.number FROM flow_permit t JOIN flow_dossier d ON d.id = t.dossier
WHERE t.occasion = :occasion AND t.state IN ('valid', 'out', 'returned')
	AND t.from_day <= :day AND t.until_day >= :day
	AND (t.holder = :person OR d.applicant = :person OR d.unit = :unit)
ORDER BY t.id DESC LIMIT 1;

-- Exceptions.
-- query flow_exception_add(int id, int dossier, text measure, int is_emergency) do
INSERT INTO flow_exception (id, dossier, measure, is_emergency) VALUES (:id, :dossier, :measure, :is_emergency);

-- query flow_exception_end(int id, int now, int? person, text result) do
UPDATE flow_exception SET closed = :now, closed_by = :person, result = :result WHERE id = :id;

-- query flow_exception_reviewed(int id, int at) do
UPDATE flow_exception SET reviewed = :at WHERE id = :id;

-- query flow_exception_get(int id) maybe
-- column applicant_name text
-- column unit_name text
-- column closed_name text
SELECT e.id, e.dossier, e.measure, e.is_emergency, e.reviewed, e.closed, e.closed_by, e.result, t.number, t.occasion,
	t.state, t.from_day, t.until_day, t.is_default_end, t.issued, d.change, d.applicant, d.unit,
	p.name AS applicant_name, u.name AS unit_name, c.name AS closed_name
FROM flow_exception e
JOIN flow_permit t ON t.id = e.id
JOIN flow_dossier d ON d.id = e.dossier
LEFT JOIN shown_person p ON p.id = d.applicant
LEFT JOIN shown_unit u ON u.id = d.unit
LEFT JOIN shown_person c ON c.id = e.closed_by
WHERE e.id = :id;

-- query flow_exception_brief(int id) maybe
SELECT is_emergency, closed, measure FROM flow_exception WHERE id = :id;

-- clauses: ",8.4.1,8.4.2,", or NULL for any. state: 0 any, 1 living, 2 run out, 3 closed.
-- query flow_exception_list(int state, text? clauses, int today, int before, int most) many
SELECT e.id FROM flow_exception e JOIN flow_permit t ON t.id = e.id
WHERE e.id < :before
	AND (:state = 0
		OR (:state = 1 AND e.closed IS NULL AND t.ended IS NULL AND t.until_day >= :today)
		OR (:state = 2 AND e.closed IS NULL AND (t.ended IS NOT NULL OR t.until_day < :today))
		OR (:state = 3 AND e.closed IS NOT NULL))
	AND (:clauses IS NULL OR EXISTS (SELECT 1 FROM flow_bent b
		WHERE b.permit = e.id AND instr(:clauses, ',' || b.clause || ',') > 0))
ORDER BY e.id DESC LIMIT :most;

-- query flow_exception_figure(int today, int since) one
-- column living int?
-- column run_out int?
-- column closed int?
-- column unreviewed int?
-- column last int?
SELECT sum(CASE WHEN e.closed IS NULL AND t.ended IS NULL AND t.until_day >= :today THEN 1 ELSE 0 END) AS living,
	sum(CASE WHEN e.closed IS NULL AND (t.ended IS NOT NULL OR t.until_day < :today) THEN 1 ELSE 0 END) AS run_out,
	count(e.closed) AS closed,
	sum(CASE WHEN e.closed IS NULL AND t.issued < :since AND (e.reviewed IS NULL OR e.reviewed < :since)
		THEN 1 ELSE 0 END) AS unreviewed,
	max(t.issued) AS last
FROM flow_exception e JOIN flow_permit t ON t.id = e.id;

-- query flow_bent_add(int id, int permit, text clause) do
INSERT INTO flow_bent (id, permit, clause) VALUES (:id, :permit, :clause);

-- query flow_bent_list(int permit) many
SELECT clause FROM flow_bent WHERE permit = :permit ORDER BY id LIMIT 500;

-- ended_from: the moment the day begins; what ended before it bends no more.
-- query flow_bent_on(text? clauses, int day, int ended_from, int most) many
SELECT b.clause, t.id AS permit, t.number, t.dossier, t.from_day, t.until_day, t.is_default_end, e.measure, e.is_emergency
FROM flow_bent b JOIN flow_permit t ON t.id = b.permit JOIN flow_exception e ON e.id = b.permit
WHERE t.from_day <= :day AND t.until_day >= :day AND (t.ended IS NULL OR t.ended >= :ended_from)
	AND (:clauses IS NULL OR instr(:clauses, ',' || b.clause || ',') > 0)
ORDER BY t.id, b.id LIMIT :most;

-- query flow_review_add(int id, int permit, int day, int person, text role, text words, int at) do
INSERT INTO flow_review (id, permit, day, person, role, words, at) VALUES (:id, :permit, :day, :person, :role, :words, :at);

-- query flow_reviews(int permit) many
-- column name text
SELECT r.day, r.person, r.role, r.words, r.at, p.name AS name
FROM flow_review r LEFT JOIN shown_person p ON p.id = r.person WHERE r.permit = :permit ORDER BY r.id LIMIT 500;
-- Permits consulted (consult.h). Living ones come first, the longest before the others.

-- query flow_consult_number(text number) maybe
SELECT id FROM flow_permit WHERE number = :number;

-- query flow_consult_holder(int holder, text occasion, int day, int at) many
SELECT t.id FROM flow_permit t
WHERE t.holder = :holder AND t.occasion = coalesce(nullif(:occasion, ''), t.occasion)
ORDER BY CASE WHEN t.until_day >= :day AND coalesce(t.ended, :at + 1) > :at THEN 0 ELSE 1 END, t.until_day DESC, t.id DESC
LIMIT 200;

-- query flow_consult_applicant(int person, text occasion, int day, int at) many
SELECT t.id FROM flow_dossier d JOIN flow_permit t ON t.dossier = d.id
WHERE d.applicant = :person AND t.holder IS NULL AND t.occasion = coalesce(nullif(:occasion, ''), t.occasion)
ORDER BY CASE WHEN t.until_day >= :day AND coalesce(t.ended, :at + 1) > :at THEN 0 ELSE 1 END, t.until_day DESC, t.id DESC
LIMIT 200;

-- query flow_consult_scope(text folded, text name, int person, text occasion, int day, int at) many
-- column is_over int
SELECT DISTINCT t.id, t.until_day, CASE WHEN t.until_day >= :day AND coalesce(t.ended, :at + 1) > :at THEN 0 ELSE 1 END AS is_over
FROM flow_scope s JOIN flow_permit t ON t.id = s.permit JOIN flow_dossier d ON d.id = t.dossier
WHERE s.folded = :folded AND s.name = :name
	AND t.occasion = coalesce(nullif(:occasion, ''), t.occasion)
	AND coalesce(t.holder, d.applicant) = coalesce(nullif(:person, 0), t.holder, d.applicant)
ORDER BY 3, 2 DESC, 1 DESC LIMIT 200;

-- query flow_consult_get(int id) maybe
-- column holder int?
-- column holder_number text?
-- column holder_until int?
-- column is_out int
SELECT t.id, t.number, t.occasion, t.state, t.from_day, t.until_day, t.conditions, t.issued, t.ended, p.id AS holder,
	p.number AS holder_number, p.until AS holder_until,
	(SELECT count(*) FROM flow_outing o WHERE o.permit = t.id AND o.back IS NULL) AS is_out
FROM flow_permit t JOIN flow_dossier d ON d.id = t.dossier
LEFT JOIN shown_person p ON p.id = coalesce(t.holder, d.applicant)
WHERE t.id = :id;

-- query flow_consult_scopes(int permit) many
SELECT name, value FROM flow_scope WHERE permit = :permit ORDER BY id LIMIT 500;

-- query flow_consult_all(int before, text occasion, int living, int day, int now, int most) many
SELECT t.id FROM flow_permit t
WHERE t.id < :before AND t.occasion = coalesce(nullif(:occasion, ''), t.occasion)
	AND (:living = 0 OR (t.until_day >= :day AND coalesce(t.ended, :now + 1) > :now))
ORDER BY t.id DESC LIMIT :most;

-- What is kept about a person: shown to them.
-- query flow_kept_counts(int person) one
-- column dossiers int
-- column decisions int
-- column permits int
-- column outings int
SELECT
	(SELECT count(*) FROM flow_dossier WHERE applicant = :person) AS dossiers,
	(SELECT count(*) FROM flow_decision WHERE person = :person OR deputy_for = :person) AS decisions,
	(SELECT count(*) FROM shown_permit WHERE holder = :person) AS permits,
	(SELECT count(*) FROM flow_outing WHERE out_by = :person) AS outings;

-- Permits that run on the day and whose dossier has the row among its assets.
-- query flow_thing_permits(int asset, int day, int most) many
SELECT t.id FROM flow_chosen c JOIN flow_permit t ON t.dossier = c.dossier
WHERE c.asset = :asset AND t.ended IS NULL AND t.from_day <= :day AND t.until_day >= :day
ORDER BY t.until_day DESC, t.id DESC LIMIT :most;
-- ---- Everything of a kind at once (every.c) ----

-- query flow_every_permit_of(text occasion) each
-- column unit_name text?
SELECT t.id, t.number, t.dossier, t.state, t.from_day, t.until_day, p.number AS person_number, p.name AS person_name,
	u.name AS unit_name
FROM flow_permit t JOIN flow_dossier d ON d.id = t.dossier JOIN shown_person p ON p.id = coalesce(t.holder, d.applicant)
LEFT JOIN shown_unit u ON u.id = d.unit
WHERE t.occasion = :occasion ORDER BY t.id;

-- query flow_every_answer_of(text occasion) each
SELECT t.id, a.name, a.value FROM flow_permit t JOIN flow_answer a ON a.dossier = t.dossier
WHERE t.occasion = :occasion AND a.item = '' ORDER BY t.id, a.id;

-- query flow_every_outing_of() each
-- column serial text?
SELECT o.id, t.number, t.until_day, o.what, r.serial, o.out, o.due, o.back, p.number AS person_number,
	p.name AS person_name
FROM flow_outing o JOIN flow_permit t ON t.id = o.permit JOIN shown_person p ON p.id = o.out_by
LEFT JOIN shown_row r ON r.id = o.asset ORDER BY o.id;

-- query flow_every_item_of(text occasion) each
SELECT i.id, i.serial, i.what, d.number, d.granted, i.end_code, i.is_verified
FROM flow_item i JOIN flow_dossier d ON d.id = i.dossier
WHERE i.struck_why IS NULL AND d.granted IS NOT NULL
	AND EXISTS (SELECT 1 FROM flow_occasion o WHERE o.dossier = d.id AND o.occasion = :occasion)
ORDER BY i.id;
