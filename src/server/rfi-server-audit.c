/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-audit"

#include "config.h"

#include "rfi-server-audit.h"

#include "rfi-canonical.h"
#include "rfi-json.h"
#include "rfi-server-audit-entry.h"
#include "rfi-server-tally.h"

#include <string.h>

static const char insert_sql[] =
  "INSERT INTO audit (" RFI_AUDIT_COLUMNS ", vendor_id, version)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/* A person who is gone is told by the bare id. */
static const char last_sql[] =
  "SELECT coalesce (max (n), 0),"
  " (SELECT hash FROM audit ORDER BY n DESC LIMIT 1),"
  " coalesce ((SELECT display_name FROM user WHERE id = ?1), ?1) FROM audit";

static const char mark_of_sql[] = "SELECT n, hash FROM audit WHERE n = ?1";
static const char mark_of_last_sql[] = "SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1";

static const char last_of_job_sql[] =
  "SELECT actor_id, actor_name, at FROM audit WHERE job_id = ?1 AND version > 0"
  " AND (?2 IS NULL OR vendor_id = ?2) ORDER BY n DESC LIMIT 1";

static const char changed_sql[] =
  "SELECT changes, version, device_id FROM audit WHERE job_id = ?1 AND version > 0"
  " ORDER BY n DESC";

static const char moved_sql[] =
  "SELECT 1 FROM audit WHERE job_id = ?1 AND action = 'move' AND version > ?2 LIMIT 1";

/* @hash, @name: (out) (transfer full) */
static gboolean
read_end (RfiDb       *db,
          const char  *user_id,
          gint64      *n,
          char       **hash,
          char       **name,
          GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, last_sql, error);
  const char *last;

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, user_id);
  if (!rfi_db_step (db, row, error))
    return FALSE;

  last = rfi_db_text (row, 1);
  *n = sqlite3_column_int64 (row, 0);
  *hash = g_strdup (last != NULL ? last : RFI_HASH_NONE);
  *name = g_strdup (rfi_db_text (row, 2));
  return TRUE;
}

/* What an entry by this person needs: where the chain ends, and their name.
 * @hash, @name: (out) (transfer full) */
static gboolean
find_end (RfiDb       *db,
          const char  *user_id,
          gint64      *n,
          char       **hash,
          char       **name,
          GError     **error)
{
  const RfiServerTally *tally = rfi_server_tally_get (db);

  if (tally == NULL || tally->mark.audit_n < 0 || g_strcmp0 (tally->actor_id, user_id) != 0)
    return read_end (db, user_id, n, hash, name, error);

  *n = tally->mark.audit_n;
  *hash = g_strdup (tally->mark.audit_hash);
  *name = g_strdup (tally->actor_name);
  return TRUE;
}

/* The next entry comes behind this one, and mostly by the same person. */
static void
remember_end (RfiDb                     *db,
              const RfiServerAuditEntry *entry,
              const char                *hash)
{
  RfiServerTally *tally = rfi_server_tally_get (db);

  if (tally == NULL)
    return;

  tally->mark.audit_n = entry->n;
  g_strlcpy (tally->mark.audit_hash, hash, sizeof tally->mark.audit_hash);
  if (g_strcmp0 (tally->actor_id, entry->actor_id) == 0)
    return;

  g_free (tally->actor_id);
  g_free (tally->actor_name);
  tally->actor_id = g_strdup (entry->actor_id);
  tally->actor_name = g_strdup (entry->actor_name);
}

gboolean
rfi_server_audit_note (RfiDb                 *db,
                       const RfiServerActor  *actor,
                       const char            *job_id,
                       const char            *vendor_id,
                       gint64                 version,
                       const char            *changes,
                       GError               **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);
  g_autofree char *name = NULL;
  g_autofree char *prev = NULL;
  g_autofree char *hash = NULL;
  RfiServerAuditEntry entry = {
    .at = actor->at, .actor_id = actor->user_id, .device_id = actor->device_id,
    .origin = actor->origin, .job_id = job_id, .action = actor->action, .changes = changes,
  };

  if (statement == NULL || !find_end (db, actor->user_id, &entry.n, &prev, &name, error))
    return FALSE;

  entry.n++;
  entry.actor_name = name;
  hash = rfi_server_audit_entry_hash (&entry, prev);
  sqlite3_bind_int64 (statement, RFI_AUDIT_COLUMN_N + 1, entry.n);
  sqlite3_bind_int64 (statement, RFI_AUDIT_COLUMN_AT + 1, entry.at);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_ACTOR_ID + 1, entry.actor_id);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_ACTOR_NAME + 1, entry.actor_name);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_DEVICE_ID + 1, entry.device_id);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_ORIGIN + 1, entry.origin);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_JOB_ID + 1, entry.job_id);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_ACTION + 1, entry.action);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_CHANGES + 1, entry.changes);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_HASH + 1, hash);
  rfi_db_bind (statement, RFI_AUDIT_COLUMN_VENDOR_ID + 1, vendor_id);
  sqlite3_bind_int64 (statement, RFI_AUDIT_COLUMN_VERSION + 1, version);
  if (!rfi_db_finish (db, statement, error))
    return FALSE;

  remember_end (db, &entry, hash);
  return TRUE;
}

static void
append_change (GString    *out,
               const char *field,
               const char *before,
               const char *after)
{
  if (strcmp (before, after) == 0)
    return;

  if (out->len > 1)
    g_string_append_c (out, ',');
  g_string_append_c (out, '{');
  rfi_canonical_append_text_member (out, "after", after);
  rfi_canonical_append_text_member (out, "before", before);
  rfi_canonical_append_text_member (out, "field", field);
  g_string_append_c (out, '}');
}

static const char *
get_field (const RfiJob *job,
           RfiField      field)
{
  return job != NULL ? rfi_job_get_field (job, field) : "";
}

/* Returns: (transfer full) */
static char *
tell_changes (const RfiJob *previous,
              const RfiJob *job)
{
  GString *out = g_string_new ("[");
  char before[16];
  char after[16];

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    append_change (out, rfi_field_to_string ((RfiField) i), get_field (previous, (RfiField) i),
                   get_field (job, (RfiField) i));
  g_snprintf (before, sizeof before, "%d", previous != NULL ? previous->n_photos : 0);
  g_snprintf (after, sizeof after, "%d", job != NULL ? job->n_photos : 0);
  append_change (out, "attachments", before, after);
  if (previous != NULL && job != NULL)
    append_change (out, "vendorId", previous->vendor_id, job->vendor_id);
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

gboolean
rfi_server_audit_note_job (RfiDb                 *db,
                           const RfiServerActor  *actor,
                           const RfiJob          *previous,
                           const RfiJob          *job,
                           GError               **error)
{
  g_autofree char *changes = tell_changes (previous, job);
  const RfiJob *known = job != NULL ? job : previous;
  gint64 version = job != NULL ? job->version : previous->version + 1;

  return rfi_server_audit_note (db, actor, known->id, known->vendor_id, version, changes, error);
}

gint64
rfi_server_audit_get_head (RfiDb   *db,
                           GError **error)
{
  g_autofree char *hash = NULL;
  g_autofree char *name = NULL;
  gint64 n;

  return find_end (db, "", &n, &hash, &name, error) ? n : -1;
}

gboolean
rfi_server_audit_get_mark (RfiDb    *db,
                           gint64   *n,
                           guint64  *mark,
                           GError  **error)
{
  const char *sql = *n > 0 ? mark_of_sql : mark_of_last_sql;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  if (*n > 0)
    sqlite3_bind_int64 (row, 1, *n);
  *mark = 0;
  if (rfi_db_step (db, row, &local))
    {
      g_autofree char *start = g_strndup (rfi_db_text (row, 1), 2 * sizeof *mark);

      *n = sqlite3_column_int64 (row, 0);
      *mark = g_ascii_strtoull (start, NULL, 16);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_audit_find_last (RfiDb       *db,
                            const char  *job_id,
                            const char  *vendor_id,
                            char       **by,
                            char       **name,
                            gint64      *at,
                            GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, last_of_job_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  rfi_db_bind (row, 2, vendor_id);
  if (rfi_db_step (db, row, &local))
    {
      *by = g_strdup (rfi_db_text (row, 0));
      *name = g_strdup (rfi_db_text (row, 1));
      *at = sqlite3_column_int64 (row, 2);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
mark_changed (const char *changes,
              gboolean    changed[RFI_N_FIELDS])
{
  RfiJsonIter iter;
  RfiJson root;
  RfiJson change;
  RfiJson name;

  if (!rfi_json_parse (changes, -1, &root, NULL))
    return;

  rfi_json_iter_init (&iter, &root);
  while (rfi_json_iter_next (&iter, NULL, &change))
    {
      g_autofree char *text = NULL;
      RfiField field;

      if (rfi_json_get_member (&change, "field", &name))
        text = rfi_json_dup_string (&name);
      if (text != NULL && rfi_field_from_string (text, &field))
        changed[field] = TRUE;
    }
}

gboolean
rfi_server_audit_find_changed (RfiDb       *db,
                               const char  *job_id,
                               gint64       version,
                               const char  *device_id,
                               gboolean     changed[RFI_N_FIELDS],
                               GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, changed_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  while (rfi_db_step (db, row, &local) && sqlite3_column_int64 (row, 1) > version)
    if (g_strcmp0 (rfi_db_text (row, 2), device_id) != 0)
      mark_changed (rfi_db_text (row, 0), changed);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_audit_find_moved (RfiDb       *db,
                             const char  *job_id,
                             gint64       version,
                             gboolean    *moved,
                             GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, moved_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  sqlite3_bind_int64 (row, 2, version);
  *moved = rfi_db_step (db, row, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
