-- ---- Systems ----

-- query access_system_rows(text ledger, int most) many
-- column is_for_all bool
-- column is_used_known bool
-- column columns text?
-- column listed int?
-- column owner_name text?
SELECT r.id, r.title, r.owner, u.name AS owner_name, coalesce(s.is_for_all, 0) AS is_for_all,
	coalesce(s.is_used_known, 0) AS is_used_known, s.columns AS columns, s.listed AS listed
FROM shown_row r LEFT JOIN access_system s ON s.id = r.id LEFT JOIN shown_unit u ON u.id = r.owner
WHERE r.ledger = :ledger AND r.is_retired = 0 ORDER BY r.title, r.id LIMIT :most;

-- query access_system_row(text ledger, int id) maybe
-- column is_for_all bool
-- column is_used_known bool
-- column columns text?
-- column listed int?
-- column owner_name text?
SELECT r.id, r.title, r.owner, u.name AS owner_name, coalesce(s.is_for_all, 0) AS is_for_all,
	coalesce(s.is_used_known, 0) AS is_used_known, s.columns AS columns, s.listed AS listed
FROM shown_row r LEFT JOIN access_system s ON s.id = r.id LEFT JOIN shown_unit u ON u.id = r.owner
WHERE r.ledger = :ledger AND r.id = :id AND r.is_retired = 0;

-- query access_system_find(int id) maybe
SELECT id, list FROM access_system WHERE id = :id;

-- query access_system_add(int id, bool is_for_all) do
INSERT INTO access_system (id, is_for_all, is_used_known) VALUES (:id, :is_for_all, 0);

-- query access_system_set(int id, bool is_for_all) do
UPDATE access_system SET is_for_all = :is_for_all WHERE id = :id;

-- query access_system_listed(int id, bool is_used_known, text columns, int list, int listed) do
UPDATE access_system SET is_used_known = :is_used_known, columns = :columns, list = :list, listed = :listed WHERE id = :id;

-- query access_counts(int most) many
-- column accounts int
-- column privileged int
-- column shared int
SELECT system, count(*) AS accounts, sum(is_privileged) AS privileged,
	sum(CASE WHEN kind = 'shared' THEN 1 ELSE 0 END) AS shared
FROM access_account WHERE closed IS NULL GROUP BY system ORDER BY system LIMIT :most;

-- ---- Accounts ----

-- query access_account_get(int id) maybe
-- column is_privileged bool
-- column is_disabled bool
-- column is_absent bool
-- column person_number text?
-- column person_name text?
-- column closed_by_name text?
-- column system_title text?
-- column owner int?
SELECT a.id, a.system, a.name, a.kind, a.person, a.unit, a.is_privileged, a.is_disabled, a.label, a.why, a.used,
	a.added, a.reviewed, a.closed, a.closed_why, a.change, p.number AS person_number, p.name AS person_name,
	q.name AS closed_by_name, r.title AS system_title, r.owner AS owner,
	CASE WHEN s.list IS NOT NULL AND coalesce(a.list, 0) <> s.list THEN 1 ELSE 0 END AS is_absent
FROM access_account a LEFT JOIN shown_person p ON p.id = a.person LEFT JOIN shown_person q ON q.id = a.closed_by
LEFT JOIN shown_row r ON r.id = a.system LEFT JOIN access_system s ON s.id = a.system
WHERE a.id = :id;

-- query access_account_list(int system, text? kind, bool privileged, bool closed, text folded, text ids, int after, int most) many
-- column is_privileged bool
-- column is_disabled bool
-- column is_absent bool
-- column person_number text?
-- column person_name text?
-- column system_title text?
-- column owner int?
SELECT a.id, a.system, a.name, a.kind, a.person, a.unit, a.is_privileged, a.is_disabled, a.label, a.why, a.used,
	a.added, a.reviewed, a.closed, a.closed_why, a.change, p.number AS person_number, p.name AS person_name,
	r.title AS system_title, r.owner AS owner,
	CASE WHEN s.list IS NOT NULL AND coalesce(a.list, 0) <> s.list THEN 1 ELSE 0 END AS is_absent
FROM access_account a LEFT JOIN shown_person p ON p.id = a.person
LEFT JOIN shown_row r ON r.id = a.system LEFT JOIN access_system s ON s.id = a.system
WHERE a.system = coalesce(nullif(:system, 0), a.system) AND (:kind IS NULL OR a.kind = :kind)
	AND (:privileged = 0 OR a.is_privileged = 1) AND (:closed = 1 OR a.closed IS NULL)
	AND (:folded = '' OR instr(a.folded, :folded) > 0 OR instr(:ids, ',' || coalesce(a.person, 0) || ',') > 0)
	AND a.id > :after
ORDER BY a.id LIMIT :most;

-- A person's own, and shared ones they may use today.
-- query access_account_of(int person, int day, int most) many
SELECT a.id FROM access_account a WHERE a.closed IS NULL AND (a.person = :person
	OR a.id IN (SELECT u.account FROM access_user u WHERE u.person = :person AND (u.until IS NULL OR u.until >= :day)))
ORDER BY a.system, a.id LIMIT :most;

-- What a person can use now, with what says whether they still should when they move.
-- query access_held(int person, int day, int most) many
-- column is_privileged bool
-- column is_for_all bool
-- column system_title text?
-- column owner int?
-- column owner_name text?
SELECT a.id, a.system, a.name, a.kind, a.unit, a.is_privileged, coalesce(s.is_for_all, 0) AS is_for_all,
	r.title AS system_title, r.owner AS owner, u.name AS owner_name
FROM access_account a LEFT JOIN access_system s ON s.id = a.system LEFT JOIN shown_row r ON r.id = a.system
LEFT JOIN shown_unit u ON u.id = r.owner
WHERE a.closed IS NULL AND a.is_disabled = 0 AND (s.list IS NULL OR coalesce(a.list, 0) = s.list)
	AND (a.person = :person OR a.id IN (SELECT v.account FROM access_user v
		WHERE v.person = :person AND (v.until IS NULL OR v.until >= :day)))
ORDER BY a.system, a.id LIMIT :most;

-- query access_account_named(int person, int most) many
SELECT id, name, closed FROM access_account WHERE person = :person ORDER BY id LIMIT :most;

-- query access_account_add(int id, int system, text name, text folded, text kind, int? person, int? unit, bool is_privileged, bool is_disabled, text? label, text? why, int? used, int? list, int added) do
INSERT INTO access_account (id, system, name, folded, kind, person, unit, is_privileged, is_disabled, label, why, used,
	list, added, change)
VALUES (:id, :system, :name, :folded, :kind, :person, :unit, :is_privileged, :is_disabled, :label, :why, :used,
	:list, :added, 1);

-- query access_account_set(int id, text kind, int? person, int? unit, bool is_privileged, bool is_disabled, text? label, text? why, int? used, int? list) do
UPDATE access_account SET kind = :kind, person = :person, unit = :unit, is_privileged = :is_privileged,
	is_disabled = :is_disabled, label = :label, why = :why, used = :used, list = :list, closed = NULL, closed_by = NULL,
	closed_why = NULL, change = change + 1
WHERE id = :id;

-- query access_account_seen(int id, int? used, int list) do
UPDATE access_account SET used = :used, list = :list WHERE id = :id;

-- query access_account_close(int id, int closed, int? person, text words) do
UPDATE access_account SET closed = :closed, closed_by = :person, closed_why = :words, change = change + 1 WHERE id = :id;

-- query access_account_reviewed(int id, int at, int? unit) do
UPDATE access_account SET reviewed = :at, unit = :unit WHERE id = :id;

-- query access_account_rename(int id, text name) do
UPDATE access_account SET name = :name, folded = :name, label = NULL, why = NULL, change = change + 1 WHERE id = :id;

-- query access_user_list(int account, int day, int most) many
-- column number text?
-- column name text?
SELECT u.id, u.person, u.since, p.number AS number, p.name AS name
FROM access_user u LEFT JOIN shown_person p ON p.id = u.person
WHERE u.account = :account AND (u.until IS NULL OR u.until >= :day) ORDER BY u.person LIMIT :most;

-- query access_user_add(int id, int account, int person, int since) do
INSERT INTO access_user (id, account, person, since) VALUES (:id, :account, :person, :since);

-- query access_user_end(int id, int until) do
UPDATE access_user SET until = :until WHERE id = :id;

-- query access_keep_add(int id, int account, text kind, text words, int until, int person, text role, int at) do
INSERT INTO access_kept (id, account, kind, words, until, person, role, at)
VALUES (:id, :account, :kind, :words, :until, :person, :role, :at);

-- query access_keep_list(int account, int most) many
-- column name text?
SELECT k.id, k.kind, k.words, k.until, k.at, p.name AS name FROM access_kept k LEFT JOIN shown_person p ON p.id = k.person
WHERE k.account = :account ORDER BY k.id DESC LIMIT :most;

-- ---- What is out of order ----

-- Everything open, with what the checks ask. Only of one system, or (0) of all.
-- query access_check_all(int system) each
-- column is_privileged bool
-- column is_disabled bool
-- column is_for_all bool
-- column is_used_known bool
-- column current int?
-- column person_until int?
SELECT a.id, a.system, a.name, a.kind, a.person, a.unit, a.is_privileged, a.is_disabled, a.used, a.list, a.added,
	coalesce(s.is_for_all, 0) AS is_for_all, coalesce(s.is_used_known, 0) AS is_used_known, s.list AS current,
	p.until AS person_until
FROM access_account a LEFT JOIN access_system s ON s.id = a.system LEFT JOIN shown_person p ON p.id = a.person
WHERE a.closed IS NULL AND a.system = coalesce(nullif(:system, 0), a.system)
ORDER BY a.system, a.id;

-- The units a person is in today, with all above them.
-- query access_places(int day) each
SELECT a.person, c.above FROM shown_assignment a JOIN shown_unit_under c ON c.unit = a.unit
WHERE (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
ORDER BY a.person, c.above;

-- query access_used_by(int day) each
SELECT account, person FROM access_user WHERE until IS NULL OR until >= :day ORDER BY account, person;

-- query access_kept_now(int day) each
-- column until int
SELECT account, kind, max(until) AS until FROM access_kept WHERE until >= :day GROUP BY account, kind ORDER BY account, kind;

-- query access_asked_now() each
-- column id int
SELECT account, min(id) AS id FROM access_answer WHERE handled IS NULL GROUP BY account ORDER BY account;

-- ---- Lists ----

-- query access_import_old(int system) each
-- column is_privileged bool
-- column is_disabled bool
SELECT id, name, kind, person, unit, is_privileged, is_disabled, label, why, used, list, closed, change
FROM access_account WHERE system = :system ORDER BY id;

-- query access_import_person() each
SELECT id, number, name, mail, until FROM shown_person ORDER BY id;

-- query access_list_add(int id, int system, int at, int? person, text source, blob digest, int lines, int added, int changed, int absent) do
INSERT INTO access_list (id, system, at, person, source, digest, lines, added, changed, absent)
VALUES (:id, :system, :at, :person, :source, :digest, :lines, :added, :changed, :absent);

-- query access_main_unit(int day) each
SELECT a.person, a.unit FROM shown_assignment a
WHERE (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
ORDER BY a.person, a.is_main DESC, a.id;

-- ---- Review ----

-- query access_round_newest() maybe
SELECT id, year, started, due FROM access_round ORDER BY id DESC LIMIT 1;

-- query access_round_tally(int round) one
-- column units int
-- column done int
-- column accounts int?
-- column removals int?
-- column changes int?
SELECT count(*) AS units, count(done) AS done, sum(accounts) AS accounts, sum(removals) AS removals, sum(changes) AS changes
FROM access_review WHERE round = :round;

-- query access_round_add(int id, int year, int started, int due, int? person) do
INSERT INTO access_round (id, year, started, due, person) VALUES (:id, :year, :started, :due, :person);

-- query access_review_add(int id, int round, int unit, int told) do
INSERT INTO access_review (id, round, unit, told) VALUES (:id, :round, :unit, :told);

-- query access_review_list(int round, int most) many
-- column unit_name text?
-- column person_name text?
SELECT v.id, v.unit, v.done, v.accounts, v.removals, v.changes, v.told, v.escalated, u.name AS unit_name, p.name AS person_name
FROM access_review v LEFT JOIN shown_unit u ON u.id = v.unit LEFT JOIN shown_person p ON p.id = v.person
WHERE v.round = :round ORDER BY CASE WHEN v.done IS NULL THEN 0 ELSE 1 END, u.code, v.id LIMIT :most;

-- query access_review_of(int round, int unit) maybe
-- column unit_name text?
-- column person_name text?
SELECT v.id, v.unit, v.done, v.accounts, v.removals, v.changes, v.told, v.escalated, u.name AS unit_name, p.name AS person_name
FROM access_review v LEFT JOIN shown_unit u ON u.id = v.unit LEFT JOIN shown_person p ON p.id = v.person
WHERE v.round = :round AND v.unit = :unit;

-- query access_review_done(int id, int done, int? person, int? deputy_for, text? role, int accounts, int removals, int changes, blob digest) do
UPDATE access_review SET done = :done, person = :person, deputy_for = :deputy_for, role = :role, accounts = :accounts,
	removals = :removals, changes = :changes, digest = :digest WHERE id = :id;

-- query access_review_told(int id, int told) do
UPDATE access_review SET told = :told WHERE id = :id;

-- query access_review_escalated(int id, int at) do
UPDATE access_review SET escalated = :at, told = :at WHERE id = :id;

-- Who reviews where: holders of a role today.
-- query access_heads(text role, int day) each
SELECT p.unit, a.person FROM shown_post_role r JOIN shown_post p ON p.id = r.post JOIN shown_assignment a ON a.post = p.id
JOIN shown_person h ON h.id = a.person
WHERE r.role = :role AND (r.since IS NULL OR r.since <= :day) AND (r.until IS NULL OR r.until >= :day)
	AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)
	AND (h.until IS NULL OR h.until >= :day)
ORDER BY p.unit, a.person;

-- query access_above(int most) many
SELECT unit, above, steps FROM shown_unit_under ORDER BY unit, steps LIMIT :most;

-- query access_reviewed_all() each
SELECT id, person, kind FROM access_account WHERE closed IS NULL AND is_disabled = 0 AND kind IN ('person', 'shared') ORDER BY id;

-- query access_answer_add(int id, int review, int account, text answer, text words, int at) do
INSERT INTO access_answer (id, review, account, answer, words, at) VALUES (:id, :review, :account, :answer, :words, :at);

-- query access_answer_get(int id) maybe
SELECT id, account, answer, handled FROM access_answer WHERE id = :id;

-- query access_answer_list(int account, int most) many
-- column unit_name text?
-- column asked_by text?
-- column handled_by_name text?
SELECT n.id, n.account, n.answer, n.words, n.at, n.handled, n.handled_words, u.name AS unit_name, p.name AS asked_by,
	h.name AS handled_by_name
FROM access_answer n JOIN access_review v ON v.id = n.review LEFT JOIN shown_unit u ON u.id = v.unit
LEFT JOIN shown_person p ON p.id = v.person LEFT JOIN shown_person h ON h.id = n.handled_by
WHERE n.account = :account ORDER BY n.id DESC LIMIT :most;

-- query access_answer_open(int account, int most) many
SELECT id FROM access_answer WHERE account = :account AND handled IS NULL ORDER BY id LIMIT :most;

-- query access_answer_handle(int id, int at, int? person, text words) do
UPDATE access_answer SET handled = :at, handled_by = :person, handled_words = :words WHERE id = :id;

-- query access_account_set_kind(int id, text kind, int? person, int? unit, bool is_privileged, text? label, text? why) do
UPDATE access_account SET kind = :kind, person = :person, unit = :unit, is_privileged = :is_privileged, label = :label,
	why = :why, change = change + 1
WHERE id = :id;
