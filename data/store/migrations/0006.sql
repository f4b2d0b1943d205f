-- What a life's own computer signed of the position of its stream that we hold: the proof of our acknowledgement.
ALTER TABLE heard ADD COLUMN proof BLOB NOT NULL DEFAULT x'';

-- What is wrong with one peer, by a code of the courier's; it changes nothing for others.
CREATE TABLE fault (
  replica BLOB NOT NULL,
  what    TEXT NOT NULL,
  since   TEXT NOT NULL,
  PRIMARY KEY (replica, what)
) STRICT, WITHOUT ROWID;

-- Whether an entry counts as one of its thing: 0 it does; 1 not, by what is known of the thing; 2 not, for good: it is about a point
-- that has a computer of its own. Such an entry stays in its writer's journal, and nothing follows from it.
ALTER TABLE entry ADD COLUMN barred INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_barred ON entry (replica) WHERE barred <> 0;

-- Where entries go that the list of matters does not tell of: "way unit unit …", '' for those of matters and of before there were envelopes.
ALTER TABLE entry ADD COLUMN way TEXT NOT NULL DEFAULT '';
CREATE INDEX entry_way ON entry (way, thing) WHERE way <> '';
-- When a person here compared the digits of a computer; '' for one that a program of before believed.
ALTER TABLE peer ADD COLUMN compared TEXT NOT NULL DEFAULT '';

-- Our signature on its card: what a copy brings without it is not believed for the copy's sake.
ALTER TABLE peer ADD COLUMN sworn BLOB NOT NULL DEFAULT x'';

-- Digits of an office that a person typed before its certificate was here.
CREATE TABLE awaited (
  unit   TEXT PRIMARY KEY,
  digits TEXT NOT NULL,
  typed  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person here said of earlier computers of our own unit: words of those believed count that are from before our own first.
CREATE TABLE predecessor (
  replica  BLOB PRIMARY KEY,
  card     TEXT NOT NULL,
  believed INTEGER NOT NULL,
  said     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keepsakes: which private part an entry keeps (its hash), and the number of the recovery sheet that opens it.
CREATE TABLE keepsake (
  row   INTEGER PRIMARY KEY REFERENCES entry (row),
  of    BLOB    NOT NULL,
  sheet TEXT    NOT NULL
) STRICT;
CREATE INDEX keepsake_of ON keepsake (of, sheet);

-- Private parts that are on no computer any more, as a person said that he knows.
CREATE TABLE gone (
  of   BLOB PRIMARY KEY,
  said TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Records that somebody passed on and nobody proves, each set aside alone: who brought it, in whose name it is, and on what it rests that
-- it is not proven.
CREATE TABLE unproven (
  hash      BLOB PRIMARY KEY,
  brought   BLOB NOT NULL,
  unit      TEXT NOT NULL,
  replica   BLOB NOT NULL,
  ground    TEXT NOT NULL,
  core      BLOB NOT NULL,
  secret    BLOB,
  signature BLOB,
  met       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unproven_by ON unproven (brought, unit, replica, ground);

-- What came while a program of before knew nothing of envelopes and keepsakes.
UPDATE entry SET way = json_extract(core, '$.envelope.way') || ' ' || (SELECT group_concat(value, ' ') FROM json_each(core, '$.envelope.audience'))
  WHERE json_extract(core, '$.envelope.way') IS NOT NULL AND json_extract(core, '$.kind') <> 'matter';
INSERT INTO keepsake SELECT row, unhex(json_extract(core, '$.body.of')), json_extract(core, '$.body.sheet') FROM entry
  WHERE json_extract(core, '$.kind') = 'keepsake' AND length(unhex(json_extract(core, '$.body.of'))) = 32 AND json_type(core, '$.body.sheet') = 'text';

-- Which computer a file that was set aside says it is of; empty where it says nothing.
ALTER TABLE file ADD COLUMN replica BLOB NOT NULL DEFAULT x'';
DELETE FROM file WHERE why <> ''; -- they are looked at once more

-- Files that are passed over as they lie, and under what: '' always, else the picture of keys, or of keys and positions, under which
-- they were refused. Of each the first half of SHA-256 over its name, size and date.
CREATE TABLE passed (
  sender TEXT NOT NULL,
  under  TEXT NOT NULL,
  files  BLOB NOT NULL,
  PRIMARY KEY (sender, under)
) STRICT, WITHOUT ROWID;
