-- Who has what until when, a firm too: what other rooms hold against permits.
DROP VIEW shown_loan;
CREATE VIEW shown_loan AS
	SELECT id, thing, kind, person, firm, permit, outing, at, due, back FROM inventory_loan;
