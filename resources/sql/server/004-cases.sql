-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of a conflict besides its values: when each side was typed, who handed it on, and
-- what came of looking into it.

ALTER TABLE conflict ADD COLUMN typed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflict ADD COLUMN base_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflict ADD COLUMN theirs_typed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflict ADD COLUMN escalated_by TEXT;
ALTER TABLE conflict ADD COLUMN escalated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflict ADD COLUMN owner TEXT;                        -- of the investigation
ALTER TABLE conflict ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflict ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;

CREATE TABLE conflict_note (
  conflict_id TEXT NOT NULL,
  n           INTEGER NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  text        TEXT NOT NULL,
  PRIMARY KEY (conflict_id, n)
) STRICT, WITHOUT ROWID;

-- Who may decide: asked for when somebody hands a conflict on.
CREATE INDEX user_by_role ON user (role, vendor_id);
