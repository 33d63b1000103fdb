-- SPDX-License-Identifier: GPL-3.0-or-later
-- Times are milliseconds since 1970. Words of the wire are kept as numbers of the model's enums.

CREATE TABLE user (
  id            TEXT NOT NULL PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  display_name  TEXT NOT NULL,
  role          INTEGER NOT NULL CHECK (role BETWEEN 0 AND 2),
  vendor_id     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX user_by_vendor ON user (vendor_id, role);

CREATE TABLE job (
  n             INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  title         TEXT NOT NULL,
  description   TEXT NOT NULL,
  status        INTEGER NOT NULL CHECK (status BETWEEN 0 AND 4),
  priority      INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),
  vendor_id     TEXT NOT NULL,
  created_by    TEXT NOT NULL,
  assigned_to   TEXT,
  store_name    TEXT NOT NULL,
  address       TEXT NOT NULL,
  city          TEXT NOT NULL,
  state         TEXT NOT NULL,
  zip_code      TEXT NOT NULL,
  location_json TEXT,     -- the location as it was sent, where the five columns do not tell it all
  etag          TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  n_photos      INTEGER   -- NULL: never had one
) STRICT;

-- Lists: newest first, per view of a role, with and without a status.
CREATE INDEX job_by_creation ON job (created_at);
CREATE INDEX job_by_status ON job (status, created_at);
CREATE INDEX job_by_vendor ON job (vendor_id, created_at);
CREATE INDEX job_by_vendor_status ON job (vendor_id, status, created_at);
CREATE INDEX job_by_assignee ON job (assigned_to, created_at) WHERE assigned_to IS NOT NULL;

-- Changes since a moment, per view of a role.
CREATE INDEX job_by_change ON job (updated_at);
CREATE INDEX job_by_vendor_change ON job (vendor_id, updated_at);
CREATE INDEX job_by_assignee_change ON job (assigned_to, updated_at) WHERE assigned_to IS NOT NULL;

CREATE TABLE photo (
  id          TEXT NOT NULL PRIMARY KEY,
  job_id      TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  file_name   TEXT NOT NULL,
  mime_type   TEXT NOT NULL,
  size        INTEGER NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX photo_by_job ON photo (job_id, position);

-- How many jobs there are, for the totals of lists: '' is everybody's scope, else a vendor's.
CREATE TABLE job_count (
  scope  TEXT NOT NULL,
  status INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (scope, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER job_count_insert AFTER INSERT ON job BEGIN
  INSERT INTO job_count VALUES ('', NEW.status, 1), (NEW.vendor_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER job_count_delete AFTER DELETE ON job BEGIN
  UPDATE job_count SET n = n - 1 WHERE scope IN ('', OLD.vendor_id) AND status = OLD.status;
END;

CREATE TRIGGER job_count_update AFTER UPDATE OF status ON job WHEN NEW.status <> OLD.status BEGIN
  UPDATE job_count SET n = n - 1 WHERE scope IN ('', OLD.vendor_id) AND status = OLD.status;
  INSERT INTO job_count VALUES ('', NEW.status, 1), (NEW.vendor_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Answers to requests that named a key, so that a repeat is answered and not done again.
CREATE TABLE answer (
  user_id     TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,  -- of method, path and body
  status      INTEGER NOT NULL,
  body        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_by_age ON answer (at);

-- Files of photos whose rows are gone: removed after the commit, or at the next start.
CREATE TABLE orphan (
  blob TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
