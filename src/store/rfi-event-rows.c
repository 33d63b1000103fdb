/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-rows"

#include "config.h"

#include "rfi-sealed-file.h"
#include "rfi-store-log.h"
#include "rfi-store-steps.h"

#include <glib/gstdio.h>

#define COLUMNS "n, id, type, schema_version, at, aggregate, sequence, payload"
/* One that damage made senseless is worth neither to be shown nor sent: the server would refuse all
 * that go with it. It stays where it is, and is archived as it is. */
#define HAS_SENSE \
  "unicode (id) > 0 AND unicode (type) > 0 AND unicode (aggregate) > 0 AND schema_version > 0 " \
  "AND at >= 0 AND sequence >= 0 AND json_valid (payload)"
#define SENT     "events-sent"
#define ARCHIVED "events-archived"

enum {
  SQL_ADD,
  SQL_LIST,
  SQL_LIST_UNSENT,
  SQL_FIND_LAST_OLD,
  SQL_FIND_LAST_SPARE,
  SQL_LIST_UP_TO,
  SQL_REMOVE,
};

static const char *const sql[] = {
  [SQL_ADD] = "INSERT INTO new_event VALUES (?1, ?2, ?3, ?4, ?5)",
  [SQL_LIST] = "SELECT " COLUMNS " FROM event WHERE n < ?1 AND " HAS_SENSE
               " ORDER BY n DESC LIMIT ?2",
  [SQL_LIST_UNSENT] = "SELECT " COLUMNS " FROM event WHERE n > ?1 AND " HAS_SENSE
                      " ORDER BY n LIMIT ?2",
  /* Up to the first that is not: their times are not always in order. */
  [SQL_FIND_LAST_OLD] = "SELECT coalesce (min (n), (SELECT max (n) + 1 FROM event)) - 1 FROM event "
                        "WHERE at >= ?1",
  [SQL_FIND_LAST_SPARE] = "SELECT n FROM event ORDER BY n DESC LIMIT 1 OFFSET ?1",
  [SQL_LIST_UP_TO] = "SELECT " COLUMNS " FROM event WHERE n <= ?1 ORDER BY n",
  [SQL_REMOVE] = "DELETE FROM event WHERE n <= ?1",
};

static gboolean
add_step (RfiDb           *db,
          RfiStoreCall    *call,
          RfiStoreChange  *change,
          GHashTable      *touched,
          GError         **error)
{
  const RfiClientEvent *event = call->record;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_ADD], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, event->type);
  sqlite3_bind_int64 (row, 2, event->schema_version);
  sqlite3_bind_int64 (row, 3, event->at);
  rfi_db_bind (row, 4, event->aggregate);
  rfi_db_bind (row, 5, event->payload);
  return rfi_db_finish (db, row, error);
}

static void
add_work (GTask *task,
          RfiDb *db)
{
  rfi_store_transact (task, db, add_step);
}

void
rfi_store_add_event_async (RfiStore            *self,
                           RfiClientEvent      *event,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_add_event_async, cancellable, callback, user_data, &call);

  call->record = rfi_client_event_ref (event);
  call->record_free = (GDestroyNotify) rfi_client_event_unref;
  rfi_store_call_push (self, task, add_work);
}

static RfiClientEvent *
read_row (sqlite3_stmt *row)
{
  RfiClientEvent event = {
    .n = sqlite3_column_int64 (row, 0),
    .id = (char *) rfi_db_text (row, 1),
    .type = (char *) rfi_db_text (row, 2),
    .schema_version = sqlite3_column_int64 (row, 3),
    .at = sqlite3_column_int64 (row, 4),
    .aggregate = (char *) rfi_db_text (row, 5),
    .sequence = sqlite3_column_int64 (row, 6),
    .payload = (char *) rfi_db_text (row, 7),
  };

  return rfi_client_event_new (&event);
}

/* Returns: (transfer full) (nullable) (element-type RfiClientEvent) */
static GPtrArray *
read_rows (RfiDb       *db,
           const char  *text,
           gint64       number,
           gint64       limit,
           GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, text, error);
  g_autoptr(GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_client_event_unref);
  GError *read_error = NULL;

  if (row == NULL)
    return NULL;

  sqlite3_bind_int64 (row, 1, number);
  if (sqlite3_bind_parameter_count (row) > 1)
    sqlite3_bind_int64 (row, 2, limit);
  while (rfi_db_step (db, row, &read_error))
    g_ptr_array_add (events, read_row (row));
  if (read_error == NULL)
    return g_steal_pointer (&events);

  g_propagate_error (error, read_error);
  return NULL;
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *events;

  if (call->flag)
    events = read_rows (db, sql[SQL_LIST_UNSENT], rfi_meta_rows_get_number (db, SENT),
                        call->number, &error);
  else
    events = read_rows (db, sql[SQL_LIST], call->number2 > 0 ? call->number2 : G_MAXINT64,
                        call->number, &error);
  if (events != NULL)
    g_task_return_pointer (task, events, (GDestroyNotify) g_ptr_array_unref);
  else
    rfi_store_fail (task, error);
}

void
rfi_store_list_events_async (RfiStore            *self,
                             guint                limit,
                             gint64               before,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_list_events_async, cancellable, callback, user_data, &call);

  call->number = limit;
  call->number2 = before;
  rfi_store_call_push (self, task, list_work);
}

void
rfi_store_list_unsent_events_async (RfiStore            *self,
                                    guint                limit,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_list_unsent_events_async, cancellable,
                                    callback, user_data, &call);

  call->number = limit;
  call->flag = TRUE;
  rfi_store_call_push (self, task, list_work);
}

GPtrArray *
rfi_store_list_events_finish (RfiStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
set_sent_step (RfiDb           *db,
               RfiStoreCall    *call,
               RfiStoreChange  *change,
               GHashTable      *touched,
               GError         **error)
{
  return rfi_meta_rows_set_number (db, SENT, call->number, error);
}

static void
set_sent_work (GTask *task,
               RfiDb *db)
{
  rfi_store_transact (task, db, set_sent_step);
}

void
rfi_store_set_events_sent_async (RfiStore            *self,
                                 gint64               n,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_set_events_sent_async, cancellable, callback,
                                    user_data, &call);

  call->number = n;
  rfi_store_call_push (self, task, set_sent_work);
}

/* Archiving, in execution order */

/* @number: (out): what the statement answers, 0 if nothing */
static gboolean
ask_number (RfiDb       *db,
            const char  *text,
            gint64       value,
            gint64      *number,
            GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, text, error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, value);
  *number = rfi_db_step (db, row, &step_error) ? sqlite3_column_int64 (row, 0) : 0;
  if (step_error == NULL)
    return TRUE;

  g_propagate_error (error, step_error);
  return FALSE;
}

/* A line for each, tab between its values: none of them has one. */
static GBytes *
write_lines (GPtrArray *events)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const RfiClientEvent *event = g_ptr_array_index (events, i);

      g_string_append_printf (lines,
                              "%" G_GINT64_FORMAT "\t%s\t%s\t%" G_GINT64_FORMAT
                              "\t%" G_GINT64_FORMAT "\t%s\t%" G_GINT64_FORMAT "\t%s\n",
                              event->n, event->id, event->type, event->schema_version, event->at,
                              event->aggregate, event->sequence, event->payload);
    }

  return g_string_free_to_bytes (lines);
}

/* The name says where it begins: what was written and not taken out is written again there. */
static gboolean
write_archive (RfiSeal     *seal,
               const char  *dir,
               GPtrArray   *events,
               GError     **error)
{
  const RfiClientEvent *first = g_ptr_array_index (events, 0);
  g_autofree char *name = g_strdup_printf ("events-%012" G_GINT64_FORMAT, first->n);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr(GBytes) lines = write_lines (events);

  if (g_mkdir_with_parents (dir, 0700) == 0)
    return rfi_sealed_file_write (seal, path, lines, error);

  g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_DENIED, "%s cannot be made", dir);
  return FALSE;
}

static gboolean
take_out_step (RfiDb           *db,
               RfiStoreCall    *call,
               RfiStoreChange  *change,
               GHashTable      *touched,
               GError         **error)
{
  gint64 unused;

  return rfi_meta_rows_set_number (db, ARCHIVED, call->number2, error) &&
         ask_number (db, sql[SQL_REMOVE], call->number2, &unused, error);
}

/* @last: (out): the last event that the rule takes out */
static gboolean
find_last (RfiDb         *db,
           RfiStoreCall  *call,
           gint64        *last,
           GError       **error)
{
  gint64 old;
  gint64 spare;

  if (!ask_number (db, sql[SQL_FIND_LAST_OLD], call->number2, &old, error) ||
      !ask_number (db, sql[SQL_FIND_LAST_SPARE], call->number, &spare, error))
    return FALSE;

  *last = MAX (old, spare);
  if (!call->flag)
    *last = MIN (*last, rfi_meta_rows_get_number (db, SENT));
  return TRUE;
}

static void
archive_work (GTask *task,
              RfiDb *db)
{
  RfiStore *self = g_task_get_source_object (task);
  RfiStoreCall *call = g_task_get_task_data (task);
  g_autoptr(GPtrArray) events = NULL;
  GError *error = NULL;
  gint64 last;

  if (!find_last (db, call, &last, &error) ||
      (events = read_rows (db, sql[SQL_LIST_UP_TO], last, 0, &error)) == NULL ||
      (events->len > 0 &&
       !write_archive (rfi_store_get_seal (self), call->text, events, &error)))
    {
      rfi_store_fail (task, error);
      return;
    }

  call->number = events->len;
  call->number2 = last;
  if (events->len > 0)
    rfi_store_transact (task, db, take_out_step);
  else
    g_task_return_boolean (task, TRUE);
}

void
rfi_store_archive_events_async (RfiStore            *self,
                                const char          *dir,
                                gint64               before,
                                guint                n_kept,
                                gboolean             unsent,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_archive_events_async, cancellable, callback,
                                    user_data, &call);

  call->text = g_strdup (dir);
  call->number = n_kept;
  call->number2 = before;
  call->flag = unsent;
  rfi_store_call_push (self, task, archive_work);
}

int
rfi_store_archive_events_finish (RfiStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_boolean (G_TASK (result), error)
           ? (int) ((RfiStoreCall *) g_task_get_task_data (G_TASK (result)))->number
           : -1;
}
