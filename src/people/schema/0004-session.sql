-- What was shown in a session: bits of enum session_method (people/account.h). NULL: a password, in a
-- session from before this was kept.
ALTER TABLE people_session ADD COLUMN methods INTEGER;
-- When something was last proven in it.
ALTER TABLE people_session ADD COLUMN proven INTEGER;
-- What was held while it was shown: ' card:12 factor:3 ', each with a space on either side, so that
-- what was lost ends every session it was used in.
ALTER TABLE people_session ADD COLUMN shown TEXT;
