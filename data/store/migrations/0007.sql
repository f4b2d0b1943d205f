-- The lists of things are made by what their kinds declare. Which version of a kind made its list:
CREATE TABLE kind (
  name    TEXT PRIMARY KEY,
  version TEXT NOT NULL
) STRICT, WITHOUT ROWID;
DROP TABLE matter;
DELETE FROM label;
