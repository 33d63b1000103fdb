/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job.h"

#define N_THREADS 4
#define N_ROUNDS  20000

static RfiJob *
make_job (void)
{
  RfiJob job = { .id = "a", .title = "Leak", .vendor_id = "vendor-001", .store_name = "QuickStop",
                 .city = "Dallas", .assigned_to = "ahmed" };

  return rfi_job_new (&job);
}

static void
test_shares_text (void)
{
  g_autoptr(RfiJob) a = make_job ();
  g_autoptr(RfiJob) b = make_job ();

  g_assert_true (a->vendor_id == b->vendor_id);
  g_assert_true (a->assigned_to == b->assigned_to);
  g_assert_null (a->assigned_to_name);
  g_assert_cmpstr (a->state, ==, "");
}

/* The last job with a text goes in one thread while another makes the next one. */
static gpointer
make_and_drop (gpointer unused)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr(RfiJob) job = make_job ();

      g_assert_cmpstr (job->city, ==, "Dallas");
    }

  return NULL;
}

static void
test_threads_share_text (void)
{
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("jobs", make_and_drop, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job/shares-text", test_shares_text);
  g_test_add_func ("/job/threads-share-text", test_threads_share_text);

  return g_test_run ();
}
