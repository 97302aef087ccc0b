-- query directory_tie_get(int id) maybe
SELECT id, key, since, ended FROM directory_tie WHERE id = :id;

-- query directory_tie_list() many
-- column name text
SELECT t.id, t.key, t.since, p.name AS name, p.number
FROM directory_tie t JOIN shown_person p ON p.id = t.id
WHERE t.ended IS NULL ORDER BY t.id LIMIT 20000;

-- query directory_tie_page(int after, int most) many
-- column name text
SELECT t.id, t.since, p.name AS name, p.number
FROM directory_tie t JOIN shown_person p ON p.id = t.id
WHERE t.ended IS NULL AND t.id > :after ORDER BY t.id LIMIT :most;

-- query directory_tie_count() one
-- column held int
SELECT count(*) AS held FROM directory_tie WHERE ended IS NULL;

-- query directory_tie_add(int id, sealed key, int since) do
INSERT INTO directory_tie (id, key, since, ended) VALUES (:id, :key, :since, NULL);

-- query directory_tie_again(int id, sealed key, int since) do
UPDATE directory_tie SET key = :key, since = :since, ended = NULL WHERE id = :id;

-- query directory_tie_end(int id, int ended) do
UPDATE directory_tie SET ended = :ended WHERE id = :id;
