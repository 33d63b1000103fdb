/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-work-starts"

#include "config.h"

#include "rfi-work-starts.h"

GHashTable *
_rfi_work_starts_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

gint64
_rfi_work_starts_note (GHashTable   *starts,
                       guint         row,
                       const RfiJob *job)
{
  gint64 *started;

  if (job == NULL || job->status != RFI_STATUS_IN_PROGRESS)
    {
      g_hash_table_remove (starts, GUINT_TO_POINTER (row));
      return 0;
    }

  started = g_hash_table_lookup (starts, GUINT_TO_POINTER (row));
  if (started == NULL)
    {
      started = g_new (gint64, 1);
      *started = job->updated_at;
      g_hash_table_insert (starts, GUINT_TO_POINTER (row), started);
    }
  return *started;
}
