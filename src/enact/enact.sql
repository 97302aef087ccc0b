-- query enact_version_add(int id, blob digest, text pack, text version, text title, text state, bool is_acknowledged, int now, int? person, int? effective, int? in_force) do
INSERT INTO enact_version (id, digest, pack, version, title, state, is_acknowledged, change, proposed, proposed_by,
	effective, in_force)
VALUES (:id, :digest, :pack, :version, :title, :state, :is_acknowledged, 1, :now, :person, :effective, :in_force);

-- query enact_version_get(int id) maybe
-- column is_acknowledged bool
-- column proposed_name text
-- column published_name text
SELECT v.id, v.digest, v.pack, v.version, v.title, v.state, v.is_acknowledged, v.change, v.proposed, v.proposed_by,
	v.effective, v.published, v.published_by, v.published_role, v.in_force, v.ended, v.withdrawn_by, v.why,
	p.name AS proposed_name, q.name AS published_name
FROM enact_version v LEFT JOIN shown_person p ON p.id = v.proposed_by LEFT JOIN shown_person q ON q.id = v.published_by
WHERE v.id = :id;

-- query enact_version_list(int most) many
SELECT id FROM enact_version ORDER BY id DESC LIMIT :most;

-- query enact_version_by_state(text state) maybe
SELECT id, digest FROM enact_version WHERE state = :state ORDER BY id DESC LIMIT 1;

-- query enact_version_living(blob digest) maybe
SELECT id, state FROM enact_version
WHERE digest = :digest AND state IN ('proposed', 'published', 'in-force') ORDER BY id DESC LIMIT 1;

-- The version whose day has come.
-- query enact_version_due(int today) maybe
SELECT id, effective FROM enact_version
WHERE state = 'published' AND effective <= :today ORDER BY effective, id LIMIT 1;

-- query enact_version_touch(int id) do
UPDATE enact_version SET change = change + 1 WHERE id = :id;

-- query enact_version_publish(int id, int effective, int now, int? person, text role) do
UPDATE enact_version SET state = 'published', effective = :effective, published = :now, published_by = :person,
	published_role = :role, change = change + 1 WHERE id = :id;

-- query enact_version_withdraw(int id, int? person, text why) do
UPDATE enact_version SET state = 'withdrawn', withdrawn_by = :person, why = :why, change = change + 1 WHERE id = :id;

-- query enact_version_begin(int id, int now) do
UPDATE enact_version SET state = 'in-force', in_force = :now, change = change + 1 WHERE id = :id;

-- query enact_version_end(int id, int now) do
UPDATE enact_version SET state = 'past', ended = :now, change = change + 1 WHERE id = :id;

-- query enact_items(int version, int most) many
SELECT id, kind, code, choice, target, done FROM enact_item WHERE version = :version ORDER BY id LIMIT :most;

-- query enact_item_find(int version, text kind, text code) maybe
SELECT id FROM enact_item WHERE version = :version AND kind = :kind AND code = :code;

-- query enact_item_add(int id, int version, text kind, text code, text choice, text? target, int now, int? person) do
INSERT INTO enact_item (id, version, kind, code, choice, target, answered, answered_by)
VALUES (:id, :version, :kind, :code, :choice, :target, :now, :person);

-- query enact_item_change(int id, text choice, text? target, int now, int? person) do
UPDATE enact_item SET choice = :choice, target = :target, answered = :now, answered_by = :person WHERE id = :id;

-- query enact_item_drop(int id) do
DELETE FROM enact_item WHERE id = :id;

-- query enact_item_done(int id, int now) do
UPDATE enact_item SET done = :now WHERE id = :id;

-- What was answered and is not carried out yet, of versions that came into force.
-- query enact_items_open(int most) many
SELECT i.id, i.version, i.kind, i.code, i.choice, i.target FROM enact_item i JOIN enact_version v ON v.id = i.version
WHERE i.done IS NULL AND v.in_force IS NOT NULL ORDER BY i.id LIMIT :most;

-- Acknowledgement: bound is who holds a post today and serves.
-- query enact_is_bound(int person, int today) maybe
SELECT a.id FROM shown_assignment a JOIN shown_person p ON p.id = a.person
WHERE a.person = :person AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.until IS NULL OR p.until >= :today) LIMIT 1;

-- query enact_has_acknowledged(int version, int person) maybe
SELECT id, at FROM enact_acknowledgement WHERE version = :version AND person = :person;

-- query enact_acknowledgement_add(int id, int version, int person, int now) do
INSERT INTO enact_acknowledgement (id, version, person, at) VALUES (:id, :version, :person, :now);

-- query enact_count_bound(int today) one
-- column bound int
SELECT count(DISTINCT a.person) AS bound FROM shown_assignment a JOIN shown_person p ON p.id = a.person
WHERE (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.until IS NULL OR p.until >= :today);

-- query enact_count_acknowledged(int version, int today) one
-- column acknowledged int
SELECT count(DISTINCT a.person) AS acknowledged FROM enact_acknowledgement k
JOIN shown_assignment a ON a.person = k.person JOIN shown_person p ON p.id = k.person
WHERE k.version = :version AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.until IS NULL OR p.until >= :today);

-- A person with several posts counts in each unit's list.
-- query enact_by_unit(int version, int today, int most) many
-- column bound int
-- column open int
SELECT u.id, u.name, count(DISTINCT a.person) AS bound,
	count(DISTINCT CASE WHEN k.id IS NULL THEN a.person END) AS open
FROM shown_unit u JOIN shown_assignment a ON a.unit = u.id JOIN shown_person p ON p.id = a.person
LEFT JOIN enact_acknowledgement k ON k.person = a.person AND k.version = :version
WHERE (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)
	AND (p.until IS NULL OR p.until >= :today)
GROUP BY u.id, u.name, u.code ORDER BY u.code, u.id LIMIT :most;

-- query enact_open_list(int version, int today, int unit, int after, int most) many
-- column post_id int
-- column told int?
SELECT p.id, p.number, p.name, t.at AS told,
	(SELECT min(a.post) FROM shown_assignment a WHERE a.person = p.id AND (:unit = 0 OR a.unit = :unit)
		AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today)) AS post_id
FROM shown_person p LEFT JOIN enact_told t ON t.person = p.id AND t.version = :version
WHERE p.id > :after AND (p.until IS NULL OR p.until >= :today)
	AND NOT EXISTS (SELECT 1 FROM enact_acknowledgement k WHERE k.person = p.id AND k.version = :version)
	AND EXISTS (SELECT 1 FROM shown_assignment a WHERE a.person = p.id AND (:unit = 0 OR a.unit = :unit)
		AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today))
ORDER BY p.id LIMIT :most;

-- query enact_post_place(int post) maybe
SELECT o.name, o.unit, u.name AS unit_name FROM shown_post o JOIN shown_unit u ON u.id = o.unit WHERE o.id = :post;

-- query enact_to_tell(int version, int today, int before, int most) many
-- column times int?
SELECT p.id, t.times FROM shown_person p
LEFT JOIN enact_told t ON t.person = p.id AND t.version = :version
WHERE (p.until IS NULL OR p.until >= :today)
	AND (t.id IS NULL OR (t.at < :before AND t.times < 4))
	AND NOT EXISTS (SELECT 1 FROM enact_acknowledgement k WHERE k.person = p.id AND k.version = :version)
	AND EXISTS (SELECT 1 FROM shown_assignment a WHERE a.person = p.id
		AND (a.since IS NULL OR a.since <= :today) AND (a.until IS NULL OR a.until >= :today))
ORDER BY p.id LIMIT :most;

-- query enact_told_find(int version, int person) maybe
SELECT id, times FROM enact_told WHERE version = :version AND person = :person;

-- query enact_told_add(int id, int version, int person, int now) do
INSERT INTO enact_told (id, version, person, times, at) VALUES (:id, :version, :person, 1, :now);

-- query enact_told_again(int id, int now) do
UPDATE enact_told SET times = times + 1, at = :now WHERE id = :id;

-- query enact_carried_items(text kind, int most) many
SELECT i.code, i.target, v.in_force FROM enact_item i JOIN enact_version v ON v.id = i.version
WHERE i.kind = :kind AND i.choice IN ('carry', 'end') AND v.in_force IS NOT NULL
ORDER BY v.in_force, v.id, i.id LIMIT :most;

-- query enact_row_count(text ledger) one
-- column living int
SELECT count(*) AS living FROM shown_row WHERE ledger = :ledger AND is_retired = 0;
