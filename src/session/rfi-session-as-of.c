/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-as-of"

#include "config.h"

#include "rfi-session-history.h"

#include "rfi-job-table.h"
#include "rfi-session-private.h"
#include "rfi-wire-job.h"

/* Jobs that go into the new table in one turn of the main loop. */
#define SLICE 500

/* A board of the past in the making. */
typedef struct
{
  RfiJobTable *table;   /* (owned) */
  GHashTable  *past;    /* (owned) (element-type utf8 RfiJobState): %NULL: was not there */
  GPtrArray   *states;  /* (owned) (element-type RfiJobState): all that goes into the table */
  guint        done;
} AsOf;

static void
as_of_free (gpointer data)
{
  AsOf *as_of = data;

  g_clear_object (&as_of->table);
  g_clear_pointer (&as_of->past, g_hash_table_unref);
  g_clear_pointer (&as_of->states, g_ptr_array_unref);
  g_free (as_of);
}

static void
unref_state (gpointer state)
{
  if (state != NULL)
    rfi_job_state_unref (state);
}

static AsOf *
as_of_new (void)
{
  AsOf *as_of = g_new0 (AsOf, 1);

  as_of->table = rfi_job_table_new ();
  as_of->past = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_state);
  as_of->states = g_ptr_array_new_with_free_func (unref_state);
  return as_of;
}

static gboolean
read_jobs (AsOf           *as_of,
           const RfiJson  *list,
           GError        **error)
{
  RfiJsonIter iter;
  RfiJson value;

  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      g_autoptr(RfiJob) job = rfi_wire_job_from_json (&value, error);

      if (job == NULL)
        return FALSE;
      g_hash_table_insert (as_of->past, g_strdup (job->id),
                           rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
    }
  return TRUE;
}

static void
read_gone (AsOf          *as_of,
           const RfiJson *list)
{
  RfiJsonIter iter;
  RfiJson value;

  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      char *id = rfi_json_dup_string (&value);

      if (id != NULL)
        g_hash_table_insert (as_of->past, id, NULL);
    }
}

/* In a thread: an answer may be long. */
static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GBytes *answer = task_data;
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  AsOf *as_of = as_of_new ();
  GError *error = NULL;
  RfiJson root;
  RfiJson list;

  if (rfi_json_parse (text, (gssize) length, &root, &error) &&
      (!rfi_json_get_member (&root, "jobs", &list) || read_jobs (as_of, &list, &error)))
    {
      if (rfi_json_get_member (&root, "gone", &list))
        read_gone (as_of, &list);
      g_task_return_pointer (task, as_of, as_of_free);
      return;
    }

  as_of_free (as_of);
  g_task_return_error (task, error);
}

/* What did not change since is as it is now. */
static void
add_present (RfiJobState *state,
             gpointer     user_data)
{
  AsOf *as_of = user_data;

  if (!g_hash_table_contains (as_of->past, state->work->id))
    g_ptr_array_add (as_of->states, rfi_job_state_ref (state));
}

static void
gather (AsOf       *as_of,
        RfiSession *session)
{
  GHashTableIter iter;
  gpointer state;

  rfi_job_table_foreach (rfi_session_get_jobs (session), add_present, as_of);
  g_hash_table_iter_init (&iter, as_of->past);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    if (state != NULL)
      g_ptr_array_add (as_of->states, rfi_job_state_ref (state));
}

static gboolean
fill_cb (gpointer user_data)
{
  GTask *task = user_data;
  AsOf *as_of = g_task_get_task_data (task);
  g_autoptr(GPtrArray) slice = NULL;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (as_of->done >= as_of->states->len)
    {
      g_task_return_pointer (task, g_object_ref (as_of->table), g_object_unref);
      return G_SOURCE_REMOVE;
    }

  slice = g_ptr_array_new_with_free_func (unref_state);
  for (guint i = 0; i < SLICE && as_of->done < as_of->states->len; i++)
    g_ptr_array_add (slice,
                     rfi_job_state_ref (g_ptr_array_index (as_of->states, as_of->done++)));
  rfi_job_table_apply (as_of->table, slice, NULL, FALSE);
  return G_SOURCE_CONTINUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  AsOf *as_of = g_task_propagate_pointer (G_TASK (result), &error);

  if (as_of == NULL)
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  g_task_set_task_data (task, as_of, as_of_free);
  gather (as_of, g_task_get_source_object (task));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fill_cb, g_steal_pointer (&task), g_object_unref);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  GBytes *answer = rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  g_autoptr(GTask) reading = NULL;

  if (answer == NULL)
    {
      g_task_return_error (task, _rfi_session_translate_answer (error));
      g_object_unref (task);
      return;
    }

  reading = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), read_cb,
                        task);
  g_task_set_task_data (reading, answer, (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (reading, read_thread);
}

void
rfi_session_load_as_of_async (RfiSession          *self,
                              gint64               at,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *path = g_strdup_printf ("/v1/audit/as-of?at=%" G_GINT64_FORMAT, at);
  GTask *task = _rfi_session_new_question (self, rfi_session_load_as_of_async, cancellable,
                                           callback, user_data);

  if (task != NULL)
    rfi_sync_thread_ask_async (_rfi_session_get_sync (self), path, NULL, cancellable, answered_cb,
                               task);
}

RfiJobTable *
rfi_session_load_as_of_finish (RfiSession    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
