-- SPDX-License-Identifier: GPL-3.0-or-later

-- How many wait in each state: asked for with every transaction, however long the queue is.
CREATE TABLE outbox_count (
  state INTEGER PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT;

INSERT INTO outbox_count SELECT state, count(*) FROM outbox GROUP BY state;

CREATE TRIGGER outbox_count_insert AFTER INSERT ON outbox BEGIN
  INSERT INTO outbox_count VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER outbox_count_delete AFTER DELETE ON outbox BEGIN
  UPDATE outbox_count SET n = n - 1 WHERE state = OLD.state;
END;

CREATE TRIGGER outbox_count_update AFTER UPDATE OF state ON outbox
  WHEN NEW.state <> OLD.state BEGIN
  UPDATE outbox_count SET n = n - 1 WHERE state = OLD.state;
  INSERT INTO outbox_count VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
