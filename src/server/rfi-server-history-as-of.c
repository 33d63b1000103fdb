/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-history"

#include "config.h"

#include "rfi-server-history.h"

#include "rfi-json.h"
#include "rfi-server-jobs.h"

/* Jobs are put back from how they stand now, change by change, the latest first. */

#define UNDO "SELECT job_id, changes, version, vendor_id FROM audit WHERE n > ?1 AND version > 0"

static const char undo_sql[] = UNDO " ORDER BY n DESC";
static const char undo_vendor_sql[] = UNDO " AND vendor_id = ?2 ORDER BY n DESC";

/* When it was last changed by then. */
static const char changed_sql[] =
  "SELECT at FROM audit WHERE job_id = ?1 AND n <= ?2 AND version > 0 ORDER BY n DESC LIMIT 1";

enum {
  COLUMN_JOB_ID,
  COLUMN_CHANGES,
  COLUMN_VERSION,
  COLUMN_VENDOR_ID,
};

/* A job on its way back. */
typedef struct
{
  RfiJob     *job;        /* (owned) (nullable): as it stands now; %NULL: it is gone */
  RfiPatch   *before;     /* (owned): what stood there then */
  const char *vendor_id;  /* interned */
  gint64      version;
  gboolean    exists;
} Past;

static void
past_free (gpointer data)
{
  Past *self = data;

  g_clear_pointer (&self->job, rfi_job_unref);
  rfi_patch_unref (self->before);
  g_free (self);
}

static Past *
past_new (RfiDb       *db,
          const char  *job_id,
          GError     **error)
{
  g_autoptr(GError) local = NULL;
  RfiJob *job = rfi_server_jobs_get (db, job_id, &local);
  Past *self;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  self = g_new0 (Past, 1);
  self->job = job;
  self->exists = job != NULL;
  self->before = rfi_patch_new ();
  return self;
}

static char *
get_text (const RfiJson *change,
          const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (change, name, &value) ? rfi_json_dup_string (&value) : NULL;
}

/* Without one change what stood before it is not known: then nothing is told. */
static gboolean
undo_changes (Past        *self,
              const char  *changes,
              GError     **error)
{
  RfiJsonIter iter;
  RfiJson root;
  RfiJson change;

  if (!rfi_json_parse (changes, -1, &root, NULL))
    {
      g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED,
                   "Entry of version %" G_GINT64_FORMAT " of the history cannot be read",
                   self->version + 1);
      return FALSE;
    }

  rfi_json_iter_init (&iter, &root);
  while (rfi_json_iter_next (&iter, NULL, &change))
    {
      g_autofree char *name = get_text (&change, "field");
      g_autofree char *before = get_text (&change, "before");
      RfiField field;

      if (name != NULL && before != NULL && rfi_field_from_string (name, &field))
        rfi_patch_set (self->before, field, before);
      else if (before != NULL && g_strcmp0 (name, "vendorId") == 0)
        self->vendor_id = g_intern_string (before);
    }
  return TRUE;
}

/* The first version is what making a job leaves; what is gone was whole before its last change. */
static gboolean
undo (Past          *self,
      sqlite3_stmt  *row,
      GError       **error)
{
  gint64 version = sqlite3_column_int64 (row, COLUMN_VERSION);

  if (!self->exists)
    {
      g_clear_pointer (&self->job, rfi_job_unref);
      g_clear_pointer (&self->before, rfi_patch_unref);
      self->before = rfi_patch_new ();
    }
  self->exists = version > 1;
  self->version = version - 1;
  self->vendor_id = g_intern_string (rfi_db_text (row, COLUMN_VENDOR_ID));
  return undo_changes (self, rfi_db_text (row, COLUMN_CHANGES), error);
}

static gboolean
read_changed (RfiDb       *db,
              const char  *job_id,
              gint64       n,
              gint64      *at,
              GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, changed_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  sqlite3_bind_int64 (row, 2, n);
  if (rfi_db_step (db, row, &local))
    *at = sqlite3_column_int64 (row, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Of a job that is gone, the chain does not tell who made it and when. Returns: (transfer full) */
static RfiJob *
put_back (Past       *self,
          const char *job_id,
          gint64      changed_at)
{
  RfiJob nothing = {
    .id = job_id, .vendor_id = self->vendor_id,
    .created_at = changed_at,
  };
  g_autoptr(RfiJob) now = self->job != NULL ? rfi_job_ref (self->job) : rfi_job_new (&nothing);
  g_autoptr(RfiJob) job = rfi_job_apply (now, self->before);
  RfiJob then = *job;

  then.version = self->version;
  then.vendor_id = self->vendor_id;
  then.updated_at = changed_at != 0 ? changed_at : now->created_at;
  then.status_at = then.status_at > then.updated_at ? 0 : then.status_at;
  then.photos = NULL;
  then.n_photos = 0;
  then.has_attachments = FALSE;
  return rfi_job_new (&then);
}

static gboolean
collect (RfiDb       *db,
         gint64       n,
         const char  *vendor_id,
         GHashTable  *pasts,
         GError     **error)
{
  RFI_DB_KEPT row =
    rfi_db_prepare (db, vendor_id != NULL ? undo_vendor_sql : undo_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, n);
  if (vendor_id != NULL)
    rfi_db_bind (row, 2, vendor_id);
  while (local == NULL && rfi_db_step (db, row, &local))
    {
      const char *job_id = rfi_db_text (row, COLUMN_JOB_ID);
      Past *past = g_hash_table_lookup (pasts, job_id);

      if (past == NULL && (past = past_new (db, job_id, &local)) != NULL)
        g_hash_table_insert (pasts, g_strdup (job_id), past);
      if (past != NULL && !undo (past, row, &local))
        break;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
tell (RfiDb                 *db,
      gint64                 n,
      const char            *vendor_id,
      const char            *job_id,
      Past                  *past,
      RfiServerHistoryFunc   func,
      gpointer               user_data,
      GError               **error)
{
  g_autoptr(RfiJob) job = NULL;
  gint64 changed_at = 0;

  /* Before it came to them it was nothing that they might see. */
  if (past->exists && (vendor_id == NULL || g_strcmp0 (past->vendor_id, vendor_id) == 0))
    {
      if (!read_changed (db, job_id, n, &changed_at, error))
        return FALSE;
      job = put_back (past, job_id, changed_at);
    }
  return func (job_id, job, user_data, error);
}

gboolean
rfi_server_history_as_of (RfiDb                 *db,
                          gint64                 n,
                          const char            *vendor_id,
                          RfiServerHistoryFunc   func,
                          gpointer               user_data,
                          GError               **error)
{
  g_autoptr(GHashTable) pasts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, past_free);
  GHashTableIter iter;
  gpointer job_id;
  gpointer past;

  if (!collect (db, n, vendor_id, pasts, error))
    return FALSE;

  g_hash_table_iter_init (&iter, pasts);
  while (g_hash_table_iter_next (&iter, &job_id, &past))
    if (!tell (db, n, vendor_id, job_id, past, func, user_data, error))
      return FALSE;
  return TRUE;
}
