-- SPDX-License-Identifier: GPL-3.0-or-later

-- The server's rows as last seen. What is shown is always these with the outbox replayed on them.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  status INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  vendor_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT,
  assigned_to TEXT,
  assigned_to_name TEXT,
  store_name TEXT NOT NULL,
  address TEXT NOT NULL,
  city TEXT NOT NULL,
  state TEXT NOT NULL,
  zip_code TEXT NOT NULL,
  operation_id TEXT,
  etag TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  n_photos INTEGER NOT NULL,
  has_attachments INTEGER NOT NULL,
  listing INTEGER NOT NULL
) STRICT;  -- rows stay in the order of arrival: random ids would spread each page over the file

CREATE TABLE photo (
  job_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at INTEGER NOT NULL,
  url TEXT,
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;

-- What a person did and the server has not answered for good yet, in the order of typing.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  job_id TEXT NOT NULL,
  vendor_id TEXT,
  user_id TEXT NOT NULL,
  base_etag TEXT,
  patch TEXT,
  before TEXT,
  photo_id TEXT,
  photo_name TEXT,
  photo_mime TEXT,
  photo_path TEXT,
  photo_size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  maybe_applied INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL,
  error_code TEXT,
  error_message TEXT
) STRICT;

CREATE INDEX outbox_by_job ON outbox (job_id, seq);
CREATE INDEX outbox_by_state ON outbox (state, created_at);

CREATE TABLE conflict (
  id TEXT PRIMARY KEY,
  operation_id TEXT NOT NULL UNIQUE REFERENCES outbox (id) ON DELETE CASCADE,
  job_id TEXT NOT NULL,
  job_title TEXT NOT NULL,
  reason TEXT NOT NULL,
  base TEXT NOT NULL,
  theirs TEXT,
  base_etag TEXT,
  theirs_etag TEXT,
  theirs_by TEXT,
  theirs_at INTEGER NOT NULL,
  detected_at INTEGER NOT NULL
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
  before TEXT,
  after TEXT,
  operation_id TEXT  -- while it is pending
) STRICT;

CREATE INDEX audit_by_job ON audit (job_id, id);
CREATE INDEX audit_by_operation ON audit (operation_id) WHERE operation_id IS NOT NULL;

CREATE TABLE person (
  kind TEXT NOT NULL,  -- technician or vendor
  id TEXT NOT NULL,
  email TEXT,
  display_name TEXT NOT NULL,
  vendor_id TEXT,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
