/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-rows"

#include "config.h"

#include "rfi-photo.h"
#include "rfi-store-steps.h"

/* The order of what is sealed: it is only ever added to. */
enum {
  FILE_NAME,
  URL,
  N_VALUES,
};

enum {
  SQL_LIST,
  SQL_REMOVE,
  SQL_ADD,
  SQL_CLEAR,
};

static const char *const sql[] = {
  [SQL_LIST] = "SELECT id, mime_type, size, uploaded_by, uploaded_at, sealed "
               "FROM photo WHERE job_id = ?1 ORDER BY position",
  [SQL_REMOVE] = "DELETE FROM photo WHERE job_id = ?1",
  [SQL_ADD] = "INSERT INTO photo (job_id, position, id, mime_type, size, uploaded_by, "
              "uploaded_at, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [SQL_CLEAR] = "DELETE FROM photo",
};

static gboolean
add_row (RfiDb       *db,
         const char  *job_id,
         guint        position,
         RfiPhoto    *photo,
         GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_ADD], error);
  /* Bound to the job: that is what is asked for anew. */
  RfiSealPlace place = { RFI_ROWS_PHOTO, job_id, position };
  const char *values[N_VALUES] = { [FILE_NAME] = photo->file_name, [URL] = photo->url };

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  sqlite3_bind_int64 (row, 2, position);
  rfi_db_bind (row, 3, photo->id);
  rfi_db_bind (row, 4, photo->mime_type != NULL ? photo->mime_type : "");
  sqlite3_bind_int64 (row, 5, photo->size);
  rfi_db_bind (row, 6, photo->uploaded_by != NULL ? photo->uploaded_by : "");
  sqlite3_bind_int64 (row, 7, photo->uploaded_at);
  rfi_row_seal_bind (db, row, 8, &place, values, N_VALUES);
  return rfi_db_finish (db, row, error);
}

/* @photos: (nullable): %NULL takes all out */
gboolean
rfi_photo_rows_put (RfiDb       *db,
                    const char  *job_id,
                    GPtrArray   *photos,
                    GError     **error)
{
  if (!rfi_rows_run (db, sql[SQL_REMOVE], job_id, NULL, NULL, error))
    return FALSE;

  for (guint i = 0; photos != NULL && i < photos->len; i++)
    if (!add_row (db, job_id, i, g_ptr_array_index (photos, i), error))
      return FALSE;

  return TRUE;
}

GPtrArray *
rfi_photo_rows_list (RfiDb       *db,
                     const char  *job_id,
                     GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_LIST], error);
  g_autoptr(GPtrArray) photos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);
  RfiSealPlace place = { RFI_ROWS_PHOTO, job_id, 0 };
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, job_id);
  for (; rfi_db_step (db, row, &step_error); place.version++)
    {
      RfiPhoto photo = {
        .id = (char *) rfi_db_text (row, 0),
        .mime_type = (char *) rfi_db_text (row, 1),
        .size = sqlite3_column_int64 (row, 2),
        .uploaded_by = (char *) rfi_db_text (row, 3),
        .uploaded_at = sqlite3_column_int64 (row, 4),
      };
      const char *values[N_VALUES];

      if (!rfi_row_seal_read (db, row, 5, &place, values, N_VALUES))
        continue;

      photo.file_name = (char *) (values[FILE_NAME] != NULL ? values[FILE_NAME] : "");
      photo.url = (char *) values[URL];
      g_ptr_array_add (photos, rfi_photo_new (&photo));
    }

  if (step_error == NULL)
    return g_steal_pointer (&photos);

  g_propagate_error (error, step_error);
  return NULL;
}

gboolean
rfi_photo_rows_clear (RfiDb   *db,
                      GError **error)
{
  return rfi_rows_run (db, sql[SQL_CLEAR], NULL, NULL, NULL, error);
}
