/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-wait"

#include "config.h"

#include "rfi-conflict-wait.h"

RfiConflictWait
rfi_conflict_wait_judge (const RfiConflict *conflict,
                         gint64             now)
{
  gint64 age = now - conflict->detected_at;

  return age >= RFI_CONFLICT_WEEK_MS  ? RFI_CONFLICT_WAIT_LONG
         : age >= RFI_CONFLICT_DAY_MS ? RFI_CONFLICT_WAIT_DAY
                                      : RFI_CONFLICT_WAIT_FINE;
}

gint64
rfi_conflict_wait_get_next (const RfiConflict *conflict,
                            gint64             now)
{
  switch (rfi_conflict_wait_judge (conflict, now))
    {
    case RFI_CONFLICT_WAIT_FINE:
      return conflict->detected_at + RFI_CONFLICT_DAY_MS;
    case RFI_CONFLICT_WAIT_DAY:
      return conflict->detected_at + RFI_CONFLICT_WEEK_MS;
    case RFI_CONFLICT_WAIT_LONG:
    default:
      return G_MAXINT64;
    }
}
