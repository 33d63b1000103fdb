-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE thing SET size = size + 1;
