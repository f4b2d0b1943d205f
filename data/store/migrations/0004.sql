-- What a matter is found by besides its words, in the forms of data/spelling: number, paper, people, telephones. A projection;
-- of the numbers and papers of one table none is given twice.
DROP TABLE label;
CREATE TABLE label (
  kind  TEXT NOT NULL,
  value TEXT NOT NULL,
  thing TEXT NOT NULL,
  PRIMARY KEY (kind, value, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_thing ON label (thing);

-- Names and telephones are found by their labels, and shown from the private part.
DROP INDEX matter_phone;
DROP INDEX matter_name;
ALTER TABLE matter DROP COLUMN name;
ALTER TABLE matter DROP COLUMN phone;
