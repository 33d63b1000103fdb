/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-feed.h"
#include "rfi-job-filter.h"
#include "rfi-job-item.h"
#include "rfi-job-view.h"

/* The order in which changes reach the table, however they are cut and joined. */

static RfiJobState *
make_state (const char *id,
            guint       revision)
{
  g_autoptr(RfiJob) job = NULL;
  RfiJob template = { .id = id, .created_at = 1, .updated_at = revision };

  job = rfi_job_new (&template);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static GPtrArray *
make_states (guint first,
             guint n_states,
             guint revision)
{
  GPtrArray *states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  for (guint i = first; i < first + n_states; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);

      g_ptr_array_add (states, make_state (id, revision));
    }

  return states;
}

static void
push (RfiJobFeed *feed,
      const char *upserted,
      guint       revision,
      const char *removed,
      gboolean    foreign)
{
  g_autoptr(RfiStoreChange) change = rfi_store_change_new ();

  change->foreign = foreign;
  if (upserted != NULL)
    g_ptr_array_add (change->upserted, make_state (upserted, revision));
  if (removed != NULL)
    g_ptr_array_add (change->removed, g_strdup (removed));
  rfi_job_feed_push_change (feed, change);
}

static void
loaded_cb (gboolean *loaded)
{
  *loaded = TRUE;
}

static gint64
get_revision (RfiJobTable *table,
              const char  *id)
{
  RfiJobState *state = rfi_job_table_lookup (table, id);

  return state != NULL ? state->work->updated_at : -1;
}

static void
test_first_load_goes_first (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFeed) feed = rfi_job_feed_new (table);
  g_autoptr(GPtrArray) states = make_states (0, 10000, 1);
  gboolean loaded = FALSE;

  g_signal_connect_swapped (feed, "loaded", G_CALLBACK (loaded_cb), &loaded);

  /* What a person does while it loads is newer than what is loaded. */
  push (feed, "job-5", 2, NULL, FALSE);
  push (feed, NULL, 0, "job-6", TRUE);
  rfi_job_feed_flush (feed);
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), ==, 0);

  rfi_job_feed_push_states (feed, states);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), >, 0);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), <, 10000);
  while (!loaded)
    g_main_context_iteration (NULL, TRUE);
  rfi_job_feed_flush (feed);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), ==, 9999);
  g_assert_cmpint (get_revision (table, "job-5"), ==, 2);
  g_assert_cmpint (get_revision (table, "job-6"), ==, -1);
}

static guint
count_shown (RfiJobView *view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (view));
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GArray     *told)
{
  guint values[] = { position, removed, added };

  g_array_append_vals (told, values, G_N_ELEMENTS (values));
}

/* What is seen first stays where it is; all the rest comes to each view at once. */
static void
test_first_jobs (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFeed) feed = rfi_job_feed_new (table);
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobView) view = rfi_job_view_new (table, filter, 1u << RFI_STATUS_PENDING);
  g_autoptr(RfiJobView) none = rfi_job_view_new (table, filter, 1u << RFI_STATUS_COMPLETED);
  g_autoptr(RfiJobView) late = NULL;
  g_autoptr(GPtrArray) first = make_states (0, 20, 1);
  g_autoptr(GPtrArray) states = make_states (0, 30000, 1);
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (guint));
  guint expected[] = { 20, 0, 29980 };
  gboolean loaded = FALSE;

  g_signal_connect_swapped (feed, "loaded", G_CALLBACK (loaded_cb), &loaded);
  rfi_job_feed_push_first (feed, first);
  g_assert_cmpuint (count_shown (view), ==, 20);
  push (feed, "job-7", 2, NULL, FALSE);
  g_signal_connect (view, "items-changed", G_CALLBACK (items_changed_cb), told);

  rfi_job_feed_push_states (feed, states);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), >, 20);
  g_assert_cmpuint (count_shown (view), ==, 20);
  late = rfi_job_view_new (table, filter, 1u << RFI_STATUS_PENDING);
  while (!loaded)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpmem (told->data, told->len * sizeof (guint), expected, sizeof expected);
  g_assert_cmpuint (count_shown (view), ==, 30000);
  g_assert_cmpuint (count_shown (late), ==, 30000);
  g_assert_cmpuint (count_shown (none), ==, 0);
  g_assert_cmpint (rfi_job_view_get_oldest (view), ==, 1);
  rfi_job_feed_flush (feed);
  g_assert_cmpint (get_revision (table, "job-7"), ==, 2);
}

/* Whoever searches while it loads finds what is there in the end, and counts what is hidden. */
static void
test_search_while_loading (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFeed) feed = rfi_job_feed_new (table);
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobView) view = rfi_job_view_new (table, filter, 1u << RFI_STATUS_PENDING);
  g_autoptr(GPtrArray) first = make_states (0, 20, 1);
  g_autoptr(GPtrArray) states = make_states (0, 30000, 1);
  gboolean loaded = FALSE;

  g_signal_connect_swapped (feed, "loaded", G_CALLBACK (loaded_cb), &loaded);
  rfi_job_feed_push_first (feed, first);
  rfi_job_feed_push_states (feed, states);
  g_main_context_iteration (NULL, TRUE);
  rfi_job_filter_set_text (filter, "job-29999");
  g_main_context_iteration (NULL, TRUE);
  rfi_job_filter_set_text (filter, "nowhere");
  while (!loaded)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (count_shown (view), ==, 0);
  g_assert_cmpuint (rfi_job_view_get_n_hidden (view), ==, 30000);
  rfi_job_filter_set_text (filter, "job-29999");
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (count_shown (view), ==, 1);
  rfi_job_filter_set_text (filter, "");
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (count_shown (view), ==, 30000);
}

static void
test_order (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFeed) feed = rfi_job_feed_new (table);
  g_autoptr(GPtrArray) states = make_states (0, 10, 1);

  rfi_job_feed_push_states (feed, states);
  push (feed, "job-1", 2, NULL, TRUE);
  push (feed, "job-1", 3, NULL, FALSE);
  push (feed, "job-1", 4, NULL, FALSE);
  push (feed, NULL, 0, "job-2", FALSE);
  push (feed, "job-2", 5, NULL, FALSE);
  push (feed, "job-3", 6, NULL, FALSE);
  push (feed, NULL, 0, "job-3", FALSE);
  rfi_job_feed_flush (feed);
  g_assert_cmpint (get_revision (table, "job-1"), ==, 4);
  g_assert_cmpint (get_revision (table, "job-2"), ==, 5);
  g_assert_cmpint (get_revision (table, "job-3"), ==, -1);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), ==, 9);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_flash (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFeed) feed = rfi_job_feed_new (table);
  g_autoptr(GPtrArray) states = make_states (0, 2, 1);
  g_autoptr(RfiJobItem) item = NULL;
  guint n_flashed = 0;

  rfi_job_feed_push_states (feed, states);
  rfi_job_feed_flush (feed);
  item = rfi_job_table_get_item (table, "job-0");
  g_signal_connect_swapped (item, "flash", G_CALLBACK (count_cb), &n_flashed);

  push (feed, "job-0", 2, NULL, FALSE);
  rfi_job_feed_flush (feed);
  g_assert_cmpuint (n_flashed, ==, 0);
  push (feed, "job-0", 3, NULL, TRUE);
  rfi_job_feed_flush (feed);
  g_assert_cmpuint (n_flashed, ==, 1);

  rfi_job_feed_stop (feed);
  push (feed, "job-0", 4, NULL, TRUE);
  rfi_job_feed_flush (feed);
  g_assert_cmpint (get_revision (table, "job-0"), ==, 3);
}

static void
test_rename (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFeed) feed = rfi_job_feed_new (table);
  g_autoptr(GPtrArray) states = make_states (0, 1, 1);
  g_autoptr(RfiStoreChange) change = rfi_store_change_new ();
  g_autoptr(RfiJobItem) item = NULL;

  rfi_job_feed_push_states (feed, states);
  push (feed, "temporary", 1, NULL, FALSE);
  rfi_job_feed_flush (feed);
  item = rfi_job_table_get_item (table, "temporary");

  change->renamed_from = g_strdup ("temporary");
  change->renamed_to = g_strdup ("final");
  g_ptr_array_add (change->upserted, make_state ("final", 2));
  g_ptr_array_add (change->removed, g_strdup ("temporary"));
  rfi_job_feed_push_change (feed, change);
  rfi_job_feed_flush (feed);
  g_assert_cmpstr (rfi_job_item_get_id (item), ==, "final");
  g_assert_false (rfi_job_item_get_gone (item));
  g_assert_cmpint (get_revision (table, "final"), ==, 2);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (table), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job-feed/first-load-goes-first", test_first_load_goes_first);
  g_test_add_func ("/job-feed/first-jobs", test_first_jobs);
  g_test_add_func ("/job-feed/search-while-loading", test_search_while_loading);
  g_test_add_func ("/job-feed/order", test_order);
  g_test_add_func ("/job-feed/flash", test_flash);
  g_test_add_func ("/job-feed/rename", test_rename);

  return g_test_run ();
}
