-- Data that went over, for what other rooms hold against it.
CREATE VIEW shown_contract_handover AS
	SELECT id, contract, link, source, day, what, class, way, copies, is_test, serial, file, file_name, received, state, how,
		claimed, certificate, verified
	FROM contract_handover;
