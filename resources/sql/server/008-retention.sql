-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is kept only as long as somebody may need it. That an operation or a request was carried
-- out is never forgotten; its bytes are, once nobody can ask for them.

ALTER TABLE chain ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;  -- up to this one no bytes are kept

-- Once settled: the job and when it was typed, which the bytes told before. Then body, signature
-- and prev are empty.
ALTER TABLE operation ADD COLUMN entity_id TEXT;
ALTER TABLE operation ADD COLUMN occurred_at INTEGER;

DROP INDEX answer_by_age;
CREATE INDEX answer_with_body ON answer (at) WHERE body <> '';
