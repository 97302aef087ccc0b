-- Second factors of persons, and recovery.

-- query signin_factor_count(int person) one
-- column living int
SELECT count(*) AS living FROM signin_factor WHERE person = :person AND removed IS NULL;
