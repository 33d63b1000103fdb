/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-people-rows"

#include "config.h"

#include "rfi-store-steps.h"
#include "rfi-store-pull.h"

#include <stdlib.h>

#define TECHNICIAN "technician"
#define VENDOR "vendor"

/* The order of what is sealed: it is only ever added to. */
enum {
  DISPLAY_NAME,
  EMAIL,
  SKILLS,
  WORK_START,  /* minutes of the day, decimal */
  WORK_END,
  INACTIVE,    /* "1", or nothing */
  N_VALUES,
};

enum {
  SQL_LIST,
  SQL_REMOVE,
  SQL_ADD,
  SQL_NAME,
};

static const char *const sql[] = {
  [SQL_LIST] = "SELECT id, vendor_id, sealed FROM person WHERE kind = ?1",
  [SQL_REMOVE] = "DELETE FROM person WHERE kind = ?1",
  [SQL_ADD] = "INSERT OR REPLACE INTO person (kind, id, vendor_id, sealed) "
              "VALUES (?1, ?2, ?3, ?4)",
  [SQL_NAME] = "SELECT sealed FROM person WHERE kind = '" TECHNICIAN "' AND id = ?1",
};

/* (transfer full) (nullable): a name is worth no failure */
char *
rfi_people_rows_get_name (RfiDb      *db,
                          const char *user_id)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_NAME], NULL);
  RfiSealPlace place = { RFI_ROWS_PERSON, user_id, 0 };
  const char *values[N_VALUES];

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, user_id);
  return rfi_db_step (db, row, NULL) && rfi_row_seal_read (db, row, 0, &place, values, N_VALUES)
           ? g_strdup (values[DISPLAY_NAME])
           : NULL;
}

static gboolean
add_row (RfiDb       *db,
         const char  *kind,
         RfiUser     *user,
         GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_ADD], error);
  RfiSealPlace place = { RFI_ROWS_PERSON, user->id != NULL ? user->id : user->vendor_id, 0 };
  char work_start[8], work_end[8];
  const char *values[N_VALUES] = {
    [DISPLAY_NAME] = user->display_name,
    [EMAIL] = user->email,
    [SKILLS] = user->skills,
    [WORK_START] = work_start,
    [WORK_END] = work_end,
    [INACTIVE] = user->inactive ? "1" : NULL,
  };

  if (row == NULL)
    return FALSE;

  g_snprintf (work_start, sizeof work_start, "%d", user->work_start);
  g_snprintf (work_end, sizeof work_end, "%d", user->work_end);
  rfi_db_bind (row, 1, kind);
  rfi_db_bind (row, 2, place.id);
  rfi_db_bind (row, 3, user->vendor_id);
  rfi_row_seal_bind (db, row, 4, &place, values, N_VALUES);
  return rfi_db_finish (db, row, error);
}

static gboolean
put_step (RfiDb           *db,
          RfiStoreCall    *call,
          RfiStoreChange  *change,
          GHashTable      *touched,
          GError         **error)
{
  if (!rfi_rows_run (db, sql[SQL_REMOVE], call->id, NULL, NULL, error))
    return FALSE;

  for (guint i = 0; i < call->rows->len; i++)
    if (!add_row (db, call->id, g_ptr_array_index (call->rows, i), error))
      return FALSE;

  change->people = TRUE;
  return TRUE;
}

static void
put_work (GTask *task,
          RfiDb *db)
{
  rfi_store_transact (task, db, put_step);
}

static void
put_people (RfiStore            *self,
            const char          *kind,
            GPtrArray           *users,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, put_people, cancellable, callback, user_data, &call);

  call->id = g_strdup (kind);
  call->rows = g_ptr_array_ref (users);
  rfi_store_call_push (self, task, put_work);
}

void
rfi_store_put_technicians_async (RfiStore            *self,
                                 GPtrArray           *users,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  put_people (self, TECHNICIAN, users, cancellable, callback, user_data);
}

void
rfi_store_put_vendors_async (RfiStore            *self,
                             GPtrArray           *vendors,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  put_people (self, VENDOR, vendors, cancellable, callback, user_data);
}

/* @text: (nullable): minutes of the day, written here */
static gint16
read_minutes (const char *text)
{
  return text != NULL ? (gint16) CLAMP (atoi (text), 0, 24 * 60) : 0;
}

static void
add_user (GPtrArray    *users,
          RfiDb        *db,
          sqlite3_stmt *row,
          const char   *kind)
{
  RfiSealPlace place = { RFI_ROWS_PERSON, rfi_db_text (row, 0), 0 };
  const char *values[N_VALUES];
  RfiUser user = {
    .id = (char *) place.id,
    .vendor_id = (char *) rfi_db_text (row, 1),
    .role = g_str_equal (kind, VENDOR) ? RFI_ROLE_DISPATCHER : RFI_ROLE_TECHNICIAN,
  };

  if (!rfi_row_seal_read (db, row, 2, &place, values, N_VALUES))
    return;

  user.display_name = (char *) (values[DISPLAY_NAME] != NULL ? values[DISPLAY_NAME] : "");
  user.email = (char *) values[EMAIL];
  user.skills = (char *) values[SKILLS];
  user.work_start = read_minutes (values[WORK_START]);
  user.work_end = read_minutes (values[WORK_END]);
  user.inactive = values[INACTIVE] != NULL;
  g_ptr_array_add (users, rfi_user_new (&user));
}

static int
compare_users (const void *a,
               const void *b)
{
  const RfiUser *one = *(RfiUser *const *) a;
  const RfiUser *other = *(RfiUser *const *) b;
  int order = g_ascii_strcasecmp (one->display_name, other->display_name);

  return order != 0 ? order : g_strcmp0 (one->id, other->id);
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_LIST], &error);
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);

  if (row != NULL)
    rfi_db_bind (row, 1, call->id);
  while (row != NULL && rfi_db_step (db, row, &error))
    add_user (users, db, row, call->id);
  g_ptr_array_sort (users, compare_users);

  if (error != NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&users), (GDestroyNotify) g_ptr_array_unref);
}

static void
list_people (RfiStore            *self,
             const char          *kind,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, list_people, cancellable, callback, user_data, &call);

  call->id = g_strdup (kind);
  rfi_store_call_push (self, task, list_work);
}

void
rfi_store_list_technicians_async (RfiStore            *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  list_people (self, TECHNICIAN, cancellable, callback, user_data);
}

void
rfi_store_list_vendors_async (RfiStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  list_people (self, VENDOR, cancellable, callback, user_data);
}

GPtrArray *
rfi_store_list_people_finish (RfiStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
