-- query assure_judgement_add(int id, text clause, int person, text role, bool is_not_needed, text words, int at, int until) do
INSERT INTO assure_judgement (id, clause, person, role, is_not_needed, words, at, until)
VALUES (:id, :clause, :person, :role, :is_not_needed, :words, :at, :until);

-- query assure_judgements_of(text clause, int most) many
-- column is_not_needed bool
SELECT j.id, j.clause, j.person, j.role, j.is_not_needed, j.words, j.at, j.until, p.name AS person_name
FROM assure_judgement j LEFT JOIN shown_person p ON p.id = j.person
WHERE j.clause = :clause ORDER BY j.at DESC, j.id DESC LIMIT :most;

-- query assure_judgements_valid(int today, int most) many
-- column is_not_needed bool
SELECT j.id, j.clause, j.person, j.role, j.is_not_needed, j.words, j.at, j.until, p.name AS person_name
FROM assure_judgement j LEFT JOIN shown_person p ON p.id = j.person
WHERE j.until >= :today ORDER BY j.clause, j.at, j.id LIMIT :most;
