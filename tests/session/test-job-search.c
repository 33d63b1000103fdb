/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-search.h"
#include "rfi-job-table.h"

/* More rows than one turn of the loop looks at. */
#define N_MANY 25000

static RfiJobState *
make_state (const char *id,
            const char *title,
            RfiPriority priority,
            RfiStatus   status)
{
  g_autoptr(RfiJob) job = NULL;
  RfiJob template = {
    .id = id,
    .title = title,
    .city = "Dallas",
    .priority = priority,
    .status = status,
    .created_at = 1,
  };

  job = rfi_job_new (&template);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static RfiJobTable *
make_table (void)
{
  RfiJobTable *table = rfi_job_table_new ();
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  g_ptr_array_add (states, make_state ("a1", "Fix the freezer", RFI_PRIORITY_LOW,
                                       RFI_STATUS_PENDING));
  g_ptr_array_add (states, make_state ("a2", "The freezer leaks", RFI_PRIORITY_URGENT,
                                       RFI_STATUS_ASSIGNED));
  g_ptr_array_add (states, make_state ("a3", "A freezer, fixed", RFI_PRIORITY_URGENT,
                                       RFI_STATUS_COMPLETED));
  g_ptr_array_add (states, make_state ("b4", "Freezer is warm", RFI_PRIORITY_LOW,
                                       RFI_STATUS_CANCELLED));
  g_ptr_array_add (states, make_state ("free5", "Nothing", RFI_PRIORITY_LOW,
                                       RFI_STATUS_COMPLETED));
  rfi_job_table_apply (table, states, NULL, FALSE);
  return table;
}

static char *
list (RfiJobSearch *search)
{
  GString *text = g_string_new (NULL);
  GPtrArray *best = rfi_job_search_get_best (search);

  for (guint i = 0; i < best->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((RfiJobState *) g_ptr_array_index (best, i))->work->id);
  g_string_append_printf (text, " of %u", rfi_job_search_get_n_found (search));
  return g_string_free (text, FALSE);
}

static void
test_rank (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", " of 0" },
    { "  ", " of 0" },
    { "freezer", "b4 a2 a1 a3 of 4" },
    { "FREE", "free5 b4 a2 a1 of 5" },
    { "a", " of 0" },
    { " é ", " of 0" },
    { "fi", "a1 a3 of 2" },
    { "fi ", "a1 a3 of 2" },
    { "fix th", "a1 of 1" },
    { "fix", "a1 a3 of 2" },
    { "a3", "a3 of 1" },
    { "freezer leaks", "a2 of 1" },
    { "oven", " of 0" },
    { "dallas", "a2 a1 a3 b4 of 5" },
  };
  g_autoptr(RfiJobTable) table = make_table ();
  g_autoptr(RfiJobSearch) search = rfi_job_search_new (table, 4);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = NULL;

      rfi_job_search_set_text (search, cases[i].text);
      g_test_message ("“%s”", cases[i].text);
      g_assert_true (rfi_job_search_is_done (search));
      found = list (search);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* Goes on in later turns; new words take the place of old ones, which are then never told of. */
static void
test_turns (void)
{
  g_autoptr(RfiJobTable) table = make_table ();
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_autoptr(RfiJobSearch) search = rfi_job_search_new (table, 2);
  g_autofree char *found = NULL;
  guint n_done = 0;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%u", i);

      g_ptr_array_add (states, make_state (id, i == N_MANY - 1 ? "Freezer at last" : "Oven",
                                           RFI_PRIORITY_HIGH, RFI_STATUS_PENDING));
    }
  rfi_job_table_apply (table, states, NULL, FALSE);
  g_signal_connect_swapped (search, "done", G_CALLBACK (count_cb), &n_done);

  rfi_job_search_set_text (search, "oven");
  g_assert_false (rfi_job_search_is_done (search));
  g_main_context_iteration (NULL, FALSE);
  rfi_job_search_set_text (search, "freezer");
  while (!rfi_job_search_is_done (search))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_done, ==, 1);
  found = list (search);
  g_assert_cmpstr (found, ==, "x24999 b4 of 5");
}

/* One that ends half way looks at nothing any more. */
static void
test_ends (void)
{
  g_autoptr(RfiJobTable) table = make_table ();
  RfiJobSearch *search = rfi_job_search_new (table, 2);

  rfi_job_search_set_text (search, "freezer");
  g_assert_finalize_object (search);
  g_assert_false (g_main_context_pending (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-search/rank", test_rank);
  g_test_add_func ("/job-search/turns", test_turns);
  g_test_add_func ("/job-search/ends", test_ends);

  return g_test_run ();
}
