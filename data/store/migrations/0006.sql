-- What a life's own computer signed of the position of its stream that we hold: the proof of our acknowledgement.
ALTER TABLE heard ADD COLUMN proof BLOB NOT NULL DEFAULT x'';

-- What is wrong with one peer, by a code of the courier's; it changes nothing for others.
CREATE TABLE fault (
  replica BLOB NOT NULL,
  what    TEXT NOT NULL,
  since   TEXT NOT NULL,
  PRIMARY KEY (replica, what)
) STRICT, WITHOUT ROWID;
