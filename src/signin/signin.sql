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
