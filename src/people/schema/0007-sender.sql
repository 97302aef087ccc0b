-- As whose a mail is shown; NULL: the body's. No personal data: a name from a template.
ALTER TABLE people_outbox ADD COLUMN sender TEXT;
