/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-feed.h"
#include "rfi-job-hold.h"
#include "rfi-job-table.h"
#include "rfi-test-wait.h"

/* A held job stays as it is while others change it, and takes over what waited when it is let
 * go: once, with one flash. */

typedef struct
{
  RfiJobTable *table;
  RfiJobFeed  *feed;
  RfiJobItem  *item;
  guint        n_flashes;
} Fixture;

static RfiJobState *
make_state (const char *id,
            const char *title,
            guint       n_pending)
{
  RfiJob job = { .id = id, .title = title };
  g_autoptr(RfiJob) made = rfi_job_new (&job);

  return rfi_job_state_new (made, n_pending > 0 ? RFI_MARK_QUEUED : RFI_MARK_CONFIRMED, n_pending);
}

static void
flash_cb (RfiJobItem *item,
          guint      *n)
{
  (*n)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  fixture->table = rfi_job_table_new ();
  fixture->feed = rfi_job_feed_new (fixture->table);
  g_ptr_array_add (states, make_state ("a", "First", 0));
  g_ptr_array_add (states, make_state ("b", "Other", 0));
  rfi_job_feed_push_states (fixture->feed, states);
  rfi_test_wait (rfi_job_table_get_n_jobs (fixture->table) == 2);
  fixture->item = rfi_job_table_get_item (fixture->table, "a");
  g_signal_connect (fixture->item, "flash", G_CALLBACK (flash_cb), &fixture->n_flashes);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rfi_job_feed_stop (fixture->feed);
  g_object_unref (fixture->item);
  g_object_unref (fixture->feed);
  g_object_unref (fixture->table);
}

/* What is called "Mine" is not sent yet. @removed: (nullable) */
static void
change (Fixture    *fixture,
        const char *id,
        const char *title,
        const char *removed,
        gboolean    foreign)
{
  g_autoptr(RfiStoreChange) told = rfi_store_change_new ();

  told->foreign = foreign;
  if (title != NULL)
    g_ptr_array_add (told->upserted, make_state (id, title, g_str_equal (title, "Mine")));
  if (removed != NULL)
    g_ptr_array_add (told->removed, g_strdup (removed));
  rfi_job_feed_push_change (fixture->feed, told);
  rfi_job_feed_flush (fixture->feed);
}

static const char *
get_title (Fixture    *fixture,
           const char *id)
{
  return rfi_job_table_lookup (fixture->table, id)->work->title;
}

static void
test_waits (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(RfiJobHold) hold = rfi_job_hold_new (fixture->table, fixture->item);
  RfiJobHold *second = rfi_job_hold_new (fixture->table, fixture->item);

  g_assert_null (rfi_job_hold_get_news (fixture->table, fixture->item));
  change (fixture, "a", "Second", NULL, TRUE);
  change (fixture, "b", "Another", NULL, TRUE);
  change (fixture, "a", "Third", NULL, TRUE);

  g_assert_cmpstr (get_title (fixture, "a"), ==, "First");
  g_assert_cmpstr (rfi_job_item_get_job (fixture->item)->title, ==, "First");
  g_assert_cmpstr (get_title (fixture, "b"), ==, "Another");
  g_assert_cmpint (rfi_job_item_get_mark (fixture->item), ==, RFI_MARK_NEWS);
  g_assert_cmpstr (rfi_job_hold_get_news (fixture->table, fixture->item)->title, ==, "Third");
  g_assert_cmpuint (fixture->n_flashes, ==, 0);

  rfi_job_hold_free (second);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "First");
  g_clear_pointer (&hold, rfi_job_hold_free);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Third");
  g_assert_cmpint (rfi_job_item_get_mark (fixture->item), ==, RFI_MARK_CONFIRMED);
  g_assert_cmpuint (fixture->n_flashes, ==, 1);

  change (fixture, "a", "Fourth", NULL, TRUE);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Fourth");
}

/* A person may look, and goes on holding it. */
static void
test_shown (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(RfiJobHold) hold = rfi_job_hold_new (fixture->table, fixture->item);

  change (fixture, "a", "Second", NULL, TRUE);
  rfi_job_hold_show (fixture->table, "a");
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Second");
  change (fixture, "a", "Third", NULL, TRUE);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Second");
}

/* What the person does to it takes effect at once, and has in it what waited. */
static void
test_own (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(RfiJobHold) hold = rfi_job_hold_new (fixture->table, fixture->item);

  change (fixture, "a", "Theirs", NULL, TRUE);
  change (fixture, "a", "Photos", NULL, FALSE);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "First");
  change (fixture, "a", "Mine", NULL, FALSE);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Mine");
  g_assert_cmpint (rfi_job_item_get_mark (fixture->item), ==, RFI_MARK_QUEUED);
  change (fixture, "a", "Sent", NULL, FALSE);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Sent");

  g_clear_pointer (&hold, rfi_job_hold_free);
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Sent");
  g_assert_cmpuint (fixture->n_flashes, ==, 0);
}

static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(RfiJobHold) hold = rfi_job_hold_new (fixture->table, fixture->item);

  change (fixture, "a", "Second", NULL, TRUE);
  change (fixture, "b", NULL, "a", TRUE);
  g_assert_false (rfi_job_item_get_gone (fixture->item));
  g_assert_cmpint (rfi_job_item_get_mark (fixture->item), ==, RFI_MARK_NEWS);
  g_assert_null (rfi_job_hold_get_news (fixture->table, fixture->item));

  g_clear_pointer (&hold, rfi_job_hold_free);
  g_assert_true (rfi_job_item_get_gone (fixture->item));
  g_assert_cmpuint (rfi_job_table_get_n_jobs (fixture->table), ==, 1);
}

/* Deleted and made anew meanwhile: it is there. */
static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(RfiJobHold) hold = rfi_job_hold_new (fixture->table, fixture->item);

  change (fixture, "b", NULL, "a", TRUE);
  change (fixture, "a", "Again", NULL, TRUE);
  g_clear_pointer (&hold, rfi_job_hold_free);
  g_assert_false (rfi_job_item_get_gone (fixture->item));
  g_assert_cmpstr (get_title (fixture, "a"), ==, "Again");
}

static void
let_go_cb (RfiJobItem   *item,
           GParamSpec   *pspec,
           RfiJobHold  **hold)
{
  g_clear_pointer (hold, rfi_job_hold_free);
}

/* Let go by somebody who hears of a change: it waits until all have heard of that one. */
static void
test_let_go_while_told (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(RfiJobItem) other = rfi_job_table_get_item (fixture->table, "b");
  RfiJobHold *hold = rfi_job_hold_new (fixture->table, fixture->item);

  change (fixture, "a", "Second", NULL, TRUE);
  g_signal_connect (other, "notify::state", G_CALLBACK (let_go_cb), &hold);
  change (fixture, "b", "Told", NULL, TRUE);
  g_assert_null (hold);
  rfi_test_wait (g_str_equal (get_title (fixture, "a"), "Second"));
  g_assert_cmpuint (fixture->n_flashes, ==, 1);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/job-hold/waits", test_waits);
  ADD ("/job-hold/shown", test_shown);
  ADD ("/job-hold/own", test_own);
  ADD ("/job-hold/removed", test_removed);
  ADD ("/job-hold/comes-back", test_comes_back);
  ADD ("/job-hold/let-go-while-told", test_let_go_while_told);

  return g_test_run ();
}
