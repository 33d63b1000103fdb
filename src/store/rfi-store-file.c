/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-file"

#include "config.h"

#include "rfi-store-file.h"

#include "rfi-bug.h"
#include "rfi-db-files.h"
#include "rfi-letter-rows.h"
#include "rfi-store-seal.h"
#include "rfi-store-steps.h"

#include <errno.h>

#define MIGRATIONS "/com/retailfixit/Dispatch/sql/console"
#define SUSPECT ".suspect"

/* A new file while what can be saved is written into it, and once it has all of it. */
#define RECOVERING ".recovering"
#define RECOVERED ".recovered"

int
rfi_store_file_lock (const char  *path,
                     GError     **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int lock = rfi_db_files_get ()->lock (lock_path);

  if (lock < 0 && errno == EWOULDBLOCK)
    g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_IN_USE, "%s is locked", lock_path);
  else if (lock < 0)
    g_set_error (error, RFI_STORE_ERROR,
                 errno == ENOSPC ? RFI_STORE_ERROR_FULL : RFI_STORE_ERROR_DENIED, "%s: %s",
                 lock_path, g_strerror (errno));
  return lock;
}

void
rfi_store_file_unlock (int lock)
{
  rfi_db_files_get ()->unlock (lock);
}

void
rfi_store_file_suspect (const char *path)
{
  g_autofree char *mark = g_strconcat (path, SUSPECT, NULL);

  if (rfi_db_files_get ()->touch (mark) != 0)
    g_debug ("%s: %s", mark, g_strerror (errno));
}

void
rfi_store_file_blame (const char   *path,
                      const GError *error)
{
  if (g_error_matches (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED) ||
      g_error_matches (error, RFI_DB_ERROR, RFI_DB_ERROR_IO))
    rfi_store_file_suspect (path);
}

/* A file that failed a call has its mark. */
static gboolean
is_marked (const char *path)
{
  g_autofree char *mark = g_strconcat (path, SUSPECT, NULL);

  return rfi_db_files_get ()->exists (mark);
}

/* One that was not closed well left its log behind, too. */
static gboolean
is_doubtful (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return is_marked (path) || rfi_db_files_get ()->exists (log);
}

/* @thoroughly: with what the indexes say. Else a row whose end is gone looks sound, and fails only
 * when it is written */
static gboolean
check (RfiDb     *db,
       gboolean   thoroughly,
       GError   **error)
{
  static const char quick_sql[] = "PRAGMA quick_check(1)";
  static const char thorough_sql[] = "PRAGMA integrity_check(1)";
  RFI_DB_KEPT row = rfi_db_prepare (db, thoroughly ? thorough_sql : quick_sql, error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;
  if (rfi_db_step (db, row, &step_error) && g_strcmp0 (rfi_db_text (row, 0), "ok") == 0)
    return TRUE;

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  else
    g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "The file fails its check");
  return FALSE;
}

/* Only a doubtful file is worth the time to read all of it. */
static RfiDb *
open_sound (const char  *path,
            GError     **error)
{
  gboolean doubtful = is_doubtful (path);
  RfiDb *db = rfi_db_open (path, TRUE, MIGRATIONS, error);
  g_autofree char *mark = g_strconcat (path, SUSPECT, NULL);

  if (db == NULL || !doubtful)
    return db;

  if (check (db, is_marked (path), error))
    {
      rfi_db_files_get ()->remove (mark);
      return db;
    }

  /* Closing takes the log away. If it cannot be mended now, or not even be looked at, the next
   * start has to know. */
  rfi_store_file_suspect (path);
  rfi_db_close (db, NULL);
  return NULL;
}

/* What no server brings back also has to make sense, which no check of the database asks: else what
 * cannot be read is found only in use, at every start. It is little, and read soon anyway. */
static gboolean
check_sense (RfiDb   *db,
             GError **error)
{
  g_auto(RfiIdentity) identity = { 0 };
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GPtrArray) letters = NULL;
  GError *read_error = NULL;

  rfi_identity_rows_get (db, &identity, &read_error);
  if (read_error == NULL)
    outbox = rfi_outbox_rows_list (db, NULL, &read_error);
  if (read_error == NULL)
    conflicts = rfi_conflict_rows_list (db, NULL, &read_error);
  if (read_error == NULL)
    letters = rfi_letter_rows_list (db, &read_error);
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  return read_error == NULL;
}

static RfiDb *
open_sealed (const char  *path,
             RfiSeal     *seal,
             GError     **error)
{
  RfiDb *db = open_sound (path, error);
  GError *sense_error = NULL;

  if (db == NULL)
    return NULL;

  if (rfi_store_seal_begin (db, seal, error))
    {
      if (check_sense (db, &sense_error))
        return db;
      rfi_store_file_blame (path, sense_error);
      g_propagate_error (error, sense_error);
    }

  rfi_db_close (db, NULL);
  return NULL;
}

/* Returns: how many operations were saved from the damaged file */
static int
salvage (RfiDb      *db,
         const char *damaged,
         RfiSeal    *seal)
{
  RfiDb *old = rfi_db_open (damaged, FALSE, NULL, NULL);
  int n = 0;

  if (old == NULL)
    return 0;

  if (rfi_row_seal_attach (old, seal, NULL))
    n = rfi_outbox_rows_salvage (old, db);
  rfi_db_close (old, NULL);
  return n;
}

static gboolean
set_aside (const char  *path,
           const char  *aside,
           GError     **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", SUSPECT };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (rfi_db_files_get ()->rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_DENIED, "%s: %s", from,
                       g_strerror (errno));
          return FALSE;
        }
    }

  return TRUE;
}

/* Makes a new file with what can be saved from the damaged one, and only then gives it another
 * name: whenever the power fails, one of the two is whole. */
static gboolean
rescue (const char  *path,
        RfiSeal     *seal,
        GError     **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *fresh = g_strconcat (path, RECOVERING, NULL);
  g_autofree char *done = g_strconcat (path, RECOVERED, NULL);
  RfiDb *db;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *left = g_strconcat (fresh, suffixes[i], NULL);

      rfi_db_files_get ()->remove (left);
    }

  db = open_sealed (fresh, seal, error);
  if (db == NULL)
    return FALSE;

  if (!RFI_BUG (37))
    salvage (db, path, seal);
  if (!rfi_db_checkpoint (db, TRUE, error))
    {
      rfi_db_close (db, NULL);
      return FALSE;
    }
  if (!rfi_db_close (db, error))
    return FALSE;
  if (rfi_db_files_get ()->rename (fresh, done) == 0)
    return TRUE;

  g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_DENIED, "%s: %s", fresh,
               g_strerror (errno));
  return FALSE;
}

/* A damaged file is never deleted: somebody may still get something out of it. */
static gboolean
swap (const char  *path,
      GError     **error)
{
  g_autofree char *done = g_strconcat (path, RECOVERED, NULL);
  g_autofree char *aside =
    g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, g_get_real_time () / 1000);

  if (!set_aside (path, aside, error))
    return FALSE;
  if (rfi_db_files_get ()->rename (done, path) == 0)
    return TRUE;

  g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_DENIED, "%s: %s", done,
               g_strerror (errno));
  return FALSE;
}

/* @recovered: (out): the operations in it */
static RfiDb *
open_recovered (const char  *path,
                RfiSeal     *seal,
                int         *recovered,
                GError     **error)
{
  static const char sql[] = "SELECT count(*) FROM outbox";
  RfiDb *db = swap (path, error) ? open_sealed (path, seal, error) : NULL;
  RFI_DB_KEPT row = db != NULL ? rfi_db_prepare (db, sql, NULL) : NULL;

  if (row != NULL && rfi_db_step (db, row, NULL))
    *recovered = sqlite3_column_int (row, 0);
  return db;
}

/* How many operations wait in a file that cannot be read, but for those that the server has. */
static int
count_pending (const char *path)
{
  static const char sql[] = "SELECT count(*) FROM outbox WHERE state <> 3";
  RfiDb *db = rfi_db_open (path, FALSE, NULL, NULL);
  sqlite3_stmt *row = db != NULL ? rfi_db_prepare (db, sql, NULL) : NULL;
  int n = 0;

  if (row != NULL && rfi_db_step (db, row, NULL))
    n = sqlite3_column_int (row, 0);
  if (db != NULL)
    rfi_db_close (db, NULL);
  return n;
}

G_STATIC_ASSERT (RFI_OPERATION_ACCEPTED == 3);

/* Nor one whose key is lost: the key may turn up again. */
static RfiDb *
start_anew (const char  *path,
            RfiSeal     *seal,
            int         *lost,
            GError     **error)
{
  g_autofree char *aside =
    g_strdup_printf ("%s.locked-%" G_GINT64_FORMAT, path, g_get_real_time () / 1000);
  RfiDb *db;

  if (!set_aside (path, aside, error))
    return NULL;

  db = open_sealed (path, seal, error);
  if (db != NULL)
    *lost = count_pending (aside);
  return db;
}

RfiDb *
rfi_store_file_open (const char  *path,
                     RfiSeal     *seal,
                     int         *recovered,
                     int         *lost,
                     GError     **error)
{
  g_autofree char *done = g_strconcat (path, RECOVERED, NULL);
  GError *open_error = NULL;
  RfiDb *db;

  *recovered = -1;
  *lost = -1;
  /* The power failed while it was to take its place. */
  if (rfi_db_files_get ()->exists (done))
    return open_recovered (path, seal, recovered, error);

  db = open_sealed (path, seal, &open_error);
  if (g_error_matches (open_error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED) ||
      (RFI_BUG (37) && open_error != NULL))
    {
      g_debug ("%s: %s", path, open_error->message);
      g_clear_error (&open_error);
      db = rescue (path, seal, &open_error) ? open_recovered (path, seal, recovered, &open_error)
                                            : NULL;
    }
  else if (g_error_matches (open_error, RFI_STORE_ERROR, RFI_STORE_ERROR_KEY))
    {
      g_clear_error (&open_error);
      db = start_anew (path, seal, lost, &open_error);
    }
  if (db == NULL)
    g_propagate_error (error, open_error);
  return db;
}
