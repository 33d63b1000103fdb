/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-db"

#include "config.h"

#include "rfi-db.h"

#include "rfi-db-files.h"

#include <stdlib.h>

#define BUSY_TIMEOUT 5000

/* Checkpoints run when nobody writes; this many pages are the most a busy log may grow to
 * before one runs inside a commit. */
#define MAX_LOG_PAGES "32768"

static const char begin_sql[] = "BEGIN IMMEDIATE";
static const char commit_sql[] = "COMMIT";

struct _RfiDb
{
  sqlite3    *db;
  GHashTable *statements;  /* (owned) text's address → sqlite3_stmt */

  gboolean       hasty;    /* commits do not wait for the disk */
  gboolean       began;    /* by rfi_db_begin(), and not ended */
  gpointer       data;     /* (owned) (nullable): the owner's */
  GDestroyNotify destroy;
};

static void
set_error (RfiDb   *self,
           GError **error)
{
  g_set_error (error, RFI_DB_ERROR, rfi_db_error_from_sqlite (sqlite3_extended_errcode (self->db)),
               "Database: %s", sqlite3_errmsg (self->db));
}

gboolean
rfi_db_run (RfiDb       *self,
            const char  *sql,
            GError     **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

void
rfi_db_set_data (RfiDb          *self,
                 gpointer        data,
                 GDestroyNotify  destroy)
{
  if (self->data != NULL)
    self->destroy (self->data);
  self->data = data;
  self->destroy = destroy;
}

gpointer
rfi_db_get_data (RfiDb *self)
{
  return self->data;
}

gboolean
rfi_db_add_function (RfiDb          *self,
                     const char     *name,
                     RfiDbFunction   function,
                     GError        **error)
{
  if (sqlite3_create_function_v2 (self->db, name, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, self->data,
                                  function, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

static int
get_version (RfiDb   *self,
             GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (self, "PRAGMA user_version", error);

  if (statement == NULL || !rfi_db_step (self, statement, error))
    return -1;

  return sqlite3_column_int (statement, 0);
}

static gboolean
run_migration (RfiDb       *self,
               const char  *folder,
               const char  *name,
               GError     **error)
{
  g_autofree char *path = g_strconcat (folder, "/", name, NULL);
  g_autoptr(GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *text = NULL;

  if (sql == NULL)
    return FALSE;

  text = g_strdup_printf ("BEGIN IMMEDIATE; %.*s; PRAGMA user_version = %d; COMMIT",
                          (int) g_bytes_get_size (sql), (const char *) g_bytes_get_data (sql, NULL),
                          atoi (name));
  if (rfi_db_run (self, text, error))
    return TRUE;

  rfi_db_run (self, "ROLLBACK", NULL);
  return FALSE;
}

static int
compare_names (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

static gboolean
migrate (RfiDb       *self,
         const char  *folder,
         GError     **error)
{
  g_auto(GStrv) names =
    g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  int version = names != NULL ? get_version (self, error) : -1;
  guint n;

  if (version < 0)
    return FALSE;

  n = g_strv_length (names);
  qsort (names, n, sizeof *names, compare_names);
  if (version > atoi (names[n - 1]))
    {
      g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_NEWER,
                   "The data is of version %d, this program knows up to %d", version,
                   atoi (names[n - 1]));
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    if (atoi (names[i]) > version && !run_migration (self, folder, names[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
set_up (RfiDb       *self,
        gboolean     writer,
        const char  *migrations,
        GError     **error)
{
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT);
  if (!rfi_db_run (self, "PRAGMA foreign_keys = ON;"
                         "PRAGMA cache_size = -32768;"
                         "PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if (!writer)
    return rfi_db_run (self, "PRAGMA query_only = ON", error);

  return rfi_db_run (self, "PRAGMA journal_mode = WAL;"
                           "PRAGMA synchronous = FULL;"
                           "PRAGMA wal_autocheckpoint = " MAX_LOG_PAGES, error) &&
         migrate (self, migrations, error);
}

/* SQLite counts what all connections together have of memory, by a lock at every allocation of
 * every thread; nobody asks for the sum. Later than the first use of SQLite it has no effect. */
static void
stop_counting (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

RfiDb *
rfi_db_open (const char  *path,
             gboolean     writer,
             const char  *migrations,
             GError     **error)
{
  const RfiDbFiles *files = rfi_db_files_get ();
  RfiDb *self = g_new0 (RfiDb, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  stop_counting ();
  self->statements = g_hash_table_new (NULL, NULL);
  if (writer)
    {
      flags |= SQLITE_OPEN_CREATE;
      /* SQLite gives the log the mode of the file, so it is enough to make the file. If that
       * fails, opening it says why. */
      files->touch (path);
    }
  if (sqlite3_open_v2 (path, &self->db, flags, files->vfs) != SQLITE_OK)
    {
      set_error (self, error);
      rfi_db_close (self, NULL);
      return NULL;
    }
  if (!set_up (self, writer, migrations, error))
    {
      rfi_db_close (self, NULL);
      return NULL;
    }

  return self;
}

gboolean
rfi_db_close (RfiDb   *self,
              GError **error)
{
  GHashTableIter iter;
  gpointer statement;
  gboolean closed;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    sqlite3_finalize (statement);
  g_hash_table_unref (self->statements);

  closed = sqlite3_close (self->db) == SQLITE_OK;
  if (!closed)
    {
      set_error (self, error);
      sqlite3_close_v2 (self->db);
    }
  rfi_db_set_data (self, NULL, NULL);
  g_free (self);
  return closed;
}

sqlite3_stmt *
rfi_db_prepare (RfiDb       *self,
                const char  *sql,
                GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;

  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }

  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

/* When a call of the disk fails, even of a read whose result nobody needs, SQLite may take back the
 * whole transaction. What comes after it must not be done by itself. */
static gboolean
is_taken_back (RfiDb   *self,
               GError **error)
{
  if (!self->began || sqlite3_get_autocommit (self->db) == 0)
    return FALSE;

  g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_IO,
               "Database: the transaction was taken back by an earlier error");
  return TRUE;
}

gboolean
rfi_db_step (RfiDb         *self,
             sqlite3_stmt  *statement,
             GError       **error)
{
  int result;

  if (is_taken_back (self, error))
    return FALSE;

  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    set_error (self, error);

  return FALSE;
}

gboolean
rfi_db_finish (RfiDb         *self,
               sqlite3_stmt  *statement,
               GError       **error)
{
  int result;

  if (is_taken_back (self, error))
    return FALSE;

  result = sqlite3_step (statement);
  if (result == SQLITE_DONE || result == SQLITE_ROW)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

int
rfi_db_changes (RfiDb *self)
{
  return sqlite3_changes (self->db);
}

gint64
rfi_db_get_data_version (RfiDb   *self,
                         GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (self, "PRAGMA data_version", error);

  if (statement == NULL || !rfi_db_step (self, statement, error))
    return -1;

  return sqlite3_column_int64 (statement, 0);
}

gboolean
rfi_db_set_durable (RfiDb     *self,
                    gboolean   durable,
                    GError   **error)
{
  if (self->hasty != durable)
    return TRUE;
  if (!rfi_db_run (self, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL",
                   error))
    return FALSE;

  self->hasty = !durable;
  return TRUE;
}

gboolean
rfi_db_checkpoint (RfiDb     *self,
                   gboolean   truncate,
                   GError   **error)
{
  int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;

  if (sqlite3_wal_checkpoint_v2 (self->db, NULL, mode, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

void
rfi_db_bind (sqlite3_stmt *statement,
             int           position,
             const char   *text)
{
  sqlite3_bind_text (statement, position, text, -1, SQLITE_STATIC);
}

const char *
rfi_db_text (sqlite3_stmt *statement,
             int           column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

void
rfi_db_done (sqlite3_stmt **statement)
{
  if (*statement == NULL)
    return;

  sqlite3_reset (*statement);
  sqlite3_clear_bindings (*statement);
}

gboolean
rfi_db_begin (RfiDb   *self,
              GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (self, begin_sql, error);
  gboolean done = statement != NULL && rfi_db_finish (self, statement, error);

  self->began = self->began || done;
  return done;
}

static gboolean
try_commit (RfiDb   *self,
            GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (self, commit_sql, error);

  return statement != NULL && rfi_db_finish (self, statement, error);
}

/* A commit that failed can have left all of itself in the log: after a crash it would be found
 * there as if it had been made. What is written next is written over it, and needs no room that is
 * not taken yet. */
static void
bury_commit (RfiDb *self)
{
  int version = get_version (self, NULL);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", version);

  if (version >= 0)
    rfi_db_run (self, sql, NULL);
}

gboolean
rfi_db_commit (RfiDb   *self,
               GError **error)
{
  g_autoptr(GError) own = NULL;

  if (try_commit (self, &own))
    {
      self->began = FALSE;
      return TRUE;
    }

  rfi_db_rollback (self);
  if (g_error_matches (own, RFI_DB_ERROR, RFI_DB_ERROR_FULL) ||
      g_error_matches (own, RFI_DB_ERROR, RFI_DB_ERROR_IO))
    bury_commit (self);
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

void
rfi_db_rollback (RfiDb *self)
{
  self->began = FALSE;
  if (sqlite3_get_autocommit (self->db) == 0)
    rfi_db_run (self, "ROLLBACK", NULL);
}

gboolean
rfi_db_limit (RfiDb   *self,
              guint    pages,
              GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("PRAGMA max_page_count = %u", pages > 0 ? pages : 1073741823u);

  return rfi_db_run (self, sql, error);
}
