/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store"

#include "config.h"

#include "rfi-store-file.h"
#include "rfi-store-pull.h"
#include "rfi-store-seal.h"
#include "rfi-store-steps.h"

#include <glib/gstdio.h>

/* Jobs in one telling, which who shows them works through in one turn of its loop. */
#define MAX_TOLD 1000

struct _RfiStore
{
  GObject          parent_instance;

  RfiDbWorker     *worker;     /* (owned) (nullable) */
  GMainContext    *context;    /* (owned): where changes are told */
  RfiStoreChanged  changed;    /* (nullable): atomic, %NULL once closed */
  gpointer         user_data;
  char            *path;       /* (owned) */
  RfiSeal         *seal;       /* (owned) */
  RfiDeviceKey    *key;        /* (owned) (nullable): only touched in the store's thread */
  GHashTable      *shown;      /* (owned): of rfi-store-event.c, likewise */
  int              lock;       /* file descriptor, -1 = none */
  int              recovered;
  int              lost;
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
  g_clear_pointer (&call->rows2, g_ptr_array_unref);
  g_clear_pointer (&call->files, g_ptr_array_unref);
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

static void
run_work (GTask *task,
          RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);

  call->work (task, db);
  if (!rfi_store_mend (db))
    rfi_store_file_suspect (((RfiStore *) g_task_get_source_object (task))->path);
}

void
rfi_store_call_push (RfiStore  *self,
                     GTask     *task,
                     RfiDbWork  work)
{
  ((RfiStoreCall *) g_task_get_task_data (task))->work = work;
  rfi_db_worker_push (self->worker, task, run_work);
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
    [RFI_DB_ERROR_MEMORY] = RFI_STORE_ERROR_FAILED,
    [RFI_DB_ERROR_FAILED] = RFI_STORE_ERROR_FAILED,
  };
  GError *translated;

  if (error->domain != RFI_DB_ERROR)
    return error;

  translated = g_error_new_literal (RFI_STORE_ERROR, codes[error->code], error->message);
  g_error_free (error);
  return translated;
}

void
rfi_store_fail (GTask  *task,
                GError *error)
{
  RfiStore *self = g_task_get_source_object (task);

  rfi_store_file_blame (self->path, error);
  g_task_return_error (task, translate (error));
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
  RfiStoreChanged changed = (RfiStoreChanged) g_atomic_pointer_get (&telling->self->changed);

  if (changed != NULL)
    changed (telling->self, telling->change, telling->self->user_data);
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

  if (g_atomic_pointer_get (&self->changed) == NULL)
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

/* (transfer full): the last of the jobs of @change, which loses them */
static RfiStoreChange *
split_off (RfiStoreChange *change)
{
  RfiStoreChange *part = rfi_store_change_new ();

  for (guint i = 0; i < MAX_TOLD; i++)
    g_ptr_array_add (part->upserted,
                     g_ptr_array_steal_index_fast (change->upserted, change->upserted->len - 1));
  part->foreign = change->foreign;
  part->n_queued = change->n_queued;
  part->n_failed = change->n_failed;
  part->n_conflicts = change->n_conflicts;
  part->oldest_queued_at = change->oldest_queued_at;
  return part;
}

/* What nobody can take in at once is told in parts. @change: (transfer full) */
static void
tell_in_parts (RfiStore       *self,
               RfiStoreChange *change)
{
  while (change->renamed_from == NULL && change->upserted->len > MAX_TOLD)
    tell (self, split_off (change));

  tell (self, change);
}

RfiJobState *
rfi_store_compose (RfiJob    *base,
                   GPtrArray *pending)
{
  g_autoptr(RfiJob) work = rfi_operation_fold (base, pending);
  RfiMark mark = RFI_MARK_CONFIRMED;
  guint n_waiting = 0;

  if (work == NULL)
    return NULL;

  for (guint i = 0; i < pending->len; i++)
    {
      static const RfiMark marks[] = {
        [RFI_OPERATION_QUEUED] = RFI_MARK_QUEUED,
        [RFI_OPERATION_CONFLICT] = RFI_MARK_CONFLICT,
        [RFI_OPERATION_REJECTED] = RFI_MARK_FAILED,
        [RFI_OPERATION_ACCEPTED] = RFI_MARK_CONFIRMED,
        [RFI_OPERATION_QUARANTINED] = RFI_MARK_FAILED,
      };
      RfiOperation *operation = g_ptr_array_index (pending, i);

      mark = MAX (mark, marks[operation->state]);
      n_waiting += operation->state != RFI_OPERATION_ACCEPTED;
    }

  return rfi_job_state_new (work, mark, n_waiting);
}

void
rfi_store_touch (GHashTable *touched,
                 const char *job_id,
                 RfiJob     *base)
{
  g_hash_table_insert (touched, g_strdup (job_id), base != NULL ? rfi_job_ref (base) : NULL);
}

/* @known: (nullable): its row @nothing: (nullable): empty, if it is known that nothing pends */
static gboolean
describe_job (RfiDb           *db,
              const char      *job_id,
              RfiJob          *known,
              GPtrArray       *nothing,
              RfiStoreChange  *change,
              GError         **error)
{
  g_autoptr(RfiJob) base = known != NULL ? rfi_job_ref (known) : NULL;
  g_autoptr(GPtrArray) pending = nothing != NULL ? g_ptr_array_ref (nothing) : NULL;
  GError *read_error = NULL;
  RfiJobState *state;

  if (base == NULL)
    base = rfi_job_rows_get (db, job_id, &read_error);
  if (read_error == NULL && pending == NULL)
    pending = rfi_outbox_rows_list (db, job_id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  state = rfi_store_compose (base, pending);
  if (state != NULL)
    g_ptr_array_add (change->upserted, state);
  else
    g_ptr_array_add (change->removed, g_strdup (job_id));
  return TRUE;
}

static gboolean
describe_change (RfiDb           *db,
                 RfiStoreChange  *change,
                 GHashTable      *touched,
                 GError         **error)
{
  g_autoptr(GPtrArray) nothing = NULL;
  GHashTableIter iter;
  gpointer job_id;
  gpointer base;
  gboolean any;

  if (!rfi_outbox_rows_any (db, &any, error))
    return FALSE;
  if (!any)
    nothing = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &job_id, &base))
    if (!describe_job (db, job_id, base, nothing, change, error))
      return FALSE;

  return rfi_outbox_rows_count (db, change, error) && rfi_conflict_rows_count (db, change, error);
}

static void
clear_base (gpointer base)
{
  if (base != NULL)
    rfi_job_unref (base);
}

/* Copies of photos that nothing waits to send any more. Only what lies beside the cache is ours. */
static void
drop_files (RfiStore  *self,
            GPtrArray *paths)
{
  g_autofree char *dir = g_path_get_dirname (self->path);
  g_autofree char *ours = g_strconcat (dir, G_DIR_SEPARATOR_S, NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_str_has_prefix (path, ours) && g_unlink (path) != 0)
        g_debug ("%s could not be deleted", path);
    }
}

static void
transact (GTask        *task,
          RfiDb        *db,
          RfiStoreStep  step,
          gboolean      durable)
{
  RfiStore *self = g_task_get_source_object (task);
  g_autoptr(RfiStoreChange) change = rfi_store_change_new ();
  g_autoptr(GHashTable) touched =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, clear_base);
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  call->key = self->key;
  if (!rfi_db_set_durable (db, durable, &error) || !rfi_db_begin (db, &error) ||
      !step (db, call, change, touched, &error) ||
      !describe_change (db, change, touched, &error) || !rfi_db_commit (db, &error))
    {
      rfi_db_rollback (db);
      rfi_store_fail (task, error);
      return;
    }

  call->conflicts = change->conflicts;
  /* No row may come back for a file that is gone. */
  if (call->files != NULL && (durable || rfi_db_checkpoint (db, FALSE, NULL)))
    drop_files (self, call->files);
  if (change->upserted->len > 0 || change->removed->len > 0 || change->outbox ||
      change->conflicts || change->people || change->photos || change->audit)
    tell_in_parts (self, g_steal_pointer (&change));
  g_task_return_boolean (task, TRUE);
}

void
rfi_store_transact (GTask        *task,
                    RfiDb        *db,
                    RfiStoreStep  step)
{
  transact (task, db, step, TRUE);
}

void
rfi_store_transact_hint (GTask        *task,
                         RfiDb        *db,
                         RfiStoreStep  step)
{
  transact (task, db, step, FALSE);
}

void
rfi_store_set_signer (RfiStore     *self,
                      RfiDeviceKey *key)
{
  g_clear_pointer (&self->key, rfi_device_key_unref);
  self->key = rfi_device_key_ref (key);
}

gboolean
rfi_store_can_sign (RfiStore *self)
{
  return self->key != NULL;
}

GHashTable *
rfi_store_get_shown (RfiStore *self)
{
  return self->shown;
}

RfiStore *
rfi_store_open (const char       *path,
                RfiSeal          *seal,
                RfiStoreChanged   changed,
                gpointer          user_data,
                GMainContext     *context,
                gboolean          inline_work,
                GError          **error)
{
  g_autoptr(RfiStore) self = g_object_new (RFI_TYPE_STORE, NULL);
  GError *open_error = NULL;
  RfiDb *db = NULL;

  self->path = g_strdup (path);
  self->seal = rfi_seal_ref (seal);
  self->changed = changed;
  self->user_data = user_data;
  self->context = g_main_context_ref (context != NULL ? context : g_main_context_default ());

  self->lock = rfi_store_file_lock (path, &open_error);
  if (self->lock >= 0)
    db = rfi_store_file_open (path, seal, &self->recovered, &self->lost, &open_error);
  if (db == NULL)
    {
      g_propagate_error (error, translate (open_error));
      return NULL;
    }

  if (!rfi_db_run (db, RFI_STORE_PAGE_CACHE, &open_error))
    {
      rfi_db_close (db, NULL);
      g_propagate_error (error, translate (open_error));
      return NULL;
    }

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
    rfi_store_file_unlock (self->lock);
  self->lock = -1;
  g_atomic_pointer_set (&self->changed, NULL);
}

void
rfi_store_step_back (RfiStore *self)
{
  g_return_if_fail (RFI_IS_STORE (self));

  rfi_db_worker_step_back (self->worker);
}

int
rfi_store_get_recovered (RfiStore *self)
{
  g_return_val_if_fail (RFI_IS_STORE (self), -1);

  return self->recovered;
}

RfiSeal *
rfi_store_get_seal (RfiStore *self)
{
  g_return_val_if_fail (RFI_IS_STORE (self), NULL);

  return self->seal;
}

int
rfi_store_get_lost (RfiStore *self)
{
  g_return_val_if_fail (RFI_IS_STORE (self), -1);

  return self->lost;
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
  g_clear_pointer (&self->key, rfi_device_key_unref);
  g_hash_table_unref (self->shown);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->path);
  g_clear_pointer (&self->seal, rfi_seal_unref);

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
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lock = -1;
  self->recovered = -1;
  self->lost = -1;
}
