-- Who has a matter to handle, and what it is handled with.
ALTER TABLE matter ADD COLUMN holder     TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN joined     TEXT NOT NULL DEFAULT ''; -- the matter it was merged into
ALTER TABLE matter ADD COLUMN suggestion TEXT NOT NULL DEFAULT '';
UPDATE matter SET holder = unit;
CREATE INDEX matter_holder     ON matter (holder, state, row);
CREATE INDEX matter_joined     ON matter (joined) WHERE joined <> '';
CREATE INDEX matter_suggestion ON matter (suggestion) WHERE suggestion <> '';
