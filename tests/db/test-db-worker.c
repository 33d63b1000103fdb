/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-db-worker.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#define N_ANSWERS 200

typedef struct
{
  char        *dir;     /* (owned) */
  char        *path;    /* (owned) */
  RfiDbWorker *worker;  /* (owned) (nullable) */
  GThread     *thread;  /* that the answers must arrive in */
  GString     *answers; /* (owned) */
  guint        n_answers;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  inline_work)
{
  g_autoptr(GError) error = NULL;
  RfiDb *db;

  fixture->dir = g_dir_make_tmp ("rfi-db-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "test.db", NULL);
  fixture->answers = g_string_new (NULL);
  fixture->thread = g_thread_self ();
  db = rfi_db_open (fixture->path, TRUE, "/test/old", &error);
  g_assert_no_error (error);
  fixture->worker = rfi_db_worker_new (db, GPOINTER_TO_INT (inline_work));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_clear_object (&fixture->worker);
  rfi_test_settle ();
  dir = g_dir_open (fixture->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_string_free (fixture->answers, TRUE);
}

static void
insert_work (GTask *task,
             RfiDb *db)
{
  GError *error = NULL;

  if (rfi_db_run (db, g_task_get_task_data (task), &error))
    g_task_return_int (task, rfi_db_changes (db));
  else
    g_task_return_error (task, error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_thread_self () == fixture->thread);
  fixture->n_answers++;
  if (g_task_propagate_int (G_TASK (result), &error) >= 0)
    g_string_append (fixture->answers, "ok ");
  else
    g_string_append_printf (fixture->answers, "%s:%d ", g_quark_to_string (error->domain),
                            error->code);
}

static void
push (Fixture      *fixture,
      const char   *sql,
      GCancellable *cancellable)
{
  GTask *task = g_task_new (NULL, cancellable, answered_cb, fixture);

  g_task_set_task_data (task, (gpointer) sql, NULL);
  rfi_db_worker_push (fixture->worker, task, insert_work);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *constraint =
    g_strdup_printf ("%s:%d", g_quark_to_string (RFI_DB_ERROR), RFI_DB_ERROR_CONSTRAINT);
  g_autofree char *expected = g_strconcat ("ok ", constraint, " ok ", NULL);

  push (fixture, "INSERT INTO thing VALUES (1, 'wheel')", NULL);
  push (fixture, "INSERT INTO thing VALUES (1, 'axle')", NULL);
  push (fixture, "DELETE FROM thing WHERE id = 1", NULL);
  rfi_test_wait (fixture->n_answers == 3);
  g_assert_cmpstr (fixture->answers->str, ==, expected);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *expected =
    g_strdup_printf ("%s:%d ok ", g_quark_to_string (G_IO_ERROR), G_IO_ERROR_CANCELLED);

  /* What has not begun is not done. */
  g_cancellable_cancel (cancellable);
  push (fixture, "INSERT INTO thing VALUES (1, 'wheel')", cancellable);
  push (fixture, "INSERT INTO thing VALUES (1, 'axle')", NULL);
  rfi_test_wait (fixture->n_answers == 2);
  g_assert_cmpstr (fixture->answers->str, ==, expected);
}

/* Closing does what was asked for before, and nothing after. */
static void
test_close (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *cancelled =
    g_strdup_printf ("%s:%d ", g_quark_to_string (G_IO_ERROR), G_IO_ERROR_CANCELLED);

  for (guint i = 0; i < N_ANSWERS; i++)
    push (fixture, "INSERT INTO thing (name) SELECT 'wheel ' || count(*) FROM thing", NULL);
  rfi_db_worker_close (fixture->worker);
  push (fixture, "INSERT INTO thing (name) VALUES ('late')", NULL);
  rfi_test_wait (fixture->n_answers == N_ANSWERS + 1);
  g_assert_true (g_str_has_suffix (fixture->answers->str, cancelled));
  g_assert_cmpuint (fixture->answers->len, ==, N_ANSWERS * 3 + strlen (cancelled));
  rfi_db_worker_close (fixture->worker);
}

/* What is written goes to the log; the file itself follows when nobody asks for anything. */
static void
test_idle_checkpoint (Fixture       *fixture,
                      gconstpointer  unused)
{
  GStatBuf before;
  GStatBuf now;

  push (fixture, "INSERT INTO thing VALUES (1, hex (zeroblob (99999)))", NULL);
  rfi_test_wait (fixture->n_answers == 1);
  g_assert_cmpint (g_stat (fixture->path, &before), ==, 0);
  rfi_test_wait (g_stat (fixture->path, &now) == 0 && now.st_size > before.st_size + 99999);
}

static gpointer
push_from_thread (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  Fixture own = { .worker = fixture->worker, .thread = g_thread_self () };

  own.answers = g_string_new (NULL);
  g_main_context_push_thread_default (context);
  for (guint i = 0; i < N_ANSWERS; i++)
    push (&own, "SELECT 1", NULL);
  while (own.n_answers < N_ANSWERS)
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_string_free (own.answers, TRUE);
  return NULL;
}

/* Every push is answered in its own thread's context, also while another closes. */
static void
test_threads (Fixture       *fixture,
              gconstpointer  unused)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("push", push_from_thread, fixture);
  rfi_db_worker_close (fixture->worker);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
hold_work (GTask *task,
           RfiDb *db)
{
  /* Not before the test has let go. */
  g_mutex_lock (g_task_get_task_data (task));
  g_mutex_unlock (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_gone (GWeakRef *ref)
{
  g_autoptr(GObject) object = g_weak_ref_get (ref);

  return object == NULL;
}

/* The last reference may go in the worker's own thread. */
static void
test_last_reference (Fixture       *fixture,
                     gconstpointer  unused)
{
  GTask *task = g_task_new (fixture->worker, NULL, NULL, NULL);
  GMutex held;
  GWeakRef ref;

  g_mutex_init (&held);
  g_mutex_lock (&held);
  g_weak_ref_init (&ref, fixture->worker);
  g_task_set_task_data (task, &held, NULL);
  rfi_db_worker_push (fixture->worker, task, hold_work);
  g_clear_object (&fixture->worker);
  g_mutex_unlock (&held);
  rfi_test_wait (is_gone (&ref));
  g_weak_ref_clear (&ref);
  g_mutex_clear (&held);
}

/* How late its thread is served. */
static void
nice_work (GTask *task,
           RfiDb *db)
{
  *(int *) g_task_get_task_data (task) = getpriority (PRIO_PROCESS, 0);
  g_task_return_int (task, 0);
}

static void
look_how_nice (Fixture *fixture,
               int     *nice)
{
  guint n_answers = fixture->n_answers;
  GTask *task = g_task_new (NULL, NULL, answered_cb, fixture);

  g_task_set_task_data (task, nice, NULL);
  rfi_db_worker_push (fixture->worker, task, nice_work);
  rfi_test_wait (fixture->n_answers > n_answers);
}

static void
test_step_back (Fixture       *fixture,
                gconstpointer  inline_work)
{
  int own = getpriority (PRIO_PROCESS, 0);
  int before, after;

  look_how_nice (fixture, &before);
  g_assert_cmpint (before, ==, own);
  rfi_db_worker_step_back (fixture->worker);
  look_how_nice (fixture, &after);

  g_assert_cmpint (after, ==, GPOINTER_TO_INT (inline_work) ? own : MAX (own, 10));
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, own);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/db-worker/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/db-worker/order-inline", Fixture, GINT_TO_POINTER (TRUE), set_up, test_order,
              tear_down);
  g_test_add ("/db-worker/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/db-worker/close", Fixture, NULL, set_up, test_close, tear_down);
  g_test_add ("/db-worker/close-inline", Fixture, GINT_TO_POINTER (TRUE), set_up, test_close,
              tear_down);
  g_test_add ("/db-worker/idle-checkpoint", Fixture, NULL, set_up, test_idle_checkpoint,
              tear_down);
  g_test_add ("/db-worker/last-reference", Fixture, NULL, set_up, test_last_reference, tear_down);
  g_test_add ("/db-worker/step-back", Fixture, NULL, set_up, test_step_back, tear_down);
  g_test_add ("/db-worker/step-back-inline", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_step_back, tear_down);
  g_test_add ("/db-worker/threads", Fixture, NULL, set_up, test_threads, tear_down);

  return g_test_run ();
}
