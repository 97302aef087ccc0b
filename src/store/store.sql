-- query store_setting_find(text name) maybe
SELECT id, value FROM store_setting WHERE name = :name;

-- query store_setting_add(int id, text name, text value) do
INSERT INTO store_setting (id, name, value) VALUES (:id, :name, :value);

-- query store_setting_change(int id, text value) do
UPDATE store_setting SET value = :value WHERE id = :id;

-- query store_counter_find(text series) maybe
SELECT id, next FROM store_counter_cache WHERE series = :series;

-- query store_counter_top() one
-- column top int?
SELECT max(id) AS top FROM store_counter_cache;

-- query store_counter_add(int id, text series) do
INSERT INTO store_counter_cache (id, series, next) VALUES (:id, :series, 2);

-- query store_counter_step(int id) do
UPDATE store_counter_cache SET next = next + 1 WHERE id = :id;

-- query store_counter_all() each
SELECT id, series, next FROM store_counter_cache ORDER BY id;

-- query store_counter_set(int id, int next) do
UPDATE store_counter_cache SET next = :next WHERE id = :id;

-- query store_step_taken(text room, int number) maybe
SELECT id FROM store_migration WHERE room = :room AND number = :number;
