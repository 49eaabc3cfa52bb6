-- What only one turn may ever do: a rung of a case's ladder, a person's digest.
CREATE TABLE claims (
  key TEXT PRIMARY KEY,
  at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What figures are made of, so that no recap reads documents.
CREATE TABLE milestones (
  n       INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  sop     TEXT NOT NULL,
  kind    TEXT NOT NULL,
  step    INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  at      INTEGER NOT NULL,
  used    INTEGER NOT NULL
) STRICT;
CREATE INDEX milestones_at ON milestones (at);
CREATE INDEX milestones_step ON milestones (sop, step, at, used) WHERE kind = 'run';
