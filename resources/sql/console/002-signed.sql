-- SPDX-License-Identifier: GPL-3.0-or-later

-- Sync v1: what this device is, what it signed, and what the server told about its rows.

ALTER TABLE job ADD COLUMN version INTEGER NOT NULL DEFAULT 0;  -- 0 = not known
ALTER TABLE job ADD COLUMN extra TEXT;  -- values of the fields beyond the contract's, if any

ALTER TABLE conflict ADD COLUMN server_id TEXT;  -- the server's record of it
ALTER TABLE conflict ADD COLUMN theirs_version INTEGER NOT NULL DEFAULT 0;

-- Who signs here. The numbers of an epoch have no gap: the next one is taken in the transaction
-- that stores what it is for.
CREATE TABLE identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  device TEXT NOT NULL,
  public_key TEXT NOT NULL,
  epoch TEXT NOT NULL,
  next INTEGER NOT NULL,
  last_hash TEXT NOT NULL,
  last_void TEXT  -- hash of what the last number was withdrawn with, if it was
) STRICT;

-- The signed bytes of an operation, sent as they stand here with every try. Most belong to a row
-- of the outbox; one that takes something back stands alone.
CREATE TABLE letter (
  operation_id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,  -- among the outbox's seq
  job_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,     -- of the job, once it is accepted
  change_seq INTEGER NOT NULL,  -- the cursor that will show it, once it is accepted
  signature TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (epoch, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX letter_by_change ON letter (change_seq) WHERE state = 3;  -- the accepted ones
