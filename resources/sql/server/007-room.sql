-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far a device's clock was from this one when it said hello, in ms: ahead is positive. NULL: it
-- did not tell. For people to look at; nothing is decided by it.

ALTER TABLE device ADD COLUMN skew INTEGER;

-- What clients told of themselves and is by its age not looked at any more: still here, and what
-- comes again is still known.
CREATE TABLE client_event_archive (
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
