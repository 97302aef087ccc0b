-- What a person can show besides a password: apps that make codes, security keys, passkeys. A row is
-- never deleted; `removed` ends it, and empties what its secret was.
-- sealed signin_factor.name by person
-- sealed signin_factor.secret by person
CREATE TABLE signin_factor (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('totp', 'key')),
	name TEXT NOT NULL,
	-- totp: the shared secret; key: empty.
	secret TEXT NOT NULL,
	-- totp: the last time step used; key: the last signature counter.
	counter INTEGER NOT NULL,
	-- key: what the key calls itself by, its public key (raw
	-- bytes of its COSE algorithm), whether it asks for a PIN or finger, whether it finds its owner without a login name.
	credential BLOB UNIQUE,
	public_key BLOB,
	algorithm INTEGER,
	verifies INTEGER,
	is_resident INTEGER,
	created INTEGER NOT NULL,
	last_used INTEGER,
	removed INTEGER
) STRICT;
CREATE INDEX signin_factor_by_person ON signin_factor (person, removed);

-- Recovery without a back door: two holders of a named role, each in their own session.
CREATE TABLE signin_recovery (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
	reason TEXT NOT NULL,
	removes_factors INTEGER NOT NULL,
	asked_by INTEGER NOT NULL,
	asked_role TEXT NOT NULL,
	asked INTEGER NOT NULL,
	until INTEGER NOT NULL,
	second INTEGER,
	second_role TEXT,
	ended INTEGER
) STRICT;
CREATE INDEX signin_recovery_by_state ON signin_recovery (state, id);
CREATE INDEX signin_recovery_by_person ON signin_recovery (person, id);
