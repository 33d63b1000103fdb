-- SPDX-License-Identifier: GPL-3.0-or-later

-- Conflicts of others and what was settled, as the server told of them last: for when it can't be
-- asked. When that was is in meta.
CREATE TABLE told (
  id TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
