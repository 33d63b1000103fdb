-- SPDX-License-Identifier: GPL-3.0-or-later
-- When a job came into its status: lanes of a day and work that runs over ask for it. Of what is
-- older than this the history tells the last step, and its latest change what it does not tell.

ALTER TABLE job ADD COLUMN status_at INTEGER NOT NULL DEFAULT 0;

UPDATE job SET status_at = coalesce (
  (SELECT max (at) FROM audit
    WHERE job_id = job.id AND changes LIKE '%"field":"status"%'),
  updated_at);
