-- Findings about accounts of other systems: whose unit runs the system, and what is wrong there.
ALTER TABLE assure_finding ADD COLUMN unit INTEGER;
ALTER TABLE assure_finding ADD COLUMN detail TEXT;
