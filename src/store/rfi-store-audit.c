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
};

static const char *const sql[] = {
  [SQL_NEWEST_FIRST] = "SELECT " RFI_AUDIT_ROW_COLUMNS " FROM audit WHERE id < ?1 AND id > ?2 "
                       "ORDER BY id DESC",
  [SQL_OLDEST_FIRST] = "SELECT " RFI_AUDIT_ROW_COLUMNS " FROM audit WHERE id < ?1 AND id > ?2 "
                       "ORDER BY id",
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
