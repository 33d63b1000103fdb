/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter-parts.h"
#include "rfi-job-filter-text.h"
#include "rfi-job-table.h"
#include "rfi-job-tally.h"
#include "rfi-saved-views-private.h"
#include "rfi-time.h"

#include <glib/gstdio.h>

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

/* Filters as text */

static void
test_text (void)
{
  static const char *const texts[] = {
    "{}",
    "{'text': <\"walk in “cooler” 'x'\">}",
    "{'priorities': <['high', 'urgent']>, 'statuses': <['pending', 'in-progress']>}",
    "{'marks': <['failed', 'conflict']>, 'technicians': <['', 'u1']>, 'vendor': <'acme'>}",
    "{'created-by': <'me'>, 'older-hours': <uint32 24>, 'photos': <'none'>, 'place': <'dallas'>,"
    " 'schedule': <'tomorrow'>}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(RfiJobFilter) filter = rfi_job_filter_from_text (texts[i]);
      g_autofree char *text = NULL;

      g_assert_nonnull (filter);
      text = rfi_job_filter_to_text (filter);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

/* What another version wrote, or a disk spoilt. */
static void
test_foreign_text (void)
{
  g_autoptr(RfiJobFilter) later =
    rfi_job_filter_from_text ("{'moon': <'full'>, 'statuses': <['pending', 'asleep']>,"
                              " 'photos': <'many'>, 'older-hours': <'x'>}");
  g_autofree char *text = NULL;

  g_assert_nonnull (later);
  text = rfi_job_filter_to_text (later);
  g_assert_cmpstr (text, ==, "{'statuses': <['pending']>}");
  g_assert_null (rfi_job_filter_from_text (""));
  g_assert_null (rfi_job_filter_from_text ("{'text': "));
  g_assert_null (rfi_job_filter_from_text ("[1, 2]"));
}

/* Jobs */

static RfiJobState *
make_state (const char  *id,
            const char  *city,
            RfiPriority  priority,
            RfiStatus    status,
            guint        n_photos,
            gint64       age,
            const char  *scheduled)
{
  g_autoptr(RfiJob) job = NULL;
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL };
  RfiJob template = {
    .id = id,
    .title = "Cooler",
    .city = city,
    .state = "TX",
    .created_by = "me",
    .priority = priority,
    .status = status,
    .n_photos = n_photos,
    .created_at = g_get_real_time () / 1000 - age,
  };

  values[RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = scheduled;
  template.extra = rfi_job_extra_new (values);
  job = rfi_job_new (&template);
  if (template.extra != NULL)
    rfi_job_extra_unref (template.extra);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

/* At noon, so that the day is the same whenever this runs, unless midnight passes meanwhile. */
static char *
make_time (int days)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) day = g_date_time_add_days (now, days);
  g_autoptr(GDateTime) noon = g_date_time_new_local (g_date_time_get_year (day),
                                                     g_date_time_get_month (day),
                                                     g_date_time_get_day_of_month (day), 12, 0, 0);

  return rfi_time_to_string (g_date_time_to_unix (noon) * 1000);
}

static void
assert_passes (const char  *text,
               RfiJobState *state,
               gboolean     expected)
{
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_from_text (text);

  g_test_message ("%s", text);
  g_assert_cmpint (rfi_job_filter_matches (filter, state), ==, expected);
}

static void
test_criteria (void)
{
  g_autofree char *today = make_time (0);
  g_autofree char *next_week = make_time (8);
  g_autofree char *yesterday = make_time (-1);
  g_autoptr(RfiJobState) state =
    make_state ("a", "Fort Worth", RFI_PRIORITY_HIGH, RFI_STATUS_PENDING, 2, 5 * HOUR, today);
  g_autoptr(RfiJobState) plain =
    make_state ("b", "Größenwörth", RFI_PRIORITY_HIGH, RFI_STATUS_PENDING, 0, HOUR, NULL);
  g_autoptr(RfiJobState) late =
    make_state ("c", "Fort Worth", RFI_PRIORITY_HIGH, RFI_STATUS_PENDING, 0, HOUR, yesterday);
  g_autoptr(RfiJobState) later =
    make_state ("d", "Fort Worth", RFI_PRIORITY_HIGH, RFI_STATUS_PENDING, 0, HOUR, next_week);

  assert_passes ("{'place': <'fort'>}", state, TRUE);
  assert_passes ("{'place': <'FORT worth'>}", state, TRUE);
  assert_passes ("{'place': <'worth'>}", state, FALSE);
  assert_passes ("{'place': <'tx'>}", state, TRUE);
  assert_passes ("{'place': <'t'>}", state, FALSE);
  assert_passes ("{'place': <'GRÖSSENW'>}", plain, TRUE);
  assert_passes ("{'place': <'GRÖßen'>}", plain, TRUE);
  assert_passes ("{'photos': <'some'>}", state, TRUE);
  assert_passes ("{'photos': <'none'>}", state, FALSE);
  assert_passes ("{'photos': <'none'>}", plain, TRUE);
  assert_passes ("{'older-hours': <uint32 4>}", state, TRUE);
  assert_passes ("{'older-hours': <uint32 6>}", state, FALSE);
  assert_passes ("{'created-by': <'me'>}", state, TRUE);
  assert_passes ("{'created-by': <'you'>}", state, FALSE);
  assert_passes ("{'schedule': <'none'>}", state, FALSE);
  assert_passes ("{'schedule': <'none'>}", plain, TRUE);
  assert_passes ("{'schedule': <'today'>}", state, TRUE);
  assert_passes ("{'schedule': <'today'>}", plain, FALSE);
  assert_passes ("{'schedule': <'tomorrow'>}", state, FALSE);
  assert_passes ("{'schedule': <'week'>}", state, TRUE);
  assert_passes ("{'schedule': <'week'>}", later, FALSE);
  assert_passes ("{'schedule': <'past'>}", late, TRUE);
  assert_passes ("{'schedule': <'past'>}", later, FALSE);
}

static void
test_parts (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobState) state =
    make_state ("a", "Dallas", RFI_PRIORITY_HIGH, RFI_STATUS_PENDING, 2, 5 * HOUR, NULL);
  g_autoptr(RfiJobFilter) filter =
    rfi_job_filter_from_text ("{'text': <'cooler'>, 'priorities': <['urgent']>,"
                              " 'statuses': <['pending']>, 'technicians': <['u1']>,"
                              " 'place': <'plano'>}");
  guint parts = rfi_job_filter_explain (filter, table, state);
  g_autofree char *text = NULL;

  g_assert_cmphex (parts, ==, 1u << RFI_PART_PRIORITIES | 1u << RFI_PART_TECHNICIANS
                              | 1u << RFI_PART_PLACE);
  rfi_job_filter_take_off (filter, parts);
  g_assert_cmphex (rfi_job_filter_explain (filter, table, state), ==, 0);
  text = rfi_job_filter_to_text (filter);
  g_assert_cmpstr (text, ==, "{'statuses': <['pending']>, 'text': <'cooler'>}");
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_copy (void)
{
  g_autoptr(RfiJobFilter) from =
    rfi_job_filter_from_text ("{'text': <'a'>, 'technicians': <['u1']>, 'photos': <'some'>}");
  g_autoptr(RfiJobFilter) to =
    rfi_job_filter_from_text ("{'marks': <['failed']>, 'technicians': <['u2', 'u3']>}");
  g_autofree char *expected = rfi_job_filter_to_text (from);
  g_autofree char *text = NULL;
  guint n_changes = 0;

  g_signal_connect_swapped (to, "changed", G_CALLBACK (count_cb), &n_changes);
  rfi_job_filter_copy (from, to);
  g_assert_cmpuint (n_changes, ==, 1);
  text = rfi_job_filter_to_text (to);
  g_assert_cmpstr (text, ==, expected);
}

/* Counts */

static void
upsert (RfiJobTable *table,
        const char  *id,
        RfiPriority  priority)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  g_ptr_array_add (states, make_state (id, "Dallas", priority, RFI_STATUS_PENDING, 0, 0, NULL));
  rfi_job_table_apply (table, states, NULL, FALSE);
}

static void
drop (RfiJobTable *table,
      const char  *id)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) id);
  rfi_job_table_apply (table, NULL, ids, FALSE);
}

static void
test_tally (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_from_text ("{'priorities': <['urgent']>}");
  g_autoptr(RfiJobTally) tally = NULL;

  upsert (table, "a", RFI_PRIORITY_URGENT);
  tally = rfi_job_tally_new (table, filter);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 1);
  upsert (table, "b", RFI_PRIORITY_URGENT);
  upsert (table, "c", RFI_PRIORITY_LOW);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 2);
  upsert (table, "a", RFI_PRIORITY_LOW);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 1);
  drop (table, "b");
  drop (table, "c");
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 0);
  upsert (table, "d", RFI_PRIORITY_URGENT);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 1);
  rfi_job_filter_set_priorities (filter, 1u << RFI_PRIORITY_LOW);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 1);
  rfi_job_filter_clear (filter);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 2);
}

/* Also when the filter changes again before a first change has been followed, and by many jobs at
 * once: the count is that of whom the filter lets pass. */
static void
test_tally_many (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobTally) tally = rfi_job_tally_new (table, filter);
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  for (guint i = 0; i < 25000; i++)
    {
      g_autofree char *id = g_strdup_printf ("j%u", i);

      g_ptr_array_add (states, make_state (id, i % 5 == 0 ? "Dallas" : "Plano", i % 4,
                                           RFI_STATUS_PENDING, 0, 0, NULL));
    }
  rfi_job_table_apply (table, states, NULL, FALSE);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 25000);
  rfi_job_filter_set_priorities (filter, 1u << RFI_PRIORITY_HIGH);
  rfi_job_filter_set_text (filter, "dallas");
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 1250);
  rfi_job_filter_set_text (filter, "");
  rfi_job_filter_set_priorities (filter, 0);
  g_assert_cmpuint (rfi_job_tally_get_n (tally), ==, 25000);
}

/* The file */

static char *
list (RfiSavedViews *views)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr(RfiSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);
      g_autofree char *filter = rfi_job_filter_to_text (rfi_saved_view_get_filter (view));

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "", rfi_saved_view_get_name (view),
                              filter);
    }
  return g_string_free (text, FALSE);
}

static void
assert_list (RfiSavedViews *views,
             const char    *expected)
{
  g_autofree char *text = list (views);

  g_assert_cmpstr (text, ==, expected);
}

static void
fill (RfiSavedViews *views)
{
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_from_text ("{'priorities': <['urgent']>}");
  g_autoptr(GError) error = NULL;
  const char *first;

  first = rfi_saved_view_get_id (rfi_saved_views_add (views, "Urgent “now”", filter, &error));
  g_assert_no_error (error);
  rfi_job_filter_clear (filter);
  g_assert_nonnull (rfi_saved_views_add (views, "All", filter, &error));
  g_assert_true (rfi_saved_views_move (views, first, 5, &error));
  g_assert_true (rfi_saved_views_rename (views, first, "Burning", &error));
}

static void
test_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-views-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "views", NULL);
  g_autofree char *content = NULL;
  RfiSeal *seal = rfi_seal_new ();
  RfiSavedViews *views = _rfi_saved_views_new (path, seal);
  g_autoptr(RfiSavedView) last = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  assert_list (views, "");
  fill (views);
  assert_list (views, "All {}; Burning {'priorities': <['urgent']>}");
  g_object_unref (views);

  views = _rfi_saved_views_new (path, seal);
  assert_list (views, "All {}; Burning {'priorities': <['urgent']>}");
  last = g_list_model_get_item (G_LIST_MODEL (views), 1);
  g_assert_true (rfi_saved_views_remove (views, rfi_saved_view_get_id (last), &error));
  assert_list (views, "All {}");
  g_assert_true (rfi_saved_views_insert (views, last, 0, &error));
  g_object_unref (views);

  views = _rfi_saved_views_new (path, seal);
  assert_list (views, "Burning {'priorities': <['urgent']>}; All {}");
  g_object_unref (views);

  /* Nobody else reads in it. */
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize) length, "Burning"));
  rfi_seal_unref (seal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* What is pinned is so the next time, too, and each kind is in an order of its own. */
static void
test_pin (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-views-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "views", NULL);
  RfiSeal *seal = rfi_seal_new ();
  RfiSavedViews *views = _rfi_saved_views_new (path, seal);
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(GError) error = NULL;
  static const char * const names[] = { "a", "b", "c", "d" };
  const char *ids[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ids[i] = rfi_saved_view_get_id (rfi_saved_views_add (views, names[i], filter, &error));
  g_assert_true (rfi_saved_views_pin (views, ids[0], TRUE, &error));
  g_assert_true (rfi_saved_views_pin (views, ids[2], TRUE, &error));
  g_assert_true (rfi_saved_views_move (views, ids[2], -1, &error));
  assert_list (views, "c {}; a {}; b {}; d {}");
  g_assert_true (rfi_saved_views_move (views, ids[1], -1, &error));
  g_assert_true (rfi_saved_views_move (views, ids[1], 1, &error));
  assert_list (views, "c {}; a {}; d {}; b {}");
  g_object_unref (views);

  views = _rfi_saved_views_new (path, seal);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(RfiSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);

      g_assert_cmpint (rfi_saved_view_get_pinned (view), ==, i < 2);
    }
  g_object_unref (views);
  rfi_seal_unref (seal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* The last filter is kept beside the views, without what was searched for. */
static void
test_last (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-views-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "views", NULL);
  RfiSeal *seal = rfi_seal_new ();
  RfiSavedViews *views = _rfi_saved_views_new (path, seal);
  g_autoptr(RfiJobFilter) filter =
    rfi_job_filter_from_text ("{'photos': <'some'>, 'text': <'oven'>}");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  fill (views);
  g_assert_true (rfi_saved_views_set_last (views, filter, &error));
  g_object_unref (views);

  views = _rfi_saved_views_new (path, seal);
  assert_list (views, "All {}; Burning {'priorities': <['urgent']>}");
  text = rfi_job_filter_to_text (rfi_saved_views_get_last (views));
  g_assert_cmpstr (text, ==, "{'photos': <'some'>}");
  g_object_unref (views);
  rfi_seal_unref (seal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Where it cannot be written, nothing changes. */
static void
test_unwritable (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-views-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "gone", "views", NULL);
  RfiSeal *seal = rfi_seal_new ();
  g_autoptr(RfiSavedViews) views = _rfi_saved_views_new (path, seal);
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (rfi_saved_views_add (views, "All", filter, &error));
  g_assert_nonnull (error);
  assert_list (views, "");
  rfi_seal_unref (seal);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/saved-views/text", test_text);
  g_test_add_func ("/saved-views/foreign-text", test_foreign_text);
  g_test_add_func ("/saved-views/criteria", test_criteria);
  g_test_add_func ("/saved-views/parts", test_parts);
  g_test_add_func ("/saved-views/copy", test_copy);
  g_test_add_func ("/saved-views/tally", test_tally);
  g_test_add_func ("/saved-views/tally-many", test_tally_many);
  g_test_add_func ("/saved-views/file", test_file);
  g_test_add_func ("/saved-views/pin", test_pin);
  g_test_add_func ("/saved-views/last", test_last);
  g_test_add_func ("/saved-views/unwritable", test_unwritable);

  return g_test_run ();
}
