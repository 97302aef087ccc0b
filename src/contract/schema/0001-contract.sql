-- Work given out, from choosing the contractor to the end. stage: selecting, running, ended, dropped. kind, class: codes
-- of the pack (class: '' until known). system: a ledger row, or 0. candidate: who was chosen. engagement: what room
-- people knows of it. ledger_row: the row of the pack's register. told: when people were told that it ends. Nothing is deleted.
CREATE TABLE contract_case (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL,
	title TEXT NOT NULL,
	work TEXT NOT NULL,
	kind TEXT NOT NULL,
	class TEXT NOT NULL,
	system INTEGER NOT NULL,
	stage TEXT NOT NULL,
	made INTEGER NOT NULL,
	maker INTEGER NOT NULL,
	candidate INTEGER,
	reason TEXT,
	chosen INTEGER,
	number TEXT,
	agreed INTEGER,
	since INTEGER,
	until INTEGER,
	engagement INTEGER,
	explained INTEGER,
	explained_words TEXT,
	ledger_row INTEGER,
	ended INTEGER,
	end_words TEXT,
	told INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_case_by_unit ON contract_case (unit, id);
CREATE INDEX contract_case_by_stage ON contract_case (stage, until, id);
CREATE UNIQUE INDEX contract_case_by_engagement ON contract_case (engagement) WHERE engagement IS NOT NULL;

-- Who could do it. firm: 0 until it is registered.
CREATE TABLE contract_candidate (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	firm INTEGER NOT NULL,
	name TEXT NOT NULL,
	made INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_candidate_by_contract ON contract_candidate (contract, id);

-- A criterion of the pack, answered for one candidate. answer: yes, no, na. words: by what it was seen.
CREATE TABLE contract_answer (
	id INTEGER PRIMARY KEY,
	candidate INTEGER NOT NULL,
	criterion TEXT NOT NULL,
	answer TEXT NOT NULL,
	words TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX contract_answer_by_candidate ON contract_answer (candidate, criterion);

-- What the pack wants in a contract. words: where it stands, or why it does not.
CREATE TABLE contract_item (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	item TEXT NOT NULL,
	is_present INTEGER NOT NULL,
	words TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX contract_item_by_contract ON contract_item (contract, item);

-- A firm that works under a contract: the contractor itself (above 0), or one below another (再委託). state: asked,
-- consented, refused, found (works without having asked), ended. place: where it works, one line each. since, until:
-- as asked for. engagement: what room people knows of it once there is consent. role: in which it was decided.
CREATE TABLE contract_link (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	above INTEGER NOT NULL,
	firm INTEGER NOT NULL,
	work TEXT NOT NULL,
	place TEXT NOT NULL,
	state TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	made INTEGER NOT NULL,
	why TEXT NOT NULL,
	decided INTEGER,
	decider INTEGER,
	role TEXT,
	words TEXT,
	engagement INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_link_by_contract ON contract_link (contract, above, id);
CREATE INDEX contract_link_by_state ON contract_link (state, contract);
CREATE UNIQUE INDEX contract_link_by_engagement ON contract_link (engagement) WHERE engagement IS NOT NULL;

-- Who works there by name. person: of room people, which holds the name. pledged, trained: days, NULL until it was
-- shown. worker: of room people, once everything is there. ended: the last day, when it was cut short.
CREATE TABLE contract_worker (
	id INTEGER PRIMARY KEY,
	link INTEGER NOT NULL,
	person INTEGER NOT NULL,
	task TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	pledged INTEGER,
	trained INTEGER,
	trained_words TEXT,
	worker INTEGER,
	ended INTEGER,
	made INTEGER NOT NULL,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_worker_by_link ON contract_worker (link, id);
CREATE INDEX contract_worker_by_person ON contract_worker (person, since);

-- Data that went over. link: who holds it; source: from which link it came (0: from the body). file: digest of the file
-- where there is one. way: a code of the pack. receipt: who took it, received: when. state: open, claimed (somebody
-- says it is gone), verified (somebody of the body saw it). how: returned, erased. certificate: digest of the paper.
CREATE TABLE contract_handover (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	link INTEGER NOT NULL,
	source INTEGER NOT NULL,
	day INTEGER NOT NULL,
	what TEXT NOT NULL,
	class TEXT NOT NULL,
	way TEXT NOT NULL,
	copies INTEGER NOT NULL,
	is_test INTEGER NOT NULL,
	serial TEXT NOT NULL,
	file TEXT,
	file_name TEXT,
	receipt TEXT,
	received INTEGER,
	maker INTEGER NOT NULL,
	made INTEGER NOT NULL,
	state TEXT NOT NULL,
	how TEXT,
	claimed INTEGER,
	claim TEXT,
	certificate TEXT,
	certificate_name TEXT,
	verified INTEGER,
	verifier INTEGER,
	verify TEXT,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_handover_by_contract ON contract_handover (contract, day, id);
CREATE INDEX contract_handover_by_link ON contract_handover (link, state);

-- What was found wrong, and what the contractor must do about it until when.
CREATE TABLE contract_demand (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	link INTEGER NOT NULL,
	found TEXT NOT NULL,
	wanted TEXT NOT NULL,
	item TEXT NOT NULL,
	due INTEGER NOT NULL,
	maker INTEGER NOT NULL,
	made INTEGER NOT NULL,
	answered INTEGER,
	answer TEXT,
	settled INTEGER,
	settler INTEGER,
	settle TEXT,
	told INTEGER,
	change INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_demand_by_contract ON contract_demand (contract, id);
CREATE INDEX contract_demand_open ON contract_demand (due, id) WHERE settled IS NULL;

-- What the contractor does was looked at.
CREATE TABLE contract_check (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	day INTEGER NOT NULL,
	how TEXT NOT NULL,
	found TEXT NOT NULL,
	is_fine INTEGER NOT NULL,
	person INTEGER NOT NULL,
	made INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_check_by_contract ON contract_check (contract, day, id);

CREATE VIEW shown_contract AS
	SELECT id, unit, title, kind, class, stage, number, since, until, engagement, ledger_row, ended FROM contract_case;
CREATE VIEW shown_contract_link AS
	SELECT id, contract, above, firm, state, since, until, engagement FROM contract_link;
CREATE VIEW shown_contract_worker AS
	SELECT id, link, person, since, until, pledged, trained, worker, ended FROM contract_worker;
