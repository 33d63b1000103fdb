-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a person could read of a row is one sealed value of it from here on; what is asked for in
-- statements and names nobody stays plain. The program seals the rows of the plain tables at once
-- after this, and drops them.
ALTER TABLE job RENAME TO plain_job;
ALTER TABLE photo RENAME TO plain_photo;
ALTER TABLE outbox RENAME TO plain_outbox;
ALTER TABLE conflict RENAME TO plain_conflict;
ALTER TABLE audit RENAME TO plain_audit;
ALTER TABLE person RENAME TO plain_person;
ALTER TABLE letter RENAME TO plain_letter;

DROP INDEX outbox_by_job;
DROP INDEX outbox_by_state;
DROP INDEX conflict_by_job;
DROP INDEX audit_by_job;
DROP INDEX audit_by_operation;
DROP INDEX letter_by_change;

-- Rows are bound to their version; those of before are of none that is known, and come again.
DELETE FROM meta WHERE key IN ('feed-cursor', 'snapshot-after');

-- Says by opening whether the keys are those of this file.
CREATE TABLE seal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  proof BLOB NOT NULL,
  scrubbed INTEGER NOT NULL  -- whether nothing plain is left between the rows
) STRICT;

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  status INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  vendor_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  assigned_to TEXT,
  operation_id TEXT,
  etag TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  n_photos INTEGER NOT NULL,
  has_attachments INTEGER NOT NULL,
  version INTEGER NOT NULL,  -- as sealed; 0 = not known, negative = not to be relied on any more
  sealed BLOB NOT NULL,
  listing INTEGER NOT NULL
) STRICT;

CREATE TABLE photo (
  job_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  job_id TEXT NOT NULL,
  vendor_id TEXT,
  user_id TEXT NOT NULL,
  base_etag TEXT,
  photo_id TEXT,
  photo_mime TEXT,
  photo_size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  maybe_applied INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL,
  error_code TEXT,
  sealed BLOB NOT NULL
) STRICT;

CREATE INDEX outbox_by_job ON outbox (job_id, seq);
CREATE INDEX outbox_by_state ON outbox (state, created_at);

CREATE TABLE conflict (
  id TEXT PRIMARY KEY,
  operation_id TEXT NOT NULL UNIQUE REFERENCES outbox (id) ON DELETE CASCADE,
  job_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  gone INTEGER NOT NULL,  -- whether the job is, at the server
  base_etag TEXT,
  theirs_etag TEXT,
  theirs_by TEXT,
  theirs_at INTEGER NOT NULL,
  detected_at INTEGER NOT NULL,
  server_id TEXT,
  theirs_version INTEGER NOT NULL DEFAULT 0,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX conflict_by_job ON conflict (job_id);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  job_id TEXT NOT NULL,
  user_id TEXT,
  action TEXT NOT NULL,
  origin INTEGER NOT NULL,
  field TEXT,
  operation_id TEXT,
  sealed BLOB
) STRICT;

CREATE INDEX audit_by_job ON audit (job_id, id);
CREATE INDEX audit_by_operation ON audit (operation_id) WHERE operation_id IS NOT NULL;

CREATE TABLE person (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  vendor_id TEXT,
  sealed BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter (
  operation_id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  job_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,
  change_seq INTEGER NOT NULL,
  size INTEGER NOT NULL,  -- bytes of the body
  sealed BLOB NOT NULL,
  UNIQUE (epoch, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX letter_by_change ON letter (change_seq) WHERE state = 3;
