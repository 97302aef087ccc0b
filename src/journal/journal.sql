-- Appending.

-- query journal_entry_add(int id, text entry, blob leaf) do
INSERT INTO journal_entry (id, entry, leaf) VALUES (:id, :entry, :leaf);

-- query journal_about_add(int id, text about, int entry) do
INSERT INTO journal_about (id, about, entry) VALUES (:id, :about, :entry);

-- query journal_salt_add(int id, blob salt) do
INSERT INTO journal_salt (id, salt) VALUES (:id, :salt);

-- query journal_tile_add(int id, blob hashes) do
INSERT INTO journal_tile (id, hashes) VALUES (:id, :hashes);

-- query journal_checkpoint_add(int id, text note, int at) do
INSERT INTO journal_checkpoint (id, note, "at") VALUES (:id, :note, :at) ON CONFLICT (id) DO NOTHING;

-- query journal_key_add(int id, text vkey) do
INSERT INTO journal_key (id, vkey) VALUES (:id, :vkey) ON CONFLICT (id) DO NOTHING;

-- query journal_log_add(int id, int first, text origin, text place) do
INSERT INTO journal_log (id, first, origin, place) VALUES (:id, :first, :origin, :place);

-- query journal_log_key_add(int id, int log, text vkey) do
INSERT INTO journal_log_key (id, log, vkey) VALUES (:id, :log, :vkey);

-- Logs and keys.

-- query journal_log_list(int most) many
SELECT id, first, origin, place FROM journal_log ORDER BY id LIMIT :most;

-- query journal_log_newest() maybe
SELECT id, first FROM journal_log ORDER BY id DESC LIMIT 1;

-- query journal_log_key_list(int log, int most) many
SELECT id, vkey FROM journal_log_key WHERE log = :log ORDER BY id LIMIT :most;

-- query journal_log_key_newest(int log) maybe
SELECT id, vkey FROM journal_log_key WHERE log = :log ORDER BY id DESC LIMIT 1;

-- query journal_log_key_count() one
-- column n int
SELECT count(*) AS n FROM journal_log_key;

-- query journal_key_first() maybe
SELECT id, vkey FROM journal_key ORDER BY id LIMIT 1;

-- The tree.

-- query journal_entry_top() maybe
SELECT id FROM journal_entry ORDER BY id DESC LIMIT 1;

-- query journal_leaves(int first, int before) each
SELECT id, leaf FROM journal_entry WHERE id >= :first AND id < :before ORDER BY id;

-- query journal_tile_read(int id) maybe
SELECT hashes FROM journal_tile WHERE id = :id;

-- query journal_tile_count() one
-- column n int
SELECT count(*) AS n FROM journal_tile;

-- Reading.

-- query journal_entry_one(int id) maybe
SELECT id, entry, leaf FROM journal_entry WHERE id = :id;

-- query journal_entry_all(int first, int before) each
SELECT id, entry, leaf FROM journal_entry WHERE id >= :first AND id < :before ORDER BY id;

-- query journal_entry_newest(int before, int most) many
SELECT id, entry, leaf FROM journal_entry WHERE id < :before ORDER BY id DESC LIMIT :most;

-- query journal_entry_of(text about, int before, int most) many
SELECT e.id AS id, e.entry AS entry, e.leaf AS leaf
FROM journal_about a JOIN journal_entry e ON e.id = a.entry
WHERE a.about = :about AND a.entry < :before ORDER BY a.entry DESC LIMIT :most;

-- query journal_about_last(text about) one
-- column entry int?
SELECT max(entry) AS entry FROM journal_about WHERE about = :about;

-- query journal_about_part(int first, int before, int most) many
SELECT id, about, entry FROM journal_about WHERE id >= :first AND id < :before ORDER BY id LIMIT :most;

-- query journal_about_walk(int first, int before) each
SELECT id, about, entry FROM journal_about WHERE id >= :first AND id < :before ORDER BY id;

-- query journal_about_count() one
-- column n int
SELECT count(*) AS n FROM journal_about;

-- query journal_salt_read(int id) maybe
SELECT salt FROM journal_salt WHERE id = :id;

-- query journal_salt_walk(int first, int before) each
SELECT id, salt FROM journal_salt WHERE id >= :first AND id < :before ORDER BY id;

-- Checkpoints of one log have ids from log * 2^48 on.

-- query journal_checkpoint_last(int least, int before) maybe
SELECT id, note, "at" FROM journal_checkpoint WHERE id >= :least AND id < :before ORDER BY id DESC LIMIT 1;

-- query journal_checkpoint_from(int least, int before, int most) many
SELECT id, note, "at" FROM journal_checkpoint WHERE id >= :least AND id < :before ORDER BY id LIMIT :most;

-- query journal_checkpoint_in(int least, int before) each
SELECT id, note, "at" FROM journal_checkpoint WHERE id >= :least AND id < :before ORDER BY id;

-- query journal_checkpoint_count(int least, int before) one
-- column n int
SELECT count(*) AS n FROM journal_checkpoint WHERE id >= :least AND id < :before;
-- Witnesses and time-stamps.

-- query journal_cosignature_top() maybe
SELECT id FROM journal_cosignature ORDER BY id DESC LIMIT 1;

-- query journal_cosignature_add(int id, int log, int size, text witness, text line, int at) do
INSERT INTO journal_cosignature (id, log, size, witness, line, "at")
VALUES (:id, :log, :size, :witness, :line, :at);

-- query journal_cosignature_last(text witness) maybe
SELECT id, log, size, line, "at" FROM journal_cosignature WHERE witness = :witness
ORDER BY log DESC, size DESC, id DESC LIMIT 1;

-- query journal_cosignature_of(int log, int size, int most) many
SELECT id, witness, line FROM journal_cosignature WHERE log = :log AND size = :size
ORDER BY id DESC LIMIT :most;

-- query journal_stamp_top() maybe
SELECT id FROM journal_stamp ORDER BY id DESC LIMIT 1;

-- query journal_stamp_add(int id, int log, int size, blob answer, int at) do
INSERT INTO journal_stamp (id, log, size, answer, "at") VALUES (:id, :log, :size, :answer, :at);

-- query journal_stamp_last() maybe
SELECT id, log, size, answer, "at" FROM journal_stamp ORDER BY "at" DESC, id DESC LIMIT 1;

-- query journal_stamp_all() each
SELECT id, log, size, answer, "at" FROM journal_stamp ORDER BY id;

-- query journal_checkpoint_recent(int most) many
SELECT id, note FROM journal_checkpoint ORDER BY id DESC LIMIT :most;

-- query journal_cosignature_recent(int most) many
SELECT id, log, size, witness, line FROM journal_cosignature ORDER BY id DESC LIMIT :most;

-- query journal_stamp_in(int log) each
SELECT id, log, size, answer, "at" FROM journal_stamp WHERE log = :log ORDER BY id;
