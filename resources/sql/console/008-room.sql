-- SPDX-License-Identifier: GPL-3.0-or-later

-- How syncing went, by the minute. Figures only.
CREATE TABLE pulse (
  at INTEGER PRIMARY KEY,
  n_cycles INTEGER NOT NULL,
  n_failed INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  n_probes INTEGER NOT NULL,
  latency INTEGER NOT NULL,
  queue INTEGER NOT NULL,
  n_answered INTEGER NOT NULL,
  n_conflicts INTEGER NOT NULL,
  known INTEGER NOT NULL,
  live INTEGER NOT NULL
) STRICT;

-- What happened here, in its order: only added to, and taken out once an archive holds it. It names
-- nobody and says nothing that a person typed, so it is not sealed.
CREATE TABLE event (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  aggregate TEXT NOT NULL,  -- what it is about: "job:" and an id, "sync", "cache"
  sequence INTEGER NOT NULL,  -- rising by one for each aggregate
  payload TEXT NOT NULL
) STRICT;

-- The last sequence of each aggregate, which outlives its events.
CREATE TABLE event_head (
  aggregate TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN
  SELECT RAISE (ABORT, 'events are only added');
END;

CREATE TRIGGER event_archived_first BEFORE DELETE ON event
  WHEN OLD.n > coalesce ((SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'events-archived'), 0)
  BEGIN
  SELECT RAISE (ABORT, 'no archive holds the event');
END;

-- The one way in: gives each its id and its place among those of its aggregate. No time is now.
CREATE VIEW new_event (type, schema_version, at, aggregate, payload) AS
  SELECT '', 0, 0, '', '' WHERE 0;

CREATE TRIGGER new_event_insert INSTEAD OF INSERT ON new_event BEGIN
  INSERT INTO event_head VALUES (NEW.aggregate, 1)
    ON CONFLICT (aggregate) DO UPDATE SET sequence = sequence + 1;
  INSERT INTO event (id, type, schema_version, at, aggregate, sequence, payload)
    SELECT lower (hex (randomblob (4)) || '-' || hex (randomblob (2)) || '-4' ||
                  substr (hex (randomblob (2)), 2) || '-8' || substr (hex (randomblob (2)), 2) ||
                  '-' || hex (randomblob (6))),
           NEW.type, NEW.schema_version,
           coalesce (NEW.at, CAST ((julianday ('now') - 2440587.5) * 86400000 AS INTEGER)),
           NEW.aggregate, sequence, NEW.payload
      FROM event_head WHERE aggregate = NEW.aggregate;
END;

-- The life of a change, told in the transaction that it happens in.
CREATE TRIGGER event_queued AFTER INSERT ON outbox BEGIN
  INSERT INTO new_event VALUES ('operation.queued', 2, NEW.created_at, 'job:' || NEW.job_id,
    json_object ('operation', NEW.id, 'kind', NEW.kind));
END;

CREATE TRIGGER event_moved AFTER UPDATE OF state ON outbox WHEN NEW.state <> OLD.state BEGIN
  INSERT INTO new_event VALUES (
    CASE NEW.state WHEN 0 THEN 'operation.requeued' WHEN 1 THEN 'operation.conflict'
                   WHEN 2 THEN 'operation.rejected' WHEN 3 THEN 'operation.accepted'
                   ELSE 'operation.quarantined' END,
    2, NULL, 'job:' || NEW.job_id,
    json_object ('operation', NEW.id, 'kind', NEW.kind, 'attempts', NEW.attempts, 'code',
                 NEW.error_code));
END;

-- Of what was accepted that was told already.
CREATE TRIGGER event_gone AFTER DELETE ON outbox WHEN OLD.state <> 3 BEGIN
  INSERT INTO new_event VALUES ('operation.ended', 2, NULL, 'job:' || OLD.job_id,
    json_object ('operation', OLD.id, 'kind', OLD.kind, 'attempts', OLD.attempts));
END;

CREATE TRIGGER event_discarded AFTER INSERT ON audit WHEN NEW.action = 'discarded' BEGIN
  INSERT INTO new_event VALUES ('operation.discarded', 2, NEW.at, 'job:' || NEW.job_id,
    json_object ('field', NEW.field));
END;

CREATE TRIGGER event_conflict AFTER INSERT ON conflict BEGIN
  INSERT INTO new_event VALUES ('conflict.opened', 2, NEW.detected_at, 'job:' || NEW.job_id,
    json_object ('conflict', NEW.id, 'operation', NEW.operation_id, 'reason', NEW.reason));
END;

CREATE TRIGGER event_settled AFTER DELETE ON conflict BEGIN
  INSERT INTO new_event VALUES ('conflict.closed', 2, NULL, 'job:' || OLD.job_id,
    json_object ('conflict', OLD.id, 'operation', OLD.operation_id));
END;
