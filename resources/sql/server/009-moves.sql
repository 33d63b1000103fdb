-- SPDX-License-Identifier: GPL-3.0-or-later
-- When a job came into its status: lanes of a day and work that runs over ask for it. Of what is
-- older than this the history tells the last step, and its latest change what it does not tell.

ALTER TABLE job ADD COLUMN status_at INTEGER NOT NULL DEFAULT 0;

UPDATE job SET status_at = coalesce (
  (SELECT max (at) FROM audit
    WHERE job_id = job.id AND changes LIKE '%"field":"status"%'),
  updated_at);

-- A job can go to another vendor: then it is gone for the old one, and there still.
ALTER TABLE gone ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;

-- With another status the other trigger counts both.
CREATE TRIGGER job_count_move AFTER UPDATE OF vendor_id ON job
  WHEN NEW.vendor_id <> OLD.vendor_id AND NEW.status = OLD.status BEGIN
  UPDATE job_count SET n = n - 1 WHERE scope = OLD.vendor_id AND status = OLD.status;
  INSERT INTO job_count VALUES (NEW.vendor_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
