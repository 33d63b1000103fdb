/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job.h"
#include "rfi-text-pool.h"

#include <string.h>

#define N_THREADS 4
#define N_ROUNDS  20000
#define N_JOBS    5000

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

/* What shares a word with it does not touch it. */
static void
test_keeps_status_at (void)
{
  const gint64 end = G_GINT64_CONSTANT (1) << RFI_JOB_STATUS_AT_BITS;
  RfiJob template = { .id = "a", .status = RFI_N_STATUSES - 1, .priority = RFI_N_PRIORITIES - 1,
                      .n_photos = 32767, .has_attachments = 1, .version = G_MAXUINT32 };
  g_autoptr(RfiJob) job = NULL;

  g_assert_cmpuint (rfi_job_keep_status_at (end), ==, 0);
  g_assert_cmpuint (rfi_job_keep_status_at (G_MAXINT64), ==, 0);
  g_assert_cmpuint (rfi_job_keep_status_at (-1), ==, 0);

  template.status_at = rfi_job_keep_status_at (end - 1);
  job = rfi_job_new (&template);
  g_assert_cmpint (rfi_job_get_status_at (job), ==, end - 1);
  g_assert_cmpint (job->status, ==, RFI_N_STATUSES - 1);
  g_assert_cmpint (job->priority, ==, RFI_N_PRIORITIES - 1);
  g_assert_cmpuint (job->n_photos, ==, 32767);
  g_assert_true (job->has_attachments);
  g_assert_cmpuint (job->version, ==, G_MAXUINT32);
}

static RfiJob *
make_job_of (guint number)
{
  g_autofree char *title = g_strdup_printf ("Leak %u", number);
  RfiJob job = { .id = "a", .title = title, .vendor_id = "vendor-001" };

  return rfi_job_new (&job);
}

/* Whatever came and went meanwhile, what is still held is found again. */
static void
test_finds_text (void)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();

  for (guint i = 0; i < N_JOBS; i++)
    g_ptr_array_add (jobs, make_job_of (i));
  for (guint keep = 2; keep <= 16; keep *= 2)
    for (guint i = 0; i < N_JOBS; i++)
      {
        RfiJob *job = jobs->pdata[i];

        if (i % keep == 0)
          {
            g_autoptr(RfiJob) again = make_job_of (i);

            g_assert_true (again->title == job->title);
            g_assert_true (again->vendor_id == job->vendor_id);
          }
        else if (job != NULL)
          {
            g_clear_pointer (&jobs->pdata[i], rfi_job_unref);
          }
      }
  for (guint i = 0; i < N_JOBS; i += 16)
    rfi_job_unref (jobs->pdata[i]);
}

/* Numbers are given again, but never to two texts at a time. */
static void
test_numbers_text (void)
{
  g_autoptr(RfiJob) a = make_job ();
  guint title = rfi_text_pool_get_number (a->title);
  guint city = rfi_text_pool_get_number (a->city);
  guint n = rfi_text_pool_get_n_numbers ();

  g_assert_cmpuint (title, >, 0);
  g_assert_cmpuint (title, !=, city);
  g_assert_cmpuint (MAX (title, city), <, n);
  g_assert_cmpuint (rfi_text_pool_get_number (NULL), ==, 0);

  g_clear_pointer (&a, rfi_job_unref);
  a = make_job ();
  g_assert_cmpuint (rfi_text_pool_get_n_numbers (), ==, n);
  g_assert_cmpuint (rfi_text_pool_get_number (a->title), !=, rfi_text_pool_get_number (a->city));
}

static void
assert_sought (const char *text,
               const char *sought,
               gboolean    is_folded)
{
  gboolean folded;
  size_t length;
  const char *got = rfi_text_pool_get_sought (text, &length, &folded);

  g_assert_cmpstr (got, ==, sought);
  g_assert_cmpuint (length, ==, strlen (sought));
  g_assert_cmpint (folded, ==, is_folded);
}

/* What takes long to fold is folded once; the rest is not kept twice. */
static void
test_folds_text (void)
{
  RfiJob template = {
    .id = "a", .title = "Leak", .description = "Ku\xcc\x88" "che LÄUFT nicht",
    .address = "Case at 12 °C, door 2 × 1", .store_name = "Café", .state = "CAFÉ",
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  assert_sought (job->title, "Leak", FALSE);
  assert_sought (job->description, "küche läuft nicht", TRUE);
  assert_sought (job->city, "", FALSE);
  assert_sought (job->address, "Case at 12 °C, door 2 × 1", FALSE);
  assert_sought (job->store_name, "Café", FALSE);
  assert_sought (job->state, "café", TRUE);
  g_assert_cmpstr (job->description, ==, template.description);
}

/* Letters that are not composed are those that composing leaves alone. */
static void
test_folds_each_letter (void)
{
  for (gunichar c = 1; c < 0x3000; c++)
    {
      char letter[8] = "";
      g_autofree char *text = NULL;
      g_autofree char *folded = NULL;
      g_autofree char *composed = NULL;
      g_autofree char *expected = NULL;

      g_unichar_to_utf8 (c, letter);
      text = g_strconcat ("A", letter, "\xcc\x81 \xc2\xb0", letter, NULL);
      for (guint i = 0; i < 2; i++)
        {
          const char *part = i == 0 ? text : letter;

          g_free (folded);
          g_free (composed);
          g_free (expected);
          folded = rfi_text_fold (part);
          composed = g_utf8_normalize (part, -1, G_NORMALIZE_ALL_COMPOSE);
          expected = g_utf8_casefold (composed, -1);
          g_assert_cmpstr (folded, ==, expected);
        }
    }
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
  g_test_add_func ("/job/keeps-status-at", test_keeps_status_at);
  g_test_add_func ("/job/finds-text", test_finds_text);
  g_test_add_func ("/job/numbers-text", test_numbers_text);
  g_test_add_func ("/job/folds-text", test_folds_text);
  g_test_add_func ("/job/folds-each-letter", test_folds_each_letter);
  g_test_add_func ("/job/threads-share-text", test_threads_share_text);

  return g_test_run ();
}
