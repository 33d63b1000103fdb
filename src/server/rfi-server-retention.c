/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-retention"

#include "config.h"

#include "rfi-server-retention.h"

#include "rfi-server-answers.h"
#include "rfi-server-events.h"
#include "rfi-server-gone.h"
#include "rfi-server-operations.h"
#include "rfi-server-refresh.h"

typedef gboolean (*Step) (RfiDb   *db,
                          gint64   now,
                          guint    limit,
                          guint   *n,
                          GError **error);

/* When does not matter here, but whether it was confirmed. */
static gboolean
settle_operations (RfiDb   *db,
                   gint64   now,
                   guint    limit,
                   guint   *n,
                   GError **error)
{
  return rfi_server_operations_settle (db, limit, n, error);
}

gboolean
rfi_server_retention_run (RfiDb   *db,
                          gint64   now,
                          guint    limit,
                          guint   *n,
                          GError **error)
{
  static const Step steps[] = {
    settle_operations, rfi_server_answers_empty, rfi_server_gone_forget,
    rfi_server_refresh_forget, rfi_server_events_archive,
  };

  *n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      guint done = 0;

      if (!steps[i] (db, now, limit, &done, error))
        return FALSE;
      *n += done;
    }
  return TRUE;
}
