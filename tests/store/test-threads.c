/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-wait.h"
#include "store-fixture.h"

#define N_THREADS    4
#define N_OPERATIONS 40

/* A store with its own thread; told changes are counted where they must arrive. */
typedef struct
{
  StoreFixture  base;
  GThread      *main_thread;
  guint         n_told;
  guint         last_queued;
} Shared;

static void
changed_cb (RfiStore       *store,
            RfiStoreChange *change,
            gpointer        user_data)
{
  Shared *shared = user_data;

  g_assert_true (g_thread_self () == shared->main_thread);
  /* In the order of the commits. */
  g_assert_cmpuint (change->n_queued, >, shared->last_queued);
  shared->last_queued = change->n_queued;
  shared->n_told++;
}

static void
open_threaded (Shared *shared)
{
  g_autoptr(GError) error = NULL;

  store_fixture_close (&shared->base);
  shared->main_thread = g_thread_self ();
  shared->base.store =
    rfi_store_open (shared->base.path, shared->base.seal, changed_cb, shared, NULL, FALSE, &error);
  g_assert_no_error (error);
}

static void
set_up (Shared        *shared,
        gconstpointer  unused)
{
  store_fixture_set_up (&shared->base, NULL);
  open_threaded (shared);
}

static void
tear_down (Shared        *shared,
           gconstpointer  unused)
{
  store_fixture_tear_down (&shared->base, NULL);
}

typedef struct
{
  Shared    *shared;
  guint      number;
  GThread   *thread;
  guint      n_answers;
  GPtrArray *kept;      /* (owned) (element-type utf8): operations said to be on disk */
} Typist;

static void
enqueued_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Typist *typist = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiOperation) placed =
    rfi_store_enqueue_finish (RFI_STORE (object), result, &error);

  g_assert_true (g_thread_self () == typist->thread);
  typist->n_answers++;
  if (placed != NULL)
    g_ptr_array_add (typist->kept, g_strdup (placed->id));
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
type_thread (gpointer user_data)
{
  Typist *typist = user_data;
  g_autoptr(GMainContext) context = g_main_context_new ();

  typist->thread = g_thread_self ();
  g_main_context_push_thread_default (context);
  for (guint i = 0; i < N_OPERATIONS; i++)
    {
      g_autofree char *id = g_strdup_printf ("op-%u-%u", typist->number, i);
      g_autoptr(RfiOperation) creation = store_create (id, id, "New");

      rfi_store_enqueue_async (typist->shared->base.store, creation, NULL, enqueued_cb, typist);
    }
  while (typist->n_answers < N_OPERATIONS)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
start (Shared  *shared,
       Typist  *typists,
       GThread **threads)
{
  for (guint i = 0; i < N_THREADS; i++)
    {
      typists[i] = (Typist) { .shared = shared, .number = i };
      typists[i].kept = g_ptr_array_new_with_free_func (g_free);
      threads[i] = g_thread_new ("typist", type_thread, &typists[i]);
    }
}

/* Everything that was said to be on disk is there after opening again. Returns: how many */
static guint
count_kept (Shared *shared,
            Typist *typists)
{
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) outbox = NULL;
  guint n = 0;

  store_fixture_open (&shared->base);
  outbox = store_list_outbox (&shared->base);
  for (guint i = 0; i < outbox->len; i++)
    g_hash_table_add (found, g_strdup (((RfiOperation *) outbox->pdata[i])->id));

  for (guint i = 0; i < N_THREADS; i++)
    {
      for (guint k = 0; k < typists[i].kept->len; k++)
        g_assert_true (g_hash_table_contains (found, g_ptr_array_index (typists[i].kept, k)));
      n += typists[i].kept->len;
      g_ptr_array_unref (typists[i].kept);
    }

  g_assert_cmpuint (outbox->len, ==, n);
  return n;
}

static void
test_many_callers (Shared        *shared,
                   gconstpointer  unused)
{
  Typist typists[N_THREADS];
  GThread *threads[N_THREADS];

  start (shared, typists, threads);
  rfi_test_wait (shared->n_told == N_THREADS * N_OPERATIONS);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (shared->last_queued, ==, N_THREADS * N_OPERATIONS);

  store_fixture_close (&shared->base);
  g_assert_cmpuint (count_kept (shared, typists), ==, N_THREADS * N_OPERATIONS);
}

/* Closing answers everybody: what was taken is on disk, the rest is told so. */
static void
test_close_under_way (Shared        *shared,
                      gconstpointer  unused)
{
  Typist typists[N_THREADS];
  GThread *threads[N_THREADS];
  guint n_told;

  start (shared, typists, threads);
  rfi_test_wait (shared->n_told >= N_OPERATIONS / 2);
  rfi_store_close (shared->base.store);
  n_told = shared->n_told;
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  /* Nobody is told anything by a closed store. */
  rfi_test_settle ();
  g_assert_cmpuint (shared->n_told, ==, n_told);
  store_fixture_close (&shared->base);
  g_assert_cmpuint (count_kept (shared, typists), >=, N_OPERATIONS / 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/threads/many-callers", Shared, NULL, set_up, test_many_callers, tear_down);
  g_test_add ("/threads/close-under-way", Shared, NULL, set_up, test_close_under_way, tear_down);

  return g_test_run ();
}
