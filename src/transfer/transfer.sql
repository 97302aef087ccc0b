-- Lists

-- query transfer_list_add(int id, text title, int day, int now, int? person) do
INSERT INTO transfer_list (id, title, day, state, change, created, created_by, changed_by)
VALUES (:id, :title, :day, 'draft', 1, :now, :person, :person);

-- query transfer_list_get(int id) maybe
-- column created_name text
-- column asked_name text
-- column decided_name text
-- column lines int
SELECT l.id, l.title, l.day, l.state, l.change, l.created, l.created_by, l.changed_by, l.asked, l.asked_by, l.digest,
	l.decided, l.decided_by, l.withdrawn, l.withdrawn_by, l.why,
	c.name AS created_name, a.name AS asked_name, d.name AS decided_name,
	(SELECT count(*) FROM transfer_line x WHERE x.list = l.id AND x.is_dropped = 0) AS lines
FROM transfer_list l LEFT JOIN shown_person c ON c.id = l.created_by LEFT JOIN shown_person a ON a.id = l.asked_by
LEFT JOIN shown_person d ON d.id = l.decided_by WHERE l.id = :id;

-- query transfer_list_all(int most) many
SELECT id FROM transfer_list ORDER BY id DESC LIMIT :most;

-- query transfer_list_touch(int id, int? person) do
UPDATE transfer_list SET change = change + 1, state = 'draft', changed_by = :person, digest = NULL WHERE id = :id;

-- query transfer_list_ask(int id, int now, int? person, blob digest) do
UPDATE transfer_list SET change = change + 1, state = 'asked', asked = :now, asked_by = :person, digest = :digest,
	why = NULL WHERE id = :id;

-- query transfer_list_back(int id, text why) do
UPDATE transfer_list SET change = change + 1, state = 'draft', digest = NULL, why = :why WHERE id = :id;

-- query transfer_list_decide(int id, int now, int? person, text role) do
UPDATE transfer_list SET change = change + 1, state = 'decided', decided = :now, decided_by = :person,
	decided_role = :role WHERE id = :id;

-- query transfer_list_withdraw(int id, int now, int? person, text why) do
UPDATE transfer_list SET change = change + 1, state = 'withdrawn', withdrawn = :now, withdrawn_by = :person,
	why = :why WHERE id = :id;

-- Lines

-- query transfer_line_add(int id, int list, int place, text kind, int person, sealed number, sealed name, sealed kana, text from_unit, text from_post, text to_unit, text to_post, text above, int? day, sealed note) do
INSERT INTO transfer_line (id, list, place, kind, person, number, name, kana, from_unit, from_post, to_unit, to_post,
	above, day, note, is_dropped)
VALUES (:id, :list, :place, :kind, :person, :number, :name, :kana, :from_unit, :from_post, :to_unit, :to_post,
	:above, :day, :note, 0);

-- query transfer_line_change(int id, text kind, int person, sealed number, sealed name, sealed kana, text from_unit, text from_post, text to_unit, text to_post, text above, int? day, sealed note) do
UPDATE transfer_line SET kind = :kind, person = :person, number = :number, name = :name, kana = :kana,
	from_unit = :from_unit, from_post = :from_post, to_unit = :to_unit, to_post = :to_post, above = :above,
	day = :day, note = :note, is_dropped = 0
WHERE id = :id;

-- query transfer_line_drop(int id, int is_dropped) do
UPDATE transfer_line SET is_dropped = :is_dropped WHERE id = :id;

-- query transfer_line_drop_all(int list) do
UPDATE transfer_line SET is_dropped = 1 WHERE list = :list;

-- Who would have come and does not: their names are not kept. Written through sealed parameters.
-- query transfer_line_forget(int list) do
UPDATE transfer_line SET number = '', name = '', kana = '', note = '' WHERE list = :list AND person = 0;

-- query transfer_line_all(int list, int most) many
-- column is_dropped bool
SELECT id, place, kind, person, number, name, kana, from_unit, from_post, to_unit, to_post, above, day, note,
	is_dropped <> 0 AS is_dropped
FROM transfer_line WHERE list = :list ORDER BY place, id LIMIT :most;

-- query transfer_line_get(int id) maybe
-- column is_dropped bool
SELECT id, list, place, kind, person, number, name, kana, from_unit, from_post, to_unit, to_post, above, day, note,
	is_dropped <> 0 AS is_dropped
FROM transfer_line WHERE id = :id;

-- query transfer_line_about(int person, int most) many
SELECT id, list FROM transfer_line WHERE person = :person ORDER BY id DESC LIMIT :most;

-- query transfer_line_last(int list) one
-- column last int?
SELECT max(place) AS last FROM transfer_line WHERE list = :list;

-- query transfer_line_has(int list, int person) maybe
SELECT id FROM transfer_line WHERE list = :list AND person = :person AND is_dropped = 0 LIMIT 1;

-- query transfer_line_persons(int list, int most) many
SELECT DISTINCT person FROM transfer_line WHERE list = :list AND is_dropped = 0 AND person > 0
ORDER BY person LIMIT :most;

-- query transfer_lists_of(int person) many
SELECT DISTINCT l.id AS id FROM transfer_line x JOIN transfer_list l ON l.id = x.list
WHERE x.person = :person AND x.is_dropped = 0 AND l.state = 'decided' ORDER BY l.day DESC, l.id DESC LIMIT 20;

-- What was ticked

-- query transfer_end_all(int list) many
SELECT id, kind, object FROM transfer_end WHERE list = :list ORDER BY id LIMIT 5000;

-- query transfer_end_add(int id, int list, text kind, int object) do
INSERT INTO transfer_end (id, list, kind, object) VALUES (:id, :list, :kind, :object);

-- query transfer_end_clear(int list) do
DELETE FROM transfer_end WHERE list = :list;

-- The organisation

-- query transfer_sizes() one
-- column persons int
-- column places int
-- column posts int
SELECT (SELECT count(*) FROM shown_person) AS persons, (SELECT count(*) FROM shown_assignment) AS places,
	(SELECT count(*) FROM shown_post) AS posts;

-- Nothing sealed: ten thousand persons are read without a key.
-- query transfer_people() each
SELECT id, number, since, until FROM shown_person ORDER BY number;

-- query transfer_person_name(int id) maybe
SELECT number, name FROM shown_person WHERE id = :id;

-- query transfer_places(int day) each
-- column is_main bool
SELECT id, person, post, is_main, beside, since, until FROM shown_assignment
WHERE until IS NULL OR until >= :day ORDER BY person, id;

-- query transfer_posts(int day) each
SELECT id, unit, name, "rank" AS place, since, until FROM shown_post
WHERE until IS NULL OR until >= :day ORDER BY id;

-- query transfer_post_roles(int day) each
SELECT post, role FROM shown_post_role
WHERE (since IS NULL OR since <= :day) AND (until IS NULL OR until >= :day) ORDER BY post;

-- What is left behind

-- query transfer_left(int person) one
-- column dossiers int
-- column permits int
-- column outings int
SELECT (SELECT count(*) FROM shown_dossier d WHERE d.applicant = :person
		AND d.state IN ('draft', 'sent', 'returned', 'granted')) AS dossiers,
	(SELECT count(*) FROM shown_permit t WHERE t.holder = :person AND t.state IN ('valid', 'out', 'returned')) AS permits,
	(SELECT count(*) FROM shown_outing o JOIN shown_permit t ON t.id = o.permit
		WHERE t.holder = :person AND o.back IS NULL) AS outings;

-- query transfer_waiting(text role, int unit) one
-- column waiting int
SELECT count(DISTINCT s.dossier) AS waiting FROM shown_step s
WHERE s.state = 'open' AND s.role = :role AND (s.unit = :unit OR s.unit IS NULL);

-- query transfer_rows_of_unit(int unit) one
-- column living int
SELECT count(*) AS living FROM shown_row WHERE owner = :unit AND is_retired = 0;

-- Hand-over

-- query transfer_dossiers_of(int person, int most) many
SELECT id, number, state, changed FROM shown_dossier
WHERE applicant = :person AND state IN ('draft', 'sent', 'returned', 'granted') ORDER BY id DESC LIMIT :most;

-- query transfer_occasions_of(int dossier) many
SELECT occasion FROM shown_dossier_occasion WHERE dossier = :dossier ORDER BY id LIMIT 50;

-- query transfer_permits_of(int person, int most) many
SELECT id, number, occasion, until_day FROM shown_permit
WHERE holder = :person AND state IN ('valid', 'out', 'returned') ORDER BY until_day, id LIMIT :most;

-- query transfer_permits_in(int unit, int most) many
SELECT id, number, occasion, until_day FROM shown_permit
WHERE unit = :unit AND state IN ('valid', 'out', 'returned') ORDER BY until_day, id LIMIT :most;

-- query transfer_out_of(int person, int most) many
SELECT o.id AS id, o.permit AS permit, t.number AS number, o.due AS due, r.title AS title
FROM shown_outing o JOIN shown_permit t ON t.id = o.permit LEFT JOIN shown_row r ON r.id = o.asset
WHERE t.holder = :person AND o.back IS NULL ORDER BY o.id LIMIT :most;

-- query transfer_out_in(int unit, int most) many
SELECT o.id AS id, o.permit AS permit, t.number AS number, o.due AS due, r.title AS title
FROM shown_outing o JOIN shown_permit t ON t.id = o.permit LEFT JOIN shown_row r ON r.id = o.asset
WHERE t.unit = :unit AND o.back IS NULL ORDER BY o.id LIMIT :most;

-- query transfer_waiting_for(text role, int unit, int most) many
SELECT d.id AS id, d.number AS number FROM shown_step s JOIN shown_dossier d ON d.id = s.dossier
WHERE s.state = 'open' AND s.role = :role AND (s.unit = :unit OR s.unit IS NULL)
GROUP BY d.id, d.number ORDER BY d.id LIMIT :most;

-- query transfer_ledgers_in(int unit, int since) many
-- column living int
-- column stale int
SELECT ledger, count(*) AS living, sum(confirmed < :since) AS stale FROM shown_row
WHERE owner = :unit AND is_retired = 0 GROUP BY ledger ORDER BY ledger LIMIT 100;

-- What was written

-- query transfer_done_add(int id, int list, text what, int object, int? was) do
INSERT INTO transfer_done (id, list, what, object, was) VALUES (:id, :list, :what, :object, :was);

-- query transfer_done_all(int list) many
SELECT id, what, object, was FROM transfer_done WHERE list = :list ORDER BY id DESC LIMIT 40000;

-- Leavers

-- query transfer_leaver_all(int list) many
SELECT d.object AS person, p.number, p.name, p.until FROM transfer_done d JOIN shown_person p ON p.id = d.object
WHERE d.list = :list AND d.what = 'person-end' ORDER BY p.number LIMIT 5000;

-- query transfer_leaver_is(int list, int person) maybe
SELECT id FROM transfer_done WHERE list = :list AND what = 'person-end' AND object = :person;

-- query transfer_return_all(int list, int person) many
SELECT id, kind, object, words, returned, returned_by FROM transfer_return
WHERE list = :list AND person = :person ORDER BY id LIMIT 500;

-- query transfer_return_get(int id) maybe
SELECT id, list, person, kind, object, returned FROM transfer_return WHERE id = :id;

-- query transfer_return_put(int id, int list, int person, text kind, int? object, text words) do
INSERT INTO transfer_return (id, list, person, kind, object, words) VALUES (:id, :list, :person, :kind, :object, :words);

-- query transfer_return_done(int id, int now, int? person) do
UPDATE transfer_return SET returned = :now, returned_by = :person WHERE id = :id;

-- query transfer_return_open(int list, int person) one
-- column open int
SELECT count(*) AS open FROM transfer_return WHERE list = :list AND person = :person AND returned IS NULL;

-- query transfer_outing_is_back(int id) maybe
SELECT back FROM shown_outing WHERE id = :id;

-- query transfer_pledge_get(int list, int person) maybe
-- column is_paper bool
SELECT id, at, by_person, is_paper <> 0 AS is_paper FROM transfer_pledge WHERE list = :list AND person = :person;

-- query transfer_pledge_add(int id, int list, int person, int now, int? by_person, int is_paper) do
INSERT INTO transfer_pledge (id, list, person, at, by_person, is_paper)
VALUES (:id, :list, :person, :now, :by_person, :is_paper);

-- Telling

-- query transfer_lists_to_tell(int from, int until) many
SELECT id, day FROM transfer_list WHERE state = 'decided' AND day >= :from AND day <= :until ORDER BY day, id LIMIT 50;

-- query transfer_to_tell(int list, text stage, int most) many
SELECT DISTINCT x.person AS person FROM transfer_line x
WHERE x.list = :list AND x.is_dropped = 0 AND x.person > 0
	AND NOT EXISTS (SELECT 1 FROM transfer_told t WHERE t.list = :list AND t.person = x.person AND t.stage = :stage)
ORDER BY x.person LIMIT :most;

-- query transfer_told_add(int id, int list, int person, text stage, int now) do
INSERT INTO transfer_told (id, list, person, stage, at) VALUES (:id, :list, :person, :stage, :now);

-- query transfer_told_find(int list, int person, text stage) maybe
SELECT id FROM transfer_told WHERE list = :list AND person = :person AND stage = :stage;
