-- SPDX-License-Identifier: GPL-3.0-or-later

-- With its bytes a letter is longer than an index keeps on a page: each had a second page of its
-- own, and stood anywhere in the file. As rows they stand in the order of signing.
CREATE TABLE kept_letter (
  operation_id TEXT NOT NULL UNIQUE,
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
) STRICT;

INSERT INTO kept_letter
  SELECT operation_id, position, job_id, kind, device, epoch, number, hash, priority, state,
         version, change_seq, size, sealed
  FROM letter ORDER BY position, number;
DROP TABLE letter;
ALTER TABLE kept_letter RENAME TO letter;
CREATE INDEX letter_by_change ON letter (change_seq) WHERE state = 3;
