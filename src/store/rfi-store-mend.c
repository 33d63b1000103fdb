/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-mend"

#include "config.h"

#include "rfi-letter-rows.h"
#include "rfi-signed-operation.h"
#include "rfi-store-outbox.h"
#include "rfi-store-seal.h"
#include "rfi-store-steps.h"
#include "rfi-told-rows.h"

enum {
  SQL_DROP_JOB,
  SQL_DROP_PHOTOS,
  SQL_DOUBT_JOB,
  SQL_ASK_AGAIN,
  SQL_FREE_OPERATION,
  SQL_DROP_CONFLICT,
  SQL_EMPTY_AUDIT,
  SQL_DROP_PERSON,
};

static const char *const sql[] = {
  [SQL_DROP_JOB] = "DELETE FROM job WHERE id = ?1",
  [SQL_DROP_PHOTOS] = "DELETE FROM photo WHERE job_id = ?1",
  /* So that the same version of the row is taken again, with its photos. */
  [SQL_DOUBT_JOB] = "UPDATE job SET etag = NULL WHERE id = ?1",
  /* The server answers the same number the same way. */
  [SQL_ASK_AGAIN] = "UPDATE letter SET state = 2 WHERE state = 4 AND "
                    "operation_id = (SELECT operation_id FROM conflict WHERE id = ?1)",
  [SQL_FREE_OPERATION] = "UPDATE outbox SET state = 0 "
                         "WHERE id = (SELECT operation_id FROM conflict WHERE id = ?1)",
  [SQL_DROP_CONFLICT] = "DELETE FROM conflict WHERE id = ?1",
  [SQL_EMPTY_AUDIT] = "UPDATE audit SET sealed = NULL WHERE id = ?1",
  [SQL_DROP_PERSON] = "DELETE FROM person WHERE id = ?1",
};

G_STATIC_ASSERT (RFI_OPERATION_QUEUED == 0);
G_STATIC_ASSERT (RFI_LETTER_SENT == 2 && RFI_LETTER_DONE == 4);

/* As after the cache was cleared: a pull that is under way must not hide what is asked for. */
static gboolean
ask_for_all (RfiDb   *db,
             GError **error)
{
  g_autofree char *listing =
    g_strdup_printf ("%" G_GINT64_FORMAT, rfi_meta_rows_get_listing (db));

  return rfi_meta_rows_set (db, RFI_META_CLEARED, listing, error) &&
         rfi_meta_rows_set (db, RFI_META_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_SNAPSHOT, NULL, error);
}

static gboolean
run (RfiDb       *db,
     guint        statement,
     const char  *id,
     GError     **error)
{
  return rfi_rows_run (db, sql[statement], id, NULL, NULL, error);
}

/* Whether it is there and opens by now: it may have been written anew since it was found.
 * @healthy: (out) */
static gboolean
look_again (RfiDb               *db,
            const RfiBrokenRow  *row,
            gboolean            *healthy,
            GError             **error)
{
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiLetter) letter = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  g_autofree char *told = NULL;
  GError *read_error = NULL;

  if (g_str_equal (row->table, RFI_ROWS_JOB))
    job = rfi_job_rows_get (db, row->id, &read_error);
  else if (g_str_equal (row->table, RFI_ROWS_LETTER))
    letter = rfi_letter_rows_get (db, row->id, &read_error);
  else if (g_str_equal (row->table, RFI_ROWS_OUTBOX))
    operation = rfi_outbox_rows_get (db, row->id, &read_error);
  else if (g_str_equal (row->table, RFI_ROWS_TOLD))
    told = rfi_told_rows_get (db, row->id, &read_error);

  *healthy = job != NULL || letter != NULL || operation != NULL || told != NULL;
  if (g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    g_clear_error (&read_error);
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  return read_error == NULL;
}

/* What was signed says it all once more. */
static gboolean
mend_operation (RfiDb       *db,
                const char  *operation_id,
                GError     **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation_id, &read_error);
  g_autoptr(RfiSignedOperation) said = NULL;

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (letter != NULL)
    said = rfi_signed_operation_decode (letter->body, -1, NULL);
  return said != NULL
           ? rfi_outbox_rows_mend (db, operation_id, said->patch, said->before, error)
           : rfi_outbox_rows_set_lost (db, operation_id, error);
}

static gboolean
mend_row (RfiDb               *db,
          const RfiBrokenRow  *row,
          GError             **error)
{
  gboolean healthy;

  /* Nothing can be done about a row that has lost its name. */
  if (row->id == NULL || *row->id == '\0')
    {
      g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "A row without a name");
      return FALSE;
    }

  if (!look_again (db, row, &healthy, error))
    return FALSE;
  if (healthy)
    return TRUE;

  if (g_str_equal (row->table, RFI_ROWS_JOB))
    return run (db, SQL_DROP_JOB, row->id, error) && ask_for_all (db, error);
  if (g_str_equal (row->table, RFI_ROWS_PHOTO))
    return run (db, SQL_DROP_PHOTOS, row->id, error) && run (db, SQL_DOUBT_JOB, row->id, error) &&
           ask_for_all (db, error);
  if (g_str_equal (row->table, RFI_ROWS_CONFLICT))
    return run (db, SQL_ASK_AGAIN, row->id, error) &&
           run (db, SQL_FREE_OPERATION, row->id, error) &&
           run (db, SQL_DROP_CONFLICT, row->id, error);
  if (g_str_equal (row->table, RFI_ROWS_OUTBOX))
    return mend_operation (db, row->id, error);
  /* The operation takes another number; the gap it leaves ends the epoch. */
  if (g_str_equal (row->table, RFI_ROWS_LETTER))
    return rfi_letter_rows_remove (db, row->id, error);
  if (g_str_equal (row->table, RFI_ROWS_AUDIT))
    return run (db, SQL_EMPTY_AUDIT, row->id, error);
  if (g_str_equal (row->table, RFI_ROWS_TOLD))
    return rfi_told_rows_drop (db, row->id, error);

  return run (db, SQL_DROP_PERSON, row->id, error);
}

/* Looking again finds again. */
static void
forget_broken (RfiDb *db)
{
  GPtrArray *again = rfi_row_seal_take_broken (db);

  g_clear_pointer (&again, g_ptr_array_unref);
}

gboolean
rfi_store_mend (RfiDb *db)
{
  g_autoptr(GPtrArray) broken = rfi_row_seal_take_broken (db);
  g_autoptr(GError) error = NULL;
  gboolean mended;

  if (broken == NULL)
    return TRUE;

  mended = rfi_db_begin (db, &error);
  for (guint i = 0; mended && i < broken->len; i++)
    mended = mend_row (db, g_ptr_array_index (broken, i), &error);
  forget_broken (db);
  if (mended && rfi_db_commit (db, &error))
    return TRUE;

  /* They are found again when they are read the next time. */
  rfi_db_rollback (db);
  if (g_error_matches (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED))
    return FALSE;

  g_warning ("%u broken rows are not asked for yet: %s", broken->len, error->message);
  return TRUE;
}
