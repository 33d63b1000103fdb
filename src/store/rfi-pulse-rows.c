/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-pulse-rows"

#include "config.h"

#include "rfi-store-log.h"
#include "rfi-store-steps.h"

#define COLUMNS \
  "at, n_cycles, n_failed, duration, n_probes, latency, queue, n_answered, n_conflicts, known, live"

enum {
  SQL_PUT,
  SQL_FORGET,
  SQL_LIST,
};

static const char *const sql[] = {
  [SQL_PUT] = "INSERT OR REPLACE INTO pulse (" COLUMNS ") "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
  [SQL_FORGET] = "DELETE FROM pulse WHERE at <= ?1",
  [SQL_LIST] = "SELECT " COLUMNS " FROM pulse ORDER BY at",
};

static gboolean
put (RfiDb                 *db,
     const RfiPulseMinute  *minute,
     GError               **error)
{
  const gint64 values[] = {
    minute->at,      minute->n_cycles, minute->n_failed,   minute->duration,
    minute->n_probes, minute->latency, minute->queue,      minute->n_answered,
    minute->n_conflicts, minute->known, minute->live,
  };
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PUT], error);

  if (row == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sqlite3_bind_int64 (row, (int) i + 1, values[i]);
  return rfi_db_finish (db, row, error);
}

static gboolean
forget (RfiDb   *db,
        gint64   until,
        GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_FORGET], error);

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, until);
  return rfi_db_finish (db, row, error);
}

static gboolean
put_step (RfiDb           *db,
          RfiStoreCall    *call,
          RfiStoreChange  *change,
          GHashTable      *touched,
          GError         **error)
{
  GArray *minutes = call->record;
  gint64 last = 0;

  for (guint i = 0; i < minutes->len; i++)
    {
      const RfiPulseMinute *minute = &g_array_index (minutes, RfiPulseMinute, i);

      if (!put (db, minute, error))
        return FALSE;
      last = MAX (last, minute->at);
    }

  return forget (db, last - RFI_PULSE_WEEK, error);
}

static void
put_work (GTask *task,
          RfiDb *db)
{
  rfi_store_transact_hint (task, db, put_step);
}

void
rfi_store_put_pulse_async (RfiStore            *self,
                           GArray              *minutes,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_put_pulse_async, cancellable, callback, user_data, &call);

  call->record = g_array_copy (minutes);
  call->record_free = (GDestroyNotify) g_array_unref;
  rfi_store_call_push (self, task, put_work);
}

static void
read_row (sqlite3_stmt *row,
          RfiPulse     *pulse)
{
  RfiPulseMinute *minute = rfi_pulse_get_minute (pulse, sqlite3_column_int64 (row, 0));

  minute->n_cycles = (guint) sqlite3_column_int64 (row, 1);
  minute->n_failed = (guint) sqlite3_column_int64 (row, 2);
  minute->duration = sqlite3_column_int64 (row, 3);
  minute->n_probes = (guint) sqlite3_column_int64 (row, 4);
  minute->latency = sqlite3_column_int64 (row, 5);
  minute->queue = (guint) sqlite3_column_int64 (row, 6);
  minute->n_answered = (guint) sqlite3_column_int64 (row, 7);
  minute->n_conflicts = (guint) sqlite3_column_int64 (row, 8);
  minute->known = (guint) sqlite3_column_int64 (row, 9);
  minute->live = (guint) sqlite3_column_int64 (row, 10);
}

static void
load_work (GTask *task,
           RfiDb *db)
{
  GError *error = NULL;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_LIST], &error);
  g_autoptr(RfiPulse) pulse = rfi_pulse_new ();

  while (row != NULL && rfi_db_step (db, row, &error))
    read_row (row, pulse);
  if (error != NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&pulse), (GDestroyNotify) rfi_pulse_unref);
}

void
rfi_store_load_pulse_async (RfiStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_load_pulse_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, load_work);
}

RfiPulse *
rfi_store_load_pulse_finish (RfiStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
