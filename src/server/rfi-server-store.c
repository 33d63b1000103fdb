/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-store"

#include "config.h"

#include "rfi-server-store.h"

#include "rfi-server-error.h"
#include "rfi-server-head.h"
#include "rfi-server-jobs.h"
#include "rfi-server-photos.h"
#include "rfi-server-sums.h"
#include "rfi-server-users.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* One thread writes, and nothing else does: changes are queued to it and come back when they
 * are on disk, so the loop never waits for a disk. The loop reads by a connection of its own.
 *
 * Time. A change is stamped later than every stamp and every moment given out before it; while
 * it is under way, no moment at or behind its stamp is given out. So a client that asks again
 * "since" a moment it was told can miss nothing, however the wall clock steps.
 */

#define MIGRATIONS   "/com/retailfixit/Dispatch/sql/server"
#define MAX_WAITING  512
#define IDLE_TIME    (2 * G_TIME_SPAN_SECOND)
#define MAX_IDLE     4
#define SECRET_SIZE  32
#define MIN_SECRET   16
#define STAMP_SQL \
  "INSERT INTO meta VALUES ('stamp', ?1)" \
  " ON CONFLICT DO UPDATE SET value = max (value, excluded.value)"

/* What is changed stands anywhere in the file. Moving the log costs less the more it has to move at
 * once, and least when nobody waits for it. */
#define FOR_WRITING "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32768"

/* Rows are read once, in passing: many readers must not each keep what one connection may. */
#define SMALL_CACHE "PRAGMA cache_size = -8192"

struct _RfiServerStore
{
  GObject        parent_instance;

  char          *dir;          /* (owned) */
  char          *database;     /* (owned) */
  int            lock;         /* file descriptor, -1 without */
  GBytes        *secret;       /* (owned) */
  RfiPhotoFiles *photos;       /* (owned) */
  RfiDb  *reader;       /* (owned) (nullable) */
  GPtrArray     *idle;         /* (owned) (element-type RfiDb): readers to be borrowed */
  RfiDb  *writer;       /* (owned) (nullable): the writer thread's, once there is one */
  gboolean       filling;      /* between begin and end */

  GThread       *thread;       /* (owned) (nullable): made by the first change */
  GAsyncQueue   *queue;        /* (owned) (element-type GTask) */
  int            n_waiting;    /* (atomic) */

  GMutex         stamp_lock;   /* guards the next two */
  gint64         last_stamp;   /* the latest given to a change, or given out */
  gint64         under_way;    /* the stamp of the change that runs, 0 = none */
};

G_DEFINE_FINAL_TYPE (RfiServerStore, rfi_server_store, G_TYPE_OBJECT)

typedef struct
{
  RfiServerChangeFunc func;  /* %NULL ends the thread */
  gpointer            data;
} Change;

static gint64
begin_stamp (RfiServerStore *self)
{
  gint64 now = g_get_real_time () / 1000;

  g_mutex_lock (&self->stamp_lock);
  self->last_stamp = MAX (now, self->last_stamp + 1);
  self->under_way = self->last_stamp;
  g_mutex_unlock (&self->stamp_lock);
  return self->under_way;
}

static void
end_stamp (RfiServerStore *self)
{
  g_mutex_lock (&self->stamp_lock);
  self->under_way = 0;
  g_mutex_unlock (&self->stamp_lock);
}

gint64
rfi_server_store_read_clock (RfiServerStore *self)
{
  gint64 now = g_get_real_time () / 1000;
  gint64 moment;

  g_mutex_lock (&self->stamp_lock);
  if (self->under_way != 0)
    {
      moment = self->under_way - 1;
    }
  else
    {
      self->last_stamp = MAX (now, self->last_stamp);
      moment = self->last_stamp;
    }
  g_mutex_unlock (&self->stamp_lock);
  return moment;
}

static gboolean
save_stamp (RfiServerStore  *self,
            gint64           stamp,
            GError         **error)
{
  static const char sql[] = STAMP_SQL;
  RFI_DB_KEPT statement = rfi_db_prepare (self->writer, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, stamp);
  return rfi_db_finish (self->writer, statement, error);
}

static gboolean
load_stamp (RfiServerStore  *self,
            GError         **error)
{
  static const char sql[] = "SELECT value FROM meta WHERE name = 'stamp'";
  RFI_DB_KEPT statement = rfi_db_prepare (self->writer, sql, error);
  g_autoptr(GError) step_error = NULL;
  gint64 latest = rfi_server_jobs_get_latest (self->writer, error);

  if (statement == NULL || latest < 0)
    return FALSE;

  if (rfi_db_step (self->writer, statement, &step_error))
    latest = MAX (latest, sqlite3_column_int64 (statement, 0));
  if (step_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return FALSE;
    }

  self->last_stamp = latest;
  return TRUE;
}

static gboolean
run_change (RfiServerStore  *self,
            Change          *change,
            GError         **error)
{
  gint64 stamp = begin_stamp (self);
  gboolean kept = FALSE;

  if (rfi_db_begin (self->writer, error))
    {
      kept = change->func (self->writer, stamp, change->data, error) &&
             save_stamp (self, stamp, error) && rfi_db_commit (self->writer, error);
      if (!kept)
        rfi_db_rollback (self->writer);
    }

  end_stamp (self);
  return kept;
}

static gpointer
writer_thread (gpointer user_data)
{
  RfiServerStore *self = user_data;
  gboolean dirty = FALSE;

  for (;;)
    {
      g_autoptr(GTask) task = dirty ? g_async_queue_timeout_pop (self->queue, IDLE_TIME)
                                    : g_async_queue_pop (self->queue);
      GError *error = NULL;
      Change *change;
      gboolean kept;

      if (task == NULL)
        {
          rfi_db_checkpoint (self->writer, FALSE, NULL);
          dirty = FALSE;
          continue;
        }

      change = g_task_get_task_data (task);
      if (change->func == NULL)
        return NULL;

      kept = run_change (self, change, &error);
      dirty = dirty || kept;
      g_atomic_int_add (&self->n_waiting, -1);
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_boolean (task, kept);
    }
}

static void
push_change (RfiServerStore      *self,
             GTask               *task,
             RfiServerChangeFunc  func,
             gpointer             data)
{
  Change *change = g_new (Change, 1);

  change->func = func;
  change->data = data;
  g_task_set_task_data (task, change, g_free);
  g_async_queue_push (self->queue, g_object_ref (task));
}

void
rfi_server_store_change_async (RfiServerStore      *self,
                               RfiServerChangeFunc  func,
                               gpointer             data,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  /* No source object: the writer's thread may drop the last reference to the task, and must
   * not end the store, which waits for that thread. */
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, rfi_server_store_change_async);
  if (g_atomic_int_get (&self->n_waiting) >= MAX_WAITING)
    {
      g_task_return_new_error (task, RFI_SERVER_ERROR, RFI_SERVER_ERROR_UNAVAILABLE,
                               "Too many changes wait");
      return;
    }

  if (self->thread == NULL)
    self->thread = g_thread_new ("writer", writer_thread, self);
  g_atomic_int_inc (&self->n_waiting);
  push_change (self, task, func, data);
}

gboolean
rfi_server_store_change_finish (RfiServerStore  *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
take_lock (RfiServerStore  *self,
           GError         **error)
{
  g_autofree char *path = g_build_filename (self->dir, "lock", NULL);

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_set_error (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_FAILED, "Cannot open %s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_LOCKED,
                   "Another server is using %s", self->dir);
      return FALSE;
    }

  return TRUE;
}

/* Made readable for nobody else from its first byte. */
static gboolean
make_secret (const char  *path,
             GError     **error)
{
  g_autofree char *text = NULL;
  guint8 bytes[SECRET_SIZE];

  if (getentropy (bytes, sizeof bytes) != 0)
    {
      g_set_error (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_FAILED, "No randomness: %s",
                   g_strerror (errno));
      return FALSE;
    }

  text = g_base64_encode (bytes, sizeof bytes);
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static gboolean
load_secret (RfiServerStore  *self,
             const char      *file,
             GError         **error)
{
  g_autofree char *own = g_build_filename (self->dir, "jwt-secret", NULL);
  const char *path = file != NULL ? file : own;
  g_autofree char *text = NULL;

  if (file == NULL && !g_file_test (own, G_FILE_TEST_EXISTS) && !make_secret (own, error))
    return FALSE;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;

  g_strchomp (text);
  if (strlen (text) < MIN_SECRET)
    {
      g_set_error (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_FAILED,
                   "The secret in %s is shorter than %d characters", path, MIN_SECRET);
      return FALSE;
    }

  self->secret = g_bytes_new (text, strlen (text));
  return TRUE;
}

/* What Sync v1 counts on. @anew: another history, whatever there was */
static gboolean
begin_history (RfiServerStore  *self,
               gboolean         anew,
               GError         **error)
{
  g_autoptr(RfiRandom) random = rfi_random_new ();

  if (!rfi_db_begin (self->writer, error))
    return FALSE;
  if (rfi_server_head_begin (self->writer, random, error) &&
      (!anew || rfi_server_head_renew (self->writer, random, error)) &&
      rfi_server_sums_begin (self->writer, error) && rfi_db_commit (self->writer, error))
    return TRUE;

  rfi_db_rollback (self->writer);
  return FALSE;
}

gboolean
rfi_server_store_renew_epoch (RfiServerStore  *self,
                              GError         **error)
{
  g_return_val_if_fail (self->thread == NULL && !self->filling, FALSE);

  return begin_history (self, TRUE, error);
}

static gboolean
open_parts (RfiServerStore  *self,
            const char      *secret_file,
            GError         **error)
{
  g_autofree char *photos = g_build_filename (self->dir, "photos", NULL);

  if (g_mkdir_with_parents (self->dir, 0700) != 0)
    {
      g_set_error (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_FAILED, "Cannot make %s: %s",
                   self->dir, g_strerror (errno));
      return FALSE;
    }
  if (!take_lock (self, error) || !load_secret (self, secret_file, error))
    return FALSE;

  self->photos = rfi_photo_files_new (photos, self->secret, error);
  if (self->photos == NULL)
    return FALSE;

  self->writer = rfi_db_open (self->database, TRUE, MIGRATIONS, error);
  if (self->writer == NULL || !rfi_db_run (self->writer, FOR_WRITING, error) ||
      !load_stamp (self, error) || !begin_history (self, FALSE, error))
    return FALSE;

  self->reader = rfi_db_open (self->database, FALSE, NULL, error);
  return self->reader != NULL;
}

RfiServerStore *
rfi_server_store_open (const char  *dir,
                       const char  *secret_file,
                       GError     **error)
{
  g_autoptr(RfiServerStore) self = g_object_new (RFI_TYPE_SERVER_STORE, NULL);

  self->dir = g_strdup (dir);
  self->database = g_build_filename (dir, "server.db", NULL);
  if (!open_parts (self, secret_file, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
stop_thread (RfiServerStore *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->thread == NULL)
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  push_change (self, task, NULL, NULL);
  g_clear_pointer (&self->thread, g_thread_join);
  g_task_return_boolean (task, TRUE);
}

gboolean
rfi_server_store_close (RfiServerStore  *self,
                        GError         **error)
{
  RfiDb *writer;
  gboolean done = TRUE;

  stop_thread (self);
  g_ptr_array_set_size (self->idle, 0);
  if (self->reader != NULL)
    rfi_db_close (g_steal_pointer (&self->reader), NULL);
  if (self->writer != NULL)
    {
      done = save_stamp (self, self->last_stamp, error) &&
             rfi_db_checkpoint (self->writer, TRUE, error);
      writer = g_steal_pointer (&self->writer);
      done = rfi_db_close (writer, done ? error : NULL) && done;
    }
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  return done;
}

static void
rfi_server_store_finalize (GObject *object)
{
  RfiServerStore *self = RFI_SERVER_STORE (object);
  g_autoptr(GError) error = NULL;

  if (!rfi_server_store_close (self, &error))
    g_warning ("The database was not closed in order: %s", error->message);

  g_clear_pointer (&self->photos, rfi_photo_files_free);
  g_clear_pointer (&self->secret, g_bytes_unref);
  g_async_queue_unref (self->queue);
  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->stamp_lock);
  g_free (self->database);
  g_free (self->dir);

  G_OBJECT_CLASS (rfi_server_store_parent_class)->finalize (object);
}

static void
close_idle (gpointer reader)
{
  rfi_db_close (reader, NULL);
}

static void
rfi_server_store_class_init (RfiServerStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_server_store_finalize;
}

static void
rfi_server_store_init (RfiServerStore *self)
{
  self->lock = -1;
  self->queue = g_async_queue_new_full (g_object_unref);
  self->idle = g_ptr_array_new_with_free_func (close_idle);
  g_mutex_init (&self->stamp_lock);
}

RfiPhotoFiles *
rfi_server_store_get_photos (RfiServerStore *self)
{
  return self->photos;
}

RfiDb *
rfi_server_store_get_reader (RfiServerStore *self)
{
  return self->reader;
}

RfiDb *
rfi_server_store_borrow (RfiServerStore  *self,
                         GError         **error)
{
  RfiDb *reader;

  if (self->idle->len > 0)
    return g_ptr_array_steal_index (self->idle, self->idle->len - 1);

  reader = rfi_db_open (self->database, FALSE, NULL, error);
  if (reader == NULL || rfi_db_run (reader, SMALL_CACHE, error))
    return reader;

  rfi_db_close (reader, NULL);
  return NULL;
}

void
rfi_server_store_give_back (RfiServerStore *self,
                            RfiDb          *reader)
{
  if (self->idle->len < MAX_IDLE && self->reader != NULL)
    g_ptr_array_add (self->idle, reader);
  else
    rfi_db_close (reader, NULL);
}

guint
rfi_server_store_get_n_waiting (RfiServerStore *self)
{
  return (guint) g_atomic_int_get (&self->n_waiting);
}

GBytes *
rfi_server_store_get_secret (RfiServerStore *self)
{
  return self->secret;
}

RfiDb *
rfi_server_store_begin (RfiServerStore  *self,
                        GError         **error)
{
  g_return_val_if_fail (self->thread == NULL && !self->filling, NULL);

  self->filling = rfi_db_begin (self->writer, error);
  return self->filling ? self->writer : NULL;
}

gboolean
rfi_server_store_end (RfiServerStore  *self,
                      gboolean         keep,
                      GError         **error)
{
  g_return_val_if_fail (self->filling, FALSE);

  self->filling = FALSE;
  if (!keep)
    {
      rfi_db_rollback (self->writer);
      return TRUE;
    }
  if (rfi_db_commit (self->writer, error))
    return load_stamp (self, error);

  rfi_db_rollback (self->writer);
  return FALSE;
}

gboolean
rfi_server_store_add_user (RfiServerStore  *self,
                           const RfiUser   *user,
                           const char      *password_hash,
                           GError         **error)
{
  return rfi_server_users_insert (self->writer, user, password_hash, error);
}

gboolean
rfi_server_store_add_job (RfiServerStore  *self,
                          const RfiJob    *job,
                          GError         **error)
{
  RfiJob row = *job;
  g_autofree char *etag = NULL;
  gint64 seq;

  if (!rfi_etag_is_set (row.etag))
    {
      etag = rfi_server_jobs_make_etag ();
      row.etag = rfi_etag (etag);
    }
  row.n_photos = 0;
  return rfi_server_jobs_insert (self->writer, &row, NULL, &seq, error);
}

static gboolean
count_photo (RfiServerStore  *self,
             const RfiJob    *job,
             GError         **error)
{
  static const char sql[] = "UPDATE job SET n_photos = coalesce (n_photos, 0) + 1 WHERE id = ?1";
  RFI_DB_KEPT statement = rfi_db_prepare (self->writer, sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, job->id);
  return rfi_db_finish (self->writer, statement, error);
}

gboolean
rfi_server_store_add_photo (RfiServerStore  *self,
                            const RfiJob    *job,
                            const RfiPhoto  *photo,
                            GBytes          *content,
                            GError         **error)
{
  RfiPhoto row = *photo;

  row.size = (gint64) g_bytes_get_size (content);
  return rfi_photo_files_write (self->photos, row.id, content, FALSE, error) &&
         rfi_photo_files_keep (self->photos, &row, FALSE, error) &&
         rfi_server_photos_insert (self->writer, job->id, &row, error) &&
         count_photo (self, job, error);
}

gboolean
rfi_server_store_share_photo (RfiServerStore  *self,
                              const RfiJob    *job,
                              const RfiPhoto  *photo,
                              const RfiPhoto  *from,
                              GError         **error)
{
  RfiPhoto row = *photo;

  row.size = from->size;
  return rfi_photo_files_share (self->photos, from, &row, error) &&
         rfi_server_photos_insert (self->writer, job->id, &row, error) &&
         count_photo (self, job, error);
}

gint64
rfi_server_store_count_jobs (RfiServerStore  *self,
                             GError         **error)
{
  RfiScope all = { RFI_SCOPE_ALL, NULL };

  return rfi_server_jobs_count (self->writer, &all, -1, error);
}

RfiUser *
rfi_server_store_find_user (RfiServerStore  *self,
                            const char      *email,
                            GError         **error)
{
  g_autofree char *lower = g_utf8_strdown (email, -1);

  return rfi_server_users_find (self->writer, lower, NULL, error);
}
