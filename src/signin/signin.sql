-- IC cards.

-- query signin_card_insert(int id, int person, text issuer, text issuer_name, text serial, sealed subject, blob fingerprint, int since, int until, int registered, int registered_by, bool is_by_file) do
INSERT INTO signin_card (id, person, issuer, issuer_name, serial, subject, fingerprint, since, until,
	registered, registered_by, is_by_file)
VALUES (:id, :person, :issuer, :issuer_name, :serial, :subject, :fingerprint, :since, :until,
	:registered, :registered_by, :is_by_file);

-- The newest registration of a certificate; nothing sealed.
-- query signin_card_by_certificate(text issuer, text serial) maybe
SELECT id, person, fingerprint, stopped, reason FROM signin_card
WHERE issuer = :issuer AND serial = :serial ORDER BY id DESC LIMIT 1;

-- query signin_card_get(int id) maybe
-- column is_by_file bool
-- column last_used int?
SELECT c.id AS id, c.person AS person, c.issuer AS issuer, c.issuer_name AS issuer_name, c.serial AS serial,
	c.subject AS subject, c.since AS since, c.until AS until, c.registered AS registered,
	c.registered_by AS registered_by, c.is_by_file AS is_by_file, c.stopped AS stopped, c.reason AS reason,
	c.stopped_by AS stopped_by, (SELECT max(u.at) FROM signin_card_use u WHERE u.card = c.id) AS last_used
FROM signin_card c WHERE c.id = :id;

-- query signin_card_of(int person, int most) many
-- column is_by_file bool
-- column last_used int?
SELECT c.id AS id, c.person AS person, c.issuer AS issuer, c.issuer_name AS issuer_name, c.serial AS serial,
	c.subject AS subject, c.since AS since, c.until AS until, c.registered AS registered,
	c.registered_by AS registered_by, c.is_by_file AS is_by_file, c.stopped AS stopped, c.reason AS reason,
	c.stopped_by AS stopped_by, (SELECT max(u.at) FROM signin_card_use u WHERE u.card = c.id) AS last_used
FROM signin_card c WHERE c.person = :person ORDER BY c.stopped IS NOT NULL, c.id DESC LIMIT :most;

-- The register, newest first: of a state ('living', 'ending' by :soon, 'stopped', '' for all), by serial or
-- staff number.
-- query signin_card_list(text state, text words, int now, int soon, int before, int most) many
-- column is_by_file bool
-- column last_used int?
SELECT c.id AS id, c.person AS person, c.issuer AS issuer, c.issuer_name AS issuer_name, c.serial AS serial,
	c.subject AS subject, c.since AS since, c.until AS until, c.registered AS registered,
	c.registered_by AS registered_by, c.is_by_file AS is_by_file, c.stopped AS stopped, c.reason AS reason,
	c.stopped_by AS stopped_by, (SELECT max(u.at) FROM signin_card_use u WHERE u.card = c.id) AS last_used
FROM signin_card c JOIN shown_person p ON p.id = c.person
WHERE (:before = 0 OR c.id < :before)
	AND (:state = '' OR (:state = 'stopped' AND c.stopped IS NOT NULL)
		OR (:state = 'living' AND c.stopped IS NULL AND c.until >= :now)
		OR (:state = 'ending' AND c.stopped IS NULL AND c.until < :soon))
	AND (:words = '' OR c.serial = :words OR p.number = :words)
ORDER BY c.id DESC LIMIT :most;

-- query signin_card_living(int after, int most) many
SELECT id, issuer, serial FROM signin_card WHERE stopped IS NULL AND id > :after ORDER BY id LIMIT :most;

-- query signin_card_set_stopped(int id, int stopped, text reason, int? stopped_by) do
UPDATE signin_card SET stopped = :stopped, reason = :reason, stopped_by = :stopped_by
WHERE id = :id AND stopped IS NULL;

-- query signin_card_stop_all(int person, int stopped, int? stopped_by) do
UPDATE signin_card SET stopped = :stopped, reason = 'other', stopped_by = :stopped_by
WHERE person = :person AND stopped IS NULL;

-- query signin_card_count(int person, int now) one
-- column living int
SELECT count(*) AS living FROM signin_card WHERE person = :person AND stopped IS NULL AND until >= :now;

-- query signin_card_use_insert(int id, int card, int person, int session, int at, sealed address) do
INSERT INTO signin_card_use (id, card, person, session, at, address)
VALUES (:id, :card, :person, :session, :at, :address);

-- query signin_card_uses(int card, int most) many
SELECT id, person, session, at, address FROM signin_card_use WHERE card = :card ORDER BY id DESC LIMIT :most;

-- Living cards that run out before :soon and have no successor; not those whose holders were told.
-- query signin_card_ending(int now, int soon, int after, int most) many
SELECT c.id AS id, c.person AS person, c.serial AS serial, c.until AS until FROM signin_card c
WHERE c.stopped IS NULL AND c.until >= :now AND c.until < :soon AND c.id > :after
	AND NOT EXISTS (SELECT 1 FROM signin_card n WHERE n.person = c.person AND n.stopped IS NULL AND n.until >= :soon)
	AND NOT EXISTS (SELECT 1 FROM signin_reminder r
		WHERE r.person = c.person AND r.kind = 'card' AND r.what = c.id AND r.ends = c.until)
ORDER BY c.id LIMIT :most;

-- query signin_reminder_find(int person, text kind, int what, int ends) maybe
SELECT id FROM signin_reminder WHERE person = :person AND kind = :kind AND what = :what AND ends = :ends;

-- query signin_reminder_insert(int id, int person, text kind, int what, int ends, int told) do
INSERT INTO signin_reminder (id, person, kind, what, ends, told)
VALUES (:id, :person, :kind, :what, :ends, :told);

-- Second factors of persons, and recovery.

-- query signin_factor_count(int person) one
-- column living int
SELECT count(*) AS living FROM signin_factor WHERE person = :person AND removed IS NULL;

-- query signin_factor_insert(int id, int person, text kind, sealed name, sealed secret, int counter, blob? credential, blob? public_key, int? algorithm, int? verifies, int? is_resident, int created) do
INSERT INTO signin_factor (id, person, kind, name, secret, counter, credential, public_key, algorithm, verifies,
	is_resident, created)
VALUES (:id, :person, :kind, :name, :secret, :counter, :credential, :public_key, :algorithm, :verifies,
	:is_resident, :created);

-- query signin_factor_list(int person) many
SELECT id, person, kind, name, secret, counter, credential, verifies, is_resident, created, last_used
FROM signin_factor WHERE person = :person AND removed IS NULL ORDER BY id LIMIT 20;

-- query signin_factor_by_credential(blob credential) maybe
SELECT id, person, public_key, algorithm, counter
FROM signin_factor WHERE credential = :credential AND kind = 'key' AND removed IS NULL;

-- query signin_factor_get(int id) maybe
SELECT id, person, kind, counter, removed FROM signin_factor WHERE id = :id;

-- query signin_factor_used(int id, int counter, int now) do
UPDATE signin_factor SET counter = :counter, last_used = :now WHERE id = :id;

-- query signin_factor_removed(int id, int person, int now, sealed secret) do
UPDATE signin_factor SET removed = :now, secret = :secret, credential = NULL, public_key = NULL
WHERE id = :id AND person = :person;

-- query signin_factor_ids(int person) many
SELECT id FROM signin_factor WHERE person = :person AND removed IS NULL ORDER BY id LIMIT 20;

-- Recovery

-- query signin_recovery_insert(int id, int person, sealed reason, bool removes_factors, int asked_by, text asked_role, int now, int until) do
INSERT INTO signin_recovery (id, person, state, reason, removes_factors, asked_by, asked_role, asked, until)
VALUES (:id, :person, 'asked', :reason, :removes_factors, :asked_by, :asked_role, :now, :until);

-- query signin_recovery_ended(int id, text state, int second, text role, int now) do
UPDATE signin_recovery SET state = :state, second = :second, second_role = :role, ended = :now WHERE id = :id;

-- query signin_recovery_get(int id) maybe
-- column removes_factors bool
-- column person_name text
-- column person_number text
-- column asked_name text
-- column second_name text
SELECT r.id, r.person, r.state, r.reason, r.removes_factors, r.asked_by, r.asked, r.until, r.second, r.ended,
	p.name AS person_name, p.number AS person_number, a.name AS asked_name, s.name AS second_name
FROM signin_recovery r JOIN shown_person p ON p.id = r.person JOIN shown_person a ON a.id = r.asked_by
LEFT JOIN shown_person s ON s.id = r.second WHERE r.id = :id;

-- query signin_recovery_ids(int most) many
SELECT id FROM signin_recovery ORDER BY id DESC LIMIT :most;

-- query signin_recovery_waiting(int person, int now) maybe
SELECT id FROM signin_recovery WHERE person = :person AND state = 'asked' AND until > :now ORDER BY id DESC LIMIT 1;
