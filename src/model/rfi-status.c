/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-status"

#include "config.h"

#include "rfi-status.h"

static const struct {
  const char *word;
  guint       to;    /* bits of the statuses it may become */
} statuses[RFI_N_STATUSES] = {
  [RFI_STATUS_PENDING] = { "pending", 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_CANCELLED },
  [RFI_STATUS_ASSIGNED] = { "assigned",
                            1u << RFI_STATUS_IN_PROGRESS | 1u << RFI_STATUS_CANCELLED },
  [RFI_STATUS_IN_PROGRESS] = { "in-progress",
                               1u << RFI_STATUS_COMPLETED | 1u << RFI_STATUS_CANCELLED },
  [RFI_STATUS_COMPLETED] = { "completed", 0 },
  [RFI_STATUS_CANCELLED] = { "cancelled", 0 },
};

const char *
rfi_status_to_string (RfiStatus status)
{
  g_return_val_if_fail (status < RFI_N_STATUSES, NULL);

  return statuses[status].word;
}

gboolean
rfi_status_from_string (const char *text,
                        RfiStatus  *status)
{
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    if (g_strcmp0 (text, statuses[i].word) == 0)
      {
        *status = (RfiStatus) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
rfi_status_may_become (RfiStatus from,
                       RfiStatus to)
{
  return (statuses[from].to >> to & 1) != 0;
}

gboolean
rfi_status_is_final (RfiStatus status)
{
  return statuses[status].to == 0;
}

gboolean
rfi_status_get_next (RfiStatus  status,
                     RfiStatus *next)
{
  if (rfi_status_is_final (status))
    return FALSE;

  *next = (RfiStatus) (status + 1);
  return TRUE;
}
