-- Cases are documents. What lists need stands beside them in narrow rows, so that
-- a list never reads a document and most saves touch no index.
CREATE TABLE cases (
  n       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  digest  INTEGER NOT NULL,                   -- of what can change in the row of tasks
  doc     BLOB NOT NULL                       -- JSON in Snappy's block format
) STRICT;

CREATE TABLE tasks (
  n           INTEGER PRIMARY KEY REFERENCES cases (n), -- grows in the order of intake
  id          TEXT NOT NULL,
  applicant   TEXT NOT NULL,
  submitted   INTEGER NOT NULL,
  sop_name    TEXT NOT NULL,
  sop_version TEXT NOT NULL,
  step        INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  role        TEXT NOT NULL,                  -- empty: nobody must act
  holder      TEXT NOT NULL,
  due         INTEGER NOT NULL,               -- the largest integer: none
  check_at    INTEGER,
  outcome     TEXT NOT NULL,
  label       TEXT NOT NULL,
  keywords    TEXT NOT NULL
) STRICT;
-- The holder is there to be looked at; few rows are passed over for it.
CREATE INDEX tasks_open ON tasks (role, due, id, holder) WHERE role <> '';
CREATE INDEX tasks_check ON tasks (check_at, id) WHERE check_at IS NOT NULL;
CREATE INDEX tasks_applicant ON tasks (applicant, submitted, n);

CREATE VIRTUAL TABLE finder USING fts5 (
  id, keywords, content = 'tasks', content_rowid = 'n',
  prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER finder_insert AFTER INSERT ON tasks BEGIN
  INSERT INTO finder (rowid, id, keywords) VALUES (new.n, new.id, new.keywords);
END;
CREATE TRIGGER finder_update AFTER UPDATE OF keywords ON tasks WHEN new.keywords <> old.keywords BEGIN
  INSERT INTO finder (finder, rowid, id, keywords) VALUES ('delete', old.n, old.id, old.keywords);
  INSERT INTO finder (rowid, id, keywords) VALUES (new.n, new.id, new.keywords);
END;

-- Entries are appended: many cases' entries share a page, and n is their order.
-- That a case's entries follow each other without a gap is seen to by its version
-- and shown by the chain of hashes.
CREATE TABLE history (
  n      INTEGER PRIMARY KEY,
  case_n INTEGER NOT NULL REFERENCES cases (n),
  key    TEXT NOT NULL,
  hash   TEXT NOT NULL,
  entry  BLOB NOT NULL,
  UNIQUE (case_n, key)
) STRICT;
CREATE TRIGGER history_kept BEFORE UPDATE ON history BEGIN
  SELECT RAISE (ABORT, 'history is append-only');
END;
CREATE TRIGGER history_whole BEFORE DELETE ON history BEGIN
  SELECT RAISE (ABORT, 'history is append-only');
END;

CREATE TABLE conversations (
  chat    TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  handled INTEGER NOT NULL,
  state   BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  chat     TEXT NOT NULL,
  received INTEGER NOT NULL,
  message  BLOB NOT NULL
) STRICT;
-- What a chat's conversation has not come to yet; a few rows, in the cache always.
CREATE TABLE unhandled (
  chat TEXT NOT NULL,
  seq  INTEGER NOT NULL,
  PRIMARY KEY (chat, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  chat       TEXT NOT NULL,
  notice     INTEGER NOT NULL,
  message    BLOB NOT NULL,
  created    INTEGER NOT NULL,
  not_before INTEGER NOT NULL,                -- 0: at once
  attempts   INTEGER NOT NULL DEFAULT 0,
  owner      TEXT NOT NULL,
  lease      INTEGER NOT NULL,                -- 0: none
  state      TEXT NOT NULL DEFAULT 'pending',
  reason     TEXT NOT NULL DEFAULT '',
  settled    INTEGER                          -- null: still to be delivered
) STRICT;
CREATE INDEX outbox_open ON outbox (chat) WHERE settled IS NULL;

CREATE TABLE persons (
  id      TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  doc     BLOB NOT NULL
) STRICT;
CREATE TABLE addresses (
  address TEXT PRIMARY KEY,
  person  TEXT NOT NULL REFERENCES persons (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_person ON addresses (person);

CREATE TABLE officers (
  id      TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  person  TEXT,                               -- null until the invitation was accepted
  doc     BLOB NOT NULL
) STRICT;
CREATE INDEX officers_person ON officers (person) WHERE person IS NOT NULL;

CREATE TABLE invitations (
  hash    TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  doc     BLOB NOT NULL
) STRICT;

CREATE TABLE delegations (
  id      TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  ends    INTEGER NOT NULL,                   -- 0 once cancelled
  doc     BLOB NOT NULL
) STRICT;
CREATE INDEX delegations_ends ON delegations (ends, id);

CREATE TABLE numbers (
  register TEXT NOT NULL,
  year     INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  key      TEXT NOT NULL,
  status   TEXT NOT NULL,
  taken    INTEGER NOT NULL,
  PRIMARY KEY (register, year, seq),
  UNIQUE (register, year, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER numbers_whole BEFORE DELETE ON numbers BEGIN
  SELECT RAISE (ABORT, 'a number is never given back');
END;

CREATE TABLE sops (
  name    TEXT NOT NULL,
  version TEXT NOT NULL,
  source  BLOB NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;
