-- How many rows of which class each unit has: a list says its total without counting a hundred
-- thousand rows. Can be made again from the rows.
CREATE TABLE ledger_count_cache (
	id INTEGER PRIMARY KEY,
	ledger TEXT NOT NULL,
	is_retired INTEGER NOT NULL,
	owner INTEGER NOT NULL,
	class TEXT NOT NULL,
	row_count INTEGER NOT NULL,
	UNIQUE (ledger, is_retired, owner, class)
) STRICT;
INSERT INTO ledger_count_cache (ledger, is_retired, owner, class, row_count)
	SELECT ledger, is_retired, owner, class, count(*) FROM ledger_row
	GROUP BY ledger, is_retired, owner, class;
INSERT INTO store_counter_cache (series, next)
	SELECT 'ledger-count', highest + 1 FROM (SELECT max(id) AS highest FROM ledger_count_cache)
	WHERE highest IS NOT NULL;
