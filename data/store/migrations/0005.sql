-- What the program has noted for itself and can find out again: what was usual this morning, by which days off was counted.
-- What somebody is typing is a draft.
CREATE TABLE memo (
  id      TEXT PRIMARY KEY,
  changed TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
