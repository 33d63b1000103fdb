/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-take"

#include "config.h"

#include "rfi-letter-rows.h"
#include "rfi-store-steps.h"

#include <string.h>

/* Answers to writes and events carry no names and may lack the photos: those known before, or of
 * known people, are kept.
 * @old: (nullable). Returns: (transfer full): without its photos, which have rows of their own */
static RfiJob *
complete_row (RfiDb  *db,
              RfiJob *row,
              RfiJob *old)
{
  const char *operation_id = rfi_job_extra_get_operation (row->extra);
  const RfiJobExtra *extra;
  g_autofree char *name = NULL;
  RfiJob completed = *row;
  RfiJob *result;

  completed.photos = NULL;
  /* Nor do they of the other dialect know of versions and what came with them. */
  if (old != NULL && completed.version == 0)
    {
      completed.version = old->version;
      completed.extra = old->extra;
    }
  if (completed.status_at == 0)
    completed.status_at =
      rfi_job_keep_status_at (old != NULL && old->status == completed.status
                                ? rfi_job_get_status_at (old) : completed.updated_at);
  if (old != NULL && completed.created_by_name == NULL)
    completed.created_by_name = old->created_by_name;
  if (operation_id == NULL && old != NULL)
    operation_id = rfi_job_extra_get_operation (old->extra);
  completed.extra = extra = rfi_job_extra_with_operation (completed.extra, operation_id);
  if (old != NULL && !completed.has_attachments)
    {
      completed.has_attachments = old->has_attachments;
      completed.n_photos = old->n_photos;
    }

  if (completed.assigned_to_name == NULL && completed.assigned_to != NULL)
    {
      if (old != NULL && g_strcmp0 (old->assigned_to, completed.assigned_to) == 0)
        completed.assigned_to_name = old->assigned_to_name;
      else
        completed.assigned_to_name = name =
          rfi_people_rows_get_name (db, completed.assigned_to);
    }

  if (memcmp (&completed, row, G_STRUCT_OFFSET (RfiJob, ref_count)) == 0)
    /* Nothing was missing. */
    result = rfi_job_ref (row);
  else
    result = rfi_job_new (&completed);
  g_clear_pointer (&extra, rfi_job_extra_unref);
  return result;
}

/* Whether the person's own pending operations lead to this value, on the way or at the end: then
 * it is theirs coming back, not somebody else's change.
 */
static gboolean
is_own (GPtrArray  *steps,
        RfiField    field,
        const char *value)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_strcmp0 (rfi_job_get_field (g_ptr_array_index (steps, i), field), value) == 0)
      return TRUE;

  return FALSE;
}

/* The job after each of the pending operations. */
static GPtrArray *
replay (RfiJob    *base,
        GPtrArray *pending)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  RfiJob *job = base;

  for (guint i = 0; i < pending->len && job != NULL; i++)
    {
      job = rfi_operation_apply (g_ptr_array_index (pending, i), job);
      if (job != NULL)
        g_ptr_array_add (steps, job);
    }

  return steps;
}

/* What waits on the job. @any: whether anything waits at all */
static GPtrArray *
list_waiting (RfiDb       *db,
              const char  *job_id,
              gboolean     any,
              GError     **error)
{
  return any ? rfi_outbox_rows_list (db, job_id, error) : g_ptr_array_new ();
}

/* Whether one of the pending operations brings the job to the vendor it is at. */
static gboolean
is_moved_here (GPtrArray    *steps,
               const RfiJob *row)
{
  for (guint i = 0; i < steps->len; i++)
    if (strcmp (((const RfiJob *) g_ptr_array_index (steps, i))->vendor_id, row->vendor_id) == 0)
      return TRUE;

  return FALSE;
}

/* @entry: what is the same of all that changed */
static gboolean
audit_move (RfiDb                *db,
            const RfiJob         *old,
            const RfiJob         *row,
            const RfiAuditEntry  *entry,
            RfiStoreChange       *change,
            GError              **error)
{
  RfiAuditEntry move = *entry;

  move.action = RFI_AUDIT_MOVED;
  move.field = -1;
  move.before = (char *) old->vendor_id;
  move.after = (char *) row->vendor_id;
  change->foreign = TRUE;
  change->audit = TRUE;
  return rfi_audit_rows_add (db, &move, NULL, error);
}

/* Writes the history of what changed elsewhere. @by: (nullable) */
static gboolean
audit_changes (RfiDb           *db,
               RfiJob          *old,
               RfiJob          *row,
               const char      *by,
               gboolean         any,
               RfiStoreChange  *change,
               GError         **error)
{
  g_autoptr(GPtrArray) pending = list_waiting (db, row->id, any, error);
  g_autoptr(GPtrArray) steps = NULL;
  RfiAuditEntry entry = {
    .at = row->updated_at,
    .job_id = (char *) row->id,
    .user_id = (char *) by,
    .action = RFI_AUDIT_CHANGED,
    .origin = RFI_ORIGIN_SERVER,
  };

  if (pending == NULL)
    return FALSE;

  steps = replay (old, pending);
  if (strcmp (old->vendor_id, row->vendor_id) != 0 && !is_moved_here (steps, row) &&
      !audit_move (db, old, row, &entry, change, error))
    return FALSE;
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *before = rfi_job_get_field (old, (RfiField) i);
      const char *after = rfi_job_get_field (row, (RfiField) i);

      if (g_strcmp0 (before, after) == 0 || is_own (steps, (RfiField) i, after))
        continue;

      entry.field = (int) i;
      entry.before = (char *) before;
      entry.after = (char *) after;
      change->foreign = TRUE;
      change->audit = TRUE;
      if (!rfi_audit_rows_add (db, &entry, NULL, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
rfi_store_rename_job (RfiDb           *db,
                      const char      *from,
                      const char      *to,
                      RfiStoreChange  *change,
                      GHashTable      *touched,
                      GError         **error)
{
  if (g_strcmp0 (from, to) == 0)
    return TRUE;

  /* A change can tell of one new name; of others it tells that one job went and one came. */
  if (change->renamed_from == NULL)
    {
      change->renamed_from = g_strdup (from);
      change->renamed_to = g_strdup (to);
    }
  else
    {
      rfi_store_touch (touched, from, NULL);
    }

  rfi_store_touch (touched, to, NULL);
  return rfi_outbox_rows_rename_job (db, from, to, error) &&
         rfi_conflict_rows_rename_job (db, from, to, error) &&
         rfi_audit_rows_rename_job (db, from, to, error);
}

static gboolean
letter_exists (RfiDb      *db,
               const char *operation_id)
{
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation_id, NULL);

  return letter != NULL;
}

/* Whether the server keeps a record of the conflict, which only a decision settles. */
static gboolean
is_recorded (RfiDb        *db,
             RfiConflict  *conflict,
             gboolean     *recorded,
             GError      **error)
{
  g_autofree char *server_id = NULL;
  gint64 version;

  if (!rfi_conflict_rows_get_record (db, conflict->id, &server_id, &version, error))
    return FALSE;

  *recorded = server_id != NULL;
  return TRUE;
}

/* The server's rows do not say whose letter made them, but it gives a job the id it had here.
 * @made: (out): a letter that waits, or was just answered, makes this job */
static gboolean
is_made_here (RfiDb       *db,
              const char  *job_id,
              gboolean    *made,
              GError     **error)
{
  g_autoptr(GPtrArray) waiting = rfi_outbox_rows_list (db, job_id, error);

  if (waiting == NULL)
    return FALSE;

  *made = FALSE;
  for (guint i = 0; i < waiting->len && !*made; i++)
    {
      const RfiOperation *operation = g_ptr_array_index (waiting, i);

      *made = operation->kind == RFI_OPERATION_CREATE && letter_exists (db, operation->id);
    }
  return TRUE;
}

/* A row that we see for the first time may be the answer to a creation that got lost on its way:
 * the server keeps the operation's id with the job. @recognised: (out) */
static gboolean
recognise (RfiDb           *db,
           RfiJob          *row,
           gboolean        *recognised,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  const char *operation_id = rfi_job_extra_get_operation (row->extra);
  g_autoptr(RfiOperation) creation = NULL;
  GError *read_error = NULL;

  if (!is_made_here (db, row->id, recognised, error))
    return FALSE;
  if (*recognised || operation_id == NULL)
    return TRUE;

  creation = rfi_outbox_rows_get (db, operation_id, &read_error);
  if (g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    g_clear_error (&read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if (creation == NULL || creation->kind != RFI_OPERATION_CREATE)
    return TRUE;

  *recognised = TRUE;
  change->outbox = TRUE;
  change->audit = TRUE;
  return rfi_outbox_rows_remove (db, creation->id, error) &&
         rfi_audit_rows_settle (db, creation->id, TRUE, error) &&
         rfi_store_rename_job (db, creation->job_id, row->id, change, touched, error);
}

/* One that the server keeps a record of is decided by a person all the same, but over the job that
 * is there again: made anew, there would be two. */
static gboolean
face_again (RfiDb           *db,
            RfiConflict     *conflict,
            RfiJob          *row,
            RfiStoreChange  *change,
            GError         **error)
{
  RfiConflict faced = *conflict;
  g_autoptr(RfiPatch) theirs = rfi_job_to_patch (row);
  g_autofree char *etag = g_strdup (RFI_ETAG_TEXT (row->etag));
  g_autofree char *record = NULL;
  gint64 version;

  faced.theirs = theirs;
  faced.theirs_etag = etag;
  faced.theirs_by = NULL;
  faced.theirs_at = row->updated_at;
  change->conflicts = TRUE;
  return rfi_conflict_rows_get_record (db, conflict->id, &record, &version, error) &&
         rfi_conflict_rows_put (db, &faced, error) &&
         rfi_conflict_rows_set_record (db, conflict->id, record, row->version, error);
}

/* A job that was gone is back: what waited for a decision about that is simply sent. */
static gboolean
welcome_back (RfiDb           *db,
              RfiJob          *row,
              RfiStoreChange  *change,
              GError         **error)
{
  g_autoptr(GPtrArray) waiting = rfi_conflict_rows_list_deleted (db, row->id, error);

  if (waiting == NULL)
    return FALSE;

  for (guint i = 0; i < waiting->len; i++)
    {
      RfiConflict *conflict = g_ptr_array_index (waiting, i);
      RfiOperation again = *conflict->operation;
      g_autoptr(RfiOperation) operation = NULL;
      g_autoptr(RfiLetter) letter = NULL;
      GError *read_error = NULL;
      gboolean recorded;

      if (!is_recorded (db, conflict, &recorded, error) ||
          (recorded && !face_again (db, conflict, row, change, error)))
        return FALSE;
      if (recorded)
        continue;

      /* What the server refused before the job was gone is still refused: sent, its number would
       * only be answered the same again. */
      letter = rfi_letter_rows_get (db, conflict->operation->id, &read_error);
      if (read_error != NULL)
        {
          g_propagate_error (error, read_error);
          return FALSE;
        }
      again.state = letter != NULL && letter->state == RFI_LETTER_DONE ? RFI_OPERATION_REJECTED
                                                                       : RFI_OPERATION_QUEUED;
      again.next_try_at = 0;
      operation = rfi_operation_new (&again);
      change->conflicts = TRUE;
      change->outbox = TRUE;
      if (!rfi_conflict_rows_remove (db, conflict->id, error) ||
          !rfi_outbox_rows_put (db, operation, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
greet_row (RfiDb           *db,
           RfiJob          *row,
           gboolean         news,
           gboolean         any,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  gboolean recognised = FALSE;
  RfiAuditEntry entry = {
    .at = row->created_at,
    .job_id = (char *) row->id,
    .user_id = (char *) row->created_by,
    .action = RFI_AUDIT_CREATED,
    .origin = RFI_ORIGIN_SERVER,
    .field = -1,
  };

  if (any && (!recognise (db, row, &recognised, change, touched, error) ||
              !welcome_back (db, row, change, error)))
    return FALSE;
  if (!news || recognised)
    return TRUE;

  change->foreign = TRUE;
  change->audit = TRUE;
  return rfi_audit_rows_add (db, &entry, NULL, error);
}

/* @old: (nullable): the row that is here, as far as that can be read */
static gboolean
put_row (RfiDb   *db,
         RfiJob  *row,
         RfiJob  *old,
         gint64   listing,
         GError **error)
{
  gboolean added = FALSE;

  if (old == NULL && !rfi_job_rows_add (db, row, listing, &added, error))
    return FALSE;

  return added || rfi_job_rows_put (db, row, listing, error);
}

gboolean
rfi_store_take_row (RfiDb           *db,
                    RfiJob          *row,
                    RfiJob          *old,
                    const char      *by,
                    gboolean         news,
                    gint64           listing,
                    RfiStoreChange  *change,
                    GHashTable      *touched,
                    GError         **error)
{
  g_autoptr(RfiJob) completed = complete_row (db, row, old);
  gboolean any;

  if (!rfi_outbox_rows_any (db, &any, error) ||
      !put_row (db, completed, old, listing, error) ||
      (row->photos != NULL && !rfi_photo_rows_put (db, row->id, row->photos, error)))
    return FALSE;

  change->photos |= old != NULL && old->n_photos != completed->n_photos;
  if (old != NULL ? !audit_changes (db, old, completed, by, any, change, error)
                  : !greet_row (db, completed, news, any, change, touched, error))
    return FALSE;

  rfi_store_touch (touched, row->id, completed);
  return TRUE;
}

gboolean
rfi_store_take_new_row (RfiDb           *db,
                        RfiJob          *row,
                        gint64           listing,
                        gboolean         any,
                        gboolean        *taken,
                        RfiStoreChange  *change,
                        GHashTable      *touched,
                        GError         **error)
{
  g_autoptr(RfiJob) completed = complete_row (db, row, NULL);

  if (!rfi_job_rows_add (db, completed, listing, taken, error))
    return FALSE;
  if (!*taken)
    return TRUE;

  /* A job that is not here has no photos here. */
  if (row->photos != NULL && row->photos->len > 0 &&
      !rfi_photo_rows_put (db, row->id, row->photos, error))
    return FALSE;
  if (!greet_row (db, completed, FALSE, any, change, touched, error))
    return FALSE;

  rfi_store_touch (touched, row->id, completed);
  return TRUE;
}

gboolean
rfi_store_take_answer (RfiDb           *db,
                       RfiJob          *row,
                       RfiStoreChange  *change,
                       GHashTable      *touched,
                       GError         **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, row->id, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  return rfi_store_take_row (db, row, old, NULL, FALSE, rfi_meta_rows_get_listing (db), change,
                             touched, error);
}
