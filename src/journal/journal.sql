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

-- query journal_checkpoint_newest(int most) many
SELECT id, note, "at" FROM journal_checkpoint ORDER BY id DESC LIMIT :most;

-- query journal_checkpoint_from(int size) maybe
SELECT id, note, "at" FROM journal_checkpoint WHERE id >= :size ORDER BY id LIMIT 1;

-- query journal_checkpoint_all() each
SELECT id, note, "at" FROM journal_checkpoint ORDER BY id;

-- query journal_key_newest() maybe
SELECT id, vkey FROM journal_key ORDER BY id DESC LIMIT 1;
