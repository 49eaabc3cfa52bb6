-- Who does what. One process at a time has this file, so nobody contends for them;
-- they are here because every store has them, and they can be copied elsewhere.
CREATE TABLE leases (
  name  TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  term  INTEGER NOT NULL,
  beat  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
