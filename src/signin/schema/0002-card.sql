-- IC cards: client certificates and who they belong to. A row is a registration; one that is stopped stays,
-- and the same certificate may be registered anew. `issuer` is the SHA-256 of the issuer's name, hex;
-- issuer and serial are how a certificate is found, the fingerprint that it is the very same.
-- sealed signin_card.subject by person
-- sealed signin_card_use.address by person
CREATE TABLE signin_card (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL,
	issuer TEXT NOT NULL,
	issuer_name TEXT NOT NULL,
	serial TEXT NOT NULL,
	subject TEXT NOT NULL,
	fingerprint BLOB NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	registered INTEGER NOT NULL,
	registered_by INTEGER NOT NULL,
	is_by_file INTEGER NOT NULL,
	stopped INTEGER,
	reason TEXT CHECK (reason IN ('lost', 'returned', 'replaced', 'revoked', 'other')),
	stopped_by INTEGER
) STRICT;
CREATE INDEX signin_card_by_serial ON signin_card (issuer, serial, id);
CREATE INDEX signin_card_by_person ON signin_card (person, id);

-- Each time a card was shown: in which session, from where.
CREATE TABLE signin_card_use (
	id INTEGER PRIMARY KEY,
	card INTEGER NOT NULL REFERENCES signin_card (id),
	person INTEGER NOT NULL,
	session INTEGER NOT NULL,
	at INTEGER NOT NULL,
	address TEXT NOT NULL
) STRICT;
CREATE INDEX signin_card_use_by_card ON signin_card_use (card, id);
