-- SPDX-License-Identifier: GPL-3.0-or-later

-- What was settled lately is asked for with each list of what is open.
CREATE INDEX conflict_settled ON conflict (resolved_at) WHERE resolved_at IS NOT NULL;
