-- A contract was amended to last longer. was: its last day until then. agreed: the day of the amendment. Nothing is deleted.
CREATE TABLE contract_prolonging (
	id INTEGER PRIMARY KEY,
	contract INTEGER NOT NULL,
	was INTEGER NOT NULL,
	until INTEGER NOT NULL,
	agreed INTEGER NOT NULL,
	words TEXT NOT NULL,
	person INTEGER NOT NULL,
	role TEXT NOT NULL,
	made INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_prolonging_by_contract ON contract_prolonging (contract, id);
