/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-job-table.h"
#include "rfi-job-view.h"

#include <stdio.h>

/* Views of many jobs: what they put off, and how they tell what changed all over them. */
typedef struct
{
  RfiJobTable  *table;    /* (owned) */
  RfiJobFilter *filter;   /* (owned) */
  RfiJobView   *view;     /* (owned) */
  GString      *changes;  /* (owned): "position-removed+added" per signal */
} Fixture;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->changes, "%u-%u+%u ", position, removed, added);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->table = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->view = rfi_job_view_new (fixture->table, fixture->filter, 1u << RFI_STATUS_PENDING);
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->view, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->table);
  g_string_free (fixture->changes, TRUE);
}

/* Jobs created at every @step; each third is about a freezer. */
static void
add_many (Fixture    *fixture,
          const char *name,
          guint       n_jobs,
          guint       step)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < n_jobs; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", name, i);
      RfiJob template = {
        .id = id, .title = i % 3 == 0 ? "Freezer" : "Oven", .description = id,
        .created_at = 1 + i * step,
      };
      g_autoptr(RfiJob) job = rfi_job_new (&template);

      g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
    }
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
}

static guint
count (RfiJobView *view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (view));
}

/* Not even all jobs are looked at in one turn of the loop. What comes in between finds the search
 * done, a view or a change, or drops it, another word. */
static void
test_search (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr(RfiJobView) other = NULL;

  add_many (fixture, "job", 27000, 1);
  rfi_job_filter_set_text (fixture->filter, "freezer");
  for (guint n_turns = 0; n_turns < 3; n_turns++)
    {
      g_assert_cmpuint (count (fixture->view), ==, 27000);
      g_assert_true (g_main_context_iteration (NULL, FALSE));
    }
  g_assert_cmpuint (count (fixture->view), ==, 9000);

  rfi_job_filter_set_text (fixture->filter, "oven job");
  rfi_job_filter_set_text (fixture->filter, "");
  g_assert_cmpuint (count (fixture->view), ==, 9000);
  rfi_job_filter_set_text (fixture->filter, "freezer");
  other = rfi_job_view_new (fixture->table, fixture->filter, 1u << RFI_STATUS_PENDING);
  g_assert_cmpuint (count (other), ==, 9000);
  g_assert_cmpuint (count (fixture->view), ==, 9000);

  rfi_job_filter_set_text (fixture->filter, "");
  add_many (fixture, "one", 1, 1);
  g_assert_cmpuint (count (other), ==, 27001);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count (other), ==, 27001);
}

/* Changes all over a long list are told in pieces, short at the top: GTK searches each. */
static void
test_pieces (Fixture       *fixture,
             gconstpointer  unused)
{
  g_auto(GStrv) told = NULL;
  guint n_told;
  guint end = 0;

  add_many (fixture, "job", 4000, 1);
  g_string_truncate (fixture->changes, 0);
  add_many (fixture, "new", 1000, 4);
  g_assert_cmpuint (count (fixture->view), ==, 5000);

  told = g_strsplit (fixture->changes->str, " ", -1);
  n_told = g_strv_length (told) - 1;
  g_assert_cmpuint (n_told, >, 2);
  for (guint i = 0; i < n_told; i++)
    {
      guint position;
      guint removed;
      guint added;

      g_assert_cmpint (sscanf (told[i], "%u-%u+%u", &position, &removed, &added), ==, 3);
      g_assert_cmpuint (position, >=, end);
      end = position + added;
      if (i + 1 < n_told)
        g_assert_cmpuint (added, <=, MAX (210, 3 * position + 10));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/job-many/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/job-many/pieces", Fixture, NULL, set_up, test_pieces, tear_down);

  return g_test_run ();
}
