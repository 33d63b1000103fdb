/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-rows"

#include "config.h"

#include "rfi-scope-sum.h"
#include "rfi-store-steps.h"

#define TABLE RFI_ROWS_JOB

/* The order of columns in every statement that reads or writes whole rows. */
enum {
  ID,
  STATUS,
  PRIORITY,
  VENDOR_ID,
  CREATED_BY,
  ASSIGNED_TO,
  OPERATION_ID,
  ETAG,
  CREATED_AT,
  UPDATED_AT,
  N_PHOTOS,
  HAS_ATTACHMENTS,
  VERSION,
  SEALED,
  STATUS_AT,
  LISTING,
};

/* The order of what is sealed: it is only ever added to. */
enum {
  TITLE,
  DESCRIPTION,
  CREATED_BY_NAME,
  ASSIGNED_TO_NAME,
  STORE_NAME,
  ADDRESS,
  CITY,
  STATE,
  ZIP_CODE,
  FIRST_EXTRA,  /* of those beyond the contract's, in their order */
  N_VALUES = FIRST_EXTRA + RFI_N_EXTRA_FIELDS,
};

#define COLUMNS \
  "id, status, priority, vendor_id, created_by, assigned_to, operation_id, etag, created_at, " \
  "updated_at, n_photos, has_attachments, version, sealed, status_at"

#define ADD \
  "INSERT INTO job (" COLUMNS ", listing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, " \
  "?12, ?13, ?14, ?15, ?16) ON CONFLICT (id) DO NOTHING"

enum {
  SQL_GET,
  SQL_ALL,
  SQL_OUTLINE,
  SQL_AT,
  SQL_SET,
  SQL_ADD,
  SQL_FIRST_LISTED,
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
  [SQL_OUTLINE] = "SELECT rowid, status, priority, created_at, updated_at FROM job",
  [SQL_AT] = "SELECT " COLUMNS " FROM job WHERE rowid = ?1",
  [SQL_SET] = "UPDATE job SET status = ?2, priority = ?3, vendor_id = ?4, "
              "created_by = ?5, assigned_to = ?6, operation_id = ?7, etag = ?8, "
              "created_at = ?9, updated_at = ?10, n_photos = ?11, has_attachments = ?12, "
              "version = ?13, sealed = ?14, status_at = ?15, listing = ?16 WHERE id = ?1",
  [SQL_ADD] = ADD,
  [SQL_FIRST_LISTED] = "SELECT listing = ?1 FROM job ORDER BY rowid LIMIT 1",
  [SQL_REMOVE] = "DELETE FROM job WHERE id = ?1",
  [SQL_SET_LISTING] = "UPDATE job SET listing = ?2 WHERE id = ?1",
  [SQL_UNLISTED] = "SELECT id FROM job WHERE listing <> ?1",
  [SQL_CLEAR] = "DELETE FROM job",
  [SQL_COUNT] = "SELECT count(*) FROM job",
  /* They stay legible, as rows are sealed with them. */
  [SQL_FORGET_VERSIONS] = "UPDATE job SET version = -version WHERE version > 0",
  [SQL_VERSIONS] = "SELECT id, version FROM job",
};

/* (transfer full) (nullable): %NULL for one whose seal is broken */
static RfiJob *
read_row (RfiDb        *db,
          sqlite3_stmt *row)
{
  const char *values[N_VALUES];
  gint64 version = sqlite3_column_int64 (row, VERSION);
  RfiSealPlace place = { TABLE, rfi_db_text (row, ID), ABS (version) };
  const RfiJobExtra *fields, *extra;
  RfiJob *made;
  RfiJob job = {
    .id = place.id,
    .status = (RfiStatus) CLAMP (sqlite3_column_int (row, STATUS), 0, RFI_N_STATUSES - 1),
    .priority = (RfiPriority) CLAMP (sqlite3_column_int (row, PRIORITY), 0, RFI_N_PRIORITIES - 1),
    .vendor_id = rfi_db_text (row, VENDOR_ID),
    .created_by = rfi_db_text (row, CREATED_BY),
    .assigned_to = rfi_db_text (row, ASSIGNED_TO),
    .etag = rfi_etag (rfi_db_text (row, ETAG)),
    .created_at = sqlite3_column_int64 (row, CREATED_AT),
    .updated_at = sqlite3_column_int64 (row, UPDATED_AT),
    .n_photos = (guint) sqlite3_column_int (row, N_PHOTOS),
    .has_attachments = sqlite3_column_int (row, HAS_ATTACHMENTS) != 0,
    .version = (guint32) CLAMP (version, 0, G_MAXUINT32),
    .status_at = rfi_job_keep_status_at (sqlite3_column_int64 (row, STATUS_AT)),
  };

  if (!rfi_row_seal_read (db, row, SEALED, &place, values, N_VALUES))
    return NULL;

  job.title = values[TITLE];
  job.description = values[DESCRIPTION];
  job.created_by_name = values[CREATED_BY_NAME];
  job.assigned_to_name = values[ASSIGNED_TO_NAME];
  job.store_name = values[STORE_NAME];
  job.address = values[ADDRESS];
  job.city = values[CITY];
  job.state = values[STATE];
  job.zip_code = values[ZIP_CODE];
  fields = rfi_job_extra_new (values + FIRST_EXTRA);
  job.extra = extra = rfi_job_extra_with_operation (fields, rfi_db_text (row, OPERATION_ID));
  made = rfi_job_new (&job);
  g_clear_pointer (&extra, rfi_job_extra_unref);
  g_clear_pointer (&fields, rfi_job_extra_unref);
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
  return rfi_db_step (db, row, error) ? read_row (db, row) : NULL;
}

static gboolean
write_row (RfiDb       *db,
           guint        statement,
           RfiJob      *job,
           gint64       listing,
           GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[statement], error);
  RfiSealPlace place = { TABLE, job->id, job->version };
  g_autoptr(GString) extra = job->extra != NULL ? g_string_new (NULL) : NULL;
  guint n_values = FIRST_EXTRA;
  const char *values[N_VALUES] = {
    [TITLE] = job->title,
    [DESCRIPTION] = job->description,
    [CREATED_BY_NAME] = job->created_by_name,
    [ASSIGNED_TO_NAME] = job->assigned_to_name,
    [STORE_NAME] = job->store_name,
    [ADDRESS] = job->address,
    [CITY] = job->city,
    [STATE] = job->state,
    [ZIP_CODE] = job->zip_code,
  };

  if (job->extra != NULL)
    {
      rfi_job_extra_read (job->extra, extra, values + FIRST_EXTRA);
      n_values = N_VALUES;
    }

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, ID + 1, job->id);
  sqlite3_bind_int (row, STATUS + 1, (int) job->status);
  sqlite3_bind_int (row, PRIORITY + 1, (int) job->priority);
  rfi_db_bind (row, VENDOR_ID + 1, job->vendor_id);
  rfi_db_bind (row, CREATED_BY + 1, job->created_by);
  rfi_db_bind (row, ASSIGNED_TO + 1, job->assigned_to);
  rfi_db_bind (row, OPERATION_ID + 1, rfi_job_extra_get_operation (job->extra));
  rfi_db_bind (row, ETAG + 1, RFI_ETAG_TEXT (job->etag));
  sqlite3_bind_int64 (row, CREATED_AT + 1, job->created_at);
  sqlite3_bind_int64 (row, UPDATED_AT + 1, job->updated_at);
  sqlite3_bind_int (row, N_PHOTOS + 1, (int) job->n_photos);
  sqlite3_bind_int (row, HAS_ATTACHMENTS + 1, job->has_attachments);
  sqlite3_bind_int64 (row, VERSION + 1, job->version);
  rfi_row_seal_bind (db, row, SEALED + 1, &place, values, n_values);
  sqlite3_bind_int64 (row, STATUS_AT + 1, job->status_at);
  sqlite3_bind_int64 (row, LISTING + 1, listing);
  return rfi_db_finish (db, row, error);
}

/* Most are here: then this is half of what one statement takes that first tries to add it. */
gboolean
rfi_job_rows_put (RfiDb   *db,
                  RfiJob  *job,
                  gint64   listing,
                  GError **error)
{
  if (!write_row (db, SQL_SET, job, listing, error))
    return FALSE;

  return rfi_db_changes (db) > 0 || write_row (db, SQL_ADD, job, listing, error);
}

gboolean
rfi_job_rows_add (RfiDb     *db,
                  RfiJob    *job,
                  gint64     listing,
                  gboolean  *added,
                  GError   **error)
{
  if (!write_row (db, SQL_ADD, job, listing, error))
    return FALSE;

  *added = rfi_db_changes (db) > 0;
  return TRUE;
}

gboolean
rfi_job_rows_is_first_listed (RfiDb     *db,
                              gint64     listing,
                              gboolean  *listed,
                              GError   **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_FIRST_LISTED], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, listing);
  *listed = !rfi_db_step (db, row, &step_error) || sqlite3_column_int (row, 0) != 0;
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
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
    {
      RfiJob *job = read_row (db, row);

      if (job != NULL)
        func (job, user_data);
    }

  if (step_error == NULL)
    return TRUE;

  g_propagate_error (error, step_error);
  return FALSE;
}

/* The first of one status, in order: the key decides, the place in the table says which row. */
typedef struct
{
  guint64 key;
  gint64  at;
} First;

typedef struct
{
  GArray *of[RFI_N_STATUSES];  /* (owned) (element-type First) */
  guint   n_each;
} Firsts;

static void
firsts_clear (Firsts *self)
{
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    g_array_unref (self->of[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Firsts, firsts_clear)

static void
firsts_init (Firsts *self,
             guint   n_each)
{
  self->n_each = n_each;
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    self->of[i] = g_array_sized_new (FALSE, FALSE, sizeof (First), n_each + 1);
}

static void
firsts_add (Firsts    *self,
            RfiStatus  status,
            First      first)
{
  GArray *of = self->of[status];
  guint place = of->len;

  while (place > 0 && first.key < g_array_index (of, First, place - 1).key)
    place--;
  if (place == self->n_each)
    return;

  g_array_insert_val (of, place, first);
  if (of->len > self->n_each)
    g_array_set_size (of, self->n_each);
}

/* What stands in the open is enough to know which rows to open. */
static gboolean
find_firsts (RfiDb   *db,
             Firsts  *firsts,
             GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_OUTLINE], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  while (rfi_db_step (db, row, &step_error))
    {
      RfiStatus status = (RfiStatus) CLAMP (sqlite3_column_int (row, 1), 0, RFI_N_STATUSES - 1);
      guint64 priority = (guint64) CLAMP (sqlite3_column_int (row, 2), 0, RFI_N_PRIORITIES - 1);
      guint64 key = rfi_status_is_final (status)
                      ? G_MAXUINT64 - (guint64) sqlite3_column_int64 (row, 4)
                      : (RFI_N_PRIORITIES - priority) << 60 |
                          (guint64) MAX (sqlite3_column_int64 (row, 3), 0);

      firsts_add (firsts, status, (First) { key, sqlite3_column_int64 (row, 0) });
    }

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

static gboolean
read_at (RfiDb           *db,
         gint64           at,
         RfiJobRowsFunc   func,
         gpointer         user_data,
         GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_AT], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, at);
  if (rfi_db_step (db, row, &step_error))
    {
      RfiJob *job = read_row (db, row);

      if (job != NULL)
        func (job, user_data);
    }

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

gboolean
rfi_job_rows_foreach_first (RfiDb           *db,
                            guint            n_each,
                            RfiJobRowsFunc   func,
                            gpointer         user_data,
                            GError         **error)
{
  g_auto(Firsts) firsts = { 0 };

  firsts_init (&firsts, n_each);
  if (!find_firsts (db, &firsts, error))
    return FALSE;

  for (guint status = 0; status < RFI_N_STATUSES; status++)
    for (guint i = 0; i < firsts.of[status]->len; i++)
      if (!read_at (db, g_array_index (firsts.of[status], First, i).at, func, user_data, error))
        return FALSE;

  return TRUE;
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
      *sum += rfi_scope_sum_row (rfi_db_text (row, 0), MAX (sqlite3_column_int64 (row, 1), 0));
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
