/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-photos"

#include "config.h"

#include "rfi-server-photos.h"

#define COLUMNS "id, file_name, mime_type, size, uploaded_by, uploaded_at"

enum {
  COLUMN_ID,
  COLUMN_FILE_NAME,
  COLUMN_MIME_TYPE,
  COLUMN_SIZE,
  COLUMN_UPLOADED_BY,
  COLUMN_UPLOADED_AT,
  COLUMN_JOB_ID,
};

static const char list_sql[] =
  "SELECT " COLUMNS " FROM photo WHERE job_id = ?1 ORDER BY position";

static const char insert_sql[] =
  "INSERT INTO photo (" COLUMNS ", job_id, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
  " (SELECT coalesce (max (position), 0) + 1 FROM photo WHERE job_id = ?7))";

static const char delete_sql[] = "DELETE FROM photo WHERE id = ?1";

GPtrArray *
rfi_server_photos_list (RfiDb  *db,
                        const char    *job_id,
                        GError       **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, list_sql, error);
  g_autoptr(GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, job_id);
  while (rfi_db_step (db, row, &step_error))
    {
      RfiPhoto template = {
        .id = (char *) rfi_db_text (row, COLUMN_ID),
        .file_name = (char *) rfi_db_text (row, COLUMN_FILE_NAME),
        .mime_type = (char *) rfi_db_text (row, COLUMN_MIME_TYPE),
        .size = sqlite3_column_int64 (row, COLUMN_SIZE),
        .uploaded_by = (char *) rfi_db_text (row, COLUMN_UPLOADED_BY),
        .uploaded_at = sqlite3_column_int64 (row, COLUMN_UPLOADED_AT),
      };

      g_ptr_array_add (photos, rfi_photo_new (&template));
    }

  if (step_error == NULL)
    return g_steal_pointer (&photos);

  g_propagate_error (error, step_error);
  return NULL;
}

gboolean
rfi_server_photos_insert (RfiDb    *db,
                          const char      *job_id,
                          const RfiPhoto  *photo,
                          GError         **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, COLUMN_ID + 1, photo->id);
  rfi_db_bind (statement, COLUMN_FILE_NAME + 1, photo->file_name);
  rfi_db_bind (statement, COLUMN_MIME_TYPE + 1, photo->mime_type);
  sqlite3_bind_int64 (statement, COLUMN_SIZE + 1, photo->size);
  rfi_db_bind (statement, COLUMN_UPLOADED_BY + 1, photo->uploaded_by);
  sqlite3_bind_int64 (statement, COLUMN_UPLOADED_AT + 1, photo->uploaded_at);
  rfi_db_bind (statement, COLUMN_JOB_ID + 1, job_id);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_photos_delete (RfiDb  *db,
                          const char    *id,
                          GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, delete_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, id);
  return rfi_db_finish (db, statement, error);
}
