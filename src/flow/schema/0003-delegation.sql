-- Under which delegation of the pack a step or an extension may be decided (its code), and under which
-- one that was given (people_delegation) it was. NULL: under none.
ALTER TABLE flow_step ADD COLUMN delegation TEXT;
ALTER TABLE flow_decision ADD COLUMN delegation INTEGER;
ALTER TABLE flow_capacity ADD COLUMN delegation INTEGER;
ALTER TABLE flow_extension ADD COLUMN power TEXT;
ALTER TABLE flow_extension ADD COLUMN delegation INTEGER;
