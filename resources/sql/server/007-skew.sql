-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far a device's clock was from this one when it said hello, in ms: ahead is positive. NULL: it
-- did not tell. For people to look at; nothing is decided by it.

ALTER TABLE device ADD COLUMN skew INTEGER;
