-- What this computer is.
CREATE TABLE self (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  replica     BLOB    NOT NULL,
  incarnation INTEGER NOT NULL
) STRICT;

-- The journal: every entry this computer knows, its own and others', in order of arrival. Never changed but for fate.
CREATE TABLE entry (
  row         INTEGER PRIMARY KEY,
  replica     BLOB    NOT NULL,
  incarnation INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  hash        BLOB    NOT NULL UNIQUE,
  thing       TEXT    NOT NULL,
  core        BLOB    NOT NULL,
  secret      BLOB,
  fate        TEXT    NOT NULL CHECK (fate IN ('applied', 'waiting', 'refused')),
  why         TEXT    NOT NULL DEFAULT '',
  UNIQUE (replica, incarnation, seq)
) STRICT;
CREATE INDEX entry_thing ON entry (thing);
CREATE INDEX entry_unapplied ON entry (fate) WHERE fate <> 'applied';

-- What this computer has for each reader: position 1, 2, 3 …
CREATE TABLE stream (
  reader   TEXT    NOT NULL,
  position INTEGER NOT NULL,
  entry    INTEGER NOT NULL REFERENCES entry (row),
  hash     BLOB    NOT NULL,
  PRIMARY KEY (reader, position),
  UNIQUE (reader, entry)
) STRICT, WITHOUT ROWID;

-- Labels given at this table: a number or a paper number is given once.
CREATE TABLE label (
  kind  TEXT NOT NULL,
  value TEXT NOT NULL,
  thing TEXT NOT NULL,
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE serial (
  station TEXT    NOT NULL,
  year    INTEGER NOT NULL,
  series  TEXT    NOT NULL,
  last    INTEGER NOT NULL,
  PRIMARY KEY (station, year, series)
) STRICT, WITHOUT ROWID;

-- Matters: a projection of the journal. row is that of the first entry that arrived, version that of the last.
CREATE TABLE matter (
  row      INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL UNIQUE,
  id       TEXT    NOT NULL UNIQUE,
  number   TEXT    NOT NULL,
  unit     TEXT    NOT NULL,
  station  TEXT    NOT NULL,
  register TEXT    NOT NULL,
  category TEXT    NOT NULL,
  state    INTEGER NOT NULL,
  occurred TEXT    NOT NULL,
  due      TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  phone    TEXT    NOT NULL,
  open     TEXT    NOT NULL,
  private  TEXT    NOT NULL
) STRICT;
CREATE INDEX matter_number ON matter (number);
CREATE INDEX matter_station ON matter (station, row);
CREATE INDEX matter_state ON matter (state, row);
CREATE INDEX matter_due ON matter (due) WHERE due <> '';
CREATE INDEX matter_phone ON matter (phone) WHERE phone <> '';
CREATE INDEX matter_name ON matter (name) WHERE name <> '';
CREATE INDEX matter_category ON matter (category, row);

-- The computers we exchange with: what they told of themselves, what we hold of them, what they hold of us.
CREATE TABLE peer (
  replica       BLOB    PRIMARY KEY,
  unit          TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  card          TEXT    NOT NULL,
  revoked       INTEGER NOT NULL DEFAULT 0,
  heard         TEXT    NOT NULL DEFAULT '',
  incarnation   INTEGER NOT NULL DEFAULT 0,
  stored        INTEGER NOT NULL DEFAULT 0,
  hash          BLOB    NOT NULL DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000',
  head          INTEGER NOT NULL DEFAULT 0,
  acked         INTEGER NOT NULL DEFAULT 0,
  acted         INTEGER NOT NULL DEFAULT 0,
  sent          INTEGER NOT NULL DEFAULT 0,
  sent_at       TEXT    NOT NULL DEFAULT '',
  sent_mark     TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX peer_unit ON peer (unit);

-- Files met in the shared folder: read ones are not read again, those put aside are shown with the reason.
CREATE TABLE file (
  sender TEXT    NOT NULL,
  name   TEXT    NOT NULL,
  size   INTEGER NOT NULL,
  mtime  INTEGER NOT NULL,
  met    TEXT    NOT NULL,
  why    TEXT    NOT NULL,
  PRIMARY KEY (sender, name)
) STRICT, WITHOUT ROWID;

-- What was typed and not yet registered.
CREATE TABLE draft (
  id      TEXT PRIMARY KEY,
  changed TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
