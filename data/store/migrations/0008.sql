-- Private parts that a redaction took away for good, by their hashes: whoever brings one again brings it in vain.
CREATE TABLE redacted (
  of    BLOB PRIMARY KEY,
  thing TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX redacted_thing ON redacted (thing);
