-- Units

-- query people_unit_insert(int id, int? parent, text code, text name, text kind, int rank, int? since, int? until) do
INSERT INTO people_unit (id, parent, code, name, kind, "rank", since, until)
VALUES (:id, :parent, :code, :name, :kind, :rank, :since, :until);

-- query people_unit_update(int id, int? parent, text code, text name, text kind, int rank, int? since, int? until) do
UPDATE people_unit SET parent = :parent, code = :code, name = :name, kind = :kind, "rank" = :rank,
	since = :since, until = :until
WHERE id = :id;

-- query people_unit_set_period(int id, int? since, int? until) do
UPDATE people_unit SET since = :since, until = :until WHERE id = :id;

-- query people_unit_set_until(int id, int? until) do
UPDATE people_unit SET until = :until WHERE id = :id;

-- query people_unit_set_successor(int id, int? successor) do
UPDATE people_unit SET successor = :successor WHERE id = :id;

-- As of a day.
-- query people_unit_get(int id, int day) maybe
SELECT unit AS id, parent, code, name, kind, "rank" AS place, since, until, successor
FROM people_unit_day_cache WHERE unit = :id AND holds_from <= :day AND holds_to >= :day;

-- query people_unit_by_code_get(text code, int day) maybe
SELECT unit AS id FROM people_unit_day_cache
WHERE code = :code AND (until IS NULL OR until >= :day) AND holds_to >= :day
ORDER BY (holds_from > :day OR (since IS NOT NULL AND since > :day)), unit DESC LIMIT 1;

-- query people_unit_code_clash(text code, int id, int since, int until) maybe
SELECT unit AS id FROM people_unit_day_cache
WHERE code = :code AND unit <> :id AND (until IS NULL OR until >= :since)
	AND (since IS NULL OR since <= :until) AND holds_from <= :until AND holds_to >= :since
LIMIT 1;

-- query people_unit_all(int day, int most) many
SELECT unit AS id, parent, code, name, kind, "rank" AS place, since, until, successor
FROM people_unit_day_cache
WHERE (since IS NULL OR since <= :day) AND (until IS NULL OR until >= :day)
	AND holds_from <= :day AND holds_to >= :day
ORDER BY "rank", code, unit LIMIT :most;

-- query people_unit_above(int unit, int day) many
SELECT u.unit AS id, u.parent AS parent, u.code AS code, u.name AS name, u.kind AS kind,
	u."rank" AS place, u.since AS since, u.until AS until, u.successor AS successor
FROM people_unit_tree_cache c JOIN people_unit_day_cache u ON u.unit = c.above
WHERE c.unit = :unit AND c.holds_from <= :day AND c.holds_to >= :day
	AND u.holds_from <= :day AND u.holds_to >= :day
ORDER BY c.steps LIMIT 64;

-- query people_unit_under_find(int unit, int above, int day) maybe
SELECT steps FROM people_unit_tree_cache
WHERE unit = :unit AND above = :above AND holds_from <= :day AND holds_to >= :day LIMIT 1;

-- On the day or any later one.
-- query people_unit_under_later(int unit, int above, int day) maybe
SELECT steps FROM people_unit_tree_cache
WHERE unit = :unit AND above = :above AND holds_to >= :day LIMIT 1;

-- query people_unit_depth(int unit) one
-- column deepest int?
SELECT max(steps) AS deepest FROM people_unit_tree_cache WHERE unit = :unit;

-- query people_unit_height(int unit) one
-- column highest int?
SELECT max(steps) AS highest FROM people_unit_tree_cache WHERE above = :unit;

-- query people_unit_below(int above, int most) many
SELECT DISTINCT unit FROM people_unit_tree_cache WHERE above = :above ORDER BY unit LIMIT :most;

-- Forms: what a unit is called from a day on

-- query people_unit_form_insert(int id, int unit, int since, int? parent, text code, text name, text kind, int rank) do
INSERT INTO people_unit_form (id, unit, since, parent, code, name, kind, "rank")
VALUES (:id, :unit, :since, :parent, :code, :name, :kind, :rank);

-- query people_unit_form_update(int id, int? parent, text code, text name, text kind, int rank) do
UPDATE people_unit_form SET parent = :parent, code = :code, name = :name, kind = :kind, "rank" = :rank
WHERE id = :id;

-- query people_unit_form_withdraw(int id, int withdrawn) do
UPDATE people_unit_form SET withdrawn = :withdrawn WHERE id = :id;

-- query people_unit_form_at(int unit, int since) maybe
SELECT id FROM people_unit_form WHERE unit = :unit AND since = :since AND withdrawn IS NULL;

-- The one in force on the day.
-- query people_unit_form_on(int unit, int day) maybe
SELECT id FROM people_unit_form WHERE unit = :unit AND since <= :day AND withdrawn IS NULL
ORDER BY since DESC LIMIT 1;

-- query people_unit_forms_of(int unit) many
SELECT since, parent, code, name, kind, "rank" AS place FROM people_unit_form
WHERE unit = :unit AND withdrawn IS NULL ORDER BY since LIMIT 1000;

-- query people_unit_base(int id) maybe
SELECT id, parent, code, name, kind, "rank" AS place, since, until, successor
FROM people_unit WHERE id = :id;

-- The day table and the tree (tree.c)

-- query people_unit_day_leave(int unit) do
DELETE FROM people_unit_day_cache WHERE unit = :unit;

-- query people_unit_day_insert(int unit, int? parent, text code, text name, text kind, int rank, int? since, int? until, int? successor, int holds_from, int holds_to) do
INSERT INTO people_unit_day_cache (id, unit, parent, code, name, kind, "rank", since, until, successor,
	holds_from, holds_to)
SELECT coalesce(max(id), 0) + 1, :unit, :parent, :code, :name, :kind, :rank, :since, :until, :successor,
	:holds_from, :holds_to
FROM people_unit_day_cache;

-- query people_unit_day_of(int unit) many
SELECT parent, until, successor, holds_from, holds_to FROM people_unit_day_cache
WHERE unit = :unit ORDER BY holds_from LIMIT 1000;

-- query people_unit_tree_leave(int unit) do
DELETE FROM people_unit_tree_cache WHERE unit = :unit;

-- query people_unit_tree_insert(int unit, int above, int steps, int holds_from, int holds_to) do
INSERT INTO people_unit_tree_cache (id, unit, above, steps, holds_from, holds_to)
SELECT coalesce(max(id), 0) + 1, :unit, :above, :steps, :holds_from, :holds_to
FROM people_unit_tree_cache;

-- query people_unit_goes_on(int unit, int last) maybe
SELECT c.unit AS unit FROM people_unit_tree_cache c
WHERE c.above = :unit AND c.holds_to > :last AND (
	(c.unit <> :unit AND EXISTS (SELECT 1 FROM people_unit u
		WHERE u.id = c.unit AND (u.until IS NULL OR u.until > :last)))
	OR EXISTS (SELECT 1 FROM people_post p JOIN people_assignment a ON a.post = p.id
		JOIN people_person pe ON pe.id = a.person
		WHERE p.unit = c.unit AND (a.until IS NULL OR a.until > :last)
			AND (pe.until IS NULL OR pe.until > :last)))
LIMIT 1;

-- query people_unit_is_staffed(int unit, int last) maybe
SELECT a.id AS id FROM people_post p JOIN people_assignment a ON a.post = p.id
JOIN people_person pe ON pe.id = a.person
WHERE p.unit = :unit AND (a.until IS NULL OR a.until > :last)
	AND (pe.until IS NULL OR pe.until > :last)
LIMIT 1;

-- Posts

-- query people_post_insert(int id, int unit, text name, int rank, int? since, int? until) do
INSERT INTO people_post (id, unit, name, "rank", since, until)
VALUES (:id, :unit, :name, :rank, :since, :until);

-- query people_post_update(int id, text name, int rank, int? since, int? until) do
UPDATE people_post SET name = :name, "rank" = :rank, since = :since, until = :until WHERE id = :id;

-- query people_post_set_until(int id, int? until) do
UPDATE people_post SET until = :until WHERE id = :id;

-- query people_post_set_successor(int id, int? successor) do
UPDATE people_post SET successor = :successor WHERE id = :id;

-- query people_post_get(int id) maybe
SELECT id, unit, name, "rank" AS place, since, until, successor FROM people_post WHERE id = :id;

-- query people_post_of_unit(int unit, int day, int most) many
SELECT id, unit, name, "rank" AS place, since, until, successor FROM people_post
WHERE unit = :unit AND (since IS NULL OR since <= :day) AND (until IS NULL OR until >= :day)
ORDER BY "rank", id LIMIT :most;

-- query people_post_open_of_unit(int unit, int last) many
SELECT id FROM people_post WHERE unit = :unit AND (until IS NULL OR until > :last)
ORDER BY id LIMIT 1000;

-- query people_post_clash(int unit, text name, int id, int since, int until) maybe
SELECT id FROM people_post
WHERE unit = :unit AND name = :name AND id <> :id AND (until IS NULL OR until >= :since)
	AND (since IS NULL OR since <= :until)
ORDER BY id LIMIT 1;

-- query people_post_is_held(int post, int last) maybe
SELECT a.id AS id FROM people_assignment a JOIN people_person pe ON pe.id = a.person
WHERE a.post = :post AND (a.until IS NULL OR a.until > :last)
	AND (pe.until IS NULL OR pe.until > :last)
LIMIT 1;

-- query people_post_roles(int post, int day) many
SELECT id, role FROM people_post_role
WHERE post = :post AND (since IS NULL OR since <= :day) AND (until IS NULL OR until >= :day)
ORDER BY id LIMIT 64;

-- query people_post_role_insert(int id, int post, text role, int? since) do
INSERT INTO people_post_role (id, post, role, since, until)
VALUES (:id, :post, :role, :since, NULL);

-- query people_post_role_end(int id, int until) do
UPDATE people_post_role SET until = :until WHERE id = :id;

-- A change of its roles after the day.
-- query people_post_roles_later(int post, int day) maybe
SELECT id FROM people_post_role
WHERE post = :post AND (until IS NULL OR since IS NULL OR since <= until)
	AND ((since IS NOT NULL AND since > :day) OR (until IS NOT NULL AND until >= :day))
LIMIT 1;

-- Persons

-- query people_person_insert(int id, text number, sealed name, sealed family, sealed given, sealed kana, sealed mail, text language, text? employment, int? since, int? until) do
INSERT INTO people_person (id, number, name, family, given, kana, mail, language, employment, since,
	until)
VALUES (:id, :number, :name, :family, :given, :kana, :mail, :language, :employment, :since, :until);

-- query people_person_set_language(int id, text language) do
UPDATE people_person SET language = :language WHERE id = :id;

-- Nothing sealed: rights are worked out without a key.
-- query people_person_until(int id) maybe
SELECT until, employment FROM people_person WHERE id = :id;

-- query people_person_update(int id, text number, sealed name, sealed family, sealed given, sealed kana, sealed mail, text language, text? employment, int? since, int? until) do
UPDATE people_person SET number = :number, name = :name, family = :family, given = :given,
	kana = :kana, mail = :mail, language = :language, employment = :employment, since = :since, until = :until
WHERE id = :id;

-- query people_person_get(int id) maybe
-- column is_erased bool
SELECT p.id AS id, p.number AS number, p.name AS name, p.family AS family, p.given AS given,
	p.kana AS kana, p.mail AS mail, p.language AS language, p.employment AS employment,
	p.since AS since, p.until AS until, e.id IS NOT NULL AS is_erased
FROM people_person p LEFT JOIN people_erasure e ON e.id = p.id WHERE p.id = :id;

-- query people_person_number(text number) maybe
SELECT id FROM people_person WHERE number = :number;

-- What the directory in memory (directory.c) has not seen yet.
-- query people_person_touch(int id) do
INSERT INTO people_person_cache (id, version)
SELECT :id, coalesce(max(version), 0) + 1 FROM people_person_cache WHERE true
ON CONFLICT (id) DO UPDATE SET version = excluded.version;

-- query people_person_version() one
-- column version int?
SELECT max(version) AS version FROM people_person_cache;

-- query people_person_changed(int version) each
SELECT c.version AS version, p.id AS id, p.number AS number, p.name AS name, p.kana AS kana,
	p.mail AS mail, p.until AS until, a.login AS login
FROM people_person_cache c JOIN people_person p ON p.id = c.id
LEFT JOIN people_account a ON a.id = p.id
WHERE c.version > :version ORDER BY c.version;

-- query people_person_row(int id, int day) maybe
-- column has_account bool
-- column is_away bool
SELECT p.id AS id, p.number AS number, p.name AS name, p.kana AS kana, p.until AS until,
	p.employment AS employment, po.unit AS unit, u.name AS unit_name, po.name AS post_name,
	acc.id IS NOT NULL AS has_account, EXISTS (SELECT 1 FROM people_secondment s
		WHERE s.person = p.id AND s.way = 'out' AND s.since <= :day
			AND (s.until IS NULL OR s.until >= :day)) AS is_away
FROM people_person p
LEFT JOIN people_account acc ON acc.id = p.id AND acc.is_closed = 0
LEFT JOIN people_assignment a ON a.id = (SELECT x.id FROM people_assignment x
	WHERE x.person = p.id AND (x.since IS NULL OR x.since <= :day)
		AND (x.until IS NULL OR x.until >= :day)
	ORDER BY x.is_main DESC, x.id LIMIT 1)
LEFT JOIN people_post po ON po.id = a.post
LEFT JOIN people_unit_day_cache u ON u.unit = po.unit AND u.holds_from <= :day AND u.holds_to >= :day
WHERE p.id = :id;

-- Who is at work in a unit or below it.
-- query people_person_under(int unit, int day) each
SELECT DISTINCT y.person AS person FROM people_unit_tree_cache yu
JOIN people_post yp ON yp.unit = yu.unit
JOIN people_assignment y ON y.post = yp.id
WHERE yu.above = :unit AND yu.holds_from <= :day AND yu.holds_to >= :day AND (y.since IS NULL OR y.since <= :day)
	AND (y.until IS NULL OR y.until >= :day);

-- Sealing what an older Bansho left in plain (seal.c)

-- query people_person_plain(int most) many
SELECT p.id AS id FROM people_person p
LEFT JOIN people_person_cache c ON c.id = p.id WHERE c.id IS NULL ORDER BY p.id LIMIT :most;

-- query people_outbox_old(int after, int most) many
SELECT id, address, subject, body FROM people_outbox
WHERE id > :after AND state = 'waiting' AND person IS NULL ORDER BY id LIMIT :most;

-- query people_outbox_seal(int id, int? person, sealed address, sealed subject, sealed body) do
UPDATE people_outbox SET person = :person, address = :address, subject = :subject, body = :body
WHERE id = :id;

-- query people_notice_old(int after, int most) many
SELECT id, person, words FROM people_notice WHERE id > :after ORDER BY id LIMIT :most;

-- query people_notice_seal(int id, int person, sealed words) do
UPDATE people_notice SET words = :words WHERE id = :id AND person = :person;

-- query people_deputy_old(int after, int most) many
SELECT id, absent, reason FROM people_deputy WHERE id > :after ORDER BY id LIMIT :most;

-- query people_deputy_seal(int id, int absent, sealed reason) do
UPDATE people_deputy SET reason = :reason WHERE id = :id AND absent = :absent;

-- query people_session_old(int after, int most) many
SELECT id, person, address, agent FROM people_session WHERE id > :after ORDER BY id LIMIT :most;

-- query people_session_seal(int id, int person, sealed address, sealed agent) do
UPDATE people_session SET address = :address, agent = :agent WHERE id = :id AND person = :person;

-- Erasing

-- query people_erasure_insert(int id, text basis, blob mark, int at) do
INSERT INTO people_erasure (id, basis, mark, at) VALUES (:id, :basis, :mark, :at);

-- query people_erasure_get(int id) maybe
SELECT id, basis, mark, at FROM people_erasure WHERE id = :id;

-- query people_erasure_all() each
SELECT id FROM people_erasure ORDER BY id;

-- query people_key_owners() each
-- column is_erased bool
SELECT p.id AS id, e.id IS NOT NULL AS is_erased
FROM people_person p LEFT JOIN people_erasure e ON e.id = p.id ORDER BY p.id;

-- query people_erase_number(int id, text number) do
UPDATE people_person SET number = :number WHERE id = :id;

-- query people_erase_account(int id, text login) do
UPDATE people_account SET login = :login, password = '', is_closed = 1 WHERE id = :id;

-- query people_person_all() each
-- column is_operator bool
SELECT p.id AS id, p.number AS number, p.name AS name, p.family AS family, p.given AS given,
	p.kana AS kana, p.mail AS mail, p.language AS language, p.employment AS employment,
	p.since AS since, p.until AS until, a.login AS login, EXISTS (SELECT 1 FROM people_grant g WHERE g.person = p.id
		AND g.kind = 'operator' AND g.until IS NULL) AS is_operator
FROM people_person p LEFT JOIN people_account a ON a.id = p.id
ORDER BY p.id;

-- What is kept about a person, and until when

-- query people_kept_counts(int person) one
-- column sessions int
-- column first_session int?
-- column windows int
-- column notices int
-- column first_notice int?
-- column mails int
-- column deputies int
-- column delegations int
-- column grants int
-- column assignments int
SELECT
	(SELECT count(*) FROM people_session WHERE person = :person) AS sessions,
	(SELECT min(created) FROM people_session WHERE person = :person) AS first_session,
	(SELECT count(*) FROM people_window WHERE person = :person) AS windows,
	(SELECT count(*) FROM people_notice WHERE person = :person) AS notices,
	(SELECT min(created) FROM people_notice WHERE person = :person) AS first_notice,
	(SELECT count(*) FROM people_outbox WHERE person = :person AND state = 'waiting') AS mails,
	(SELECT count(*) FROM people_deputy WHERE absent = :person OR deputy = :person) AS deputies,
	(SELECT count(*) FROM people_delegation WHERE given_by = :person) AS delegations,
	(SELECT count(*) FROM people_grant WHERE person = :person) AS grants,
	(SELECT count(*) FROM people_assignment WHERE person = :person) AS assignments;

-- query people_retention_list(int before, int today, bool with_held, int most) many
-- column held_by_name text
SELECT p.id AS id, p.name AS name, p.number AS number, p.until AS until, r.proposed AS proposed,
	r.held_until AS held_until, r.held_by AS held_by, r.reason AS reason, h.name AS held_by_name
FROM people_person p LEFT JOIN people_retention r ON r.id = p.id
LEFT JOIN people_person h ON h.id = r.held_by
WHERE p.until IS NOT NULL AND p.until < :before
	AND NOT EXISTS (SELECT 1 FROM people_erasure e WHERE e.id = p.id)
	AND (:with_held OR r.held_until IS NULL OR r.held_until < :today)
ORDER BY p.until, p.id LIMIT :most;

-- query people_retention_put(int id, int now, sealed reason) do
INSERT INTO people_retention (id, proposed, held_until, held_by, reason)
VALUES (:id, :now, NULL, NULL, :reason)
ON CONFLICT (id) DO UPDATE SET proposed = :now, held_until = NULL;

-- query people_retention_hold(int id, int now, int until, int? by, sealed reason) do
INSERT INTO people_retention (id, proposed, held_until, held_by, reason)
VALUES (:id, :now, :until, :by, :reason)
ON CONFLICT (id) DO UPDATE SET held_until = :until, held_by = :by, reason = :reason;

-- Assignments

-- query people_assignment_insert(int id, int person, int post, bool is_main, text? beside, int? since, int? until) do
INSERT INTO people_assignment (id, person, post, is_main, beside, since, until)
VALUES (:id, :person, :post, :is_main, :beside, :since, :until);

-- query people_assignment_set_until(int id, int? until) do
UPDATE people_assignment SET until = :until WHERE id = :id;

-- query people_assignment_get(int id) maybe
-- column is_main bool
SELECT a.id AS id, a.person AS person, a.post AS post, a.is_main AS is_main, a.beside AS beside,
	a.since AS since, a.until AS until, po.unit AS unit, po.name AS post_name
FROM people_assignment a JOIN people_post po ON po.id = a.post WHERE a.id = :id;

-- query people_assignment_main_clash(int person, int id, int since, int until) maybe
SELECT id FROM people_assignment
WHERE person = :person AND id <> :id AND is_main = 1 AND (until IS NULL OR until >= :since)
	AND (since IS NULL OR since <= :until) AND (since IS NULL OR until IS NULL OR since <= until)
LIMIT 1;

-- The unit is called as on its last day, on its first when that is to come, today when it runs.
-- query people_assignment_of_person(int person, int today) many
-- column is_main bool
SELECT a.id AS id, a.person AS person, a.post AS post, a.is_main AS is_main, a.beside AS beside,
	a.since AS since, a.until AS until, po.unit AS unit, pe.name AS person_name,
	po.name AS post_name, u.name AS unit_name
FROM people_assignment a JOIN people_post po ON po.id = a.post
JOIN people_person pe ON pe.id = a.person JOIN people_unit_day_cache u ON u.unit = po.unit
	AND u.holds_from <= CASE WHEN a.until < :today THEN a.until WHEN a.since > :today THEN a.since
		ELSE :today END
	AND u.holds_to >= CASE WHEN a.until < :today THEN a.until WHEN a.since > :today THEN a.since
		ELSE :today END
WHERE a.person = :person
ORDER BY (a.until IS NULL) DESC, a.until DESC, a.is_main DESC, a.id DESC LIMIT 1000;

-- query people_assignment_of_unit(int unit, int day) many
-- column is_main bool
SELECT a.id AS id, a.person AS person, a.post AS post, a.is_main AS is_main, a.beside AS beside,
	a.since AS since, a.until AS until, po.unit AS unit, pe.name AS person_name,
	po.name AS post_name, u.name AS unit_name
FROM people_assignment a JOIN people_post po ON po.id = a.post
JOIN people_person pe ON pe.id = a.person JOIN people_unit_day_cache u ON u.unit = po.unit
	AND u.holds_from <= :day AND u.holds_to >= :day
WHERE po.unit = :unit AND (a.since IS NULL OR a.since <= :day)
	AND (a.until IS NULL OR a.until >= :day) AND (pe.until IS NULL OR pe.until >= :day)
ORDER BY po."rank", a.is_main DESC, a.id LIMIT 1000;

-- query people_assignment_unit(int person, int day) maybe
SELECT po.unit AS unit FROM people_assignment a JOIN people_post po ON po.id = a.post
WHERE a.person = :person AND (a.since IS NULL OR a.since <= :day)
	AND (a.until IS NULL OR a.until >= :day)
ORDER BY a.is_main DESC, a.id LIMIT 1;

-- query people_assignment_units(int person, int day) many
SELECT po.unit AS unit FROM people_assignment a JOIN people_post po ON po.id = a.post
WHERE a.person = :person AND (a.since IS NULL OR a.since <= :day)
	AND (a.until IS NULL OR a.until >= :day)
ORDER BY a.is_main DESC, a.id LIMIT 100;

-- query people_assignment_open(int person, int last) many
SELECT id, post FROM people_assignment WHERE person = :person AND (until IS NULL OR until > :last)
ORDER BY id LIMIT 1000;

-- query people_assignment_holds(int person, int post, int day) maybe
SELECT a.id AS id FROM people_assignment a JOIN people_person pe ON pe.id = a.person
WHERE a.person = :person AND a.post = :post AND (a.since IS NULL OR a.since <= :day)
	AND (a.until IS NULL OR a.until >= :day) AND (pe.until IS NULL OR pe.until >= :day)
LIMIT 1;

-- query people_assignment_today(int day) each
-- column is_main bool
SELECT a.id AS id, a.person AS person, a.post AS post, a.is_main AS is_main, po.unit AS unit,
	po.name AS post_name
FROM people_assignment a JOIN people_post po ON po.id = a.post
WHERE (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
ORDER BY a.person, a.id;

-- Secondment

-- query people_secondment_insert(int id, int person, text way, sealed other, int since, int? until) do
INSERT INTO people_secondment (id, person, way, other, since, until)
VALUES (:id, :person, :way, :other, :since, :until);

-- query people_secondment_set_until(int id, int? until) do
UPDATE people_secondment SET until = :until WHERE id = :id;

-- query people_secondment_get(int id) maybe
SELECT id, person, since FROM people_secondment WHERE id = :id;

-- query people_secondment_clash(int person, int id, int since, int until) maybe
SELECT id FROM people_secondment
WHERE person = :person AND id <> :id AND since <= :until AND (until IS NULL OR until >= :since)
	AND (until IS NULL OR since <= until)
LIMIT 1;

-- query people_secondment_of(int person) many
SELECT id, person, way, other, since, until FROM people_secondment
WHERE person = :person AND (until IS NULL OR since <= until) ORDER BY since DESC, id DESC LIMIT 1000;

-- query people_secondment_at(int person, int day) maybe
SELECT id, person, way, other, since, until FROM people_secondment
WHERE person = :person AND since <= :day AND (until IS NULL OR until >= :day) LIMIT 1;

-- query people_secondment_open(int person, int last) many
SELECT id FROM people_secondment WHERE person = :person AND (until IS NULL OR until > :last)
ORDER BY id LIMIT 1000;

-- Nothing sealed: rights are worked out without a key.
-- query people_is_away(int person, int day) maybe
SELECT id FROM people_secondment
WHERE person = :person AND way = 'out' AND since <= :day AND (until IS NULL OR until >= :day)
LIMIT 1;

-- Firms, engagements, workers

-- query people_firm_insert(int id, text code, text name, text contact, int? until) do
INSERT INTO people_firm (id, code, name, contact, until)
VALUES (:id, :code, :name, :contact, :until);

-- query people_firm_update(int id, text code, text name, text contact, int? until) do
UPDATE people_firm SET code = :code, name = :name, contact = :contact, until = :until WHERE id = :id;

-- query people_firm_get(int id) maybe
SELECT id, code, name, contact, until FROM people_firm WHERE id = :id;

-- query people_firm_code(text code) maybe
SELECT id FROM people_firm WHERE code = :code;

-- Those with an engagement on the day, or none at all yet; with :all, every one.
-- query people_firm_list(int day, bool all, int most) many
-- column engagements int
-- column workers int
SELECT f.id AS id, f.code AS code, f.name AS name, f.contact AS contact, f.until AS until,
	(SELECT count(*) FROM people_engagement e
		WHERE e.firm = f.id AND e.since <= :day AND e.until >= :day) AS engagements,
	(SELECT count(DISTINCT w.person) FROM people_worker w JOIN people_engagement e
			ON e.id = w.engagement
		WHERE e.firm = f.id AND w.since <= :day AND w.until >= :day) AS workers
FROM people_firm f
WHERE :all OR ((f.until IS NULL OR f.until >= :day) AND (
	EXISTS (SELECT 1 FROM people_engagement e
		WHERE e.firm = f.id AND e.until >= :day AND e.until >= e.since)
	OR NOT EXISTS (SELECT 1 FROM people_engagement e WHERE e.firm = f.id)))
ORDER BY f.name, f.id LIMIT :most;

-- query people_firm_goes_on(int firm, int last) maybe
SELECT id FROM people_engagement WHERE firm = :firm AND until > :last AND since <= until LIMIT 1;

-- query people_engagement_insert(int id, int firm, int? above, int unit, text work, text basis, int agreed, int since, int until) do
INSERT INTO people_engagement (id, firm, above, unit, work, basis, agreed, since, until)
VALUES (:id, :firm, :above, :unit, :work, :basis, :agreed, :since, :until);

-- query people_engagement_set_until(int id, int until) do
UPDATE people_engagement SET until = :until WHERE id = :id;

-- The unit is called as on the engagement's last day, or today while it runs.
-- query people_engagement_get(int id, int today) maybe
SELECT e.id AS id, e.firm AS firm, e.above AS above, e.unit AS unit, e.work AS work,
	e.basis AS basis, e.agreed AS agreed, e.since AS since, e.until AS until,
	f.name AS firm_name, u.name AS unit_name, o.name AS above_name
FROM people_engagement e JOIN people_firm f ON f.id = e.firm
JOIN people_unit_day_cache u ON u.unit = e.unit
	AND u.holds_from <= CASE WHEN e.until < :today THEN e.until ELSE :today END
	AND u.holds_to >= CASE WHEN e.until < :today THEN e.until ELSE :today END
LEFT JOIN people_engagement a ON a.id = e.above LEFT JOIN people_firm o ON o.id = a.firm
WHERE e.id = :id;

-- Of a firm, or of a unit and those below it; newest first.
-- query people_engagement_list(int firm, int unit, int day, int today) many
SELECT e.id AS id, e.firm AS firm, e.above AS above, e.unit AS unit, e.work AS work,
	e.basis AS basis, e.agreed AS agreed, e.since AS since, e.until AS until,
	f.name AS firm_name, u.name AS unit_name, o.name AS above_name
FROM people_engagement e JOIN people_firm f ON f.id = e.firm
JOIN people_unit_day_cache u ON u.unit = e.unit
	AND u.holds_from <= CASE WHEN e.until < :today THEN e.until ELSE :today END
	AND u.holds_to >= CASE WHEN e.until < :today THEN e.until ELSE :today END
LEFT JOIN people_engagement a ON a.id = e.above LEFT JOIN people_firm o ON o.id = a.firm
WHERE (:firm = 0 OR e.firm = :firm) AND e.since <= e.until
	AND (:day = 0 OR (e.since <= :day AND e.until >= :day))
	AND (:unit = 0 OR EXISTS (SELECT 1 FROM people_unit_tree_cache t WHERE t.unit = e.unit
		AND t.above = :unit AND t.holds_from <= :today AND t.holds_to >= :today))
ORDER BY e.until DESC, e.id DESC LIMIT 1000;

-- query people_engagement_below(int above, int last) many
SELECT id FROM people_engagement WHERE above = :above AND until > :last ORDER BY id LIMIT 1000;

-- query people_worker_insert(int id, int person, int engagement, int pledged, int since, int until) do
INSERT INTO people_worker (id, person, engagement, pledged, since, until)
VALUES (:id, :person, :engagement, :pledged, :since, :until);

-- query people_worker_set_until(int id, int until) do
UPDATE people_worker SET until = :until WHERE id = :id;

-- query people_worker_get(int id) maybe
SELECT id, person, engagement, pledged, since, until FROM people_worker WHERE id = :id;

-- query people_worker_clash(int person, int engagement, int since, int until) maybe
SELECT id FROM people_worker
WHERE person = :person AND engagement = :engagement AND since <= :until AND until >= :since
	AND since <= until
LIMIT 1;

-- query people_worker_open(int engagement, int last) many
SELECT id, person FROM people_worker WHERE engagement = :engagement AND until > :last
ORDER BY id LIMIT 1000;

-- Of a person, of an engagement, of a firm.
-- query people_worker_list(int person, int engagement, int firm) many
SELECT w.id AS id, w.person AS person, w.engagement AS engagement, w.pledged AS pledged,
	w.since AS since, w.until AS until, p.name AS person_name, p.number AS number,
	f.id AS firm, f.name AS firm_name, e.work AS work, e.basis AS basis
FROM people_worker w JOIN people_person p ON p.id = w.person
JOIN people_engagement e ON e.id = w.engagement JOIN people_firm f ON f.id = e.firm
WHERE (:person = 0 OR w.person = :person) AND (:engagement = 0 OR w.engagement = :engagement)
	AND (:firm = 0 OR e.firm = :firm) AND w.since <= w.until
ORDER BY w.until DESC, w.id DESC LIMIT 1000;

-- The last day up to which somebody is covered from the day on, by the one that reaches farthest.
-- query people_worker_reach(int person, int day) one
-- column last int?
SELECT max(until) AS last FROM people_worker
WHERE person = :person AND since <= :day AND until >= :day;

-- query people_worker_last(int person) one
-- column last int?
SELECT max(until) AS last FROM people_worker WHERE person = :person AND since <= until;

-- query people_assignment_after(int person, int last) many
SELECT id, since, until FROM people_assignment
WHERE person = :person AND (until IS NULL OR until > :last) ORDER BY id LIMIT 1000;

-- Deputies

-- query people_deputy_insert(int id, int post, int absent, int deputy, int since, int until, sealed reason) do
INSERT INTO people_deputy (id, post, absent, deputy, since, until, reason)
VALUES (:id, :post, :absent, :deputy, :since, :until, :reason);

-- query people_deputy_set_until(int id, int until) do
UPDATE people_deputy SET until = :until WHERE id = :id;

-- query people_deputy_get(int id) maybe
SELECT id, post, absent, deputy, since, until FROM people_deputy WHERE id = :id;

-- query people_deputy_list(int person, int day) many
SELECT d.id AS id, d.post AS post, d.absent AS absent, d.deputy AS deputy, d.since AS since,
	d.until AS until, d.reason AS reason, po.name AS post_name, u.name AS unit_name,
	a.name AS absent_name, b.name AS deputy_name
FROM people_deputy d JOIN people_post po ON po.id = d.post
JOIN people_unit_day_cache u ON u.unit = po.unit AND u.holds_from <= :day AND u.holds_to >= :day
JOIN people_person a ON a.id = d.absent JOIN people_person b ON b.id = d.deputy
WHERE (:person = 0 OR d.absent = :person OR d.deputy = :person) AND d.until >= :day
	AND d.until >= d.since
ORDER BY d.since, d.id LIMIT 1000;

-- query people_deputy_open(int person, int last) many
SELECT id FROM people_deputy WHERE (absent = :person OR deputy = :person) AND until > :last
ORDER BY id LIMIT 1000;

-- query people_deputy_for(int post, int absent, int day) many
SELECT d.deputy AS deputy, pe.name AS name
FROM people_deputy d JOIN people_person pe ON pe.id = d.deputy
WHERE d.post = :post AND d.absent = :absent AND d.since <= :day AND d.until >= :day
	AND (pe.until IS NULL OR pe.until >= :day)
ORDER BY d.id LIMIT 20;

-- query people_deputy_is(int post, int absent, int deputy, int day) maybe
SELECT id FROM people_deputy
WHERE post = :post AND absent = :absent AND deputy = :deputy AND since <= :day AND until >= :day
LIMIT 1;

-- Delegations

-- query people_delegation_insert(int id, text code, int post, int given_by, int since, int until, text reason) do
INSERT INTO people_delegation (id, code, post, given_by, since, until, reason)
VALUES (:id, :code, :post, :given_by, :since, :until, :reason);

-- query people_delegation_set_until(int id, int until) do
UPDATE people_delegation SET until = :until WHERE id = :id;

-- query people_delegation_get(int id) maybe
SELECT d.id AS id, d.code AS code, d.post AS post, d.given_by AS given_by, d.since AS since,
	d.until AS until, d.reason AS reason, po.name AS post_name, u.name AS unit_name,
	p.name AS given_by_name
FROM people_delegation d JOIN people_post po ON po.id = d.post JOIN people_unit u ON u.id = po.unit
JOIN people_person p ON p.id = d.given_by
WHERE d.id = :id;

-- query people_delegation_list(int day) many
SELECT d.id AS id, d.code AS code, d.post AS post, d.given_by AS given_by, d.since AS since,
	d.until AS until, d.reason AS reason, po.name AS post_name, u.name AS unit_name,
	p.name AS given_by_name
FROM people_delegation d JOIN people_post po ON po.id = d.post JOIN people_unit u ON u.id = po.unit
JOIN people_person p ON p.id = d.given_by
WHERE d.until >= :day AND d.until >= d.since ORDER BY d.since, d.id LIMIT 1000;

-- query people_delegation_running(text code, int day) many
SELECT id, post FROM people_delegation
WHERE code = :code AND since <= :day AND until >= :day ORDER BY id LIMIT 200;

-- query people_delegation_clash(text code, int post, int since, int until) maybe
SELECT id FROM people_delegation
WHERE code = :code AND post = :post AND since <= :until AND until >= :since AND until >= since
LIMIT 1;

-- Somebody is in the post on the day, and it carries the role.
-- query people_delegation_holder(int post, text role, int day) maybe
SELECT a.person AS person FROM people_post_role r
JOIN people_assignment a ON a.post = r.post JOIN people_person pe ON pe.id = a.person
WHERE r.post = :post AND r.role = :role
	AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
	AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
	AND (pe.until IS NULL OR pe.until >= :day)
LIMIT 1;

-- Privileged windows

-- query people_window_insert(int id, int person, int session, sealed reason, int opened, int until) do
INSERT INTO people_window (id, person, session, reason, opened, until, ended)
VALUES (:id, :person, :session, :reason, :opened, :until, NULL);

-- query people_window_close(int session, int now) do
UPDATE people_window SET ended = :now WHERE session = :session AND until > :now AND ended IS NULL;

-- query people_window_running(int session, int now) maybe
SELECT w.id AS id, w.person AS person, w.session AS session, w.reason AS reason, w.opened AS opened,
	w.until AS until, w.ended AS ended, p.name AS name
FROM people_window w JOIN people_person p ON p.id = w.person
WHERE w.session = :session AND w.until > :now AND w.ended IS NULL ORDER BY w.id DESC LIMIT 1;

-- query people_window_list(int person, int before, int most) many
SELECT w.id AS id, w.person AS person, w.session AS session, w.reason AS reason, w.opened AS opened,
	w.until AS until, w.ended AS ended, p.name AS name
FROM people_window w JOIN people_person p ON p.id = w.person
WHERE (:person = 0 OR w.person = :person) AND (:before = 0 OR w.id < :before)
ORDER BY w.id DESC LIMIT :most;

-- Roles

-- query people_role_in_body(text role, int day) many
SELECT a.person AS person, a.post AS post, po.unit AS unit, pe.name AS name, po.name AS post_name,
	a.beside AS beside
FROM people_post_role r JOIN people_post po ON po.id = r.post
JOIN people_assignment a ON a.post = po.id JOIN people_person pe ON pe.id = a.person
WHERE r.role = :role AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
	AND (po.until IS NULL OR po.until >= :day) AND (po.since IS NULL OR po.since <= :day)
	AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
	AND (pe.until IS NULL OR pe.until >= :day)
ORDER BY po."rank", a.id LIMIT 200;

-- query people_role_above(text role, int unit, int day) many
SELECT a.person AS person, a.post AS post, po.unit AS unit, pe.name AS name,
	po.name AS post_name, a.beside AS beside, c.steps AS steps
FROM people_unit_tree_cache c JOIN people_post po ON po.unit = c.above
JOIN people_post_role r ON r.post = po.id AND r.role = :role
JOIN people_assignment a ON a.post = po.id JOIN people_person pe ON pe.id = a.person
WHERE c.unit = :unit AND c.holds_from <= :day AND c.holds_to >= :day
	AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
	AND (po.until IS NULL OR po.until >= :day) AND (po.since IS NULL OR po.since <= :day)
	AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
	AND (pe.until IS NULL OR pe.until >= :day)
ORDER BY c.steps, po."rank", a.id LIMIT 200;

-- query people_role_of_person(int person, int day) many
SELECT r.role AS role, a.post AS post, po.unit AS unit
FROM people_assignment a JOIN people_post po ON po.id = a.post
JOIN people_post_role r ON r.post = po.id
WHERE a.person = :person AND (r.since IS NULL OR r.since <= :day)
	AND (r.until IS NULL OR r.until >= :day) AND (po.until IS NULL OR po.until >= :day)
	AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
ORDER BY a.is_main DESC, a.id, r.id LIMIT 200;

-- query people_role_as_deputy(int person, int day) many
SELECT r.role AS role, d.post AS post, po.unit AS unit, d.absent AS absent
FROM people_deputy d JOIN people_post po ON po.id = d.post
JOIN people_post_role r ON r.post = po.id
JOIN people_assignment a ON a.post = d.post AND a.person = d.absent
WHERE d.deputy = :person AND d.since <= :day AND d.until >= :day
	AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
	AND (po.until IS NULL OR po.until >= :day)
	AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
ORDER BY d.id, r.id LIMIT 200;

-- A unit has few posts, a role as many as there are units: || '' keeps the search from beginning with the role.
-- query people_role_gap_units(text role, text kind, int day) many
SELECT u.unit AS id, u.name AS name FROM people_unit_day_cache u
WHERE u.kind = :kind AND u.holds_from <= :day AND u.holds_to >= :day AND (u.since IS NULL OR u.since <= :day)
	AND (u.until IS NULL OR u.until >= :day)
	AND NOT EXISTS (SELECT 1 FROM people_post po
		JOIN people_post_role r ON r.post = po.id AND r.role || '' = :role
		JOIN people_assignment a ON a.post = po.id JOIN people_person pe ON pe.id = a.person
		WHERE po.unit = u.unit
			AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
			AND (po.until IS NULL OR po.until >= :day) AND (po.since IS NULL OR po.since <= :day)
			AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
			AND (pe.until IS NULL OR pe.until >= :day))
ORDER BY u."rank", u.code LIMIT 1000;

-- Temporary passwords that nobody has changed and that run out by :soon.
-- query people_account_temporary(int now, int soon, int after, int most) many
SELECT id, temporary_until FROM people_account
WHERE is_temporary <> 0 AND is_closed = 0 AND temporary_until IS NOT NULL AND temporary_until > :now
	AND temporary_until <= :soon AND id > :after
ORDER BY id LIMIT :most;

-- Open accounts of who holds more than a post: a role, somebody's deputyship, a grant; or all of them.
-- query people_account_entitled(bool is_all, int day, int after, int most) many
SELECT c.id AS id FROM people_account c
WHERE c.is_closed = 0 AND c.id > :after AND (:is_all
	OR EXISTS (SELECT 1 FROM people_assignment a JOIN people_post_role r ON r.post = a.post
		WHERE a.person = c.id AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day))
	OR EXISTS (SELECT 1 FROM people_deputy d WHERE d.deputy = c.id AND d.since <= :day AND d.until >= :day)
	OR EXISTS (SELECT 1 FROM people_grant g
		WHERE g.person = c.id AND (g.since IS NULL OR g.since <= :day) AND (g.until IS NULL OR g.until >= :day)))
ORDER BY c.id LIMIT :most;

-- Grants

-- query people_grant_insert(int id, int person, text kind, int? unit, int? since, int? until) do
INSERT INTO people_grant (id, person, kind, unit, since, until)
VALUES (:id, :person, :kind, :unit, :since, :until);

-- query people_grant_set_until(int id, int? until) do
UPDATE people_grant SET until = :until WHERE id = :id;

-- query people_grant_get(int id) maybe
SELECT id, person, kind, unit, since, until FROM people_grant WHERE id = :id;

-- query people_grant_list(int person, int day) many
SELECT g.id AS id, g.person AS person, g.kind AS kind, g.unit AS unit, g.since AS since,
	g.until AS until, p.name AS person_name
FROM people_grant g JOIN people_person p ON p.id = g.person
WHERE (:person = 0 OR g.person = :person) AND (g.until IS NULL OR g.until >= :day)
ORDER BY g.id LIMIT 1000;

-- query people_grant_operators(int day) one
-- column n int
SELECT count(DISTINCT g.person) AS n FROM people_grant g JOIN people_person p ON p.id = g.person
WHERE g.kind = 'operator' AND (g.since IS NULL OR g.since <= :day)
	AND (g.until IS NULL OR g.until >= :day) AND (p.until IS NULL OR p.until >= :day);

-- Accounts

-- query people_account_insert(int id, text login, text password, bool is_temporary, int? temporary_until, int changed) do
INSERT INTO people_account (id, login, password, is_temporary, temporary_until, changed, failed,
	failed_since, locked_until, last_sign_in, is_closed)
VALUES (:id, :login, :password, :is_temporary, :temporary_until, :changed, 0, 0, NULL, NULL, 0);

-- query people_account_password(int id, text password, bool is_temporary, int? temporary_until, int changed) do
UPDATE people_account SET password = :password, is_temporary = :is_temporary,
	temporary_until = :temporary_until, changed = :changed, failed = 0, locked_until = NULL,
	locks = NULL, is_closed = 0
WHERE id = :id;

-- query people_account_failed(int id, int failed, int failed_since, int? locked_until, int? locks) do
UPDATE people_account SET failed = :failed, failed_since = :failed_since,
	locked_until = :locked_until, locks = :locks
WHERE id = :id;

-- What strangers did there stays; how often is told, and begins anew.
-- query people_account_seen(int id, int failed_since, int? last_sign_in) do
UPDATE people_account SET failed_since = :failed_since, last_sign_in = :last_sign_in WHERE id = :id;

-- query people_account_unlocked(int id) do
UPDATE people_account SET failed = 0, locked_until = NULL, locks = NULL WHERE id = :id;

-- query people_account_set_closed(int id) do
UPDATE people_account SET is_closed = 1 WHERE id = :id;

-- query people_account_get(int id) maybe
-- column is_temporary bool
-- column is_closed bool
SELECT a.id AS id, a.login AS login, a.password AS password, a.is_temporary AS is_temporary,
	a.temporary_until AS temporary_until, a.changed AS changed, a.failed AS failed,
	a.failed_since AS failed_since, a.locked_until AS locked_until, a.locks AS locks,
	a.last_sign_in AS last_sign_in, a.is_closed AS is_closed, p.since AS since, p.until AS until,
	p.number AS number
FROM people_account a JOIN people_person p ON p.id = a.id WHERE a.id = :id;

-- query people_account_by_login(text login) maybe
SELECT id, password FROM people_account WHERE login = :login;

-- Browsers somebody has signed in from

-- query people_device_find(blob token, int person) maybe
SELECT id, used, failed, locked_until FROM people_device WHERE token = :token AND person = :person;

-- query people_device_is_ours(blob token) maybe
SELECT id FROM people_device WHERE token = :token LIMIT 1;

-- query people_device_insert(int id, int person, blob token, int now) do
INSERT INTO people_device (id, person, token, created, used, failed, locked_until)
VALUES (:id, :person, :token, :now, :now, 0, NULL);

-- query people_device_put(int id, blob token, int now) do
UPDATE people_device SET token = :token, created = :now, used = :now, failed = 0, locked_until = NULL
WHERE id = :id;

-- query people_device_used(int id, int now) do
UPDATE people_device SET used = :now, failed = 0, locked_until = NULL WHERE id = :id;

-- query people_device_failed(int id, int failed, int? locked_until) do
UPDATE people_device SET failed = :failed, locked_until = :locked_until WHERE id = :id;

-- query people_device_count(int person) one
-- column n int
SELECT count(*) AS n FROM people_device WHERE person = :person;

-- query people_device_oldest(int person) maybe
SELECT id FROM people_device WHERE person = :person ORDER BY used, id LIMIT 1;

-- Sessions

-- query people_session_insert(int id, int person, blob token, int created, int until, int idle_minutes, bool must_change, sealed address, sealed agent, int methods, text shown) do
INSERT INTO people_session (id, person, token, created, until, idle_minutes, must_change, address,
	agent, ended, methods, proven, shown)
VALUES (:id, :person, :token, :created, :until, :idle_minutes, :must_change, :address, :agent, NULL,
	:methods, :created, :shown);

-- query people_session_raised(int id, blob token, int methods, int now, text shown) do
UPDATE people_session SET token = :token, methods = :methods, proven = :now, shown = :shown
WHERE id = :id AND ended IS NULL;

-- query people_session_shown_ended(int person, text pattern, int now) do
UPDATE people_session SET ended = :now
WHERE person = :person AND ended IS NULL AND shown LIKE :pattern;

-- query people_session_seen_put(int id, int seen) do
INSERT INTO people_session_seen_cache (id, seen) VALUES (:id, :seen)
ON CONFLICT (id) DO UPDATE SET seen = :seen;

-- query people_session_open_count(int now) one
-- column open int
SELECT count(*) AS open FROM people_session WHERE ended IS NULL AND until > :now;

-- query people_session_set_ended(int id, int ended) do
UPDATE people_session SET ended = :ended WHERE id = :id AND ended IS NULL;

-- query people_session_all_ended(int person, int keep, int ended) do
UPDATE people_session SET ended = :ended
WHERE person = :person AND id <> :keep AND ended IS NULL;

-- query people_session_oldest(int person, int now, int keep) many
SELECT id FROM people_session WHERE person = :person AND ended IS NULL AND until > :now
ORDER BY id DESC LIMIT 100 OFFSET :keep;

-- query people_session_freed(int id) do
UPDATE people_session SET must_change = 0 WHERE id = :id;

-- query people_session_get(int id) maybe
SELECT id, person, ended, methods, proven, shown FROM people_session WHERE id = :id;

-- query people_session_by_token(blob token) maybe
-- column must_change bool
-- column is_closed bool
-- column seen int
SELECT s.id AS id, s.person AS person, s.created AS created, s.until AS until,
	s.idle_minutes AS idle_minutes, s.must_change AS must_change, s.ended AS ended, coalesce(c.seen, s.created) AS seen, p.name AS name,
	s.methods AS methods, s.proven AS proven, p.language AS language, p.until AS last_day, a.is_closed AS is_closed
FROM people_session s JOIN people_person p ON p.id = s.person
JOIN people_account a ON a.id = s.person
LEFT JOIN people_session_seen_cache c ON c.id = s.id
WHERE s.token = :token;

-- query people_session_list(int person, int now) many
-- column must_change bool
-- column seen int
SELECT s.id AS id, s.person AS person, s.created AS created, s.until AS until,
	s.idle_minutes AS idle_minutes, s.must_change AS must_change, s.address AS address,
	s.agent AS agent, s.methods AS methods, s.proven AS proven, coalesce(c.seen, s.created) AS seen
FROM people_session s LEFT JOIN people_session_seen_cache c ON c.id = s.id
WHERE s.person = :person AND s.ended IS NULL AND s.until > :now
	AND coalesce(c.seen, s.created) + s.idle_minutes * 60000 > :now
ORDER BY coalesce(c.seen, s.created) DESC, s.id DESC LIMIT 200;

-- Notices and mail

-- query people_notice_insert(int id, int person, text about, sealed words, text path, int created) do
INSERT INTO people_notice (id, person, about, words, path, created, read_at)
VALUES (:id, :person, :about, :words, :path, :created, NULL);

-- query people_notice_list(int person, bool only_unread, int before, int most) many
SELECT id, person, about, words, path, created, read_at FROM people_notice
WHERE person = :person AND (:before = 0 OR id < :before) AND (NOT :only_unread OR read_at IS NULL)
ORDER BY id DESC LIMIT :most;

-- query people_notice_count(int person) one
-- column n int
SELECT count(*) AS n FROM people_notice WHERE person = :person AND read_at IS NULL;

-- query people_notice_mark(int person, text about, int now) do
UPDATE people_notice SET read_at = :now
WHERE person = :person AND read_at IS NULL AND (:about = '' OR about = :about);

-- query people_outbox_insert(int id, int? person, sealed address, sealed subject, sealed body, int now, text? sender) do
INSERT INTO people_outbox (id, person, address, subject, body, state, tries, due, created, sender)
VALUES (:id, :person, :address, :subject, :body, 'waiting', 0, :now, :now, :sender);

-- query people_outbox_due(int now, int most) many
SELECT id, address, subject, body, tries, sender FROM people_outbox
WHERE state = 'waiting' AND due <= :now ORDER BY due, id LIMIT :most;

-- query people_outbox_get(int id) maybe
SELECT id, tries, state FROM people_outbox WHERE id = :id;

-- query people_outbox_close(int id, text state, int tries) do
UPDATE people_outbox SET state = :state, tries = :tries, address = '', subject = '', body = ''
WHERE id = :id;

-- query people_outbox_again(int id, int tries, int due) do
UPDATE people_outbox SET tries = :tries, due = :due WHERE id = :id;

-- query people_outbox_states() one
-- column waiting int?
-- column given_up int?
SELECT sum(state = 'waiting') AS waiting, sum(state = 'given_up') AS given_up FROM people_outbox;

-- A new version of the policy: who carries a role that goes.
-- query people_posts_to_carry(text role, int today, text to, int most) many
SELECT r.post FROM people_post_role r JOIN people_post p ON p.id = r.post
WHERE r.role = :role AND (r.since IS NULL OR r.since <= :today) AND (r.until IS NULL OR r.until >= :today)
	AND (p.until IS NULL OR p.until >= :today)
	AND NOT EXISTS (SELECT 1 FROM people_post_role o
		WHERE o.post = r.post AND o.role = :to AND (o.until IS NULL OR o.until >= :today))
ORDER BY r.post LIMIT :most;

-- query people_posts_with_role(text role, int today) one
-- column posts int
SELECT count(DISTINCT r.post) AS posts FROM people_post_role r JOIN people_post p ON p.id = r.post
WHERE r.role = :role AND (r.since IS NULL OR r.since <= :today) AND (r.until IS NULL OR r.until >= :today)
	AND (p.until IS NULL OR p.until >= :today);
