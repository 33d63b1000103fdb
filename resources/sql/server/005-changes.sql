-- SPDX-License-Identifier: GPL-3.0-or-later
-- The order of changes gets a table that is only added to. As indexes of job it cost every change
-- up to six pages anywhere in the file, where an old place was taken out.

DROP INDEX job_by_change;
DROP INDEX job_by_vendor_change;
DROP INDEX job_by_assignee_change;
DROP INDEX job_by_seq;
DROP INDEX job_by_vendor_seq;
DROP INDEX job_by_assignee_seq;

-- A row counts while it is its job's latest: job.change_seq says so. The others are swept later.
CREATE TABLE change (
  seq         INTEGER PRIMARY KEY,
  job         INTEGER NOT NULL,  -- job.n
  vendor_id   TEXT NOT NULL,
  assigned_to TEXT,
  at          INTEGER NOT NULL   -- the latest job.updated_at up to here: it only grows along seq
) STRICT;

INSERT INTO change
  SELECT change_seq, n, vendor_id, assigned_to, max (updated_at) OVER (ORDER BY change_seq)
  FROM job ORDER BY change_seq;
INSERT INTO meta SELECT 'logged', count(*) FROM change;
INSERT INTO meta VALUES ('swept', 0);

-- With its body a row is longer than an index keeps on a page.
CREATE TABLE kept_operation (
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
  UNIQUE (chain, seq)
) STRICT;

INSERT INTO kept_operation
  SELECT chain, seq, hash, link, prev, id, user_id, outcome, conflict_id, result, body, signature, at
  FROM operation ORDER BY chain, seq;
DROP TABLE operation;
ALTER TABLE kept_operation RENAME TO operation;
CREATE INDEX operation_by_id ON operation (id);
