-- The lists of things are made by what their kinds declare. Which version of a kind made its list:
CREATE TABLE kind (
  name    TEXT PRIMARY KEY,
  version TEXT NOT NULL
) STRICT, WITHOUT ROWID;
DROP TABLE matter;
DELETE FROM label;

-- What waits, by kind: an office may hold much of a kind that only a newer program knows, and asks of the others in each round.
CREATE INDEX entry_waiting ON entry (iif(json_valid(core), json_extract(core, '$.kind'), '')) WHERE fate = 'waiting';
