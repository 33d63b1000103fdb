-- SPDX-License-Identifier: GPL-3.0-or-later
-- What Sync v1 keeps. Every change of a job takes the next number (meta 'head'); a job stands in
-- the order of changes once, at its latest.

ALTER TABLE user ADD COLUMN skills TEXT NOT NULL DEFAULT '';
ALTER TABLE user ADD COLUMN work_start INTEGER NOT NULL DEFAULT 0;  -- minutes of the day; 0 to 0: not known
ALTER TABLE user ADD COLUMN work_end INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN active INTEGER NOT NULL DEFAULT 1;

-- NULL: empty. Otherwise as the fields of the model have it.
ALTER TABLE job ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE job ADD COLUMN change_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN scheduled_start TEXT;
ALTER TABLE job ADD COLUMN scheduled_end TEXT;
ALTER TABLE job ADD COLUMN estimated_minutes TEXT;
ALTER TABLE job ADD COLUMN hold_until TEXT;
ALTER TABLE job ADD COLUMN skills TEXT;
ALTER TABLE job ADD COLUMN completion_notes TEXT;
ALTER TABLE job ADD COLUMN parts TEXT;
ALTER TABLE job ADD COLUMN labour TEXT;
ALTER TABLE job ADD COLUMN notes TEXT;

UPDATE job SET change_seq = n;

CREATE UNIQUE INDEX job_by_seq ON job (change_seq);
CREATE INDEX job_by_vendor_seq ON job (vendor_id, change_seq);
CREATE INDEX job_by_assignee_seq ON job (assigned_to, change_seq) WHERE assigned_to IS NOT NULL;

-- What else somebody has planned for that time.
CREATE INDEX job_by_schedule ON job (assigned_to, scheduled_end)
  WHERE assigned_to IS NOT NULL AND scheduled_end IS NOT NULL;

INSERT INTO meta SELECT 'head', coalesce (max (change_seq), 0) FROM job;
INSERT INTO meta VALUES ('gc_floor', 0);

-- Jobs that are deleted, or left one technician's view.
CREATE TABLE gone (
  seq         INTEGER PRIMARY KEY,
  job_id      TEXT NOT NULL,
  vendor_id   TEXT,  -- of a deleted job; NULL: it only left the technician's view
  assigned_to TEXT,  -- who had it
  at          INTEGER NOT NULL
) STRICT;

CREATE INDEX gone_by_job ON gone (job_id);
CREATE INDEX gone_by_deletion ON gone (seq) WHERE vendor_id IS NOT NULL;
CREATE INDEX gone_by_vendor ON gone (vendor_id, seq) WHERE vendor_id IS NOT NULL;
CREATE INDEX gone_by_assignee ON gone (assigned_to, seq) WHERE assigned_to IS NOT NULL;
CREATE INDEX gone_by_age ON gone (at);

-- How many jobs a scope has and the sum of their rows, in two halves because SQL's whole numbers
-- do not wrap. '' is everybody's scope, then 'v:' and a vendor, 't:' and a technician.
CREATE TABLE scope_sum (
  scope TEXT NOT NULL PRIMARY KEY,
  n     INTEGER NOT NULL,
  high  INTEGER NOT NULL,
  low   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  id            TEXT NOT NULL PRIMARY KEY,
  user_id       TEXT NOT NULL,
  name          TEXT NOT NULL,
  public_key    BLOB NOT NULL,
  epoch         TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL,
  revoked_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX device_by_user ON device (user_id, registered_at, id);
CREATE INDEX device_by_age ON device (registered_at, id);

-- The numbers of a device in one epoch.
CREATE TABLE chain (
  n         INTEGER PRIMARY KEY,
  device_id TEXT NOT NULL,
  epoch     TEXT NOT NULL,
  watermark INTEGER NOT NULL,  -- all up to this one are here
  max_seq   INTEGER NOT NULL,
  acked     INTEGER NOT NULL,  -- up to this one the device keeps the results
  UNIQUE (device_id, epoch)
) STRICT;

CREATE TABLE operation (
  chain       INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  hash        TEXT NOT NULL,   -- of the body
  link        TEXT NOT NULL,   -- what the next one names: the hash, or that which a void stands for
  prev        TEXT NOT NULL,
  id          TEXT NOT NULL,
  user_id     TEXT NOT NULL,
  outcome     INTEGER NOT NULL,
  conflict_id TEXT,
  result      TEXT NOT NULL,   -- as it was answered
  body        TEXT NOT NULL,
  signature   TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (chain, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_by_id ON operation (id);

CREATE TABLE conflict (
  id              TEXT NOT NULL PRIMARY KEY,
  job_id          TEXT NOT NULL,
  job_title       TEXT NOT NULL,
  vendor_id       TEXT,
  device_id       TEXT NOT NULL,
  user_id         TEXT NOT NULL,
  user_name       TEXT NOT NULL,
  seq             INTEGER NOT NULL,
  kind            INTEGER NOT NULL,
  reason          INTEGER NOT NULL,
  base            TEXT NOT NULL,     -- fields as text, as patches are written
  mine            TEXT NOT NULL,
  theirs          TEXT,              -- NULL: the job is gone
  version         INTEGER NOT NULL,
  theirs_by       TEXT,
  theirs_by_name  TEXT,
  theirs_at       INTEGER NOT NULL,
  detected_at     INTEGER NOT NULL,
  resolved_by     TEXT,
  resolved_at     INTEGER,           -- NULL: open
  resolution      TEXT,
  escalated_to    TEXT,
  escalation_note TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX conflict_by_age ON conflict (detected_at, id);
CREATE INDEX conflict_open ON conflict (detected_at, id) WHERE resolved_at IS NULL;
CREATE INDEX conflict_by_vendor ON conflict (vendor_id, detected_at, id);
CREATE INDEX conflict_by_user ON conflict (user_id, detected_at, id);

-- Who changed what, each entry bound to the one before.
CREATE TABLE audit (
  n          INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  actor_id   TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  device_id  TEXT,
  origin     TEXT NOT NULL,
  job_id     TEXT NOT NULL,
  action     TEXT NOT NULL,
  changes    TEXT NOT NULL,   -- canonical
  hash       TEXT NOT NULL,
  vendor_id  TEXT,            -- for who may see it; not in the entry
  version    INTEGER NOT NULL -- of the job after it, 0 for none; not in the entry
) STRICT;

CREATE INDEX audit_by_vendor ON audit (vendor_id, n);
CREATE INDEX audit_by_job ON audit (job_id, n);

CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN
  SELECT RAISE (ABORT, 'the audit only grows');
END;

CREATE TRIGGER audit_never_shorter BEFORE DELETE ON audit BEGIN
  SELECT RAISE (ABORT, 'the audit only grows');
END;

-- Only hashes of tokens.
CREATE TABLE refresh_token (
  hash       TEXT NOT NULL PRIMARY KEY,
  family     TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  rotated_at INTEGER,   -- NULL: the latest of its family
  successor  TEXT       -- its hash
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_token_by_family ON refresh_token (family);
CREATE INDEX refresh_token_by_age ON refresh_token (expires_at);

-- What clients tell of themselves.
CREATE TABLE client_event (
  user_id        TEXT NOT NULL,
  event_id       TEXT NOT NULL,
  type           TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  occurred_at    INTEGER NOT NULL,
  aggregate_id   TEXT NOT NULL,
  sequence       INTEGER NOT NULL,
  payload        TEXT NOT NULL,
  received_at    INTEGER NOT NULL,
  PRIMARY KEY (user_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX client_event_by_age ON client_event (received_at);
