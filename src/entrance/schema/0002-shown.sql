-- What other rooms hold against who may enter: with whom, why not, and what was brought.
DROP VIEW shown_visit;
CREATE VIEW shown_visit AS
	SELECT id, room, kind, person, list_row, name, of_words, escort, state, entered, received, left_at, left_received,
		trouble, why, settled, ledger_row
	FROM entrance_visit;
CREATE VIEW shown_visit_device AS SELECT id, visit, serial, permit, verdict, is_out FROM entrance_device;
