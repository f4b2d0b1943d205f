-- Who has a matter to handle, and what it is handled with.
ALTER TABLE matter ADD COLUMN holder     TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN joined     TEXT NOT NULL DEFAULT ''; -- the matter it was merged into
ALTER TABLE matter ADD COLUMN suggestion TEXT NOT NULL DEFAULT '';
UPDATE matter SET holder = unit;
CREATE INDEX matter_holder     ON matter (holder, state, row);
CREATE INDEX matter_joined     ON matter (joined) WHERE joined <> '';
CREATE INDEX matter_suggestion ON matter (suggestion) WHERE suggestion <> '';

-- How far we hold the streams of each life of a computer: it begins a new one when it was restored or copied.
CREATE TABLE heard (
  replica     BLOB    NOT NULL,
  incarnation INTEGER NOT NULL,
  stored      INTEGER NOT NULL,
  hash        BLOB    NOT NULL,
  head        INTEGER NOT NULL,
  PRIMARY KEY (replica, incarnation)
) STRICT, WITHOUT ROWID;
INSERT INTO heard SELECT replica, incarnation, stored, hash, head FROM peer WHERE incarnation > 0;
ALTER TABLE peer DROP COLUMN incarnation;
ALTER TABLE peer DROP COLUMN stored;
ALTER TABLE peer DROP COLUMN hash;
ALTER TABLE peer DROP COLUMN head;

-- Entries that came under a name which another entry has already: kept, shown as an alarm, without effect.
CREATE TABLE fork (
  hash        BLOB    PRIMARY KEY,
  replica     BLOB    NOT NULL,
  incarnation INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  core        BLOB    NOT NULL,
  secret      BLOB,
  met         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
