/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"

G_BEGIN_DECLS

/* How long to wait, in milliseconds, before try @attempt + 1 (@attempt counts from 1):
 * evenly in [0, min (@cap, @base * 2^(@attempt - 1))]. The cap comes before the
 * jitter: the other way round a fleet at the cap would wake as one.
 */
gint64 rfi_backoff_delay (guint      attempt,
                          gint64     base,
                          gint64     cap,
                          RfiRandom *random);

G_END_DECLS
