/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store"

#include "config.h"

#include "rfi-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define MIGRATIONS "/com/retailfixit/Dispatch/sql/console"

struct _RfiStore
{
  GObject          parent_instance;

  RfiDbWorker     *worker;     /* (owned) (nullable) */
  GMainContext    *context;    /* (owned): where changes are told */
  RfiStoreChanged  changed;    /* (nullable) */
  gpointer         user_data;
  char            *path;       /* (owned) */
  int              lock;       /* file descriptor, -1 = none */
  int              recovered;
};

G_DEFINE_FINAL_TYPE (RfiStore, rfi_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (rfi-store-error-quark, rfi_store_error)

static void
call_free (RfiStoreCall *call)
{
  g_free (call->id);
  g_free (call->text);
  g_free (call->text2);
  g_free (call->text3);
  if (call->record != NULL)
    call->record_free (call->record);
  g_clear_pointer (&call->row, rfi_job_unref);
  g_clear_pointer (&call->rows, g_ptr_array_unref);
  g_free (call);
}

GTask *
rfi_store_call_new (RfiStore             *self,
                    gpointer              source_tag,
                    GCancellable         *cancellable,
                    GAsyncReadyCallback   callback,
                    gpointer              user_data,
                    RfiStoreCall        **call)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* Once begun, a transaction is finished and says how it went. */
  g_task_set_check_cancellable (task, FALSE);
  *call = g_new0 (RfiStoreCall, 1);
  g_task_set_task_data (task, *call, (GDestroyNotify) call_free);
  return task;
}

void
rfi_store_call_push (RfiStore  *self,
                     GTask     *task,
                     RfiDbWork  work)
{
  rfi_db_worker_push (self->worker, task, work);
}

/* The database's remedies as the store's. @error: (transfer full) */
static GError *
translate (GError *error)
{
  static const RfiStoreError codes[] = {
    [RFI_DB_ERROR_FULL] = RFI_STORE_ERROR_FULL,
    [RFI_DB_ERROR_IO] = RFI_STORE_ERROR_FAILED,
    [RFI_DB_ERROR_DAMAGED] = RFI_STORE_ERROR_DAMAGED,
    [RFI_DB_ERROR_NEWER] = RFI_STORE_ERROR_NEWER,
    [RFI_DB_ERROR_BUSY] = RFI_STORE_ERROR_IN_USE,
    [RFI_DB_ERROR_DENIED] = RFI_STORE_ERROR_DENIED,
    [RFI_DB_ERROR_CONSTRAINT] = RFI_STORE_ERROR_FAILED,
    [RFI_DB_ERROR_FAILED] = RFI_STORE_ERROR_FAILED,
  };
  GError *translated;

  if (error->domain != RFI_DB_ERROR)
    return error;

  translated = g_error_new_literal (RFI_STORE_ERROR, codes[error->code], error->message);
  g_error_free (error);
  return translated;
}

typedef struct
{
  RfiStore       *self;    /* (owned) */
  RfiStoreChange *change;  /* (owned) */
} Telling;

static gboolean
tell_cb (gpointer user_data)
{
  Telling *telling = user_data;

  telling->self->changed (telling->self, telling->change, telling->self->user_data);
  return G_SOURCE_REMOVE;
}

static void
telling_free (Telling *telling)
{
  g_object_unref (telling->self);
  rfi_store_change_unref (telling->change);
  g_free (telling);
}

/* @change: (transfer full) */
static void
tell (RfiStore       *self,
      RfiStoreChange *change)
{
  g_autoptr(GSource) source = NULL;
  Telling *telling;

  if (self->changed == NULL)
    {
      rfi_store_change_unref (change);
      return;
    }

  telling = g_new (Telling, 1);
  telling->self = g_object_ref (self);
  telling->change = change;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, telling, (GDestroyNotify) telling_free);
  g_source_attach (source, self->context);
}

/* How a job is shown now: (transfer full) (nullable), %NULL without error if it is gone. */
static RfiJobState *
compose_state (RfiDb       *db,
               const char  *job_id,
               GError     **error)
{
  g_autoptr(RfiJob) base = NULL;
  g_autoptr(RfiJob) work = NULL;
  g_autoptr(GPtrArray) pending = NULL;
  GError *read_error = NULL;
  RfiMark mark;

  base = rfi_job_rows_get (db, job_id, &read_error);
  if (read_error == NULL)
    pending = rfi_outbox_rows_list (db, job_id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return NULL;
    }

  work = rfi_operation_fold (base, pending);
  if (work == NULL)
    return NULL;

  mark = pending->len > 0 ? RFI_MARK_QUEUED : RFI_MARK_CONFIRMED;
  for (guint i = 0; i < pending->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (pending, i);

      if (operation->state == RFI_OPERATION_CONFLICT)
        mark = RFI_MARK_CONFLICT;
      else if (operation->state == RFI_OPERATION_REJECTED)
        mark = MAX (mark, RFI_MARK_FAILED);
    }

  return rfi_job_state_new (work, mark, pending->len);
}

static gboolean
describe_change (RfiDb           *db,
                 RfiStoreChange  *change,
                 GHashTable      *touched,
                 GError         **error)
{
  GHashTableIter iter;
  gpointer job_id;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &job_id, NULL))
    {
      GError *state_error = NULL;
      RfiJobState *state = compose_state (db, job_id, &state_error);

      if (state_error != NULL)
        {
          g_propagate_error (error, state_error);
          return FALSE;
        }
      if (state != NULL)
        g_ptr_array_add (change->upserted, state);
      else
        g_ptr_array_add (change->removed, g_strdup (job_id));
    }

  rfi_outbox_rows_count (db, change);
  change->n_conflicts = rfi_conflict_rows_count (db, NULL);
  return TRUE;
}

void
rfi_store_transact (GTask        *task,
                    RfiDb        *db,
                    RfiStoreStep  step)
{
  RfiStore *self = g_task_get_source_object (task);
  g_autoptr(RfiStoreChange) change = rfi_store_change_new ();
  g_autoptr(GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *error = NULL;

  if (!rfi_db_begin (db, &error) ||
      !step (db, g_task_get_task_data (task), change, touched, &error) ||
      !describe_change (db, change, touched, &error) || !rfi_db_commit (db, &error))
    {
      rfi_db_rollback (db);
      g_task_return_error (task, translate (error));
      return;
    }

  if (change->upserted->len > 0 || change->removed->len > 0 || change->outbox ||
      change->conflicts || change->people || change->photos || change->audit)
    tell (self, g_steal_pointer (&change));
  g_task_return_boolean (task, TRUE);
}

/* One process per profile: the lock goes with the process, however it ends. */
static gboolean
lock_profile (RfiStore  *self,
              GError   **error)
{
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);

  self->lock = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_set_error (error, RFI_STORE_ERROR,
                   errno == ENOSPC ? RFI_STORE_ERROR_FULL : RFI_STORE_ERROR_DENIED, "%s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_IN_USE, "%s is locked", path);
      return FALSE;
    }

  return TRUE;
}

/* A file that was not closed well left its log behind. It may be damaged, and only then is it
 * worth the time to read all of it.
 */
static RfiDb *
open_sound (const char  *path,
            GError     **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  gboolean was_closed = !g_file_test (log, G_FILE_TEST_EXISTS);
  RfiDb *db = rfi_db_open (path, TRUE, MIGRATIONS, error);
  GError *check_error = NULL;

  if (db == NULL || was_closed)
    return db;

  {
    RFI_DB_KEPT row = rfi_db_prepare (db, "PRAGMA quick_check(1)", &check_error);

    if (row != NULL && rfi_db_step (db, row, &check_error) &&
        g_strcmp0 (rfi_db_text (row, 0), "ok") == 0)
      return db;
  }

  if (check_error == NULL)
    g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "%s fails its check", path);
  else
    g_propagate_error (error, check_error);
  rfi_db_close (db, NULL);
  return NULL;
}

/* Copies what can still be read of the outbox from the damaged file. Returns: how many */
static int
salvage (RfiDb      *db,
         const char *damaged)
{
  g_autoptr(GPtrArray) saved = NULL;
  RfiDb *old = rfi_db_open (damaged, FALSE, NULL, NULL);
  int n = 0;

  if (old == NULL)
    return 0;

  saved = rfi_outbox_rows_list (old, NULL, NULL);
  for (guint i = 0; saved != NULL && i < saved->len; i++)
    if (rfi_outbox_rows_put (db, g_ptr_array_index (saved, i), NULL, NULL))
      n++;
  rfi_db_close (old, NULL);
  return n;
}

static gboolean
set_aside (const char  *path,
           const char  *aside,
           GError     **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_DENIED, "%s: %s", from,
                       g_strerror (errno));
          return FALSE;
        }
    }

  return TRUE;
}

/* A damaged file is never deleted: somebody may still get something out of it. */
static RfiDb *
recover (RfiStore  *self,
         GError   **error)
{
  g_autofree char *aside =
    g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, self->path, g_get_real_time () / 1000);
  RfiDb *db;

  if (!set_aside (self->path, aside, error))
    return NULL;

  db = rfi_db_open (self->path, TRUE, MIGRATIONS, error);
  if (db != NULL)
    self->recovered = salvage (db, aside);
  return db;
}

static RfiDb *
open_db (RfiStore  *self,
         GError   **error)
{
  GError *open_error = NULL;
  RfiDb *db;

  if (!lock_profile (self, error))
    return NULL;

  db = open_sound (self->path, &open_error);
  if (db == NULL && g_error_matches (open_error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED))
    {
      g_debug ("%s", open_error->message);
      g_clear_error (&open_error);
      db = recover (self, &open_error);
    }
  if (db == NULL)
    g_propagate_error (error, translate (open_error));
  return db;
}

RfiStore *
rfi_store_open (const char       *path,
                RfiStoreChanged   changed,
                gpointer          user_data,
                GMainContext     *context,
                gboolean          inline_work,
                GError          **error)
{
  g_autoptr(RfiStore) self = g_object_new (RFI_TYPE_STORE, NULL);
  RfiDb *db;

  self->path = g_strdup (path);
  self->changed = changed;
  self->user_data = user_data;
  self->context = g_main_context_ref (context != NULL ? context : g_main_context_default ());

  db = open_db (self, error);
  if (db == NULL)
    return NULL;

  self->worker = rfi_db_worker_new (db, inline_work);
  return g_steal_pointer (&self);
}

void
rfi_store_close (RfiStore *self)
{
  g_return_if_fail (RFI_IS_STORE (self));

  if (self->worker != NULL)
    rfi_db_worker_close (self->worker);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  self->changed = NULL;
}

int
rfi_store_get_recovered (RfiStore *self)
{
  g_return_val_if_fail (RFI_IS_STORE (self), -1);

  return self->recovered;
}

gboolean
rfi_store_finish (RfiStore      *self,
                  GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
rfi_store_finalize (GObject *object)
{
  RfiStore *self = RFI_STORE (object);

  rfi_store_close (self);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->path);

  G_OBJECT_CLASS (rfi_store_parent_class)->finalize (object);
}

static void
rfi_store_class_init (RfiStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_store_finalize;
}

static void
rfi_store_init (RfiStore *self)
{
  self->lock = -1;
  self->recovered = -1;
}

static void
load_jobs_cb (RfiJob   *job,
              gpointer  user_data)
{
  GHashTable *bases = user_data;

  g_hash_table_insert (bases, (gpointer) job->id, job);
}

/* Everything pending by job: id → GPtrArray of RfiOperation, oldest first. */
static GHashTable *
group_outbox (RfiDb   *db,
              GError **error)
{
  g_autoptr(GPtrArray) all = rfi_outbox_rows_list (db, NULL, error);
  GHashTable *groups;

  if (all == NULL)
    return NULL;

  groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                  (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < all->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (all, i);
      GPtrArray *group = g_hash_table_lookup (groups, operation->job_id);

      if (group == NULL)
        {
          group = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
          g_hash_table_insert (groups, operation->job_id, group);
        }
      g_ptr_array_add (group, rfi_operation_ref (operation));
    }

  return groups;
}

static void
load_jobs_work (GTask *task,
                RfiDb *db)
{
  g_autoptr(GHashTable) bases =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) rfi_job_unref);
  g_autoptr(GHashTable) pending = NULL;
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  GError *error = NULL;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  pending = group_outbox (db, &error);
  if (pending == NULL || !rfi_job_rows_foreach (db, load_jobs_cb, bases, &error))
    {
      g_task_return_error (task, translate (error));
      return;
    }

  g_hash_table_iter_init (&iter, bases);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (pending, key))
      g_ptr_array_add (states, rfi_job_state_new (value, RFI_MARK_CONFIRMED, 0));

  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      RfiJobState *state = compose_state (db, key, &error);

      if (error != NULL)
        {
          g_task_return_error (task, translate (error));
          return;
        }
      if (state != NULL)
        g_ptr_array_add (states, state);
    }

  g_task_return_pointer (task, g_steal_pointer (&states), (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_load_jobs_async (RfiStore            *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_load_jobs_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, load_jobs_work);
}

GPtrArray *
rfi_store_load_jobs_finish (RfiStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
