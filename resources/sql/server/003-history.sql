-- SPDX-License-Identifier: GPL-3.0-or-later
-- The history is looked at by who did what, newest first.

CREATE INDEX audit_by_actor ON audit (actor_id, n);
CREATE INDEX audit_by_action ON audit (action, n);
CREATE INDEX audit_by_device ON audit (device_id, n) WHERE device_id IS NOT NULL;
