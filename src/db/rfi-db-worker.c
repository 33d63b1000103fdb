/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-db-worker"

#include "config.h"

#include "rfi-db-worker.h"

#include "rfi-give-way.h"

/* How long nobody may ask for anything before the log is let into the file: an inline checkpoint
 * would double the time of a large transaction.
 */
#define IDLE_US G_GINT64_CONSTANT (500000)

typedef struct
{
  GTask     *task;  /* (owned) (nullable): %NULL asks the thread to end */
  RfiDbWork  work;
} Job;

/* What the thread works with. It is the thread's own and outlives the worker, whose last reference
 * may be that of a task that the thread itself drops. */
typedef struct
{
  RfiDb       *db;    /* (owned) */
  GAsyncQueue *jobs;  /* (owned) (element-type Job) */
} Loop;

struct _RfiDbWorker
{
  GObject      parent_instance;

  RfiDb       *db;      /* (owned) (nullable): of inline work, until it is closed */
  GThread     *thread;  /* (owned) (nullable): until it is closed */
  GAsyncQueue *jobs;    /* (owned) (element-type Job) */
  GMutex       lock;    /* of open: nothing may be pushed behind the end */
  gboolean     open;
  gboolean     inline_work;  /* never changes: who pushes may look */
};

G_DEFINE_FINAL_TYPE (RfiDbWorker, rfi_db_worker, G_TYPE_OBJECT)

static void
checkpoint (RfiDb *db)
{
  g_autoptr(GError) error = NULL;

  if (!rfi_db_checkpoint (db, FALSE, &error))
    g_debug ("Checkpoint: %s", error->message);
}

static void
run_job (Job   *job,
         RfiDb *db)
{
  if (!g_task_return_error_if_cancelled (job->task))
    job->work (job->task, db);
  g_object_unref (job->task);
  g_free (job);
}

static void
loop_free (Loop *loop)
{
  rfi_db_close (loop->db, NULL);
  g_async_queue_unref (loop->jobs);
  g_free (loop);
}

static gpointer
loop_thread (gpointer data)
{
  Loop *loop = data;
  gboolean dirty = FALSE;

  while (TRUE)
    {
      Job *job = dirty ? g_async_queue_timeout_pop (loop->jobs, IDLE_US)
                       : g_async_queue_pop (loop->jobs);

      if (job == NULL)
        {
          checkpoint (loop->db);
          dirty = FALSE;
          continue;
        }

      if (job->task == NULL)
        {
          g_free (job);
          loop_free (loop);
          return NULL;
        }

      run_job (job, loop->db);
      dirty = TRUE;
    }
}

static GThread *
loop_start (RfiDb       *db,
            GAsyncQueue *jobs)
{
  Loop *loop = g_new (Loop, 1);

  loop->db = db;
  loop->jobs = g_async_queue_ref (jobs);
  return g_thread_new ("rfi-db", loop_thread, loop);
}

/* Whether it was still open. @last: closes it behind this job */
static gboolean
push_job (RfiDbWorker *self,
          Job         *job,
          gboolean     last)
{
  gboolean open;

  g_mutex_lock (&self->lock);
  open = self->open;
  self->open = open && !last;
  if (open && !self->inline_work)
    g_async_queue_push (self->jobs, job);
  g_mutex_unlock (&self->lock);
  return open;
}

static Job *
job_new (GTask     *task,
         RfiDbWork  work)
{
  Job *job = g_new (Job, 1);

  job->task = task;
  job->work = work;
  return job;
}

void
rfi_db_worker_push (RfiDbWorker *self,
                    GTask       *task,
                    RfiDbWork    work)
{
  Job *job;

  g_return_if_fail (RFI_IS_DB_WORKER (self));
  g_return_if_fail (G_IS_TASK (task));

  job = job_new (task, work);
  if (!push_job (self, job, FALSE))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store is closed");
      g_object_unref (task);
      g_free (job);
    }
  else if (self->inline_work)
    {
      run_job (job, self->db);
    }
}

static void
step_back_work (GTask *task,
                RfiDb *db)
{
  rfi_give_way ();
  g_task_return_boolean (task, TRUE);
}

void
rfi_db_worker_step_back (RfiDbWorker *self)
{
  g_return_if_fail (RFI_IS_DB_WORKER (self));

  /* The caller's thread is not ours. */
  if (!self->inline_work)
    rfi_db_worker_push (self, g_task_new (NULL, NULL, NULL, NULL), step_back_work);
}

void
rfi_db_worker_close (RfiDbWorker *self)
{
  Job *end;

  g_return_if_fail (RFI_IS_DB_WORKER (self));

  end = job_new (NULL, NULL);
  if (!push_job (self, end, TRUE))
    {
      g_free (end);
      return;
    }

  if (self->inline_work)
    {
      g_free (end);
      rfi_db_close (g_steal_pointer (&self->db), NULL);
    }
  else if (self->thread == g_thread_self ())
    {
      g_thread_unref (g_steal_pointer (&self->thread));
    }
  else
    {
      g_thread_join (g_steal_pointer (&self->thread));
    }
}

static void
rfi_db_worker_finalize (GObject *object)
{
  RfiDbWorker *self = RFI_DB_WORKER (object);

  rfi_db_worker_close (self);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (rfi_db_worker_parent_class)->finalize (object);
}

static void
rfi_db_worker_class_init (RfiDbWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_db_worker_finalize;
}

static void
rfi_db_worker_init (RfiDbWorker *self)
{
  self->jobs = g_async_queue_new ();
  self->open = TRUE;
  g_mutex_init (&self->lock);
}

RfiDbWorker *
rfi_db_worker_new (RfiDb    *db,
                   gboolean  inline_work)
{
  RfiDbWorker *self = g_object_new (RFI_TYPE_DB_WORKER, NULL);

  self->inline_work = inline_work;
  if (inline_work)
    self->db = db;
  else
    self->thread = loop_start (db, self->jobs);
  return self;
}
