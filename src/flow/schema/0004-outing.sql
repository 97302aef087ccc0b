-- What went out by its words, and who took it: what is in no ledger has no other name.
DROP VIEW shown_outing;
CREATE VIEW shown_outing AS SELECT id, permit, asset, what, out, out_by, due, back FROM flow_outing;
