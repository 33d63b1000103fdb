/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-chain.h"

#include "rfi-server-audit.h"

static void
must (gboolean      done,
      const GError *error)
{
  if (!done)
    g_error ("%s", error->message);
}

void
rfi_bench_chain_grow (RfiDb *db,
                      guint  begin,
                      guint  n_entries)
{
  g_autoptr(GError) error = NULL;

  must (rfi_db_begin (db, &error), error);
  for (guint i = begin; i < n_entries; i++)
    {
      g_autofree char *user_id = g_strdup_printf ("user-%u", i % 1000);
      g_autofree char *job_id = g_strdup_printf ("job-%u", i * 7919u % 100000);
      const RfiServerActor actor = {
        .user_id = user_id, .origin = RFI_SERVER_ORIGIN_REST,
        .action = i % 5 == 0 ? "assign" : "edit", .at = G_GINT64_CONSTANT (1764400000000) + i,
      };

      must (rfi_server_audit_note (db, &actor, job_id, i % 3 == 0 ? "vendor-001" : "vendor-002", 2,
                                   "[{\"after\":\"Door does not close, seal replaced\","
                                   "\"before\":\"Door does not close\",\"field\":\"title\"}]",
                                   &error), error);
    }
  must (rfi_db_commit (db, &error), error);
}
