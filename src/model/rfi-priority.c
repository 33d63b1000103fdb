/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-priority"

#include "config.h"

#include "rfi-priority.h"

static const char *const words[RFI_N_PRIORITIES] = { "low", "medium", "high", "urgent" };

const char *
rfi_priority_to_string (RfiPriority priority)
{
  g_return_val_if_fail (priority < RFI_N_PRIORITIES, NULL);

  return words[priority];
}

gboolean
rfi_priority_from_string (const char  *text,
                          RfiPriority *priority)
{
  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      {
        *priority = (RfiPriority) i;
        return TRUE;
      }

  return FALSE;
}
