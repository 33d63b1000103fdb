/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-compare"

#include "config.h"

#include "rfi-session-compare.h"

#include "rfi-job-difference.h"
#include "rfi-job-table.h"
#include "rfi-session-history.h"

/* Jobs that are compared in one turn of the main loop. */
#define SLICE 5000

typedef struct
{
  gint64       to;
  RfiJobTable *before;   /* (owned) (nullable) */
  RfiJobTable *after;    /* (owned) (nullable) */
  GPtrArray   *states;   /* (owned) (element-type RfiJobState): of both, to be looked at */
  guint        n_before; /* the first ones are of before */
  guint        done;
  GPtrArray   *found;    /* (owned) (element-type RfiJobDifference) */
} Compare;

static void
compare_free (gpointer data)
{
  Compare *compare = data;

  g_clear_object (&compare->before);
  g_clear_object (&compare->after);
  g_ptr_array_unref (compare->states);
  g_ptr_array_unref (compare->found);
  g_free (compare);
}

static void
add_state (RfiJobState *state,
           gpointer     user_data)
{
  g_ptr_array_add (user_data, rfi_job_state_ref (state));
}

static gboolean
is_same (const RfiJob *before,
         const RfiJob *after)
{
  for (guint i = 0; i < RFI_N_FIELDS && before != after; i++)
    if (g_strcmp0 (rfi_job_get_field (before, (RfiField) i),
                   rfi_job_get_field (after, (RfiField) i)) != 0)
      return FALSE;
  return TRUE;
}

/* Those of before with what became of them; of after only what was not there before. */
static void
look_at (Compare *compare,
         guint    position)
{
  RfiJobState *state = g_ptr_array_index (compare->states, position);
  gboolean before = position < compare->n_before;
  RfiJobState *other =
    rfi_job_table_lookup (before ? compare->after : compare->before, state->work->id);

  if (!before && other == NULL)
    g_ptr_array_add (compare->found, rfi_job_difference_new (NULL, state->work));
  else if (before && other == NULL)
    g_ptr_array_add (compare->found, rfi_job_difference_new (state->work, NULL));
  else if (before && !is_same (state->work, other->work))
    g_ptr_array_add (compare->found, rfi_job_difference_new (state->work, other->work));
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate (rfi_job_difference_get_title (*(RfiJobDifference *const *) a),
                         rfi_job_difference_get_title (*(RfiJobDifference *const *) b));
}

static gboolean
look_cb (gpointer user_data)
{
  GTask *task = user_data;
  Compare *compare = g_task_get_task_data (task);
  guint end = MIN (compare->done + SLICE, compare->states->len);
  GListStore *list;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  while (compare->done < end)
    look_at (compare, compare->done++);
  if (end < compare->states->len)
    return G_SOURCE_CONTINUE;

  g_ptr_array_sort (compare->found, compare_titles);
  list = g_list_store_new (RFI_TYPE_JOB_DIFFERENCE);
  g_list_store_splice (list, 0, 0, compare->found->pdata, compare->found->len);
  g_task_return_pointer (task, list, g_object_unref);
  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = RFI_SESSION (object);
  Compare *compare = g_task_get_task_data (task);
  GError *error = NULL;
  RfiJobTable *table = rfi_session_load_as_of_finish (self, result, &error);

  if (table == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (compare->before == NULL)
    {
      compare->before = table;
      rfi_session_load_as_of_async (self, compare->to, g_task_get_cancellable (task), loaded_cb,
                                    g_object_ref (task));
      return;
    }

  compare->after = table;
  rfi_job_table_foreach (compare->before, add_state, compare->states);
  compare->n_before = compare->states->len;
  rfi_job_table_foreach (compare->after, add_state, compare->states);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, look_cb, g_object_ref (task), g_object_unref);
}

void
rfi_session_compare_async (RfiSession          *self,
                           gint64               from,
                           gint64               to,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Compare *compare;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_compare_async);
  compare = g_new0 (Compare, 1);
  compare->to = MAX (from, to);
  compare->states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  compare->found = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, compare, compare_free);
  rfi_session_load_as_of_async (self, MIN (from, to), cancellable, loaded_cb, task);
}

GListModel *
rfi_session_compare_finish (RfiSession    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
