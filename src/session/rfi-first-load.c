/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-first-load"

#include "config.h"

#include "rfi-first-load.h"

#include "rfi-memory.h"
#include "rfi-store-pull.h"

/* By then what a load brings with it is over. */
#define SETTLED_MS 1000

/* Of each status: more than a lane shows on a large screen. */
#define N_FIRST 64

static void
first_loaded_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RfiJobFeed) feed = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) states = rfi_store_load_jobs_finish (RFI_STORE (object), result, &error);

  /* What is wrong is told with the whole. */
  if (states != NULL)
    rfi_job_feed_push_first (feed, states);
  else
    g_debug ("The first jobs are not shown before the others: %s", error->message);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *states = rfi_store_load_jobs_finish (RFI_STORE (object), result, &error);

  if (states != NULL)
    g_task_return_pointer (task, states, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
rfi_first_load_async (RfiStore            *store,
                      RfiJobFeed          *feed,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, rfi_first_load_async);
  rfi_store_load_first_async (store, N_FIRST, cancellable, first_loaded_cb, g_object_ref (feed));
  rfi_store_load_jobs_async (store, cancellable, loaded_cb, task);
  rfi_store_step_back (store);
}

GPtrArray *
rfi_first_load_finish (GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a load of many jobs needed besides them lies free between what stays, and the C library
 * would keep it for good. Looking for it takes longer than a frame may. */
static gboolean
settled_cb (gpointer unused)
{
  rfi_memory_give_back ();
  return G_SOURCE_REMOVE;
}

void
rfi_first_load_settle (void)
{
  g_timeout_add_full (G_PRIORITY_LOW, SETTLED_MS, settled_cb, NULL, NULL);
}
