/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-backoff"

#include "config.h"

#include "rfi-backoff.h"

gint64
rfi_backoff_delay (guint      attempt,
                   gint64     base,
                   gint64     cap,
                   RfiRandom *random)
{
  gint64 longest = base;

  for (guint i = 1; i < attempt && longest < cap; i++)
    longest *= 2;

  return (gint64) rfi_random_range (random, (guint64) MIN (longest, cap) + 1);
}
