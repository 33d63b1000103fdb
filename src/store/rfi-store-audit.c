/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-audit"

#include "config.h"

#include "rfi-store-audit.h"

#include "rfi-audit-rows.h"
#include "rfi-store-steps.h"

/* One look for marks: then somebody else may. */
#define MAX_LOOKED 20000

enum {
  SQL_NEWEST_FIRST,
  SQL_OLDEST_FIRST,
  SQL_NOBODYS,
};

static const char *const sql[] = {
  [SQL_NEWEST_FIRST] = "SELECT " RFI_AUDIT_ROW_COLUMNS " FROM audit WHERE id < ?1 AND id > ?2 "
                       "ORDER BY id DESC",
  [SQL_OLDEST_FIRST] = "SELECT " RFI_AUDIT_ROW_COLUMNS " FROM audit WHERE id < ?1 AND id > ?2 "
                       "ORDER BY id",
  [SQL_NOBODYS] = "SELECT " RFI_AUDIT_ROW_COLUMNS " FROM audit WHERE "
                  RFI_AUDIT_ROW_OF_JOB (1) " AND user_id IS NULL",
};

/* Kept with its task. */
typedef struct
{
  RfiAuditSearch     search;
  RfiAuditMatchFunc  match;
  gpointer           match_data;
  GDestroyNotify     destroy;  /* (nullable) */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  if (look->destroy != NULL)
    look->destroy (look->match_data);
  g_free (look);
}

void
rfi_audit_part_free (RfiAuditPart *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_free (self);
}

static RfiAuditPart *
new_part (const Look *look)
{
  RfiAuditPart *part = g_new0 (RfiAuditPart, 1);

  if (look->search.every > 0)
    part->marks = g_array_new (FALSE, FALSE, sizeof (gint64));
  else
    part->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_entry_unref);
  return part;
}

/* What is sealed is only opened of what is wanted. */
static void
take_row (RfiDb        *db,
          sqlite3_stmt *row,
          const Look   *look,
          RfiAuditPart *part)
{
  RfiAuditEntry plain;
  gint64 id = sqlite3_column_int64 (row, 0);

  part->newest = MAX (part->newest, id);
  if (!rfi_audit_rows_read_plain (row, &plain) || !look->match (&plain, look->match_data))
    return;

  if (part->marks != NULL && part->found % look->search.every == 0)
    g_array_append_val (part->marks, id);
  if (part->entries != NULL)
    {
      g_ptr_array_insert (part->entries, look->search.before > 0 ? -1 : 0,
                          rfi_audit_rows_read (db, row));
    }
  part->found++;
}

static void
search_work (GTask *task,
             RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  const Look *look = call->record;
  const RfiAuditSearch *search = &look->search;
  gboolean newest_first = search->before > 0;
  g_autoptr(RfiAuditPart) part = new_part (look);
  GError *error = NULL;
  RFI_DB_KEPT row =
    rfi_db_prepare (db, sql[newest_first ? SQL_NEWEST_FIRST : SQL_OLDEST_FIRST], &error);
  guint looked = 0;

  if (row != NULL)
    {
      sqlite3_bind_int64 (row, 1, newest_first ? search->before : G_MAXINT64);
      sqlite3_bind_int64 (row, 2, search->after);
    }
  while (row != NULL && part->next == 0 && rfi_db_step (db, row, &error))
    {
      take_row (db, row, look, part);
      if (search->every > 0 ? ++looked == MAX_LOOKED : part->found == search->limit)
        part->next = sqlite3_column_int64 (row, 0);
    }

  if (error != NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&part), (GDestroyNotify) rfi_audit_part_free);
}

void
rfi_store_search_audit_async (RfiStore             *self,
                              const RfiAuditSearch *search,
                              RfiAuditMatchFunc     match,
                              gpointer              match_data,
                              GDestroyNotify        destroy,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  RfiStoreCall *call;
  Look *look = g_new (Look, 1);
  GTask *task = rfi_store_call_new (self, rfi_store_search_audit_async, cancellable, callback,
                                    user_data, &call);

  *look = (Look) { *search, match, match_data, destroy };
  call->record = look;
  call->record_free = look_free;
  rfi_store_call_push (self, task, search_work);
}

RfiAuditPart *
rfi_store_search_audit_finish (RfiStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Who did what */

/* Whether the server's entry tells of the same change. */
static gboolean
is_same (const RfiAuditEntry *line,
         const RfiAuditEntry *entry)
{
  return entry->user_id != NULL && line->action == entry->action && line->field == entry->field &&
         g_strcmp0 (line->after, entry->after) == 0;
}

/* The same may be done many times: the one that was done when the line says. Returns: (nullable) */
static const RfiAuditEntry *
find_same (const RfiAuditEntry *line,
           GPtrArray           *entries)
{
  const RfiAuditEntry *best = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const RfiAuditEntry *entry = g_ptr_array_index (entries, i);

      if (is_same (line, entry) &&
          (best == NULL || ABS (entry->at - line->at) < ABS (best->at - line->at)))
        best = entry;
    }
  return best;
}

/* Returns: (transfer full) (nullable): all lines of nobody */
static GPtrArray *
list_nobodys (RfiDb       *db,
              const char  *job_id,
              GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_NOBODYS], error);
  g_autoptr(GPtrArray) lines =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_entry_unref);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, job_id);
  while (rfi_db_step (db, row, &local))
    {
      RfiAuditEntry *line = rfi_audit_rows_read (db, row);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  if (local == NULL)
    return g_steal_pointer (&lines);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
credit_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  g_autoptr(GPtrArray) lines = list_nobodys (db, call->id, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const RfiAuditEntry *line = g_ptr_array_index (lines, i);
      const RfiAuditEntry *same = find_same (line, call->rows);
      RfiAuditEntry credited = *line;

      if (same == NULL)
        continue;

      credited.user_id = same->user_id;
      credited.user_name = same->user_name;
      if (!rfi_audit_rows_credit (db, &credited, error))
        return FALSE;
      call->number++;
    }
  return lines != NULL;
}

static void
credit_work (GTask *task,
             RfiDb *db)
{
  rfi_store_transact (task, db, credit_step);
}

void
rfi_store_credit_audit_async (RfiStore            *self,
                              const char          *job_id,
                              GPtrArray           *entries,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_credit_audit_async, cancellable, callback,
                                    user_data, &call);

  call->id = g_strdup (job_id);
  call->rows = g_ptr_array_ref (entries);
  rfi_store_call_push (self, task, credit_work);
}

int
rfi_store_credit_audit_finish (RfiStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_boolean (G_TASK (result), error)
           ? (int) ((RfiStoreCall *) g_task_get_task_data (G_TASK (result)))->number
           : -1;
}
