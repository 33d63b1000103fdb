/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-meta-rows"

#include "config.h"

#include "rfi-store-steps.h"

#define LISTING "listing"

enum {
  SQL_GET,
  SQL_SET,
  SQL_FORGET,
  SQL_SIZE,
};

static const char *const sql[] = {
  [SQL_GET] = "SELECT value FROM meta WHERE key = ?1",
  /* What is there already is not written: a transaction that changes nothing needs no disk. */
  [SQL_SET] = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) "
              "DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
  [SQL_FORGET] = "DELETE FROM meta WHERE key = ?1",
  [SQL_SIZE] = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
};

gboolean
rfi_rows_run (RfiDb       *db,
              const char  *text,
              const char  *a,
              const char  *b,
              const char  *c,
              GError     **error)
{
  const char *const values[] = { a, b, c };
  RFI_DB_KEPT row = rfi_db_prepare (db, text, error);

  if (row == NULL)
    return FALSE;

  for (int i = 0; i < MIN (sqlite3_bind_parameter_count (row), 3); i++)
    rfi_db_bind (row, i + 1, values[i]);
  return rfi_db_finish (db, row, error);
}

/* (transfer full) (nullable): %NULL without error if there is none */
char *
rfi_meta_rows_get (RfiDb       *db,
                   const char  *key,
                   GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET], error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, key);
  return rfi_db_step (db, row, error) ? g_strdup (rfi_db_text (row, 0)) : NULL;
}

gboolean
rfi_meta_rows_set (RfiDb       *db,
                   const char  *key,
                   const char  *value,
                   GError     **error)
{
  return rfi_rows_run (db, sql[value != NULL ? SQL_SET : SQL_FORGET], key, value, NULL, error);
}

gint64
rfi_meta_rows_get_number (RfiDb      *db,
                          const char *key)
{
  g_autofree char *text = rfi_meta_rows_get (db, key, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

gboolean
rfi_meta_rows_set_number (RfiDb       *db,
                          const char  *key,
                          gint64       number,
                          GError     **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return rfi_meta_rows_set (db, key, text, error);
}

gint64
rfi_meta_rows_get_listing (RfiDb *db)
{
  return rfi_meta_rows_get_number (db, LISTING);
}

gboolean
rfi_meta_rows_set_listing (RfiDb   *db,
                           gint64   listing,
                           GError **error)
{
  return rfi_meta_rows_set_number (db, LISTING, listing, error);
}

static void
get_work (GTask *task,
          RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  char *value = rfi_meta_rows_get (db, call->id, &error);

  if (error != NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, value, g_free);
}

void
rfi_store_get_meta_async (RfiStore            *self,
                          const char          *key,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_get_meta_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (key);
  rfi_store_call_push (self, task, get_work);
}

char *
rfi_store_get_meta_finish (RfiStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
set_step (RfiDb           *db,
          RfiStoreCall    *call,
          RfiStoreChange  *change,
          GHashTable      *touched,
          GError         **error)
{
  return rfi_meta_rows_set (db, call->id, call->text, error);
}

static void
set_work (GTask *task,
          RfiDb *db)
{
  rfi_store_transact (task, db, set_step);
}

void
rfi_store_set_meta_async (RfiStore            *self,
                          const char          *key,
                          const char          *value,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_set_meta_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (key);
  call->text = g_strdup (value);
  rfi_store_call_push (self, task, set_work);
}

gboolean
rfi_meta_rows_get_size (RfiDb   *db,
                        gint64  *n_bytes,
                        GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SIZE], error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  *n_bytes = sqlite3_column_int64 (row, 0);
  return TRUE;
}

static void
stats_work (GTask *task,
            RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (rfi_meta_rows_get_size (db, &call->number2, &error) &&
      rfi_job_rows_count (db, &call->number, &error))
    g_task_return_boolean (task, TRUE);
  else
    rfi_store_fail (task, error);
}

void
rfi_store_get_stats_async (RfiStore            *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_get_stats_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, stats_work);
}

gboolean
rfi_store_get_stats_finish (RfiStore      *self,
                            GAsyncResult  *result,
                            guint         *n_jobs,
                            gint64        *n_bytes,
                            GError       **error)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *n_jobs = (guint) call->number;
  *n_bytes = call->number2;
  return g_task_propagate_boolean (G_TASK (result), error);
}
