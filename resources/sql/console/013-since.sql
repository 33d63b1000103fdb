-- SPDX-License-Identifier: GPL-3.0-or-later

-- When a job came into its status; 0 = not known. What is here already has it from its history, as
-- far as that tells.
ALTER TABLE job ADD COLUMN status_at INTEGER NOT NULL DEFAULT 0;

UPDATE job SET status_at = coalesce (
  (SELECT max (at) FROM audit WHERE job_id = job.id AND field = 'status'), updated_at)
  WHERE status IN (2, 3, 4);
