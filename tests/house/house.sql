-- query house_add(int id, text name, text? note, blob? picture, int? seats) do
INSERT INTO house_room (id, name, note, picture, seats) VALUES (:id, :name, :note, :picture, :seats);

-- query house_rename(int id, text name) do
UPDATE house_room SET name = :name WHERE id = :id;

-- query house_drop(int id) do
DELETE FROM house_room WHERE id = :id;

-- query house_find(int id) maybe
SELECT id, name, note, picture, seats FROM house_room WHERE id = :id;

-- query house_count() one
-- column n int
SELECT count(*) AS n FROM house_room;

-- query house_list(int most) many
SELECT id, name FROM house_room ORDER BY id LIMIT :most;

-- query house_walk() each
SELECT id, name FROM house_room ORDER BY id;

-- query house_visit(int id, int room) do
INSERT INTO house_visit_cache (id, room) VALUES (:id, :room);

-- query house_guest_add(int id, sealed name, sealed words, int? room) do
INSERT INTO house_guest (id, name, words, room) VALUES (:id, :name, :words, :room);

-- query house_guest_rename(int id, sealed name) do
UPDATE house_guest SET name = :name WHERE id = :id;

-- query house_guest_empty(int id) do
UPDATE house_guest SET words = '' WHERE id = :id;

-- query house_guest_find(int id) maybe
SELECT id, name, words FROM house_guest WHERE id = :id;

-- query house_guest_walk() each
SELECT id, words FROM house_guest ORDER BY id;

-- query house_guest_rooms(int most) many
-- column guest text
SELECT r.name AS room, g.name AS guest FROM house_room r LEFT JOIN shown_guest g ON g.id = r.seats
ORDER BY r.id LIMIT :most;
