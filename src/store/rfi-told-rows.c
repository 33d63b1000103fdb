/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-told-rows"

#include "config.h"

#include "rfi-told-rows.h"

#include "rfi-store-steps.h"
#include "rfi-store-told.h"

#define TOLD_AT "told-at"

enum {
  SQL_LIST,
  SQL_GET,
  SQL_PUT,
  SQL_DROP,
  SQL_CLEAR,
};

static const char *const sql[] = {
  [SQL_LIST] = "SELECT id, sealed FROM told ORDER BY id",
  [SQL_GET] = "SELECT id, sealed FROM told WHERE id = ?1",
  [SQL_PUT] = "INSERT OR REPLACE INTO told (id, sealed) VALUES (?1, ?2)",
  [SQL_DROP] = "DELETE FROM told WHERE id = ?1",
  [SQL_CLEAR] = "DELETE FROM told",
};

RfiToldRecord *
rfi_told_record_new (const char *id,
                     const char *text)
{
  RfiToldRecord *self = g_new (RfiToldRecord, 1);

  self->id = g_strdup (id);
  self->text = g_strdup (text);
  return self;
}

void
rfi_told_record_free (RfiToldRecord *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

/* (nullable): until the next row */
static const char *
read_text (RfiDb        *db,
           sqlite3_stmt *row)
{
  RfiSealPlace place = { RFI_ROWS_TOLD, rfi_db_text (row, 0), 0 };
  const char *text;

  return rfi_row_seal_read (db, row, 1, &place, &text, 1) ? text : NULL;
}

char *
rfi_told_rows_get (RfiDb       *db,
                   const char  *id,
                   GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET], error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, id);
  return rfi_db_step (db, row, error) ? g_strdup (read_text (db, row)) : NULL;
}

gboolean
rfi_told_rows_drop (RfiDb       *db,
                    const char  *id,
                    GError     **error)
{
  return rfi_rows_run (db, sql[SQL_DROP], id, NULL, NULL, error);
}

gboolean
rfi_told_rows_clear (RfiDb   *db,
                     GError **error)
{
  return rfi_rows_run (db, sql[SQL_CLEAR], NULL, NULL, NULL, error) &&
         rfi_meta_rows_set (db, TOLD_AT, NULL, error);
}

/* What stands there already is not written. */
static gboolean
put (RfiDb                *db,
     const RfiToldRecord  *record,
     GError              **error)
{
  GError *read_error = NULL;
  g_autofree char *known = rfi_told_rows_get (db, record->id, &read_error);
  RfiSealPlace place = { RFI_ROWS_TOLD, record->id, 0 };
  const char *values[] = { record->text };
  RFI_DB_KEPT row = NULL;

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if (g_strcmp0 (known, record->text) == 0)
    return TRUE;

  row = rfi_db_prepare (db, sql[SQL_PUT], error);
  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, record->id);
  rfi_row_seal_bind (db, row, 2, &place, values, G_N_ELEMENTS (values));
  return rfi_db_finish (db, row, error);
}

/* Returns: (transfer full) (nullable) (element-type utf8): %NULL with @error */
static GPtrArray *
list_gone (RfiDb       *db,
           GHashTable  *kept,
           GError     **error)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_LIST], error);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  while (rfi_db_step (db, row, &step_error))
    if (!g_hash_table_contains (kept, rfi_db_text (row, 0)))
      g_ptr_array_add (gone, g_strdup (rfi_db_text (row, 0)));
  if (step_error == NULL)
    return g_steal_pointer (&gone);

  g_propagate_error (error, step_error);
  return NULL;
}

static gboolean
keep_step (RfiDb           *db,
           RfiStoreCall    *call,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  g_autoptr(GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) gone = NULL;

  for (guint i = 0; i < call->rows->len; i++)
    {
      const RfiToldRecord *record = g_ptr_array_index (call->rows, i);

      g_hash_table_add (kept, record->id);
      if (!put (db, record, error))
        return FALSE;
    }

  gone = list_gone (db, kept, error);
  for (guint i = 0; gone != NULL && i < gone->len; i++)
    if (!rfi_told_rows_drop (db, g_ptr_array_index (gone, i), error))
      return FALSE;

  return gone != NULL && rfi_meta_rows_set_number (db, TOLD_AT, call->number, error);
}

static void
keep_work (GTask *task,
           RfiDb *db)
{
  rfi_store_transact_hint (task, db, keep_step);
}

void
rfi_store_keep_told_async (RfiStore            *self,
                           GPtrArray           *records,
                           gint64               now,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_keep_told_async, cancellable, callback, user_data, &call);

  call->rows = g_ptr_array_ref (records);
  call->number = now;
  rfi_store_call_push (self, task, keep_work);
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_LIST], &error);
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_told_record_free);

  while (row != NULL && rfi_db_step (db, row, &error))
    {
      const char *text = read_text (db, row);

      if (text != NULL)
        g_ptr_array_add (records, rfi_told_record_new (rfi_db_text (row, 0), text));
    }
  call->number = rfi_meta_rows_get_number (db, TOLD_AT);
  if (error != NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&records), (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_told_async (RfiStore            *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_list_told_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, list_work);
}

GPtrArray *
rfi_store_list_told_finish (RfiStore      *self,
                            GAsyncResult  *result,
                            gint64        *told_at,
                            GError       **error)
{
  RfiStoreCall *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));
  *told_at = call->number;
  return g_task_propagate_pointer (G_TASK (result), error);
}
