-- What a number is printed as exists once, whatever its register. A key has one number, whatever
-- the year; some of before have two, one of which no letter bears.
DROP TRIGGER numbers_whole;
ALTER TABLE numbers RENAME TO numbers_before;
CREATE TABLE numbers (
  register TEXT NOT NULL,
  year     INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  key      TEXT NOT NULL,
  status   TEXT NOT NULL,
  taken    INTEGER NOT NULL,
  printed  TEXT NOT NULL UNIQUE,              -- register/year/seq for one of before without a text of its own
  PRIMARY KEY (register, year, seq),
  UNIQUE (register, key, year)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER numbers_whole BEFORE DELETE ON numbers BEGIN
  SELECT RAISE (ABORT, 'a number is never given back');
END;
-- printNumbers moves the rows.
