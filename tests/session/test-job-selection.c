/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-job-selection.h"
#include "rfi-job-table.h"

typedef struct
{
  RfiJobTable     *table;      /* (owned) */
  RfiJobSelection *selection;  /* (owned) */
  RfiJobItem      *item[3];    /* (owned): "a", "b", "c" */
  guint            n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
put (RfiJobTable *table,
     const char  *id)
{
  g_autoptr(RfiJob) job = rfi_job_new (&(RfiJob) { .id = id, .title = id });
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
  rfi_job_table_apply (table, states, NULL, FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  static const char * const ids[] = { "a", "b", "c" };

  fixture->table = rfi_job_table_new ();
  fixture->selection = rfi_job_selection_new ();
  for (int i = 0; i < 3; i++)
    {
      put (fixture->table, ids[i]);
      fixture->item[i] = rfi_job_table_get_item (fixture->table, ids[i]);
    }
  g_signal_connect_swapped (fixture->selection, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_finalize_object (fixture->selection);
  for (int i = 0; i < 3; i++)
    g_object_unref (fixture->item[i]);
  g_assert_finalize_object (fixture->table);
}

/* The ids in the order of selecting, the cursor in brackets. */
static char *
describe (RfiJobSelection *selection)
{
  g_autoptr(GPtrArray) items = rfi_job_selection_list (selection);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      RfiJobItem *item = g_ptr_array_index (items, i);

      g_assert_true (rfi_job_selection_has (selection, item));
      g_string_append_printf (words,
                              item == rfi_job_selection_get_cursor (selection) ? "[%s]" : "%s",
                              rfi_job_item_get_id (item));
    }
  g_assert_cmpuint (items->len, ==, rfi_job_selection_get_n (selection));
  return g_string_free (words, FALSE);
}

static void
assert_selection (Fixture    *fixture,
                  const char *expected,
                  guint       n_changes)
{
  g_autofree char *words = describe (fixture->selection);

  g_assert_cmpstr (words, ==, expected);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes);
}

static void
test_choose_and_toggle (Fixture       *fixture,
                        gconstpointer  unused)
{
  assert_selection (fixture, "", 0);
  rfi_job_selection_choose (fixture->selection, fixture->item[1]);
  assert_selection (fixture, "[b]", 1);
  rfi_job_selection_choose (fixture->selection, fixture->item[1]);
  assert_selection (fixture, "[b]", 1);
  rfi_job_selection_toggle (fixture->selection, fixture->item[0]);
  assert_selection (fixture, "b[a]", 2);
  rfi_job_selection_toggle (fixture->selection, fixture->item[0]);
  assert_selection (fixture, "[b]", 3);
  rfi_job_selection_choose (fixture->selection, NULL);
  assert_selection (fixture, "", 4);
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (int i = 0; i < 3; i++)
    g_ptr_array_add (items, fixture->item[i]);
  rfi_job_selection_replace (fixture->selection, items, fixture->item[0]);
  assert_selection (fixture, "[a]bc", 1);
  g_ptr_array_remove_index (items, 0);
  rfi_job_selection_replace (fixture->selection, items, fixture->item[0]);
  assert_selection (fixture, "b[c]", 2);
  rfi_job_selection_choose (fixture->selection, fixture->item[1]);
  assert_selection (fixture, "[b]", 3);
}

/* A deleted job is not selected any more; one that gets its final id still is. */
static void
test_follows_jobs (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr(GPtrArray) removed = g_ptr_array_new ();

  rfi_job_selection_choose (fixture->selection, fixture->item[0]);
  rfi_job_selection_toggle (fixture->selection, fixture->item[1]);
  rfi_job_table_rename (fixture->table, "a", "final");
  assert_selection (fixture, "final[b]", 2);

  g_ptr_array_add (removed, (char *) "b");
  rfi_job_table_apply (fixture->table, NULL, removed, FALSE);
  assert_selection (fixture, "[final]", 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/job-selection/choose-and-toggle", Fixture, NULL, set_up, test_choose_and_toggle,
              tear_down);
  g_test_add ("/job-selection/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/job-selection/follows-jobs", Fixture, NULL, set_up, test_follows_jobs, tear_down);

  return g_test_run ();
}
