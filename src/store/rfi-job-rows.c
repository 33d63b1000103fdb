/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-rows"

#include "config.h"

#include "rfi-scope-sum.h"
#include "rfi-store-steps.h"

/* The order of columns in every statement that reads or writes whole rows. */
enum {
  ID,
  TITLE,
  DESCRIPTION,
  STATUS,
  PRIORITY,
  VENDOR_ID,
  CREATED_BY,
  CREATED_BY_NAME,
  ASSIGNED_TO,
  ASSIGNED_TO_NAME,
  STORE_NAME,
  ADDRESS,
  CITY,
  STATE,
  ZIP_CODE,
  OPERATION_ID,
  ETAG,
  CREATED_AT,
  UPDATED_AT,
  N_PHOTOS,
  HAS_ATTACHMENTS,
  VERSION,
  EXTRA,
  LISTING,
};

#define COLUMNS \
  "id, title, description, status, priority, vendor_id, created_by, created_by_name, " \
  "assigned_to, assigned_to_name, store_name, address, city, state, zip_code, operation_id, " \
  "etag, created_at, updated_at, n_photos, has_attachments, version, extra"

enum {
  SQL_GET,
  SQL_ALL,
  SQL_PUT,
  SQL_REMOVE,
  SQL_SET_LISTING,
  SQL_UNLISTED,
  SQL_CLEAR,
  SQL_COUNT,
  SQL_VERSIONS,
  SQL_FORGET_VERSIONS,
};

static const char *const sql[] = {
  [SQL_GET] = "SELECT " COLUMNS " FROM job WHERE id = ?1",
  [SQL_ALL] = "SELECT " COLUMNS " FROM job",
  [SQL_PUT] = "INSERT INTO job (" COLUMNS ", listing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
              "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24) "
              "ON CONFLICT (id) DO UPDATE SET title = ?2, description = ?3, status = ?4, "
              "priority = ?5, vendor_id = ?6, created_by = ?7, created_by_name = ?8, "
              "assigned_to = ?9, assigned_to_name = ?10, store_name = ?11, address = ?12, "
              "city = ?13, state = ?14, zip_code = ?15, operation_id = ?16, etag = ?17, "
              "created_at = ?18, updated_at = ?19, n_photos = ?20, has_attachments = ?21, "
              "version = ?22, extra = ?23, listing = ?24",
  [SQL_REMOVE] = "DELETE FROM job WHERE id = ?1",
  [SQL_SET_LISTING] = "UPDATE job SET listing = ?2 WHERE id = ?1",
  [SQL_UNLISTED] = "SELECT id FROM job WHERE listing <> ?1",
  [SQL_CLEAR] = "DELETE FROM job",
  [SQL_COUNT] = "SELECT count(*) FROM job",
  [SQL_FORGET_VERSIONS] = "UPDATE job SET version = 0",
  [SQL_VERSIONS] = "SELECT id, version FROM job",
};

/* (transfer full) (nullable) */
static const RfiJobExtra *
read_extra (const char *text)
{
  g_autoptr(RfiPatch) values = text != NULL ? rfi_patch_from_text (text) : NULL;

  return values != NULL ? rfi_job_extra_apply (NULL, values) : NULL;
}

/* (transfer full) (nullable) */
static char *
write_extra (const RfiJobExtra *extra)
{
  g_autoptr(RfiPatch) values = NULL;

  if (extra == NULL)
    return NULL;

  values = rfi_patch_new ();
  for (guint i = RFI_N_CONTRACT_FIELDS; i < RFI_N_FIELDS; i++)
    rfi_patch_set (values, (RfiField) i, rfi_job_extra_get (extra, (RfiField) i));
  return rfi_patch_to_text (values);
}

static RfiJob *
read_row (sqlite3_stmt *row)
{
  const RfiJobExtra *extra = read_extra (rfi_db_text (row, EXTRA));
  RfiJob job = {
    .id = rfi_db_text (row, ID),
    .title = rfi_db_text (row, TITLE),
    .description = rfi_db_text (row, DESCRIPTION),
    .status = (RfiStatus) CLAMP (sqlite3_column_int (row, STATUS), 0, RFI_N_STATUSES - 1),
    .priority = (RfiPriority) CLAMP (sqlite3_column_int (row, PRIORITY), 0, RFI_N_PRIORITIES - 1),
    .tenant_id = rfi_db_text (row, VENDOR_ID),
    .vendor_id = rfi_db_text (row, VENDOR_ID),
    .created_by = rfi_db_text (row, CREATED_BY),
    .created_by_name = rfi_db_text (row, CREATED_BY_NAME),
    .assigned_to = rfi_db_text (row, ASSIGNED_TO),
    .assigned_to_name = rfi_db_text (row, ASSIGNED_TO_NAME),
    .store_name = rfi_db_text (row, STORE_NAME),
    .address = rfi_db_text (row, ADDRESS),
    .city = rfi_db_text (row, CITY),
    .state = rfi_db_text (row, STATE),
    .zip_code = rfi_db_text (row, ZIP_CODE),
    .operation_id = rfi_db_text (row, OPERATION_ID),
    .etag = rfi_db_text (row, ETAG),
    .created_at = sqlite3_column_int64 (row, CREATED_AT),
    .updated_at = sqlite3_column_int64 (row, UPDATED_AT),
    .n_photos = (guint) sqlite3_column_int (row, N_PHOTOS),
    .has_attachments = sqlite3_column_int (row, HAS_ATTACHMENTS) != 0,
    .version = sqlite3_column_int64 (row, VERSION),
    .extra = extra,
  };
  RfiJob *made = rfi_job_new (&job);

  if (extra != NULL)
    rfi_job_extra_unref (extra);
  return made;
}

RfiJob *
rfi_job_rows_get (RfiDb       *db,
                  const char  *job_id,
                  GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET], error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, job_id);
  return rfi_db_step (db, row, error) ? read_row (row) : NULL;
}

gboolean
rfi_job_rows_put (RfiDb   *db,
                  RfiJob  *job,
                  gint64   listing,
                  GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PUT], error);
  g_autofree char *extra = write_extra (job->extra);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, ID + 1, job->id);
  rfi_db_bind (row, TITLE + 1, job->title);
  rfi_db_bind (row, DESCRIPTION + 1, job->description);
  sqlite3_bind_int (row, STATUS + 1, (int) job->status);
  sqlite3_bind_int (row, PRIORITY + 1, (int) job->priority);
  rfi_db_bind (row, VENDOR_ID + 1, job->vendor_id);
  rfi_db_bind (row, CREATED_BY + 1, job->created_by);
  rfi_db_bind (row, CREATED_BY_NAME + 1, job->created_by_name);
  rfi_db_bind (row, ASSIGNED_TO + 1, job->assigned_to);
  rfi_db_bind (row, ASSIGNED_TO_NAME + 1, job->assigned_to_name);
  rfi_db_bind (row, STORE_NAME + 1, job->store_name);
  rfi_db_bind (row, ADDRESS + 1, job->address);
  rfi_db_bind (row, CITY + 1, job->city);
  rfi_db_bind (row, STATE + 1, job->state);
  rfi_db_bind (row, ZIP_CODE + 1, job->zip_code);
  rfi_db_bind (row, OPERATION_ID + 1, job->operation_id);
  rfi_db_bind (row, ETAG + 1, job->etag);
  sqlite3_bind_int64 (row, CREATED_AT + 1, job->created_at);
  sqlite3_bind_int64 (row, UPDATED_AT + 1, job->updated_at);
  sqlite3_bind_int (row, N_PHOTOS + 1, (int) job->n_photos);
  sqlite3_bind_int (row, HAS_ATTACHMENTS + 1, job->has_attachments);
  sqlite3_bind_int64 (row, VERSION + 1, job->version);
  rfi_db_bind (row, EXTRA + 1, extra);
  sqlite3_bind_int64 (row, LISTING + 1, listing);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_job_rows_remove (RfiDb       *db,
                     const char  *job_id,
                     GError     **error)
{
  return rfi_rows_run (db, sql[SQL_REMOVE], job_id, NULL, NULL, error) &&
         rfi_photo_rows_put (db, job_id, NULL, error);
}

gboolean
rfi_job_rows_set_listing (RfiDb       *db,
                          const char  *job_id,
                          gint64       listing,
                          GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SET_LISTING], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  sqlite3_bind_int64 (row, 2, listing);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_job_rows_foreach (RfiDb           *db,
                      RfiJobRowsFunc   func,
                      gpointer         user_data,
                      GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_ALL], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  while (rfi_db_step (db, row, &step_error))
    func (read_row (row), user_data);

  if (step_error == NULL)
    return TRUE;

  g_propagate_error (error, step_error);
  return FALSE;
}

GPtrArray *
rfi_job_rows_list_unlisted (RfiDb   *db,
                            gint64   listing,
                            GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_UNLISTED], error);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  sqlite3_bind_int64 (row, 1, listing);
  while (rfi_db_step (db, row, &step_error))
    g_ptr_array_add (ids, g_strdup (rfi_db_text (row, 0)));

  if (step_error == NULL)
    return g_steal_pointer (&ids);

  g_propagate_error (error, step_error);
  return NULL;
}

gboolean
rfi_job_rows_clear (RfiDb   *db,
                    GError **error)
{
  return rfi_rows_run (db, sql[SQL_CLEAR], NULL, NULL, NULL, error);
}

/* @n_jobs: (out) */
gboolean
rfi_job_rows_count (RfiDb   *db,
                    gint64  *n_jobs,
                    GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_COUNT], error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  *n_jobs = sqlite3_column_int64 (row, 0);
  return TRUE;
}

/* @n_jobs, @sum: (out) */
gboolean
rfi_job_rows_add_up (RfiDb    *db,
                     gint64   *n_jobs,
                     guint64  *sum,
                     GError  **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_VERSIONS], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  *n_jobs = 0;
  *sum = 0;
  while (rfi_db_step (db, row, &step_error))
    {
      (*n_jobs)++;
      *sum += rfi_scope_sum_row (rfi_db_text (row, 0), sqlite3_column_int64 (row, 1));
    }

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

gboolean
rfi_job_rows_forget_versions (RfiDb   *db,
                              GError **error)
{
  return rfi_rows_run (db, sql[SQL_FORGET_VERSIONS], NULL, NULL, NULL, error);
}
