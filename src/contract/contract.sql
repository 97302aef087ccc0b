-- ---- Who is allowed ----

-- Every engagement that covers the person on the day, and the contract it is of, if that is kept here.
-- query contract_covering(int person, int day, int most) many
-- column firm_name text
-- column link int?
-- column link_state text?
-- column contract int?
-- column title text?
-- column stage text?
-- column ended int?
SELECT w.engagement, e.unit, e.work, f.name AS firm_name, l.id AS link, l.state AS link_state, c.id AS contract, c.title, c.stage,
	c.ended
FROM shown_worker w JOIN shown_engagement e ON e.id = w.engagement JOIN shown_firm f ON f.id = e.firm
LEFT JOIN contract_link l ON l.engagement = w.engagement LEFT JOIN contract_case c ON c.id = l.contract
WHERE w.person = :person AND w.since <= :day AND w.until >= :day AND e.since <= :day AND e.until >= :day
ORDER BY c.id DESC, w.engagement DESC LIMIT :most;

-- Every naming of the person, latest first.
-- query contract_namings(int person, int most) many
-- column firm_name text
-- column title text
-- column unit int
-- column stage text
SELECT w.id, w.link, w.since, w.until, w.pledged, w.trained, w.ended, l.contract, l.state, l.engagement, c.unit, c.title, c.stage,
	c.ended AS contract_ended, f.name AS firm_name
FROM contract_worker w JOIN contract_link l ON l.id = w.link JOIN contract_case c ON c.id = l.contract
JOIN shown_firm f ON f.id = l.firm
WHERE w.person = :person ORDER BY w.since DESC, w.id DESC LIMIT :most;

-- Who is covered on a day.
-- query contract_covered(int day, int most) many
-- column person_name text?
SELECT p.id AS person, p.number, p.name AS person_name FROM shown_person p
WHERE EXISTS (SELECT 1 FROM shown_worker w JOIN shown_engagement e ON e.id = w.engagement
	WHERE w.person = p.id AND w.since <= :day AND w.until >= :day AND e.since <= :day AND e.until >= :day)
ORDER BY p.number LIMIT :most;

-- ---- Contracts ----

-- query contract_case_add(int id, int unit, text title, text work, text kind, text class, int system, int made, int maker) do
INSERT INTO contract_case (id, unit, title, work, kind, class, system, stage, made, maker, change)
VALUES (:id, :unit, :title, :work, :kind, :class, :system, 'selecting', :made, :maker, 1);

-- query contract_case_get(int id, int today) maybe
-- column unit_name text?
-- column system_title text?
-- column firm_name text?
-- column links int
-- column unconsented int
-- column found int
-- column workers int
-- column handovers int
-- column open int
-- column claimed int
-- column demands int
-- column late_demands int
-- column checked int?
SELECT c.id, c.unit, c.title, c.work, c.kind, c.class, c.system, c.stage, c.made, c.candidate, c.reason, c.number, c.agreed, c.since,
	c.until, c.engagement, c.explained, c.explained_words, c.ledger_row, c.ended, c.end_words, c.change,
	u.name AS unit_name, r.title AS system_title, k.name AS firm_name,
	(SELECT count(*) FROM contract_link l WHERE l.contract = c.id AND l.above <> 0) AS links,
	(SELECT count(*) FROM contract_link l WHERE l.contract = c.id AND l.state IN ('asked', 'found')) AS unconsented,
	(SELECT count(*) FROM contract_link l WHERE l.contract = c.id AND l.state = 'found') AS found,
	(SELECT count(*) FROM contract_worker w JOIN contract_link l ON l.id = w.link WHERE l.contract = c.id
		AND (w.ended IS NULL OR w.ended >= :today) AND w.until >= :today) AS workers,
	(SELECT count(*) FROM contract_handover h WHERE h.contract = c.id) AS handovers,
	(SELECT count(*) FROM contract_handover h WHERE h.contract = c.id AND h.state = 'open') AS open,
	(SELECT count(*) FROM contract_handover h WHERE h.contract = c.id AND h.state = 'claimed') AS claimed,
	(SELECT count(*) FROM contract_demand d WHERE d.contract = c.id AND d.settled IS NULL) AS demands,
	(SELECT count(*) FROM contract_demand d WHERE d.contract = c.id AND d.settled IS NULL AND d.due < :today) AS late_demands,
	(SELECT max(day) FROM contract_check k2 WHERE k2.contract = c.id) AS checked
FROM contract_case c LEFT JOIN shown_unit u ON u.id = c.unit LEFT JOIN shown_row r ON r.id = c.system
LEFT JOIN contract_candidate k ON k.id = c.candidate
WHERE c.id = :id;

-- stage: of that stage alone; 'open': not over; 'waiting': running, and something in it waits for somebody. Those that
-- are over stand last, the newest of them first.
-- query contract_case_ids(int whole, text units, text? stage, int today, int most) many
SELECT c.id FROM contract_case c
WHERE (coalesce(:stage, '') = '' OR c.stage = :stage OR (:stage = 'open' AND c.stage IN ('selecting', 'running'))
		OR (:stage = 'waiting' AND c.stage = 'running' AND (c.until < :today
			OR EXISTS (SELECT 1 FROM contract_link l WHERE l.contract = c.id AND l.state IN ('asked', 'found'))
			OR EXISTS (SELECT 1 FROM contract_demand d
				WHERE d.contract = c.id AND d.settled IS NULL AND d.due < :today))))
	AND (:whole = 1 OR EXISTS (SELECT 1 FROM shown_unit_under n
		WHERE n.unit = c.unit AND instr(:units, ',' || n.above || ',') > 0))
ORDER BY CASE WHEN c.stage = 'selecting' THEN 1 WHEN c.stage = 'running' THEN 2 ELSE 3 END,
	CASE WHEN c.stage IN ('selecting', 'running') THEN c.until ELSE -c.ended END, c.id LIMIT :most;

-- query contract_case_choose(int id, int candidate, text reason, int at) do
UPDATE contract_case SET candidate = :candidate, reason = :reason, chosen = :at, change = change + 1 WHERE id = :id;

-- query contract_case_sign(int id, text number, int agreed, int since, int until, int engagement) do
UPDATE contract_case SET stage = 'running', number = :number, agreed = :agreed, since = :since, until = :until,
	engagement = :engagement, change = change + 1 WHERE id = :id;

-- It is to be told of anew before its new last day.
-- query contract_case_prolong(int id, int until) do
UPDATE contract_case SET until = :until, told = NULL, change = change + 1 WHERE id = :id;

-- The contractor's own; firms below stay within what was consented.
-- query contract_link_prolong(int contract, int until) do
UPDATE contract_link SET until = :until, change = change + 1 WHERE contract = :contract AND above = 0;

-- query contract_prolonging_add(int id, int contract, int was, int until, int agreed, text words, int person, text role, int made) do
INSERT INTO contract_prolonging (id, contract, was, until, agreed, words, person, role, made)
VALUES (:id, :contract, :was, :until, :agreed, :words, :person, :role, :made);

-- query contract_prolonging_rows(int contract, int most) many
-- column person_name text?
SELECT x.id, x.was, x.until, x.agreed, x.words, p.name AS person_name FROM contract_prolonging x
LEFT JOIN shown_person p ON p.id = x.person WHERE x.contract = :contract ORDER BY x.id DESC LIMIT :most;

-- query contract_case_put(int id, int ledger_row) do
UPDATE contract_case SET ledger_row = :ledger_row WHERE id = :id;

-- query contract_case_explained(int id, int day, text words) do
UPDATE contract_case SET explained = :day, explained_words = :words, change = change + 1 WHERE id = :id;

-- query contract_case_stop(int id, text stage, int day, text words) do
UPDATE contract_case SET stage = :stage, ended = :day, end_words = :words, change = change + 1 WHERE id = :id;

-- query contract_case_touch(int id) do
UPDATE contract_case SET change = change + 1 WHERE id = :id;

-- query contract_case_told(int id, int at) do
UPDATE contract_case SET told = :at WHERE id = :id;

-- ---- Choosing ----

-- query contract_candidate_insert(int id, int contract, int firm, text name, int made) do
INSERT INTO contract_candidate (id, contract, firm, name, made) VALUES (:id, :contract, :firm, :name, :made);

-- query contract_candidate_firm(int id, int firm) do
UPDATE contract_candidate SET firm = :firm WHERE id = :id;

-- query contract_candidate_rows(int contract, int most) many
SELECT id, firm, name FROM contract_candidate WHERE contract = :contract ORDER BY id LIMIT :most;

-- query contract_answer_rows(int candidate, int most) many
SELECT id, criterion, answer, words FROM contract_answer WHERE candidate = :candidate ORDER BY id LIMIT :most;

-- query contract_answer_insert(int id, int candidate, text criterion, text answer, text words) do
INSERT INTO contract_answer (id, candidate, criterion, answer, words) VALUES (:id, :candidate, :criterion, :answer, :words);

-- query contract_answer_set(int id, text answer, text words) do
UPDATE contract_answer SET answer = :answer, words = :words WHERE id = :id;

-- query contract_item_insert(int id, int contract, text item, int is_present, text words) do
INSERT INTO contract_item (id, contract, item, is_present, words) VALUES (:id, :contract, :item, :is_present, :words);

-- query contract_item_rows(int contract, int most) many
SELECT id, item, is_present, words FROM contract_item WHERE contract = :contract ORDER BY id LIMIT :most;

-- ---- The chain ----

-- query contract_link_add(int id, int contract, int above, int firm, text work, text place, text state, int since, int until, int made, text why, int? decided, int? decider, text? role, int? engagement) do
INSERT INTO contract_link (id, contract, above, firm, work, place, state, since, until, made, why, decided, decider, role, engagement, change)
VALUES (:id, :contract, :above, :firm, :work, :place, :state, :since, :until, :made, :why, :decided, :decider, :role, :engagement, 1);

-- Of a contract, or that one link.
-- query contract_link_rows(int contract, int link, int most) many
-- column firm_name text?
-- column decider_name text?
-- column workers int
SELECT l.id, l.contract, l.above, l.firm, l.work, l.place, l.state, l.since, l.until, l.made, l.why, l.decided, l.role, l.words,
	l.engagement, l.change, f.name AS firm_name, p.name AS decider_name,
	(SELECT count(*) FROM contract_worker w WHERE w.link = l.id AND w.ended IS NULL) AS workers
FROM contract_link l LEFT JOIN shown_firm f ON f.id = l.firm LEFT JOIN shown_person p ON p.id = l.decider
WHERE l.id IN (SELECT id FROM contract_link WHERE contract = :contract UNION ALL SELECT :link) ORDER BY l.id LIMIT :most;

-- query contract_link_decide(int id, text state, int since, int decided, int decider, text role, text words, int? engagement) do
UPDATE contract_link SET state = :state, since = :since, decided = :decided, decider = :decider, role = :role, words = :words,
	engagement = :engagement, change = change + 1 WHERE id = :id;

-- query contract_link_end(int contract) do
UPDATE contract_link SET state = 'ended', change = change + 1 WHERE contract = :contract AND state IN ('asked', 'consented');

-- ---- Workers ----

-- query contract_worker_add(int id, int link, int person, text task, int since, int until, int? pledged, int? trained, text? trained_words, int made) do
INSERT INTO contract_worker (id, link, person, task, since, until, pledged, trained, trained_words, made, change)
VALUES (:id, :link, :person, :task, :since, :until, :pledged, :trained, :trained_words, :made, 1);

-- Of a contract, or of a link, or that one.
-- query contract_worker_rows(int contract, int link, int id, int most) many
-- column name text?
-- column number text?
-- column contract int
SELECT w.id, w.link, l.contract, w.person, w.task, w.since, w.until, w.pledged, w.trained, w.trained_words, w.worker, w.ended, w.change,
	p.name AS name, p.number AS number
FROM contract_worker w JOIN contract_link l ON l.id = w.link LEFT JOIN shown_person p ON p.id = w.person
WHERE w.id IN (SELECT x.id FROM contract_link y JOIN contract_worker x ON x.link = y.id WHERE y.contract = :contract
	UNION ALL SELECT id FROM contract_worker WHERE link = :link UNION ALL SELECT :id)
ORDER BY w.link, w.id LIMIT :most;

-- query contract_worker_ready(int id, int? pledged, int? trained, text? trained_words) do
UPDATE contract_worker SET pledged = :pledged, trained = :trained, trained_words = :trained_words, change = change + 1 WHERE id = :id;

-- query contract_worker_made(int id, int worker) do
UPDATE contract_worker SET worker = :worker, change = change + 1 WHERE id = :id;

-- query contract_worker_stop(int id, int ended) do
UPDATE contract_worker SET ended = :ended, change = change + 1 WHERE id = :id;

-- Permits of one occasion that a person holds today.
-- query contract_permits_held(int person, text occasion, int day) one
-- column count int
SELECT count(*) AS count FROM shown_permit t
WHERE t.holder = :person AND t.occasion = :occasion AND t.ended IS NULL AND t.from_day <= :day AND t.until_day >= :day;

-- ---- Data ----

-- query contract_handover_add(int id, int contract, int link, int source, int day, text what, text class, text way, int copies, int is_test, text serial, text? file, text? file_name, text? receipt, int? received, int maker, int made) do
INSERT INTO contract_handover (id, contract, link, source, day, what, class, way, copies, is_test, serial, file, file_name, receipt,
	received, maker, made, state, change)
VALUES (:id, :contract, :link, :source, :day, :what, :class, :way, :copies, :is_test, :serial, :file, :file_name, :receipt, :received,
	:maker, :made, 'open', 1);

-- Of a contract, or that one.
-- query contract_handover_rows(int contract, int id, int most) many
-- column firm_name text?
-- column source_name text?
-- column verifier_name text?
SELECT h.id, h.contract, h.link, h.source, h.day, h.what, h.class, h.way, h.copies, h.is_test, h.serial, h.file, h.file_name,
	h.receipt, h.received, h.state, h.how, h.claimed, h.claim, h.certificate, h.certificate_name, h.verified, h.verify, h.change,
	f.name AS firm_name, g.name AS source_name, p.name AS verifier_name
FROM contract_handover h LEFT JOIN contract_link l ON l.id = h.link LEFT JOIN shown_firm f ON f.id = l.firm
LEFT JOIN contract_link s ON s.id = h.source LEFT JOIN shown_firm g ON g.id = s.firm LEFT JOIN shown_person p ON p.id = h.verifier
WHERE h.id IN (SELECT id FROM contract_handover WHERE contract = :contract UNION ALL SELECT :id) ORDER BY h.day, h.id LIMIT :most;

-- query contract_handover_receive(int id, int day, text words) do
UPDATE contract_handover SET received = :day, receipt = :words, change = change + 1 WHERE id = :id;

-- query contract_handover_claim(int id, text how, int day, text words, text? file, text? file_name) do
UPDATE contract_handover SET state = 'claimed', how = :how, claimed = :day, claim = :words, certificate = :file,
	certificate_name = :file_name, change = change + 1 WHERE id = :id;

-- query contract_handover_verify(int id, text how, int day, text words, int person) do
UPDATE contract_handover SET state = 'verified', how = :how, verified = :day, verify = :words, verifier = :person,
	change = change + 1 WHERE id = :id;

-- query contract_handover_unclosed(int contract, int most) many
SELECT id, class, state FROM contract_handover WHERE contract = :contract AND state <> 'verified' ORDER BY id LIMIT :most;

-- Of any contract: without a receipt, since which day.
-- query contract_handover_unreceived(int most) many
SELECT h.id, h.day FROM contract_handover h WHERE h.received IS NULL AND h.source = 0 AND h.state = 'open' ORDER BY h.day LIMIT :most;

-- query contract_handover_counts() one
-- column all_of int
-- column received int?
SELECT count(*) AS all_of, sum(CASE WHEN received IS NOT NULL OR state <> 'open' THEN 1 ELSE 0 END) AS received
FROM contract_handover WHERE source = 0;

-- ---- Looking after it ----

-- query contract_check_add(int id, int contract, int day, text how, text found, int is_fine, int person, int made) do
INSERT INTO contract_check (id, contract, day, how, found, is_fine, person, made)
VALUES (:id, :contract, :day, :how, :found, :is_fine, :person, :made);

-- query contract_check_rows(int contract, int most) many
-- column name text?
SELECT k.id, k.day, k.how, k.found, k.is_fine, p.name AS name
FROM contract_check k LEFT JOIN shown_person p ON p.id = k.person WHERE k.contract = :contract ORDER BY k.day DESC, k.id DESC LIMIT :most;

-- query contract_demand_add(int id, int contract, int link, text found, text wanted, text item, int due, int maker, int made) do
INSERT INTO contract_demand (id, contract, link, found, wanted, item, due, maker, made, change)
VALUES (:id, :contract, :link, :found, :wanted, :item, :due, :maker, :made, 1);

-- Of a contract, or that one, or all, or all open ones.
-- query contract_demand_rows(int contract, int id, int is_all, int is_open, int most) many
-- column title text
-- column unit int
-- column firm_name text?
SELECT d.id, d.contract, d.link, d.found, d.wanted, d.item, d.due, d.made, d.answered, d.answer, d.settled, d.settle, d.told, d.change,
	c.title, c.unit, f.name AS firm_name
FROM contract_demand d JOIN contract_case c ON c.id = d.contract LEFT JOIN contract_link l ON l.id = d.link
LEFT JOIN shown_firm f ON f.id = l.firm
WHERE d.id IN (SELECT id FROM contract_demand WHERE contract = :contract UNION ALL SELECT :id
	UNION ALL SELECT id FROM contract_demand WHERE settled IS NULL AND :is_open = 1
	UNION ALL SELECT id FROM contract_demand WHERE :is_all = 1)
ORDER BY d.id DESC LIMIT :most;

-- query contract_demand_answer(int id, int at, text words) do
UPDATE contract_demand SET answered = :at, answer = :words, change = change + 1 WHERE id = :id;

-- query contract_demand_settle(int id, int at, int person, text words) do
UPDATE contract_demand SET settled = :at, settler = :person, settle = :words, change = change + 1 WHERE id = :id;

-- query contract_demand_told(int id, int at) do
UPDATE contract_demand SET told = :at WHERE id = :id;

-- ---- How it stands ----

-- query contract_running(int most) many
-- column checked int?
SELECT id, unit, title, since, until, agreed, explained, told,
	(SELECT max(day) FROM contract_check k WHERE k.contract = c.id) AS checked
FROM contract_case c WHERE stage = 'running' ORDER BY until, id LIMIT :most;

-- query contract_ended(int most) many
SELECT id FROM contract_case WHERE stage = 'ended' ORDER BY id DESC LIMIT :most;

-- query contract_links_open(int most) many
SELECT l.id, l.contract, l.state, l.since, c.unit FROM contract_link l JOIN contract_case c ON c.id = l.contract
WHERE c.stage = 'running' AND l.above <> 0 AND l.state IN ('asked', 'found', 'consented') ORDER BY l.id LIMIT :most;

-- query contract_workers_open(int today, int most) many
SELECT w.id, w.person, w.since, l.contract FROM contract_worker w JOIN contract_link l ON l.id = w.link JOIN contract_case c ON c.id = l.contract
WHERE c.stage = 'running' AND w.until >= :today AND (w.ended IS NULL OR w.ended >= :today) ORDER BY w.id LIMIT :most;
