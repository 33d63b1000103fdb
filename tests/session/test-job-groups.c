/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-job-groups.h"
#include "rfi-job-item.h"
#include "rfi-job-table-private.h"

#include "rfi-random.h"

#define OPEN (1u << RFI_STATUS_PENDING | 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_IN_PROGRESS)

static const char *const people[] = { "", "ahmed", "sara", "marcus" };

typedef struct
{
  RfiJobTable  *table;   /* (owned) */
  RfiJobFilter *filter;  /* (owned) */
  RfiJobGroups *groups;  /* (owned) */
  RfiJobView   *view;    /* (owned): of "sara" */
  GHashTable   *model;   /* (owned) (element-type utf8 RfiJobState) */
  guint         n_changed;
  guint         n_counted;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
counted_cb (Fixture *fixture)
{
  fixture->n_counted++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->table = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->groups = rfi_job_groups_new (fixture->table, fixture->filter,
                                        RFI_GROUPING_TECHNICIAN, OPEN);
  fixture->view = rfi_job_groups_make_view (fixture->groups, "sara");
  fixture->model = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) rfi_job_state_unref);
  g_signal_connect_swapped (fixture->groups, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->groups, "counted", G_CALLBACK (counted_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_hash_table_unref (fixture->model);
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->groups);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->table);
}

static RfiJobState *
make_state (const char *id,
            RfiStatus   status,
            RfiPriority priority,
            const char *technician)
{
  RfiJob template = {
    .id = id,
    .title = id,
    .city = "Dallas",
    .vendor_id = priority == RFI_PRIORITY_LOW ? "cool" : "spark",
    .status = status,
    .priority = priority,
    .assigned_to = *technician != '\0' ? technician : NULL,
    .created_at = 1,
    .updated_at = 1,
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

/* @state: (transfer full) */
static void
apply (Fixture     *fixture,
       RfiJobState *state)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_ptr_array_add (states, state);
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
}

/* What should be true, worked out from all jobs. */
static void
check (Fixture *fixture)
{
  g_autoptr(GPtrArray) listed = rfi_job_groups_list (fixture->groups);
  guint n_groups = 0;
  guint n_shown = 0;
  guint n_open = 0;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      GHashTableIter iter;
      gpointer state;
      guint n = 0;

      g_hash_table_iter_init (&iter, fixture->model);
      while (g_hash_table_iter_next (&iter, NULL, &state))
        {
          const RfiJob *job = ((RfiJobState *) state)->work;
          gboolean mine = (OPEN >> job->status & 1) != 0 &&
                          g_strcmp0 (rfi_job_groups_key (RFI_GROUPING_TECHNICIAN, job),
                                     people[i]) == 0;

          n_open += mine;
          n += mine && rfi_job_filter_matches (fixture->filter, state);
        }

      g_assert_cmpuint (rfi_job_groups_count (fixture->groups, people[i]), ==, n);
      if (g_strcmp0 (people[i], "sara") == 0)
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->view)), ==, n);
      n_shown += n;
      n_groups += n > 0;
    }

  g_assert_cmpuint (listed->len, ==, n_groups);
  g_assert_cmpuint (rfi_job_groups_get_n (fixture->groups), ==, n_shown);
  g_assert_cmpuint (rfi_job_groups_get_n_hidden (fixture->groups), ==, n_open - n_shown);
}

static void
test_one_change (Fixture       *fixture,
                 gconstpointer  unused)
{
  apply (fixture, make_state ("a", RFI_STATUS_PENDING, RFI_PRIORITY_LOW, ""));
  g_assert_cmpuint (rfi_job_groups_count (fixture->groups, ""), ==, 1);
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  /* Another one of the same: the numbers are told, no new group is. */
  apply (fixture, make_state ("b", RFI_STATUS_PENDING, RFI_PRIORITY_LOW, ""));
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpuint (fixture->n_counted, ==, 2);

  apply (fixture, make_state ("b", RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW, "sara"));
  g_assert_cmpuint (rfi_job_groups_count (fixture->groups, ""), ==, 1);
  g_assert_cmpuint (rfi_job_groups_count (fixture->groups, "sara"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->view)), ==, 1);
  g_assert_cmpuint (fixture->n_changed, ==, 2);

  apply (fixture, make_state ("b", RFI_STATUS_COMPLETED, RFI_PRIORITY_LOW, "sara"));
  g_assert_cmpuint (rfi_job_groups_count (fixture->groups, "sara"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->view)), ==, 0);
}

static void
test_vendors (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(RfiJobGroups) groups = NULL;
  g_autoptr(RfiJobView) view = NULL;
  g_autoptr(RfiJobItem) item = NULL;

  apply (fixture, make_state ("a", RFI_STATUS_PENDING, RFI_PRIORITY_LOW, ""));
  apply (fixture, make_state ("b", RFI_STATUS_PENDING, RFI_PRIORITY_HIGH, ""));
  groups = rfi_job_groups_new (fixture->table, fixture->filter, RFI_GROUPING_VENDOR, OPEN);
  g_assert_cmpuint (rfi_job_groups_count (groups, "cool"), ==, 1);
  view = rfi_job_groups_make_view (groups, "spark");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (view)), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (view), 0);
  g_assert_cmpstr (rfi_job_item_get_id (item), ==, "b");
}

/* A first load tells views late: groups and views come to the same all the same. */
static void
test_load (Fixture       *fixture,
           gconstpointer  unused)
{
  RfiJobState *states[] = {
    make_state ("a", RFI_STATUS_PENDING, RFI_PRIORITY_LOW, ""),
    make_state ("b", RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW, "sara"),
    make_state ("c", RFI_STATUS_COMPLETED, RFI_PRIORITY_LOW, "sara"),
  };

  _rfi_job_table_load (fixture->table, states, G_N_ELEMENTS (states));
  _rfi_job_table_loaded (fixture->table);
  _rfi_job_table_flush (fixture->table);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_hash_table_insert (fixture->model, (gpointer) states[i]->work->id, states[i]);
  check (fixture);
}

static const char *const ids[] = {
  "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
};

static void
change_random (Fixture   *fixture,
               RfiRandom *random)
{
  g_autoptr(GPtrArray) states = NULL;
  g_autoptr(GPtrArray) gone = g_ptr_array_new ();
  guint n = rfi_random_range (random, 4) == 0 ? 12 : 1;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < n; i++)
    {
      const char *id = ids[(rfi_random_range (random, 6) + i) % G_N_ELEMENTS (ids)];
      RfiJobState *state;

      if (rfi_random_range (random, 5) == 0)
        {
          g_ptr_array_add (gone, (gpointer) id);
          continue;
        }
      state = make_state (id, (RfiStatus) rfi_random_range (random, RFI_N_STATUSES),
                          (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES),
                          people[rfi_random_range (random, G_N_ELEMENTS (people))]);
      g_ptr_array_add (states, state);
    }

  rfi_job_table_apply (fixture->table, states, gone, FALSE);
  for (guint i = 0; i < gone->len; i++)
    g_hash_table_remove (fixture->model, g_ptr_array_index (gone, i));
  for (guint i = 0; i < states->len; i++)
    {
      RfiJobState *state = g_ptr_array_index (states, i);

      g_hash_table_replace (fixture->model, (gpointer) state->work->id, rfi_job_state_ref (state));
    }
}

static void
test_random (Fixture       *fixture,
             gconstpointer  seed)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (GPOINTER_TO_UINT (seed));

  for (guint step = 0; step < 1000; step++)
    {
      if (rfi_random_range (random, 8) == 0)
        rfi_job_filter_set_priorities (fixture->filter, (guint) rfi_random_range (random, 16));
      else if (rfi_random_range (random, 8) == 0)
        rfi_job_filter_set_text (fixture->filter, ids[rfi_random_range (random, 6)]);
      else
        change_random (fixture, random);
      _rfi_job_table_flush (fixture->table);
      check (fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/job-groups/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("one-change", test_one_change);
  ADD ("vendors", test_vendors);
  ADD ("load", test_load);
#undef ADD

  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/job-groups/random/%u", seed);

      g_test_add (path, Fixture, GUINT_TO_POINTER (seed), set_up, test_random, tear_down);
    }

  return g_test_run ();
}
