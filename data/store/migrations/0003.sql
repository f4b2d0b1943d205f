-- Whose computer wrote an entry, provable by itself.
ALTER TABLE entry ADD COLUMN signature BLOB;

-- What a peer's bundles tell besides their entries: its program, how far its clock is off (seconds, as far as can be
-- proven), whether its list agrees with ours, when and in which life the newest acknowledgement was made; and of a peer that was put out of use the last entry that is believed.
ALTER TABLE peer ADD COLUMN program  TEXT    NOT NULL DEFAULT '';
ALTER TABLE peer ADD COLUMN skew     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE peer ADD COLUMN diverged TEXT    NOT NULL DEFAULT ''; -- since when; '' for not
ALTER TABLE peer ADD COLUMN said     TEXT    NOT NULL DEFAULT '';
ALTER TABLE peer ADD COLUMN life     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE peer ADD COLUMN mute     INTEGER NOT NULL DEFAULT 0; -- it is to hear nothing before it tells what it holds
ALTER TABLE peer ADD COLUMN until    TEXT    NOT NULL DEFAULT '';

CREATE INDEX matter_unit ON matter (unit);

-- Key lists: our own under our unit, and the newest of each office that we exchange with.
CREATE TABLE keylist (
  unit    TEXT    PRIMARY KEY,
  version INTEGER NOT NULL,
  file    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
