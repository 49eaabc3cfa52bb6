-- How far a copy into this database has come; a row means that it is half a copy.
CREATE TABLE copies (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  mark TEXT NOT NULL
) STRICT;
